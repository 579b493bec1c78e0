//! A row of the outbox: what to do, how often it was tried, and whether an earlier try is in doubt.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{Home, ScopeId, Timestamp, UserId};
use crate::store::{Lane, NewRow, Outcome, Row, RowId};

use super::effect::EffectRecord;
use super::{Record, Spelt};

/// A waiting or claimed row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowRecord {
    scope: Spelt<ScopeId>,
    /// Set for a person's lane, absent for the channel's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<Spelt<UserId>>,
    effect: EffectRecord,
    created: Spelt<Timestamp>,
    not_before: Spelt<Timestamp>,
    attempts: u32,
    /// Since when an earlier try is in doubt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doubt: Option<Spelt<Timestamp>>,
    /// When it was claimed, until that claim is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claimed: Option<Spelt<Timestamp>>,
}

impl Record for RowRecord {
    const KIND: &'static str = "outbox row";
    const SCHEMA: u16 = 1;
}

impl RowRecord {
    /// The stored form of a row that nobody has tried.
    pub fn into_record(row: &NewRow, created: Timestamp) -> Self {
        let (scope, person) = match &row.lane {
            Lane::Channel(scope) => (scope, None),
            Lane::Person(scope, person) | Lane::Learning(scope, person) => (scope, Some(Spelt(person.clone()))),
        };
        RowRecord {
            scope: Spelt(scope.clone()),
            person,
            effect: EffectRecord::into_record(&row.effect),
            created: Spelt(created),
            not_before: Spelt(row.not_before),
            attempts: 0,
            doubt: None,
            claimed: None,
        }
    }
    /// The row as a worker sees it.
    pub fn from_record(record: Self, home: Home, id: RowId) -> Row {
        let lane = record.lane();
        Row {
            id,
            home,
            lane,
            effect: EffectRecord::from_record(record.effect),
            created: record.created.0,
            attempts: record.attempts,
            unsettled: record.doubt.map(|since| since.0),
        }
    }
    /// Its lane.
    pub fn lane(&self) -> Lane {
        let scope = self.scope.0.clone();
        match (&self.person, &self.effect) {
            (None, _) => Lane::Channel(scope),
            (Some(person), EffectRecord::Learn(_)) => Lane::Learning(scope, person.0.clone()),
            (Some(person), _) => Lane::Person(scope, person.0.clone()),
        }
    }
    /// When it was committed.
    pub fn created(&self) -> Timestamp {
        self.created.0
    }
    /// Not before this; of one that is given up, until when it is kept.
    pub fn not_before(&self) -> Timestamp {
        self.not_before.0
    }
    /// What it does.
    pub fn effect(&self) -> &EffectRecord {
        &self.effect
    }
    /// Whether a send may have reached Slack: it is claimed, or an earlier claim left a doubt.
    pub fn is_touched(&self) -> bool {
        self.doubt.is_some() || self.claimed.is_some()
    }
    /// The next claim.
    pub fn claim(&mut self, now: Timestamp) {
        self.lose_claim();
        self.claimed = Some(Spelt(now));
        self.attempts = self.attempts.saturating_add(1);
    }
    /// It is given up, and kept until then.
    pub fn keep_until(&mut self, until: Timestamp) {
        self.not_before = Spelt(until);
    }
    /// It was given up, and is to be sent again; an earlier try may still have reached Slack.
    pub fn revive(&mut self, now: Timestamp) {
        self.created = Spelt(now);
        self.not_before = Spelt(now);
        self.attempts = 0;
    }
    /// It comes back from a backup: what waited then may have been said since.
    pub fn doubt_since(&mut self, at: Timestamp) {
        self.lose_claim();
        self.doubt.get_or_insert(Spelt(at));
    }
    /// A claim that nobody settled leaves its doubt behind.
    pub fn lose_claim(&mut self) {
        self.doubt = self.earliest_doubt();
        self.claimed = None;
    }
    /// The end of a claim that keeps the row.
    pub fn settle(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Over | Outcome::SetAside => {}
            // This try did not reach Slack; an earlier one still may have.
            Outcome::Again(at) => self.not_before = Spelt(at),
            Outcome::InDoubt(at) => {
                self.not_before = Spelt(at);
                self.doubt = self.earliest_doubt();
            }
        }
        self.claimed = None;
    }
    fn earliest_doubt(&self) -> Option<Spelt<Timestamp>> {
        self.doubt.or(self.claimed)
    }
}
