//! Messages.

use serde_json::{Value, json};

use super::{ApiFailure, Posted, SlackApi, Trouble};
use crate::domain::ids::{ChannelId, MessageTs};
use crate::slack::node::Node;

impl SlackApi {
    /// `chat.postMessage`. Not repeatable: in doubt, look for its trace.
    pub async fn chat_post_message(&self, message: Value) -> Result<Posted, ApiFailure> {
        self.posted("chat.postMessage", message).await
    }

    /// `chat.update`, of a message of the bot's own. A repeat sets the same again.
    pub async fn chat_update(&self, message: Value) -> Result<Posted, ApiFailure> {
        self.posted("chat.update", message).await
    }

    async fn posted(&self, method: &str, message: Value) -> Result<Posted, ApiFailure> {
        let answer = self.call(method, message).await?;
        Posted::of(Node::of(&answer)).ok_or_else(|| ApiFailure::after_sending(method, Trouble::Undecodable))
    }

    /// `chat.postEphemeral`: seen by one person until they reload. Its ts, where Slack gives one, names nothing.
    pub async fn chat_post_ephemeral(&self, message: Value) -> Result<Option<MessageTs>, ApiFailure> {
        let answer = self.call("chat.postEphemeral", message).await?;
        Ok(Node::of(&answer).at("message_ts").parsed())
    }

    /// `chat.getPermalink`: the address of a message.
    pub async fn chat_get_permalink(&self, channel: &ChannelId, ts: &MessageTs) -> Result<String, ApiFailure> {
        const METHOD: &str = "chat.getPermalink";
        let answer = self.call(METHOD, json!({ "channel": channel.as_str(), "message_ts": ts.as_str() })).await?;
        let permalink = Node::of(&answer).at("permalink").string();
        permalink.ok_or_else(|| ApiFailure::after_sending(METHOD, Trouble::Undecodable))
    }
}
