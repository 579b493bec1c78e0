//! A power cut, replayed: at each sync it is noted what is certainly on disk; at random moments after it, what has been
//! written since. A cut leaves the first, with any of the sectors in which the second differs. Whatever was
//! acknowledged has to be there when such a directory is opened. `STORE_POWER_CUTS=2000 tests/run power_cuts` is the long form.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::wished;
use crate::ambient::Random;
use crate::domain::answers::{Answer, Question};
use crate::domain::ids::{SlackTime, Version};
use crate::store::contract::fixture::*;
use crate::store::sled::disk::{Disk, RealDisk};
use crate::store::sled::noting::Note;
use crate::store::sled::open::open_on;
use crate::store::sled::{OpenOptions, SledStore};
use crate::store::{Change, Outcome, Store, StoreError};

/// A disk writes so many bytes at once, or none of them.
const SECTOR: usize = 512;
/// Scopes that are written again and again, so that sled uses its room again.
const SCOPES: u32 = 12;

/// The files of a directory, by path below it.
type Image = BTreeMap<PathBuf, Vec<u8>>;

fn image_of(dir: &Path) -> Image {
    let mut image = Image::new();
    for below in [PathBuf::new(), PathBuf::from("sled")] {
        for entry in fs::read_dir(dir.join(&below)).unwrap().flatten().filter(|entry| entry.path().is_file()) {
            image.insert(below.join(entry.file_name()), fs::read(entry.path()).unwrap());
        }
    }
    image
}

/// One moment at which the power may go.
struct Cut {
    certain: Image,
    written: Image,
    /// Commits acknowledged by then.
    acknowledged: u64,
}

/// Notes what each sync makes certain, and keeps some moments between two of them.
struct WatchedDisk {
    real: RealDisk,
    dir: PathBuf,
    certain: Arc<Mutex<Image>>,
    chance: Random,
    odds: f64,
    acknowledged: Arc<AtomicU64>,
    cuts: Arc<Mutex<Vec<Cut>>>,
}

impl WatchedDisk {
    fn maybe_cut(&self) {
        if self.chance.fraction() < self.odds {
            self.cuts.lock().unwrap().push(Cut {
                certain: self.certain.lock().unwrap().clone(),
                written: image_of(&self.dir),
                acknowledged: self.acknowledged.load(Ordering::SeqCst),
            });
        }
    }
}

impl Disk for WatchedDisk {
    fn sync(&mut self, db: &sled::Db) -> Result<(), StoreError> {
        db.flush().unwrap();
        self.maybe_cut();
        // What was written before the sync begins is certain after it; what comes beside it may not be.
        let mut before = image_of(&self.dir);
        self.real.sync(db)?;
        before.remove(Path::new("last-commit"));
        self.certain.lock().unwrap().extend(before);
        self.maybe_cut();
        Ok(())
    }
    fn note(&self) -> std::io::Result<Note> {
        let (mut real, dir, certain) = (self.real.note()?, self.dir.clone(), Arc::clone(&self.certain));
        Ok(Box::new(move |commits| {
            real(commits)?;
            let counter = PathBuf::from("last-commit");
            let bytes = fs::read(dir.join(&counter)).unwrap();
            certain.lock().unwrap().insert(counter, bytes);
            Ok(())
        }))
    }
}

/// What the cut leaves: each sector as it certainly was, or as it was written since.
fn left(cut: &Cut, chance: &Random) -> Image {
    let mut left = cut.certain.clone();
    // Some cuts keep nearly all, some nearly nothing.
    let odds = chance.fraction();
    for (path, written) in &cut.written {
        let kept = left.entry(path.clone()).or_default();
        for (n, sector) in written.chunks(SECTOR).enumerate() {
            let from = n * SECTOR;
            if kept.get(from..from + sector.len()) != Some(sector) && chance.fraction() < odds {
                if kept.len() < from + sector.len() {
                    kept.resize(from + sector.len(), 0);
                }
                kept[from..from + sector.len()].copy_from_slice(sector);
            }
        }
    }
    left
}

fn laid_out(image: &Image, dir: &Path) {
    fs::create_dir(dir.join("sled")).unwrap();
    for (path, bytes) in image {
        fs::write(dir.join(path), bytes).unwrap();
    }
}

