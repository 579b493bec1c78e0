//! The waiting rows of the outbox, lane by lane, in memory: about a hundred bytes each. Rebuilt at open from the rows that
//! are not settled, so its size is that of what waits, not of the store.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use crate::domain::effect::Effect;
use crate::domain::ids::{Home, Timestamp, UserId};
use crate::domain::posting::Piece;
use crate::store::record::effect::EffectRecord;
use crate::store::record::outbox::RowRecord;
use crate::store::{Lane, OutboxDepth, Outcome, RowId, Settle, WorkerId, until};

type LaneKey = (Home, Lane);

/// What waits.
#[derive(Debug, Default)]
pub struct Lanes {
    rows: BTreeMap<RowId, Waiting>,
    lanes: HashMap<LaneKey, BTreeSet<RowId>>,
    /// The head of each lane, by the moment from which it may be claimed.
    wake: BTreeSet<(Timestamp, RowId)>,
}

#[derive(Debug)]
struct Waiting {
    lane: LaneKey,
    created: Timestamp,
    /// Not before this; of a claimed row the end of its lease.
    when: Timestamp,
    holder: Option<WorkerId>,
    /// Set while later rows that ask for just this are absorbed.
    absorbs: Option<Absorbs>,
}

/// What a waiting row does for later ones too.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Absorbs {
    Refresh(Piece),
    Learn(UserId),
}

impl Absorbs {
    /// What this row absorbs as it stands.
    fn of(row: &RowRecord) -> Option<Self> {
        match row.effect() {
            EffectRecord::Refresh(piece) if !row.is_touched() => Some(Absorbs::Refresh(piece.0)),
            EffectRecord::Learn(person) if !row.is_touched() => Some(Absorbs::Learn(person.0.clone())),
            _ => None,
        }
    }
}

impl Lanes {
    /// A row that was committed, now or before the start.
    pub fn put(&mut self, home: Home, id: RowId, row: &RowRecord) {
        let lane = (home, row.lane());
        let absorbs = Absorbs::of(row);
        let waiting =
            Waiting { lane: lane.clone(), created: row.created(), when: row.not_before(), holder: None, absorbs };
        self.asleep(&lane);
        self.rows.insert(id, waiting);
        self.lanes.entry(lane.clone()).or_default().insert(id);
        self.awake(&lane);
    }

    /// Whether a waiting row does what this effect asks for.
    pub fn absorbs(&self, home: &Home, lane: &Lane, effect: &Effect) -> bool {
        let asked = match effect {
            Effect::Refresh(piece) => Absorbs::Refresh(*piece),
            Effect::Learn(person) => Absorbs::Learn(person.clone()),
            Effect::Supersede(_) | Effect::Note(_) | Effect::Dm(..) | Effect::QuietWord(..) | Effect::Retract(..) => {
                return false;
            }
        };
        let Some(ids) = self.lanes.get(&(home.clone(), lane.clone())) else { return false };
        ids.iter().filter_map(|id| self.rows.get(id)).any(|row| row.absorbs.as_ref() == Some(&asked))
    }

    /// Whether this settling comes from one who may.
    pub fn may_settle(&self, home: &Home, settle: &Settle) -> bool {
        self.rows
            .get(&settle.row)
            .is_some_and(|row| row.lane.0 == *home && (settle.holder.is_none() || settle.holder == row.holder))
    }

    /// Whether somebody holds this row.
    pub fn is_leased(&self, id: RowId) -> bool {
        self.rows.get(&id).is_some_and(|row| row.holder.is_some())
    }

    /// A claim ends; `row` is as it stands afterwards.
    pub fn settle(&mut self, id: RowId, outcome: Outcome, row: &RowRecord) {
        let Some(lane) = self.rows.get(&id).map(|row| row.lane.clone()) else { return };
        self.asleep(&lane);
        match outcome {
            Outcome::Over | Outcome::SetAside => {
                self.rows.remove(&id);
                if let Some(ids) = self.lanes.get_mut(&lane) {
                    ids.remove(&id);
                    if ids.is_empty() {
                        self.lanes.remove(&lane);
                    }
                }
            }
            Outcome::Again(_) | Outcome::InDoubt(_) => {
                if let Some(waiting) = self.rows.get_mut(&id) {
                    waiting.holder = None;
                    waiting.when = row.not_before();
                    waiting.absorbs = Absorbs::of(row);
                }
            }
        }
        self.awake(&lane);
    }

    /// The heads that may be claimed, longest due first.
    pub fn claimable(&self, now: Timestamp, limit: usize) -> Vec<(Home, RowId)> {
        let due = self.wake.iter().take_while(|(when, _)| *when <= now).take(limit);
        due.filter_map(|(_, id)| Some((self.rows.get(id)?.lane.0.clone(), *id))).collect()
    }

    /// Gives a lease on a head.
    pub fn lease(&mut self, id: RowId, worker: &WorkerId, now: Timestamp, lease: Duration) {
        let Some(waiting) = self.rows.get_mut(&id) else { return };
        self.wake.remove(&(waiting.when, id));
        waiting.when = until(now, lease);
        waiting.holder = Some(worker.clone());
        waiting.absorbs = None;
        self.wake.insert((waiting.when, id));
    }

    /// Sets aside a head that cannot be read: its lane waits for ever, the others go on.
    pub fn set_aside(&mut self, id: RowId) {
        if let Some(waiting) = self.rows.get_mut(&id) {
            self.wake.remove(&(waiting.when, id));
            waiting.when = Timestamp::MAX;
            self.wake.insert((waiting.when, id));
        }
    }

    /// When the next head may be claimed.
    pub fn next_claim(&self) -> Option<Timestamp> {
        self.wake.first().map(|(when, _)| *when)
    }

    /// How much waits; what was given up does not.
    pub fn depth(&self) -> OutboxDepth {
        let oldest = self.rows.values().next().map(|row| row.created);
        OutboxDepth { rows: self.rows.len(), oldest, given_up: 0 }
    }

    fn head(&self, lane: &LaneKey) -> Option<(Timestamp, RowId)> {
        let id = self.lanes.get(lane)?.first()?;
        self.rows.get(id).map(|row| (row.when, *id))
    }
    fn asleep(&mut self, lane: &LaneKey) {
        if let Some(head) = self.head(lane) {
            self.wake.remove(&head);
        }
    }
    fn awake(&mut self, lane: &LaneKey) {
        if let Some(head) = self.head(lane) {
            self.wake.insert(head);
        }
    }
}
