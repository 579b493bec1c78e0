//! Damage: every kind is either told at open, or found by the scrub.

use std::fs;
use std::os::unix::fs::FileExt;
use std::path::Path;

use futures_util::future::join_all;
use sled::{Db, Mode};
use tempfile::TempDir;

use crate::store::contract::fixture::*;
use crate::store::record::Spelt;
use crate::store::record::envelope::seal;
use crate::store::record::kept::SeenRecord;
use crate::store::sled::scrub::Sum;
use crate::store::sled::{Loss, OpenError, OpenOptions, ScrubReport, SledStore, keys};
use crate::store::{Change, Committed, Store, StoreError};

async fn open(dir: &Path) -> Result<SledStore, OpenError> {
    SledStore::open(dir, OpenOptions::default()).await
}

/// A store with a bit of everything, closed.
pub async fn filled(dir: &Path, scopes: u32) {
    let store = open(dir).await.unwrap();
    let change = |n| {
        let change = Change {
            outbox: vec![note(n, 1)],
            seen: Some(seen(&format!("Ev{n}"))),
            stray: Some(stray(1000 + n, 1)),
            ..of_scope(posted(draft(n), shown_at(n)))
        };
        store.commit(change)
    };
    // A few at a time: several commits, and a store that fills quickly.
    for some in (0..scopes).map(change).collect::<Vec<_>>().chunks_mut(8) {
        for outcome in join_all(some).await {
            assert!(matches!(outcome, Ok(Committed::Written(_))), "{outcome:?}");
        }
    }
    store.close().await.unwrap();
}

/// sled alone upon the files of a store. After a drop its own threads hold the lock a moment longer.
fn raw(dir: &Path) -> Db {
    let open = || sled::Config::new().path(dir.join("sled")).mode(Mode::LowSpace).open();
    let mut left = 100_000;
    loop {
        match open() {
            Ok(db) => return db,
            Err(sled::Error::Io(error)) if left > 0 && error.to_string().contains("acquire lock") => left -= 1,
            Err(error) => panic!("{error}"),
        }
        std::thread::yield_now();
    }
}

async fn scrubbed(dir: &Path) -> ScrubReport {
    open(dir).await.unwrap().scrub().await.unwrap()
}

#[tokio::test]
async fn a_whole_store_is_sound_and_counts_its_rows() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 5).await;
    let report = scrubbed(dir.path()).await;
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    // Scope, revision, shelf, waiting, standing, place, outbox row, seen key, stray and two to forget them, each five times; home, counter,
    // layout.
    assert_eq!(report.rows, 5 * 11 + 3);
    assert_eq!(report.to_string(), "58 rows read, all sound");
}

#[tokio::test]
async fn a_row_that_vanished_is_missed() {
    for victim in [
        keys::scope(&home(), &id(2)),
        keys::seen(&home(), &seen("Ev2")),
        keys::place(&home(), &place(2)),
        keys::home(&home()),
    ] {
        let dir = TempDir::new().unwrap();
        filled(dir.path(), 5).await;
        raw(dir.path()).remove(&victim).unwrap().unwrap();
        let report = scrubbed(dir.path()).await;
        assert!(matches!(report.sum, Sum::Differs { expected: 56, found: 55 }), "{report}");
    }
}

#[tokio::test]
async fn a_row_that_came_back_old_is_noticed_although_it_is_whole() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 3).await;
    let key = keys::scope(&home(), &id(1));
    let old = raw(dir.path()).get(&key).unwrap().unwrap();
    let store = open(dir.path()).await.unwrap();
    let mut scope = read(&store, 1).await;
    scope.author = user(1);
    write(&store, of_scope(scope)).await;
    drop(store);
    raw(dir.path()).insert(&key, old).unwrap();
    let report = scrubbed(dir.path()).await;
    assert_eq!(report.fault_count, 0);
    assert!(!report.is_sound(), "{report}");
}

#[tokio::test]
async fn a_changed_row_is_damage_to_its_reader_and_to_the_scrub_and_to_nobody_else() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 3).await;
    let key = keys::scope(&home(), &id(1));
    let db = raw(dir.path());
    let mut row = db.get(&key).unwrap().unwrap().to_vec();
    row[100] ^= 1;
    db.insert(&key, row).unwrap();
    drop(db);
    let store = open(dir.path()).await.unwrap();
    let told = store.scope(&home(), &id(1)).await.unwrap_err();
    assert!(matches!(&told, StoreError::Damaged { .. }), "{told}");
    // A write upon it is refused, not done on top.
    assert!(matches!(store.commit(of_scope(draft(1))).await, Err(StoreError::Damaged { .. })));
    read(&store, 2).await;
    write(&store, of_scope(draft(9))).await;
    let report = store.scrub().await.unwrap();
    assert!(report.faults.iter().any(|fault| fault.contains("checksum")), "{:?}", report.faults);
}

