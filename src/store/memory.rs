//! A store in memory: for journeys, and as the model that the durable stores are compared with. It is written to be
//! read, not to be quick: the outbox is searched, nothing is cached.

mod directory;
mod given_up;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use crate::domain::approval::Mark;
use crate::domain::audit::AuditRow;
use crate::domain::effect::Effect;
use crate::domain::ids::{ChannelId, GroupId, Home, Revision, ScopeId, Timestamp, UserId, Version};
use crate::domain::person::{Channel, DirectoryRow, Group, Person, Preference};
use crate::domain::scope::{Scope, Shown, Stage};

use super::lists::{lies_on, places_of, posted_since, waits_since};
use super::record::directory::GroupRecord;
use super::record::envelope::seal;
use super::record::outbox::RowRecord;
use super::record::scope::ScopeRecord;
use given_up::GivenUp;

use super::{
    Change, Committed, DueRow, Lane, Listed, NewRow, OutboxDepth, Outcome, Place, Row, RowId, SEEN_KEPT, STRAY_KEPT,
    STRAYS_READ, SeenKey, Settle, Shelf, Store, StoreError, Stray, WorkerId, until,
};

/// A [`Store`] that ends with the process.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    scopes: BTreeMap<(Home, ScopeId), Scope>,
    audit: HashMap<(Home, ScopeId), Vec<AuditRow>>,
    revisions: HashMap<(Home, ScopeId), BTreeMap<Revision, Shown>>,
    people: HashMap<(Home, UserId), Person>,
    groups: HashMap<(Home, GroupId), Group>,
    channels: HashMap<(Home, ChannelId), Channel>,
    preferences: HashMap<(Home, UserId), Preference>,
    seen: BTreeMap<(Home, SeenKey), Timestamp>,
    strays: Vec<(Home, Stray, Timestamp)>,
    outbox: BTreeMap<RowId, Waiting>,
    given_up: BTreeMap<RowId, GivenUp>,
    last_row: u64,
}

#[derive(Debug)]
struct Waiting {
    home: Home,
    row: NewRow,
    created: Timestamp,
    attempts: u32,
    doubt: Option<Timestamp>,
    lease: Option<Lease>,
}

#[derive(Debug)]
struct Lease {
    holder: WorkerId,
    from: Timestamp,
    until: Timestamp,
}

impl Waiting {
    /// When it may be claimed, once it is the oldest of its lane.
    fn when(&self) -> Timestamp {
        self.lease.as_ref().map_or(self.row.not_before, |lease| lease.until)
    }
    fn give_back(&mut self, outcome: Outcome) {
        let lease = self.lease.take();
        match outcome {
            Outcome::Over | Outcome::SetAside => {}
            Outcome::Again(at) => self.row.not_before = at,
            Outcome::InDoubt(at) => {
                self.row.not_before = at;
                self.doubt = self.doubt.or(lease.map(|lease| lease.from));
            }
        }
    }
}

