//! The scrub beside the work: as thorough at rest as in haste, and ended by whoever drops it.

use futures_util::FutureExt;
use tempfile::TempDir;

use crate::ambient::Clock;
use crate::store::contract::fixture::*;
use crate::store::sled::{OpenOptions, SledStore};
use crate::store::{Store, StoreError};

async fn filled(dir: &TempDir) -> SledStore {
    let store = SledStore::open(dir.path(), OpenOptions::default()).await.unwrap();
    for n in 0..300 {
        assert!(store.commit(of_scope(draft(n))).await.is_ok());
    }
    store
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gentle_scrub_reads_as_much_as_a_hasty_one() {
    let dir = TempDir::new().unwrap();
    let store = filled(&dir).await;
    let hasty = store.scrub().await.unwrap();
    assert!(hasty.is_sound() && hasty.rows > 600, "{hasty}");
    assert_eq!(store.scrub_gently(&Clock::system()).await.unwrap(), hasty);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scrub_that_is_dropped_ends_and_makes_room_for_the_next() {
    let dir = TempDir::new().unwrap();
    let store = filled(&dir).await;
    // Looked at once, which begins it, and dropped.
    assert!(store.scrub_gently(&Clock::system()).now_or_never().is_none());
    let report = loop {
        match store.scrub().await {
            Err(StoreError::Refused { .. }) => tokio::task::yield_now().await,
            told => break told,
        }
    };
    assert!(report.unwrap().is_sound());
}
