//! The one thread that writes. What waits is taken together: one batch, one flush, one sync, then every answer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use sled::Db;
use tokio::sync::oneshot;

use crate::domain::ids::Timestamp;
use crate::store::record::envelope::seal;
use crate::store::{Change, Committed, Row, StoreError, WorkerId};

use super::apply::{Knowledge, apply, claim, sweep};
use super::disk::Disk;
use super::given_up::revive;
use super::noting::Noting;
use super::tally::Meta;
use super::view::View;
use super::{Shared, keys};

/// Changes in one group at most.
const GROUP: usize = 256;

/// Where an answer goes; whoever asked may have gone away.
pub type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// What is asked of the writer.
pub enum Job {
    /// [`crate::store::Store::commit`].
    Commit(Box<Change>, Reply<Committed>),
    /// [`crate::store::Store::claim`].
    Claim(Claim, Reply<Vec<Row>>),
    /// [`crate::store::Store::revive`].
    Revive(Timestamp, usize, Reply<usize>),
    /// [`crate::store::Store::sweep`].
    Sweep(Timestamp, usize, Reply<usize>),
    /// Everything before it is on disk when it is answered, and nothing comes after.
    Close(Reply<()>),
}

/// A wish to claim.
pub struct Claim {
    /// Who.
    pub worker: WorkerId,
    /// When.
    pub now: Timestamp,
    /// For how long.
    pub lease: Duration,
    /// How many at most.
    pub limit: usize,
}

/// An answer that waits for the sync.
enum Answer {
    Commit(Reply<Committed>, Result<Committed, StoreError>),
    Claim(Reply<Vec<Row>>, Result<Vec<Row>, StoreError>),
    /// Of a revival or a sweep.
    Rows(Reply<usize>, Result<usize, StoreError>),
    Close(Reply<()>),
}

impl Answer {
    /// Sends it; after a failed write nobody may believe a success.
    fn send(self, written: &Result<(), StoreError>) {
        fn to<T>(reply: Reply<T>, result: Result<T, StoreError>, written: &Result<(), StoreError>) {
            let result = match (result, written) {
                (Ok(_), Err(error)) => Err(error.clone()),
                (result, _) => result,
            };
            drop(reply.send(result));
        }
        match self {
            Answer::Commit(reply, result) => to(reply, result, written),
            Answer::Claim(reply, result) => to(reply, result, written),
            Answer::Rows(reply, result) => to(reply, result, written),
            Answer::Close(reply) => to(reply, Ok(()), written),
        }
    }
}

/// The writer and what only it may change.
pub struct Writer {
    /// The store.
    pub db: Db,
    /// What readers see of it.
    pub shared: Arc<Shared>,
    /// Where a commit becomes certain.
    pub disk: Box<dyn Disk>,
    /// Commits so far.
    pub commits: u64,
    /// Notes their number beside the store.
    pub noting: Noting,
    /// What it knows besides.
    pub knowledge: Knowledge,
}

impl Writer {
    /// Writes until it is closed, everybody is gone, or a write fails.
    pub fn run(mut self, jobs: &Receiver<Job>) {
        // sled panics on some damage; the panic ends the writer, not the process.
        if catch_unwind(AssertUnwindSafe(|| self.work(jobs))).is_err() {
            tracing::error!("the store's writer panicked; nothing more is written");
        }
        self.shared.stop();
    }

    fn work(&mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let mut group = vec![first];
            while group.len() < GROUP
                && let Ok(job) = jobs.try_recv()
            {
                group.push(job);
            }
            let closing = group.iter().any(|job| matches!(job, Job::Close(_)));
            if let Err(error) = self.group(group) {
                tracing::error!(%error, "a write failed; nothing more is written");
                return;
            }
            if closing {
                return;
            }
        }
    }

    fn group(&mut self, group: Vec<Job>) -> Result<(), StoreError> {
        let tree = self.db.clone();
        let shared = Arc::clone(&self.shared);
        let mut view = View::new(&tree, &shared);
        let mut answers = Vec::with_capacity(group.len());
        for job in group {
            answers.push(match job {
                Job::Commit(change, reply) => Answer::Commit(reply, apply(&mut view, &mut self.knowledge, *change)),
                Job::Claim(Claim { worker, now, lease, limit }, reply) => {
                    Answer::Claim(reply, claim(&mut view, &mut self.knowledge.lanes, &worker, now, lease, limit))
                }
                Job::Revive(now, limit, reply) => {
                    Answer::Rows(reply, revive(&mut view, &mut self.knowledge, now, limit))
                }
                Job::Sweep(now, limit, reply) => Answer::Rows(reply, sweep(&mut view, &mut self.knowledge, now, limit)),
                Job::Close(reply) => Answer::Close(reply),
            });
        }
        self.shared.look_out(&self.knowledge);
        let written = if view.is_empty() { Ok(()) } else { self.write(view) };
        if written.is_err() {
            self.shared.stop();
        }
        let (closing, answers): (Vec<_>, Vec<_>) = answers.into_iter().partition(|one| matches!(one, Answer::Close(_)));
        for answer in answers {
            answer.send(&written);
        }
        // The store is closed once the last number is noted; otherwise it is noted while the next group is written.
        let noted = if closing.is_empty() { written } else { written.and_then(|()| self.noting.wait()) };
        if !closing.is_empty() {
            self.shared.stop();
        }
        for answer in closing {
            answer.send(&noted);
        }
        noted
    }

    fn write(&mut self, view: View<'_>) -> Result<(), StoreError> {
        self.shared.begin(view.keys());
        let commits = self.commits + 1;
        let Knowledge { last_row, serial, .. } = self.knowledge;
        view.publish(|tally| {
            let meta = Meta { commits, last_row, serial, tally };
            Ok(seal(keys::META, &meta)?.into_iter().map(|(_, row)| row).next().unwrap_or_default())
        })?;
        self.disk.sync(&self.db)?;
        self.commits = commits;
        // Waits for the number of the group before, so that no two groups are told of with neither of them noted.
        self.noting.begin(commits)?;
        self.shared.certain();
        Ok(())
    }
}
