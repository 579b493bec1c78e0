//! What is written again and again, settled or forgotten takes no room for good.

use std::path::Path;

use futures_util::future::join_all;
use tempfile::TempDir;

use crate::domain::ids::Version;
use crate::store::contract::fixture::*;
use crate::store::sled::{OpenOptions, SledStore};
use crate::store::{Change, Committed, SEEN_KEPT, Store};

/// Drafts that are typed in.
const DRAFTS: u32 = 100;

fn size_of(dir: &Path) -> u64 {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| if entry.path().is_dir() { size_of(&entry.path()) } else { entry.metadata().unwrap().len() })
        .sum()
}

#[tokio::test]
async fn keystrokes_leave_nothing_behind_but_the_draft() {
    let dir = TempDir::new().unwrap();
    let store = SledStore::open(dir.path(), OpenOptions::default()).await.unwrap();
    let mut sizes = Vec::new();
    for round in 0..40u64 {
        let keystrokes = (0..DRAFTS).map(|n| {
            let mut scope = draft(n);
            scope.version = Version(round);
            let key = seen(&format!("{round}.{n}"));
            store.commit(Change { seen: Some(key), ..of_scope(scope) })
        });
        for outcome in join_all(keystrokes).await {
            assert_eq!(outcome.unwrap(), Committed::Written(Version(round + 1)));
        }
        sizes.push(size_of(dir.path()));
    }
    let before = store.scrub().await.unwrap();
    assert!(before.is_sound(), "{before:?}");
    let later = at(0).checked_add(SEEN_KEPT + std::time::Duration::from_secs(1)).unwrap();
    let mut swept = 0;
    loop {
        match store.sweep(later, 1_000).await.unwrap() {
            0 => break,
            gone => swept += gone,
        }
    }
    assert_eq!(swept, 40 * DRAFTS as usize, "every key of every keystroke");
    let after = store.scrub().await.unwrap();
    assert!(after.is_sound(), "{after:?}");
    // A key is two rows: itself, and when it goes.
    assert_eq!(before.rows - after.rows, 2 * swept as u64);
    // Each round writes every draft anew, 4,000 drafts in all; what is kept of them is the last hundred and the keys.
    let (early, late) = (sizes[9], sizes[39]);
    // Kept for good it would be more than four times as much, since the keys grow on top.
    assert!(2 * late < 7 * early, "{sizes:?}");
}
