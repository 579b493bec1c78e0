//! Rows that were given up: out of their lanes, kept to be sent again, and forgotten after a while.

use std::collections::BTreeSet;

use crate::domain::effect::Effect;
use crate::domain::ids::{Home, ScopeId, Timestamp, UserId};
use crate::store::record::envelope::unseal;
use crate::store::record::outbox::RowRecord;
use crate::store::{GIVEN_UP_KEPT, NewRow, Row, RowId, StoreError, until};

use super::apply::{Desk, Knowledge};
use super::keys;
use super::view::{Step, View, put};

/// Its key, its bytes, what they say.
type Found = (Vec<u8>, Vec<u8>, RowRecord);

impl Desk<'_, '_> {
    /// A row leaves the outbox and is kept.
    pub fn set_aside(&mut self, id: RowId, mut record: RowRecord) -> Result<(), StoreError> {
        let kept = until(self.now, GIVEN_UP_KEPT);
        record.keep_until(kept);
        self.given_up += 1;
        self.keep_for_a_while(&keys::given_up(&self.home, id), &record, kept)
    }

    /// The scope has ended, and what was given up goes with it.
    pub fn drop_given_up(&mut self, scope: &ScopeId) -> Result<(), StoreError> {
        self.drop_those(|row| row.scope() == scope)
    }

    /// A refresh does all that an earlier one of the same piece would have done.
    pub fn drop_replaced(&mut self, by: &NewRow) -> Result<(), StoreError> {
        match by.effect {
            Effect::Refresh(_) => self.drop_those(|row| (&row.lane, &row.effect) == (&by.lane, &by.effect)),
            _ => Ok(()),
        }
    }

    /// A person is forgotten.
    pub fn forget(&mut self, person: &UserId) -> Result<(), StoreError> {
        for key in [keys::person(&self.home, person), keys::preference(&self.home, person)] {
            if let Some(row) = self.view.row(&key)? {
                self.steps.push(Step::Remove(key, row));
            }
        }
        self.drop_those(|row| row.effect.concerns(person))
    }

    fn drop_those(&mut self, goes: impl Fn(&Row) -> bool) -> Result<(), StoreError> {
        if self.given_up == 0 {
            return Ok(());
        }
        for (key, bytes, record) in found(self.view, &self.home, usize::MAX)? {
            let Some(id) = keys::split(&key).and_then(|(_, _, rest)| keys::row_id(rest)) else { continue };
            let gone = |step: &Step| matches!(step, Step::Remove(other, _) if *other == key);
            if self.steps.iter().any(gone) {
                continue;
            }
            let index = keys::sweep(&self.home, record.not_before(), &key);
            if goes(&RowRecord::from_record(record, self.home.clone(), id)) {
                self.given_up = self.given_up.saturating_sub(1);
                self.steps.push(Step::Remove(key, bytes));
                self.steps.push(Step::Remove(index, Vec::new()));
            }
        }
        Ok(())
    }
}

/// The rows given up that can be read, oldest first.
fn found(view: &View<'_>, home: &Home, limit: usize) -> Result<Vec<Found>, StoreError> {
    let rows = view.range(&keys::kind(home, keys::GIVEN_UP), None, limit)?;
    let readable = |(key, row): (Vec<u8>, Vec<u8>)| match unseal::<RowRecord>(&key, &row) {
        Ok(record) => Some((key, row, record)),
        Err(error) => {
            // It stays where it is, for the scrub to tell.
            tracing::error!(%error, "a row that was given up cannot be read");
            None
        }
    };
    Ok(rows.into_iter().filter_map(readable).collect())
}

/// Puts them back into their lanes.
pub fn revive(
    view: &mut View<'_>,
    knowledge: &mut Knowledge,
    now: Timestamp,
    limit: usize,
) -> Result<usize, StoreError> {
    let homes: BTreeSet<Home> = knowledge.homes.clone();
    let mut revived = 0;
    for home in homes {
        for (key, bytes, mut record) in found(view, &home, limit.saturating_sub(revived))? {
            let Some(id) = keys::split(&key).and_then(|(_, _, rest)| keys::row_id(rest)) else { continue };
            let index = keys::sweep(&home, record.not_before(), &key);
            record.revive(now);
            let steps = put(&keys::outbox(&home, id), &record, Vec::new())?;
            view.take(Step::Remove(key, bytes));
            view.take(Step::Remove(index, Vec::new()));
            for step in steps {
                view.take(step);
            }
            knowledge.lanes.put(home.clone(), id, &record);
            knowledge.given_up = knowledge.given_up.saturating_sub(1);
            revived += 1;
        }
    }
    Ok(revived)
}
