//! All records as they stand at one moment, while the store goes on writing. Whoever writes a row that the reading has
//! not reached yet leaves what stood there before; the reading takes that instead.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use sled::Tree;
use tokio::sync::mpsc::Sender;

use crate::domain::ids::Timestamp;
use crate::store::StoreError;
use crate::store::backup::{End, FORMAT, Head, KeptRow, Kind, line_of};
use crate::store::record::Spelt;
use crate::store::record::envelope::{damaged, open_part, unseal};

use super::portable::{kind_of, texts_of};
use super::read::{Reader, asked};
use super::tally::{Meta, Tally, weight};
use super::{driver, keys};

/// Rows read at a time; the writer waits for so many at most.
const SLICE: usize = 64;
/// What stood there before is kept up to this many bytes; a reading slower than that is broken off.
const KEPT_BYTES: usize = 256 << 20;

/// A reading under way.
#[derive(Debug, Default)]
pub struct Cut {
    /// Every row below this key has been read.
    upto: Vec<u8>,
    /// What stood at the moment of the cut under keys written since; `None` where nothing did.
    before: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    bytes: usize,
    broken: Option<StoreError>,
}

impl Cut {
    /// Called before these keys are written.
    pub fn keep<'k>(&mut self, tree: &Tree, keys: impl Iterator<Item = &'k Vec<u8>>) {
        for key in keys.filter(|key| **key >= self.upto) {
            if self.broken.is_some() || self.before.contains_key(key) {
                continue;
            }
            match tree.get(key) {
                Ok(row) => {
                    self.bytes += key.len() + row.as_ref().map_or(0, |row| row.len());
                    self.before.insert(key.clone(), row.map(|row| row.to_vec()));
                }
                Err(error) => self.broken = Some(driver("read", &error)),
            }
            if self.bytes > KEPT_BYTES {
                self.before.clear();
                self.broken =
                    Some(StoreError::Refused { why: "it is written faster than the backup is read; try again later" });
            }
        }
    }
}

/// Ends the reading, however it ends.
struct UnderWay<'a>(&'a Reader);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.shared.books().cut = None;
    }
}

/// Reads everything and hands it on, some lines at a time. Blocks.
pub fn snapshot(
    reader: &Reader,
    layout: u16,
    taken_at: Timestamp,
    to: &Sender<Result<String, StoreError>>,
) -> Result<(), StoreError> {
    let (meta, expected) = {
        let mut books = reader.shared.books();
        if books.cut.is_some() {
            return Err(StoreError::Refused { why: "a backup is under way" });
        }
        let row = asked(|| reader.db.get(keys::META))?.ok_or_else(|| damaged(keys::META, "it is gone"))?;
        let meta: Meta = unseal(keys::META, &row)?;
        books.cut = Some(Cut::default());
        (meta, books.tally)
    };
    let _under_way = UnderWay(reader);
    let head = Head {
        scopebot_backup: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        layout,
        taken_at: Spelt(taken_at),
        commits: meta.commits,
        last_row: meta.last_row,
        serial: meta.serial,
    };
    let mut lines = line(&head)?;
    let mut tally = Tally::default();
    let mut records = Records::default();
    loop {
        let (rows, last) = slice(reader)?;
        for (key, row) in &rows {
            if key != keys::META && key != keys::LAYOUT {
                tally.add(weight(key, row));
                if let Some(kept) = records.take(key, row)? {
                    lines.push_str(&line(&kept)?);
                }
            }
        }
        if last {
            break;
        }
        if to.blocking_send(Ok(std::mem::take(&mut lines))).is_err() {
            // Whoever asked has gone.
            return Ok(());
        }
    }
    records.finish()?;
    if tally != expected {
        let why = format!("{} rows were committed, {} are there", expected.rows, tally.rows);
        return Err(StoreError::Damaged { key: "the store".to_owned(), why });
    }
    lines.push_str(&line(&End { rows: records.counted })?);
    let _gone = to.blocking_send(Ok(lines));
    Ok(())
}

