//! Putting messages into channels, changing and removing them, reacting: shared by the methods of the app and the deeds of people.

use jiff::Timestamp;
use serde_json::Value;

use super::super::engine::World;
use super::Args;
use crate::simulator::delivery::{Joined, MessageChange};
use crate::simulator::rules::limit;
use crate::simulator::state::values::{Values, values_of, with_ids};
use crate::simulator::state::{Changed, Message};

/// `&`, `<` and `>` as Slack stores them.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl World {
    /// A message of the app from the arguments of a call, not yet anywhere.
    pub fn message_of(&mut self, now: Timestamp, args: &Args) -> Message {
        let text = args.text("text").or_else(|| args.text("markdown_text")).unwrap_or_default();
        let text: String = text.chars().take(limit("text_truncated_above")).collect();
        let ts = self.state.next_ts(now);
        let mut message = Message::of(ts, &self.state.app.bot_user.clone(), &text);
        message.bot_id = Some(self.state.app.bot_id.clone());
        message.blocks = self.blocks_of(args);
        message.attachments = args.value("attachments").and_then(Value::as_array).cloned().unwrap_or_default();
        message.metadata =
            args.value("metadata").filter(|data| data.as_object().is_some_and(|data| !data.is_empty())).cloned();
        message
    }

    pub fn blocks_of(&mut self, args: &Args) -> Vec<Value> {
        let blocks = args.value("blocks").and_then(Value::as_array).cloned().unwrap_or_default();
        with_ids(&blocks, &mut self.chance)
    }

    /// Posts it; its time.
    pub fn post(&mut self, now: Timestamp, channel: &str, message: Message) -> String {
        let ts = message.ts.clone();
        if let Some(place) = self.state.channels.get_mut(channel) {
            place.messages.push(message.clone());
        }
        if message.only_for.is_none() {
            self.emit_message(now, channel, &message, MessageChange::Posted);
            if message.metadata.is_some() {
                self.emit_metadata(now, "message_metadata_posted", channel, &message, None);
            }
        }
        ts
    }

    /// Replaces what the message of that time says.
    pub fn rewrite(&mut self, now: Timestamp, channel: &str, ts: &str, with: Rewrite) {
        let edited = self.state.next_ts(now);
        let Some(message) = self.state.channels.get_mut(channel).and_then(|place| place.message_mut(ts)) else {
            return;
        };
        let before = message.clone();
        message.text = with.text;
        message.blocks = with.blocks;
        if let Some(attachments) = with.attachments {
            message.attachments = attachments;
        }
        if let Some(metadata) = with.metadata {
            message.metadata = metadata.as_object().is_some_and(|data| !data.is_empty()).then_some(metadata);
        }
        message.edited = Some(edited);
        message.failures.clear();
        let kept: Vec<(String, Values)> = message
            .values
            .iter()
            .map(|(person, values)| (person.clone(), values_of(&message.blocks, values)))
            .collect();
        message.values = kept.into_iter().collect();
        let after = message.clone();
        if after.only_for.is_some() {
            return;
        }
        self.emit_message(now, channel, &after, MessageChange::Changed(&before));
        if before.metadata != after.metadata {
            let kind = match (&before.metadata, &after.metadata) {
                (None, _) => "message_metadata_posted",
                (_, None) => "message_metadata_deleted",
                _ => "message_metadata_updated",
            };
            self.emit_metadata(now, kind, channel, &after, before.metadata.as_ref());
        }
    }

    /// Takes a message away.
    pub fn remove(&mut self, now: Timestamp, channel: &str, ts: &str) {
        let Some(place) = self.state.channels.get_mut(channel) else { return };
        let Some(at) = place.messages.iter().position(|message| message.ts == ts) else { return };
        let gone = place.messages.remove(at);
        if gone.only_for.is_some() {
            return;
        }
        self.emit_message(now, channel, &gone, MessageChange::Deleted);
        if gone.metadata.is_some() {
            let before = gone.metadata.clone();
            let without = Message { metadata: None, ..gone };
            self.emit_metadata(now, "message_metadata_deleted", channel, &without, before.as_ref());
        }
    }

    pub fn react(&mut self, now: Timestamp, person: &str, channel: &str, ts: &str, emoji: &str) -> Changed {
        let message = self.state.channels.get_mut(channel).and_then(|place| place.message_mut(ts));
        let changed = message.map_or(Changed::No, |message| message.react(emoji, person));
        if changed == Changed::Yes {
            self.emit_reaction(now, "reaction_added", person, emoji, channel, ts);
        }
        changed
    }

    pub fn unreact(&mut self, now: Timestamp, person: &str, channel: &str, ts: &str, emoji: &str) -> Changed {
        let message = self.state.channels.get_mut(channel).and_then(|place| place.message_mut(ts));
        let changed = message.map_or(Changed::No, |message| message.unreact(emoji, person));
        if changed == Changed::Yes {
            self.emit_reaction(now, "reaction_removed", person, emoji, channel, ts);
        }
        changed
    }

    /// Somebody comes into a channel or leaves it.
    pub fn move_member(&mut self, now: Timestamp, person: &str, channel: &str, joined: Joined) {
        let Some(place) = self.state.channels.get_mut(channel) else { return };
        let changed = match joined {
            Joined::Yes => place.members.insert(person.to_owned()),
            Joined::No => place.members.remove(person),
        };
        if changed {
            self.emit_membership(now, person, channel, joined);
        }
    }

    #[must_use]
    pub fn permalink(&self, channel: &str, ts: &str) -> String {
        format!("{}/archives/{channel}/p{}", self.base, ts.replace('.', ""))
    }
}

/// What a message says from now on; `None` leaves a part as it is.
pub struct Rewrite {
    pub text: String,
    pub blocks: Vec<Value>,
    pub attachments: Option<Vec<Value>>,
    pub metadata: Option<Value>,
}
