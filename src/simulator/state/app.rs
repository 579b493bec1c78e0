//! The installed app, as its configuration pages would show it; read from a manifest.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Command {
    pub command: String,
    pub description: String,
    pub usage_hint: String,
    pub should_escape: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortcut {
    /// `global` or `message`.
    #[serde(rename = "type")]
    pub kind: String,
    pub callback_id: String,
    pub name: String,
}

/// How Slack reaches the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    Socket,
    /// One address for events, interactions and commands alike.
    RequestUrl(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    pub id: String,
    pub name: String,
    pub bot_user: String,
    pub bot_id: String,
    pub bot_token: String,
    pub app_token: String,
    pub signing_secret: String,
    pub verification_token: String,
    pub scopes: BTreeSet<String>,
    pub events: BTreeSet<String>,
    /// Event types of message metadata the app subscribes to.
    pub metadata_events: BTreeSet<String>,
    pub commands: Vec<Command>,
    /// Without a manifest every slash command goes to the app.
    pub takes_any_command: bool,
    pub shortcuts: Vec<Shortcut>,
    pub transport: Transport,
    /// Socket Mode switched off under the app's feet (`link_disabled`).
    pub link_enabled: bool,
    pub home_tab: bool,
    pub messages_tab: bool,
    pub installed: bool,
    pub org_install: bool,
    pub token_valid: bool,
    pub rate_limits: bool,
}

/// All that any method here asks for: the app without a manifest has them.
const EVERY_SCOPE: &[&str] = &[
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "metadata.message:read",
    "mpim:read",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users:read",
];

/// All events that are ever sent.
pub const EVERY_EVENT: &[&str] = &[
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message_metadata_deleted",
    "message_metadata_posted",
    "message_metadata_updated",
    "reaction_added",
    "reaction_removed",
    "subteam_created",
    "subteam_members_changed",
    "subteam_updated",
    "tokens_revoked",
    "user_change",
];

impl App {
    /// The app of a workspace that was given no manifest: every scope, every event, any command, Socket Mode.
    #[must_use]
    pub fn without_manifest() -> App {
        App {
            id: "A0DEMOAPP".into(),
            name: "Demo app".into(),
            bot_user: "U0DEMOBOT".into(),
            bot_id: "B0DEMOBOT".into(),
            bot_token: "xoxb-simulated-workspace-bot-token".into(),
            app_token: "xapp-1-A0DEMOAPP-simulated-workspace-app-token".into(),
            signing_secret: "simulatedworkspacesigningsecret".into(),
            verification_token: "simulated-verification-token".into(),
            scopes: EVERY_SCOPE.iter().map(|&scope| scope.to_owned()).collect(),
            events: EVERY_EVENT.iter().map(|&event| event.to_owned()).collect(),
            metadata_events: BTreeSet::new(),
            commands: Vec::new(),
            takes_any_command: true,
            shortcuts: Vec::new(),
            transport: Transport::Socket,
            link_enabled: true,
            home_tab: true,
            messages_tab: true,
            installed: true,
            org_install: false,
            token_valid: true,
            rate_limits: true,
        }
    }

    /// Takes over what a manifest says; ids and tokens stay.
    /// Source: slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json.
    pub fn configure(&mut self, manifest: &Value) {
        let text = |pointer: &str| manifest.pointer(pointer).and_then(Value::as_str);
        let flag = |pointer: &str| manifest.pointer(pointer).and_then(Value::as_bool);
        let list = |pointer: &str| -> Vec<&Value> {
            manifest.pointer(pointer).and_then(Value::as_array).map(|all| all.iter().collect()).unwrap_or_default()
        };
        let words = |pointer: &str| -> BTreeSet<String> {
            list(pointer).iter().filter_map(|each| each.as_str().map(str::to_owned)).collect()
        };
        if let Some(name) = text("/features/bot_user/display_name").or_else(|| text("/display_information/name")) {
            self.name = name.to_owned();
        }
        self.scopes = words("/oauth_config/scopes/bot");
        self.events = words("/settings/event_subscriptions/bot_events");
        self.metadata_events = list("/settings/event_subscriptions/metadata_subscriptions")
            .iter()
            .filter_map(|row| row.get("event_type").and_then(Value::as_str).map(str::to_owned))
            .collect();
        let said = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        self.commands = list("/features/slash_commands")
            .iter()
            .map(|row| Command {
                command: said(row, "command"),
                description: said(row, "description"),
                usage_hint: said(row, "usage_hint"),
                should_escape: row.get("should_escape").and_then(Value::as_bool).unwrap_or(false),
            })
            .collect();
        self.takes_any_command = false;
        self.shortcuts = list("/features/shortcuts")
            .iter()
            .map(|row| Shortcut {
                kind: said(row, "type"),
                callback_id: said(row, "callback_id"),
                name: said(row, "name"),
            })
            .collect();
        self.home_tab = flag("/features/app_home/home_tab_enabled").unwrap_or(false);
        self.messages_tab = flag("/features/app_home/messages_tab_enabled").unwrap_or(true);
        self.org_install = flag("/settings/org_deploy_enabled").unwrap_or(false) && self.org_install;
        if flag("/settings/socket_mode_enabled") == Some(true) {
            self.transport = Transport::Socket;
        } else if let Some(url) =
            text("/settings/event_subscriptions/request_url").or_else(|| text("/settings/interactivity/request_url"))
        {
            self.transport = Transport::RequestUrl(url.to_owned());
        }
    }

    #[must_use]
    pub fn may(&self, scope: &str) -> bool {
        self.scopes.contains(scope)
    }

    /// Whether metadata of that type is reported to the app: named in the manifest, or any for an app without one.
    #[must_use]
    pub fn hears_of_metadata(&self, event_type: &str) -> bool {
        self.takes_any_command || self.metadata_events.contains(event_type)
    }

    #[must_use]
    pub fn scope_list(&self) -> String {
        self.scopes.iter().cloned().collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_manifest_decides_scopes_events_and_commands() {
        let mut app = App::without_manifest();
        app.configure(&json!({
            "display_information": {"name": "scopebot"},
            "features": {"slash_commands": [{"command": "/scope", "description": "d"}], "app_home": {"home_tab_enabled": true}},
            "oauth_config": {"scopes": {"bot": ["commands"]}},
            "settings": {"socket_mode_enabled": false,
                "event_subscriptions": {"request_url": "http://127.0.0.1:1/slack/events", "bot_events": ["reaction_added"],
                    "metadata_subscriptions": [{"app_id": "A0", "event_type": "posted"}]}},
        }));
        assert_eq!(app.name, "scopebot");
        assert!(app.may("commands") && !app.may("chat:write"));
        assert_eq!(app.transport, Transport::RequestUrl("http://127.0.0.1:1/slack/events".into()));
        assert!(app.metadata_events.contains("posted") && !app.takes_any_command);
    }
}
