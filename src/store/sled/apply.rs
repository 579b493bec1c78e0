//! One change upon a view: first everything that can fail, then the steps, then the lanes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::domain::ids::{Home, ScopeId, Timestamp, Version};
use crate::domain::person::DirectoryRow;
use crate::domain::scope::{Scope, Stage};
use crate::store::record::audit::AuditRecord;
use crate::store::record::directory::{ChannelRecord, GroupRecord, PersonRecord, PreferenceRecord, ReadAt};
use crate::store::record::envelope::{damaged, unseal};
use crate::store::record::kept::{SeenRecord, StrayRecord};
use crate::store::record::outbox::RowRecord;
use crate::store::record::scope::{HeadOnly, PlaceRecord, RevisionRecord, ScopeRecord};
use crate::store::record::{Record, Spelt};
use crate::store::{
    Change, Committed, NewRow, Outcome, Place, Row, RowId, SEEN_KEPT, STRAY_KEPT, Settle, StoreError, Stray, WorkerId,
    check, until,
};

use super::keys;
use super::lanes::Lanes;
use super::view::{Step, View, put};

/// What the writer knows besides the tree.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// What waits in the outbox.
    pub lanes: Lanes,
    /// The last number given to an outbox row.
    pub last_row: u64,
    /// The last number given to an audit row or stray.
    pub serial: u64,
    /// Homes that have rows.
    pub homes: BTreeSet<Home>,
    /// Rows that were given up and are kept.
    pub given_up: usize,
}

/// A change on its way: nothing of it is taken before all of it is prepared.
pub struct Desk<'v, 'a> {
    pub view: &'v View<'a>,
    pub home: Home,
    pub now: Timestamp,
    last_row: u64,
    serial: u64,
    pub given_up: usize,
    pub steps: Vec<Step>,
}

/// Applies a change to the view, or nothing of it.
pub fn apply(view: &mut View<'_>, knowledge: &mut Knowledge, change: Change) -> Result<Committed, StoreError> {
    check(&change)?;
    let Change { home, now, scope, outbox, settle, audit, directory, forgotten, stray, found, seen } = change;
    let Knowledge { last_row, serial, given_up, .. } = *knowledge;
    let mut desk = Desk { view, home, now, last_row, serial, given_up, steps: Vec::new() };
    if let Some(key) = &seen {
        let key = keys::seen(&desk.home, key);
        if desk.view.row(&key)?.is_some() {
            return Ok(Committed::AlreadySeen);
        }
        let gone = until(now, SEEN_KEPT);
        desk.keep_for_a_while(&key, &SeenRecord { until: Spelt(gone) }, gone)?;
    }
    if settle.as_ref().is_some_and(|settle| !knowledge.lanes.may_settle(&desk.home, settle)) {
        return Ok(Committed::NotHeld);
    }
    let mut written = Version(0);
    if let Some(scope) = scope {
        let id = scope.id.clone();
        let ended = matches!(scope.stage, Stage::Ended(_));
        match desk.scope(scope)? {
            Ok(version) => written = version,
            Err(stale) => return Ok(stale),
        }
        if ended {
            desk.drop_given_up(&id)?;
        }
        for row in &audit {
            let serial = desk.next_serial();
            let key = keys::audit(&desk.home, &id, serial);
            desk.insert(&key, &AuditRecord::into_record(row))?;
        }
    }
    let rows = desk.outbox(outbox, &knowledge.lanes)?;
    let settled = settle.map(|settle| desk.settle(&settle, &knowledge.lanes)).transpose()?;
    desk.directory(&directory)?;
    if let Some(person) = forgotten {
        desk.forget(&person)?;
    }
    desk.found(&found)?;
    if let Some(stray) = stray {
        desk.stray(&stray)?;
    }

    let Desk { home, last_row, serial, given_up, mut steps, .. } = desk;
    if !knowledge.homes.contains(&home) {
        steps.push(Step::Insert(keys::home(&home), Vec::new()));
        knowledge.homes.insert(home.clone());
    }
    for step in steps {
        view.take(step);
    }
    knowledge.last_row = last_row;
    knowledge.serial = serial;
    knowledge.given_up = given_up;
    for (id, row) in &rows {
        knowledge.lanes.put(home.clone(), *id, row);
    }
    if let Some((id, outcome, row)) = settled {
        knowledge.lanes.settle(id, outcome, &row);
    }
    Ok(Committed::Written(written))
}

