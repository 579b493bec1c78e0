//! Opening: a directory in use, a store of a newer program, lost commits and damage are each told in a sentence with a
//! remedy, and a panic of sled is one of them.

use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};

use sled::{Db, Mode};
use tokio::sync::oneshot;

use crate::store::record::envelope::{seal, unseal};
use crate::store::record::outbox::RowRecord;

use super::apply::Knowledge;
use super::disk::{Beside, Disk, RealDisk};
use super::noting::Noting;
use super::read::Reader;
use super::shared::Shared;
use super::tally::Meta;
use super::upgrade::{LAYOUTS, Layouts, upgrade};
use super::writer::Writer;
use super::{Lock, SledStore, keys, words_of};

/// The newest layout of keys and rows that this program writes and reads.
pub const LAYOUT: u16 = 1;

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Memory for pages, in bytes. Beside it sled keeps an index of its pages, about 0.2 KB a scope.
    pub cache_bytes: u64,
    /// How often sled syncs its log by itself, in milliseconds. Commits do not wait for it.
    pub flush_every_ms: u64,
    /// Changes that may wait for the writer; beyond it commits are `Busy`.
    pub intake: usize,
    /// What to do with a store that lost commits.
    pub loss: Loss,
}

impl Default for OpenOptions {
    fn default() -> Self {
        OpenOptions { cache_bytes: 4 << 20, flush_every_ms: 500, intake: 4096, loss: Loss::Refused }
    }
}

/// What to do with a store that holds fewer commits than were acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// It is not opened.
    Refused,
    /// An operator without a backup has decided to go on with what is there.
    Accepted,
}

/// Why a store was not opened. The text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error(
        "the data directory {} is in use by another copy of the bot: stop that one, or give this one a directory of its \
         own (SCOPEBOT_DATA_DIR)",
        dir.display()
    )]
    InUse {
        /// The directory.
        dir: PathBuf,
    },
    /// It cannot be read or written.
    #[error(
        "the data directory {} cannot be used ({why}): it must be on a local disk with free space, and belong to the \
         user who runs the bot",
        dir.display()
    )]
    Unusable {
        /// The directory.
        dir: PathBuf,
        /// In the system's words.
        why: String,
    },
    /// A newer program wrote it.
    #[error(
        "the store in {} has layout {found} and this program knows {known} at most: run the newer program, or restore a \
         backup made with this one",
        dir.display()
    )]
    Newer {
        /// The directory.
        dir: PathBuf,
        /// Found.
        found: u16,
        /// Known.
        known: u16,
    },
    /// An older program wrote it, and it could not be brought to this program's layout.
    #[error(
        "the store in {} could not be brought to layout {to} ({why}). A copy of it as it was is in before-layout-… there: \
         make room and start again, or go on with the older program upon the copy",
        dir.display()
    )]
    NotUpgraded {
        /// The directory.
        dir: PathBuf,
        /// The layout it should have.
        to: u16,
        /// What was found.
        why: String,
    },
    /// It holds fewer commits than were acknowledged.
    #[error(
        "the store in {} has lost commits: it ends at number {found}, number {expected} was on disk before. Move the \
         directory away and restore the newest backup; if there is none, what is left can be opened on purpose",
        dir.display()
    )]
    LostCommits {
        /// The directory.
        dir: PathBuf,
        /// The last commit in the store.
        found: u64,
        /// The last commit that was acknowledged.
        expected: u64,
    },
    /// The commit counter beside it is gone.
    #[error(
        "the file last-commit in {} is missing or unreadable, so nobody can tell whether the store is whole. Put it back \
         if the directory was copied; else restore the newest backup, or open what is there on purpose",
        dir.display()
    )]
    NoCounter {
        /// The directory.
        dir: PathBuf,
    },
    /// It cannot be read.
    #[error(
        "the store in {} is damaged ({why}). Move the directory away, do not delete it, and restore the newest backup",
        dir.display()
    )]
    Damaged {
        /// The directory.
        dir: PathBuf,
        /// What was found, in the words of whoever found it.
        why: String,
    },
}

/// Opens the store; sled reads its files on a thread of its own, whose panic is an answer.
pub async fn open(dir: &Path, options: OpenOptions) -> Result<SledStore, OpenError> {
    open_on(dir, options, |disk| Box::new(disk)).await
}

