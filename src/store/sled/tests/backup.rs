//! Backups: one cut of a store that goes on writing, and a store made from it that equals the first row by row.

use std::collections::BTreeMap;
use std::path::Path;

use tempfile::TempDir;

use crate::domain::answers::{Answer, Question};
use crate::domain::audit::Deed;
use crate::domain::ids::{SlackTime, Timestamp};
use crate::store::contract::fixture::*;
use crate::store::record::envelope::unseal;
use crate::store::record::outbox::RowRecord;
use crate::store::sled::rebuild::{RestoreFault, rebuild};
use crate::store::sled::{OpenError, OpenOptions, SledStore, keys};
use crate::store::{Change, Outcome, Store, StoreError};

async fn open(dir: &Path) -> SledStore {
    SledStore::open(dir, OpenOptions::default()).await.unwrap()
}

/// The stream, or why there is none.
pub async fn stream(store: &SledStore) -> Result<String, StoreError> {
    let (mut lines, mut stream) = (store.snapshot(at(100)), String::new());
    while let Some(some) = lines.recv().await {
        stream.push_str(&some?);
    }
    Ok(stream)
}

/// Every row but the counter and the layout, which are the store's own.
pub fn rows(store: &SledStore) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let rows = store.reader.db.iter().map(|row| row.unwrap()).map(|(key, row)| (key.to_vec(), row.to_vec()));
    rows.filter(|(key, _)| key != keys::META && key != keys::LAYOUT).collect()
}

/// A scope of many rows.
fn long(n: u32) -> crate::domain::scope::Scope {
    let mut scope = draft(n);
    let words = "長い話".repeat(1000);
    for question in [Question::System, Question::Numbers, Question::Language] {
        let answer = Answer::Words(question, text(&words));
        scope.draft_mut().unwrap().answers.set(question, Some(answer), SlackTime(1));
    }
    scope
}

/// A bit of everything.
async fn fill(store: &SledStore) {
    for n in 0..100 {
        let change = Change {
            outbox: vec![note(n, 1), dm(n, 2)],
            seen: Some(seen(&format!("Ev{n}"))),
            stray: Some(stray(1000 + n, 1)),
            audit: vec![audit(1, Deed::Started), audit(2, Deed::Posted)],
            ..of_scope(posted(draft(n), shown_at(n)))
        };
        write(store, change).await;
    }
    for n in 200..205 {
        write(store, of_scope(long(n))).await;
    }
    let elsewhere = Change { home: other_home(), seen: Some(seen("EvX")), ..change(0) };
    write(store, elsewhere).await;
    let claimed = claim(store, "w", 5).await;
    write(store, settle(&claimed[0], "w", Outcome::Over)).await;
    write(store, settle(&claimed[1], "w", Outcome::InDoubt(at(9)))).await;
}

#[tokio::test]
async fn a_restored_store_equals_the_original_row_by_row() {
    let (first, second) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let store = open(first.path()).await;
    fill(&store).await;
    let stream = stream(&store).await.unwrap();
    let dir = second.path().join("new");
    let head = rebuild(&dir, stream.as_bytes()).unwrap();
    assert_eq!(head.taken_at.0, at(100));
    let restored = open(&dir).await;
    let (mut old, mut new) = (rows(&store), rows(&restored));
    assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    // What waits comes back in doubt, and is else as it was.
    let waiting: Vec<_> = old.keys().filter(|key| matches!(keys::split(key), Some((_, keys::OUTBOX, _)))).collect();
    assert!(waiting.len() > 100);
    for key in waiting.into_iter().cloned().collect::<Vec<_>>() {
        let mut was: RowRecord = unseal(&key, &old.remove(&key).unwrap()).unwrap();
        was.doubt_since(at(100));
        assert_eq!(was, unseal::<RowRecord>(&key, &new.remove(&key).unwrap()).unwrap());
    }
    assert_eq!(old, new);
    let report = restored.scrub().await.unwrap();
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    // Numbers go on where they were, and none is used twice.
    write(&restored, Change { outbox: vec![note(1, 7)], stray: Some(stray(1, 9)), ..change(0) }).await;
    assert!(restored.scrub().await.unwrap().is_sound());
    assert!(
        claim(&restored, "w", 1_000).await.iter().filter(|row| row.attempts == 1).all(|row| row.unsettled.is_some())
    );
}

