//! Commands and interactions as Slack sends them. Sources: docs.slack.dev/interactivity/implementing-slash-commands,
//! reference/interaction-payloads/block_actions-payload, view-interactions-payload, shortcuts-interaction-payload; samples in
//! slackapi/java-slack-sdk json-logs.

use serde_json::{Map, Value, json};

use super::{Family, Parcel};
use crate::simulator::engine::World;
use crate::simulator::state::{Channel, Message, Person, Shown, State, View, ViewState, WithMetadata};

/// The fields every interaction carries.
fn base(state: &State, kind: &str, person: &Person) -> Map<String, Value> {
    let org = state.app.org_install;
    let team = if org { Value::Null } else { json!({"id": state.team.id, "domain": state.team.domain}) };
    let enterprise = if org { json!({"id": state.team.enterprise, "name": "Demo organisation"}) } else { Value::Null };
    let fields = [
        ("type", json!(kind)),
        ("user", user(person)),
        ("api_app_id", json!(state.app.id)),
        ("token", json!(state.app.verification_token)),
        ("team", team),
        ("enterprise", enterprise),
        ("is_enterprise_install", json!(org)),
    ];
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn user(person: &Person) -> Value {
    json!({"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team})
}

fn with(mut base: Map<String, Value>, more: Value) -> Value {
    if let Value::Object(more) = more {
        base.extend(more);
    }
    Value::Object(base)
}

fn channel_of(channel: &Channel) -> Value {
    let name = if channel.is_dm() { "directmessage" } else { channel.name.as_str() };
    json!({"id": channel.id, "name": name})
}

/// What a message looks like inside an interaction.
fn message_of(state: &State, message: &Message) -> Value {
    message.to_slack(&Shown { team: &state.team.id, app: &state.app.id, metadata: WithMetadata::Yes })
}

/// What a person typed.
pub struct Typed<'a> {
    pub command: &'a str,
    pub text: &'a str,
    pub trigger: &'a str,
    pub response_url: &'a str,
}

#[must_use]
pub fn slash_command(world: &World, person: &Person, channel: &Channel, typed: &Typed<'_>) -> Parcel {
    let state = &world.state;
    let name = match channel.event_type() {
        "im" => "directmessage",
        "group" => "privategroup",
        _ => channel.name.as_str(),
    };
    let mut payload = json!({
        "token": state.app.verification_token, "team_id": state.team.id, "team_domain": state.team.domain, "channel_id": channel.id,
        "channel_name": name, "user_id": person.id, "user_name": person.handle, "command": typed.command, "text": typed.text,
        "api_app_id": state.app.id, "is_enterprise_install": if state.app.org_install { "true" } else { "false" },
        "response_url": typed.response_url, "trigger_id": typed.trigger,
    });
    if let (true, Some(fields)) = (state.app.org_install, payload.as_object_mut()) {
        fields.insert("enterprise_id".into(), json!(state.team.enterprise));
        fields.insert("enterprise_name".into(), json!("Demo organisation"));
    }
    Parcel {
        family: Family::Command,
        name: "slash_command".into(),
        who: Some(person.id.clone()),
        words: format!("{} typed {} in {}", person.name, typed.command, place(channel)),
        payload,
    }
}

fn place(channel: &Channel) -> String {
    if channel.is_dm() { "a direct message".to_owned() } else { format!("#{}", channel.name) }
}

/// Where something was pressed.
pub enum Pressed<'a> {
    View(&'a View),
    Message { channel: &'a Channel, message: &'a Message, response_url: &'a str },
}

#[must_use]
pub fn block_actions(
    world: &World,
    person: &Person,
    pressed: &Pressed<'_>,
    action: &Value,
    trigger: &str,
    words: &str,
) -> Parcel {
    let state = &world.state;
    let base = base(state, "block_actions", person);
    let payload = match pressed {
        Pressed::View(view) => with(
            base,
            json!({
                "container": {"type": "view", "view_id": view.id}, "trigger_id": trigger,
                "view": view.to_slack(state, ViewState::Whole), "actions": [action],
            }),
        ),
        Pressed::Message { channel, message, response_url } => {
            let ephemeral = message.only_for.is_some();
            let mut container = json!({
                "type": "message", "message_ts": message.ts, "channel_id": channel.id, "is_ephemeral": ephemeral,
            });
            if let (Some(thread), Some(fields)) = (&message.thread_ts, container.as_object_mut()) {
                fields.insert("thread_ts".into(), json!(thread));
            }
            let values = message.values.get(&person.id).cloned().unwrap_or_default();
            let mut payload = with(
                base,
                json!({
                    "container": container, "trigger_id": trigger, "channel": channel_of(channel), "state": {"values": values},
                    "response_url": response_url, "actions": [action],
                }),
            );
            // An ephemeral message is not stored, so it does not come along.
            if let (false, Some(fields)) = (ephemeral, payload.as_object_mut()) {
                fields.insert("message".into(), message_of(state, message));
            }
            payload
        }
    };
    interaction("block_actions", person, words, payload)
}

#[must_use]
pub fn view_submission(world: &World, person: &Person, view: &View, trigger: &str) -> Parcel {
    let state = &world.state;
    let view_value = view.to_slack(state, ViewState::Whole);
    let more = json!({"trigger_id": trigger, "view": view_value, "response_urls": []});
    let words = format!("{} submitted \"{}\"", person.name, title(view));
    interaction("view_submission", person, &words, with(base(state, "view_submission", person), more))
}

/// How a modal went away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Its Close button: this view alone.
    One,
    /// The ×: the whole stack.
    All,
}

#[must_use]
pub fn view_closed(world: &World, person: &Person, view: &View, closed: Closed) -> Parcel {
    let state = &world.state;
    let more = json!({"view": view.to_slack(state, ViewState::WithoutInputs), "is_cleared": closed == Closed::All});
    let words = format!("{} closed \"{}\"", person.name, title(view));
    interaction("view_closed", person, &words, with(base(state, "view_closed", person), more))
}

fn title(view: &View) -> &str {
    view.sent.get("title").and_then(|title| title.get("text")).and_then(Value::as_str).unwrap_or("Home")
}

#[must_use]
pub fn shortcut(world: &World, person: &Person, callback_id: &str, trigger: &str, action_ts: &str) -> Parcel {
    let more = json!({"action_ts": action_ts, "callback_id": callback_id, "trigger_id": trigger});
    let words = format!("{} used the shortcut {callback_id}", person.name);
    interaction("shortcut", person, &words, with(base(&world.state, "shortcut", person), more))
}

/// What a message shortcut was used on.
pub struct Used<'a> {
    pub channel: &'a Channel,
    pub message: &'a Message,
    pub response_url: &'a str,
}

#[must_use]
pub fn message_action(
    world: &World,
    person: &Person,
    callback_id: &str,
    used: &Used<'_>,
    trigger: &str,
    action_ts: &str,
) -> Parcel {
    let more = json!({
        "action_ts": action_ts, "callback_id": callback_id, "trigger_id": trigger, "response_url": used.response_url,
        "channel": channel_of(used.channel), "message_ts": used.message.ts, "message": message_of(&world.state, used.message),
    });
    let words = format!("{} used the message shortcut {callback_id}", person.name);
    interaction("message_action", person, &words, with(base(&world.state, "message_action", person), more))
}

fn interaction(name: &str, person: &Person, words: &str, payload: Value) -> Parcel {
    let (name, who, words) = (name.to_owned(), Some(person.id.clone()), words.to_owned());
    Parcel { family: Family::Interaction, name, who, words, payload }
}