impl MemoryStore {
    /// What a restart does: every lease is gone, every claim that was not settled leaves its doubt.
    pub fn forget_leases(&self) {
        for waiting in self.state().outbox.values_mut() {
            waiting.doubt = waiting.doubt.or(waiting.lease.take().map(|lost| lost.from));
        }
    }
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic under the lock is a bug of this file; tests see it by its own message.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn commit(&mut self, change: Change) -> Result<Committed, StoreError> {
        super::check(&change)?;
        let Change { home, now, scope, outbox, settle, audit, directory, forgotten, stray, found, seen } = change;
        if let Some(key) = &seen
            && self.seen.contains_key(&(home.clone(), key.clone()))
        {
            return Ok(Committed::AlreadySeen);
        }
        if let Some(settle) = &settle
            && !self.may_settle(&home, settle)
        {
            return Ok(Committed::NotHeld);
        }
        let mut written = Version(0);
        let mut to_store = None;
        if let Some(mut scope) = scope {
            let found = self.scopes.get(&(home.clone(), scope.id.clone())).map_or(Version(0), |stored| stored.version);
            if scope.version != found {
                return Ok(Committed::Stale { found });
            }
            scope.version = Version(found.0 + 1);
            written = scope.version;
            to_store = Some(scope);
        }
        // What a durable store could not write is refused here too.
        if let Some(scope) = &to_store {
            seal(&[], &ScopeRecord::into_record(scope))?;
        }
        for row in &outbox {
            seal(&[], &RowRecord::into_record(row, now))?;
        }
        for row in &directory {
            if let DirectoryRow::Group(group) = row {
                seal(&[], &GroupRecord::into_record(group))?;
            }
        }

        for row in outbox {
            self.put_in(&home, row, now);
        }
        if let Some(scope) = to_store {
            self.audit.entry((home.clone(), scope.id.clone())).or_default().extend(audit);
            let revisions = self.revisions.entry((home.clone(), scope.id.clone())).or_default();
            match scope.posted() {
                Some(posted) => drop(revisions.insert(posted.shown.revision, posted.shown.clone())),
                None => revisions.clear(),
            }
            if matches!(scope.stage, Stage::Ended(_)) {
                self.drop_given_up(&home, &scope.id);
            }
            self.scopes.insert((home.clone(), scope.id.clone()), scope);
        }
        for row in directory {
            self.learn(&home, row);
        }
        if let Some(person) = forgotten {
            self.forget(&home, &person);
        }
        // Last: a row that is set aside by this very change goes with nothing else in it.
        if let Some(settle) = settle {
            match settle.outcome {
                Outcome::Over => drop(self.outbox.remove(&settle.row)),
                Outcome::SetAside => self.set_aside(settle.row, now),
                outcome => {
                    if let Some(waiting) = self.outbox.get_mut(&settle.row) {
                        waiting.give_back(outcome);
                    }
                }
            }
        }
        self.strays.retain(|(of, stray, _)| *of != home || !found.contains(stray));
        if let Some(stray) = stray {
            self.strays.push((home.clone(), stray, until(now, STRAY_KEPT)));
        }
        if let Some(key) = seen {
            self.seen.insert((home, key), until(now, SEEN_KEPT));
        }
        Ok(Committed::Written(written))
    }

    fn may_settle(&self, home: &Home, settle: &Settle) -> bool {
        self.outbox.get(&settle.row).is_some_and(|waiting| {
            let held = waiting.lease.as_ref().map(|lease| &lease.holder);
            waiting.home == *home && (settle.holder.is_none() || settle.holder.as_ref() == held)
        })
    }

    fn put_in(&mut self, home: &Home, row: NewRow, now: Timestamp) {
        let absorbs = |waiting: &Waiting| {
            waiting.home == *home
                && waiting.row.lane == row.lane
                && waiting.row.effect == row.effect
                && waiting.lease.is_none()
                && waiting.doubt.is_none()
        };
        if matches!(row.effect, Effect::Refresh(_) | Effect::Learn(_)) && self.outbox.values().any(absorbs) {
            return;
        }
        self.drop_replaced(home, &row);
        self.last_row += 1;
        let waiting = Waiting { home: home.clone(), row, created: now, attempts: 0, doubt: None, lease: None };
        self.outbox.insert(RowId(self.last_row), waiting);
    }

    /// The oldest row of each lane, with the moment from which it may be claimed.
    fn heads(&self) -> Vec<(Timestamp, RowId)> {
        let mut heads: HashMap<(&Home, &Lane), (Timestamp, RowId)> = HashMap::new();
        for (id, waiting) in &self.outbox {
            heads.entry((&waiting.home, &waiting.row.lane)).or_insert((waiting.when(), *id));
        }
        let mut heads: Vec<_> = heads.into_values().collect();
        heads.sort();
        heads
    }

    fn claim(&mut self, worker: &WorkerId, now: Timestamp, lease: Duration, limit: usize) -> Vec<Row> {
        let due: Vec<_> = self.heads().into_iter().take_while(|(when, _)| *when <= now).take(limit).collect();
        let mut rows = Vec::new();
        for (_, id) in due {
            let Some(waiting) = self.outbox.get_mut(&id) else { continue };
            waiting.doubt = waiting.doubt.or(waiting.lease.take().map(|lost| lost.from));
            waiting.lease = Some(Lease { holder: worker.clone(), from: now, until: until(now, lease) });
            waiting.attempts = waiting.attempts.saturating_add(1);
            rows.push(Row {
                id,
                home: waiting.home.clone(),
                lane: waiting.row.lane.clone(),
                effect: waiting.row.effect.clone(),
                created: waiting.created,
                attempts: waiting.attempts,
                unsettled: waiting.doubt,
            });
        }
        rows
    }