impl Desk<'_, '_> {
    fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }
    fn insert<R: Record>(&mut self, key: &[u8], record: &R) -> Result<(), StoreError> {
        self.steps.extend(put(key, record, Vec::new())?);
        Ok(())
    }
    pub fn keep_for_a_while<R: Record>(&mut self, key: &[u8], record: &R, gone: Timestamp) -> Result<(), StoreError> {
        self.insert(key, record)?;
        self.steps.push(Step::Insert(keys::sweep(&self.home, gone, key), Vec::new()));
        Ok(())
    }

    /// The scope with its next version, and its index rows; `Err` inside when somebody was quicker.
    fn scope(&mut self, mut scope: Scope) -> Result<Result<Version, Committed>, StoreError> {
        let key = keys::scope(&self.home, &scope.id);
        let (old, old_rows) = match self.view.long_record::<HeadOnly>(&key)? {
            Some((HeadOnly { head }, rows)) => (Some(head), rows),
            None => (None, Vec::new()),
        };
        let found = old.as_ref().map_or(Version(0), |head| head.version());
        if scope.version != found {
            return Ok(Err(Committed::Stale { found }));
        }
        scope.version = Version(found.0 + 1);
        let record = ScopeRecord::into_record(&scope);
        self.steps.extend(put(&key, &record, old_rows)?);
        self.revision(&scope, old.as_ref().is_some_and(|head| head.is_posted()))?;
        let before = old.map(|head| keys::index_rows(&self.home, &scope.id, &head)).unwrap_or_default();
        let after = keys::index_rows(&self.home, &scope.id, &record.head);
        for key in before.iter().filter(|key| !after.contains(key)) {
            match self.view.row(key)? {
                Some(row) if row.is_empty() || names(key, &row, &scope.id) => {
                    self.steps.push(Step::Remove(key.clone(), row));
                }
                _ => {}
            }
        }
        let places: Vec<_> = record.head.places().map(|place| keys::place(&self.home, &place)).collect();
        for key in after.into_iter().filter(|key| !before.contains(key)) {
            if places.contains(&key) {
                // Another scope may have stood there; the later one has it.
                let old = self.view.row(&key)?.map(|row| (key.clone(), row));
                self.steps.extend(put(
                    &key,
                    &PlaceRecord { scope: Spelt(scope.id.clone()) },
                    old.into_iter().collect(),
                )?);
            } else {
                self.steps.push(Step::Insert(key, Vec::new()));
            }
        }
        Ok(Ok(scope.version))
    }

    /// The revision that is shown, as it is shown; all of them go once the scope is posted no more.
    fn revision(&mut self, scope: &Scope, was_posted: bool) -> Result<(), StoreError> {
        let Some((revision, record)) = RevisionRecord::of(scope) else {
            if was_posted {
                let rows = self.view.range(&keys::revisions(&self.home, &scope.id), None, usize::MAX)?;
                self.steps.extend(rows.into_iter().map(|(key, row)| Step::Remove(key, row)));
            }
            return Ok(());
        };
        let key = keys::revision(&self.home, &scope.id, revision);
        let old = self.view.long_record::<RevisionRecord>(&key)?;
        if old.as_ref().is_some_and(|(old, _)| *old == record) {
            return Ok(());
        }
        self.steps.extend(put(&key, &record, old.map(|(_, rows)| rows).unwrap_or_default())?);
        Ok(())
    }

    /// New rows, less those that a waiting one absorbs.
    fn outbox(&mut self, outbox: Vec<NewRow>, lanes: &Lanes) -> Result<Vec<(RowId, RowRecord)>, StoreError> {
        let mut fresh = Lanes::default();
        let mut rows = Vec::new();
        for row in outbox {
            if [lanes, &fresh].into_iter().any(|lanes| lanes.absorbs(&self.home, &row.lane, &row.effect)) {
                continue;
            }
            self.drop_replaced(&row)?;
            self.last_row += 1;
            let id = RowId(self.last_row);
            let record = RowRecord::into_record(&row, self.now);
            let key = keys::outbox(&self.home, id);
            self.insert(&key, &record)?;
            fresh.put(self.home.clone(), id, &record);
            rows.push((id, record));
        }
        Ok(rows)
    }

    fn settle(&mut self, settle: &Settle, lanes: &Lanes) -> Result<(RowId, Outcome, RowRecord), StoreError> {
        let key = keys::outbox(&self.home, settle.row);
        let (mut record, row) = stored::<RowRecord>(self.view, &key)?;
        if !lanes.is_leased(settle.row) {
            record.lose_claim();
        }
        record.settle(settle.outcome);
        match settle.outcome {
            Outcome::Over => self.steps.push(Step::Remove(key, row)),
            Outcome::SetAside => {
                self.steps.push(Step::Remove(key, row));
                self.set_aside(settle.row, record.clone())?;
            }
            Outcome::Again(_) | Outcome::InDoubt(_) => self.steps.extend(put(&key, &record, vec![(key.clone(), row)])?),
        }
        Ok((settle.row, settle.outcome, record))
    }

    /// Readings of the directory; of two of the same thing the newer, of equal ones the later.
    fn directory(&mut self, rows: &[DirectoryRow]) -> Result<(), StoreError> {
        let mut newest: BTreeMap<Vec<u8>, (Timestamp, &DirectoryRow)> = BTreeMap::new();
        for row in rows {
            let (key, read_at) = match row {
                DirectoryRow::Person(person) => (keys::person(&self.home, &person.id), person.read_at),
                DirectoryRow::Group(group) => (keys::group(&self.home, &group.id), group.read_at),
                DirectoryRow::Channel(channel) => (keys::channel(&self.home, &channel.id), channel.read_at),
                DirectoryRow::Preference(wish) => (keys::preference(&self.home, &wish.id), wish.read_at),
            };
            if newest.get(&key).is_none_or(|(other, _)| *other <= read_at) {
                newest.insert(key, (read_at, row));
            }
        }
        for (key, (read_at, row)) in newest {
            let old = match self.view.long_record::<ReadAt>(&key)? {
                Some((stored, rows)) if stored.at() <= read_at => rows,
                Some(_) => continue,
                None => Vec::new(),
            };
            self.steps.extend(match row {
                DirectoryRow::Person(person) => put(&key, &PersonRecord::into_record(person), old)?,
                DirectoryRow::Group(group) => put(&key, &GroupRecord::into_record(group), old)?,
                DirectoryRow::Channel(channel) => put(&key, &ChannelRecord::into_record(channel), old)?,
                DirectoryRow::Preference(wish) => put(&key, &PreferenceRecord::into_record(wish), old)?,
            });
        }
        Ok(())
    }

    fn stray(&mut self, stray: &Stray) -> Result<(), StoreError> {
        let gone = until(self.now, STRAY_KEPT);
        let serial = self.next_serial();
        let key = keys::stray(&self.home, &stray.place, serial);
        self.keep_for_a_while(&key, &StrayRecord::into_record(&stray.mark, gone), gone)
    }
    fn found(&mut self, found: &[Stray]) -> Result<(), StoreError> {
        let places: BTreeSet<&Place> = found.iter().map(|stray| &stray.place).collect();
        for place in places {
            for (key, row) in self.view.range(&keys::strays(&self.home, place), None, usize::MAX)? {
                // A damaged one stays until it is swept: whose it is cannot be read.
                let Ok(kept) = unseal::<StrayRecord>(&key, &row) else { continue };
                let until = kept.until.0;
                let stray = Stray { place: place.clone(), mark: StrayRecord::from_record(kept) };
                if found.contains(&stray) {
                    self.steps.push(Step::Remove(keys::sweep(&self.home, until, &key), Vec::new()));
                    self.steps.push(Step::Remove(key, row));
                }
            }
        }
        Ok(())
    }
}

