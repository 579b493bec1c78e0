//! Messages that come by `response_url` or in an acknowledgement: `response_type`, `replace_original`, `delete_original`.
//! Source: docs.slack.dev/interactivity/handling-user-interaction ("Message responses").

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::engine::{Engine, World};
use super::post::Rewrite;
use super::{Args, Refusal};
use crate::simulator::faults::{FaultKind, Struck};
use crate::simulator::rules::message_fault;
use crate::simulator::state::ResponseUrl;
use crate::simulator::transcript::EntryKind;
use crate::simulator::wire::Wire;

/// Where a message that was not posted by a method belongs.
pub struct Said<'a> {
    pub channel: &'a str,
    pub person: &'a str,
    /// The message something was pressed on.
    pub about: Option<&'a str>,
    pub thread: Option<&'a str>,
}

impl World {
    /// Takes a message in an acknowledgement or by response address.
    ///
    /// # Errors
    /// Whatever is wrong with it, in Slack's words.
    pub fn say(&mut self, now: Timestamp, said: &Said<'_>, args: &Args) -> Result<(), Refusal> {
        if args.flag("delete_original") {
            let about = said.about.ok_or_else(|| Refusal::because("cant_delete_message"))?.to_owned();
            self.remove(now, said.channel, &about);
            return Ok(());
        }
        if let Some(fault) = message_fault(&args.as_value()) {
            return Err(fault.into());
        }
        let in_channel = args.text("response_type") == Some("in_channel");
        if args.flag("replace_original") {
            let about = said.about.ok_or_else(|| Refusal::because("cant_update_message"))?.to_owned();
            let rewrite = Rewrite {
                text: args.text("text").unwrap_or_default().to_owned(),
                blocks: self.blocks_of(args),
                attachments: args.value("attachments").and_then(Value::as_array).cloned(),
                metadata: None,
            };
            self.rewrite(now, said.channel, &about, rewrite);
            return Ok(());
        }
        let mut message = self.message_of(now, args);
        message.metadata = None;
        message.thread_ts = args.text("thread_ts").or(said.thread).map(str::to_owned);
        if !in_channel {
            message.only_for = Some(said.person.to_owned());
        }
        self.post(now, said.channel, message);
        Ok(())
    }
}

/// `POST /response/TEAM/KEY`.
pub async fn respond(
    State(engine): State<Arc<Engine>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    Path((_team, key)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let _flight = engine.take_off();
    let struck = engine.change(|world| world.faults.strike(Struck::ResponseUrl, &mut world.chance));
    if struck.as_ref().is_some_and(|fault| fault.kind == FaultKind::Refused) {
        wire.cut();
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let failed = match struck.as_ref().map(|fault| (fault.kind, fault)) {
        Some((FaultKind::RateLimited, fault)) => Some((429, fault)),
        Some((FaultKind::Status, fault)) if !fault.done => Some((fault.status.unwrap_or(500), fault)),
        _ => None,
    };
    if let Some((status, fault)) = failed {
        let retry = [("retry-after", fault.retry_after.unwrap_or(1).to_string())];
        return (StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), retry, "").into_response();
    }
    let answer = engine.change(|world| {
        let now = engine.now();
        let done = world.state.take_response_url(&key, now).map_err(Refusal::because).and_then(|url| {
            let args = Args::from_json(&body).map_err(|_| Refusal::because("invalid_payload"))?;
            say_to(world, now, &url, &args)
        });
        let words = match &done {
            Ok(()) => "The app answered by response_url".to_owned(),
            Err(refusal) => format!("The app answered by response_url: {}", refusal.error),
        };
        let said: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        world.note(now, EntryKind::Call, words, None, json!({"method": "response_url", "args": said}));
        done
    });
    if struck.is_some_and(|fault| fault.kind == FaultKind::AnswerLost) {
        wire.cut();
    }
    match answer {
        Ok(()) => (StatusCode::OK, "ok").into_response(),
        Err(refusal) => {
            let status = if refusal.error.ends_with("_url") { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST };
            (status, axum::Json(refusal.body())).into_response()
        }
    }
}

fn say_to(world: &mut World, now: Timestamp, url: &ResponseUrl, args: &Args) -> Result<(), Refusal> {
    let (about, thread) = (url.message.as_deref(), url.thread.as_deref());
    world.say(now, &Said { channel: &url.channel, person: &url.person, about, thread }, args)
}
