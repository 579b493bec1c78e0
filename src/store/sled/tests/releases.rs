//! Upgrades: stores that earlier releases wrote, layouts that are brought forward, layouts that are too new.
//!
//! `STORE_RELEASE=v1 cargo nextest run --lib a_release_writes_a_store_and_a_backup` writes `tests/stores/v1` anew, until that
//! version is released.

use std::fs;
use std::path::{Path, PathBuf};

use sled::Db;
use tempfile::TempDir;

use super::asked_for;
use super::backup::{rows, stream};
use super::damage::copy_sled;
use crate::domain::audit::Deed;
use crate::domain::person::{Channel, ChannelState, DirectoryRow, Group, Person, PersonKind};
use crate::domain::scope::{Ending, Scope, Stage};
use crate::store::backup::folder::{Backup, Unfinished};
use crate::store::contract::fixture::*;
use crate::store::record::golden::{effects, full_draft, full_posted};
use crate::store::sled::open::open_with;
use crate::store::sled::rebuild::rebuild;
use crate::store::sled::upgrade::{Layouts, Step};
use crate::store::sled::{OpenError, OpenOptions, SledStore, keys};
use crate::store::{Change, Lane, NewRow, Outcome, Store};

fn stores() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stores")
}

async fn open(dir: &Path) -> SledStore {
    SledStore::open(dir, OpenOptions::default()).await.unwrap()
}

/// Every kind of row, every effect, every stage.
async fn fill(store: &SledStore) {
    let channel =
        Channel { id: channel(1), name: "hiring".into(), state: ChannelState::Ready, shared: false, read_at: at(1) };
    let group =
        Group { id: crate::domain::ids::GroupId::parse("S1").unwrap(), members: [user(2)].into(), read_at: at(1) };
    let directory = vec![
        DirectoryRow::Person(Person { id: user(2), kind: PersonKind::Member, read_at: at(1) }),
        DirectoryRow::Group(group),
        DirectoryRow::Channel(channel),
    ];
    write(store, Change { directory, stray: Some(stray(9, 3)), ..change(1) }).await;
    let scopes = [
        draft(1),
        Scope { stage: Stage::Draft(Box::new(full_draft())), ..draft(2) },
        posted(draft(3), shown_at(3)),
        Scope { id: id(4), version: crate::domain::ids::Version(0), ..full_posted() },
        Scope { stage: Stage::Ended(Ending::Expired), ..draft(5) },
    ];
    for (n, scope) in scopes.into_iter().enumerate() {
        let audit = vec![audit(1, Deed::Started), audit(2, Deed::Posted)];
        write(store, Change { audit, seen: Some(seen(&format!("Ev{n}"))), ..of_scope(scope) }).await;
    }
    let row = |(n, effect)| NewRow { lane: Lane::Person(id(3), user(n as u32)), effect, not_before: at(3) };
    write(store, of_rows(effects().into_iter().enumerate().map(row))).await;
    let claimed = claim(store, "w", 5).await;
    write(store, settle(&claimed[0], "w", Outcome::SetAside)).await;
    write(store, settle(&claimed[1], "w", Outcome::InDoubt(at(9)))).await;
}

async fn write_release(to: &Path) {
    let dir = to.join("store");
    let store = open(&dir).await;
    fill(&store).await;
    let mut unfinished = Unfinished::begin(&to.join("backup")).unwrap();
    unfinished.write(stream(&store).await.unwrap().as_bytes()).unwrap();
    unfinished.finish().unwrap();
    store.close().await.unwrap();
}

