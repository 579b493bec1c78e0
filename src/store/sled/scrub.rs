//! The scrub: every row read, verified and counted while the bot works. What a checksum cannot see (a row that is gone, or
//! came back old) shows in the sum that every commit carries; what the indexes say is compared with the records.

use std::fmt;

use sled::IVec;

use crate::domain::ids::Home;
use crate::store::StoreError;
use crate::store::record::Record;
use crate::store::record::audit::AuditRecord;
use crate::store::record::directory::{ChannelRecord, GroupRecord, PersonRecord, PreferenceRecord};
use crate::store::record::envelope::{open_part, part_key, read_payload, spell_key, unseal};
use crate::store::record::kept::{SeenRecord, StrayRecord};
use crate::store::record::outbox::RowRecord;
use crate::store::record::scope::{HeadOnly, PlaceRecord, RevisionRecord, ScopeRecord};

use super::keys;
use super::read::{Reader, asked};
use super::shared::Round;
use super::tally::{Tally, weight};

/// Rows read at a time; the writer waits for so many at most.
const SLICE: usize = 64;
/// Keys of a slice that are read until sled has counted their pages, and reads that make it count (0.34.7: `src/lru.rs`).
const COUNTED: usize = 4;
const COUNTED_AT: usize = 64;
/// Faults told one by one.
const TOLD: usize = 100;

/// What a scrub found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScrubReport {
    /// Rows read.
    pub rows: u64,
    /// Rows that cannot be read, or do not agree with others: the first hundred, by key and fault.
    pub faults: Vec<String>,
    /// How many there are.
    pub fault_count: u64,
    /// Whether every row that was ever committed is there as it was last written, and no other.
    pub sum: Sum,
}

/// Whether the rows are those that were committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sum {
    /// They are.
    #[default]
    Fits,
    /// Rows are missing, or old, or were never committed.
    Differs {
        /// Rows there should be.
        expected: u64,
        /// Rows there are.
        found: u64,
    },
}

impl ScrubReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.fault_count == 0 && self.sum == Sum::Fits
    }
    fn fault(&mut self, key: &[u8], why: impl fmt::Display) {
        self.fault_count += 1;
        if self.faults.len() < TOLD {
            self.faults.push(format!("{}: {why}", spell_key(key)));
        }
    }
}

impl fmt::Display for ScrubReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows read", self.rows)?;
        match (self.fault_count, self.sum) {
            (0, Sum::Fits) => return f.write_str(", all sound"),
            (faults, Sum::Fits) => write!(f, ", {faults} damaged")?,
            (faults, Sum::Differs { expected, found }) => {
                write!(
                    f,
                    ", {faults} damaged, and the sum differs: {expected} rows were committed, {found} are there"
                )?;
            }
        }
        f.write_str(". Restore the newest backup")
    }
}

/// A scrub under way. Dropping it ends it.
pub struct Scrub {
    reader: Reader,
    report: ScrubReport,
    suspects: Vec<IVec>,
}

impl Scrub {
    /// Begins one; there is one at a time.
    pub fn begin(reader: &Reader) -> Result<Self, StoreError> {
        let mut books = reader.shared.books();
        if books.scrub.is_some() {
            return Err(StoreError::Refused { why: "a scrub is under way" });
        }
        books.scrub = Some(Round::default());
        drop(books);
        Ok(Scrub { reader: reader.clone(), report: ScrubReport::default(), suspects: Vec::new() })
    }

    /// Reads on; the report once everything has been read. Blocks.
    pub fn step(&mut self) -> Result<Option<ScrubReport>, StoreError> {
        let rows = slice(&self.reader)?;
        self.report.rows += rows.len() as u64;
        for (key, row) in &rows {
            match verify(&self.reader, key, row) {
                Ok(None) => {}
                // It may have been changing while it was read; looked at again when the tree stands still.
                Ok(Some(_)) | Err(_) => self.suspects.push(key.clone()),
            }
        }
        // sled counts what it holds in memory for 64 reads of a page, or of one that shares its counter, at once; what is
        // read through by few reads each would stay, far beyond the cache's size.
        for (key, _) in rows.iter().step_by(SLICE / COUNTED) {
            for _ in 0..COUNTED_AT {
                asked(|| self.reader.db.contains_key(key))?;
            }
        }
        if rows.is_empty() || self.suspects.len() > TOLD {
            look_again(&self.reader, &mut self.suspects, &mut self.report)?;
        }
        if !rows.is_empty() {
            return Ok(None);
        }
        let mut books = self.reader.shared.books();
        let counted = books.scrub.take().unwrap_or_default().tally;
        if counted != books.tally {
            self.report.sum = Sum::Differs { expected: books.tally.rows, found: counted.rows };
        }
        Ok(Some(std::mem::take(&mut self.report)))
    }
}

impl Drop for Scrub {
    fn drop(&mut self) {
        self.reader.shared.books().scrub = None;
    }
}

/// The next rows, counted while the writer waits.
fn slice(reader: &Reader) -> Result<Vec<(IVec, IVec)>, StoreError> {
    let mut books = reader.shared.books();
    let round = books.scrub.get_or_insert_default();
    let from = round.upto.clone();
    let rows: Vec<(IVec, IVec)> = asked(|| reader.db.range(from..).take(SLICE).collect())?;
    count(&mut round.tally, &rows);
    if let Some((last, _)) = rows.last() {
        round.upto = [last.as_ref(), &[0]].concat();
    }
    Ok(rows)
}

fn count(tally: &mut Tally, rows: &[(IVec, IVec)]) {
    for (key, row) in rows.iter().filter(|(key, _)| key != keys::META && key != keys::LAYOUT) {
        tally.add(weight(key, row));
    }
}

