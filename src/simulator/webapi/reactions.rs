//! reactions.*: of messages.

use serde_json::json;

use super::{Call, Refusal, Reply, fields};
use crate::simulator::state::{Changed, Channel, Shown, WithMetadata};

/// Distinct emoji on one message. Source: Slack help "Use emoji and reactions" (23 a person, 50 kinds a message).
const MOST_KINDS: usize = 50;

fn item(call: &Call<'_>) -> Result<(Channel, String), Refusal> {
    if call.args.text("channel").is_none() || call.args.text("timestamp").is_none() {
        return Err(Refusal::because("no_item_specified"));
    }
    let channel = call.visible_channel()?;
    let ts = call.need("timestamp")?;
    if channel.message(&ts).is_none() {
        return Err(Refusal::because("message_not_found"));
    }
    Ok((channel, ts))
}

/// Whether Slack knows an emoji by that name: letters, digits and `_-+'`, with a skin tone at most. Custom emoji are not told apart.
#[must_use]
pub fn is_emoji_name(name: &str) -> bool {
    let (base, tone) = name.split_once("::").unwrap_or((name, "skin-tone-2"));
    let fine = |c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '+' | '\'');
    let tone_fine = matches!(tone, "skin-tone-2" | "skin-tone-3" | "skin-tone-4" | "skin-tone-5" | "skin-tone-6");
    !base.is_empty() && base.chars().count() <= 100 && base.chars().all(fine) && tone_fine
}

pub fn add(call: &mut Call<'_>) -> Reply {
    let name = call.args.text("name").ok_or_else(|| Refusal::because("invalid_name"))?.trim_matches(':').to_owned();
    let (channel, ts) = item(call)?;
    if !is_emoji_name(&name) {
        return Err(Refusal::because("invalid_name"));
    }
    if channel.archived {
        return Err(Refusal::because("is_archived"));
    }
    if !call.is_member(&channel) {
        return Err(Refusal::because("not_in_channel"));
    }
    if channel.message(&ts).is_some_and(|message| message.reactions.len() >= MOST_KINDS) {
        return Err(Refusal::because("too_many_emoji"));
    }
    let bot = call.world.state.app.bot_user.clone();
    match call.world.react(call.now, &bot, &channel.id, &ts, &name) {
        Changed::Yes => Ok(fields(json!({}))),
        Changed::No => Err(Refusal::because("already_reacted")),
    }
}

pub fn remove(call: &mut Call<'_>) -> Reply {
    let name = call.args.text("name").ok_or_else(|| Refusal::because("invalid_name"))?.trim_matches(':').to_owned();
    let (channel, ts) = item(call)?;
    let bot = call.world.state.app.bot_user.clone();
    match call.world.unreact(call.now, &bot, &channel.id, &ts, &name) {
        Changed::Yes => Ok(fields(json!({}))),
        Changed::No => Err(Refusal::because("no_reaction")),
    }
}

pub fn get(call: &Call<'_>) -> Reply {
    let (channel, ts) = item(call)?;
    let state = &call.world.state;
    let message = channel.message(&ts).ok_or_else(|| Refusal::because("message_not_found"))?;
    let mut shown =
        fields(message.to_slack(&Shown { team: &state.team.id, app: &state.app.id, metadata: WithMetadata::No }));
    shown.insert("permalink".into(), json!(call.world.permalink(&channel.id, &ts)));
    Ok(fields(json!({"type": "message", "channel": channel.id, "message": shown})))
}
