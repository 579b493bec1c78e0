//! A store made from a backup: its records under this store's keys, every index derived anew, the books counted.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File};
use std::io::{self, BufRead};
use std::os::unix::fs::DirBuilderExt;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use sled::{Batch, Db, Mode};

use crate::domain::ids::{Home, Timestamp};
use crate::store::StoreError;
use crate::store::backup::{Head, Item, Items, KeptRow, Kind, ReadFault};
use crate::store::record::audit::AuditRecord;
use crate::store::record::directory::{ChannelRecord, GroupRecord, PersonRecord, PreferenceRecord};
use crate::store::record::envelope::{Sealed, read_payload, seal, seal_payload};
use crate::store::record::kept::{SeenRecord, StrayRecord};
use crate::store::record::outbox::RowRecord;
use crate::store::record::scope::{PlaceRecord, RevisionRecord, ScopeRecord};
use crate::store::record::{Nonsense, Record};

use super::disk::Beside;
use super::open::LAYOUT;
use super::portable::key_of;
use super::tally::{Meta, Tally, weight};
use super::{Lock, keys, words_of};

/// Rows written at once.
const AT_ONCE: usize = 512;

/// Why a backup was not restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreFault {
    /// Something is there.
    #[error("{} is not empty, and nothing is ever restored over what is there: move it away, or give another directory", dir.display())]
    NotEmpty {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory cannot be written to.
    #[error("{} cannot be written to: {why}", dir.display())]
    Unusable {
        /// The directory.
        dir: PathBuf,
        /// In the system's or sled's words.
        why: String,
    },
    /// The stream.
    #[error("the backup cannot be read through: {0}")]
    Stream(#[from] ReadFault),
    /// A row of it.
    #[error("line {line} of the backup cannot be restored: {why}")]
    Row {
        /// Which, from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
}

/// Makes a store in `dir`, which must be empty or not be there. What is left of an attempt that failed is no store, and
/// says so when it is opened. Blocks.
pub fn rebuild(dir: &Path, backup: impl BufRead) -> Result<Head, RestoreFault> {
    let unusable = |why: &dyn ToString| RestoreFault::Unusable { dir: dir.to_owned(), why: why.to_string() };
    match fs::read_dir(dir) {
        Ok(mut found) => {
            if found.any(|entry| !entry.is_ok_and(|entry| entry.file_name() == "lost+found")) {
                return Err(RestoreFault::NotEmpty { dir: dir.to_owned() });
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(unusable(&error)),
    }
    let (head, items) = Items::of(backup)?;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir.join("sled"));
    made.map_err(|error| unusable(&error))?;
    let wrote = catch_unwind(std::panic::AssertUnwindSafe(|| Rebuild::of(dir, &head)?.all(items)));
    wrote.unwrap_or_else(|panic| Err(unusable(&words_of(panic.as_ref()))))?;
    Ok(head)
}

struct Rebuild {
    dir: PathBuf,
    db: Db,
    batch: Batch,
    waiting: usize,
    tally: Tally,
    homes: BTreeSet<Home>,
    taken_at: Timestamp,
    meta: Meta,
    /// Dropped last.
    _lock: Lock,
}

impl Rebuild {
    fn of(dir: &Path, head: &Head) -> Result<Self, RestoreFault> {
        let opened = sled::Config::new().path(dir.join("sled")).mode(Mode::LowSpace).open();
        let db = opened.map_err(|error| RestoreFault::Unusable { dir: dir.to_owned(), why: error.to_string() })?;
        let file = File::open(dir.join("sled/db"));
        let lock = file.map_err(|error| RestoreFault::Unusable { dir: dir.to_owned(), why: error.to_string() })?;
        let meta = Meta { commits: head.commits, last_row: head.last_row, serial: head.serial, ..Meta::default() };
        Ok(Rebuild {
            dir: dir.to_owned(),
            db,
            batch: Batch::default(),
            waiting: 0,
            tally: Tally::default(),
            homes: BTreeSet::new(),
            taken_at: head.taken_at.0,
            meta,
            _lock: Lock(lock),
        })
    }

    fn all(mut self, mut items: Items<impl BufRead>) -> Result<(), RestoreFault> {
        while let Some(item) = items.next_item()? {
            let Item::Row(row) = item else { continue };
            let rows = self.rows_of(&row).map_err(|why| RestoreFault::Row { line: items.line(), why })?;
            for (key, row) in rows {
                self.put(key, row)?;
            }
        }
        self.finish()
    }

    /// The rows of a record and of what is derived from it.
    fn rows_of(&mut self, row: &KeptRow) -> Result<Vec<Sealed>, String> {
        let home = Home::parse(&row.home).map_err(|_| "it names no installation".to_owned())?;
        let key = key_of(&home, row.kind, &row.key).ok_or("its key is none of its kind")?;
        let payload = row.record.get().as_bytes();
        let told = |error: StoreError| error.to_string();
        let nonsense = |nonsense: Nonsense| nonsense.to_string();
        let empty = |key: Vec<u8>| (key, Vec::new());
        let mut rows = Vec::new();
        if self.homes.insert(home.clone()) {
            rows.push(empty(keys::home(&home)));
        }
        macro_rules! record {
            ($kind:ty) => {{
                let record: $kind = read_payload(&key, row.schema, payload).map_err(told)?;
                rows.extend(seal_payload(&key, row.schema, payload, <$kind>::PARTS).map_err(told)?);
                record
            }};
        }
        match row.kind {
            Kind::Scope => {
                let record = record!(ScopeRecord);
                let id = row.key.first().and_then(|id| keys::scope_id(id.as_bytes())).ok_or("it names no scope")?;
                let places: Vec<_> = record.head.places().map(|place| keys::place(&home, &place)).collect();
                let index = keys::index_rows(&home, &id, &record.head);
                rows.extend(index.into_iter().filter(|key| !places.contains(key)).map(empty));
                ScopeRecord::from_record(record, home, id).map_err(nonsense)?;
            }
            Kind::Place => drop(record!(PlaceRecord)),
            Kind::Audit => drop(AuditRecord::from_record(record!(AuditRecord)).map_err(nonsense)?),
            Kind::Outbox => {
                let mut record: RowRecord = read_payload(&key, row.schema, payload).map_err(told)?;
                // What waited then may have been said since.
                record.doubt_since(self.taken_at);
                rows.extend(seal(&key, &record).map_err(told)?);
            }
            Kind::GivenUp => {
                let until = record!(RowRecord).not_before();
                rows.push(empty(keys::sweep(&home, until, &key)));
            }
            Kind::Person => {
                record!(PersonRecord);
            }
            Kind::Preference => {
                record!(PreferenceRecord);
            }
            Kind::Revision => drop(record!(RevisionRecord)),
            Kind::Group => drop(record!(GroupRecord)),
            Kind::Channel => drop(record!(ChannelRecord)),
            Kind::Seen => {
                let until = record!(SeenRecord).until.0;
                rows.push(empty(keys::sweep(&home, until, &key)));
            }
            Kind::Stray => {
                let until = record!(StrayRecord).until.0;
                rows.push(empty(keys::sweep(&home, until, &key)));
            }
        }
        Ok(rows)
    }

    fn put(&mut self, key: Vec<u8>, row: Vec<u8>) -> Result<(), RestoreFault> {
        self.tally.add(weight(&key, &row));
        self.batch.insert(key, row);
        self.waiting += 1;
        if self.waiting >= AT_ONCE { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), RestoreFault> {
        self.waiting = 0;
        let batch = std::mem::take(&mut self.batch);
        self.db.apply_batch(batch).map_err(|error| self.unusable(&error))
    }

    /// The layout and the counter come last: without them it is no store.
    fn finish(mut self) -> Result<(), RestoreFault> {
        self.write()?;
        self.db.flush().map_err(|error| self.unusable(&error))?;
        let meta = Meta { tally: self.tally, ..self.meta };
        let mut last = Batch::default();
        last.insert(keys::LAYOUT, &LAYOUT.to_be_bytes());
        for (key, row) in seal(keys::META, &meta).map_err(|error| self.unusable(&error))? {
            last.insert(key, row);
        }
        self.db.apply_batch(last).and_then(|()| self.db.flush()).map_err(|error| self.unusable(&error))?;
        self.sync(meta.commits).map_err(|error| self.unusable(&error))
    }

    fn sync(&self, commits: u64) -> io::Result<()> {
        let sled = self.dir.join("sled");
        for entry in fs::read_dir(&sled)? {
            File::open(entry?.path())?.sync_all()?;
        }
        File::open(&sled)?.sync_all()?;
        let (beside, _) = Beside::open(&self.dir.join("last-commit"))?;
        beside.reset(commits)?;
        File::open(&self.dir)?.sync_all()
    }

    fn unusable(&self, why: &dyn ToString) -> RestoreFault {
        RestoreFault::Unusable { dir: self.dir.clone(), why: why.to_string() }
    }
}
