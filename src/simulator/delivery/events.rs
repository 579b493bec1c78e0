//! Events as Slack sends them: subscribed to, allowed by a scope, and of conversations the app is party to.
//! Sources: docs.slack.dev/apis/events-api (wrapper, "party to"), reference/events/<name>.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Family, Parcel};
use crate::simulator::engine::World;
use crate::simulator::state::{Channel, ChannelKind, Message, Shown, WithEmail, WithMetadata};

/// The name of a channel event for that kind of channel: `channel_archive`, `group_archive`.
#[must_use]
pub fn channel_event(channel: &Channel, what: &str) -> String {
    let family = if channel.kind == ChannelKind::Private { "group" } else { "channel" };
    format!("{family}_{what}")
}

impl World {
    /// Sends an event if the app subscribed to it and holds the scope; `channel` names the conversation it belongs to.
    pub fn emit(
        &mut self,
        now: Timestamp,
        subscription: &str,
        scope: Option<&str>,
        channel: Option<&str>,
        event: Value,
    ) {
        let app = &self.state.app;
        if !app.installed || !app.events.contains(subscription) || scope.is_some_and(|scope| !app.may(scope)) {
            return;
        }
        let shared = channel.and_then(|id| self.state.channels.get(id)).is_some_and(|channel| channel.shared);
        let name = event.get("type").and_then(Value::as_str).unwrap_or(subscription).to_owned();
        let who = event.get("user").and_then(Value::as_str).map(str::to_owned);
        let by = who.as_ref().and_then(|who| self.state.people.get(who)).map(|person| format!(" by {}", person.name));
        let (org, team) = (app.org_install, self.state.team.clone());
        let authorization = json!({
            "enterprise_id": if org { json!(team.enterprise) } else { Value::Null },
            "team_id": if org { Value::Null } else { json!(team.id) },
            "user_id": app.bot_user, "is_bot": true, "is_enterprise_install": org,
        });
        let payload = json!({
            "token": app.verification_token, "team_id": team.id, "context_team_id": team.id,
            "context_enterprise_id": if org { json!(team.enterprise) } else { Value::Null }, "api_app_id": app.id, "event": event,
            "type": "event_callback", "event_id": "", "event_time": now.as_second(), "authorizations": [authorization],
            "is_ext_shared_channel": shared, "event_context": format!("4-{}", app.id),
        });
        let event_id = self.state.new_id("Ev");
        let mut payload = payload;
        if let Some(fields) = payload.as_object_mut() {
            fields.insert("event_id".into(), json!(event_id));
        }
        let words = format!("event {name}{}", by.unwrap_or_default());
        self.outgoing.push(Parcel { family: Family::Event, name, who, words, payload });
    }

    fn app_is_in(&self, channel: &str) -> bool {
        self.state.channels.get(channel).is_some_and(|channel| channel.has(&self.state.app.bot_user))
    }

    pub fn emit_reaction(&mut self, now: Timestamp, kind: &str, user: &str, name: &str, channel: &str, ts: &str) {
        if !self.app_is_in(channel) {
            return;
        }
        let author = self
            .state
            .channels
            .get(channel)
            .and_then(|channel| channel.message(ts))
            .map(|message| message.user.clone());
        let event_ts = self.state.next_ts(now);
        let event = json!({
            "type": kind, "user": user, "reaction": name, "item": {"type": "message", "channel": channel, "ts": ts},
            "item_user": author, "event_ts": event_ts,
        });
        self.emit(now, kind, Some("reactions:read"), Some(channel), event);
    }

    /// `message_metadata_posted`, `_updated`, `_deleted`.
    pub fn emit_metadata(
        &mut self,
        now: Timestamp,
        kind: &str,
        channel: &str,
        message: &Message,
        before: Option<&Value>,
    ) {
        let metadata = message.metadata.as_ref().or(before);
        let kind_of_metadata =
            metadata.and_then(|data| data.get("event_type")).and_then(Value::as_str).unwrap_or_default();
        if !self.app_is_in(channel) || !self.state.app.hears_of_metadata(kind_of_metadata) {
            return;
        }
        let event_ts = self.state.next_ts(now);
        let mut event = json!({
            "type": kind, "app_id": self.state.app.id, "bot_id": message.bot_id, "user_id": message.user, "team_id": self.state.team.id,
            "channel_id": channel, "metadata": message.metadata, "message_ts": message.ts, "event_ts": event_ts,
        });
        if let Some(fields) = event.as_object_mut() {
            if kind != "message_metadata_posted" {
                fields.insert("previous_metadata".into(), json!(before));
            }
            if kind == "message_metadata_deleted" {
                fields.insert("deleted_ts".into(), json!(event_ts));
            }
        }
        self.emit(now, kind, Some("metadata.message:read"), Some(channel), event);
    }

