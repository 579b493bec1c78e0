//! The installation that the bot serves, and who belongs to it.

use crate::domain::ids::{ChannelId, EnterpriseId, Home, MessageTs, TeamId, UserId};
use crate::domain::person::PersonKind;
use crate::slack::api::Identity;
use crate::slack::payload::{Origin, Person, User};

/// The one installation that the bot's token is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// The first part of every key in the store.
    pub home: Home,
    /// Its workspace; for an install in a whole organisation the one that Slack names.
    pub team: Option<TeamId>,
    /// Its organisation, where it has one.
    pub enterprise: Option<EnterpriseId>,
    /// The bot's own user.
    pub bot: UserId,
    /// The workspace's address, `https://acme.slack.com/`.
    pub url: Option<String>,
}

impl Installation {
    /// Of what `auth.test` says; `None` when it names neither workspace nor organisation.
    pub fn of(identity: &Identity) -> Option<Self> {
        Some(Installation {
            home: identity.home()?,
            team: identity.team.clone(),
            enterprise: identity.enterprise.clone(),
            bot: identity.user.clone(),
            url: identity.url.clone(),
        })
    }

    /// The address of a message, as `chat.getPermalink` tells it for one that stands in a channel.
    pub fn link(&self, channel: &ChannelId, ts: &MessageTs) -> Option<String> {
        let base = self.url.as_deref()?.trim_end_matches('/');
        Some(format!("{base}/archives/{channel}/p{}", ts.as_str().replace('.', "")))
    }

    /// Whether something that a person did was sent for another installation. What names none is for this one: it is
    /// signed for this app, and an install in a whole organisation says `team: null`.
    pub fn is_elsewhere(&self, origin: &Origin) -> bool {
        let other_team = origin.team.is_some() && origin.team != self.team;
        let other_company = origin.enterprise.is_some() && origin.enterprise != self.enterprise;
        let own_company = origin.enterprise.is_some() && !other_company;
        match &self.home {
            // Colleagues of another workspace of the same organisation press buttons in channels that both share.
            Home::Team(_) => (other_team && !own_company) || (origin.team.is_none() && other_company),
            Home::Enterprise(_) => {
                other_company || (origin.enterprise.is_none() && !origin.is_enterprise_install && other_team)
            }
        }
    }

    /// Whether a payload shows somebody to be of another workspace and organisation. Not shown is not foreign: who
    /// counts is decided by [`Self::kind_of`].
    pub fn is_foreign(&self, person: &Person, origin: &Origin) -> bool {
        let is_known = person.team.is_some();
        let own_team = person.team.is_some() && person.team == self.team;
        let own_company = origin.enterprise.is_some() && origin.enterprise == self.enterprise;
        match &self.home {
            Home::Team(_) => is_known && !own_team && !own_company,
            Home::Enterprise(_) => {
                let other_company = origin.enterprise.is_some() && !own_company;
                let other_team = origin.enterprise.is_none() && !origin.is_enterprise_install && is_known && !own_team;
                other_company || other_team
            }
        }
    }

    /// What somebody is, as far as approval is concerned. Whoever cannot be shown to belong here does not.
    ///
    /// Slack's `is_stranger` alone says too little: it is false for a partner who shares a channel with the bot
    /// (slack-platform, section 9), so workspace and organisation are compared.
    pub fn kind_of(&self, user: &User) -> PersonKind {
        if user.is_bot {
            PersonKind::Bot
        } else if user.is_deleted {
            PersonKind::Deactivated
        } else if user.is_stranger || !self.is_own(user) {
            PersonKind::Outsider
        } else if user.is_guest || user.is_invited {
            // Invited and not here yet: not to be counted among those who can approve.
            PersonKind::Guest
        } else {
            PersonKind::Member
        }
    }

