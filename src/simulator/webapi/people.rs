//! auth, users, user groups, bots, team, and the address of Socket Mode.

use serde_json::{Value, json};

use super::{Call, Refusal, Reply, fields};
use crate::simulator::state::{PersonKind, Transport, WithEmail};

pub fn connections_open(call: &mut Call<'_>) -> Reply {
    let world = &mut *call.world;
    if !world.state.app.link_enabled || world.state.app.transport != Transport::Socket {
        // Socket Mode is off in the app's configuration; Slack documents no word of its own for it.
        return Err(Refusal::because("forbidden_team"));
    }
    let ticket = world.chance.letters(32);
    let base = world.base.replacen("http", "ws", 1);
    let app = &world.state.app.id;
    Ok(fields(json!({"url": format!("{base}/link/?ticket={ticket}&app_id={app}")})))
}

pub fn auth_test(call: &Call<'_>) -> Reply {
    let state = &call.world.state;
    let app = &state.app;
    let name = state.people.get(&app.bot_user).map(|person| person.handle.clone());
    let mut answer = fields(json!({
        "url": format!("{}/", call.world.base), "team": state.team.name, "user": name, "team_id": state.team.id,
        "user_id": app.bot_user, "bot_id": app.bot_id, "is_enterprise_install": app.org_install,
    }));
    if app.org_install {
        answer.insert("enterprise_id".into(), json!(state.team.enterprise));
    }
    Ok(answer)
}

pub fn bots_info(call: &Call<'_>) -> Reply {
    let app = &call.world.state.app;
    match call.args.text("bot") {
        Some(bot) if bot != app.bot_id => Err(Refusal::because("bot_not_found")),
        _ => Ok(fields(json!({"bot": {
            "id": app.bot_id, "deleted": !app.installed, "name": app.name, "updated": 0, "app_id": app.id, "user_id": app.bot_user,
            "icons": {},
        }}))),
    }
}

pub fn team_info(call: &Call<'_>) -> Reply {
    let team = &call.world.state.team;
    Ok(fields(
        json!({"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}),
    ))
}

fn email(call: &Call<'_>) -> WithEmail {
    if call.world.state.app.may("users:read.email") { WithEmail::Yes } else { WithEmail::No }
}

pub fn users_info(call: &Call<'_>) -> Reply {
    let state = &call.world.state;
    // Without the argument, as with a JSON body that was dropped, the person is simply not found.
    let person = call
        .args
        .text("user")
        .and_then(|user| state.people.get(user))
        .ok_or_else(|| Refusal::because("user_not_found"))?;
    Ok(fields(json!({"user": person.to_slack(&state.team, email(call))})))
}

pub fn users_list(call: &Call<'_>) -> Reply {
    let state = &call.world.state;
    // People of other companies are not in the list of this workspace.
    let members: Vec<Value> = state
        .people
        .values()
        .filter(|person| person.kind != PersonKind::Stranger)
        .map(|person| person.to_slack(&state.team, email(call)))
        .collect();
    let page = page_of(call, members)?;
    Ok(fields(
        json!({"members": page.items, "cache_ts": call.now.as_second(), "response_metadata": {"next_cursor": page.next}}),
    ))
}

pub struct Page {
    pub items: Vec<Value>,
    pub next: String,
}

/// One page by `cursor` and `limit`.
///
/// # Errors
/// `invalid_cursor`.
pub fn page_of(call: &Call<'_>, items: Vec<Value>) -> Result<Page, Refusal> {
    let from = match call.args.text("cursor") {
        None => 0,
        Some(cursor) => cursor
            .strip_prefix("next:")
            .and_then(|rest| rest.parse::<usize>().ok())
            .filter(|from| *from <= items.len())
            .ok_or_else(|| Refusal::because("invalid_cursor"))?,
    };
    let limit = call
        .args
        .number("limit")
        .and_then(|limit| usize::try_from(limit).ok())
        .filter(|limit| *limit > 0)
        .unwrap_or(100);
    let until = (from + limit.min(1000)).min(items.len());
    let next = if until < items.len() { format!("next:{until}") } else { String::new() };
    Ok(Page { items: items.into_iter().skip(from).take(until - from).collect(), next })
}

pub fn usergroups_list(call: &Call<'_>) -> Reply {
    let state = &call.world.state;
    let groups: Vec<Value> = state
        .groups
        .values()
        .filter(|group| !group.disabled || call.args.flag("include_disabled"))
        .map(|group| {
            let mut shown = fields(group.to_slack(&state.team.id));
            if call.args.flag("include_users") {
                shown.insert("users".into(), json!(group.members));
            }
            if call.args.flag("include_count") {
                // A string in Slack's own sample.
                shown.insert("user_count".into(), json!(group.members.len().to_string()));
            }
            Value::Object(shown)
        })
        .collect();
    Ok(fields(json!({"usergroups": groups})))
}

pub fn usergroups_users_list(call: &Call<'_>) -> Reply {
    let id = call.need("usergroup")?;
    let group = call.world.state.groups.get(&id).filter(|group| !group.disabled || call.args.flag("include_disabled"));
    let group = group.ok_or_else(|| Refusal::because("no_such_subteam"))?;
    Ok(fields(json!({"users": group.members})))
}
