//! A message as events, message shortcuts and history show it, and the machine-readable mark it may carry.

use serde_json::Value;

use crate::domain::ids::{ChannelId, MessageTs, UserId};
use crate::slack::node::Node;

use super::Unreadable;
use super::handles::Typed;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its channel.
    pub channel: ChannelId,
    /// Its name within the channel.
    pub ts: MessageTs,
    /// The thread it stands in.
    pub thread_ts: Option<MessageTs>,
    /// Who wrote it; none for some messages of apps.
    pub user: Option<UserId>,
    /// The bot that wrote it, `B…`.
    pub bot: Option<String>,
    /// The app that wrote it, `A…`.
    pub app: Option<String>,
    /// What kind of message it is, if no plain one: `message_changed`, `message_deleted`, `bot_message`, …
    pub subtype: Option<String>,
    /// Its text, with Slack's own escapes (`&lt;`) as they came.
    pub text: Typed,
    /// Its mark.
    pub metadata: Option<Metadata>,
}

/// A message's mark for machines: whose, and the ids it carries. Any app may have written it, in any shape.
#[derive(Clone, PartialEq, Eq)]
pub struct Metadata {
    /// Its type.
    pub event_type: String,
    /// Its fields.
    pub payload: Value,
}

impl std::fmt::Debug for Metadata {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Another app's payload may hold anything at all.
        write!(f, "Metadata({})", self.event_type)
    }
}

impl Metadata {
    /// Reads a `metadata` object; none if it has no type.
    pub(in crate::slack) fn of(metadata: Node<'_>) -> Option<Self> {
        Some(Metadata { event_type: metadata.at("event_type").string()?, payload: metadata.at("event_payload").raw() })
    }

    /// A field of the payload that is a string.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.payload.get(name).and_then(Value::as_str)
    }
}

impl Message {
    /// Reads a message object, given its channel and where its ts stands.
    pub(in crate::slack) fn of(message: Node<'_>, channel: ChannelId, ts: Node<'_>) -> Result<Self, Unreadable> {
        Ok(Message {
            channel,
            ts: ts.parsed().ok_or(Unreadable::Lacks("message.ts"))?,
            thread_ts: message.at("thread_ts").parsed(),
            user: message.at("user").parsed(),
            bot: message.at("bot_id").string(),
            app: message.at("app_id").string(),
            subtype: message.at("subtype").string(),
            text: Typed::new(message.at("text").string().unwrap_or_default()),
            metadata: Metadata::of(message.at("metadata")),
        })
    }
}
