//! The tree as the changes earlier in the same group leave it: what they wrote lies over what is stored.

use std::collections::BTreeMap;

use sled::{Batch, Tree};

use crate::store::StoreError;
use crate::store::record::Record;
use crate::store::record::envelope::{Sealed, damaged, open_part, part_key, read_payload, seal, unseal};

use super::tally::{Tally, weight};
use super::{Shared, driver};

/// A tree with unwritten changes over it.
pub struct View<'a> {
    tree: &'a Tree,
    shared: &'a Shared,
    written: BTreeMap<Vec<u8>, Written>,
}

/// What becomes of one key.
struct Written {
    /// The weight of the row stored, if one is.
    before: Option<u64>,
    /// The row as it shall be.
    after: Option<Vec<u8>>,
}

/// One step of a change, prepared so that nothing can fail any more when it is taken.
pub enum Step {
    /// A row under a key that is not there.
    Insert(Vec<u8>, Vec<u8>),
    /// A row instead of the one found.
    Replace(Vec<u8>, Vec<u8>, Vec<u8>),
    /// The row found goes.
    Remove(Vec<u8>, Vec<u8>),
}

/// A record and the rows it was read from.
pub type Found<R> = (R, Vec<Sealed>);

impl<'a> View<'a> {
    /// Nothing changed yet.
    pub fn new(tree: &'a Tree, shared: &'a Shared) -> Self {
        View { tree, shared, written: BTreeMap::new() }
    }

    /// Whether anything would be written.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// The keys that are written.
    pub fn keys(&self) -> impl Iterator<Item = &Vec<u8>> {
        self.written.keys()
    }

    /// The row under a key.
    pub fn row(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        if let Some(written) = self.written.get(key) {
            return Ok(written.after.clone());
        }
        let row = self.tree.get(key).map_err(|error| driver("read", &error))?;
        self.shared.count(1, key.len() + row.as_ref().map_or(0, |row| row.len()));
        Ok(row.map(|row| row.to_vec()))
    }

    /// The record under a key and the row it was read from.
    pub fn record<R: Record>(&self, key: &[u8]) -> Result<Option<(R, Vec<u8>)>, StoreError> {
        let Some(row) = self.row(key)? else { return Ok(None) };
        Ok(Some((unseal(key, &row)?, row)))
    }

    /// A record that may lie in several rows, and those rows.
    pub fn long_record<R: Record>(&self, key: &[u8]) -> Result<Option<Found<R>>, StoreError> {
        let Some(first) = self.row(key)? else { return Ok(None) };
        let mut rows = vec![(key.to_vec(), first)];
        let parts = rows.first().map(|(key, row)| open_part(key, row)).transpose()?.map_or(1, |(head, _)| head.parts);
        for part in 1..parts {
            let key = part_key(key, part);
            let row = self.row(&key)?.ok_or_else(|| damaged(&key, "this part of a record is missing"))?;
            rows.push((key, row));
        }
        let mut payload = Vec::new();
        let mut schema = 0;
        for (key, row) in &rows {
            let (header, part) = open_part(key, row)?;
            schema = header.schema;
            payload.extend_from_slice(part);
        }
        Ok(Some((read_payload(key, schema, &payload)?, rows)))
    }

    /// Up to `limit` keys and rows that begin with `prefix` and end at `last` at the latest, in order.
    pub fn range(&self, prefix: &[u8], last: Option<&[u8]>, limit: usize) -> Result<Vec<Sealed>, StoreError> {
        let within = |key: &[u8]| key.starts_with(prefix) && last.is_none_or(|last| key <= last);
        let mut over = self.written.range(prefix.to_vec()..).take_while(|(key, _)| within(key)).peekable();
        let mut stored = self.tree.range(prefix.to_vec()..);
        let mut found = Vec::new();
        let mut next = stored.next().transpose().map_err(|error| driver("read", &error))?;
        while found.len() < limit {
            let below = next.as_ref().filter(|(key, _)| within(key));
            let from_over = match (over.peek(), below) {
                (None, None) => break,
                (Some((key, _)), Some((below, _))) => key.as_slice() <= below.as_ref(),
                (over, _) => over.is_some(),
            };
            if from_over {
                let Some((key, written)) = over.next() else { break };
                let hidden = below.is_some_and(|(below, _)| below.as_ref() == key.as_slice());
                if let Some(row) = &written.after {
                    found.push((key.clone(), row.clone()));
                }
                if !hidden {
                    continue;
                }
            } else if let Some((key, row)) = below {
                self.shared.count(1, key.len() + row.len());
                found.push((key.to_vec(), row.to_vec()));
            }
            next = stored.next().transpose().map_err(|error| driver("read", &error))?;
        }
        Ok(found)
    }

    /// Takes a prepared step.
    pub fn take(&mut self, step: Step) {
        let (key, before, after) = match step {
            Step::Insert(key, after) => (key, None, Some(after)),
            Step::Replace(key, before, after) => (key, Some(before), Some(after)),
            Step::Remove(key, before) => (key, Some(before), None),
        };
        let stored = before.map(|row| weight(&key, &row));
        // What was stored before the group is what the first step on a key found.
        self.written.entry(key).or_insert(Written { before: stored, after: None }).after = after;
    }

    /// Puts everything into the tree at once and counts it.
    pub fn publish(self, meta: impl FnOnce(Tally) -> Result<Vec<u8>, StoreError>) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        let mut books = self.shared.books();
        if let Some(cut) = &mut books.cut {
            cut.keep(self.tree, self.written.keys());
        }
        let mut tally = books.tally;
        for (key, written) in &self.written {
            if let Some(before) = written.before {
                tally.take(before);
            }
            match &written.after {
                Some(row) => {
                    tally.add(weight(key, row));
                    batch.insert(key.as_slice(), row.as_slice());
                }
                None if written.before.is_some() => batch.remove(key.as_slice()),
                None => {}
            }
        }
        batch.insert(super::keys::META, meta(tally)?);
        self.tree.apply_batch(batch).map_err(|error| driver("write", &error))?;
        books.tally = tally;
        if let Some(round) = &mut books.scrub {
            for (key, written) in self.written.iter().filter(|(key, _)| **key < round.upto) {
                if let Some(before) = written.before {
                    round.tally.take(before);
                }
                if let Some(row) = &written.after {
                    round.tally.add(weight(key, row));
                }
            }
        }
        Ok(())
    }
}

/// The steps that put a record under a key where `old` rows are.
pub fn put<R: Record>(key: &[u8], record: &R, old: Vec<Sealed>) -> Result<Vec<Step>, StoreError> {
    let mut old = old.into_iter();
    let mut steps: Vec<Step> = seal(key, record)?
        .into_iter()
        .map(|(key, row)| match old.next() {
            Some((_, before)) => Step::Replace(key, before, row),
            None => Step::Insert(key, row),
        })
        .collect();
    steps.extend(old.map(|(key, before)| Step::Remove(key, before)));
    Ok(steps)
}
