//! A person as `users.info` and `user_change` show them.

use crate::domain::ids::{EnterpriseId, TeamId, UserId};
use crate::slack::node::Node;

/// What the bot needs to know of a person. A flag that Slack leaves out is false.
///
/// Being a stranger says nothing: it is false for a partner of another company who shares a channel. Compare the team
/// and the organisation with the installation's instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their workspace.
    pub team: Option<TeamId>,
    /// Their organisation, if it has one.
    pub enterprise: Option<EnterpriseId>,
    /// The workspaces of the organisation they are in.
    pub enterprise_teams: Vec<TeamId>,
    /// Deactivated.
    pub is_deleted: bool,
    /// An app's user; Slackbot too, which Slack itself calls none.
    pub is_bot: bool,
    /// A guest, in one channel or several.
    pub is_guest: bool,
    /// From a company with which no channel is shared.
    pub is_stranger: bool,
    /// Invited, not yet here.
    pub is_invited: bool,
}

/// Slack's own bot, whose `is_bot` is false.
const SLACKBOT: &str = "USLACKBOT";

impl User {
    /// Reads a `user` object; none without an id.
    pub(in crate::slack) fn of(user: Node<'_>) -> Option<Self> {
        let id: UserId = user.at("id").parsed()?;
        let enterprise = user.at("enterprise_user");
        Some(User {
            is_bot: user.at("is_bot").flag() || id.as_str() == SLACKBOT,
            id,
            team: user.at("team_id").or(user.at("profile").at("team")).parsed(),
            enterprise: enterprise.at("enterprise_id").or(user.at("enterprise_id")).parsed(),
            enterprise_teams: enterprise.at("teams").all(1000),
            is_deleted: user.at("deleted").flag(),
            is_guest: user.at("is_restricted").flag() || user.at("is_ultra_restricted").flag(),
            is_stranger: user.at("is_stranger").flag(),
            is_invited: user.at("is_invited_user").flag(),
        })
    }
}
