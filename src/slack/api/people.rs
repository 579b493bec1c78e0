//! Tokens, people and user groups.

use secrecy::SecretString;
use serde_json::json;

use super::{ApiFailure, Identity, SlackApi, Trouble};
use crate::domain::ids::{GroupId, TeamId, UserId};
use crate::slack::node::Node;
use crate::slack::payload::{Group, User};

impl SlackApi {
    /// `auth.test`: whose token this is, and what it may do.
    pub async fn auth_test(&self) -> Result<Identity, ApiFailure> {
        const METHOD: &str = "auth.test";
        let answer = self.ask(METHOD, json!({})).await?;
        Identity::of(Node::of(&answer.body), answer.scopes, answer.said_at)
            .ok_or_else(|| ApiFailure::after_sending(METHOD, Trouble::Undecodable))
    }

    /// `apps.connections.open`, with the app's token: the address of one Socket Mode connection. It holds a ticket, so it
    /// is a secret.
    pub(in crate::slack) async fn apps_connections_open(&self) -> Result<SecretString, ApiFailure> {
        const METHOD: &str = "apps.connections.open";
        let answer = self.call(METHOD, json!({})).await?;
        let url = Node::of(&answer).at("url").string();
        url.map(SecretString::from).ok_or_else(|| ApiFailure::after_sending(METHOD, Trouble::Undecodable))
    }

    /// `apps.connections.open`, with the app's token: whether Slack would take a connection. None is opened.
    pub async fn offers_a_connection(&self) -> Result<(), ApiFailure> {
        self.apps_connections_open().await.map(drop)
    }

    /// `bots.info`: the app, `A…`, that a bot belongs to, where Slack says.
    pub async fn app_of_bot(&self, bot: &str) -> Result<Option<String>, ApiFailure> {
        let answer = self.call("bots.info", json!({ "bot": bot })).await?;
        Ok(Node::of(&answer).at("bot").at("app_id").string())
    }

    /// `users.list`: everybody who is still here, with the handle and the name they show; both go by "@".
    pub async fn user_handles(&self) -> Result<Vec<(UserId, String)>, ApiFailure> {
        let people = self.pages("users.list", json!({}), "members", |member| {
            let handles = [member.at("name").string(), member.at("profile").at("display_name").string()];
            let id: UserId = member.at("id").parsed()?;
            (!member.at("deleted").flag()).then_some((id, handles))
        });
        let people = people.await?.into_iter();
        Ok(people.flat_map(|(id, handles)| handles.into_iter().flatten().map(move |it| (id.clone(), it))).collect())
    }

    /// `usergroups.list`: the groups with their handles.
    pub async fn usergroup_handles(&self) -> Result<Vec<(GroupId, String)>, ApiFailure> {
        let answer = self.call("usergroups.list", json!({ "include_users": false })).await?;
        let groups = Node::of(&answer).at("usergroups").list(10_000);
        Ok(groups.filter_map(|group| Some((group.at("id").parsed()?, group.at("handle").string()?))).collect())
    }

    /// `users.info`.
    pub async fn users_info(&self, user: &UserId) -> Result<User, ApiFailure> {
        const METHOD: &str = "users.info";
        let answer = self.call(METHOD, json!({ "user": user.as_str() })).await?;
        User::of(Node::of(&answer).at("user")).ok_or_else(|| ApiFailure::after_sending(METHOD, Trouble::Undecodable))
    }

    /// `usergroups.list`, disabled groups too; `team` for a token of a whole organisation.
    pub async fn usergroups_list(&self, team: Option<&TeamId>) -> Result<Vec<Group>, ApiFailure> {
        let team = team.map(TeamId::as_str);
        let body = json!({ "include_disabled": true, "include_users": false, "team_id": team });
        let answer = self.call("usergroups.list", body).await?;
        Ok(Node::of(&answer).at("usergroups").list(10_000).filter_map(|group| Group::of(group).ok()).collect())
    }

    /// `usergroups.users.list`: the members of a group. Twenty calls a minute: keep what it says.
    pub async fn usergroups_users_list(
        &self,
        group: &GroupId,
        team: Option<&TeamId>,
    ) -> Result<Vec<UserId>, ApiFailure> {
        const METHOD: &str = "usergroups.users.list";
        let body = json!({ "usergroup": group.as_str(), "team_id": team.map(TeamId::as_str) });
        let answer = self.call(METHOD, body).await?;
        let users = Node::of(&answer).at("users");
        // No list is not an empty group: the first must never be read as "nobody may approve".
        if users.is_list() {
            Ok(users.all(100_000))
        } else {
            Err(ApiFailure::after_sending(METHOD, Trouble::Undecodable))
        }
    }
}
