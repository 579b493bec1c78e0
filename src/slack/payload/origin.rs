//! From which installation something came, and who did it.

use super::Unreadable;
use crate::domain::ids::{EnterpriseId, Home, TeamId, UserId};
use crate::slack::node::Node;

/// Slack names one installation for an event; more than a few would be no payload of Slack's.
const MOST_AUTHORIZATIONS: usize = 50;

/// Where a payload came from. An install for a whole organisation says `team: null`, and that is ordinary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The workspace.
    pub team: Option<TeamId>,
    /// The organisation it belongs to.
    pub enterprise: Option<EnterpriseId>,
    /// The app is installed for the organisation.
    pub is_enterprise_install: bool,
    /// The app, `A…`.
    pub app: Option<String>,
    /// Events only: the installations that see it, as far as Slack names them.
    pub authorizations: Vec<Authorization>,
}

/// An installation that an event is delivered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// Its workspace, if it is installed in one.
    pub team: Option<TeamId>,
    /// Its organisation.
    pub enterprise: Option<EnterpriseId>,
    /// The user who authorised it, the bot's own for a bot token.
    pub user: Option<UserId>,
    /// The authorisation is a bot's.
    pub is_bot: bool,
    /// Installed for the whole organisation.
    pub is_enterprise_install: bool,
}

impl Authorization {
    /// The installation it stands for.
    pub fn home(&self) -> Option<Home> {
        home_of(self.is_enterprise_install, self.team.as_ref(), self.enterprise.as_ref())
    }
}

impl Origin {
    /// The installation this was sent to: the authorisation's where one is named, since the team of an event in a shared
    /// channel may be another's.
    pub fn home(&self) -> Option<Home> {
        let named = self.authorizations.iter().find_map(Authorization::home);
        named.or_else(|| home_of(self.is_enterprise_install, self.team.as_ref(), self.enterprise.as_ref()))
    }

    /// Whether it was sent to that installation, by any of the authorisations named.
    pub fn is_for(&self, home: &Home) -> bool {
        self.home().as_ref() == Some(home)
            || self.authorizations.iter().filter_map(Authorization::home).any(|named| named == *home)
    }

    /// Of an interaction: objects `team` and `enterprise`, either may be null.
    pub(super) fn of_interaction(payload: Node<'_>) -> Self {
        Origin {
            team: payload.at("team").at("id").parsed(),
            enterprise: payload.at("enterprise").or(payload.at("team").at("enterprise")).at("id").parsed().or_else(
                || {
                    // Some samples carry the organisation on the team alone.
                    payload.at("team").at("enterprise_id").parsed()
                },
            ),
            is_enterprise_install: payload.at("is_enterprise_install").flag(),
            app: payload.at("api_app_id").string(),
            authorizations: Vec::new(),
        }
    }

    /// Of a slash command: flat fields, the flag spelt "true" or "false".
    pub(super) fn of_command(fields: Node<'_>) -> Self {
        Origin {
            team: fields.at("team_id").parsed(),
            enterprise: fields.at("enterprise_id").parsed(),
            is_enterprise_install: fields.at("is_enterprise_install").flag(),
            app: fields.at("api_app_id").string(),
            authorizations: Vec::new(),
        }
    }

    /// Of an event's wrapper.
    pub(super) fn of_event(wrapper: Node<'_>) -> Self {
        let authorizations: Vec<Authorization> = wrapper
            .at("authorizations")
            .list(MOST_AUTHORIZATIONS)
            .map(|one| Authorization {
                team: one.at("team_id").parsed(),
                enterprise: one.at("enterprise_id").parsed(),
                user: one.at("user_id").parsed(),
                is_bot: one.at("is_bot").flag(),
                is_enterprise_install: one.at("is_enterprise_install").flag(),
            })
            .collect();
        Origin {
            team: wrapper.at("team_id").or(wrapper.at("context_team_id")).parsed(),
            enterprise: wrapper.at("enterprise_id").or(wrapper.at("context_enterprise_id")).parsed(),
            is_enterprise_install: authorizations.first().is_some_and(|one| one.is_enterprise_install),
            app: wrapper.at("api_app_id").string(),
            authorizations,
        }
    }
}

fn home_of(for_all: bool, team: Option<&TeamId>, enterprise: Option<&EnterpriseId>) -> Option<Home> {
    match (for_all, team, enterprise) {
        (true, _, Some(enterprise)) | (false, None, Some(enterprise)) => Some(Home::Enterprise(enterprise.clone())),
        (_, Some(team), _) => Some(Home::Team(team.clone())),
        (_, None, None) => None,
    }
}

/// Who acted. The team is theirs, which in a shared channel is not the installation's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// Their own workspace, where Slack says.
    pub team: Option<TeamId>,
}

impl Person {
    /// The `user` of an interaction.
    pub(super) fn of(user: Node<'_>) -> Result<Self, Unreadable> {
        let id = user.at("id").parsed().ok_or(Unreadable::Lacks("user.id"))?;
        Ok(Person { id, team: user.at("team_id").parsed() })
    }
}
