//! Stores around a store, for tests and benches: each keeps the contract of what it wraps.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use crate::ambient::{Clock, Random};
use crate::domain::approval::Mark;
use crate::domain::audit::AuditRow;
use crate::domain::ids::{ChannelId, GroupId, Home, Revision, ScopeId, Timestamp, UserId};
use crate::domain::person::{Channel, Group, Person, Preference};
use crate::domain::scope::{Scope, Shown};

pub use ailing::{AilingStore, Disk};

use super::{Change, Committed, DueRow, Listed, OutboxDepth, Place, Row, SeenKey, Shelf, Store, StoreError, WorkerId};

/// Something that stands around every call of a store.
#[async_trait]
trait Around: Send + Sync {
    fn inner(&self) -> &dyn Store;
    /// Before the call; an error is its answer, and the store is not asked.
    async fn before(&self, call: Call) -> Result<(), StoreError>;
    /// After the call, with the number of rows it answered with.
    async fn after(&self, call: Call, rows: usize);
}

/// One method of [`Store`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// [`Store::scope`].
    Scope,
    /// [`Store::scope_at`].
    ScopeAt,
    /// [`Store::shelf`].
    Shelf,
    /// [`Store::waiting`] or [`Store::standing`].
    Waiting,
    /// [`Store::revision`].
    Revision,
    /// [`Store::person`], [`Store::group`], [`Store::channel`] or [`Store::preference`].
    Directory,
    /// [`Store::strays`] or [`Store::stray_places`].
    Strays,
    /// [`Store::seen`].
    Seen,
    /// [`Store::audit`].
    Audit,
    /// [`Store::due`] or [`Store::next_due`].
    Due,
    /// [`Store::commit`].
    Commit,
    /// [`Store::claim`].
    Claim,
    /// [`Store::next_claim`] or [`Store::depth`].
    Outlook,
    /// [`Store::revive`].
    Revive,
    /// [`Store::sweep`].
    Sweep,
}

impl Call {
    /// Whether it may write.
    pub fn writes(self) -> bool {
        matches!(self, Call::Commit | Call::Claim | Call::Revive | Call::Sweep)
    }
}

macro_rules! around {
    ($self:ident, $call:expr, $ask:expr) => {{
        $self.before($call).await?;
        let answer = $ask.await;
        $self.after($call, answer.as_ref().map_or(0, Answered::rows)).await;
        answer
    }};
}

macro_rules! store_around {
    ($name:ident) => {
        #[async_trait]
        impl Store for $name {
            async fn scope(&self, home: &Home, id: &ScopeId) -> Result<Option<Scope>, StoreError> {
                around!(self, Call::Scope, self.inner().scope(home, id))
            }
            async fn scope_at(&self, home: &Home, place: &Place) -> Result<Option<ScopeId>, StoreError> {
                around!(self, Call::ScopeAt, self.inner().scope_at(home, place))
            }
            async fn shelf(
                &self,
                home: &Home,
                author: &UserId,
                shelf: Shelf,
                cursor: Option<&Listed>,
                limit: usize,
            ) -> Result<Vec<Listed>, StoreError> {
                around!(self, Call::Shelf, self.inner().shelf(home, author, shelf, cursor, limit))
            }
            async fn waiting(
                &self,
                home: &Home,
                cursor: Option<&Listed>,
                limit: usize,
            ) -> Result<Vec<Listed>, StoreError> {
                around!(self, Call::Waiting, self.inner().waiting(home, cursor, limit))
            }
            async fn standing(
                &self,
                home: &Home,
                cursor: Option<&Listed>,
                limit: usize,
            ) -> Result<Vec<Listed>, StoreError> {
                around!(self, Call::Waiting, self.inner().standing(home, cursor, limit))
            }
            async fn revision(
                &self,
                home: &Home,
                id: &ScopeId,
                revision: Revision,
            ) -> Result<Option<Shown>, StoreError> {
                around!(self, Call::Revision, self.inner().revision(home, id, revision))
            }
            async fn person(&self, home: &Home, id: &UserId) -> Result<Option<Person>, StoreError> {
                around!(self, Call::Directory, self.inner().person(home, id))
            }
            async fn group(&self, home: &Home, id: &GroupId) -> Result<Option<Group>, StoreError> {
                around!(self, Call::Directory, self.inner().group(home, id))
            }
            async fn channel(&self, home: &Home, id: &ChannelId) -> Result<Option<Channel>, StoreError> {
                around!(self, Call::Directory, self.inner().channel(home, id))
            }
            async fn preference(&self, home: &Home, id: &UserId) -> Result<Option<Preference>, StoreError> {
                around!(self, Call::Directory, self.inner().preference(home, id))
            }
            async fn strays(&self, home: &Home, place: &Place) -> Result<Vec<Mark>, StoreError> {
                around!(self, Call::Strays, self.inner().strays(home, place))
            }
            async fn stray_places(&self, home: &Home, limit: usize) -> Result<Vec<Place>, StoreError> {
                around!(self, Call::Strays, self.inner().stray_places(home, limit))
            }
            async fn seen(&self, home: &Home, key: &SeenKey) -> Result<bool, StoreError> {
                around!(self, Call::Seen, self.inner().seen(home, key))
            }
            async fn audit(&self, home: &Home, id: &ScopeId, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
                around!(self, Call::Audit, self.inner().audit(home, id, limit))
            }
            async fn due(&self, home: &Home, now: Timestamp, limit: usize) -> Result<Vec<DueRow>, StoreError> {
                around!(self, Call::Due, self.inner().due(home, now, limit))
            }
            async fn next_due(&self, home: &Home) -> Result<Option<Timestamp>, StoreError> {
                around!(self, Call::Due, self.inner().next_due(home))
            }
            async fn commit(&self, change: Change) -> Result<Committed, StoreError> {
                around!(self, Call::Commit, self.inner().commit(change))
            }
            async fn claim(
                &self,
                worker: &WorkerId,
                now: Timestamp,
                lease: Duration,
                limit: usize,
            ) -> Result<Vec<Row>, StoreError> {
                around!(self, Call::Claim, self.inner().claim(worker, now, lease, limit))
            }
            async fn next_claim(&self) -> Result<Option<Timestamp>, StoreError> {
                around!(self, Call::Outlook, self.inner().next_claim())
            }
            async fn depth(&self) -> Result<OutboxDepth, StoreError> {
                around!(self, Call::Outlook, self.inner().depth())
            }
            async fn revive(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
                around!(self, Call::Revive, self.inner().revive(now, limit))
            }
            async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
                around!(self, Call::Sweep, self.inner().sweep(now, limit))
            }
        }
    };
}

