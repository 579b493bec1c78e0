//! A brief, and what is made of it: the shown revision.

use serde::{Deserialize, Serialize};

use crate::domain::answers::{Breadth, Code, Detail, Length, Load, Ramp, Speed, SystemType, Team, Text};
use crate::domain::brief::Brief;
use crate::domain::draft::Acknowledged;
use crate::domain::ids::{Revision, Timestamp};
use crate::domain::scope::Shown;

use super::Spelt;

/// A [`Brief`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BriefRecord {
    system_type: Spelt<SystemType>,
    system: Spelt<Text>,
    speed: Spelt<Speed>,
    load: Spelt<Load>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    numbers: Option<Spelt<Text>>,
    team: Spelt<Team>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Spelt<Text>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ramp: Option<Spelt<Ramp>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<Spelt<Code>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    length: Option<Spelt<Length>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    breadth: Option<Spelt<Breadth>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<Spelt<Text>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    details: Vec<(Spelt<Detail>, Spelt<Text>)>,
}

impl BriefRecord {
    /// The stored form.
    pub fn into_record(brief: &Brief) -> Self {
        BriefRecord {
            system_type: Spelt(brief.system_type),
            system: Spelt(brief.system.clone()),
            speed: Spelt(brief.speed),
            load: Spelt(brief.load),
            numbers: brief.numbers.clone().map(Spelt),
            team: Spelt(brief.team),
            language: brief.language.clone().map(Spelt),
            ramp: brief.ramp.map(Spelt),
            code: brief.code.map(Spelt),
            length: brief.length.map(Spelt),
            breadth: brief.breadth.map(Spelt),
            title: brief.title.clone().map(Spelt),
            details: brief.details.iter().map(|(detail, text)| (Spelt(*detail), Spelt(text.clone()))).collect(),
        }
    }
    /// The brief.
    pub fn from_record(self) -> Brief {
        Brief {
            system_type: self.system_type.0,
            system: self.system.0,
            speed: self.speed.0,
            load: self.load.0,
            numbers: self.numbers.map(|text| text.0),
            team: self.team.0,
            language: self.language.map(|text| text.0),
            ramp: self.ramp.map(|ramp| ramp.0),
            code: self.code.map(|code| code.0),
            length: self.length.map(|length| length.0),
            breadth: self.breadth.map(|breadth| breadth.0),
            title: self.title.map(|text| text.0),
            details: self.details.into_iter().map(|(detail, text)| (detail.0, text.0)).collect(),
        }
    }
}

/// An [`Acknowledged`] warning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgedRecord {
    rule: String,
    words: u64,
    reason: Spelt<Text>,
}

impl AcknowledgedRecord {
    /// The stored form.
    pub fn into_record(one: &Acknowledged) -> Self {
        AcknowledgedRecord { rule: one.rule.clone(), words: one.words, reason: Spelt(one.reason.clone()) }
    }
    /// The acknowledged warning.
    pub fn from_record(self) -> Acknowledged {
        Acknowledged { rule: self.rule, words: self.words, reason: self.reason.0 }
    }
}

/// A [`Shown`] revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownRecord {
    revision: u32,
    candidate: u32,
    brief: BriefRecord,
    title: String,
    sentences: [String; 3],
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    acknowledged: Vec<AcknowledgedRecord>,
    posted_at: Spelt<Timestamp>,
}

impl ShownRecord {
    /// The stored form.
    pub fn into_record(shown: &Shown) -> Self {
        ShownRecord {
            revision: shown.revision.0,
            candidate: shown.candidate,
            brief: BriefRecord::into_record(&shown.brief),
            title: shown.title.clone(),
            sentences: shown.sentences.clone(),
            acknowledged: shown.acknowledged.iter().map(AcknowledgedRecord::into_record).collect(),
            posted_at: Spelt(shown.posted_at),
        }
    }
    /// The revision.
    pub fn from_record(self) -> Shown {
        Shown {
            revision: Revision(self.revision),
            candidate: self.candidate,
            brief: self.brief.from_record(),
            title: self.title,
            sentences: self.sentences,
            acknowledged: self.acknowledged.into_iter().map(AcknowledgedRecord::from_record).collect(),
            posted_at: self.posted_at.0,
        }
    }
}
