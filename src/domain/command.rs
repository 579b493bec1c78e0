//! What anybody can wish of a scope: the closed list that `decide` answers.

use std::collections::BTreeSet;

use super::answers::{Answer, Text};
use super::approval::{ChangeAsked, Mark};
use super::draft::{Candidate, Save};
use super::ids::{ChannelId, MessageTs, Revision, SlackTime, UserId, WindowId};
use super::life::Step;
use super::person::{PersonKind, Presence};
use super::posting::{Hindrance, Piece};
use super::scope::DueKind;

/// A wish. Who wishes is part of it; whether they may is decided here, never where it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// A fresh scope begins with what the command's text said.
    Start {
        /// Answers read from the text.
        given: Vec<Answer>,
        /// Language words kept for the last question.
        parked: Vec<String>,
        /// The window being opened.
        window: WindowId,
        /// Slack's time of the command, or its arrival.
        at: SlackTime,
    },
    /// A form is opened on a draft that exists.
    Open {
        /// Who opens it.
        by: UserId,
        /// The window being opened.
        window: WindowId,
        /// When.
        at: SlackTime,
    },
    /// An edit of a posted scope is begun, or gone on with.
    Edit {
        /// Who edits.
        by: UserId,
        /// The window being opened.
        window: WindowId,
        /// When.
        at: SlackTime,
    },
    /// A window reports what it shows.
    Save {
        /// Who types.
        by: UserId,
        /// The report.
        save: Save,
    },
    /// An answer is replaced on the manager's behalf: the form beneath is to show it.
    Mend {
        /// Who accepted it.
        by: UserId,
        /// The window whose form is to show it.
        window: WindowId,
        /// The answer.
        answer: Answer,
        /// When.
        at: SlackTime,
    },
    /// The form is drawn anew, in new blocks, so that it shows what the draft holds.
    Renew {
        /// Whose form.
        by: UserId,
        /// The window it becomes.
        window: WindowId,
        /// The generation of the blocks that the window shows now, perhaps those of another scope.
        above: u32,
        /// When.
        at: SlackTime,
    },
    /// The review is shown.
    Review {
        /// Who looks.
        by: UserId,
        /// What it shows.
        candidate: Box<Candidate>,
    },
    /// Post what the review showed.
    Post {
        /// Who posts.
        by: UserId,
        /// The number of the candidate on their screen.
        candidate: u32,
        /// Given when they ticked "on purpose".
        on_purpose: Option<Text>,
        /// The hiring channel.
        channel: ChannelId,
    },
    /// Post again what could not be delivered.
    PostAgain {
        /// Who asks.
        by: UserId,
    },
    /// Somebody approves or takes it back.
    Mark(Mark),
    /// The directory now holds this person: decide their waiting marks.
    Learnt(UserId),
    /// Somebody asks for changes.
    AskForChanges {
        /// Who.
        by: UserId,
        /// What is ticked.
        ticks: BTreeSet<ChangeAsked>,
        /// In words.
        comment: Option<Text>,
        /// Of the revision that they read; `None` where the window does not say.
        revision: Option<Revision>,
    },
    /// What stands in the way of an approval now, as far as is known.
    Hindered(BTreeSet<Hindrance>),
    /// Slack will not say who this is: their waiting marks can never be decided.
    Unknowable(UserId),
    /// Something is done with the search.
    Step {
        /// Who.
        by: UserId,
        /// What.
        step: Step,
    },
    /// The author passes the scope on.
    HandOver {
        /// Who.
        by: UserId,
        /// To whom.
        to: UserId,
        /// What the directory says of them.
        kind: Option<PersonKind>,
    },
    /// Somebody takes over the scope of an author who has left.
    TakeOver {
        /// Who.
        by: UserId,
        /// What the directory says of them.
        kind: Option<PersonKind>,
        /// What it says of the author.
        author: Option<PersonKind>,
    },
    /// Slack tells that the author has left, or is back.
    AuthorSeen(Presence),
    /// A draft that would expire is kept.
    Keep {
        /// Who.
        by: UserId,
    },
    /// The draft or edit is thrown away.
    Discard {
        /// Who.
        by: UserId,
    },
    /// Something falls due.
    Due(DueKind),
    /// The reminder of approvers falls due: these are they, as far as the directory knows.
    Nudge(Vec<UserId>),
    /// The outbox reports.
    Delivered(Delivered),
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered {
    /// A kept message stands in Slack.
    Shown {
        /// Which.
        piece: Piece,
        /// Where.
        channel: ChannelId,
        /// Its `ts`.
        ts: MessageTs,
        /// The revision it shows.
        revision: Revision,
    },
    /// Whether Slack took it is not known.
    InDoubt(Piece),
    /// Slack refuses it for good.
    Failed {
        /// Which.
        piece: Piece,
        /// Slack's own word.
        why: String,
    },
    /// A twin says that it is superseded, or can no longer be told to.
    Superseded(MessageTs),
    /// A twin is no more.
    TwinGone(MessageTs),
    /// A message that stood is no more.
    Deleted {
        /// Where.
        channel: ChannelId,
        /// Its `ts`.
        ts: MessageTs,
    },
    /// Slack told when it showed a revision: by its event of the update, or by the note that followed it.
    Fence {
        /// The revision.
        revision: Revision,
        /// Slack's time.
        at: SlackTime,
    },
    /// A note, direct message or quiet word could not be delivered. Slack's own word.
    Dropped(String),
}