/// The same by a program that knows these layouts.
#[cfg(test)]
pub async fn open_with(dir: &Path, options: OpenOptions, layouts: Layouts) -> Result<SledStore, OpenError> {
    open_all(dir, options, layouts, |disk| Box::new(disk)).await
}

/// The same with something put around the disk.
pub async fn open_on(
    dir: &Path,
    options: OpenOptions,
    around: impl FnOnce(RealDisk) -> Box<dyn Disk> + Send + 'static,
) -> Result<SledStore, OpenError> {
    open_all(dir, options, LAYOUTS, around).await
}

async fn open_all(
    dir: &Path,
    options: OpenOptions,
    layouts: Layouts,
    around: impl FnOnce(RealDisk) -> Box<dyn Disk> + Send + 'static,
) -> Result<SledStore, OpenError> {
    let (told, opened) = oneshot::channel();
    let place = dir.to_owned();
    let open = move || {
        let opened = catch_unwind(std::panic::AssertUnwindSafe(|| {
            Opening { dir: place.clone(), options, layouts }.open(around)
        }));
        let damaged = |panic: Box<dyn std::any::Any + Send>| {
            Err(OpenError::Damaged { dir: place.clone(), why: words_of(panic.as_ref()) })
        };
        drop(told.send(opened.unwrap_or_else(damaged)));
    };
    let unusable = |why: String| OpenError::Unusable { dir: dir.to_owned(), why };
    let started = std::thread::Builder::new().name("store-open".into()).spawn(open);
    started.map_err(|error| unusable(error.to_string()))?;
    opened.await.map_err(|_| unusable("the opening thread ended".into()))?
}

struct Opening {
    dir: PathBuf,
    options: OpenOptions,
    layouts: Layouts,
}

impl Opening {
    fn open(&self, around: impl FnOnce(RealDisk) -> Box<dyn Disk>) -> Result<SledStore, OpenError> {
        let sled = self.dir.join("sled");
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&sled);
        made.map_err(|error| self.unusable(error))?;
        let (beside, expected) = Beside::open(&self.dir.join("last-commit")).map_err(|error| self.unusable(error))?;
        let db = self.open_sled()?;
        let file = self.sync_files().map_err(|error| self.unusable(error))?;
        let lock = Lock(file.try_clone().map_err(|error| self.unusable(error))?);
        let meta = self.meta(&db)?;
        self.compare(&beside, expected, &meta)?;
        let knowledge = self.knowledge(&db, &meta)?;

