//! What the bot knows of people, user groups and channels: rows of the directory, each with the moment it was read.

use std::collections::BTreeSet;

use super::ids::{ChannelId, GroupId, Timestamp, UserId};

/// What a user of Slack is, as far as approval is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonKind {
    /// A full member of the installation's own workspace or organisation.
    Member,
    /// A guest of one or several channels.
    Guest,
    /// Somebody of another company (Slack Connect).
    Outsider,
    /// A bot, an app or Slackbot.
    Bot,
    /// Deactivated.
    Deactivated,
}

/// Whether somebody is still in the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Presence {
    /// They are.
    #[default]
    Here,
    /// They have left: deactivated.
    Left,
}

impl PersonKind {
    /// Whether somebody of this kind is still there.
    pub fn presence(self) -> Presence {
        if self == PersonKind::Deactivated { Presence::Left } else { Presence::Here }
    }
}

/// Whether somebody gets reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Reminders {
    /// They do.
    #[default]
    On,
    /// They do not.
    Off,
}

/// What somebody wishes of the bot for themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// Who.
    pub id: UserId,
    /// Whether they get reminders.
    pub reminders: Reminders,
    /// When they said so.
    pub read_at: Timestamp,
}

/// A user of Slack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// What they are.
    pub kind: PersonKind,
    /// When Slack was asked.
    pub read_at: Timestamp,
}

/// Members of a user group that are kept. A greater group is nobody's idea of approvers, and is taken as empty.
pub const MEMBERS_KEPT: usize = 20_000;

/// A user group and who is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which.
    pub id: GroupId,
    /// Its members; empty when it is disabled.
    pub members: BTreeSet<UserId>,
    /// When Slack was asked.
    pub read_at: Timestamp,
}

/// Whether a channel can take a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChannelState {
    /// The bot is in it and may post.
    Ready,
    /// It is there; the bot is not in it.
    NotIn,
    /// Archived.
    Archived,
    /// Deleted, or private and unknown to the bot.
    Gone,
}

/// A channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Which.
    pub id: ChannelId,
    /// Its name without `#`; may be empty when Slack did not tell.
    pub name: String,
    /// Whether it can take a summary.
    pub state: ChannelState,
    /// Shared with another company by Slack Connect.
    pub shared: bool,
    /// When Slack was asked.
    pub read_at: Timestamp,
}

/// One row of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectoryRow {
    /// A person.
    Person(Person),
    /// A user group.
    Group(Group),
    /// A channel.
    Channel(Channel),
    /// What somebody wishes for themselves.
    Preference(Preference),
}
