//! The store on sled 0.34.7, used with open eyes (ARCHITECTURE.md, "Store"): one tree, one writing thread, a commit point
//! that is an fsync, checksums on every row, a commit counter beside the store and a sum over all rows inside it.
//!
//! ```text
//! DIR/sled/…        sled's own files
//! DIR/last-commit   the number of the last commit, synced with every group
//! ```

mod apply;
mod disk;
mod given_up;
mod keys;
mod lanes;
mod noting;
mod open;
mod portable;
mod read;
mod rebuild;
mod scrub;
mod shared;
mod snapshot;
mod tally;
#[cfg(test)]
mod tests;
mod upgrade;
mod view;
mod writer;

use std::any::Any;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::ambient::Clock;
use crate::domain::approval::Mark;
use crate::domain::audit::AuditRow;
use crate::domain::ids::{ChannelId, GroupId, Home, Revision, ScopeId, Timestamp, UserId};
use crate::domain::person::{Channel, Group, Person, Preference};
use crate::domain::scope::{Scope, Shown};

use super::record::audit::AuditRecord;
use super::record::directory::{ChannelRecord, GroupRecord, PersonRecord, PreferenceRecord};
use super::record::envelope::{damaged, unseal};
use super::record::kept::StrayRecord;
use super::record::scope::{PlaceRecord, RevisionRecord, ScopeRecord};
use super::{
    Change, Committed, DueRow, Listed, OutboxDepth, Place, Row, STRAYS_READ, SeenKey, Shelf, Store, StoreError,
    WorkerId,
};

pub use open::{Loss, OpenError, OpenOptions};
use read::Reader;
pub use rebuild::{RestoreFault, rebuild};
use scrub::Scrub;
pub use scrub::ScrubReport;
pub use shared::Reads;
use shared::Shared;
use writer::{Claim, Job, Reply};

/// A [`Store`] in a directory.
pub struct SledStore {
    reader: Reader,
    jobs: Option<SyncSender<Job>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// Dropped last.
    _lock: Lock,
}

/// The lock on sled's file. sled's own threads hold it a moment longer than its last handle; who drops a store and opens
/// the directory again must not meet them.
struct Lock(File);

/// A scrub rests so many times as long as it works.
const RESTS: u32 = 9;
/// Some lines of a backup that may wait for whoever takes them.
const SNAPSHOT_AHEAD: usize = 8;
/// Looks at the lock at most so often; somebody else may have taken it meanwhile.
const LOOKS: usize = 100_000;

impl Drop for Lock {
    fn drop(&mut self) {
        for _ in 0..LOOKS {
            match self.0.try_lock() {
                Err(TryLockError::WouldBlock) => std::thread::yield_now(),
                Ok(()) | Err(TryLockError::Error(_)) => return,
            }
        }
    }
}

impl std::fmt::Debug for SledStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SledStore")
    }
}

/// An error in sled's own words.
fn driver(doing: &'static str, error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Driver { doing, why: error.to_string() }
}

/// What a panic said.
fn words_of(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    said.unwrap_or("it panicked without a word").to_owned()
}

impl SledStore {
    /// Opens the store in this directory, or makes it. sled reads its files on a thread of its own meanwhile.
    pub async fn open(dir: &Path, options: OpenOptions) -> Result<Self, OpenError> {
        open::open(dir, options).await
    }

    /// Finishes what was asked for, syncs, and writes nothing more; every later call is `Stopped`. The directory is free
    /// once the store is dropped.
    pub async fn close(&self) -> Result<(), StoreError> {
        match self.ask(Job::Close).await {
            // A full intake empties itself; closing is the one wish that waits for it.
            Err(StoreError::Busy) => {
                let (reply, answer) = oneshot::channel();
                let Some(jobs) = self.jobs.clone() else { return Ok(()) };
                let sent = tokio::task::spawn_blocking(move || jobs.send(Job::Close(reply)).is_ok()).await;
                if matches!(sent, Ok(true)) { answer.await.unwrap_or(Ok(())) } else { Ok(()) }
            }
            Err(StoreError::Stopped) => Ok(()),
            result => result,
        }
    }

    /// Resolves when nothing is written any more: after a failed write, or once it is closed.
    pub async fn stopped(&self) {
        self.reader.shared.stopped().await;
    }

    /// Keys and bytes read since the start, by reads and writes alike.
    pub fn reads(&self) -> Reads {
        self.reader.shared.reads()
    }

    /// The installations that have rows.
    pub fn homes(&self) -> Vec<Home> {
        self.reader.shared.outlook().homes.into_iter().collect()
    }

    /// Reads every row, verifies it, and compares indexes and sums; runs beside the work, on a thread that may block.
    pub async fn scrub(&self) -> Result<ScrubReport, StoreError> {
        self.scrub_resting(|_| {}).await
    }

