//! Commands, messages, reactions, reading, Home, shortcuts.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::answers::Consequence;
use super::find::{channel_for, member_channel, message_in};
use super::{Deed, Errand, Plan, Refused};
use crate::simulator::delivery::payloads::{Typed, Used, message_action, shortcut, slash_command};
use crate::simulator::engine::World;
use crate::simulator::state::{Changed, Message, Origin, Person, ViewState, Window};
use crate::simulator::transcript::EntryKind;
use crate::simulator::webapi::{escaped, is_emoji_name};

pub(super) fn perform(
    world: &mut World,
    now: Timestamp,
    who: &str,
    window: &Window,
    deed: &Deed,
) -> Result<Plan, Refused> {
    let person = world.state.people.get(who).cloned().ok_or_else(|| Refused::because("not_found", "nobody"))?;
    match deed {
        Deed::Command { channel, text } => command(world, now, &person, window, channel, text),
        Deed::Say { channel, text, thread_ts } => say(world, now, &person, channel, text, thread_ts.as_deref()),
        Deed::React { channel, ts, emoji } => react(world, now, &person, channel, ts.as_deref(), emoji, Turn::On),
        Deed::Unreact { channel, ts, emoji } => react(world, now, &person, channel, ts.as_deref(), emoji, Turn::Off),
        Deed::Read { channel } => read(world, who, channel),
        Deed::OpenHome => Ok(open_tab(world, now, &person, "home")),
        Deed::OpenMessages => Ok(open_tab(world, now, &person, "messages")),
        Deed::Shortcut { callback_id } => {
            known_shortcut(world, callback_id, "global")?;
            let trigger = world.state.new_trigger(who, window, Origin::Shortcut, now);
            let ts = world.state.next_ts(now);
            let parcel = shortcut(world, &person, callback_id, &trigger, &ts);
            world.faults.trigger_made();
            Ok(sent(world, now, who, parcel, Consequence::Nothing))
        }
        Deed::MessageShortcut { callback_id, channel, ts } => {
            known_shortcut(world, callback_id, "message")?;
            let channel = member_channel(world, who, channel)?.clone();
            let message = message_in(&channel, who, ts.as_deref())?.clone();
            let trigger = world.state.new_trigger(who, window, Origin::Shortcut, now);
            let path = world.state.new_response_url(&channel.id, who, None, message.thread_ts.as_deref(), now);
            let response_url = format!("{}{path}", world.base);
            let action_ts = world.state.next_ts(now);
            let used = Used { channel: &channel, message: &message, response_url: &response_url };
            let parcel = message_action(world, &person, callback_id, &used, &trigger, &action_ts);
            world.faults.trigger_made();
            Ok(sent(world, now, who, parcel, Consequence::Nothing))
        }
        Deed::DeleteMessage { channel, ts } => {
            let channel = channel_for(world, who, channel)?.clone();
            message_in(&channel, who, Some(ts))?;
            world.note(now, EntryKind::Person, format!("{} deleted a message", person.name), Some(who), Value::Null);
            world.remove(now, &channel.id, ts);
            Ok(Plan::touching(ts))
        }
        Deed::DismissNote { channel, ts } => {
            let channel = channel_for(world, who, channel)?.clone();
            let message = message_in(&channel, who, Some(ts))?;
            if message.only_for.as_deref() != Some(who) {
                return Err(Refused::because("not_a_note", "only messages for one person alone can be put away"));
            }
            world.remove(now, &channel.id, ts);
            Ok(Plan::touching(ts))
        }
        _ => Err(Refused::because("unreadable", "not a deed of words")),
    }
}

fn sent(
    world: &mut World,
    now: Timestamp,
    who: &str,
    parcel: crate::simulator::delivery::Parcel,
    then: Consequence,
) -> Plan {
    world.note(now, EntryKind::Person, parcel.words.clone(), Some(who), Value::Null);
    Plan::of(vec![Errand { parcel, then }])
}

fn known_shortcut(world: &World, callback_id: &str, kind: &str) -> Result<(), Refused> {
    let app = &world.state.app;
    let known = app.shortcuts.iter().any(|shortcut| shortcut.kind == kind && shortcut.callback_id == callback_id);
    if known || app.takes_any_command {
        Ok(())
    } else {
        Err(Refused::because("no_shortcut", format!("the app has no {kind} shortcut {callback_id:?}")))
    }
}