#[tokio::test]
async fn a_damaged_outbox_row_at_work_stops_its_lane_alone() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path()).await.unwrap();
    write(&store, of_rows([note(1, 1), note(1, 2), note(2, 1)])).await;
    let key = keys::outbox(&home(), crate::store::RowId(1));
    store.reader.db.insert(&key, b"nonsense".as_slice()).unwrap();
    let rows = claim(&store, "w", 1).await;
    assert_eq!(rows.iter().map(|row| row.scope().clone()).collect::<Vec<_>>(), [id(2)]);
    assert!(claim(&store, "w", 1_000_000).await.iter().all(|row| *row.scope() == id(2)));
    // Met at open it is explained.
    drop(store);
    let error = open(dir.path()).await.unwrap_err();
    assert!(matches!(&error, OpenError::Damaged { .. }) && error.to_string().contains("backup"), "{error}");
}

#[tokio::test]
async fn lost_commits_are_refused_until_an_operator_accepts_them() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 3).await;
    let copy = TempDir::new().unwrap();
    copy_sled(dir.path(), copy.path());
    filled_more(dir.path()).await;
    copy_sled(copy.path(), dir.path());
    let error = open(dir.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::LostCommits { found, expected, .. } if found + 1 == expected), "{error}");
    let accepted = OpenOptions { loss: Loss::Accepted, ..OpenOptions::default() };
    let store = SledStore::open(dir.path(), accepted).await.unwrap();
    write(&store, of_scope(draft(9))).await;
    drop(store);
    open(dir.path()).await.unwrap();
}

async fn filled_more(dir: &Path) {
    let store = open(dir).await.unwrap();
    write(&store, of_scope(draft(77))).await;
    store.close().await.unwrap();
}

pub fn copy_sled(from: &Path, to: &Path) {
    let (from, to) = (from.join("sled"), to.join("sled"));
    let _gone = fs::remove_dir_all(&to);
    fs::create_dir_all(&to).unwrap();
    for entry in fs::read_dir(&from).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[tokio::test]
async fn an_emptied_store_is_no_fresh_one() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 3).await;
    fs::remove_dir_all(dir.path().join("sled")).unwrap();
    let error = open(dir.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::LostCommits { found: 0, expected: 1.., .. }), "{error}");
}

#[tokio::test]
async fn a_missing_counter_is_refused() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 3).await;
    fs::remove_file(dir.path().join("last-commit")).unwrap();
    let error = open(dir.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::NoCounter { .. }), "{error}");
}

#[tokio::test]
async fn a_newer_layout_and_a_foreign_store_are_refused() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 1).await;
    raw(dir.path()).insert(keys::LAYOUT, &2u16.to_be_bytes()).unwrap();
    let error = open(dir.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::Newer { found: 2, known: 1, .. }), "{error}");
    let foreign = TempDir::new().unwrap();
    raw(foreign.path()).insert("something", "else").unwrap();
    let error = open(foreign.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

#[tokio::test]
async fn a_record_of_a_newer_program_says_so() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 1).await;
    let key = keys::seen(&home(), &seen("Ev0"));
    let mut row = seal(&key, &SeenRecord { until: Spelt(at(1)) }).unwrap().remove(0).1;
    row[1] = 9;
    let check = crc32c::crc32c_append(crc32c::crc32c_append(crc32c::crc32c(&key), &row[..8]), &row[12..]);
    row[8..12].copy_from_slice(&check.to_be_bytes());
    raw(dir.path()).insert(&key, row).unwrap();
    let report = scrubbed(dir.path()).await;
    assert!(report.faults.iter().any(|fault| fault.contains("schema 9")), "{:?}", report.faults);
}

/// The file up to its last byte that is not zero.
pub fn used(file: &fs::File) -> u64 {
    let mut bytes = vec![0; usize::try_from(file.metadata().unwrap().len()).unwrap()];
    file.read_exact_at(&mut bytes, 0).unwrap();
    bytes.iter().rposition(|byte| *byte != 0).map_or(1, |last| last as u64 + 1)
}

#[tokio::test]
async fn a_scrub_beside_the_work_finds_nothing_wrong() {
    let dir = TempDir::new().unwrap();
    filled(dir.path(), 40).await;
    let store = open(dir.path()).await.unwrap();
    let work = async {
        for round in 0..30u32 {
            for n in [round % 40, 100 + round, 39 - round] {
                let scope = store.scope(&home(), &id(n)).await.unwrap().unwrap_or(draft(n));
                write(&store, of_scope(posted(scope, shown_at(n)))).await;
            }
        }
    };
    let scrubs = async {
        let mut reports = Vec::new();
        for _ in 0..10 {
            reports.push(store.scrub().await.unwrap());
        }
        reports
    };
    let ((), reports) = tokio::join!(work, scrubs);
    for report in reports {
        assert!(report.is_sound(), "{report} {:?}", report.faults);
    }
}
