//! What an answer of the app leads to: a message, a change of the modal, or the words a person sees when nothing came.
//! Source: docs.slack.dev/surfaces/modals (response_action), interactivity/implementing-slash-commands.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::find::Place;
use crate::simulator::delivery::{Answer, Outcome};
use crate::simulator::engine::{Engine, World};
use crate::simulator::rules::{Surface, refusal_of_view};
use crate::simulator::state::values::{kind_of, text_at};
use crate::simulator::state::{HowMany, Message, Window};
use crate::simulator::transcript::EntryKind;
use crate::simulator::webapi::{Args, Said};

/// Shown in a modal, or beside a message, when the app did not take something.
pub const TROUBLE: &str = "We had some trouble connecting. Try again?";

/// What to do with the answer to a delivery.
#[derive(Debug, Clone)]
pub(super) enum Consequence {
    Nothing,
    Typed { who: String, channel: String, command: String },
    Pressed { who: String, place: Place },
    Submitted { who: String, window: Window, view: String },
}

/// Why the app's answer was of no use, as a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure(pub &'static str);

fn failure_of(outcome: &Outcome) -> Option<Failure> {
    match outcome {
        Outcome::Acknowledged(_) => None,
        Outcome::TimedOut | Outcome::Lost => Some(Failure("operation_timeout")),
        Outcome::Refused(_) | Outcome::Unreachable => Some(Failure("dispatch_failed")),
    }
}

pub(super) fn apply(engine: &Arc<Engine>, then: &Consequence, outcome: &Outcome) {
    let now = engine.now();
    match then {
        Consequence::Nothing => {}
        Consequence::Typed { who, channel, command } => {
            engine.change(|world| answer_command(world, now, who, channel, command, outcome));
        }
        Consequence::Pressed { who, place } => {
            if failure_of(outcome).is_some() {
                engine.change(|world| mark_failure(world, who, place));
            }
        }
        Consequence::Submitted { who, window, view } => {
            engine.change(|world| answer_submission(world, now, who, window, view, outcome));
        }
    }
}

fn answer_command(world: &mut World, now: Timestamp, who: &str, channel: &str, command: &str, outcome: &Outcome) {
    let args = match outcome {
        Outcome::Acknowledged(Answer::Empty) => return,
        Outcome::Acknowledged(Answer::Json(Value::Object(body))) => {
            // `{"response_type": "in_channel"}` alone only shows what was typed.
            if body.len() == 1 && body.contains_key("response_type") {
                return;
            }
            Args(body.clone())
        }
        Outcome::Acknowledged(Answer::Text(text)) => Args(Map::from_iter([("text".to_owned(), json!(text))])),
        Outcome::Acknowledged(Answer::Json(_)) => Args::default(),
        _ => Args::default(),
    };
    let error = match failure_of(outcome) {
        Some(failure) => failure.0.to_owned(),
        None => match world.say(now, &Said { channel, person: who, about: None, thread: None }, &args) {
            Ok(()) => return,
            Err(refusal) => refusal.error,
        },
    };
    note_for(world, now, who, channel, &format!("{command} failed with the error \"{error}\""));
}

/// Slackbot's note to one person.
fn note_for(world: &mut World, now: Timestamp, who: &str, channel: &str, text: &str) {
    let ts = world.state.next_ts(now);
    let mut message = Message::of(ts, "USLACKBOT", text);
    message.only_for = Some(who.to_owned());
    world.post(now, channel, message);
}

fn mark_failure(world: &mut World, who: &str, place: &Place) {
    match place {
        Place::View(id) => {
            if let Some(view) = world.state.views.get_mut(id) {
                view.failure = Some(TROUBLE.to_owned());
            }
        }
        Place::Message { channel, ts } => {
            let message = world.state.channels.get_mut(channel).and_then(|place| place.message_mut(ts));
            if let Some(message) = message {
                message.failures.insert(who.to_owned(), TROUBLE.to_owned());
            }
        }
    }
}

fn answer_submission(world: &mut World, now: Timestamp, who: &str, window: &Window, id: &str, outcome: &Outcome) {
    let Some(view) = world.state.views.get_mut(id) else { return };
    view.busy = false;
    let taken = match outcome {
        Outcome::Acknowledged(Answer::Empty) => {
            close_submitted(world, who, window, id);
            Ok(())
        }
        Outcome::Acknowledged(Answer::Json(body)) => respond(world, now, who, window, id, body),
        Outcome::Acknowledged(Answer::Text(_)) => Err("a text where an acknowledgement was due".to_owned()),
        _ => Err(failure_of(outcome).map(|failure| failure.0.to_owned()).unwrap_or_default()),
    };
    if let Err(why) = taken {
        if let Some(view) = world.state.views.get_mut(id) {
            view.failure = Some(TROUBLE.to_owned());
        }
        world.note(now, EntryKind::Fault, format!("The modal shows \"{TROUBLE}\": {why}"), Some(who), Value::Null);
    }
}

/// Only the submitted view goes, if it is still the one on top.
fn close_submitted(world: &mut World, who: &str, window: &Window, id: &str) {
    if world.state.top_view(who, window).is_some_and(|top| top.id == id) {
        world.state.close_views(who, window, HowMany::Top);
    }
}

fn respond(
    world: &mut World,
    now: Timestamp,
    who: &str,
    window: &Window,
    id: &str,
    body: &Value,
) -> Result<(), String> {
    let action = text_at(body, "response_action");
    let sent = || {
        let view = body.get("view").ok_or("no view came with it")?;
        match refusal_of_view(view, Surface::Modal) {
            None => Ok(view),
            Some(refusal) => Err(format!("the view is not valid: {refusal:?}")),
        }
    };
    match action {
        "errors" => {
            let errors = errors_of(world, id, body.get("errors"))?;
            if let Some(view) = world.state.views.get_mut(id) {
                view.errors = errors;
            }
            Ok(())
        }
        "update" => {
            let sent = sent()?;
            world.state.update_view(id, sent, None, now, &mut world.chance).map_err(|fault| format!("{fault:?}"))
        }
        "push" => {
            let sent = sent()?;
            let pushed = world.state.push_view(who, window, sent, now, &mut world.chance);
            pushed.map(drop).map_err(|fault| format!("{fault:?}"))
        }
        "clear" => {
            world.state.close_views(who, window, HowMany::All);
            Ok(())
        }
        other => Err(format!("no response_action is called {other:?}")),
    }
}

/// Words by block id; only inputs can show them.
fn errors_of(world: &World, id: &str, errors: Option<&Value>) -> Result<BTreeMap<String, String>, String> {
    let errors =
        errors.and_then(Value::as_object).filter(|errors| !errors.is_empty()).ok_or("no errors came with it")?;
    let blocks = world.state.views.get(id).map(|view| view.blocks()).unwrap_or_default();
    let is_input =
        |block_id: &str| blocks.iter().any(|block| kind_of(block) == "input" && text_at(block, "block_id") == block_id);
    errors
        .iter()
        .map(|(block, words)| match words.as_str() {
            Some(words) if is_input(block) => Ok((block.clone(), words.to_owned())),
            Some(_) => Err(format!("{block:?} is the block_id of no input")),
            None => Err(format!("the words for {block:?} are no text")),
        })
        .collect()
}
