//! What Slack answers, as far as the bot needs it.

use crate::domain::ids::{ChannelId, EnterpriseId, Home, MessageTs, TeamId, Timestamp, UserId};
use crate::slack::node::Node;

/// `auth.test`: whose token it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The bot's own user.
    pub user: UserId,
    /// The workspace; for an install in a whole organisation the one Slack happens to name.
    pub team: Option<TeamId>,
    /// The organisation.
    pub enterprise: Option<EnterpriseId>,
    /// Installed for the whole organisation.
    pub is_enterprise_install: bool,
    /// The bot, `B…`.
    pub bot: Option<String>,
    /// The workspace's address.
    pub url: Option<String>,
    /// The token's scopes, from the header `x-oauth-scopes`; empty if Slack does not name them.
    pub scopes: Vec<String>,
    /// When Slack said so, from the header `Date`.
    pub said_at: Option<Timestamp>,
}

impl Identity {
    pub(super) fn of(answer: Node<'_>, scopes: Vec<String>, said_at: Option<Timestamp>) -> Option<Self> {
        Some(Identity {
            user: answer.at("user_id").parsed()?,
            team: answer.at("team_id").parsed(),
            enterprise: answer.at("enterprise_id").parsed(),
            is_enterprise_install: answer.at("is_enterprise_install").flag(),
            bot: answer.at("bot_id").string(),
            url: answer.at("url").string(),
            scopes,
            said_at,
        })
    }

    /// The installation, the first part of every key in the store.
    pub fn home(&self) -> Option<Home> {
        match (&self.team, &self.enterprise) {
            (_, Some(enterprise)) if self.is_enterprise_install => Some(Home::Enterprise(enterprise.clone())),
            (Some(team), _) => Some(Home::Team(team.clone())),
            (None, enterprise) => enterprise.clone().map(Home::Enterprise),
        }
    }
}

/// Where a message stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its channel, as Slack names it: a person's id that was posted to became a `D…`.
    pub channel: ChannelId,
    /// Its ts.
    pub ts: MessageTs,
}

impl Posted {
    pub(super) fn of(answer: Node<'_>) -> Option<Self> {
        Some(Posted { channel: answer.at("channel").parsed()?, ts: answer.at("ts").parsed()? })
    }
}

/// A channel as `conversations.info` and `.list` show it. A flag that Slack leaves out is false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Its name, without `#`; direct messages have none.
    pub name: Option<String>,
    /// Closed for writing.
    pub is_archived: bool,
    /// By invitation only.
    pub is_private: bool,
    /// A direct message, with one or several people.
    pub is_direct: bool,
    /// Shared with another company, or about to be.
    pub is_ext_shared: bool,
    /// The bot is in it.
    pub is_member: bool,
}

impl Channel {
    pub(super) fn of(channel: Node<'_>) -> Option<Self> {
        let flag = |name: &str| channel.at(name).flag();
        Some(Channel {
            id: channel.at("id").parsed()?,
            name: channel.at("name").string(),
            is_archived: flag("is_archived"),
            is_private: flag("is_private") || flag("is_group"),
            is_direct: flag("is_im") || flag("is_mpim"),
            is_ext_shared: flag("is_ext_shared") || flag("is_pending_ext_shared"),
            is_member: flag("is_member"),
        })
    }
}

/// A message with its reactions, as `reactions.get` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactedMessage {
    /// Who wrote it.
    pub user: Option<UserId>,
    /// The thread it stands in; a thread's first message may name itself.
    pub thread_ts: Option<MessageTs>,
    /// What its buttons carry, where Slack shows its blocks.
    pub button_values: Vec<String>,
    /// What is reacted with.
    pub reactions: Vec<ReactionCount>,
}

impl ReactedMessage {
    pub(super) fn of(message: Node<'_>) -> Self {
        let elements = message.at("blocks").list(100).flat_map(|block| block.at("elements").list(25));
        ReactedMessage {
            user: message.at("user").parsed(),
            thread_ts: message.at("thread_ts").parsed(),
            button_values: elements.filter_map(|element| element.at("value").string()).collect(),
            reactions: message.at("reactions").list(1000).filter_map(ReactionCount::of).collect(),
        }
    }
}

/// One emoji under a message, as `reactions.get` shows it now: who, not when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactionCount {
    /// The emoji without colons, with its skin tone.
    pub name: String,
    /// Who reacted.
    pub users: Vec<UserId>,
    /// How many did; more than `users` if Slack shortened the list.
    pub count: usize,
}

impl ReactionCount {
    pub(super) fn of(reaction: Node<'_>) -> Option<Self> {
        let users: Vec<UserId> = reaction.at("users").all(10_000);
        let counted = reaction.at("count").whole().and_then(|count| usize::try_from(count).ok());
        Some(ReactionCount { name: reaction.at("name").string()?, count: counted.unwrap_or(users.len()), users })
    }
}