fn line(content: &impl serde::Serialize) -> Result<String, StoreError> {
    line_of(content).map_err(|error| StoreError::Driver { doing: "write a backup", why: error.to_string() })
}

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// The next rows as they stood at the cut, and whether they are the last.
fn slice(reader: &Reader) -> Result<(Rows, bool), StoreError> {
    let mut books = reader.shared.books();
    let Some(cut) = &mut books.cut else { return Err(StoreError::Stopped) };
    if let Some(error) = &cut.broken {
        return Err(error.clone());
    }
    let from = cut.upto.clone();
    let found: Vec<_> = asked(|| reader.db.range(from..).take(SLICE).collect())?;
    let last = found.len() < SLICE;
    let mut rows: Rows = found.into_iter().map(|(key, row)| (key.to_vec(), row.to_vec())).collect();
    let beyond = match rows.last_key_value() {
        Some((last_key, _)) if !last => [last_key.as_slice(), &[0]].concat(),
        _ => keys::ABOVE.to_vec(),
    };
    let later = cut.before.split_off(&beyond);
    for (key, before) in std::mem::replace(&mut cut.before, later) {
        cut.bytes = cut.bytes.saturating_sub(key.len() + before.as_ref().map_or(0, Vec::len));
        match before {
            Some(row) => drop(rows.insert(key, row)),
            None => drop(rows.remove(&key)),
        }
    }
    cut.upto = beyond;
    Ok((rows, last))
}

/// Rows put together to records.
#[derive(Default)]
struct Records {
    counted: BTreeMap<Kind, u64>,
    /// A record of several rows, until its last part is there.
    open: Option<Open>,
}

struct Open {
    key: Vec<u8>,
    schema: u16,
    whole: u32,
    parts: u8,
    next: u8,
    payload: Vec<u8>,
}

impl Records {
    fn take(&mut self, key: &[u8], row: &[u8]) -> Result<Option<KeptRow>, StoreError> {
        let letter = keys::split(key).map(|(_, letter, _)| letter);
        let Some(kind) = letter.and_then(kind_of) else { return Ok(None) };
        let (header, payload) = open_part(key, row)?;
        if let Some(open) = &mut self.open {
            let belongs = key.strip_prefix(open.key.as_slice()) == Some(&[0xff, open.next]);
            if !belongs || header.whole != open.whole {
                return Err(damaged(&open.key, "a part of it is missing"));
            }
            open.payload.extend_from_slice(payload);
            open.next += 1;
            if open.next < open.parts {
                return Ok(None);
            }
        } else if header.part > 0 {
            return Err(damaged(key, "it belongs to no record"));
        } else if header.parts > 1 {
            self.open = Some(Open {
                key: key.to_vec(),
                schema: header.schema,
                whole: header.whole,
                parts: header.parts,
                next: 1,
                payload: payload.to_vec(),
            });
            return Ok(None);
        }
        match self.open.take() {
            Some(Open { key, schema, payload, .. }) => self.kept(kind, &key, schema, payload).map(Some),
            None => self.kept(kind, key, header.schema, payload.to_vec()).map(Some),
        }
    }

    fn kept(&mut self, kind: Kind, key: &[u8], schema: u16, payload: Vec<u8>) -> Result<KeptRow, StoreError> {
        let unreadable = || damaged(key, "its content is no record");
        let (home, _, rest) = keys::split(key).ok_or_else(unreadable)?;
        let texts = texts_of(kind, rest).ok_or_else(unreadable)?;
        let text = String::from_utf8(payload).map_err(|_| unreadable())?;
        let record = RawValue::from_string(text).map_err(|_| unreadable())?;
        *self.counted.entry(kind).or_default() += 1;
        Ok(KeptRow { home: home.as_str().to_owned(), kind, key: texts, schema, record })
    }

    fn finish(&self) -> Result<(), StoreError> {
        match &self.open {
            Some(open) => Err(damaged(&open.key, "a part of it is missing")),
            None => Ok(()),
        }
    }
}
