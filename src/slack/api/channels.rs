//! Channels, who is in them, what was said in them, and how it was received.

use serde_json::{Map, Value, json};

use super::{ApiFailure, Channel, ReactedMessage, SlackApi, Trouble};
use crate::domain::ids::{ChannelId, MessageTs, TeamId, UserId};
use crate::slack::node::Node;
use crate::slack::payload::Message;

/// Pages of a list that are read at most; each is one call.
const MOST_PAGES: usize = 50;
/// Entries of a page that are asked for.
const PAGE: usize = 200;

impl SlackApi {
    /// `conversations.info`.
    pub async fn conversations_info(&self, channel: &ChannelId) -> Result<Channel, ApiFailure> {
        const METHOD: &str = "conversations.info";
        let answer = self.call(METHOD, json!({ "channel": channel.as_str() })).await?;
        Channel::of(Node::of(&answer).at("channel"))
            .ok_or_else(|| ApiFailure::after_sending(METHOD, Trouble::Undecodable))
    }

    /// `conversations.list`: channels, public ones and those the bot is in, without archived ones.
    pub async fn conversations_list(&self, team: Option<&TeamId>) -> Result<Vec<Channel>, ApiFailure> {
        let body = json!({
            "types": "public_channel,private_channel",
            "exclude_archived": true,
            "team_id": team.map(TeamId::as_str),
        });
        self.pages("conversations.list", body, "channels", Channel::of).await
    }

    /// `conversations.members`.
    pub async fn conversations_members(&self, channel: &ChannelId) -> Result<Vec<UserId>, ApiFailure> {
        let body = json!({ "channel": channel.as_str() });
        self.pages("conversations.members", body, "members", |member| member.parsed()).await
    }

    /// `conversations.open`: the direct message with that person, which may have existed before.
    pub async fn conversations_open(&self, user: &UserId) -> Result<ChannelId, ApiFailure> {
        const METHOD: &str = "conversations.open";
        let answer = self.call(METHOD, json!({ "users": user.as_str() })).await?;
        let channel = Node::of(&answer).at("channel").at("id").parsed();
        channel.ok_or_else(|| ApiFailure::after_sending(METHOD, Trouble::Undecodable))
    }

    /// `conversations.history`: the newest messages after `oldest`, with their marks, at most `limit` of 1 to 999.
    pub async fn conversations_history(
        &self,
        channel: &ChannelId,
        oldest: Option<&MessageTs>,
        limit: u16,
    ) -> Result<Vec<Message>, ApiFailure> {
        let body = json!({
            "channel": channel.as_str(),
            "oldest": oldest.map(MessageTs::as_str),
            "limit": limit,
            "include_all_metadata": true,
        });
        self.messages("conversations.history", channel, body).await
    }

    /// `conversations.replies`: a thread from its first message on, with marks, at most `limit` of 1 to 999.
    pub async fn conversations_replies(
        &self,
        channel: &ChannelId,
        thread: &MessageTs,
        oldest: Option<&MessageTs>,
        limit: u16,
    ) -> Result<Vec<Message>, ApiFailure> {
        let body = json!({
            "channel": channel.as_str(),
            "ts": thread.as_str(),
            "oldest": oldest.map(MessageTs::as_str),
            "limit": limit,
            "include_all_metadata": true,
        });
        self.messages("conversations.replies", channel, body).await
    }

    async fn messages(&self, method: &str, channel: &ChannelId, body: Value) -> Result<Vec<Message>, ApiFailure> {
        let answer = self.call(method, body).await?;
        let messages = Node::of(&answer).at("messages");
        if !messages.is_list() {
            return Err(ApiFailure::after_sending(method, Trouble::Undecodable));
        }
        let read = messages.list(1000).map(|message| Message::of(message, channel.clone(), message.at("ts")));
        Ok(read.filter_map(Result::ok).collect())
    }

    /// `reactions.get`, with every person named.
    pub async fn reactions_get(&self, channel: &ChannelId, ts: &MessageTs) -> Result<ReactedMessage, ApiFailure> {
        const METHOD: &str = "reactions.get";
        let body = json!({ "channel": channel.as_str(), "timestamp": ts.as_str(), "full": true });
        let answer = self.call(METHOD, body).await?;
        let message = Node::of(&answer).at("message");
        // No message is not one without reactions: approvals would be taken back by it.
        if message.raw().is_object() {
            Ok(ReactedMessage::of(message))
        } else {
            Err(ApiFailure::after_sending(METHOD, Trouble::Undecodable))
        }
    }

    /// All pages of a list, one call after the other. Entries that make no sense are left out; a list that never ends is cut.
    pub(super) async fn pages<T>(
        &self,
        method: &str,
        body: Value,
        list: &str,
        entry: impl for<'a> Fn(Node<'a>) -> Option<T>,
    ) -> Result<Vec<T>, ApiFailure> {
        let mut fields = match body {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        fields.insert("limit".to_owned(), PAGE.into());
        let mut entries = Vec::new();
        for _page in 0..MOST_PAGES {
            let answer = self.call(method, Value::Object(fields.clone())).await?;
            let answer = Node::of(&answer);
            if !answer.at(list).is_list() {
                return Err(ApiFailure::after_sending(method, Trouble::Undecodable));
            }
            entries.extend(answer.at(list).list(10 * PAGE).filter_map(&entry));
            match answer.at("response_metadata").at("next_cursor").string() {
                Some(cursor) => fields.insert("cursor".to_owned(), cursor.into()),
                None => return Ok(entries),
            };
        }
        tracing::warn!(api.method = method, pages = MOST_PAGES, "a list was longer than is read");
        Ok(entries)
    }
}