        let shared = Arc::new(Shared::new(meta.tally, &knowledge));
        let (jobs, intake) = mpsc::sync_channel(self.options.intake.max(1));
        let disk = around(RealDisk { file, beside });
        let noting = disk.note().and_then(Noting::start).map_err(|error| self.unusable(error))?;
        let writer =
            Writer { db: db.clone(), shared: Arc::clone(&shared), disk, noting, commits: meta.commits, knowledge };
        let thread = std::thread::Builder::new().name("store-writer".into());
        let thread = thread.spawn(move || writer.run(&intake)).map_err(|error| self.unusable(error))?;
        Ok(SledStore { reader: Reader { db, shared }, jobs: Some(jobs), writer: Mutex::new(Some(thread)), _lock: lock })
    }

    fn open_sled(&self) -> Result<Db, OpenError> {
        let config = sled::Config::new()
            .path(self.dir.join("sled"))
            .cache_capacity(self.options.cache_bytes)
            .flush_every_ms(Some(self.options.flush_every_ms.max(1)))
            .mode(Mode::LowSpace);
        config.open().map_err(|error| match error {
            sled::Error::Io(error) if error.to_string().contains("could not acquire lock") => {
                OpenError::InUse { dir: self.dir.clone() }
            }
            sled::Error::Io(error) => self.unusable(error),
            other => self.damaged(other),
        })
    }

    /// sled syncs neither its configuration nor its directory. Its data file, opened once more, comes back.
    fn sync_files(&self) -> io::Result<File> {
        let sled = self.dir.join("sled");
        File::open(sled.join("conf"))?.sync_all()?;
        File::open(&sled)?.sync_all()?;
        File::open(&self.dir)?.sync_all()?;
        if let Some(parent) = self.dir.canonicalize()?.parent() {
            File::open(parent)?.sync_all()?;
        }
        File::open(sled.join("db"))
    }

    fn meta(&self, db: &Db) -> Result<Meta, OpenError> {
        let row = |key| db.get(key).map_err(|error| self.damaged(error));
        match row(keys::LAYOUT)? {
            Some(layout) => {
                let found = layout.as_ref().try_into().map(u16::from_be_bytes);
                let found = found.map_err(|_| self.damaged("its layout number is unreadable"))?;
                let known = self.layouts.newest;
                if found > known {
                    return Err(OpenError::Newer { dir: self.dir.clone(), found, known });
                }
                if found < known {
                    upgrade(&self.dir, db, found, &self.layouts).map_err(|why| OpenError::NotUpgraded {
                        dir: self.dir.clone(),
                        to: known,
                        why,
                    })?;
                }
            }
            None if db.is_empty() => {
                let mut batch = sled::Batch::default();
                batch.insert(keys::LAYOUT, &self.layouts.newest.to_be_bytes());
                let fresh = seal(keys::META, &Meta::default()).map_err(|error| self.damaged(error))?;
                fresh.into_iter().for_each(|(key, row)| batch.insert(key, row));
                db.apply_batch(batch).and_then(|()| db.flush()).map_err(|error| self.unusable(error))?;
            }
            None => return Err(self.damaged("it holds rows and no layout number")),
        }
        let row = row(keys::META)?.ok_or_else(|| self.damaged("its commit counter is gone"))?;
        unseal(keys::META, &row).map_err(|error| self.damaged(error))
    }

    /// Compares the store's last commit with the one noted beside it.
    fn compare(&self, beside: &Beside, expected: Option<u64>, meta: &Meta) -> Result<(), OpenError> {
        let found = meta.commits;
        let complaint = match expected {
            Some(expected) if found >= expected => return Ok(()),
            Some(expected) => OpenError::LostCommits { dir: self.dir.clone(), found, expected },
            // The first start, or one that ended before the first commit.
            None if found == 0 => return self.reset(beside, found),
            None => OpenError::NoCounter { dir: self.dir.clone() },
        };
        match self.options.loss {
            Loss::Refused => Err(complaint),
            Loss::Accepted => {
                tracing::warn!(found, complaint = %complaint, "the store is opened on purpose as it is");
                self.reset(beside, found)
            }
        }
    }
    fn reset(&self, beside: &Beside, commits: u64) -> Result<(), OpenError> {
        beside.reset(commits).map_err(|error| self.unusable(error))
    }

    /// Homes, and the rows of the outbox that are not settled; nothing else is read.
    fn knowledge(&self, db: &Db, meta: &Meta) -> Result<Knowledge, OpenError> {
        let mut knowledge = Knowledge { last_row: meta.last_row, serial: meta.serial, ..Knowledge::default() };
        for row in db.scan_prefix(keys::homes()) {
            let (key, _) = row.map_err(|error| self.damaged(error))?;
            let home = keys::home_of(&key).ok_or_else(|| self.damaged("the name of an installation is unreadable"))?;
            knowledge.homes.insert(home);
        }
        for home in &knowledge.homes {
            knowledge.given_up += db.scan_prefix(keys::kind(home, keys::GIVEN_UP)).keys().flatten().count();
            for row in db.scan_prefix(keys::kind(home, keys::OUTBOX)) {
                let (key, row) = row.map_err(|error| self.damaged(error))?;
                let id = keys::split(&key).and_then(|(_, _, rest)| keys::row_id(rest));
                let record = unseal::<RowRecord>(&key, &row);
                match (id, record) {
                    (Some(id), Ok(record)) => knowledge.lanes.put(home.clone(), id, &record),
                    (None, _) => return Err(self.damaged("the number of an outbox row is unreadable")),
                    (_, Err(error)) => return Err(self.damaged(error)),
                }
            }
        }
        Ok(knowledge)
    }

    fn unusable(&self, error: impl ToString) -> OpenError {
        OpenError::Unusable { dir: self.dir.clone(), why: error.to_string() }
    }
    fn damaged(&self, why: impl ToString) -> OpenError {
        OpenError::Damaged { dir: self.dir.clone(), why: why.to_string() }
    }
}