/// Whether the row of a place names this scope still.
fn names(key: &[u8], row: &[u8], scope: &ScopeId) -> bool {
    unseal::<PlaceRecord>(key, row).is_ok_and(|place| place.scope.0 == *scope)
}

fn stored<R: Record>(view: &View<'_>, key: &[u8]) -> Result<(R, Vec<u8>), StoreError> {
    view.record::<R>(key)?.ok_or_else(|| damaged(key, "it is missing"))
}

/// Claims heads that are due; the claims are part of what the view writes.
pub fn claim(
    view: &mut View<'_>,
    lanes: &mut Lanes,
    worker: &WorkerId,
    now: Timestamp,
    lease: Duration,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    for (home, id) in lanes.claimable(now, limit) {
        let key = keys::outbox(&home, id);
        let (before, row) = match stored::<RowRecord>(view, &key) {
            Ok(stored) => stored,
            Err(error @ StoreError::Damaged { .. }) => {
                tracing::error!(outbox.row = id.0, %error, "a row of the outbox cannot be read; its lane is set aside");
                lanes.set_aside(id);
                continue;
            }
            Err(error) => return Err(error),
        };
        let mut record = before;
        record.claim(now);
        for step in put(&key, &record, vec![(key.clone(), row)])? {
            view.take(step);
        }
        lanes.lease(id, worker, now, lease);
        rows.push(RowRecord::from_record(record, home, id));
    }
    Ok(rows)
}

/// Forgets what has been kept long enough.
pub fn sweep(
    view: &mut View<'_>,
    knowledge: &mut Knowledge,
    now: Timestamp,
    limit: usize,
) -> Result<usize, StoreError> {
    let mut gone = 0;
    for home in &knowledge.homes {
        let prefix = keys::kind(home, keys::SWEEP);
        // Everything at `now` sorts below the next moment.
        let mut last = prefix.clone();
        last.extend(keys::moment(now));
        last.push(0xff);
        for (key, row) in view.range(&prefix, Some(&last), limit - gone)? {
            if let Some((_, target)) = keys::swept(&key)
                && let Some(old) = view.row(&target)?
            {
                if keys::split(&target).is_some_and(|(_, letter, _)| letter == keys::GIVEN_UP) {
                    knowledge.given_up = knowledge.given_up.saturating_sub(1);
                }
                view.take(Step::Remove(target, old));
            }
            view.take(Step::Remove(key, row));
            gone += 1;
        }
    }
    Ok(gone)
}