    fn is_own(&self, user: &User) -> bool {
        let own_company = user.enterprise.is_some() && user.enterprise == self.enterprise;
        let own_team = user.team.is_some() && user.team == self.team;
        let among_its_teams = self.team.as_ref().is_some_and(|team| user.enterprise_teams.contains(team));
        own_company || own_team || among_its_teams
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(id: &str) -> TeamId {
        TeamId::parse(id).unwrap()
    }
    fn company(id: &str) -> EnterpriseId {
        EnterpriseId::parse(id).unwrap()
    }
    fn installed(home: Home, enterprise: Option<&str>) -> Installation {
        let enterprise = enterprise.map(company);
        Installation { home, team: Some(team("T1")), enterprise, bot: UserId::parse("UBOT").unwrap(), url: None }
    }
    fn user() -> User {
        User {
            id: UserId::parse("U1").unwrap(),
            team: Some(team("T1")),
            enterprise: None,
            enterprise_teams: Vec::new(),
            is_deleted: false,
            is_bot: false,
            is_guest: false,
            is_stranger: false,
            is_invited: false,
        }
    }

    #[test]
    fn who_somebody_is_follows_from_their_flags_and_home() {
        let here = installed(Home::Team(team("T1")), None);
        let partner = User { team: Some(team("T9")), ..user() };
        for (one, kind) in [
            (user(), PersonKind::Member),
            (User { is_guest: true, ..user() }, PersonKind::Guest),
            (User { is_invited: true, ..user() }, PersonKind::Guest),
            (User { is_deleted: true, ..user() }, PersonKind::Deactivated),
            (User { is_bot: true, is_deleted: true, ..user() }, PersonKind::Bot),
            (partner.clone(), PersonKind::Outsider),
            (User { is_guest: true, ..partner }, PersonKind::Outsider),
            (User { is_stranger: true, ..user() }, PersonKind::Outsider),
            (User { team: None, ..user() }, PersonKind::Outsider),
        ] {
            assert_eq!(here.kind_of(&one), kind, "{one:?}");
        }
    }

    #[test]
    fn a_message_has_the_address_that_slack_would_tell() {
        let url = Some("https://acme.slack.com/".to_owned());
        let here = Installation { url, ..installed(Home::Team(team("T1")), None) };
        let (channel, ts) = (ChannelId::parse("C1H9RESGA").unwrap(), MessageTs::parse("135854651.500008").unwrap());
        let link = here.link(&channel, &ts);
        assert_eq!(link.as_deref(), Some("https://acme.slack.com/archives/C1H9RESGA/p135854651500008"));
        assert_eq!(installed(Home::Team(team("T1")), None).link(&channel, &ts), None);
    }

    #[test]
    fn people_of_the_same_organisation_are_members_whatever_their_workspace() {
        let colleague = User { team: Some(team("T2")), enterprise: Some(company("E1")), ..user() };
        let other = User { enterprise: Some(company("E9")), team: Some(team("T9")), ..user() };
        for home in [Home::Team(team("T1")), Home::Enterprise(company("E1"))] {
            let here = installed(home, Some("E1"));
            assert_eq!(here.kind_of(&colleague), PersonKind::Member);
            assert_eq!(here.kind_of(&other), PersonKind::Outsider);
        }
        let shared = User { team: Some(team("T2")), enterprise_teams: vec![team("T1"), team("T2")], ..user() };
        assert_eq!(installed(Home::Team(team("T1")), None).kind_of(&shared), PersonKind::Member);
    }

    #[test]
    fn a_payload_shows_a_foreigner_only_by_another_team_and_organisation() {
        let by = |id: Option<&str>| Person { id: UserId::parse("U1").unwrap(), team: id.map(team) };
        let from = |enterprise: Option<&str>, whole: bool| Origin {
            enterprise: enterprise.map(company),
            is_enterprise_install: whole,
            ..Origin::default()
        };
        let workspace = installed(Home::Team(team("T1")), Some("E1"));
        let organisation = installed(Home::Enterprise(company("E1")), Some("E1"));
        for (here, person, origin, foreign) in [
            (&workspace, by(Some("T1")), from(None, false), false),
            (&workspace, by(Some("T9")), from(None, false), true),
            (&workspace, by(Some("T2")), from(Some("E1"), false), false),
            (&workspace, by(None), from(None, false), false),
            (&organisation, by(None), from(Some("E1"), true), false),
            (&organisation, by(Some("T2")), from(Some("E1"), true), false),
            (&organisation, by(Some("T9")), from(Some("E9"), true), true),
            (&organisation, by(Some("T9")), from(None, false), true),
        ] {
            assert_eq!(here.is_foreign(&person, &origin), foreign, "{person:?} {origin:?}");
        }
    }

    #[test]
    fn what_names_another_workspace_and_organisation_is_elsewhere() {
        let from = |named: Option<&str>, enterprise: Option<&str>, whole: bool| Origin {
            team: named.map(team),
            enterprise: enterprise.map(company),
            is_enterprise_install: whole,
            ..Origin::default()
        };
        let workspace = installed(Home::Team(team("T1")), Some("E1"));
        let alone = installed(Home::Team(team("T1")), None);
        let organisation = installed(Home::Enterprise(company("E1")), Some("E1"));
        for (here, origin, elsewhere) in [
            (&alone, from(Some("T1"), None, false), false),
            (&alone, from(Some("T9"), None, false), true),
            (&alone, from(Some("T9"), Some("E9"), false), true),
            (&alone, from(None, Some("E9"), true), true),
            (&alone, from(None, None, false), false),
            (&workspace, from(Some("T2"), Some("E1"), false), false),
            (&workspace, from(Some("T2"), Some("E9"), false), true),
            (&organisation, from(None, Some("E1"), true), false),
            (&organisation, from(Some("T7"), Some("E1"), true), false),
            (&organisation, from(None, Some("E9"), true), true),
            (&organisation, from(Some("T9"), None, false), true),
        ] {
            assert_eq!(here.is_elsewhere(&origin), elsewhere, "{:?} {origin:?}", here.home);
        }
    }
}