fn command(
    world: &mut World,
    now: Timestamp,
    person: &Person,
    window: &Window,
    channel: &str,
    text: &str,
) -> Result<Plan, Refused> {
    if world.state.top_view(&person.id, window).is_some() {
        return Err(Refused::because("modal_open", "a modal is open in this window and covers the message field"));
    }
    let (name, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    let app = &world.state.app;
    let known = app.commands.iter().find(|command| command.command == name);
    if !name.starts_with('/') || (known.is_none() && !app.takes_any_command) || !app.installed || !app.may("commands") {
        return Err(Refused::because("no_command", format!("{name} is not a valid command here")));
    }
    let rest = if known.is_some_and(|command| command.should_escape) {
        with_ids(world, rest.trim())
    } else {
        rest.trim().to_owned()
    };
    let name = name.to_owned();
    if matches!(channel, "dm" | "app") {
        world.state.dm_with(&person.id, now);
    }
    let channel = member_channel(world, &person.id, channel)?.clone();
    if channel.archived {
        return Err(Refused::because("is_archived", format!("#{} is archived", channel.name)));
    }
    let trigger = world.state.new_trigger(&person.id, window, Origin::Command, now);
    let path = world.state.new_response_url(&channel.id, &person.id, None, None, now);
    let response_url = format!("{}{path}", world.base);
    let typed = Typed { command: &name, text: &rest, trigger: &trigger, response_url: &response_url };
    let parcel = slash_command(world, person, &channel, &typed);
    world.faults.trigger_made();
    let then = Consequence::Typed { who: person.id.clone(), channel: channel.id.clone(), command: name.clone() };
    Ok(sent(world, now, &person.id, parcel, then))
}

/// `should_escape`: names of people and channels become ids.
fn with_ids(world: &World, text: &str) -> String {
    let escape = |word: &str| match word.chars().next() {
        Some('@') => world
            .state
            .person(word)
            .map(|person| format!("<@{}|{}>", person.id, person.handle))
            .unwrap_or_else(|_| escaped(word)),
        Some('#') => world
            .state
            .channel(word)
            .map(|channel| format!("<#{}|{}>", channel.id, channel.name))
            .unwrap_or_else(|_| escaped(word)),
        _ => escaped(word),
    };
    text.split(' ').map(escape).collect::<Vec<_>>().join(" ")
}

fn say(
    world: &mut World,
    now: Timestamp,
    person: &Person,
    channel: &str,
    text: &str,
    thread: Option<&str>,
) -> Result<Plan, Refused> {
    if matches!(channel, "dm" | "app") {
        world.state.dm_with(&person.id, now);
    }
    let channel = member_channel(world, &person.id, channel)?.clone();
    if channel.archived {
        return Err(Refused::because("is_archived", format!("#{} is archived", channel.name)));
    }
    if let Some(thread) = thread {
        message_in(&channel, &person.id, Some(thread))?;
    }
    let ts = world.state.next_ts(now);
    let mentions_app = text.contains("@app");
    let stored = escaped(text).replace("@app", &format!("<@{}>", world.state.app.bot_user));
    let mut message = Message::of(ts.clone(), &person.id, &stored);
    message.thread_ts = thread.map(str::to_owned);
    world.note(
        now,
        EntryKind::Person,
        format!("{} wrote in #{}", person.name, channel.name),
        Some(&person.id),
        json!({"text": text}),
    );
    world.post(now, &channel.id, message);
    if mentions_app && channel.has(&world.state.app.bot_user) {
        let event = json!({"type": "app_mention", "user": person.id, "text": stored, "ts": ts, "channel": channel.id, "event_ts": ts});
        world.emit(now, "app_mention", Some("app_mentions:read"), Some(&channel.id), event);
    }
    Ok(Plan::touching(&ts))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    On,
    Off,
}

fn react(
    world: &mut World,
    now: Timestamp,
    person: &Person,
    channel: &str,
    ts: Option<&str>,
    emoji: &str,
    turn: Turn,
) -> Result<Plan, Refused> {
    let emoji = emoji.trim_matches(':');
    if !is_emoji_name(emoji) {
        return Err(Refused::because("no_emoji", format!("no emoji is called {emoji:?}")));
    }
    let channel = member_channel(world, &person.id, channel)?.clone();
    let message = message_in(&channel, &person.id, ts)?;
    if message.only_for.is_some() {
        return Err(Refused::because("not_reactable", "nobody can react to a message that only one person sees"));
    }
    let ts = message.ts.clone();
    let (changed, words) = match turn {
        Turn::On => (world.react(now, &person.id, &channel.id, &ts, emoji), "reacted with"),
        Turn::Off => (world.unreact(now, &person.id, &channel.id, &ts, emoji), "took back"),
    };
    if changed == Changed::No {
        return Err(Refused::because(
            "nothing_changed",
            format!("{} had {} :{emoji}:", person.name, if turn == Turn::On { "already" } else { "no" }),
        ));
    }
    let words = format!("{} {words} :{emoji}: in #{}", person.name, channel.name);
    world.note(now, EntryKind::Person, words, Some(&person.id), json!({"channel": channel.id, "ts": ts}));
    Ok(Plan::touching(&ts))
}

fn read(world: &mut World, who: &str, channel: &str) -> Result<Plan, Refused> {
    let id = channel_for(world, who, channel)?.id.clone();
    if let Some(place) = world.state.channels.get_mut(&id)
        && let Some(last) = place.messages.last().map(|message| message.ts.clone())
    {
        place.read.insert(who.to_owned(), last);
    }
    Ok(Plan::default())
}

/// Source: docs.slack.dev/reference/events/app_home_opened (no scope).
fn open_tab(world: &mut World, now: Timestamp, person: &Person, tab: &str) -> Plan {
    let channel = world.state.dm_with(&person.id, now);
    let event_ts = world.state.next_ts(now);
    let mut event =
        json!({"type": "app_home_opened", "user": person.id, "channel": channel, "tab": tab, "event_ts": event_ts});
    let shown = world.state.homes.get(&person.id).and_then(|id| world.state.views.get(id));
    if let (Some(view), Some(fields)) = (shown, event.as_object_mut()) {
        fields.insert("view".into(), view.to_slack(&world.state, ViewState::Whole));
    }
    world.note(
        now,
        EntryKind::Person,
        format!("{} opened the app's {tab} tab", person.name),
        Some(&person.id),
        Value::Null,
    );
    world.emit(now, "app_home_opened", None, None, event);
    Plan::default()
}
