//! A scope. Its head names every index row that stands for it, so that the next write removes exactly those, whatever
//! the program of that day would derive.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::ids::{ChannelId, Home, MessageTs, Revision, ScopeId, Timestamp, UserId, Version};
use crate::domain::person::Presence;
use crate::domain::posting::{Hindrance, Posting, Slot, Twin, TwinText};
use crate::domain::scope::{DueKind, Ending, Posted, Scope, Shown, Stage};
use crate::domain::wish::Wish;
use crate::store::lists::{askers_of, places_of, posted_since, shelf_of, waits_since};
use crate::store::{Place, Shelf};

use super::approval::ApprovalRecord;
use super::brief::{AcknowledgedRecord, ShownRecord};
use super::draft::DraftRecord;
use super::effect::ChangesAskedRecord;
use super::life::LifeRecord;
use super::spelt::{spelt, unspelt};
use super::{Nonsense, Record, Spelt};

/// A [`Scope`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeRecord {
    /// What is indexed.
    pub head: ScopeHead,
    created: Spelt<Timestamp>,
    stage: StageRecord,
}

impl Record for ScopeRecord {
    const KIND: &'static str = "scope";
    /// 2: what was asked to be changed, in words.
    const SCHEMA: u16 = 2;
    /// The longest answers in the widest script: shown, being edited and reviewed, all different; and the wishes of others.
    const PARTS: usize = 13;
}

/// Its version and the index rows that stand for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeHead {
    version: u64,
    author: Spelt<UserId>,
    touched: Spelt<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shelf: Option<Spelt<Shelf>>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    askers: BTreeSet<Spelt<UserId>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    places: Vec<(Spelt<ChannelId>, Spelt<MessageTs>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stands: Option<Spelt<Timestamp>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waits: Option<Spelt<Timestamp>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    due: BTreeMap<Spelt<DueKind>, Spelt<Timestamp>>,
}

/// Only the head, read past the rest.
#[derive(Debug, Serialize, Deserialize)]
pub struct HeadOnly {
    /// The head.
    pub head: ScopeHead,
}

impl Record for HeadOnly {
    const KIND: &'static str = ScopeRecord::KIND;
    const SCHEMA: u16 = ScopeRecord::SCHEMA;
    const PARTS: usize = ScopeRecord::PARTS;
}