fn look_again(reader: &Reader, suspects: &mut Vec<IVec>, report: &mut ScrubReport) -> Result<(), StoreError> {
    for key in suspects.drain(..) {
        // The tree does not change while the books are held.
        let still = reader.shared.books();
        let Some(row) = asked(|| reader.db.get(&key))? else { continue };
        match verify(reader, &key, &row) {
            Ok(None) => {}
            Ok(Some(why)) => report.fault(&key, why),
            Err(error) => report.fault(&key, error),
        }
        drop(still);
    }
    Ok(())
}

/// What is wrong with a row, if anything.
fn verify(reader: &Reader, key: &[u8], row: &[u8]) -> Result<Option<&'static str>, StoreError> {
    if key == keys::META || key == keys::LAYOUT || keys::home_of(key).is_some() {
        return Ok(None);
    }
    let Some((home, letter, rest)) = keys::split(key) else { return Ok(Some("its key is none of ours")) };
    let there = |key: &[u8]| asked(|| reader.db.contains_key(key));
    match letter {
        keys::SCOPE => scope(reader, &home, key, rest),
        keys::GROUP => Ok(long::<GroupRecord>(reader, key)?.err()),
        keys::REVISION => Ok(long::<RevisionRecord>(reader, key)?.err()),
        keys::PERSON => unseal::<PersonRecord>(key, row).map(|_| None),
        keys::PREFERENCE => unseal::<PreferenceRecord>(key, row).map(|_| None),
        keys::CHANNEL => unseal::<ChannelRecord>(key, row).map(|_| None),
        keys::AUDIT => Ok(AuditRecord::from_record(unseal(key, row)?).err().map(|nonsense| nonsense.0)),
        keys::OUTBOX => unseal::<RowRecord>(key, row).map(|_| None),
        keys::GIVEN_UP => {
            let until = unseal::<RowRecord>(key, row)?.not_before();
            Ok((!there(&keys::sweep(&home, until, key))?).then_some("nothing would ever forget it"))
        }
        keys::SEEN => {
            let until = unseal::<SeenRecord>(key, row)?.until.0;
            Ok((!there(&keys::sweep(&home, until, key))?).then_some("nothing would ever forget it"))
        }
        keys::STRAY => {
            let until = unseal::<StrayRecord>(key, row)?.until.0;
            Ok((!there(&keys::sweep(&home, until, key))?).then_some("nothing would ever forget it"))
        }
        keys::SWEEP => match keys::swept(key) {
            Some((_, target)) => Ok((!there(&target)?).then_some("it forgets a row that is not there")),
            None => Ok(Some("it names no row")),
        },
        keys::PLACE => indexed(reader, &home, key, Some(unseal::<PlaceRecord>(key, row)?.scope.0.as_str())),
        keys::SHELF | keys::WAITING | keys::STANDING => {
            indexed(reader, &home, key, keys::listed(key).as_ref().map(|listed| listed.id.as_str()))
        }
        keys::DUE => indexed(reader, &home, key, keys::due_row(key).as_ref().map(|due| due.scope.as_str())),
        _ => Ok(Some("its key is none of ours")),
    }
}

/// A scope, and that each of its index rows is there.
fn scope(reader: &Reader, home: &Home, key: &[u8], rest: &[u8]) -> Result<Option<&'static str>, StoreError> {
    let record = match long::<ScopeRecord>(reader, key)? {
        Ok(Some(record)) => record,
        Ok(None) => return Ok(None),
        Err(why) => return Ok(Some(why)),
    };
    let Some(id) = keys::scope_id(rest) else { return Ok(Some("its key names no scope")) };
    for index in keys::index_rows(home, &id, &record.head) {
        if !asked(|| reader.db.contains_key(&index))? {
            return Ok(Some("one of its index rows is missing"));
        }
    }
    Ok(ScopeRecord::from_record(record, home.clone(), id).err().map(|nonsense| nonsense.0))
}

/// An index row, and that the scope it names has it.
fn indexed(reader: &Reader, home: &Home, key: &[u8], id: Option<&str>) -> Result<Option<&'static str>, StoreError> {
    let Some(id) = id.and_then(|id| keys::scope_id(id.as_bytes())) else { return Ok(Some("it names no scope")) };
    match long::<HeadOnly>(reader, &keys::scope(home, &id))? {
        Ok(Some(HeadOnly { head })) if keys::index_rows(home, &id, &head).iter().any(|row| row == key) => Ok(None),
        _ => Ok(Some("its scope is missing or does not know it")),
    }
}

/// A record in all its rows; `Ok(Ok(None))` when the key is that of a further part, which is read with its first.
fn long<R: Record>(reader: &Reader, key: &[u8]) -> Result<Result<Option<R>, &'static str>, StoreError> {
    let Some(row) = asked(|| reader.db.get(key))? else { return Ok(Err("it is missing")) };
    let (header, payload) = open_part(key, &row)?;
    if header.part > 0 {
        let first = key.get(..key.len().saturating_sub(2)).unwrap_or_default();
        let Some(row) = asked(|| reader.db.get(first))? else { return Ok(Err("the record it belongs to is missing")) };
        let (of, _) = open_part(first, &row)?;
        let belongs = of.whole == header.whole && of.parts > header.part;
        return Ok(if belongs { Ok(None) } else { Err("it belongs to no record") });
    }
    let mut whole = payload.to_vec();
    for part in 1..header.parts {
        let key = part_key(key, part);
        let Some(row) = asked(|| reader.db.get(&key))? else { return Ok(Err("a part of it is missing")) };
        whole.extend_from_slice(open_part(&key, &row)?.1);
    }
    if crc32c::crc32c(&whole) != header.whole {
        return Ok(Err("its parts do not belong together"));
    }
    read_payload(key, header.schema, &whole).map(|record| Ok(Some(record)))
}
