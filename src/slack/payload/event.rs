//! What happens in the workspace without being addressed to the bot.

use crate::domain::ids::{ChannelId, GroupId, MessageTs, SlackTime, TeamId, UserId};
use crate::slack::node::Node;

use super::Unreadable;
use super::handles::Key;
use super::happening::MOST_MEMBERS;
use super::message::{Message, Metadata};
use super::origin::Origin;
use super::user::User;
use super::view::View;

/// An event with its wrapper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// From which installation.
    pub origin: Origin,
    /// Its key; none for [`Happening::AppRateLimited`], which Slack does not number.
    pub key: Option<Key>,
    /// When, by Slack's time: the event's own, else the wrapper's whole second.
    pub at: Option<SlackTime>,
    /// It happened in a channel shared with another company.
    pub is_ext_shared_channel: bool,
    /// What happened.
    pub happening: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A reaction was put on a message.
    ReactionAdded(Reaction),
    /// A reaction was taken off a message.
    ReactionRemoved(Reaction),
    /// Somebody opened the App Home.
    AppHomeOpened(HomeOpened),
    /// A message with a mark was posted.
    MetadataPosted(MarkedMessage),
    /// A marked message was updated.
    MetadataUpdated(MarkedMessage),
    /// The mark was taken off, or its message deleted; the mark is the one before.
    MetadataDeleted(MarkedMessage),
    /// A person changed: deactivated, made a guest, renamed.
    UserChanged(User),
    /// A user group was made.
    GroupCreated(Group),
    /// A user group was changed: renamed, disabled, its members.
    GroupUpdated(Group),
    /// The members of a user group changed.
    GroupMembersChanged {
        /// Which.
        group: GroupId,
        /// Who came.
        added: Vec<UserId>,
        /// Who went.
        removed: Vec<UserId>,
    },
    /// Somebody, possibly the bot, came into a channel.
    MemberJoined(Membership),
    /// Somebody, possibly the bot, left a channel.
    MemberLeft(Membership),
    /// A channel changed.
    ChannelChanged {
        /// Which.
        channel: ChannelId,
        /// How.
        change: ChannelChange,
    },
    /// A message was written, changed or deleted; only where history may be read.
    MessagePosted(Box<Message>),
    /// Tokens were revoked.
    TokensRevoked {
        /// Users whose own tokens went.
        users: Vec<UserId>,
        /// Bot users whose tokens went.
        bots: Vec<UserId>,
    },
    /// The app was uninstalled.
    AppUninstalled,
    /// Slack drops events since there are too many.
    AppRateLimited {
        /// Of which workspace.
        team: Option<TeamId>,
        /// From when on, in seconds since 1970.
        minute: Option<i64>,
    },
}

/// A reaction on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// Who reacted, a bot too.
    pub user: UserId,
    /// The emoji without colons, with its skin tone: `+1::skin-tone-2`.
    pub name: String,
    /// The message's channel.
    pub channel: ChannelId,
    /// The message.
    pub ts: MessageTs,
    /// Who wrote the message, where it was a user. Never who approves.
    pub item_user: Option<UserId>,
}

impl Reaction {
    /// The emoji without its skin tone.
    pub fn emoji(&self) -> &str {
        self.name.split_once("::").map_or(self.name.as_str(), |(emoji, _tone)| emoji)
    }
}

/// An opening of the App Home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeOpened {
    /// By whom.
    pub user: UserId,
    /// Their direct message with the bot.
    pub channel: Option<ChannelId>,
    /// Which tab.
    pub tab: HomeTab,
    /// The Home as it stands, if it was ever published.
    pub view: Option<Box<View>>,
}

/// A tab of the App Home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HomeTab {
    /// The bot's own page.
    Home,
    /// The conversation with the bot.
    Messages,
    /// Another.
    Other,
}

/// A message with its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedMessage {
    /// Its channel.
    pub channel: ChannelId,
    /// Its ts.
    pub ts: MessageTs,
    /// Its mark.
    pub metadata: Metadata,
    /// The user that wrote it, for a bot its own.
    pub user: Option<UserId>,
    /// The app that wrote it.
    pub app: Option<String>,
}

/// A user group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which.
    pub id: GroupId,
    /// Its workspace.
    pub team: Option<TeamId>,
    /// Disabled, by Slack's `date_delete`.
    pub is_disabled: bool,
    /// Its members, where Slack lists them.
    pub users: Option<Vec<UserId>>,
}

impl Group {
    /// Reads a `subteam` or `usergroup` object.
    pub(in crate::slack) fn of(group: Node<'_>) -> Result<Self, Unreadable> {
        Ok(Group {
            id: group.at("id").parsed().ok_or(Unreadable::Lacks("subteam.id"))?,
            team: group.at("team_id").parsed(),
            is_disabled: group.at("date_delete").whole().is_some_and(|second| second != 0),
            users: group.at("users").is_list().then(|| group.at("users").all(MOST_MEMBERS)),
        })
    }
}

/// Somebody in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub user: UserId,
    /// Where.
    pub channel: ChannelId,
}

/// How a channel changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelChange {
    /// Closed for writing.
    Archived,
    /// Open again.
    Unarchived,
    /// Gone.
    Deleted,
    /// Has another name.
    Renamed,
    /// Has another id, as when it is shared.
    Became(ChannelId),
    /// Shared with another company.
    Shared,
    /// No longer shared.
    Unshared,
    /// Made private or public.
    Converted,
    /// The bot was taken out.
    Left,
}
