//! An approval and the marks it stands on.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::approval::{Approval, Entitled, Gesture, Mark, Source, Standmark, Weight};
use crate::domain::ids::{Revision, SlackTime, Timestamp, UserId};

use super::Spelt;
use super::spelt::{spelt, unspelt};

/// An [`Approval`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalRecord {
    quorum: u32,
    reactions: BTreeSet<String>,
    since: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fence: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<StandmarkRecord>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    told: BTreeSet<Spelt<UserId>>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    changes_asked: BTreeSet<Spelt<UserId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    approved_at: Option<Spelt<Timestamp>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StandmarkRecord {
    person: Spelt<UserId>,
    source: Spelt<Source>,
    at: u64,
    revision: u32,
    weight: WeightRecord,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WeightRecord {
    Undecided,
    Counts,
    Taken,
}

impl ApprovalRecord {
    /// The stored form.
    pub fn into_record(approval: &Approval) -> Self {
        ApprovalRecord {
            quorum: approval.quorum,
            reactions: approval.reactions.clone(),
            since: approval.since.0,
            fence: approval.fence.map(|fence| fence.0),
            marks: approval
                .marks
                .iter()
                .map(|((person, source), mark)| StandmarkRecord {
                    person: Spelt(person.clone()),
                    source: Spelt(source.clone()),
                    at: mark.at.0,
                    revision: mark.revision.0,
                    weight: match mark.weight {
                        Weight::Undecided => WeightRecord::Undecided,
                        Weight::Counts(_) => WeightRecord::Counts,
                        Weight::Taken => WeightRecord::Taken,
                    },
                })
                .collect(),
            told: spelt(approval.told.iter().cloned()),
            changes_asked: spelt(approval.changes_asked.iter().cloned()),
            approved_at: approval.approved_at.map(Spelt),
        }
    }
    /// The approval. A mark that counts is its own person's.
    pub fn from_record(self) -> Approval {
        let standmark = |record: StandmarkRecord| {
            let person = record.person.0;
            let weight = match record.weight {
                WeightRecord::Undecided => Weight::Undecided,
                WeightRecord::Counts => Weight::Counts(Entitled::from_record(person.clone())),
                WeightRecord::Taken => Weight::Taken,
            };
            let mark = Standmark { at: SlackTime(record.at), revision: Revision(record.revision), weight };
            ((person, record.source.0), mark)
        };
        Approval {
            quorum: self.quorum,
            reactions: self.reactions,
            since: Revision(self.since),
            fence: self.fence.map(SlackTime),
            marks: self.marks.into_iter().map(standmark).collect::<BTreeMap<_, _>>(),
            told: unspelt(self.told),
            changes_asked: unspelt(self.changes_asked),
            approved_at: self.approved_at.map(|at| at.0),
        }
    }
}

/// A [`Mark`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkRecord {
    person: Spelt<UserId>,
    source: Spelt<Source>,
    gesture: Spelt<Gesture>,
    at: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
}

impl MarkRecord {
    /// The stored form.
    pub fn into_record(mark: &Mark) -> Self {
        MarkRecord {
            person: Spelt(mark.person.clone()),
            source: Spelt(mark.source.clone()),
            gesture: Spelt(mark.gesture),
            at: mark.at.0,
            revision: mark.revision.map(|revision| revision.0),
        }
    }
    /// The mark.
    pub fn from_record(self) -> Mark {
        Mark {
            person: self.person.0,
            source: self.source.0,
            gesture: self.gesture.0,
            at: SlackTime(self.at),
            revision: self.revision.map(Revision),
        }
    }
}
