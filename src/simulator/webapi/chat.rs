//! chat.*

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::post::Rewrite;
use super::{Call, Refusal, Reply, fields};
use crate::simulator::rules::{limit, message_fault};
use crate::simulator::state::{Channel, ChannelKind, Message, Shown, WithMetadata};

/// Source: docs.slack.dev/reference/methods/chat.scheduleMessage (120 days).
const SCHEDULED_AT_MOST: SignedDuration = SignedDuration::from_hours(120 * 24);

impl Call<'_> {
    /// Where a message may go: `C…`, `D…`, or `U…` for the app's direct channel with that person.
    fn postable_channel(&mut self) -> Result<Channel, Refusal> {
        let named = self.args.text("channel").ok_or_else(|| Refusal::because("channel_not_found"))?.to_owned();
        let state = &mut self.world.state;
        let id = if state.people.contains_key(&named) {
            state.dm_with(&named, self.now)
        } else {
            state.channel(&named).map(|channel| channel.id.clone()).unwrap_or(named)
        };
        let bot = state.app.bot_user.clone();
        let channel = state.channels.get(&id).cloned().ok_or_else(|| Refusal::because("channel_not_found"))?;
        let member = channel.has(&bot);
        if !member && channel.kind != ChannelKind::Public {
            return Err(Refusal::because("channel_not_found"));
        }
        if channel.archived {
            return Err(Refusal::because("is_archived"));
        }
        if channel.is_dm() && !state.app.messages_tab {
            return Err(Refusal::because("messages_tab_disabled"));
        }
        if !member && !state.app.may("chat:write.public") {
            return Err(Refusal::because("not_in_channel"));
        }
        Ok(channel)
    }

    fn valid_message(&self) -> Result<(), Refusal> {
        message_fault(&self.args.as_value()).map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// One of the app's own messages.
    fn own_message(&self, foreign: &str) -> Result<(Channel, Message), Refusal> {
        let channel = self.visible_channel()?;
        let ts = self.need("ts")?;
        let message = channel.message(&ts).cloned().ok_or_else(|| Refusal::because("message_not_found"))?;
        if message.user != self.world.state.app.bot_user {
            return Err(Refusal::because(foreign));
        }
        Ok((channel, message))
    }

    fn shown_message(&self, channel: &str, ts: &str) -> Value {
        let state = &self.world.state;
        let message =
            state.channels.get(channel).and_then(|place| place.messages.iter().find(|message| message.ts == ts));
        message.map_or(Value::Null, |message| {
            message.to_slack(&Shown { team: &state.team.id, app: &state.app.id, metadata: WithMetadata::Yes })
        })
    }
}

pub fn post_message(call: &mut Call<'_>) -> Reply {
    let channel = call.postable_channel()?;
    call.valid_message()?;
    let mut message = call.world.message_of(call.now, call.args);
    if let Some(thread) = call.args.text("thread_ts") {
        let parent = channel.message(thread);
        // A reply's own ts leads to its parent's thread.
        message.thread_ts =
            Some(parent.and_then(|parent| parent.thread_ts.clone()).unwrap_or_else(|| thread.to_owned()));
        if call.args.flag("reply_broadcast") {
            message.subtype = Some("thread_broadcast".to_owned());
        }
    }
    let truncated = call.args.text("text").is_some_and(|text| text.chars().count() > limit("text_truncated_above"));
    let ts = call.world.post(call.now, &channel.id, message);
    let mut answer = fields(json!({"channel": channel.id, "ts": ts, "message": call.shown_message(&channel.id, &ts)}));
    if truncated {
        answer.insert("warning".into(), json!("message_truncated"));
    }
    Ok(answer)
}

pub fn update(call: &mut Call<'_>) -> Reply {
    let (channel, message) = call.own_message("cant_update_message")?;
    if channel.archived {
        return Err(Refusal::because("is_inactive"));
    }
    if call.args.text("text").is_some_and(|text| text.chars().count() > limit("update_text")) {
        return Err(Refusal::because("msg_too_long"));
    }
    call.valid_message()?;
    let text = call.args.text("text").unwrap_or_default().to_owned();
    let blocks = match call.args.value("blocks") {
        Some(_) => call.world.blocks_of(call.args),
        // With text alone the blocks go.
        None => Vec::new(),
    };
    let attachments = call.args.value("attachments").and_then(Value::as_array).cloned();
    let metadata = call.args.value("metadata").cloned();
    call.world.rewrite(
        call.now,
        &channel.id,
        &message.ts,
        Rewrite { text: text.clone(), blocks, attachments, metadata },
    );
    let shown = call.shown_message(&channel.id, &message.ts);
    Ok(fields(json!({"channel": channel.id, "ts": message.ts, "text": text, "message": shown})))
}

pub fn delete(call: &mut Call<'_>) -> Reply {
    let (channel, message) = call.own_message("cant_delete_message")?;
    call.world.remove(call.now, &channel.id, &message.ts);
    Ok(fields(json!({"channel": channel.id, "ts": message.ts})))
}

pub fn post_ephemeral(call: &mut Call<'_>) -> Reply {
    let user = call.need("user")?;
    let channel = call.postable_channel()?;
    call.valid_message()?;
    if !channel.has(&user) {
        return Err(Refusal::because("user_not_in_channel"));
    }
    if !call.is_member(&channel) {
        return Err(Refusal::because("not_in_channel"));
    }
    let mut message = call.world.message_of(call.now, call.args);
    message.metadata = None;
    message.only_for = Some(user);
    message.thread_ts = call.args.text("thread_ts").map(str::to_owned);
    let ts = call.world.post(call.now, &channel.id, message);
    Ok(fields(json!({"message_ts": ts})))
}

pub fn get_permalink(call: &Call<'_>) -> Reply {
    let channel = call.visible_channel()?;
    let ts = call.need("message_ts")?;
    if channel.message(&ts).is_none() {
        return Err(Refusal::because("message_not_found"));
    }
    Ok(fields(json!({"channel": channel.id, "permalink": call.world.permalink(&channel.id, &ts)})))
}

pub fn schedule_message(call: &mut Call<'_>) -> Reply {
    let channel = call.postable_channel()?;
    call.valid_message()?;
    let at = call.args.number("post_at").ok_or_else(|| Refusal::because("invalid_time"))?;
    let seconds = at.saturating_sub(call.now.as_second());
    if seconds <= 0 {
        return Err(Refusal::because("time_in_past"));
    }
    if seconds > SCHEDULED_AT_MOST.as_secs() {
        return Err(Refusal::because("time_too_far"));
    }
    let mut message = call.world.message_of(call.now, call.args);
    message.thread_ts = call.args.text("thread_ts").map(str::to_owned);
    let id = call.world.state.new_id("Q");
    let shown =
        json!({"type": "delayed_message", "text": message.text, "bot_id": message.bot_id, "blocks": message.blocks});
    call.world.state.schedule(&channel.id, at, message);
    // Slack's own sample gives the time as a string, its schema as an integer: readers must take both.
    Ok(fields(json!({"channel": channel.id, "scheduled_message_id": id, "post_at": at.to_string(), "message": shown})))
}
