//! What has to be said or asked, committed with the state that caused it and done by the outbox.

use std::collections::BTreeSet;

use super::answers::Text;
use super::approval::{ChangeAsked, NotCounted};
use super::ids::{ChannelId, MessageTs, Revision, UserId};
use super::life::Step;
use super::posting::{Hindrance, Piece};
use super::scope::Axis;

/// One thing to do after the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make a message equal to the scope as it is when sent. A waiting one absorbs a later one.
    Refresh(Piece),
    /// Say in a twin of the summary that it is superseded, and where the summary is.
    Supersede(MessageTs),
    /// Say something in the summary's thread. Never merged.
    Note(Note),
    /// Say something to one person in a direct message. Never merged.
    Dm(UserId, Dm),
    /// Tell somebody quietly, in the channel, why their attempt does not count. Tried once.
    QuietWord(UserId, NotCounted),
    /// Take the text out of a message of ours, whose scope has been deleted.
    Retract(ChannelId, MessageTs),
    /// Ask Slack who somebody is; the answer decides the marks that wait.
    Learn(UserId),
}

impl Effect {
    /// Whether it is for this person, or in their words.
    pub fn concerns(&self, person: &UserId) -> bool {
        match self {
            Effect::Note(Note::ChangesAsked(asked)) => asked.by == *person,
            Effect::Note(Note::Stepped(stepped)) => stepped.by == *person,
            Effect::Dm(to, Dm::ChangesAsked(asked)) => to == person || asked.by == *person,
            Effect::Dm(to, Dm::Stepped(stepped)) => to == person || stepped.by == *person,
            Effect::Dm(to, _) | Effect::QuietWord(to, _) | Effect::Learn(to) => to == person,
            Effect::Refresh(_) | Effect::Supersede(_) | Effect::Note(_) | Effect::Retract(..) => false,
        }
    }
}

/// What a thread note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Somebody's approval counts now.
    Approved(Counted),
    /// Somebody's approval counts no longer.
    Withdrawn(Counted),
    /// Somebody asks for changes.
    ChangesAsked(ChangesAsked),
    /// A new revision is shown.
    Revised(Revised),
    /// Something was done with the search.
    Stepped(Stepped),
    /// The scope is somebody else's now.
    Passed(Passed),
    /// Its author has left.
    AuthorLeft(UserId),
}

/// Something done with the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stepped {
    /// By whom.
    pub by: UserId,
    /// What.
    pub step: Step,
}

/// A scope handed over, or taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Whose it was.
    pub from: UserId,
    /// Whose it is.
    pub to: UserId,
    /// Approvals of the new author that stood: nobody approves their own.
    pub voided: u32,
    /// Which of the two.
    pub how: Passing,
}

/// How a scope came to another author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passing {
    /// Its author handed it over.
    HandedOver,
    /// Its author has left, and somebody took it over.
    TakenOver,
}

/// An approval, given or taken back, and how many stand after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Whose.
    pub by: UserId,
    /// Approvals that stand now.
    pub given: u32,
    /// Approvals needed.
    pub quorum: u32,
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
    /// Approvals that stood before it.
    pub approvals: u32,
}

/// What a direct message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dm {
    /// To the author: it is posted, and this is what people read.
    Posted,
    /// To the author: an approval counts.
    Approved(Counted),
    /// To the author: an approval was taken back.
    Withdrawn(Counted),
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
    /// To the author: something stands in the way of an approval.
    Hindered(Hindrance),
    /// To the author and whoever has it: something was done with the search.
    Stepped(Stepped),
    /// To the new author, and whoever has it.
    Passed(Passed),
    /// To an approver: a scope waits. A reminder.
    Nudge,
    /// To the author and whoever has it: somebody starts in a week. A reminder.
    BeforeStart,
}

impl Dm {
    /// Whether it is said to remind somebody: not said to those who wish for no reminders.
    pub fn is_reminder(&self) -> bool {
        matches!(self, Dm::Expiring | Dm::Nudge | Dm::BeforeStart)
    }
}