    /// The scopes that lie in a list, by the moment they lie there with, newest first.
    fn listed(&self, lies: impl Fn(&Scope) -> Option<Timestamp>, cursor: Option<&Listed>, limit: usize) -> Vec<Listed> {
        let order = |listed: &Listed| std::cmp::Reverse((listed.touched, listed.id.clone()));
        let mut listed: Vec<Listed> = self
            .scopes
            .values()
            .filter_map(|scope| Some(Listed { id: scope.id.clone(), touched: lies(scope)? }))
            .filter(|listed| cursor.is_none_or(|cursor| order(listed) > order(cursor)))
            .collect();
        listed.sort_by_key(order);
        listed.truncate(limit);
        listed
    }

    fn due(&self, home: &Home) -> Vec<DueRow> {
        let rows_of = |scope: &Scope| -> Vec<DueRow> {
            let row = |(kind, at): (&_, &_)| DueRow {
                at: *at,
                home: scope.home.clone(),
                scope: scope.id.clone(),
                kind: *kind,
            };
            scope.due.iter().map(row).collect()
        };
        let mut rows: Vec<DueRow> =
            self.scopes.values().filter(|scope| scope.home == *home).flat_map(rows_of).collect();
        rows.sort_by(|a, b| (a.at, &a.scope, a.kind.key()).cmp(&(b.at, &b.scope, b.kind.key())));
        rows
    }