    /// `message` of a channel the app is in, for those who subscribed to `message.channels` and hold the history scope.
    pub fn emit_message(&mut self, now: Timestamp, channel: &str, message: &Message, change: MessageChange<'_>) {
        let Some(place) = self.state.channels.get(channel).filter(|_| self.app_is_in(channel)) else { return };
        let (kind, family) = (place.event_type(), place.scope_family());
        let subscription = match place.kind {
            ChannelKind::Public => "message.channels",
            ChannelKind::Private => "message.groups",
            ChannelKind::Dm => "message.im",
        };
        let scope = format!("{family}:history");
        let (team, app) = (self.state.team.id.clone(), self.state.app.id.clone());
        let shown = |message: &Message, metadata| message.to_slack(&Shown { team: &team, app: &app, metadata });
        let event_ts =
            if matches!(change, MessageChange::Posted) { message.ts.clone() } else { self.state.next_ts(now) };
        let mut event = match change {
            MessageChange::Posted => shown(message, WithMetadata::Yes),
            MessageChange::Changed(before) => json!({
                "type": "message", "subtype": "message_changed", "message": shown(message, WithMetadata::Yes), "hidden": true, "ts": event_ts,
                "previous_message": shown(before, WithMetadata::No),
            }),
            MessageChange::Deleted => json!({
                "type": "message", "subtype": "message_deleted", "hidden": true, "deleted_ts": message.ts, "ts": event_ts,
                "previous_message": shown(message, WithMetadata::No),
            }),
        };
        if let Some(fields) = event.as_object_mut() {
            fields.insert("channel".into(), json!(channel));
            fields.insert("channel_type".into(), json!(kind));
            fields.insert("event_ts".into(), json!(event_ts));
        }
        self.emit(now, subscription, Some(&scope), Some(channel), event);
    }

    pub fn emit_user_change(&mut self, now: Timestamp, person: &str) {
        let email = if self.state.app.may("users:read.email") { WithEmail::Yes } else { WithEmail::No };
        let Some(user) = self.state.people.get(person).map(|person| person.to_slack(&self.state.team, email)) else {
            return;
        };
        let event_ts = self.state.next_ts(now);
        let event = json!({"type": "user_change", "user": user, "cache_ts": now.as_second(), "event_ts": event_ts});
        self.emit(now, "user_change", Some("users:read"), None, event);
    }

    /// `subteam_created` or `subteam_updated`.
    pub fn emit_group(&mut self, now: Timestamp, kind: &str, group: &str) {
        let Some(found) = self.state.groups.get(group) else { return };
        let mut subteam = found.to_slack(&self.state.team.id);
        if let Some(fields) = subteam.as_object_mut() {
            fields.insert("users".into(), json!(found.members));
            fields.insert("user_count".into(), json!(found.members.len()));
        }
        let event_ts = self.state.next_ts(now);
        self.emit(
            now,
            kind,
            Some("usergroups:read"),
            None,
            json!({"type": kind, "subteam": subteam, "event_ts": event_ts}),
        );
    }

    pub fn emit_group_members(&mut self, now: Timestamp, group: &str, added: &[String], removed: &[String]) {
        let event_ts = self.state.next_ts(now);
        let event = json!({
            "type": "subteam_members_changed", "subteam_id": group, "team_id": self.state.team.id,
            "date_previous_update": now.as_second(), "date_update": now.as_second(), "added_users": added,
            "added_users_count": added.len().to_string(), "removed_users": removed,
            "removed_users_count": removed.len().to_string(), "event_ts": event_ts,
        });
        self.emit(now, "subteam_members_changed", Some("usergroups:read"), None, event);
    }

    /// Somebody, the app included, came into or left a channel.
    pub fn emit_membership(&mut self, now: Timestamp, person: &str, channel: &str, joined: Joined) {
        let Some(place) = self.state.channels.get(channel) else { return };
        let (letter, scope) = (place.letter(), format!("{}:read", place.scope_family()));
        let left = channel_event(place, "left");
        let is_app = person == self.state.app.bot_user;
        let in_channel = place.has(&self.state.app.bot_user);
        let event_ts = self.state.next_ts(now);
        if is_app && joined == Joined::No {
            // The app is no longer party to it and hears this instead of member_left_channel.
            let event = json!({"type": left, "channel": channel, "actor_id": "U0DEMOMARA", "event_ts": event_ts});
            return self.emit(now, &left, Some(&scope), Some(channel), event);
        }
        if !in_channel {
            return;
        }
        let kind = if joined == Joined::Yes { "member_joined_channel" } else { "member_left_channel" };
        let event = json!({
            "type": kind, "user": person, "channel": channel, "channel_type": letter, "team": self.state.team.id,
            "event_ts": event_ts,
        });
        self.emit(now, kind, Some(&scope), Some(channel), event);
    }

    /// `channel_archive` and its kin; private channels only when the app is in them.
    pub fn emit_channel(&mut self, now: Timestamp, channel: &Channel, what: &str, about: Value) {
        if channel.kind == ChannelKind::Private && !channel.has(&self.state.app.bot_user) {
            return;
        }
        let kind = channel_event(channel, what);
        let event_ts = self.state.next_ts(now);
        let mut event = json!({"type": kind, "channel": about, "event_ts": event_ts});
        if let (true, Some(fields)) = (what.ends_with("archive"), event.as_object_mut()) {
            fields.insert("user".into(), json!("U0DEMOMARA"));
        }
        let scope = format!("{}:read", channel.scope_family());
        self.emit(now, &kind, Some(&scope), Some(&channel.id.clone()), event);
    }
}

/// What happened to a message.
#[derive(Debug, Clone, Copy)]
pub enum MessageChange<'a> {
    Posted,
    Changed(&'a Message),
    Deleted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    Yes,
    No,
}
