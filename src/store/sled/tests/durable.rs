//! Coming back after a restart, and ending for good after a failed write.

use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use futures_util::future::join_all;
use tempfile::TempDir;

use crate::domain::audit::Deed;
use crate::domain::ids::{Revision, Version};
use crate::domain::posting::Slot;
use crate::store::contract::fixture::*;
use crate::store::sled::disk::{Disk, RealDisk};
use crate::store::sled::noting::Note;
use crate::store::sled::open::open_on;
use crate::store::sled::{OpenError, OpenOptions, SledStore};
use crate::store::{Change, Committed, Outcome, Shelf, Store, StoreError};

async fn open(dir: &TempDir) -> SledStore {
    SledStore::open(dir.path(), OpenOptions::default()).await.unwrap()
}

/// A disk of which a test decides when a sync ends, and how.
struct StagedDisk {
    real: RealDisk,
    syncs: Arc<AtomicUsize>,
    verdicts: mpsc::Receiver<Result<(), StoreError>>,
}

impl Disk for StagedDisk {
    fn sync(&mut self, db: &sled::Db) -> Result<(), StoreError> {
        self.syncs.fetch_add(1, Ordering::SeqCst);
        // Without a verdict (the test has dropped its end) the disk is a good one.
        self.verdicts.recv().unwrap_or(Ok(()))?;
        self.real.sync(db)
    }
    fn note(&self) -> std::io::Result<Note> {
        self.real.note()
    }
}

struct Stage {
    syncs: Arc<AtomicUsize>,
    verdicts: mpsc::Sender<Result<(), StoreError>>,
}

async fn on_stage(dir: &TempDir, options: OpenOptions) -> (Arc<SledStore>, Stage) {
    let (verdicts, given) = mpsc::channel();
    let syncs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&syncs);
    let around = move |real| Box::new(StagedDisk { real, syncs: counted, verdicts: given }) as Box<dyn Disk>;
    let store = open_on(dir.path(), options, around).await.unwrap();
    (Arc::new(store), Stage { syncs, verdicts })
}

fn failed() -> StoreError {
    StoreError::Driver { doing: "sync", why: "the disk is on fire".into() }
}

/// Lets every other task and thread go first until the writer has begun this many syncs.
async fn until_syncing(stage: &Stage, count: usize) {
    while stage.syncs.load(Ordering::SeqCst) < count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir).await;
    let all = Change {
        outbox: vec![refresh(1), dm(1, 2)],
        audit: vec![audit(1, Deed::Posted)],
        seen: Some(seen("Ev1")),
        stray: Some(stray(8, 1)),
        ..of_scope(posted(draft(1), shown_at(1)))
    };
    write(&store, all).await;
    drop(store);
    let store = open(&dir).await;
    assert_eq!(read(&store, 1).await.version, Version(1));
    assert_eq!(store.scope_at(&home(), &place(1)).await.unwrap(), Some(id(1)));
    assert_eq!(store.audit(&home(), &id(1), 9).await.unwrap().len(), 1);
    assert_eq!(store.strays(&home(), &place(8)).await.unwrap().len(), 1);
    assert_eq!(store.shelf(&home(), &user(1), Shelf::Posted, None, 9).await.unwrap().len(), 1);
    assert_eq!(store.commit(Change { seen: Some(seen("Ev1")), ..change(0) }).await.unwrap(), Committed::AlreadySeen);
    assert_eq!(store.depth().await.unwrap().rows, 2);
    write(&store, of_rows([refresh(1)])).await;
    assert_eq!(store.depth().await.unwrap().rows, 2, "a row from before the restart absorbs");
}

#[tokio::test]
async fn a_claim_that_was_never_settled_is_in_doubt_after_a_restart() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir).await;
    write(&store, of_rows([refresh(1), note(2, 1)])).await;
    let before = claim(&store, "w", 5).await;
    write(&store, settle(&before[1], "w", Outcome::Again(at(6)))).await;
    drop(store);
    let store = open(&dir).await;
    assert_eq!(store.commit(settle(&before[0], "w", Outcome::Over)).await.unwrap(), Committed::NotHeld);
    write(&store, of_rows([refresh(1)])).await;
    assert_eq!(store.depth().await.unwrap().rows, 3, "what may have been sent absorbs nothing");
    let after = claim(&store, "w", 6).await;
    let told: Vec<_> = after.iter().map(|row| (row.id, row.attempts, row.unsettled)).collect();
    assert_eq!(told, [(before[0].id, 2, Some(at(5))), (before[1].id, 2, None)]);
}

