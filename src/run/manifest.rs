//! The Slack app manifest: only the scopes and events that are used, each with its reason in [`SCOPES`].
//!
//! Source: Slack's manifest schema 2.0.0 (slack-platform, section 11).

use serde_json::{Value, json};
use url::Url;

use super::args::ManifestArgs;
use super::{End, printed};
use crate::slack::ids::METADATA_EVENT;

/// Bot scopes and why the bot needs each.
pub const SCOPES: &[(&str, &str)] = &[
    ("channels:read", "to see whether it is in the hiring channel, and when that is archived or shared"),
    ("chat:write", "to post summaries, notes and direct messages"),
    ("commands", "for /scope-backend and its shortcuts"),
    ("groups:read", "the same for a private hiring channel"),
    ("im:write", "to open direct messages with authors and approvers"),
    ("metadata.message:read", "to recognise its own messages after a lost answer"),
    ("reactions:read", "to hear approvals by reaction"),
    ("usergroups:read", "to know the members of user groups that approve"),
    ("users:read", "to tell members from guests, bots and people of other companies"),
];

/// Scopes for `SCOPEBOT_READ_HISTORY=on`, which are not in the manifest.
pub const HISTORY_SCOPES: &[(&str, &str)] = &[
    ("channels:history", "to find a message whose answer was lost in the history of the hiring channel"),
    ("groups:history", "the same for a private hiring channel"),
];

/// Events and why the bot hears each.
pub const EVENTS: &[(&str, &str)] = &[
    ("app_home_opened", "to show Home"),
    ("channel_archive", "to know that a hiring channel is gone"),
    ("channel_deleted", "the same"),
    ("channel_left", "to know that the bot was removed from a hiring channel"),
    ("channel_rename", "to name the channel rightly"),
    ("channel_unarchive", "to know that it is back"),
    ("group_archive", "the same for private channels"),
    ("group_deleted", "the same for private channels"),
    ("group_left", "the same for private channels"),
    ("group_unarchive", "the same for private channels"),
    ("member_joined_channel", "to know that the bot was invited"),
    ("member_left_channel", "the same, where Slack tells it so"),
    ("message_metadata_posted", "to find its own message after a lost answer"),
    ("message_metadata_updated", "to know since when a revision is shown"),
    ("message_metadata_deleted", "to know that a summary was deleted"),
    ("reaction_added", "to count approvals"),
    ("reaction_removed", "to take approvals back"),
    ("subteam_members_changed", "to know who approves by user group"),
    ("subteam_updated", "the same"),
    ("user_change", "to know that an approver left or became a guest"),
];

/// The manifest: for Socket Mode, or for requests to this address.
pub fn manifest(request_url: Option<&str>) -> Value {
    let names = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, _)| Value::from(*name)).collect::<Vec<_>>();
    let mut command = json!({
        "command": "/scope-backend",
        "description": "Scope a backend role in three questions",
        "usage_hint": "[what it is for] | drafts | status | help",
        "should_escape": false,
    });
    let mut events = json!({
        "bot_events": names(EVENTS),
        "metadata_subscriptions": [{ "app_id": "*", "event_type": METADATA_EVENT }],
    });
    let mut interactivity = json!({ "is_enabled": true });
    if let Some(url) = request_url {
        for part in [&mut events, &mut interactivity] {
            part["request_url"] = url.into();
        }
        command["url"] = url.into();
    }
    json!({
        "_metadata": { "major_version": 2, "minor_version": 0 },
        "display_information": {
            "name": "scopebot",
            "description": "Scopes a backend hire in three questions, before anybody writes a job post",
            "background_color": "#1f2a44",
        },
        "features": {
            "app_home": { "home_tab_enabled": true, "messages_tab_enabled": true, "messages_tab_read_only_enabled": true },
            "bot_user": { "display_name": "scopebot", "always_online": true },
            "slash_commands": [command],
            "shortcuts": [
                {
                    "name": "Scope a backend role",
                    "type": "global",
                    "callback_id": crate::slack::ids::SHORTCUT_NEW,
                    "description": "Three questions, then a summary for the hiring channel",
                },
                {
                    "name": "Scope this",
                    "type": "message",
                    "callback_id": crate::slack::ids::SHORTCUT_MESSAGE,
                    "description": "Start a scope from what this message says",
                },
            ],
        },
        "oauth_config": { "scopes": { "bot": names(SCOPES) } },
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": false,
            "socket_mode_enabled": request_url.is_none(),
            "token_rotation_enabled": false,
        },
    })
}

/// Prints it, and beside it, for whoever reads and not for whoever pipes, why it asks for each scope.
pub(super) fn print(args: &ManifestArgs) -> End {
    let text = match serde_json::to_string_pretty(&manifest(args.request_url.as_ref().map(Url::as_str))) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("The manifest cannot be printed: {error}");
            return End::Failed;
        }
    };
    let end = printed(&text);
    eprintln!("\nIt asks for these scopes and no others:");
    SCOPES.iter().for_each(|(scope, why)| eprintln!("  {scope:<22} {why}"));
    eprintln!("Not in it, for SCOPEBOT_READ_HISTORY=on alone:");
    HISTORY_SCOPES.iter().for_each(|(scope, why)| eprintln!("  {scope:<22} {why}"));
    if args.request_url.as_ref().is_some_and(|url| url.scheme() == "http") {
        eprintln!("Slack itself takes https:// alone; http:// is for a simulated workspace.");
    }
    end
}