    /// The same, at work for a tenth of the clock's time: not felt beside the work, however large the store.
    pub async fn scrub_gently(&self, clock: &Clock) -> Result<ScrubReport, StoreError> {
        let (clock, runtime) = (clock.clone(), tokio::runtime::Handle::current());
        let mut begun = clock.now();
        let rest = move |ended: &CancellationToken| {
            let took = Duration::try_from(clock.now().duration_since(begun)).unwrap_or_default();
            runtime.block_on(ended.run_until_cancelled(clock.sleep(took * RESTS)));
            begun = clock.now();
        };
        self.scrub_resting(rest).await
    }

    /// One thread reads all of it, so that what one step frees the next one uses. It ends with this future.
    async fn scrub_resting(
        &self,
        mut rest: impl FnMut(&CancellationToken) + Send + 'static,
    ) -> Result<ScrubReport, StoreError> {
        let mut scrub = Scrub::begin(&self.reader)?;
        let ended = CancellationToken::new();
        let _ends = ended.clone().drop_guard();
        let read = tokio::task::spawn_blocking(move || {
            while !ended.is_cancelled() {
                if let Some(report) = scrub.step()? {
                    return Ok(report);
                }
                rest(&ended);
            }
            Err(StoreError::Stopped)
        });
        read.await.map_err(|error| StoreError::Driver { doing: "scrub", why: error.to_string() })?
    }

    /// Every record as it stands now, as the lines of a backup, some at a time, while the store goes on writing. An error
    /// is the last thing that comes; a backup that was read in full ends with its end line.
    pub fn snapshot(&self, now: Timestamp) -> mpsc::Receiver<Result<String, StoreError>> {
        let (to, lines) = mpsc::channel(SNAPSHOT_AHEAD);
        let reader = self.reader.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = snapshot::snapshot(&reader, open::LAYOUT, now, &to) {
                // Whoever asked may have gone away.
                drop(to.blocking_send(Err(error)));
            }
        });
        lines
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(StoreError::Stopped)?;
        jobs.try_send(job(reply)).map_err(|error| match error {
            TrySendError::Full(_) if !self.reader.shared.is_stopped() => StoreError::Busy,
            TrySendError::Full(_) | TrySendError::Disconnected(_) => StoreError::Stopped,
        })?;
        answer.await.unwrap_or(Err(StoreError::Stopped))
    }
}

/// Frees the directory: the writer finishes the group it is at, then the lock goes with sled's last handle.
impl Drop for SledStore {
    fn drop(&mut self) {
        self.jobs = None;
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer
            && writer.join().is_err()
        {
            tracing::error!("the store's writer ended in a panic");
        }
    }
}

