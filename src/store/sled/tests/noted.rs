//! The number beside the store, noted while the next group is written.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use tempfile::TempDir;

use crate::store::contract::fixture::*;
use crate::store::sled::disk::{Beside, Disk, RealDisk};
use crate::store::sled::noting::Note;
use crate::store::sled::open::open_on;
use crate::store::sled::{OpenOptions, SledStore};
use crate::store::{Committed, Store, StoreError};

/// A disk of which a test decides when a number is noted, and how.
struct SlowlyNoted {
    real: RealDisk,
    syncs: Arc<AtomicUsize>,
    verdicts: Mutex<Option<mpsc::Receiver<Result<(), StoreError>>>>,
}

impl Disk for SlowlyNoted {
    fn sync(&mut self, db: &sled::Db) -> Result<(), StoreError> {
        self.real.sync(db)?;
        self.syncs.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
    fn note(&self) -> std::io::Result<Note> {
        let (mut real, verdicts) = (self.real.note()?, self.verdicts.lock().unwrap().take().unwrap());
        Ok(Box::new(move |commits| {
            // Without a verdict (the test has dropped its end) the disk is a good one.
            verdicts.recv().unwrap_or(Ok(()))?;
            real(commits)
        }))
    }
}

type Verdicts = mpsc::Sender<Result<(), StoreError>>;

async fn slowly_noted(dir: &TempDir) -> (Arc<SledStore>, Arc<AtomicUsize>, Verdicts) {
    let (verdicts, given) = mpsc::channel();
    let syncs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&syncs);
    let around =
        move |real| Box::new(SlowlyNoted { real, syncs: counted, verdicts: Mutex::new(Some(given)) }) as Box<dyn Disk>;
    let store = open_on(dir.path(), OpenOptions::default(), around).await.unwrap();
    (Arc::new(store), syncs, verdicts)
}

/// Lets every other task and thread go first until so many groups are synced.
async fn until_synced(syncs: &AtomicUsize, count: usize) {
    while syncs.load(Ordering::SeqCst) < count {
        tokio::task::yield_now().await;
    }
}

fn noted_in(dir: &TempDir) -> Option<u64> {
    Beside::open(&dir.path().join("last-commit")).unwrap().1
}

#[tokio::test]
async fn no_two_groups_are_told_of_with_neither_of_them_noted() {
    let dir = TempDir::new().unwrap();
    let (store, syncs, verdicts) = slowly_noted(&dir).await;
    let before = noted_in(&dir);
    write(&*store, of_scope(draft(1))).await;
    assert_eq!(noted_in(&dir), before, "answered before its number is noted");
    let second = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.commit(of_scope(draft(2))).await }
    });
    until_synced(&syncs, 2).await;
    // What it wrote is not told to a reader either.
    let reading = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.scope(&home(), &id(2)).await }
    });
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!second.is_finished() && !reading.is_finished(), "the first is not noted yet");
    verdicts.send(Ok(())).unwrap();
    assert!(matches!(second.await.unwrap(), Ok(Committed::Written(_))));
    assert!(reading.await.unwrap().unwrap().is_some());
    assert!(noted_in(&dir) > before);
    drop(verdicts);
    store.close().await.unwrap();
    assert_eq!(noted_in(&dir), Some(2), "closing waits for the last number");
}

#[tokio::test]
async fn where_a_number_cannot_be_noted_nothing_more_is_written() {
    let dir = TempDir::new().unwrap();
    let (store, _, verdicts) = slowly_noted(&dir).await;
    verdicts.send(Err(StoreError::Driver { doing: "note", why: "the disk is on fire".into() })).unwrap();
    write(&*store, of_scope(draft(1))).await;
    let told = store.commit(of_scope(draft(2))).await.unwrap_err().to_string();
    assert!(told.contains("on fire"), "{told}");
    assert!(matches!(store.commit(of_scope(draft(3))).await, Err(StoreError::Stopped)));
    assert!(matches!(store.scope(&home(), &id(1)).await, Err(StoreError::Stopped)));
}
