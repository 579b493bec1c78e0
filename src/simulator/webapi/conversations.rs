//! conversations.* and users.conversations.

use serde_json::{Value, json};

use super::people::page_of;
use super::{Call, Refusal, Reply, fields};
use crate::simulator::delivery::Joined;
use crate::simulator::state::{Channel, ChannelKind, PersonKind};

impl Call<'_> {
    /// The channel an app may know of: a private one only when it is a member, a direct one only its own.
    ///
    /// # Errors
    /// `invalid_arguments` without the argument, `channel_not_found`.
    pub fn visible_channel(&self) -> Result<Channel, Refusal> {
        let id = self.need("channel")?;
        let state = &self.world.state;
        let found = state
            .channels
            .get(&id)
            .filter(|channel| channel.kind == ChannelKind::Public || channel.has(&state.app.bot_user));
        found.cloned().ok_or_else(|| Refusal::because("channel_not_found"))
    }

    pub fn is_member(&self, channel: &Channel) -> bool {
        channel.has(&self.world.state.app.bot_user)
    }
}

pub fn info(call: &Call<'_>) -> Reply {
    let channel = call.visible_channel()?;
    call.need_scope(&format!("{}:read", channel.scope_family()))?;
    let state = &call.world.state;
    let mut shown = fields(channel.to_slack(&state.team.id, &state.app.bot_user));
    if call.args.flag("include_num_members") {
        shown.insert("num_members".into(), json!(channel.members.len()));
    }
    Ok(fields(json!({"channel": shown})))
}

pub fn members(call: &Call<'_>) -> Reply {
    let channel = call.visible_channel()?;
    call.need_scope(&format!("{}:read", channel.scope_family()))?;
    let page = page_of(call, channel.members.iter().map(|member| json!(member)).collect())?;
    Ok(fields(json!({"members": page.items, "response_metadata": {"next_cursor": page.next}})))
}

/// The channels of the kinds asked for; each kind needs its scope.
fn listed(call: &Call<'_>, only_of: Option<&str>) -> Result<Vec<Value>, Refusal> {
    let state = &call.world.state;
    let types = call.args.text("types").unwrap_or("public_channel");
    let mut kinds = Vec::new();
    for kind in types.split(',').map(str::trim) {
        let (kind, scope) = match kind {
            "public_channel" => (ChannelKind::Public, "channels:read"),
            "private_channel" => (ChannelKind::Private, "groups:read"),
            "im" => (ChannelKind::Dm, "im:read"),
            "mpim" => {
                call.need_scope("mpim:read")?;
                continue;
            }
            _ => return Err(Refusal::because("invalid_types")),
        };
        call.need_scope(scope)?;
        kinds.push(kind);
    }
    let shown = |channel: &&Channel| {
        let known = channel.kind == ChannelKind::Public || channel.has(&state.app.bot_user);
        let wanted = only_of.is_none_or(|person| channel.has(person));
        let archived = channel.archived && call.args.flag("exclude_archived");
        kinds.contains(&channel.kind) && known && wanted && !archived
    };
    Ok(state
        .channels
        .values()
        .filter(shown)
        .map(|channel| channel.to_slack(&state.team.id, &state.app.bot_user))
        .collect())
}

pub fn list(call: &Call<'_>) -> Reply {
    let page = page_of(call, listed(call, None)?)?;
    Ok(fields(json!({"channels": page.items, "response_metadata": {"next_cursor": page.next}})))
}

pub fn of_user(call: &Call<'_>) -> Reply {
    let person = call.args.text("user").unwrap_or(&call.world.state.app.bot_user).to_owned();
    if !call.world.state.people.contains_key(&person) {
        return Err(Refusal::because("user_not_found"));
    }
    let page = page_of(call, listed(call, Some(&person))?)?;
    Ok(fields(json!({"channels": page.items, "response_metadata": {"next_cursor": page.next}})))
}

pub fn join(call: &mut Call<'_>) -> Reply {
    let channel = call.visible_channel()?;
    if channel.kind != ChannelKind::Public {
        return Err(Refusal::because("method_not_supported_for_channel_type"));
    }
    if channel.archived {
        return Err(Refusal::because("is_archived"));
    }
    let bot = call.world.state.app.bot_user.clone();
    let team = call.world.state.team.id.clone();
    if channel.has(&bot) {
        let shown = channel.to_slack(&team, &bot);
        let warned = json!({"channel": shown, "warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}});
        return Ok(fields(warned));
    }
    call.world.move_member(call.now, &bot, &channel.id, Joined::Yes);
    let shown = call.world.state.channels.get(&channel.id).map(|channel| channel.to_slack(&team, &bot));
    Ok(fields(json!({"channel": shown})))
}

pub fn open(call: &mut Call<'_>) -> Reply {
    let state = &mut call.world.state;
    if let Some(id) = call.args.text("channel") {
        let known = state.channels.get(id).is_some_and(|channel| channel.is_dm() && channel.has(&state.app.bot_user));
        return if known {
            Ok(fields(json!({"channel": {"id": id}})))
        } else {
            Err(Refusal::because("channel_not_found"))
        };
    }
    let users = call.args.text("users").ok_or_else(|| Refusal::because("users_list_not_supplied"))?;
    let users: Vec<&str> = users.split(',').map(str::trim).filter(|user| !user.is_empty()).collect();
    let [user] = users.as_slice() else { return Err(Refusal::because("not_implemented")) };
    let person = state.people.get(*user).ok_or_else(|| Refusal::because("user_not_found"))?;
    match person.kind {
        PersonKind::Deactivated => return Err(Refusal::because("user_disabled")),
        PersonKind::Bot => return Err(Refusal::because("cannot_dm_bot")),
        _ => {}
    }
    let existed = state.channels.values().any(|channel| channel.with.as_deref() == Some(*user));
    let id = state.dm_with(user, call.now);
    let mut shown = fields(json!({"id": id}));
    if call.args.flag("return_im")
        && let Some(channel) = state.channels.get(&id)
    {
        shown = fields(channel.to_slack(&state.team.id, &state.app.bot_user));
    }
    let mut answer = fields(json!({"channel": shown}));
    if existed {
        answer.insert("no_op".into(), json!(true));
        answer.insert("already_open".into(), json!(true));
    }
    Ok(answer)
}
