//! Messages and how Slack shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::values::Values;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// Without colons; a skin tone appended as Slack does (`+1::skin-tone-3`).
    pub name: String,
    pub users: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Message {
    pub ts: String,
    pub thread_ts: Option<String>,
    pub user: String,
    /// Set when the app said it.
    pub bot_id: Option<String>,
    pub text: String,
    pub blocks: Vec<Value>,
    pub attachments: Vec<Value>,
    pub metadata: Option<Value>,
    /// Time of the last edit.
    pub edited: Option<String>,
    pub reactions: Vec<Reaction>,
    /// The one person who sees an ephemeral message.
    pub only_for: Option<String>,
    /// Shown to whoever pressed something here and got no acknowledgement.
    pub failures: BTreeMap<String, String>,
    /// What each person has set in the stateful elements of this message.
    pub values: BTreeMap<String, Values>,
    pub subtype: Option<String>,
}

impl Message {
    #[must_use]
    pub fn of(ts: String, user: &str, text: &str) -> Message {
        Message {
            ts,
            thread_ts: None,
            user: user.to_owned(),
            bot_id: None,
            text: text.to_owned(),
            blocks: Vec::new(),
            attachments: Vec::new(),
            metadata: None,
            edited: None,
            reactions: Vec::new(),
            only_for: None,
            failures: BTreeMap::new(),
            values: BTreeMap::new(),
            subtype: None,
        }
    }

    #[must_use]
    pub fn is_reply_to(&self, ts: &str) -> bool {
        self.thread_ts.as_deref() == Some(ts) && self.ts != ts
    }

    /// Whether it stands in the channel itself and not in a thread.
    #[must_use]
    pub fn is_top(&self) -> bool {
        self.thread_ts.as_ref().is_none_or(|thread| *thread == self.ts)
    }

    #[must_use]
    pub fn is_seen_by(&self, person: &str) -> bool {
        self.only_for.as_deref().is_none_or(|only| only == person)
    }

    pub fn react(&mut self, name: &str, user: &str) -> Changed {
        if let Some(reaction) = self.reactions.iter_mut().find(|reaction| reaction.name == name) {
            if reaction.users.iter().any(|who| who == user) {
                return Changed::No;
            }
            reaction.users.push(user.to_owned());
        } else {
            self.reactions.push(Reaction { name: name.to_owned(), users: vec![user.to_owned()] });
        }
        Changed::Yes
    }

    pub fn unreact(&mut self, name: &str, user: &str) -> Changed {
        let Some(reaction) = self.reactions.iter_mut().find(|reaction| reaction.name == name) else {
            return Changed::No;
        };
        let before = reaction.users.len();
        reaction.users.retain(|who| who != user);
        let changed = if reaction.users.len() == before { Changed::No } else { Changed::Yes };
        self.reactions.retain(|reaction| !reaction.users.is_empty());
        changed
    }

    /// The `message` object. Source: docs.slack.dev/reference/events/message and methods/conversations.history.
    #[must_use]
    pub fn to_slack(&self, shown: &Shown<'_>) -> Value {
        let mut out = Map::new();
        out.insert("type".into(), json!("message"));
        if let Some(subtype) = &self.subtype {
            out.insert("subtype".into(), json!(subtype));
        }
        out.insert("user".into(), json!(self.user));
        out.insert("text".into(), json!(self.text));
        out.insert("ts".into(), json!(self.ts));
        out.insert("team".into(), json!(shown.team));
        if let Some(bot) = &self.bot_id {
            out.insert("bot_id".into(), json!(bot));
            out.insert("app_id".into(), json!(shown.app));
        }
        if !self.blocks.is_empty() {
            out.insert("blocks".into(), json!(self.blocks));
        }
        if !self.attachments.is_empty() {
            out.insert("attachments".into(), json!(self.attachments));
        }
        if let Some(edited) = &self.edited {
            out.insert("edited".into(), json!({"user": self.user, "ts": edited}));
        }
        if let Some(thread) = &self.thread_ts {
            out.insert("thread_ts".into(), json!(thread));
        }
        if !self.reactions.is_empty() {
            out.insert("reactions".into(), self.reactions_to_slack());
        }
        if shown.metadata == WithMetadata::Yes
            && let Some(metadata) = &self.metadata
        {
            out.insert("metadata".into(), metadata.clone());
        }
        Value::Object(out)
    }

    #[must_use]
    pub fn reactions_to_slack(&self) -> Value {
        self.reactions
            .iter()
            .map(|each| json!({"name": each.name, "users": each.users, "count": each.users.len()}))
            .collect()
    }
}

/// Whether something changed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    Yes,
    No,
}

/// What a message object says about its surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    pub team: &'a str,
    pub app: &'a str,
    pub metadata: WithMetadata,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithMetadata {
    Yes,
    No,
}