#[async_trait]
impl Store for SledStore {
    async fn scope(&self, home: &Home, id: &ScopeId) -> Result<Option<Scope>, StoreError> {
        let key = keys::scope(home, id);
        let Some(record) = self.reader.record::<ScopeRecord>(&key).await? else { return Ok(None) };
        ScopeRecord::from_record(record, home.clone(), id.clone()).map(Some).map_err(|nonsense| damaged(&key, nonsense))
    }
    async fn scope_at(&self, home: &Home, place: &Place) -> Result<Option<ScopeId>, StoreError> {
        let record = self.reader.record::<PlaceRecord>(&keys::place(home, place)).await?;
        Ok(record.map(|place| place.scope.0))
    }
    async fn shelf(
        &self,
        home: &Home,
        author: &UserId,
        shelf: Shelf,
        cursor: Option<&Listed>,
        limit: usize,
    ) -> Result<Vec<Listed>, StoreError> {
        let after = cursor.map(|cursor| keys::shelved(home, author, shelf, cursor));
        let rows = self.reader.rows(keys::shelf(home, author, shelf), after, None, limit).await?;
        let listed = |(key, _): &(sled::IVec, _)| keys::listed(key).ok_or_else(|| damaged(key, "it lists nothing"));
        rows.iter().map(listed).collect()
    }
    async fn waiting(&self, home: &Home, cursor: Option<&Listed>, limit: usize) -> Result<Vec<Listed>, StoreError> {
        let after = cursor.map(|cursor| keys::waits(home, cursor));
        let rows = self.reader.rows(keys::kind(home, keys::WAITING), after, None, limit).await?;
        rows.iter().map(|(key, _)| keys::listed(key).ok_or_else(|| damaged(key, "it lists nothing"))).collect()
    }
    async fn standing(&self, home: &Home, cursor: Option<&Listed>, limit: usize) -> Result<Vec<Listed>, StoreError> {
        let after = cursor.map(|cursor| keys::stands(home, cursor));
        let rows = self.reader.rows(keys::kind(home, keys::STANDING), after, None, limit).await?;
        rows.iter().map(|(key, _)| keys::listed(key).ok_or_else(|| damaged(key, "it lists nothing"))).collect()
    }
    async fn revision(&self, home: &Home, id: &ScopeId, revision: Revision) -> Result<Option<Shown>, StoreError> {
        let record = self.reader.record::<RevisionRecord>(&keys::revision(home, id, revision)).await?;
        Ok(record.map(RevisionRecord::from_record))
    }
    async fn person(&self, home: &Home, id: &UserId) -> Result<Option<Person>, StoreError> {
        let record = self.reader.record::<PersonRecord>(&keys::person(home, id)).await?;
        Ok(record.map(|record| PersonRecord::from_record(record, id.clone())))
    }
    async fn group(&self, home: &Home, id: &GroupId) -> Result<Option<Group>, StoreError> {
        let record = self.reader.record::<GroupRecord>(&keys::group(home, id)).await?;
        Ok(record.map(|record| GroupRecord::from_record(record, id.clone())))
    }
    async fn channel(&self, home: &Home, id: &ChannelId) -> Result<Option<Channel>, StoreError> {
        let record = self.reader.record::<ChannelRecord>(&keys::channel(home, id)).await?;
        Ok(record.map(|record| ChannelRecord::from_record(record, id.clone())))
    }
    async fn preference(&self, home: &Home, id: &UserId) -> Result<Option<Preference>, StoreError> {
        let record = self.reader.record::<PreferenceRecord>(&keys::preference(home, id)).await?;
        Ok(record.map(|record| PreferenceRecord::from_record(record, id.clone())))
    }
    async fn strays(&self, home: &Home, place: &Place) -> Result<Vec<Mark>, StoreError> {
        let rows = self.reader.rows(keys::strays(home, place), None, None, STRAYS_READ).await?;
        rows.iter().map(|(key, row)| Ok(StrayRecord::from_record(unseal(key, row)?))).collect()
    }
    async fn stray_places(&self, home: &Home, limit: usize) -> Result<Vec<Place>, StoreError> {
        let rows = self.reader.rows(keys::kind(home, keys::STRAY), None, None, limit).await?;
        let place =
            |(key, _): &(sled::IVec, _)| keys::stray_place(key).ok_or_else(|| damaged(key, "it is no stray mark"));
        let mut places = rows.iter().map(place).collect::<Result<Vec<Place>, StoreError>>()?;
        places.dedup();
        Ok(places)
    }
    async fn seen(&self, home: &Home, key: &SeenKey) -> Result<bool, StoreError> {
        self.reader.holds(&keys::seen(home, key)).await
    }
    async fn audit(&self, home: &Home, id: &ScopeId, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
        let rows = self.reader.rows(keys::audit_of(home, id), None, None, limit).await?;
        let row = |(key, row): &(sled::IVec, sled::IVec)| {
            let record = unseal::<AuditRecord>(key, row)?;
            AuditRecord::from_record(record).map_err(|nonsense| damaged(key, nonsense))
        };
        rows.iter().rev().map(row).collect()
    }
    async fn due(&self, home: &Home, now: Timestamp, limit: usize) -> Result<Vec<DueRow>, StoreError> {
        let prefix = keys::kind(home, keys::DUE);
        // Every row at `now` sorts below this.
        let last = [prefix.as_slice(), &keys::moment(now), &[0xff]].concat();
        let rows = self.reader.rows(prefix, None, Some(last), limit).await?;
        let due = |(key, _): &(sled::IVec, _)| keys::due_row(key).ok_or_else(|| damaged(key, "it is no due row"));
        rows.iter().map(due).collect()
    }
    async fn next_due(&self, home: &Home) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.due(home, Timestamp::MAX, 1).await?.first().map(|row| row.at))
    }
    async fn commit(&self, change: Change) -> Result<Committed, StoreError> {
        self.ask(|reply| Job::Commit(Box::new(change), reply)).await
    }
    async fn claim(
        &self,
        worker: &WorkerId,
        now: Timestamp,
        lease: Duration,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let claim = Claim { worker: worker.clone(), now, lease, limit };
        self.ask(|reply| Job::Claim(claim, reply)).await
    }
    async fn next_claim(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.reader.shared.outlook().next_claim)
    }
    async fn depth(&self) -> Result<OutboxDepth, StoreError> {
        Ok(self.reader.shared.outlook().depth)
    }
    async fn revive(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.ask(|reply| Job::Revive(now, limit, reply)).await
    }
    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        self.ask(|reply| Job::Sweep(now, limit, reply)).await
    }
}