/// Commit `n` (from 1) writes scope `n % SCOPES` anew, with words of its own, and settles a row.
async fn commit(store: &SledStore, n: u64, chance: &Random) {
    let which = u32::try_from(n % u64::from(SCOPES)).unwrap();
    let mut scope = store.scope(&home(), &id(which)).await.unwrap().unwrap_or(draft(which));
    let words = format!("{n} {}", "長".repeat(usize::try_from(chance.u64() % 3_000).unwrap()));
    for question in [Question::System, Question::Numbers] {
        let answer = Answer::Words(question, text(&words));
        scope.draft_mut().unwrap().answers.set(question, Some(answer), SlackTime(n));
    }
    let row = claim(store, "w", 1).await.into_iter().next();
    let settle = row.map(|row| settle(&row, "w", Outcome::Over).settle).unwrap_or_default();
    let change = Change { outbox: vec![note(which, 1)], settle, seen: Some(seen(&n.to_string())), ..of_scope(scope) };
    write(store, change).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn power_cuts_lose_nothing_that_was_acknowledged() {
    let cuts_wished = wished("STORE_POWER_CUTS").unwrap_or(40);
    let (commits, chance) = (200 + cuts_wished as u64 / 4, Random::from_seed(11));
    let dir = TempDir::new().unwrap();
    // The directory as it is made: all of it is synced before the store is used.
    SledStore::open(dir.path(), OpenOptions::default()).await.unwrap().close().await.unwrap();
    let (acknowledged, cuts) = (Arc::new(AtomicU64::new(0)), Arc::new(Mutex::new(Vec::new())));
    let watched = {
        let (acknowledged, cuts, dir) = (acknowledged.clone(), cuts.clone(), dir.path().to_owned());
        let odds = cuts_wished as f64 / (4.0 * commits as f64);
        move |real| {
            let (certain, chance) = (Arc::new(Mutex::new(image_of(&dir))), Random::from_seed(12));
            Box::new(WatchedDisk { real, dir, certain, chance, odds, acknowledged, cuts }) as Box<dyn Disk>
        }
    };
    let store = open_on(dir.path(), OpenOptions::default(), watched).await.unwrap();
    for n in 1..=commits {
        commit(&store, n, &chance).await;
        acknowledged.store(n, Ordering::SeqCst);
    }
    store.close().await.unwrap();
    drop(store);

    let cuts = std::mem::take(&mut *cuts.lock().unwrap());
    let mut lost = Vec::new();
    for (n, cut) in cuts.iter().enumerate() {
        let again = TempDir::new().unwrap();
        laid_out(&left(cut, &chance), again.path());
        if let Err(why) = all_there(again.path(), cut.acknowledged).await {
            lost.push(format!("cut {n} after {} commits: {why}", cut.acknowledged));
        }
    }
    let size: usize = cuts.last().map_or(0, |cut| cut.written.values().map(Vec::len).sum());
    println!(
        "{} power cuts during {commits} commits ({size} bytes on disk at the last): {} lost something",
        cuts.len(),
        lost.len()
    );
    assert!(cuts.len() >= cuts_wished / 4, "too few cuts were tried");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// Whether the store opens, is sound, and has the first `commits` commits.
async fn all_there(dir: &Path, commits: u64) -> Result<(), String> {
    let store = SledStore::open(dir, OpenOptions::default()).await.map_err(|error| error.to_string())?;
    let report = store.scrub().await.map_err(|error| error.to_string())?;
    if !report.is_sound() {
        return Err(format!("{report} {:?}", report.faults));
    }
    for n in 1..=commits {
        if !store.seen(&home(), &seen(&n.to_string())).await.map_err(|error| error.to_string())? {
            return Err(format!("commit {n} is missing"));
        }
    }
    for which in 0..u64::from(SCOPES) {
        let written = (1..=commits).filter(|n| n % u64::from(SCOPES) == which).count() as u64;
        let scope = store.scope(&home(), &id(which as u32)).await.map_err(|error| error.to_string())?;
        let version = scope.map_or(Version(0), |scope| scope.version);
        if version.0 < written {
            return Err(format!("scope {which} has version {} of {written}", version.0));
        }
    }
    Ok(())
}