    /// The oldest first; of one moment keys before strays, in the order of their text.
    fn sweep(&mut self, now: Timestamp, limit: usize) -> usize {
        let keys = self.seen.iter().map(|((home, key), until)| (home.as_str(), *until, "key", key.as_str(), "", 0));
        let strays = self.strays.iter().enumerate().map(|(index, (home, stray, until))| {
            (home.as_str(), *until, "stray", stray.place.channel.as_str(), stray.place.ts.as_str(), index as u64)
        });
        let given_up = self.given_up.iter().map(|(id, row)| (row.home().as_str(), row.until, "unsaid", "", "", id.0));
        let mut over: Vec<_> = keys.chain(strays).chain(given_up).filter(|(_, until, ..)| *until <= now).collect();
        over.sort();
        over.truncate(limit);
        let gone = over.len();
        let keys: Vec<(String, String)> =
            over.iter().filter(|one| one.2 == "key").map(|one| (one.0.to_owned(), one.3.to_owned())).collect();
        let numbers = |kind| over.iter().filter(move |one| one.2 == kind).map(|one| one.5).collect::<Vec<u64>>();
        let (strays, unsaid) = (numbers("stray"), numbers("unsaid"));
        self.given_up.retain(|id, _| !unsaid.contains(&id.0));
        self.seen.retain(|(home, key), _| !keys.iter().any(|(of, gone)| of == home.as_str() && gone == key.as_str()));
        let mut index = 0;
        self.strays.retain(|_| {
            index += 1;
            !strays.contains(&(index - 1))
        });
        gone
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn scope(&self, home: &Home, id: &ScopeId) -> Result<Option<Scope>, StoreError> {
        Ok(self.state().scopes.get(&(home.clone(), id.clone())).cloned())
    }
    async fn scope_at(&self, home: &Home, place: &Place) -> Result<Option<ScopeId>, StoreError> {
        let stands = |scope: &&Scope| scope.home == *home && places_of(scope).contains(place);
        // Of two that claim a place, the one written last has it; that is a bug elsewhere, but it must not be two answers.
        Ok(self.state().scopes.values().rfind(stands).map(|scope| scope.id.clone()))
    }
    async fn shelf(
        &self,
        home: &Home,
        author: &UserId,
        shelf: Shelf,
        cursor: Option<&Listed>,
        limit: usize,
    ) -> Result<Vec<Listed>, StoreError> {
        let lies = |scope: &Scope| scope.home == *home && lies_on(scope, author, shelf);
        Ok(self.state().listed(|scope| lies(scope).then_some(scope.touched), cursor, limit))
    }
    async fn waiting(&self, home: &Home, cursor: Option<&Listed>, limit: usize) -> Result<Vec<Listed>, StoreError> {
        let since = |scope: &Scope| waits_since(scope).filter(|_| scope.home == *home);
        Ok(self.state().listed(since, cursor, limit))
    }
    async fn standing(&self, home: &Home, cursor: Option<&Listed>, limit: usize) -> Result<Vec<Listed>, StoreError> {
        let since = |scope: &Scope| posted_since(scope).filter(|_| scope.home == *home);
        Ok(self.state().listed(since, cursor, limit))
    }
    async fn revision(&self, home: &Home, id: &ScopeId, revision: Revision) -> Result<Option<Shown>, StoreError> {
        let state = self.state();
        Ok(state.revisions.get(&(home.clone(), id.clone())).and_then(|all| all.get(&revision)).cloned())
    }
    async fn person(&self, home: &Home, id: &UserId) -> Result<Option<Person>, StoreError> {
        Ok(self.state().people.get(&(home.clone(), id.clone())).cloned())
    }
    async fn group(&self, home: &Home, id: &GroupId) -> Result<Option<Group>, StoreError> {
        Ok(self.state().groups.get(&(home.clone(), id.clone())).cloned())
    }
    async fn channel(&self, home: &Home, id: &ChannelId) -> Result<Option<Channel>, StoreError> {
        Ok(self.state().channels.get(&(home.clone(), id.clone())).cloned())
    }
    async fn preference(&self, home: &Home, id: &UserId) -> Result<Option<Preference>, StoreError> {
        Ok(self.state().preferences.get(&(home.clone(), id.clone())).cloned())
    }
    async fn strays(&self, home: &Home, place: &Place) -> Result<Vec<Mark>, StoreError> {
        let state = self.state();
        let of_place = state.strays.iter().filter(|(of, stray, _)| (of, &stray.place) == (home, place));
        Ok(of_place.take(STRAYS_READ).map(|(_, stray, _)| stray.mark.clone()).collect())
    }
    async fn stray_places(&self, home: &Home, limit: usize) -> Result<Vec<Place>, StoreError> {
        let state = self.state();
        let mut places: Vec<Place> =
            state.strays.iter().filter(|(of, ..)| of == home).map(|(_, stray, _)| stray.place.clone()).collect();
        places.sort();
        places.truncate(limit);
        places.dedup();
        Ok(places)
    }
    async fn seen(&self, home: &Home, key: &SeenKey) -> Result<bool, StoreError> {
        Ok(self.state().seen.contains_key(&(home.clone(), key.clone())))
    }
    async fn audit(&self, home: &Home, id: &ScopeId, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
        let state = self.state();
        let Some(rows) = state.audit.get(&(home.clone(), id.clone())) else { return Ok(Vec::new()) };
        Ok(rows.iter().skip(rows.len().saturating_sub(limit)).cloned().collect())
    }
    async fn due(&self, home: &Home, now: Timestamp, limit: usize) -> Result<Vec<DueRow>, StoreError> {
        let mut rows = self.state().due(home);
        rows.retain(|row| row.at <= now);
        rows.truncate(limit);
        Ok(rows)
    }
    async fn next_due(&self, home: &Home) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.state().due(home).first().map(|row| row.at))
    }
    async fn commit(&self, change: Change) -> Result<Committed, StoreError> {
        self.state().commit(change)
    }
    async fn claim(
        &self,
        worker: &WorkerId,
        now: Timestamp,
        lease: Duration,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        Ok(self.state().claim(worker, now, lease, limit))
    }
    async fn next_claim(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.state().heads().first().map(|(when, _)| *when))
    }
    async fn depth(&self) -> Result<OutboxDepth, StoreError> {
        let state = self.state();
        let oldest = state.outbox.values().next().map(|waiting| waiting.created);
        Ok(OutboxDepth { rows: state.outbox.len(), oldest, given_up: state.given_up.len() })
    }
    async fn revive(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        Ok(self.state().revive(now, limit))
    }
    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        Ok(self.state().sweep(now, limit))
    }
}
