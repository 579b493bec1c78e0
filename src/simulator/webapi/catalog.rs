//! The Web API methods known here: scope, rate, and whether a JSON body is read.
//! Source: slack-ruby/slack-api-ref docs.slack.dev/methods/<name>.json (`scope`, `rate_limits`, `json_input_supported`); read methods
//! drop a JSON body in silence (seen in public: users.info answers `user_not_found`, conversations.replies `invalid_arguments`).

use super::super::limits::Tier;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Json {
    Read,
    Dropped,
}

/// Which token a method takes, and the scope it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    Nothing,
    /// A bot scope.
    Scope(&'static str),
    /// A scope by kind of channel: `channels:`, `groups:` or `im:` and this word.
    ByChannel(&'static str),
    /// The app-level token.
    AppToken,
}

#[derive(Debug, Clone, Copy)]
pub struct Method {
    pub name: &'static str,
    pub asks: Asks,
    pub tier: Tier,
    pub json: Json,
    /// What is left out, if anything.
    pub note: &'static str,
}

const fn method(name: &'static str, asks: Asks, tier: Tier, json: Json, note: &'static str) -> Method {
    Method { name, asks, tier, json, note }
}

/// Every method that is answered; all others get `unknown_method`.
pub const METHODS: &[Method] = &[
    method("apps.connections.open", Asks::AppToken, Tier::Three, Json::Read, ""),
    method("auth.test", Asks::Nothing, Tier::Special, Json::Read, ""),
    method("bots.info", Asks::Scope("users:read"), Tier::Three, Json::Dropped, ""),
    method("chat.delete", Asks::Scope("chat:write"), Tier::Three, Json::Read, ""),
    method("chat.getPermalink", Asks::Nothing, Tier::Special, Json::Dropped, ""),
    method(
        "chat.postEphemeral",
        Asks::Scope("chat:write"),
        Tier::Four,
        Json::Read,
        "no icon, username, parse or unfurling",
    ),
    method(
        "chat.postMessage",
        Asks::Scope("chat:write"),
        Tier::Posting,
        Json::Read,
        "no icon, username, parse or unfurling",
    ),
    method(
        "chat.scheduleMessage",
        Asks::Scope("chat:write"),
        Tier::Three,
        Json::Read,
        "posted when due; no list and no deletion",
    ),
    method("chat.update", Asks::Scope("chat:write"), Tier::Three, Json::Read, "no edit window, no files"),
    method("conversations.history", Asks::ByChannel("history"), Tier::Three, Json::Read, ""),
    method("conversations.info", Asks::ByChannel("read"), Tier::Three, Json::Dropped, ""),
    method("conversations.join", Asks::Scope("channels:join"), Tier::Three, Json::Read, ""),
    method("conversations.list", Asks::ByChannel("read"), Tier::Two, Json::Dropped, "no multi-person direct messages"),
    method("conversations.members", Asks::ByChannel("read"), Tier::Four, Json::Dropped, ""),
    method(
        "conversations.open",
        Asks::Scope("im:write"),
        Tier::Three,
        Json::Read,
        "direct messages with one person only",
    ),
    method("conversations.replies", Asks::ByChannel("history"), Tier::Three, Json::Dropped, ""),
    method("reactions.add", Asks::Scope("reactions:write"), Tier::Three, Json::Read, "messages only"),
    method("reactions.get", Asks::Scope("reactions:read"), Tier::Three, Json::Dropped, "messages only"),
    method("reactions.remove", Asks::Scope("reactions:write"), Tier::Two, Json::Read, "messages only"),
    method("team.info", Asks::Scope("team:read"), Tier::Three, Json::Dropped, ""),
    method("usergroups.list", Asks::Scope("usergroups:read"), Tier::Two, Json::Dropped, ""),
    method("usergroups.users.list", Asks::Scope("usergroups:read"), Tier::Two, Json::Dropped, ""),
    method("users.conversations", Asks::ByChannel("read"), Tier::Three, Json::Dropped, ""),
    method("users.info", Asks::Scope("users:read"), Tier::Four, Json::Dropped, ""),
    method("users.list", Asks::Scope("users:read"), Tier::Two, Json::Dropped, ""),
    method("views.open", Asks::Nothing, Tier::Four, Json::Read, "no interactivity pointers"),
    method("views.publish", Asks::Nothing, Tier::Four, Json::Read, ""),
    method("views.push", Asks::Nothing, Tier::Four, Json::Read, "no interactivity pointers"),
    method("views.update", Asks::Nothing, Tier::Four, Json::Read, ""),
];

#[must_use]
pub fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}
