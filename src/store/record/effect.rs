//! What has to be said, as a waiting row keeps it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::answers::Text;
use crate::domain::approval::{ChangeAsked, NotCounted};
use crate::domain::effect::{ChangesAsked, Counted, Dm, Effect, Note, Passed, Passing, Revised, Stepped};
use crate::domain::ids::{ChannelId, MessageTs, Revision, UserId};
use crate::domain::posting::{Hindrance, Piece};
use crate::domain::scope::Axis;

use super::Spelt;
use super::life::StepRecord;
use super::spelt::{spelt, unspelt};

/// An [`Effect`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectRecord {
    /// [`Effect::Refresh`].
    Refresh(Spelt<Piece>),
    /// [`Effect::Supersede`].
    Supersede(Spelt<MessageTs>),
    /// [`Effect::Note`].
    Note(NoteRecord),
    /// [`Effect::Dm`].
    Dm(Spelt<UserId>, DmRecord),
    /// [`Effect::QuietWord`].
    QuietWord(Spelt<UserId>, Spelt<NotCounted>),
    /// [`Effect::Retract`].
    Retract(Spelt<ChannelId>, Spelt<MessageTs>),
    /// [`Effect::Learn`].
    Learn(Spelt<UserId>),
}

/// A [`Note`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteRecord {
    /// [`Note::Approved`].
    Approved(CountedRecord),
    /// [`Note::Withdrawn`].
    Withdrawn(CountedRecord),
    /// [`Note::ChangesAsked`].
    ChangesAsked(ChangesAskedRecord),
    /// [`Note::Revised`].
    Revised(RevisedRecord),
    /// [`Note::Stepped`].
    Stepped(SteppedRecord),
    /// [`Note::Passed`].
    Passed(PassedRecord),
    /// [`Note::AuthorLeft`].
    AuthorLeft(Spelt<UserId>),
}

/// A [`Dm`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DmRecord {
    /// [`Dm::Posted`].
    Posted,
    /// [`Dm::Approved`].
    Approved(CountedRecord),
    /// [`Dm::Withdrawn`].
    Withdrawn(CountedRecord),
    /// [`Dm::ChangesAsked`].
    ChangesAsked(ChangesAskedRecord),
    /// [`Dm::NotPosted`].
    NotPosted(String),
    /// [`Dm::Expiring`].
    Expiring,
    /// [`Dm::Expired`].
    Expired,
    /// [`Dm::Voided`].
    Voided(RevisedRecord),
    /// [`Dm::Hindered`].
    Hindered(Spelt<Hindrance>),
    /// [`Dm::Stepped`].
    Stepped(SteppedRecord),
    /// [`Dm::Passed`].
    Passed(PassedRecord),
    /// [`Dm::Nudge`].
    Nudge,
    /// [`Dm::BeforeStart`].
    BeforeStart,
}

/// A [`Stepped`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SteppedRecord {
    by: Spelt<UserId>,
    step: StepRecord,
}

/// A [`Passed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedRecord {
    from: Spelt<UserId>,
    to: Spelt<UserId>,
    voided: u32,
    how: Spelt<Passing>,
}

/// A [`Counted`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedRecord {
    by: Spelt<UserId>,
    given: u32,
    quorum: u32,
}

/// A [`ChangesAsked`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangesAskedRecord {
    by: Spelt<UserId>,
    ticks: BTreeSet<Spelt<ChangeAsked>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comment: Option<Spelt<Text>>,
    revision: u32,
}

/// A [`Revised`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevisedRecord {
    revision: u32,
    axes: BTreeSet<Spelt<Axis>>,
    by: Spelt<UserId>,
    #[serde(default)]
    approvals: u32,
}

impl EffectRecord {
    /// The stored form.
    pub fn into_record(effect: &Effect) -> Self {
        match effect {
            Effect::Refresh(piece) => EffectRecord::Refresh(Spelt(*piece)),
            Effect::Supersede(ts) => EffectRecord::Supersede(Spelt(ts.clone())),
            Effect::Note(note) => EffectRecord::Note(NoteRecord::into_record(note)),
            Effect::Dm(person, dm) => EffectRecord::Dm(Spelt(person.clone()), DmRecord::into_record(dm)),
            Effect::QuietWord(person, why) => EffectRecord::QuietWord(Spelt(person.clone()), Spelt(*why)),
            Effect::Retract(channel, ts) => EffectRecord::Retract(Spelt(channel.clone()), Spelt(ts.clone())),
            Effect::Learn(person) => EffectRecord::Learn(Spelt(person.clone())),
        }
    }
    /// The effect.
    pub fn from_record(record: Self) -> Effect {
        match record {
            EffectRecord::Refresh(piece) => Effect::Refresh(piece.0),
            EffectRecord::Supersede(ts) => Effect::Supersede(ts.0),
            EffectRecord::Note(note) => Effect::Note(NoteRecord::from_record(note)),
            EffectRecord::Dm(person, dm) => Effect::Dm(person.0, DmRecord::from_record(dm)),
            EffectRecord::QuietWord(person, why) => Effect::QuietWord(person.0, why.0),
            EffectRecord::Retract(channel, ts) => Effect::Retract(channel.0, ts.0),
            EffectRecord::Learn(person) => Effect::Learn(person.0),
        }
    }
}