/// How many rows an answer holds.
trait Answered {
    fn rows(&self) -> usize;
}
impl<T> Answered for Option<T> {
    fn rows(&self) -> usize {
        usize::from(self.is_some())
    }
}
impl<T> Answered for Vec<T> {
    fn rows(&self) -> usize {
        self.len()
    }
}
macro_rules! no_rows {
    ($($name:ty),+) => { $(impl Answered for $name {
        fn rows(&self) -> usize {
            0
        }
    })+ };
}
no_rows!(bool, usize, Committed, OutboxDepth);

/// Counts calls and the rows they answer with. What a call reads below is told by [`super::sled::SledStore::reads`].
pub struct CountingStore {
    inner: Arc<dyn Store>,
    counts: Mutex<BTreeMap<Call, Count>>,
}

/// Of one kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// How often it was called.
    pub calls: usize,
    /// Rows answered with in all.
    pub rows: usize,
}

impl CountingStore {
    /// Around this store, from zero.
    pub fn new(inner: Arc<dyn Store>) -> Self {
        CountingStore { inner, counts: Mutex::default() }
    }
    /// What was counted since the last time this was asked.
    pub fn take(&self) -> BTreeMap<Call, Count> {
        std::mem::take(&mut *lock(&self.counts))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Around for CountingStore {
    fn inner(&self) -> &dyn Store {
        &*self.inner
    }
    async fn before(&self, _: Call) -> Result<(), StoreError> {
        Ok(())
    }
    async fn after(&self, call: Call, rows: usize) {
        let mut counts = lock(&self.counts);
        let count = counts.entry(call).or_default();
        count.calls += 1;
        count.rows += rows;
    }
}
store_around!(CountingStore);

/// Refuses, fails and delays calls now and then, as the contract allows: a write is `Busy` and nothing is written, or it is
/// done and its answer comes late; a read fails or comes late.
pub struct FlakyStore {
    inner: Arc<dyn Store>,
    chance: Random,
    clock: Clock,
    faults: Mutex<Faults>,
}

/// How often, each from 0 (never) to 1 (always).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Faults {
    /// Writes that are refused because the intake is full.
    pub busy: f64,
    /// Reads whose driver fails.
    pub failed_reads: f64,
    /// Calls that are late, before they are done or after.
    pub late: f64,
    /// How late; at zero other tasks go first.
    pub delay: Duration,
}

impl FlakyStore {
    /// Around this store; the same seed gives the same faults to the same calls.
    pub fn new(inner: Arc<dyn Store>, chance: Random, clock: Clock, faults: Faults) -> Self {
        FlakyStore { inner, chance, clock, faults: Mutex::new(faults) }
    }
    /// Other faults from now on.
    pub fn set(&self, faults: Faults) {
        *lock(&self.faults) = faults;
    }
    async fn maybe_late(&self, faults: Faults) {
        if self.chance.fraction() < faults.late {
            tokio::task::yield_now().await;
            self.clock.sleep(faults.delay).await;
        }
    }
}

#[async_trait]
impl Around for FlakyStore {
    fn inner(&self) -> &dyn Store {
        &*self.inner
    }
    async fn before(&self, call: Call) -> Result<(), StoreError> {
        let faults = *lock(&self.faults);
        self.maybe_late(faults).await;
        let drawn = self.chance.fraction();
        if call.writes() && drawn < faults.busy {
            return Err(StoreError::Busy);
        }
        if !call.writes() && drawn < faults.failed_reads {
            return Err(StoreError::Driver { doing: "read", why: "a fault put in by a test".into() });
        }
        Ok(())
    }
    async fn after(&self, _: Call, _: usize) {
        let faults = *lock(&self.faults);
        self.maybe_late(faults).await;
    }
}
store_around!(FlakyStore);

/// After the macro that it uses.
mod ailing;
