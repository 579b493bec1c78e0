//! The answer to whoever sent something: what an acknowledgement carries.

use super::screen::Screen;
use crate::domain::answers::Question;
use crate::domain::document::Document;

/// What the acknowledgement carries. A pure function of the intent and the stored scope, so that a duplicate is
/// answered as the first was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Nothing: received.
    Done,
    /// Not received: repeat it. For events; a person gets words instead.
    NotNow,
    /// A message that only they see. Answers a command.
    Message(Document),
    /// Answers a submission: this window on top.
    Push(Box<Screen>),
    /// Answers a submission: this window instead.
    Update(Box<Screen>),
    /// Answers a submission: all windows close.
    CloseAll,
    /// Answers a submission: the window stays, with a sentence beside each of these fields.
    Errors(Vec<(Field, String)>),
}

/// A field that an error stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// An answer's.
    Answer(Question),
    /// The tick "on purpose".
    OnPurpose,
    /// The reason beside it.
    Reason,
    /// The hiring channel.
    Channel,
    /// The comment of "Ask for changes".
    Comment,
    /// Who goes on with a scope.
    Person,
}
