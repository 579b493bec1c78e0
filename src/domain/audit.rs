//! What happened to a scope, for those who may ask later: who, when, which revision. Ids only, never typed text.

use std::borrow::Cow;

use super::approval::{NotCounted, Source};
use super::ids::{Revision, Timestamp, UserId};

/// One row; rows are never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// When it was decided.
    pub at: Timestamp,
    /// Who did it; `None` for the bot itself.
    pub by: Option<UserId>,
    /// The revision concerned.
    pub revision: Option<Revision>,
    /// What.
    pub deed: Deed,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A draft was started.
    Started,
    /// A revision was posted.
    Posted,
    /// A warning was overridden at posting; the rule's key.
    Overrode(String),
    /// A mark was made and counts.
    Approved(Source),
    /// A mark was taken back.
    Withdrew(Source),
    /// An attempt did not count.
    NotCounted(NotCounted),
    /// The quorum was reached.
    QuorumReached,
    /// The quorum was lost.
    QuorumLost,
    /// Changes were asked for.
    AskedForChanges,
    /// An edit was begun.
    EditBegun,
    /// The draft or edit was discarded.
    Discarded,
    /// The draft expired.
    Expired,
    /// It was deleted with all that was its author's.
    Erased,
    /// Something was refused; the refusal's key.
    Refused(Cow<'static, str>),
    /// A message could not be delivered; Slack's own word.
    NotDelivered(String),
}

impl Deed {
    /// The key in stores and exports.
    pub fn key(&self) -> &'static str {
        match self {
            Deed::Started => "started",
            Deed::Posted => "posted",
            Deed::Overrode(_) => "overrode",
            Deed::Approved(_) => "approved",
            Deed::Withdrew(_) => "withdrew",
            Deed::NotCounted(_) => "not_counted",
            Deed::QuorumReached => "quorum_reached",
            Deed::QuorumLost => "quorum_lost",
            Deed::AskedForChanges => "asked_for_changes",
            Deed::EditBegun => "edit_begun",
            Deed::Discarded => "discarded",
            Deed::Expired => "expired",
            Deed::Erased => "erased",
            Deed::Refused(_) => "refused",
            Deed::NotDelivered(_) => "not_delivered",
        }
    }
}
