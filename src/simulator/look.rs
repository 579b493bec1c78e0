//! The workspace as one person sees it: what the page draws, and what tests read. Shapes: docs/simulator.md, State.

use serde_json::{Map, Value, json};

use super::engine::World;
use super::state::{Channel, ChannelKind, Message, Person, PersonKind, Transport, View, Window, time_of_ts};

/// Surroundings that are not in the world.
#[derive(Debug, Clone)]
pub struct Around {
    pub version: u64,
    pub clock: String,
    pub by_hand: bool,
    pub connections: usize,
    pub in_flight: usize,
}

/// Everything for one person, with one channel open.
#[must_use]
pub fn state_for(world: &World, around: &Around, person: &Person, window: &Window, channel: Option<&str>) -> Value {
    let open = channel.and_then(|name| {
        visible(world, person).into_iter().find(|each| each.id == name || each.name == name.trim_start_matches('#'))
    });
    let channels: Vec<Value> =
        visible(world, person).into_iter().map(|channel| channel_line(world, person, channel)).collect();
    let depth = world.state.stack(&person.id, window).map_or(0, |stack| stack.views.len());
    let modal = world.state.top_view(&person.id, window).map(|view| json!({"depth": depth, "view": view_for(view)}));
    let home = world.state.homes.get(&person.id).and_then(|id| world.state.views.get(id)).map(view_for);
    json!({
        "version": around.version, "workspace": workspace(world, around),
        "personas": world.state.people.values().map(|person| person_for(world, person)).collect::<Vec<_>>(),
        "groups": world.state.groups.values().map(|group| json!({
            "id": group.id, "handle": group.handle, "name": group.name, "members": group.members, "disabled": group.disabled,
        })).collect::<Vec<_>>(),
        "me": person.id, "channels": channels,
        "channel": open.map(|channel| json!({"id": channel.id, "messages": top_messages(world, person, channel)})),
        "modal": modal, "home": home,
    })
}

fn workspace(world: &World, around: &Around) -> Value {
    let state = &world.state;
    let app = &state.app;
    let commands: Vec<Value> = app
        .commands
        .iter()
        .map(|each| json!({"command": each.command, "description": each.description, "usage_hint": each.usage_hint}))
        .collect();
    let transport = if app.transport == Transport::Socket { "socket" } else { "http" };
    json!({
        "team": state.team.id, "name": state.team.name, "clock": around.clock, "by_hand": around.by_hand, "seed": world.chance.seed(),
        "app": {"id": app.id, "name": app.name, "user": app.bot_user, "transport": transport, "connections": around.connections,
                "installed": app.installed, "commands": commands, "shortcuts": app.shortcuts},
        "in_flight": around.in_flight, "faults": world.faults.all().len(),
    })
}

fn person_for(world: &World, person: &Person) -> Value {
    let groups: Vec<&str> = world
        .state
        .groups
        .values()
        .filter(|group| group.members.contains(&person.id))
        .map(|group| group.id.as_str())
        .collect();
    json!({
        "id": person.id, "handle": person.handle, "name": person.name, "title": person.title, "kind": person.kind,
        "team": person.team, "groups": groups, "playable": person.is_playable(),
    })
}

/// Their channels, and the public ones if they belong to this workspace.
fn visible<'a>(world: &'a World, person: &Person) -> Vec<&'a Channel> {
    let member = person.kind == PersonKind::Member;
    let sees = |channel: &&Channel| channel.has(&person.id) || (channel.kind == ChannelKind::Public && member);
    world.state.channels.values().filter(sees).collect()
}

fn channel_line(world: &World, person: &Person, channel: &Channel) -> Value {
    let read = channel.read.get(&person.id).map_or("", String::as_str);
    let unread = channel
        .messages
        .iter()
        .filter(|message| {
            shows(channel, message, &person.id)
                && message.is_top()
                && message.user != person.id
                && message.ts.as_str() > read
        })
        .count();
    let kind = match channel.kind {
        ChannelKind::Public => "public",
        ChannelKind::Private => "private",
        ChannelKind::Dm => "dm",
    };
    let name = if channel.is_dm() { world.state.app.name.as_str() } else { channel.name.as_str() };
    json!({
        "id": channel.id, "name": name, "kind": kind, "shared": channel.shared, "archived": channel.archived,
        "member": channel.has(&person.id), "app_member": channel.has(&world.state.app.bot_user), "topic": channel.topic,
        "unread": unread, "with": channel.with,
    })
}

/// Whether the person sees it: their own ephemeral messages, those in a thread only when the thread is alive
/// (docs.slack.dev/reference/methods/chat.postEphemeral).
#[must_use]
pub fn shows(channel: &Channel, message: &Message, person: &str) -> bool {
    if !message.is_seen_by(person) {
        return false;
    }
    match (&message.only_for, &message.thread_ts) {
        (Some(_), Some(thread)) => !channel.replies(thread).is_empty(),
        _ => true,
    }
}

/// The channel without its thread replies, oldest first.
#[must_use]
pub fn top_messages(world: &World, person: &Person, channel: &Channel) -> Vec<Value> {
    let shown = channel.messages.iter().filter(|message| {
        shows(channel, message, &person.id)
            && (message.is_top() || message.subtype.as_deref() == Some("thread_broadcast"))
    });
    shown.map(|message| message_for(world, person, channel, message)).collect()
}

