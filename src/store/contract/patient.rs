//! A store that asks again where the contract allows it: when it was busy, and when a read failed.

use std::time::Duration;

use async_trait::async_trait;

use crate::domain::approval::Mark;
use crate::domain::audit::AuditRow;
use crate::domain::ids::{ChannelId, GroupId, Home, Revision, ScopeId, Timestamp, UserId};
use crate::domain::person::{Channel, Group, Person, Preference};
use crate::domain::scope::{Scope, Shown};
use crate::store::wrappers::FlakyStore;
use crate::store::{
    Change, Committed, DueRow, Listed, OutboxDepth, Place, Row, SeenKey, Shelf, Store, StoreError, WorkerId,
};

/// Asks a faulty store until it answers.
pub struct Patient(pub FlakyStore);

macro_rules! until_answered {
    ($ask:expr) => {{
        let mut left = 1000;
        loop {
            match $ask.await {
                Err(StoreError::Busy | StoreError::Driver { doing: "read", .. }) if left > 0 => left -= 1,
                answer => break answer,
            }
        }
    }};
}

#[async_trait]
impl Store for Patient {
    async fn scope(&self, home: &Home, id: &ScopeId) -> Result<Option<Scope>, StoreError> {
        until_answered!(self.0.scope(home, id))
    }
    async fn scope_at(&self, home: &Home, place: &Place) -> Result<Option<ScopeId>, StoreError> {
        until_answered!(self.0.scope_at(home, place))
    }
    async fn shelf(
        &self,
        home: &Home,
        author: &UserId,
        shelf: Shelf,
        cursor: Option<&Listed>,
        limit: usize,
    ) -> Result<Vec<Listed>, StoreError> {
        until_answered!(self.0.shelf(home, author, shelf, cursor, limit))
    }
    async fn waiting(&self, home: &Home, cursor: Option<&Listed>, limit: usize) -> Result<Vec<Listed>, StoreError> {
        until_answered!(self.0.waiting(home, cursor, limit))
    }
    async fn standing(&self, home: &Home, cursor: Option<&Listed>, limit: usize) -> Result<Vec<Listed>, StoreError> {
        until_answered!(self.0.standing(home, cursor, limit))
    }
    async fn revision(&self, home: &Home, id: &ScopeId, revision: Revision) -> Result<Option<Shown>, StoreError> {
        until_answered!(self.0.revision(home, id, revision))
    }
    async fn person(&self, home: &Home, id: &UserId) -> Result<Option<Person>, StoreError> {
        until_answered!(self.0.person(home, id))
    }
    async fn group(&self, home: &Home, id: &GroupId) -> Result<Option<Group>, StoreError> {
        until_answered!(self.0.group(home, id))
    }
    async fn channel(&self, home: &Home, id: &ChannelId) -> Result<Option<Channel>, StoreError> {
        until_answered!(self.0.channel(home, id))
    }
    async fn preference(&self, home: &Home, id: &UserId) -> Result<Option<Preference>, StoreError> {
        until_answered!(self.0.preference(home, id))
    }
    async fn strays(&self, home: &Home, place: &Place) -> Result<Vec<Mark>, StoreError> {
        until_answered!(self.0.strays(home, place))
    }
    async fn stray_places(&self, home: &Home, limit: usize) -> Result<Vec<Place>, StoreError> {
        until_answered!(self.0.stray_places(home, limit))
    }
    async fn seen(&self, home: &Home, key: &SeenKey) -> Result<bool, StoreError> {
        until_answered!(self.0.seen(home, key))
    }
    async fn audit(&self, home: &Home, id: &ScopeId, limit: usize) -> Result<Vec<AuditRow>, StoreError> {
        until_answered!(self.0.audit(home, id, limit))
    }
    async fn due(&self, home: &Home, now: Timestamp, limit: usize) -> Result<Vec<DueRow>, StoreError> {
        until_answered!(self.0.due(home, now, limit))
    }
    async fn next_due(&self, home: &Home) -> Result<Option<Timestamp>, StoreError> {
        until_answered!(self.0.next_due(home))
    }
    async fn commit(&self, change: Change) -> Result<Committed, StoreError> {
        until_answered!(self.0.commit(change.clone()))
    }
    async fn claim(
        &self,
        worker: &WorkerId,
        now: Timestamp,
        lease: Duration,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError> {
        until_answered!(self.0.claim(worker, now, lease, limit))
    }
    async fn next_claim(&self) -> Result<Option<Timestamp>, StoreError> {
        until_answered!(self.0.next_claim())
    }
    async fn depth(&self) -> Result<OutboxDepth, StoreError> {
        until_answered!(self.0.depth())
    }
    async fn revive(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        until_answered!(self.0.revive(now, limit))
    }
    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError> {
        until_answered!(self.0.sweep(now, limit))
    }
}