impl NoteRecord {
    fn into_record(note: &Note) -> Self {
        match note {
            Note::Approved(counted) => NoteRecord::Approved(CountedRecord::into_record(counted)),
            Note::Withdrawn(counted) => NoteRecord::Withdrawn(CountedRecord::into_record(counted)),
            Note::ChangesAsked(asked) => NoteRecord::ChangesAsked(ChangesAskedRecord::into_record(asked)),
            Note::Revised(revised) => NoteRecord::Revised(RevisedRecord::into_record(revised)),
            Note::Stepped(stepped) => NoteRecord::Stepped(SteppedRecord::into_record(stepped)),
            Note::Passed(passed) => NoteRecord::Passed(PassedRecord::into_record(passed)),
            Note::AuthorLeft(who) => NoteRecord::AuthorLeft(Spelt(who.clone())),
        }
    }
    fn from_record(record: Self) -> Note {
        match record {
            NoteRecord::Approved(counted) => Note::Approved(CountedRecord::from_record(counted)),
            NoteRecord::Withdrawn(counted) => Note::Withdrawn(CountedRecord::from_record(counted)),
            NoteRecord::ChangesAsked(asked) => Note::ChangesAsked(ChangesAskedRecord::from_record(asked)),
            NoteRecord::Revised(revised) => Note::Revised(RevisedRecord::from_record(revised)),
            NoteRecord::Stepped(stepped) => Note::Stepped(SteppedRecord::from_record(stepped)),
            NoteRecord::Passed(passed) => Note::Passed(PassedRecord::from_record(passed)),
            NoteRecord::AuthorLeft(who) => Note::AuthorLeft(who.0),
        }
    }
}

impl DmRecord {
    fn into_record(dm: &Dm) -> Self {
        match dm {
            Dm::Posted => DmRecord::Posted,
            Dm::Approved(counted) => DmRecord::Approved(CountedRecord::into_record(counted)),
            Dm::Withdrawn(counted) => DmRecord::Withdrawn(CountedRecord::into_record(counted)),
            Dm::ChangesAsked(asked) => DmRecord::ChangesAsked(ChangesAskedRecord::into_record(asked)),
            Dm::NotPosted(why) => DmRecord::NotPosted(why.clone()),
            Dm::Expiring => DmRecord::Expiring,
            Dm::Expired => DmRecord::Expired,
            Dm::Voided(revised) => DmRecord::Voided(RevisedRecord::into_record(revised)),
            Dm::Hindered(hindrance) => DmRecord::Hindered(Spelt(*hindrance)),
            Dm::Stepped(stepped) => DmRecord::Stepped(SteppedRecord::into_record(stepped)),
            Dm::Passed(passed) => DmRecord::Passed(PassedRecord::into_record(passed)),
            Dm::Nudge => DmRecord::Nudge,
            Dm::BeforeStart => DmRecord::BeforeStart,
        }
    }
    fn from_record(record: Self) -> Dm {
        match record {
            DmRecord::Posted => Dm::Posted,
            DmRecord::Approved(counted) => Dm::Approved(CountedRecord::from_record(counted)),
            DmRecord::Withdrawn(counted) => Dm::Withdrawn(CountedRecord::from_record(counted)),
            DmRecord::ChangesAsked(asked) => Dm::ChangesAsked(ChangesAskedRecord::from_record(asked)),
            DmRecord::NotPosted(why) => Dm::NotPosted(why),
            DmRecord::Expiring => Dm::Expiring,
            DmRecord::Expired => Dm::Expired,
            DmRecord::Voided(revised) => Dm::Voided(RevisedRecord::from_record(revised)),
            DmRecord::Hindered(hindrance) => Dm::Hindered(hindrance.0),
            DmRecord::Stepped(stepped) => Dm::Stepped(SteppedRecord::from_record(stepped)),
            DmRecord::Passed(passed) => Dm::Passed(PassedRecord::from_record(passed)),
            DmRecord::Nudge => Dm::Nudge,
            DmRecord::BeforeStart => Dm::BeforeStart,
        }
    }
}

impl SteppedRecord {
    fn into_record(stepped: &Stepped) -> Self {
        SteppedRecord { by: Spelt(stepped.by.clone()), step: StepRecord::into_record(&stepped.step) }
    }
    fn from_record(record: Self) -> Stepped {
        Stepped { by: record.by.0, step: StepRecord::from_record(record.step) }
    }
}

impl PassedRecord {
    fn into_record(passed: &Passed) -> Self {
        let Passed { from, to, voided, how } = passed.clone();
        PassedRecord { from: Spelt(from), to: Spelt(to), voided, how: Spelt(how) }
    }
    fn from_record(record: Self) -> Passed {
        Passed { from: record.from.0, to: record.to.0, voided: record.voided, how: record.how.0 }
    }
}

impl CountedRecord {
    fn into_record(counted: &Counted) -> Self {
        CountedRecord { by: Spelt(counted.by.clone()), given: counted.given, quorum: counted.quorum }
    }
    fn from_record(record: Self) -> Counted {
        Counted { by: record.by.0, given: record.given, quorum: record.quorum }
    }
}

impl ChangesAskedRecord {
    /// The stored form.
    pub fn into_record(asked: &ChangesAsked) -> Self {
        ChangesAskedRecord {
            by: Spelt(asked.by.clone()),
            ticks: spelt(asked.ticks.iter().copied()),
            comment: asked.comment.clone().map(Spelt),
            revision: asked.revision.0,
        }
    }
    /// The wish.
    pub fn from_record(record: Self) -> ChangesAsked {
        ChangesAsked {
            by: record.by.0,
            ticks: unspelt(record.ticks),
            comment: record.comment.map(|comment| comment.0),
            revision: Revision(record.revision),
        }
    }
}

impl RevisedRecord {
    fn into_record(revised: &Revised) -> Self {
        RevisedRecord {
            revision: revised.revision.0,
            axes: spelt(revised.axes.iter().copied()),
            by: Spelt(revised.by.clone()),
            approvals: revised.approvals,
        }
    }
    fn from_record(record: Self) -> Revised {
        Revised {
            revision: Revision(record.revision),
            axes: unspelt(record.axes),
            by: record.by.0,
            approvals: record.approvals,
        }
    }
}