impl ScopeHead {
    /// The head of a scope.
    pub fn of(scope: &Scope) -> Self {
        ScopeHead {
            version: scope.version.0,
            author: Spelt(scope.author.clone()),
            touched: Spelt(scope.touched),
            shelf: shelf_of(scope).map(Spelt),
            askers: spelt(askers_of(scope).into_iter().cloned()),
            places: places_of(scope).into_iter().map(|place| (Spelt(place.channel), Spelt(place.ts))).collect(),
            stands: posted_since(scope).map(Spelt),
            waits: waits_since(scope).map(Spelt),
            due: scope.due.iter().map(|(kind, at)| (Spelt(*kind), Spelt(*at))).collect(),
        }
    }
    /// How often the scope has been written.
    pub fn version(&self) -> Version {
        Version(self.version)
    }
    /// The shelves it lies on, whose, and since when.
    pub fn shelved(&self) -> impl Iterator<Item = (&UserId, Shelf, Timestamp)> {
        let of_author = self.shelf.as_ref().map(|shelf| (&self.author.0, shelf.0, self.touched.0));
        let of_askers = self.askers.iter().map(|asker| (&asker.0, Shelf::Asked, self.touched.0));
        of_author.into_iter().chain(of_askers)
    }
    /// Where its summary and the twins of it stand.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.places.iter().map(|(channel, ts)| Place { channel: channel.0.clone(), ts: ts.0.clone() })
    }
    /// Since when it is posted, while it is looked after.
    pub fn stands(&self) -> Option<Timestamp> {
        self.stands.as_ref().map(|at| at.0)
    }
    /// Since when it waits for approval.
    pub fn waits(&self) -> Option<Timestamp> {
        self.waits.as_ref().map(|at| at.0)
    }
    /// Whether it has revisions.
    pub fn is_posted(&self) -> bool {
        self.shelf.as_ref().is_some_and(|shelf| shelf.0 == Shelf::Posted)
    }
    /// What is due.
    pub fn due(&self) -> impl Iterator<Item = (DueKind, Timestamp)> {
        self.due.iter().map(|(kind, at)| (kind.0, at.0))
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StageRecord {
    Draft(Box<DraftRecord>),
    Posted(Box<PostedRecord>),
    Ended(Spelt<Ending>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PostedRecord {
    shown: ShownRecord,
    channel: Spelt<ChannelId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edit: Option<DraftRecord>,
    reviews: u32,
    approval: ApprovalRecord,
    #[serde(default, skip_serializing_if = "SlotRecord::is_empty")]
    summary: SlotRecord,
    #[serde(default, skip_serializing_if = "SlotRecord::is_empty")]
    kit: SlotRecord,
    #[serde(default, skip_serializing_if = "SlotRecord::is_empty")]
    thirty_days: SlotRecord,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    twins: Vec<TwinRecord>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    hindered: BTreeSet<Spelt<Hindrance>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    wishes: Vec<WishRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    acknowledged: Vec<AcknowledgedRecord>,
    life: LifeRecord,
    author: Spelt<Presence>,
    nudges: u32,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SlotRecord {
    #[default]
    Empty,
    Waiting,
    InDoubt,
    Shown {
        channel: Spelt<ChannelId>,
        ts: Spelt<MessageTs>,
        revision: u32,
    },
    Failed {
        why: String,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TwinRecord {
    channel: Spelt<ChannelId>,
    ts: Spelt<MessageTs>,
    revision: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    superseded: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WishRecord {
    at: Spelt<Timestamp>,
    asked: ChangesAskedRecord,
}

impl WishRecord {
    fn into_record(wish: &Wish) -> Self {
        WishRecord { at: Spelt(wish.at), asked: ChangesAskedRecord::into_record(&wish.asked) }
    }
    fn from_record(record: Self) -> Wish {
        Wish { at: record.at.0, asked: ChangesAskedRecord::from_record(record.asked) }
    }
}

impl TwinRecord {
    fn into_record(twin: &Twin) -> Self {
        let (channel, ts) = (Spelt(twin.channel.clone()), Spelt(twin.ts.clone()));
        let superseded = twin.text == TwinText::Superseded;
        TwinRecord { channel, ts, revision: twin.revision.0, superseded }
    }
    fn from_record(record: Self) -> Twin {
        let text = if record.superseded { TwinText::Superseded } else { TwinText::Shown };
        Twin { channel: record.channel.0, ts: record.ts.0, revision: Revision(record.revision), text }
    }
}

impl ScopeRecord {
    /// The stored form.
    pub fn into_record(scope: &Scope) -> Self {
        let stage = match &scope.stage {
            Stage::Draft(draft) => StageRecord::Draft(Box::new(DraftRecord::into_record(draft))),
            Stage::Posted(posted) => StageRecord::Posted(Box::new(PostedRecord::into_record(posted))),
            Stage::Ended(ending) => StageRecord::Ended(Spelt(*ending)),
        };
        ScopeRecord { head: ScopeHead::of(scope), created: Spelt(scope.created), stage }
    }
    /// The scope; home and id are those of its key.
    pub fn from_record(record: Self, home: Home, id: ScopeId) -> Result<Scope, Nonsense> {
        let stage = match record.stage {
            StageRecord::Draft(draft) => Stage::Draft(Box::new(DraftRecord::from_record(*draft)?)),
            StageRecord::Posted(posted) => Stage::Posted(Box::new(PostedRecord::from_record(*posted)?)),
            StageRecord::Ended(ending) => Stage::Ended(ending.0),
        };
        let due = record.head.due().collect();
        let ScopeHead { version, author, touched, .. } = record.head;
        Ok(Scope {
            id,
            home,
            version: Version(version),
            author: author.0,
            created: record.created.0,
            touched: touched.0,
            stage,
            due,
        })
    }
}

impl PostedRecord {
    fn into_record(posted: &Posted) -> Self {
        PostedRecord {
            shown: ShownRecord::into_record(&posted.shown),
            channel: Spelt(posted.channel.clone()),
            edit: posted.edit.as_ref().map(DraftRecord::into_record),
            reviews: posted.reviews,
            approval: ApprovalRecord::into_record(&posted.approval),
            summary: SlotRecord::into_record(&posted.posting.summary),
            kit: SlotRecord::into_record(&posted.posting.kit),
            thirty_days: SlotRecord::into_record(&posted.posting.thirty_days),
            twins: posted.posting.twins.iter().map(TwinRecord::into_record).collect(),
            hindered: spelt(posted.posting.hindered.iter().copied()),
            wishes: posted.wishes.iter().map(WishRecord::into_record).collect(),
            acknowledged: posted.acknowledged.iter().map(AcknowledgedRecord::into_record).collect(),
            life: LifeRecord::into_record(&posted.life),
            author: Spelt(posted.author),
            nudges: posted.nudges,
        }
    }
    fn from_record(record: Self) -> Result<Posted, Nonsense> {
        Ok(Posted {
            shown: ShownRecord::from_record(record.shown),
            channel: record.channel.0,
            edit: record.edit.map(DraftRecord::from_record).transpose()?,
            reviews: record.reviews,
            acknowledged: record.acknowledged.into_iter().map(AcknowledgedRecord::from_record).collect(),
            approval: ApprovalRecord::from_record(record.approval),
            wishes: record.wishes.into_iter().map(WishRecord::from_record).collect(),
            posting: Posting {
                summary: SlotRecord::from_record(record.summary),
                kit: SlotRecord::from_record(record.kit),
                thirty_days: SlotRecord::from_record(record.thirty_days),
                twins: record.twins.into_iter().map(TwinRecord::from_record).collect(),
                hindered: unspelt(record.hindered),
            },
            life: LifeRecord::from_record(record.life),
            author: record.author.0,
            nudges: record.nudges,
        })
    }
}

impl SlotRecord {
    fn is_empty(&self) -> bool {
        *self == SlotRecord::Empty
    }
    fn into_record(slot: &Slot) -> Self {
        match slot {
            Slot::Empty => SlotRecord::Empty,
            Slot::Waiting => SlotRecord::Waiting,
            Slot::InDoubt => SlotRecord::InDoubt,
            Slot::Shown { channel, ts, revision } => {
                SlotRecord::Shown { channel: Spelt(channel.clone()), ts: Spelt(ts.clone()), revision: revision.0 }
            }
            Slot::Failed { why } => SlotRecord::Failed { why: why.clone() },
        }
    }
    fn from_record(record: Self) -> Slot {
        match record {
            SlotRecord::Empty => Slot::Empty,
            SlotRecord::Waiting => Slot::Waiting,
            SlotRecord::InDoubt => Slot::InDoubt,
            SlotRecord::Shown { channel, ts, revision } => {
                Slot::Shown { channel: channel.0, ts: ts.0, revision: Revision(revision) }
            }
            SlotRecord::Failed { why } => Slot::Failed { why },
        }
    }
}

/// A revision as it was posted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RevisionRecord(ShownRecord);

impl Record for RevisionRecord {
    const KIND: &'static str = "revision";
    const SCHEMA: u16 = 1;
    /// The longest answers in the widest script.
    const PARTS: usize = 4;
}

impl RevisionRecord {
    /// The revision that a scope shows, if it is posted.
    pub fn of(scope: &Scope) -> Option<(Revision, Self)> {
        let shown = &scope.posted()?.shown;
        Some((shown.revision, RevisionRecord(ShownRecord::into_record(shown))))
    }
    /// The revision.
    pub fn from_record(record: Self) -> Shown {
        ShownRecord::from_record(record.0)
    }
}

/// Which scope's summary stands at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceRecord {
    /// The scope.
    pub scope: Spelt<ScopeId>,
}

impl Record for PlaceRecord {
    const KIND: &'static str = "place";
    const SCHEMA: u16 = 1;
}