#[tokio::test]
async fn a_backup_beside_the_work_is_one_cut() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path()).await;
    fill(&store).await;
    for round in 0..5 {
        let before = rows(&store);
        // The reading has begun once its first lines have come; it waits for room meanwhile.
        let mut lines = store.snapshot(at(100));
        let mut stream = lines.recv().await.unwrap().unwrap();
        for n in (0..100).rev() {
            let scope = store.scope(&home(), &id(n)).await.unwrap().unwrap();
            write(&store, of_scope(scope)).await;
            write(&store, of_scope(draft(10_000 * (round + 1) + n))).await;
        }
        write(&store, of_scope(store.scope(&home(), &id(200)).await.unwrap().unwrap())).await;
        store.sweep(Timestamp::MAX, 40).await.unwrap();
        while let Some(some) = lines.recv().await {
            stream.push_str(&some.unwrap());
        }
        assert_ne!(rows(&store), before);
        let copy = TempDir::new().unwrap();
        rebuild(copy.path(), stream.as_bytes()).unwrap();
        let restored = rows(&open(copy.path()).await);
        let settled = |rows: BTreeMap<Vec<u8>, Vec<u8>>| -> Vec<_> {
            let is_settled = |key: &[u8]| !matches!(keys::split(key), Some((_, keys::OUTBOX, _)));
            rows.into_iter().filter(|(key, _)| is_settled(key)).collect()
        };
        assert_eq!(settled(restored), settled(before));
    }
    assert!(store.scrub().await.unwrap().is_sound());
}

#[tokio::test]
async fn a_second_backup_at_once_is_refused_and_one_that_nobody_takes_ends() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path()).await;
    fill(&store).await;
    let mut first = store.snapshot(at(1));
    first.recv().await.unwrap().unwrap();
    assert!(matches!(stream(&store).await, Err(StoreError::Refused { why: "a backup is under way" })));
    drop(first);
    // It notices at its next lines.
    while stream(&store).await.is_err() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_store_with_holes_gives_no_backup() {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path()).await;
    fill(&store).await;
    store.reader.db.remove(keys::seen(&home(), &seen("Ev7"))).unwrap();
    let told = stream(&store).await.unwrap_err().to_string();
    assert!(told.contains("rows were committed"), "{told}");
    store.reader.db.insert(keys::scope(&home(), &id(3)), b"nonsense".as_slice()).unwrap();
    assert!(matches!(stream(&store).await, Err(StoreError::Damaged { .. })));
}

#[tokio::test]
async fn nothing_is_restored_over_what_is_there() {
    let (first, second) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let store = open(first.path()).await;
    fill(&store).await;
    let stream = stream(&store).await.unwrap();
    let refused = rebuild(first.path(), stream.as_bytes()).unwrap_err();
    assert!(matches!(refused, RestoreFault::NotEmpty { .. }), "{refused}");
    std::fs::write(second.path().join("a file"), "of somebody").unwrap();
    assert!(matches!(rebuild(second.path(), stream.as_bytes()), Err(RestoreFault::NotEmpty { .. })));
}

#[tokio::test]
async fn half_a_restore_is_no_store_and_says_so() {
    let (first, second) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let store = open(first.path()).await;
    fill(&store).await;
    let stream = stream(&store).await.unwrap();
    let half: String = stream.split_inclusive('\n').take(600).collect();
    let fault = rebuild(second.path(), half.as_bytes()).unwrap_err();
    assert!(matches!(fault, RestoreFault::Stream(_)), "{fault}");
    let error = SledStore::open(second.path(), OpenOptions::default()).await.unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}
