//! How much of what can happen to a directory is noticed, in figures: bits flipped, blocks zeroed, tails cut, blocks brought
//! back from an older copy, the whole of sled's files brought back, files of another store. The short form runs with the
//! suite; `STORE_DAMAGE_CASES=600 tests/run damaged_directories` is the long one.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::damage::{copy_sled, filled, used};
use super::wished;
use crate::ambient::Random;
use crate::store::contract::fixture::*;
use crate::store::sled::{OpenOptions, SledStore, keys};
use crate::store::{Change, Store};

static PANICS: AtomicUsize = AtomicUsize::new(0);

const KINDS: [&str; 8] = [
    "a bit flipped",
    "a few bytes overwritten",
    "a block zeroed",
    "the tail cut",
    "a block of an older copy",
    "a stretch of an older copy",
    "all of sled's files from an older copy",
    "the files of another store",
];

/// What became of a damaged directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Noticed {
    AtOpen,
    ByScrub,
    PanicCaught,
    /// Every row is there as it was: the damage hit nothing that is in use.
    Harmless,
    Silent,
}

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

fn rows(store: &SledStore) -> Rows {
    store.reader.db.iter().flatten().map(|(key, row)| (key.to_vec(), row.to_vec())).collect()
}

async fn open(dir: &Path) -> Result<SledStore, crate::store::sled::OpenError> {
    SledStore::open(dir, OpenOptions::default()).await
}

/// Opens, scrubs and compares.
async fn noticed(dir: &Path, whole: &Rows) -> Noticed {
    let before = PANICS.load(Ordering::SeqCst);
    let panicked = || PANICS.load(Ordering::SeqCst) > before;
    let store = match open(dir).await {
        Ok(store) => store,
        Err(_) if panicked() => return Noticed::PanicCaught,
        Err(_) => return Noticed::AtOpen,
    };
    match store.scrub().await {
        Ok(report) if report.is_sound() && rows(&store) == *whole => Noticed::Harmless,
        Ok(report) if report.is_sound() => Noticed::Silent,
        Ok(_) | Err(_) if panicked() => Noticed::PanicCaught,
        Ok(_) | Err(_) => Noticed::ByScrub,
    }
}

fn damage(kind: usize, dir: &Path, older: &Path, foreign: &Path, chance: &Random) {
    let db = dir.join("sled").join("db");
    let file = fs::OpenOptions::new().read(true).write(true).open(&db).unwrap();
    let length = used(&file);
    let place = chance.u64() % length;
    let stretch = |from: u64, bytes: u64| {
        let old = fs::read(older.join("sled").join("db")).unwrap();
        let end = (from + bytes).min(old.len() as u64);
        if let Some(part) = old.get(from as usize..end as usize) {
            file.write_all_at(part, from).unwrap();
        }
    };
    match kind {
        0 => {
            let mut byte = [0];
            file.read_exact_at(&mut byte, place).unwrap();
            file.write_all_at(&[byte[0] ^ 1 << (chance.u64() % 8)], place).unwrap();
        }
        1 => file.write_all_at(&chance.u64().to_be_bytes(), place).unwrap(),
        2 => file.write_all_at(&[0; 4096], place / 4096 * 4096).unwrap(),
        3 => file.set_len(place).unwrap(),
        4 => stretch(place / 4096 * 4096, 4096),
        5 => stretch(place / 65_536 * 65_536, 65_536 * (1 + chance.u64() % 8)),
        6 => copy_sled(older, dir),
        _ => copy_sled(foreign, dir),
    }
}

fn copy(from: &Path, to: &Path) {
    copy_sled(from, to);
    fs::copy(from.join("last-commit"), to.join("last-commit")).unwrap();
}

#[tokio::test]
async fn damaged_directories_are_told_at_open_or_by_the_scrub() {
    let (cases, scopes) = (wished("STORE_DAMAGE_CASES").unwrap_or(48), 250);
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        if std::thread::current().name().is_some_and(|name| name.contains("damaged_directories")) {
            quiet(panic);
        }
    }));
    let chance = Random::from_seed(7);
    let (older, whole, foreign) = (TempDir::new().unwrap(), TempDir::new().unwrap(), TempDir::new().unwrap());
    filled(older.path(), scopes).await;
    filled(foreign.path(), 40).await;
    copy(older.path(), whole.path());
    let store = open(whole.path()).await.unwrap();
    for n in (0..scopes).step_by(3) {
        let scope = store.scope(&home(), &id(n)).await.unwrap().unwrap();
        write(&store, Change { seen: Some(seen(&format!("again{n}"))), ..of_scope(scope) }).await;
    }
    let rows_of_whole = rows(&store);
    assert!(rows_of_whole.contains_key(keys::META));
    store.close().await.unwrap();
    drop(store);

    let mut figures: BTreeMap<(usize, Noticed), usize> = BTreeMap::new();
    for case in 0..cases {
        let (kind, dir) = (case % KINDS.len(), TempDir::new().unwrap());
        copy(whole.path(), dir.path());
        damage(kind, dir.path(), older.path(), foreign.path(), &chance);
        *figures.entry((kind, noticed(dir.path(), &rows_of_whole).await)).or_default() += 1;
    }
    let _hook = std::panic::take_hook();
    let all = [Noticed::AtOpen, Noticed::ByScrub, Noticed::PanicCaught, Noticed::Harmless, Noticed::Silent];
    for (kind, name) in KINDS.iter().enumerate() {
        let told: Vec<String> =
            all.iter().map(|one| format!("{one:?} {}", figures.get(&(kind, *one)).copied().unwrap_or(0))).collect();
        println!("{name}: {}", told.join(", "));
    }
    let sum = |one| figures.iter().filter(|((_, found), _)| *found == one).map(|(_, count)| count).sum::<usize>();
    println!(
        "{cases} damaged directories: {} found at open, {} found by the scrub, {} panics caught; {} harmless, {} silent",
        sum(Noticed::AtOpen),
        sum(Noticed::ByScrub),
        sum(Noticed::PanicCaught),
        sum(Noticed::Harmless),
        sum(Noticed::Silent),
    );
    assert_eq!(sum(Noticed::Silent), 0, "nothing is silent past the first scrub");
    assert!(sum(Noticed::Harmless) < cases * 2 / 3, "the damage hardly hit anything");
}