/// A message and its replies, the parent first.
#[must_use]
pub fn thread(world: &World, person: &Person, channel: &Channel, ts: &str) -> Vec<Value> {
    let shown = channel
        .messages
        .iter()
        .filter(|message| shows(channel, message, &person.id) && (message.ts == ts || message.is_reply_to(ts)));
    shown.map(|message| message_for(world, person, channel, message)).collect()
}

fn message_for(world: &World, person: &Person, channel: &Channel, message: &Message) -> Value {
    let name = match message.user.as_str() {
        "USLACKBOT" => "Slackbot",
        user => world.state.people.get(user).map_or(user, |person| person.name.as_str()),
    };
    let reactions: Vec<Value> = message
        .reactions
        .iter()
        .map(|each| json!({"name": each.name, "count": each.users.len(), "users": each.users, "mine": each.users.contains(&person.id)}))
        .collect();
    let replies = channel.replies(&message.ts);
    let mut shown = Map::new();
    for (key, value) in [
        ("ts", json!(message.ts)),
        ("channel", json!(channel.id)),
        ("user", json!(message.user)),
        ("name", json!(name)),
        ("from_app", json!(message.bot_id.is_some())),
        ("text", json!(message.text)),
        ("blocks", json!(message.blocks)),
        ("at", json!(time_of_ts(&message.ts).map(|at| at.to_string()))),
        ("edited", json!(message.edited.is_some())),
        ("replies", json!(replies.len())),
        ("reactions", json!(reactions)),
        ("only_you", json!(message.only_for.is_some())),
        ("failure", json!(message.failures.get(&person.id))),
        ("values", json!(message.values.get(&person.id).cloned().unwrap_or_default())),
    ] {
        shown.insert(key.to_owned(), value);
    }
    let optional = [
        ("thread_ts", message.thread_ts.as_ref().map(|thread| json!(thread))),
        ("latest_reply", replies.last().map(|reply| json!(reply.ts))),
        ("metadata", message.metadata.clone()),
        ("subtype", message.subtype.as_ref().map(|subtype| json!(subtype))),
    ];
    shown.extend(optional.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    Value::Object(shown)
}

#[must_use]
pub fn view_for(view: &View) -> Value {
    let or_null = |key: &str| view.sent.get(key).cloned().unwrap_or(Value::Null);
    json!({
        "id": view.id, "root": view.root, "previous": view.previous, "type": view.text("type"), "callback_id": view.text("callback_id"),
        "title": or_null("title"), "submit": or_null("submit"), "close": or_null("close"), "blocks": view.blocks(),
        "values": view.values, "errors": view.errors, "failure": view.failure, "busy": view.busy, "hash": view.hash,
    })
}

/// All words of blocks, one line a text, in the order they stand.
#[must_use]
pub fn words_of(blocks: &[Value]) -> String {
    let mut lines = Vec::new();
    blocks.iter().for_each(|block| collect(block, &mut lines));
    lines.join("\n")
}

fn collect(value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
            if let (true, Some(text)) = (
                matches!(kind, "plain_text" | "mrkdwn" | "markdown" | "text"),
                object.get("text").and_then(Value::as_str),
            ) {
                lines.push(text.to_owned());
                return;
            }
            // In the order in which a reader meets them; the rest is not for reading.
            for key in [
                "text",
                "fields",
                "label",
                "element",
                "hint",
                "elements",
                "options",
                "accessory",
                "description",
                "title",
                "rows",
            ] {
                if let Some(inner) = object.get(key) {
                    collect(inner, lines);
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|each| collect(each, lines)),
        _ => {}
    }
}

/// Every channel in words, without times and ids: equal for runs that came to the same.
#[must_use]
pub fn in_words(world: &World) -> Vec<String> {
    let state = &world.state;
    let name = |id: &str| state.people.get(id).map_or_else(|| id.to_owned(), |person| person.name.clone());
    let mut lines = Vec::new();
    let mut channels: Vec<&Channel> = state.channels.values().collect();
    channels.sort_by_key(|channel| (channel.is_dm(), channel.name.clone(), channel.with.clone()));
    for channel in channels {
        let place = if channel.is_dm() {
            format!("dm {}", name(channel.with.as_deref().unwrap_or_default()))
        } else {
            format!("#{}", channel.name)
        };
        for message in channel.messages.iter().filter(|message| message.is_top()) {
            lines.push(format!("{place} {}", message_in_words(message, &name)));
            for reply in channel.messages.iter().filter(|reply| reply.is_reply_to(&message.ts)) {
                lines.push(format!("{place}   > {}", message_in_words(reply, &name)));
            }
        }
    }
    lines
}

fn message_in_words(message: &Message, name: &dyn Fn(&str) -> String) -> String {
    let said = if message.blocks.is_empty() { message.text.clone() } else { words_of(&message.blocks) };
    let only = message.only_for.as_ref().map(|only| format!(" (only {})", name(only))).unwrap_or_default();
    let reactions: String = message
        .reactions
        .iter()
        .map(|each| {
            format!(" [:{}: {}]", each.name, each.users.iter().map(|user| name(user)).collect::<Vec<_>>().join(", "))
        })
        .collect();
    format!("{}{only}: {}{reactions}", name(&message.user), said.replace('\n', " / "))
}
