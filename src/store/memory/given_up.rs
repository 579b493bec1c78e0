//! Rows that were given up and are kept to be sent again.

use crate::domain::effect::Effect;
use crate::domain::ids::{Home, ScopeId, Timestamp, UserId};
use crate::store::{GIVEN_UP_KEPT, NewRow, RowId, until};

use super::{State, Waiting};

/// One of them, and until when it is kept.
#[derive(Debug)]
pub(super) struct GivenUp {
    waiting: Waiting,
    pub until: Timestamp,
}

impl GivenUp {
    pub fn home(&self) -> &Home {
        &self.waiting.home
    }
    fn scope(&self) -> &ScopeId {
        self.waiting.row.lane.scope()
    }
}

impl State {
    pub(super) fn set_aside(&mut self, id: RowId, now: Timestamp) {
        if let Some(mut waiting) = self.outbox.remove(&id) {
            waiting.lease = None;
            self.given_up.insert(id, GivenUp { waiting, until: until(now, GIVEN_UP_KEPT) });
        }
    }

    /// The scope has ended, and what was given up goes with it.
    pub(super) fn drop_given_up(&mut self, home: &Home, scope: &ScopeId) {
        self.given_up.retain(|_, row| (row.home(), row.scope()) != (home, scope));
    }

    /// A refresh does all that an earlier one of the same piece would have done.
    pub(super) fn drop_replaced(&mut self, home: &Home, by: &NewRow) {
        if let Effect::Refresh(_) = by.effect {
            let same = |row: &GivenUp| (&row.waiting.row.lane, &row.waiting.row.effect) == (&by.lane, &by.effect);
            self.given_up.retain(|_, row| row.home() != home || !same(row));
        }
    }

    pub(super) fn forget(&mut self, home: &Home, person: &UserId) {
        self.people.remove(&(home.clone(), person.clone()));
        self.preferences.remove(&(home.clone(), person.clone()));
        self.given_up.retain(|_, row| row.home() != home || !row.waiting.row.effect.concerns(person));
    }

    pub(super) fn revive(&mut self, now: Timestamp, limit: usize) -> usize {
        let mut ids: Vec<_> = self.given_up.iter().map(|(id, row)| (row.home().clone(), *id)).collect();
        ids.sort();
        ids.truncate(limit);
        for (_, id) in &ids {
            let Some(GivenUp { mut waiting, .. }) = self.given_up.remove(id) else { continue };
            waiting.created = now;
            waiting.attempts = 0;
            waiting.row.not_before = now;
            self.outbox.insert(*id, waiting);
        }
        ids.len()
    }
}
