//! Reading: by key, or a bounded stretch of keys. sled is asked where it stands, in memory mostly; a panic of it upon
//! damage is told as an error.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use sled::{Db, IVec};

use crate::store::StoreError;
use crate::store::record::Record;
use crate::store::record::envelope::{Header, damaged, open_part, part_key, read_payload};

use super::{Shared, driver};

/// A stretch longer than this is read on a thread that may block.
const LONG: usize = 256;
/// A record read between two of its rows being written is read again, this often.
const TRIES: usize = 64;

/// The tree and what is shared with the writer.
#[derive(Clone)]
pub struct Reader {
    /// The store.
    pub db: Db,
    /// What is under way.
    pub shared: Arc<Shared>,
}

/// Asks sled.
pub fn asked<T>(ask: impl FnOnce() -> sled::Result<T>) -> Result<T, StoreError> {
    match catch_unwind(AssertUnwindSafe(ask)) {
        Ok(answer) => answer.map_err(|error| driver("read", &error)),
        Err(panic) => Err(StoreError::Driver { doing: "read", why: super::words_of(panic.as_ref()) }),
    }
}

impl Reader {
    fn row(&self, key: &[u8]) -> Result<Option<IVec>, StoreError> {
        let row = asked(|| self.db.get(key))?;
        self.shared.count(1, key.len() + row.as_ref().map_or(0, |row| row.len()));
        Ok(row)
    }

    /// Whether a row is there.
    pub async fn holds(&self, key: &[u8]) -> Result<bool, StoreError> {
        let found = self.row(key)?.is_some();
        self.shared.row_is_certain(key).await?;
        Ok(found)
    }

    /// A record, in however many rows.
    pub async fn record<R: Record>(&self, key: &[u8]) -> Result<Option<R>, StoreError> {
        let record = self.read(key)?;
        self.shared.row_is_certain(key).await?;
        Ok(record)
    }

    fn read<R: Record>(&self, key: &[u8]) -> Result<Option<R>, StoreError> {
        for _ in 0..TRIES {
            let Some(first) = self.row(key)? else { return Ok(None) };
            let (header, payload) = open_part(key, &first)?;
            if header.parts <= 1 {
                return read_payload(key, header.schema, payload).map(Some);
            }
            if let Some(payload) = self.rest(key, header, payload.to_vec())? {
                return read_payload(key, header.schema, &payload).map(Some);
            }
        }
        Err(damaged(key, "its parts do not belong together"))
    }

    /// The whole payload of a record that begins so; `None` when it was written meanwhile.
    fn rest(&self, key: &[u8], header: Header, mut payload: Vec<u8>) -> Result<Option<Vec<u8>>, StoreError> {
        for part in 1..header.parts {
            let key = part_key(key, part);
            let Some(row) = self.row(&key)? else { return Ok(None) };
            let (found, chunk) = open_part(&key, &row)?;
            if found.whole != header.whole {
                return Ok(None);
            }
            payload.extend_from_slice(chunk);
        }
        Ok(Some(payload))
    }

    /// Up to `limit` rows that begin with `prefix`, after the key `after`, up to the key `last`, in order.
    pub async fn rows(
        &self,
        prefix: Vec<u8>,
        after: Option<Vec<u8>>,
        last: Option<Vec<u8>>,
        limit: usize,
    ) -> Result<Vec<(IVec, IVec)>, StoreError> {
        let reader = self.clone();
        let read = move || reader.stretch(&prefix, after.as_deref(), last.as_deref(), limit);
        let rows = if limit > LONG {
            let read = tokio::task::spawn_blocking(read).await;
            read.map_err(|error| StoreError::Driver { doing: "read", why: error.to_string() })??
        } else {
            read()?
        };
        self.shared.all_is_certain().await?;
        Ok(rows)
    }

    fn stretch(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        last: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<(IVec, IVec)>, StoreError> {
        let from = after.unwrap_or(prefix);
        let rows: Vec<(IVec, IVec)> = asked(|| {
            self.db
                .range(from..)
                .skip_while(|row| row.as_ref().is_ok_and(|(key, _)| after == Some(key.as_ref())))
                .take_while(|row| {
                    row.as_ref().map_or(true, |(key, _)| {
                        key.starts_with(prefix) && last.is_none_or(|last| key.as_ref() <= last)
                    })
                })
                .take(limit)
                .collect()
        })?;
        self.shared.count(rows.len(), rows.iter().map(|(key, row)| key.len() + row.len()).sum());
        Ok(rows)
    }
}