#[tokio::test]
async fn nothing_is_answered_before_the_sync_and_what_waits_shares_the_next() {
    let dir = TempDir::new().unwrap();
    let (store, stage) = on_stage(&dir, OpenOptions::default()).await;
    let first = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.commit(of_scope(draft(0))).await }
    });
    until_syncing(&stage, 1).await;
    assert!(!first.is_finished());
    let others = (1..=50).map(|n| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.commit(of_scope(draft(n))).await })
    });
    let others: Vec<_> = others.collect();
    // All of them are in the intake once they have been polled.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    stage.verdicts.send(Ok(())).unwrap();
    assert!(matches!(first.await.unwrap(), Ok(Committed::Written(_))));
    until_syncing(&stage, 2).await;
    assert!(others.iter().all(|one| !one.is_finished()));
    stage.verdicts.send(Ok(())).unwrap();
    for one in join_all(others).await {
        assert!(matches!(one.unwrap(), Ok(Committed::Written(_))));
    }
    assert_eq!(stage.syncs.load(Ordering::SeqCst), 2, "fifty commits, one sync");
}

#[tokio::test]
async fn a_read_that_meets_a_write_under_way_waits_for_it_and_no_other_does() {
    let dir = TempDir::new().unwrap();
    let (store, stage) = on_stage(&dir, OpenOptions::default()).await;
    for _ in 0..2 {
        stage.verdicts.send(Ok(())).unwrap();
    }
    write(&*store, of_scope(draft(1))).await;
    write(&*store, of_scope(draft(2))).await;
    let writing = tokio::spawn({
        let store = Arc::clone(&store);
        let mut scope = draft(1);
        scope.version = Version(1);
        async move { store.commit(of_scope(posted(scope, Slot::Waiting))).await }
    });
    until_syncing(&stage, 3).await;
    let reading = tokio::spawn({
        let store = Arc::clone(&store);
        async move { read(&*store, 1).await }
    });
    assert_eq!(read(&*store, 2).await.version, Version(1));
    assert!(!reading.is_finished() && !writing.is_finished());
    stage.verdicts.send(Ok(())).unwrap();
    assert!(reading.await.unwrap().posted().is_some());
    assert_eq!(writing.await.unwrap().unwrap(), Committed::Written(Version(2)));
}

#[tokio::test]
async fn a_failed_sync_is_final() {
    let dir = TempDir::new().unwrap();
    let (store, stage) = on_stage(&dir, OpenOptions::default()).await;
    stage.verdicts.send(Ok(())).unwrap();
    write(&*store, of_scope(draft(1))).await;
    stage.verdicts.send(Err(failed())).unwrap();
    let lost = store.commit(of_scope(draft(2))).await;
    assert!(matches!(lost, Err(StoreError::Driver { doing: "sync", .. })), "{lost:?}");
    drop(stage);
    assert!(matches!(store.commit(of_scope(draft(3))).await, Err(StoreError::Stopped)));
    assert!(matches!(store.scope(&home(), &id(2)).await, Err(StoreError::Stopped)), "not known to be on disk");
    assert!(matches!(store.scope(&home(), &id(1)).await, Err(StoreError::Stopped)));
    assert!(matches!(store.claim(&worker("w"), at(0), std::time::Duration::ZERO, 1).await, Err(StoreError::Stopped)));
    assert!(store.close().await.is_ok());
}

#[tokio::test]
async fn a_full_intake_is_busy_and_what_was_taken_is_written() {
    let dir = TempDir::new().unwrap();
    let options = OpenOptions { intake: 2, ..OpenOptions::default() };
    let (store, stage) = on_stage(&dir, options).await;
    let commit = |n| {
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.commit(of_scope(draft(n))).await })
    };
    let first = commit(1);
    until_syncing(&stage, 1).await;
    let (second, third) = (commit(2), commit(3));
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    assert!(matches!(store.commit(of_scope(draft(4))).await, Err(StoreError::Busy)));
    let closing = tokio::spawn({
        let store = Arc::clone(&store);
        async move { store.close().await }
    });
    drop(stage);
    for taken in [first, second, third] {
        assert!(matches!(taken.await.unwrap(), Ok(Committed::Written(_))));
    }
    closing.await.unwrap().unwrap();
    assert!(matches!(store.commit(of_scope(draft(5))).await, Err(StoreError::Stopped)));
    drop(store);
    let store = open(&dir).await;
    let there = join_all((1..=5).map(|n| {
        let (store, home, id) = (&store, home(), id(n));
        async move { store.scope(&home, &id).await }
    }))
    .await;
    assert_eq!(there.iter().filter(|one| matches!(one, Ok(Some(_)))).count(), 3);
}

