//! What has to be said or asked, committed with the state that caused it and done by the outbox.

use std::collections::BTreeSet;

use super::answers::Text;
use super::approval::{ChangeAsked, NotCounted};
use super::ids::{Revision, UserId};
use super::posting::Piece;
use super::scope::Axis;

/// One thing to do after the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make a message equal to the scope as it is when sent. A waiting one absorbs a later one.
    Refresh(Piece),
    /// Say something in the summary's thread. Never merged.
    Note(Note),
    /// Say something to one person in a direct message. Never merged.
    Dm(UserId, Dm),
    /// Tell somebody quietly, in the channel, why their attempt does not count. Tried once.
    QuietWord(UserId, NotCounted),
    /// Ask Slack who somebody is; the answer decides the marks that wait.
    Learn(UserId),
}

/// What a thread note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The quorum is reached, by these.
    Approved(BTreeSet<UserId>),
    /// It no longer is.
    NoLongerApproved(UserId),
    /// Somebody asks for changes.
    ChangesAsked(ChangesAsked),
    /// A new revision is shown.
    Revised(Revised),
}

/// A wish for changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesAsked {
    /// Who asks.
    pub by: UserId,
    /// What is ticked.
    pub ticks: BTreeSet<ChangeAsked>,
    /// In words.
    pub comment: Option<Text>,
    /// Of which revision.
    pub revision: Revision,
}

/// A new revision and what changed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised {
    /// Which.
    pub revision: Revision,
    /// What changed.
    pub axes: BTreeSet<Axis>,
    /// Who changed it.
    pub by: UserId,
}

/// What a direct message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dm {
    /// To the author: approved, by these.
    Approved(BTreeSet<UserId>),
    /// To the author: no longer approved.
    NoLongerApproved(UserId),
    /// To the author: changes are asked for, with an Edit button.
    ChangesAsked(ChangesAsked),
    /// To the author: the summary could not be posted; nothing is lost. Slack's own word.
    NotPosted(String),
    /// To the author: the draft expires soon.
    Expiring,
    /// To the author: the draft has expired.
    Expired,
    /// To an approver: what you approved has changed; a button approves the new revision.
    Voided(Revised),
}
