//! What an administrator of the workspace does, and the knobs: people, groups, channels, the app, the clock, faults.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{AppChange, Deed, Plan, Refused};
use crate::simulator::delivery::Joined;
use crate::simulator::engine::{Engine, World};
use crate::simulator::state::{Channel, ChannelKind, Group, Person, PersonKind, Transport, first_day};
use crate::simulator::transcript::EntryKind;

pub(super) fn perform(world: &mut World, now: Timestamp, deed: &Deed) -> Result<Plan, Refused> {
    match deed {
        Deed::AddPerson { handle, name, kind } => {
            add_person(world, now, handle, name, kind.unwrap_or(PersonKind::Member))?
        }
        Deed::EditPerson { person, name, title, kind, tz } => {
            let id = world.state.person(person)?.id.clone();
            let Some(found) = world.state.people.get_mut(&id) else { return Ok(Plan::default()) };
            for (field, given) in [(&mut found.name, name), (&mut found.title, title), (&mut found.tz, tz)] {
                if let Some(given) = given {
                    field.clone_from(given);
                }
            }
            found.kind = kind.unwrap_or(found.kind);
            found.team =
                if found.kind == PersonKind::Stranger { "T0PARTNER".into() } else { world.state.team.id.clone() };
            found.updated = now.as_second();
            world.emit_user_change(now, &id);
        }
        Deed::EditGroup { group, name, members, disabled } => {
            edit_group(world, now, group, name.as_deref(), members.as_deref(), *disabled)?
        }
        Deed::AddChannel { name, private, shared, members } => {
            if world.state.channel(name).is_ok() {
                return Err(Refused::because("name_taken", format!("#{name} exists")));
            }
            let id = world.state.new_id("C");
            let kind = if *private { ChannelKind::Private } else { ChannelKind::Public };
            let mut channel = Channel::named(&id, name.trim_start_matches('#'), kind, now);
            channel.shared = *shared;
            world.state.channels.insert(id.clone(), channel);
            for member in members {
                let person = world.state.person(member)?.id.clone();
                world.move_member(now, &person, &id, Joined::Yes);
            }
        }
        Deed::EditChannel { .. } => edit_channel(world, now, deed)?,
        Deed::Invite { channel, person } => move_person(world, now, channel, person, Joined::Yes)?,
        Deed::Kick { channel, person } => move_person(world, now, channel, person, Joined::No)?,
        Deed::Fault { fault } => {
            if let Some(objection) = fault.objection() {
                return Err(Refused::because("no_such_fault", objection));
            }
            let id = world.faults.set(fault.clone());
            world.note(now, EntryKind::Fault, format!("Fault {id} is set"), None, json!(fault));
        }
        Deed::Heal { id } => {
            world.faults.heal(*id);
            world.note(now, EntryKind::Fault, "Faults are healed", None, json!({"id": id}));
        }
        Deed::Forget => {
            let app = world.state.app.clone();
            world.state = first_day(now);
            world.state.adopt(app);
            world.faults.heal(None);
        }
        _ => return Err(Refused::because("unreadable", "not a deed of an administrator")),
    }
    Ok(Plan::default())
}

fn add_person(world: &mut World, now: Timestamp, handle: &str, name: &str, kind: PersonKind) -> Result<(), Refused> {
    if world.state.person(handle).is_ok() {
        return Err(Refused::because("name_taken", format!("@{handle} exists")));
    }
    let id = world.state.new_id("U");
    let team = if kind == PersonKind::Stranger { "T0PARTNER".to_owned() } else { world.state.team.id.clone() };
    let (handle, name, tz) = (handle.to_owned(), name.to_owned(), "Europe/Amsterdam".to_owned());
    let person =
        Person { id: id.clone(), handle, name, title: String::new(), kind, team, tz, updated: now.as_second() };
    world.state.people.insert(id.clone(), person);
    world.emit_user_change(now, &id);
    Ok(())
}

fn edit_group(
    world: &mut World,
    now: Timestamp,
    group: &str,
    name: Option<&str>,
    members: Option<&[String]>,
    disabled: Option<bool>,
) -> Result<(), Refused> {
    let members = members
        .map(|members| {
            members
                .iter()
                .map(|each| Ok(world.state.person(each)?.id.clone()))
                .collect::<Result<BTreeSet<String>, Refused>>()
        })
        .transpose()?;
    let found = world.state.group(group).map(|group| group.id.clone());
    let created = found.is_err();
    let id = found.unwrap_or_else(|_| {
        let id = world.state.new_id("S");
        let handle = group.trim_start_matches('@').to_owned();
        let fresh = Group {
            id: id.clone(),
            name: handle.clone(),
            handle,
            members: BTreeSet::new(),
            disabled: false,
            updated: 0,
        };
        world.state.groups.insert(id.clone(), fresh);
        id
    });
    let Some(found) = world.state.groups.get_mut(&id) else { return Ok(()) };
    if let Some(name) = name {
        name.clone_into(&mut found.name);
    }
    found.disabled = disabled.unwrap_or(found.disabled);
    found.updated = now.as_second();
    let before = found.members.clone();
    if let Some(members) = members {
        found.members = members;
    }
    let after = found.members.clone();
    world.emit_group(now, if created { "subteam_created" } else { "subteam_updated" }, &id);
    if before != after {
        let added: Vec<String> = after.difference(&before).cloned().collect();
        let removed: Vec<String> = before.difference(&after).cloned().collect();
        world.emit_group_members(now, &id, &added, &removed);
    }
    Ok(())
}