/// A store and its backup are whole, say the same, and take writes.
async fn assert_release(of: &Path) {
    let (copy, again) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    copy_sled(&of.join("store"), copy.path());
    fs::copy(of.join("store").join("last-commit"), copy.path().join("last-commit")).unwrap();
    let store = open(copy.path()).await;
    let report = store.scrub().await.unwrap();
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    for n in 1..=5 {
        read(&store, n).await;
    }
    assert!(store.depth().await.unwrap().rows > 10 && store.depth().await.unwrap().given_up == 1);

    let backup = Backup::find(&of.join("backup")).unwrap();
    rebuild(again.path(), backup.rows().unwrap()).unwrap();
    let restored = open(again.path()).await;
    assert!(restored.scrub().await.unwrap().is_sound());
    let but_waiting = |store| -> Vec<_> {
        let is_waiting = |key: &Vec<u8>| matches!(keys::split(key), Some((_, keys::OUTBOX, _)));
        rows(store).into_iter().filter(|(key, _)| !is_waiting(key)).collect()
    };
    assert_eq!(but_waiting(&restored), but_waiting(&store));

    for n in 1..=5 {
        let scope = read(&store, n).await;
        write(&store, of_scope(scope)).await;
    }
    while !claim(&store, "x", 1_000_000).await.is_empty() {}
    store.revive(at(1_000_000), 9).await.unwrap();
    assert!(store.scrub().await.unwrap().is_sound());
}

#[tokio::test]
async fn a_release_writes_a_store_and_a_backup() {
    match asked_for("STORE_RELEASE") {
        Some(version) => {
            let to = stores().join(version);
            if to.exists() {
                fs::remove_dir_all(&to).unwrap();
            }
            write_release(&to).await;
            assert_release(&to).await;
        }
        None => {
            let to = TempDir::new().unwrap();
            write_release(to.path()).await;
            assert_release(to.path()).await;
        }
    }
}

#[tokio::test]
async fn what_every_release_wrote_can_be_opened() {
    let mut opened = 0;
    for entry in fs::read_dir(stores()).unwrap().map(Result::unwrap) {
        println!("{}", entry.path().display());
        assert_release(&entry.path()).await;
        opened += 1;
    }
    assert!(opened > 0, "the first release's store is there");
}

/// A layout in which everything seen has another key.
const LATER: Layouts = Layouts { newest: 3, steps: &[Step { to: 2, run: forget_seen }, Step { to: 3, run: note_it }] };

fn forget_seen(db: &Db) -> Result<(), String> {
    let gone: Vec<_> = db.iter().keys().flatten().collect();
    let of_seen = |key: &[u8]| {
        let swept = keys::swept(key).map(|(_, target)| target);
        [Some(key.to_vec()), swept]
            .into_iter()
            .flatten()
            .any(|key| matches!(keys::split(&key), Some((_, keys::SEEN, _))))
    };
    for key in gone.into_iter().filter(|key| of_seen(key)) {
        db.remove(key).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn note_it(db: &Db) -> Result<(), String> {
    // The step before has been taken.
    let left = db.iter().keys().flatten().filter(|key| matches!(keys::split(key), Some((_, keys::SEEN, _)))).count();
    if left == 0 { Ok(()) } else { Err("keys are left".into()) }
}

fn broken(_: &Db) -> Result<(), String> {
    Err("the disk is on fire".into())
}

const BROKEN: Layouts = Layouts { newest: 2, steps: &[Step { to: 2, run: broken }] };

#[tokio::test]
async fn an_older_layout_is_brought_forward_after_a_copy_and_a_newer_one_refused() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path()).await;
    fill(&store).await;
    let before = rows(&store);
    store.close().await.unwrap();
    drop(store);

    let failed = open_with(dir.path(), OpenOptions::default(), BROKEN).await.unwrap_err();
    assert!(matches!(&failed, OpenError::NotUpgraded { to: 2, .. }), "{failed}");
    assert!(failed.to_string().contains("on fire"), "{failed}");

    let store = open_with(dir.path(), OpenOptions::default(), LATER).await.unwrap();
    let report = store.scrub().await.unwrap();
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    assert!(!store.seen(&home(), &seen("Ev1")).await.unwrap());
    assert_eq!(rows(&store).len(), before.len() - 10);
    store.close().await.unwrap();
    drop(store);
    let newer = SledStore::open(dir.path(), OpenOptions::default()).await.unwrap_err();
    assert!(matches!(newer, OpenError::Newer { found: 3, known: 1, .. }), "{newer}");

    // The copy is the store as it was.
    let copies: Vec<PathBuf> = fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("before-layout-2-"))
        .collect();
    let [copy] = copies.as_slice() else { panic!("one copy: {copies:?}") };
    let store = open(copy).await;
    assert_eq!(rows(&store), before);
    assert!(store.scrub().await.unwrap().is_sound());
}
