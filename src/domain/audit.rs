//! What happened to a scope, for those who may ask later: who, when, which revision. Ids only, never typed text.

use std::borrow::Cow;

use super::approval::{NotCounted, Source};
use super::ids::{Revision, Timestamp, UserId};
use super::life::StepKind;
use super::person::Presence;

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
    /// Something was done with the search.
    Stepped(StepKind),
    /// The author handed the scope over to this person.
    HandedOver(UserId),
    /// The scope was taken over from this person, who has left.
    TookOver(UserId),
    /// Slack told that the author has left, or is back.
    AuthorSeen(Presence),
    /// The approvers were reminded.
    Nudged,
    /// It was deleted with all that was its author's.
    Erased,
    /// Filled or closed long ago: its texts were deleted.
    Lapsed,
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
            Deed::Stepped(step) => step.key(),
            Deed::HandedOver(_) => "handed_over",
            Deed::TookOver(_) => "took_over",
            Deed::AuthorSeen(Presence::Left) => "author_left",
            Deed::AuthorSeen(Presence::Here) => "author_back",
            Deed::Nudged => "nudged",
            Deed::Erased => "erased",
            Deed::Lapsed => "lapsed",
            Deed::Refused(_) => "refused",
            Deed::NotDelivered(_) => "not_delivered",
        }
    }
}
