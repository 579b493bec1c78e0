//! What readers and the writer share: which rows are under way, how far the disk is, and the books.

use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::domain::ids::{Home, Timestamp};
use crate::store::{OutboxDepth, StoreError};

use super::apply::Knowledge;
use super::snapshot::Cut;
use super::tally::Tally;

/// Shared by the handle and the writer.
#[derive(Debug)]
pub struct Shared {
    books: Mutex<Books>,
    /// Keys applied to the tree and not certain yet.
    under_way: Mutex<HashSet<Vec<u8>>>,
    /// Groups begun.
    begun: AtomicU64,
    progress: watch::Sender<Progress>,
    outlook: Mutex<Outlook>,
    keys_read: AtomicU64,
    bytes_read: AtomicU64,
}

/// What the tree holds, as counted by the writer; whoever holds them keeps the tree from changing.
#[derive(Debug, Default)]
pub struct Books {
    /// Over every row.
    pub tally: Tally,
    /// A scrub under way.
    pub scrub: Option<Round>,
    /// A backup under way.
    pub cut: Option<Cut>,
}

/// How far a scrub has come.
#[derive(Debug, Default)]
pub struct Round {
    /// Every row below this key has been counted.
    pub upto: Vec<u8>,
    /// Over those.
    pub tally: Tally,
}

#[derive(Debug, Clone, Copy)]
struct Progress {
    /// Groups that are on disk.
    certain: u64,
    stopped: bool,
}

/// What the writer knows and readers ask for.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// How full the outbox is.
    pub depth: OutboxDepth,
    /// When the next row may be claimed.
    pub next_claim: Option<Timestamp>,
    /// Homes that have rows.
    pub homes: BTreeSet<Home>,
}

/// Keys and bytes read since the start, by readers and by the writer upon a commit; opening and scrubs are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reads {
    /// Rows looked up or walked over.
    pub keys: u64,
    /// Bytes of keys and values of the rows found.
    pub bytes: u64,
}

/// Nothing under these locks can be left half done by a panic that would matter: the writer stops for good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    /// Nothing under way.
    pub fn new(tally: Tally, knowledge: &Knowledge) -> Self {
        let shared = Shared {
            books: Mutex::new(Books { tally, ..Books::default() }),
            under_way: Mutex::default(),
            begun: AtomicU64::new(0),
            progress: watch::Sender::new(Progress { certain: 0, stopped: false }),
            outlook: Mutex::default(),
            keys_read: AtomicU64::new(0),
            bytes_read: AtomicU64::new(0),
        };
        shared.look_out(knowledge);
        shared
    }

    /// The books; the tree does not change while they are held.
    pub fn books(&self) -> MutexGuard<'_, Books> {
        lock(&self.books)
    }

    /// What the writer last knew.
    pub fn outlook(&self) -> Outlook {
        lock(&self.outlook).clone()
    }

    /// Tells readers what the writer knows.
    pub fn look_out(&self, knowledge: &Knowledge) {
        let mut outlook = lock(&self.outlook);
        outlook.depth = OutboxDepth { given_up: knowledge.given_up, ..knowledge.lanes.depth() };
        outlook.next_claim = knowledge.lanes.next_claim();
        if outlook.homes.len() != knowledge.homes.len() {
            outlook.homes = knowledge.homes.clone();
        }
    }

    /// These keys are about to change.
    pub fn begin<'k>(&self, keys: impl Iterator<Item = &'k Vec<u8>>) {
        lock(&self.under_way).extend(keys.cloned());
        self.begun.fetch_add(1, Ordering::SeqCst);
    }

    /// What was begun is on disk.
    pub fn certain(&self) {
        lock(&self.under_way).clear();
        let begun = self.begun.load(Ordering::SeqCst);
        self.progress.send_modify(|progress| progress.certain = begun);
    }

    /// Nothing is written any more.
    pub fn stop(&self) {
        self.progress.send_modify(|progress| progress.stopped = true);
    }

    /// Resolves when nothing is written any more.
    pub async fn stopped(&self) {
        // An error says that nobody is left who could write.
        drop(self.progress.subscribe().wait_for(|progress| progress.stopped).await);
    }

    /// Whether nothing is written any more.
    pub fn is_stopped(&self) -> bool {
        self.progress.borrow().stopped
    }

    /// Called after reading the row under `key`: waits until what was read is on disk.
    pub async fn row_is_certain(&self, key: &[u8]) -> Result<(), StoreError> {
        if lock(&self.under_way).contains(key) { self.all_is_certain().await } else { self.not_stopped() }
    }

    /// Called after reading several rows: waits until all that was begun is on disk.
    pub async fn all_is_certain(&self) -> Result<(), StoreError> {
        let begun = self.begun.load(Ordering::SeqCst);
        let mut progress = self.progress.subscribe();
        let reached = progress.wait_for(|progress| progress.stopped || progress.certain >= begun).await;
        match reached {
            Ok(progress) if !progress.stopped => Ok(()),
            _ => Err(StoreError::Stopped),
        }
    }

    fn not_stopped(&self) -> Result<(), StoreError> {
        if self.is_stopped() { Err(StoreError::Stopped) } else { Ok(()) }
    }

    /// Counts what a request read.
    pub fn count(&self, keys: usize, bytes: usize) {
        self.keys_read.fetch_add(keys as u64, Ordering::Relaxed);
        self.bytes_read.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// What has been read.
    pub fn reads(&self) -> Reads {
        Reads { keys: self.keys_read.load(Ordering::Relaxed), bytes: self.bytes_read.load(Ordering::Relaxed) }
    }
}
