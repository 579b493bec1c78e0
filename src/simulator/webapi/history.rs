//! conversations.history and conversations.replies.

use serde_json::{Value, json};

use super::people::page_of;
use super::{Call, Refusal, Reply, fields};
use crate::simulator::state::{Channel, Message, Shown, WithMetadata};

impl Call<'_> {
    /// A channel whose messages the app may read: the history scope, and membership.
    fn readable_channel(&self) -> Result<Channel, Refusal> {
        let channel = self.visible_channel()?;
        self.need_scope(&format!("{}:history", channel.scope_family()))?;
        if self.is_member(&channel) { Ok(channel) } else { Err(Refusal::because("not_in_channel")) }
    }

    fn in_window(&self, message: &Message) -> bool {
        let inclusive = self.args.flag("inclusive");
        let after = self.args.text("oldest").is_none_or(|oldest| {
            order(&message.ts, oldest).is_gt() || (inclusive && order(&message.ts, oldest).is_eq())
        });
        let before = self.args.text("latest").is_none_or(|latest| {
            order(&message.ts, latest).is_lt() || (inclusive && order(&message.ts, latest).is_eq())
        });
        after && before
    }

    fn shown(&self, channel: &Channel, message: &Message) -> Value {
        let metadata = if self.args.flag("include_all_metadata") { WithMetadata::Yes } else { WithMetadata::No };
        let state = &self.world.state;
        let mut shown = fields(message.to_slack(&Shown { team: &state.team.id, app: &state.app.id, metadata }));
        let replies = channel.replies(&message.ts);
        if let Some(latest) = replies.last() {
            let mut users: Vec<&str> = replies.iter().map(|reply| reply.user.as_str()).collect();
            users.sort_unstable();
            users.dedup();
            shown.insert("thread_ts".into(), json!(message.ts));
            shown.insert("reply_count".into(), json!(replies.len()));
            shown.insert("reply_users".into(), json!(users));
            shown.insert("reply_users_count".into(), json!(users.len()));
            shown.insert("latest_reply".into(), json!(latest.ts));
        }
        if message.thread_ts.as_deref().is_some_and(|thread| thread != message.ts) {
            let parent = message.thread_ts.as_deref().and_then(|thread| channel.message(thread));
            shown.insert("parent_user_id".into(), json!(parent.map(|parent| parent.user.clone())));
        }
        Value::Object(shown)
    }
}

/// Times in order; a bare number of seconds is one too.
fn order(one: &str, other: &str) -> std::cmp::Ordering {
    let micros = |ts: &str| {
        let (seconds, rest) = ts.split_once('.').unwrap_or((ts, "0"));
        let rest = format!("{rest:0<6}");
        seconds.parse::<i64>().unwrap_or(0).saturating_mul(1_000_000)
            + rest.get(..6).and_then(|six| six.parse().ok()).unwrap_or(0)
    };
    micros(one).cmp(&micros(other))
}

pub fn history(call: &Call<'_>) -> Reply {
    let channel = call.readable_channel()?;
    let newest_first: Vec<Value> = channel
        .messages
        .iter()
        .rev()
        .filter(|message| message.is_top() && message.only_for.is_none() && call.in_window(message))
        .map(|message| call.shown(&channel, message))
        .collect();
    let page = page_of(call, newest_first)?;
    let mut answer = fields(json!({
        "messages": page.items, "has_more": !page.next.is_empty(), "pin_count": 0, "channel_actions_ts": null,
        "channel_actions_count": 0,
    }));
    if !page.next.is_empty() {
        answer.insert("response_metadata".into(), json!({"next_cursor": page.next}));
    }
    Ok(answer)
}

pub fn replies(call: &Call<'_>) -> Reply {
    call.need("channel")?;
    let ts = call.need("ts")?;
    let channel = call.readable_channel()?;
    let parent = channel.message(&ts).ok_or_else(|| Refusal::because("thread_not_found"))?;
    let thread = parent.thread_ts.clone().unwrap_or(ts);
    let oldest_first: Vec<Value> = channel
        .messages
        .iter()
        .filter(|message| message.only_for.is_none() && (message.ts == thread || message.is_reply_to(&thread)))
        .filter(|message| message.ts == thread || call.in_window(message))
        .map(|message| call.shown(&channel, message))
        .collect();
    let page = page_of(call, oldest_first)?;
    let has_more = !page.next.is_empty();
    Ok(fields(json!({"messages": page.items, "has_more": has_more, "response_metadata": {"next_cursor": page.next}})))
}