#[tokio::test]
async fn a_second_opening_is_told_who_has_it() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir).await;
    let second = SledStore::open(dir.path(), OpenOptions::default()).await;
    let error = second.unwrap_err();
    assert!(matches!(&error, OpenError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("SCOPEBOT_DATA_DIR"), "{error}");
    write(&store, of_scope(draft(1))).await;
    drop(store);
    open(&dir).await;
}

#[tokio::test]
async fn the_directory_is_its_owners_alone() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("new").join("data");
    drop(SledStore::open(&data, OpenOptions::default()).await.unwrap());
    for made in [&data, &data.join("sled")] {
        assert_eq!(std::fs::metadata(made).unwrap().permissions().mode() & 0o777, 0o700, "{made:?}");
    }
    assert_eq!(std::fs::metadata(data.join("last-commit")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_place_that_is_no_directory_is_explained() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let error = SledStore::open(&file, OpenOptions::default()).await.unwrap_err();
    assert!(matches!(&error, OpenError::Unusable { .. }), "{error}");
}

#[tokio::test]
async fn even_the_largest_rows_stay_out_of_files_that_are_never_synced() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir).await;
    let words = "𝄞".repeat(300);
    for turn in 0..3 {
        let changes = (0..120).map(|n| {
            let mut scope = posted(draft(n), Slot::Waiting);
            scope.version = Version(turn);
            if let Some(posted) = scope.posted_mut() {
                posted.shown.brief = crate::domain::brief::Brief::of(&answers(&words)).unwrap();
                posted.edit = Some(crate::domain::draft::Draft { answers: answers(&words), ..Default::default() });
            }
            store.commit(of_scope(scope))
        });
        for outcome in join_all(changes).await {
            assert_eq!(outcome.unwrap(), Committed::Written(Version(turn + 1)));
        }
    }
    store.close().await.unwrap();
    let blobs = std::fs::read_dir(dir.path().join("sled").join("blobs")).unwrap().count();
    assert_eq!(blobs, 0, "sled never syncs these");
}

#[tokio::test]
async fn what_a_request_reads_does_not_depend_on_the_size_of_the_store() {
    let dir = TempDir::new().unwrap();
    let store = open(&dir).await;
    let mut costs = Vec::new();
    for sizes in [0..20u32, 20..2_000] {
        let last = sizes.end;
        let changes = sizes.map(|n| {
            let mut scope = posted(draft(n), shown_at(n));
            scope.author = user(n % (last / 10));
            store.commit(Change { seen: Some(seen(&n.to_string())), ..of_scope(scope) })
        });
        for changes in changes.collect::<Vec<_>>().chunks_mut(250) {
            for outcome in join_all(changes).await {
                assert_eq!(outcome.unwrap(), Committed::Written(Version(1)));
            }
        }
        let before = store.reads();
        read(&store, 7).await;
        store.scope_at(&home(), &place(7)).await.unwrap();
        store.shelf(&home(), &user(1), Shelf::Posted, None, 5).await.unwrap();
        store.waiting(&home(), None, 5).await.unwrap();
        store.revision(&home(), &id(7), Revision::FIRST).await.unwrap();
        store.seen(&home(), &seen("7")).await.unwrap();
        store.due(&home(), at(100), 5).await.unwrap();
        let mut scope = read(&store, 8).await;
        scope.touched = at(i64::from(last));
        write(&store, Change { seen: Some(seen(&format!("{last:05}"))), ..of_scope(scope) }).await;
        let after = store.reads();
        costs.push((after.keys - before.keys, after.bytes - before.bytes));
    }
    assert_eq!(costs[0], costs[1]);
}
