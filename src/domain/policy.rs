//! What the operator decided: who approves, how many, with which emoji, where, and how long things live.

use std::collections::BTreeSet;
use std::time::Duration;

use super::ids::{ChannelId, GroupId, UserId};

/// The operator's decisions, read once at start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Approvers by user id.
    pub approvers: BTreeSet<UserId>,
    /// Approvers by user group.
    pub approver_groups: BTreeSet<GroupId>,
    /// Approvals a scope needs; at least 1.
    pub quorum: u32,
    /// Emoji names that approve, without colons and skin tone.
    pub reactions: BTreeSet<String>,
    /// Where summaries go; at least one, the first is the default.
    pub hiring_channels: Vec<ChannelId>,
    /// Whether guests may open a scope.
    pub guests: Guests,
    /// Whether Slack Connect channels are served.
    pub connect: Connect,
    /// A draft expires this long after it was last touched.
    pub draft_life: Duration,
    /// The reminder goes out this long before a draft expires.
    pub reminder_before: Duration,
    /// Approvers are reminded when a scope has waited this long, and once more after as long again; `None`: never.
    pub nudge_after: Option<Duration>,
    /// The texts of a scope go this long after it was filled or closed; `None` keeps them.
    pub closed_kept: Option<Duration>,
}

/// May guests open a scope?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guests {
    /// No: the default.
    Refused,
    /// Yes.
    Allowed,
}

/// May a scope be opened in, or posted to, a channel shared with another company?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connect {
    /// No: the default.
    Refused,
    /// Yes.
    Allowed,
}

impl Policy {
    /// Whether anybody is asked to approve at all.
    pub fn asks_for_approval(&self) -> bool {
        !self.approvers.is_empty() || !self.approver_groups.is_empty()
    }
}
