//! People and user groups, and how Slack shows them to an app.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Team;

/// What somebody is to this workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKind {
    Member,
    Guest,
    SingleChannelGuest,
    Bot,
    /// Somebody of another company, met in a Slack Connect channel.
    Stranger,
    Deactivated,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: String,
    pub handle: String,
    pub name: String,
    pub title: String,
    pub kind: PersonKind,
    /// The workspace the person belongs to: another one for strangers.
    pub team: String,
    pub tz: String,
    pub updated: i64,
}

impl Person {
    /// Whether the page offers this person to be played.
    #[must_use]
    pub fn is_playable(&self) -> bool {
        !matches!(self.kind, PersonKind::Bot | PersonKind::Deactivated)
    }

    /// The `user` object. Source: docs.slack.dev/reference/objects/user-object.
    #[must_use]
    pub fn to_slack(&self, team: &Team, email: WithEmail) -> Value {
        let mut profile = json!({
            "title": self.title, "phone": "", "skype": "", "real_name": self.name, "real_name_normalized": self.name,
            "display_name": self.handle, "display_name_normalized": self.handle, "fields": null, "status_text": "",
            "status_emoji": "", "status_expiration": 0, "avatar_hash": "g0demo", "team": self.team,
        });
        if email == WithEmail::Yes
            && self.kind != PersonKind::Bot
            && let Some(fields) = profile.as_object_mut()
        {
            fields.insert("email".into(), json!(format!("{}@example.invalid", self.handle)));
        }
        let mut user = json!({
            "id": self.id, "team_id": self.team, "name": self.handle, "deleted": self.kind == PersonKind::Deactivated,
            // Slackbot is none, says Slack.
        "profile": profile, "is_bot": self.kind == PersonKind::Bot && self.id != "USLACKBOT", "is_app_user": false, "updated": self.updated,
        });
        let Some(fields) = user.as_object_mut() else { return user };
        // Deactivated people come without most fields.
        if self.kind != PersonKind::Deactivated {
            let guest = matches!(self.kind, PersonKind::Guest | PersonKind::SingleChannelGuest);
            for (key, value) in [
                ("color", json!("9f69e7")),
                ("real_name", json!(self.name)),
                ("tz", json!(self.tz)),
                ("tz_label", json!(self.tz)),
                ("tz_offset", json!(0)),
                ("is_admin", json!(false)),
                ("is_owner", json!(false)),
                ("is_primary_owner", json!(false)),
                ("is_restricted", json!(guest)),
                ("is_ultra_restricted", json!(self.kind == PersonKind::SingleChannelGuest)),
                ("is_email_confirmed", json!(true)),
                ("who_can_share_contact_card", json!("EVERYONE")),
            ] {
                fields.insert(key.into(), value);
            }
        }
        if self.team != team.id {
            // True only for people who share no channel with the app; these do.
            fields.insert("is_stranger".into(), json!(false));
        }
        user
    }
}

/// Whether `users:read.email` was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithEmail {
    Yes,
    No,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub id: String,
    pub handle: String,
    pub name: String,
    pub members: BTreeSet<String>,
    pub disabled: bool,
    pub updated: i64,
}

impl Group {
    /// The `usergroup` object. Source: docs.slack.dev/reference/methods/usergroups.list.
    #[must_use]
    pub fn to_slack(&self, team: &str) -> Value {
        json!({
            "id": self.id, "team_id": team, "is_usergroup": true, "is_subteam": true, "name": self.name, "description": "",
            "handle": self.handle, "is_external": false, "date_create": 1_700_000_000, "date_update": self.updated,
            "date_delete": if self.disabled { self.updated } else { 0 }, "auto_type": null, "auto_provision": false,
            "created_by": "U0DEMOMARA", "updated_by": "U0DEMOMARA", "deleted_by": null,
            "prefs": {"channels": [], "groups": []},
        })
    }
}
