//! What the outbox needs done outside: messages said once. Implemented by the Slack room.

use std::time::Duration;

use async_trait::async_trait;

use crate::domain::document::Document;
use crate::domain::ids::{ChannelId, Revision, ScopeId, UserId};
use crate::domain::posting::Piece;
use crate::store::{Place, RowId};

/// A message ready to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it says; its plain form is the fallback text of notifications and screen readers.
    pub document: Document,
    /// How it is recognised in Slack afterwards: goes into the message's metadata.
    pub mark: TraceMark,
}

/// How one of the bot's messages is recognised in Slack: ids only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceMark {
    /// The scope.
    pub scope: ScopeId,
    /// The outbox row.
    pub row: RowId,
    /// The kept message it is; `None` for a note or a direct message.
    pub piece: Option<Piece>,
    /// The revision it shows.
    pub revision: Revision,
}

/// Where a new message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// A channel.
    Channel(ChannelId),
    /// The thread of a message.
    Thread(Place),
    /// One person, in the bot's direct messages.
    Person(UserId),
}

/// Says things in Slack. No pacing and no repeats inside: both are the outbox's.
#[async_trait]
pub trait Mouth: Send + Sync {
    /// Posts a new message. Not to be repeated after [`Failure::InDoubt`] without looking for its trace.
    async fn post(&self, to: &To, message: &Message) -> Result<Place, Failure>;
    /// Replaces one of the bot's own messages; may be repeated.
    async fn update(&self, place: &Place, message: &Message) -> Result<(), Failure>;
    /// Says something that only one person in a channel sees.
    async fn quiet(&self, channel: &ChannelId, person: &UserId, document: &Document) -> Result<(), Failure>;
    /// Looks in the channel's newest history for the message of a row, where reading it is allowed, and says where it
    /// stands and which revision it shows, which may be older than the scope's. `None`: not there, or not allowed.
    async fn find(
        &self,
        to: &To,
        row: RowId,
        since: crate::domain::ids::Timestamp,
    ) -> Result<Option<(Place, Revision)>, Failure>;
    /// Slack's own link to a message.
    async fn link(&self, place: &Place) -> Result<String, Failure>;
}

/// Why something was not said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Slack asks for a pause; surely not done.
    #[error("rate limited for {0:?}")]
    Paused(Duration),
    /// Surely not done; may go through later. The kind of failure.
    #[error("{0}")]
    Passing(String),
    /// Perhaps done: the answer was lost, late or unreadable.
    #[error("in doubt: {0}")]
    InDoubt(String),
    /// Slack refuses, for good. Its own word (`not_in_channel`).
    #[error("{0}")]
    Refused(String),
}