fn edit_channel(world: &mut World, now: Timestamp, deed: &Deed) -> Result<(), Refused> {
    let Deed::EditChannel { channel, rename, archived, deleted, private, shared, topic } = deed else { return Ok(()) };
    let id = world.state.channel(channel)?.id.clone();
    let Some(found) = world.state.channels.get_mut(&id) else { return Ok(()) };
    let before = found.clone();
    if let Some(topic) = topic {
        found.topic.clone_from(topic);
    }
    if let Some(private) = private {
        found.kind = if *private { ChannelKind::Private } else { ChannelKind::Public };
    }
    found.shared = shared.unwrap_or(found.shared);
    found.archived = archived.unwrap_or(found.archived);
    if let Some(name) = rename {
        found.previous_names.push(found.name.clone());
        found.name = name.trim_start_matches('#').to_owned();
    }
    let after = found.clone();
    if before.name != after.name {
        let about = json!({"id": id, "name": after.name, "name_normalized": after.name, "created": after.created, "is_channel": true, "is_mpim": false});
        world.emit_channel(now, &after, "rename", about);
    }
    match (before.archived, after.archived) {
        (false, true) => world.emit_channel(now, &after, "archive", json!(id)),
        (true, false) => world.emit_channel(now, &after, "unarchive", json!(id)),
        _ => {}
    }
    if *deleted == Some(true) {
        world.emit_channel(now, &after, "deleted", json!(id));
        world.state.channels.remove(&id);
    }
    Ok(())
}

fn move_person(world: &mut World, now: Timestamp, channel: &str, person: &str, joined: Joined) -> Result<(), Refused> {
    let channel = world.state.channel(channel)?;
    let (id, name) = (channel.id.clone(), channel.name.clone());
    let person = world.state.person(person)?;
    let (who, said) = (person.id.clone(), person.name.clone());
    let words = if joined == Joined::Yes { "came into" } else { "left" };
    world.note(now, EntryKind::Person, format!("{said} {words} #{name}"), Some(&who), Value::Null);
    world.move_member(now, &who, &id, joined);
    Ok(())
}

pub(super) fn advance(engine: &Arc<Engine>, seconds: f64) -> Result<Plan, Refused> {
    let by =
        Duration::try_from_secs_f64(seconds).map_err(|_| Refused::because("unreadable", "seconds, not negative"))?;
    engine.time().advance(by).map_err(|runs| Refused::because("clock_runs", runs.to_string()))?;
    engine.change(|world| {
        world.note(engine.now(), EntryKind::Clock, format!("The clock moved on by {seconds} s"), None, Value::Null)
    });
    Ok(Plan::default())
}

pub(super) async fn change_app(engine: &Arc<Engine>, change: &AppChange) -> Result<Plan, Refused> {
    if let Some(Transport::RequestUrl(url)) = &change.transport
        && !engine.verify_request_url(url).await
    {
        let why = format!("{url} did not answer the url_verification challenge");
        return Err(Refused::because("url_not_verified", why));
    }
    let now = engine.now();
    engine.change(|world| {
        if change.installed == Some(false) {
            let event = json!({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [world.state.app.bot_user]}});
            world.emit(now, "tokens_revoked", None, None, event);
            world.emit(now, "app_uninstalled", None, None, json!({"type": "app_uninstalled"}));
        }
        let app = &mut world.state.app;
        let set = |list: &Vec<String>| list.iter().cloned().collect::<BTreeSet<_>>();
        if let Some(scopes) = &change.scopes {
            app.scopes = set(scopes);
        }
        if let Some(events) = &change.events {
            app.events = set(events);
        }
        if let Some(events) = &change.metadata_events {
            app.metadata_events = set(events);
        }
        if let Some(transport) = &change.transport {
            app.transport = transport.clone();
        }
        for (field, given) in [
            (&mut app.installed, change.installed),
            (&mut app.org_install, change.org_install),
            (&mut app.token_valid, change.token_valid),
            (&mut app.rate_limits, change.rate_limits),
            (&mut app.messages_tab, change.messages_tab),
        ] {
            *field = given.unwrap_or(*field);
        }
    });
    Ok(Plan::default())
}
