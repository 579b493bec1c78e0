//! Channels and how Slack shows them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Message;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    Public,
    Private,
    Dm,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Channel {
    pub id: String,
    pub name: String,
    pub kind: ChannelKind,
    /// Shared with another company (Slack Connect).
    pub shared: bool,
    pub archived: bool,
    pub members: BTreeSet<String>,
    pub topic: String,
    pub created: i64,
    /// The person of a direct channel with the app.
    pub with: Option<String>,
    /// All messages, thread replies and ephemeral ones included, in order of time.
    pub messages: Vec<Message>,
    /// How far each person has read.
    pub read: BTreeMap<String, String>,
    pub previous_names: Vec<String>,
}

impl Channel {
    #[must_use]
    pub fn named(id: &str, name: &str, kind: ChannelKind, now: Timestamp) -> Channel {
        Channel {
            id: id.to_owned(),
            name: name.to_owned(),
            kind,
            shared: false,
            archived: false,
            members: BTreeSet::new(),
            topic: String::new(),
            created: now.as_second(),
            with: None,
            messages: Vec::new(),
            read: BTreeMap::new(),
            previous_names: Vec::new(),
        }
    }

    #[must_use]
    pub fn direct(id: &str, person: &str, bot: &str, now: Timestamp) -> Channel {
        let mut channel = Channel::named(id, "", ChannelKind::Dm, now);
        channel.with = Some(person.to_owned());
        channel.members = [person.to_owned(), bot.to_owned()].into();
        channel
    }

    #[must_use]
    pub fn is_dm(&self) -> bool {
        self.kind == ChannelKind::Dm
    }

    #[must_use]
    pub fn has(&self, person: &str) -> bool {
        self.members.contains(person)
    }

    /// `channels`, `groups` or `im`: the first half of the scopes that read it.
    #[must_use]
    pub fn scope_family(&self) -> &'static str {
        match self.kind {
            ChannelKind::Public => "channels",
            ChannelKind::Private => "groups",
            ChannelKind::Dm => "im",
        }
    }

    /// `channel`, `group`, `im`: as `channel_type` in message events.
    #[must_use]
    pub fn event_type(&self) -> &'static str {
        match self.kind {
            ChannelKind::Public => "channel",
            ChannelKind::Private => "group",
            ChannelKind::Dm => "im",
        }
    }

    /// `C`, `G` or `D`: as `channel_type` in membership events.
    #[must_use]
    pub fn letter(&self) -> &'static str {
        match self.kind {
            ChannelKind::Public => "C",
            ChannelKind::Private => "G",
            ChannelKind::Dm => "D",
        }
    }

    /// The message of that time which is no ephemeral one.
    #[must_use]
    pub fn message(&self, ts: &str) -> Option<&Message> {
        self.messages.iter().find(|message| message.ts == ts && message.only_for.is_none())
    }

    pub fn message_mut(&mut self, ts: &str) -> Option<&mut Message> {
        self.messages.iter_mut().find(|message| message.ts == ts)
    }

    /// What an app sees of replies to a message.
    #[must_use]
    pub fn replies(&self, ts: &str) -> Vec<&Message> {
        self.messages.iter().filter(|reply| reply.is_reply_to(ts) && reply.only_for.is_none()).collect()
    }

    /// The `channel` object. Source: docs.slack.dev/reference/methods/conversations.info.
    #[must_use]
    pub fn to_slack(&self, team: &str, viewer: &str) -> Value {
        if self.is_dm() {
            return json!({
                "id": self.id, "created": self.created, "is_archived": false, "is_im": true, "is_org_shared": false,
                "context_team_id": team, "user": self.with, "is_open": true, "priority": 0, "is_user_deleted": false,
            });
        }
        json!({
            "id": self.id, "name": self.name, "name_normalized": self.name, "is_channel": self.kind == ChannelKind::Public,
            "is_group": self.kind == ChannelKind::Private, "is_im": false, "is_mpim": false,
            "is_private": self.kind == ChannelKind::Private, "created": self.created, "is_archived": self.archived,
            "is_general": self.name == "general", "unlinked": 0, "is_shared": self.shared, "is_org_shared": false,
            "is_ext_shared": self.shared, "is_pending_ext_shared": false, "pending_shared": [], "context_team_id": team,
            "shared_team_ids": if self.shared { json!([team, "T0PARTNER"]) } else { json!([team]) },
            "creator": "U0DEMOMARA", "is_member": self.has(viewer), "previous_names": self.previous_names,
            "topic": {"value": self.topic, "creator": "", "last_set": 0}, "purpose": {"value": "", "creator": "", "last_set": 0},
        })
    }
}
