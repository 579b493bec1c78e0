//! A row of the audit.

use serde::{Deserialize, Serialize};

use crate::domain::approval::{NotCounted, Source};
use crate::domain::audit::{AuditRow, Deed};
use crate::domain::ids::{Revision, Timestamp, UserId};
use crate::domain::life::StepKind;
use crate::domain::person::Presence;

use super::spelt::Spelling;
use super::{Nonsense, Record, Spelt};

/// An [`AuditRow`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRecord {
    at: Spelt<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Spelt<UserId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    /// [`Deed::key`].
    deed: String,
    /// What the deed is about: a rule, a source, a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<String>,
}

impl Record for AuditRecord {
    const KIND: &'static str = "audit row";
    const SCHEMA: u16 = 1;
}

impl AuditRecord {
    /// The stored form.
    pub fn into_record(row: &AuditRow) -> Self {
        let about = match &row.deed {
            Deed::Overrode(rule) => Some(rule.clone()),
            Deed::Approved(source) | Deed::Withdrew(source) => Some(source.spell().into_owned()),
            Deed::NotCounted(why) => Some(why.key().to_owned()),
            Deed::HandedOver(who) | Deed::TookOver(who) => Some(who.to_string()),
            Deed::Refused(refusal) => Some(refusal.clone().into_owned()),
            Deed::NotDelivered(why) => Some(why.clone()),
            Deed::Started
            | Deed::Posted
            | Deed::QuorumReached
            | Deed::QuorumLost
            | Deed::AskedForChanges
            | Deed::EditBegun
            | Deed::Discarded
            | Deed::Stepped(_)
            | Deed::AuthorSeen(_)
            | Deed::Nudged
            | Deed::Expired
            | Deed::Erased
            | Deed::Lapsed => None,
        };
        AuditRecord {
            at: Spelt(row.at),
            by: row.by.clone().map(Spelt),
            revision: row.revision.map(|revision| revision.0),
            deed: row.deed.key().to_owned(),
            about,
        }
    }
    /// What the deed is about.
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }
    /// The row.
    pub fn from_record(record: Self) -> Result<AuditRow, Nonsense> {
        let about = record.about;
        let word = || about.clone().ok_or(Nonsense("what a deed is about"));
        let who = || about.as_deref().and_then(UserId::read).ok_or(Nonsense("a person"));
        let source = || about.as_deref().and_then(Source::read).ok_or(Nonsense("a source of approval"));
        let deed = match record.deed.as_str() {
            "started" => Deed::Started,
            "posted" => Deed::Posted,
            "overrode" => Deed::Overrode(word()?),
            "approved" => Deed::Approved(source()?),
            "withdrew" => Deed::Withdrew(source()?),
            "not_counted" => {
                Deed::NotCounted(about.as_deref().and_then(NotCounted::read).ok_or(Nonsense("a reason not to count"))?)
            }
            "quorum_reached" => Deed::QuorumReached,
            "quorum_lost" => Deed::QuorumLost,
            "asked_for_changes" => Deed::AskedForChanges,
            "edit_begun" => Deed::EditBegun,
            "discarded" => Deed::Discarded,
            "expired" => Deed::Expired,
            "handed_over" => Deed::HandedOver(who()?),
            "took_over" => Deed::TookOver(who()?),
            "author_left" => Deed::AuthorSeen(Presence::Left),
            "author_back" => Deed::AuthorSeen(Presence::Here),
            "nudged" => Deed::Nudged,
            "erased" => Deed::Erased,
            "lapsed" => Deed::Lapsed,
            "refused" => Deed::Refused(word()?.into()),
            "not_delivered" => Deed::NotDelivered(word()?),
            step => Deed::Stepped(StepKind::from_key(step).ok_or(Nonsense("a known deed"))?),
        };
        Ok(AuditRow { at: record.at.0, by: record.by.map(|by| by.0), revision: record.revision.map(Revision), deed })
    }
}
