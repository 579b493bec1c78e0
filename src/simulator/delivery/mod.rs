//! How Slack reaches the app: signed HTTP push or Socket Mode, three seconds to answer, events repeated when nobody took them.
//! Source: docs.slack.dev/apis/events-api (retries near-immediately, after 1 minute, after 5), apis/events-api/using-socket-mode,
//! interactivity/handling-user-interaction (three seconds; commands and interactions are not documented as repeated).

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::engine::{Engine, Flight};
use super::faults::{FaultKind, Struck};
use super::state::Transport;
use super::state::values::{elements_of, initial_of, text_at};
use super::transcript::EntryKind;

mod events;
pub mod payloads;
mod push;
mod socket;

pub use events::{Joined, MessageChange};
pub use push::signature;
pub use socket::{LineOrder, Sockets, Utterance, link};

const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// After how long a held back delivery goes all the same, when nothing overtakes it.
const HELD_AT_MOST: Duration = Duration::from_millis(2_500);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    Event,
    Command,
    Interaction,
}

impl Family {
    /// The name faults use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Family::Event => "events",
            Family::Command => "commands",
            Family::Interaction => "interactions",
        }
    }

    /// The envelope type in Socket Mode.
    fn envelope(self) -> &'static str {
        match self {
            Family::Event => "events_api",
            Family::Command => "slash_commands",
            Family::Interaction => "interactive",
        }
    }
}

/// Something on its way to the app.
#[derive(Debug, Clone)]
pub struct Parcel {
    pub family: Family,
    /// `reaction_added`, `block_actions`, `slash_command`, …
    pub name: String,
    /// Who caused it.
    pub who: Option<String>,
    /// What it is, in words that do not depend on the transport.
    pub words: String,
    pub payload: Value,
}

/// What the app put into its acknowledgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Empty,
    Json(Value),
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Acknowledged(Answer),
    /// Over HTTP: a status other than 2xx.
    Refused(u16),
    TimedOut,
    /// Nobody listens: connection refused or broken, no socket open.
    Unreachable,
    /// Swallowed by a fault.
    Lost,
}

impl Outcome {
    /// As the control surface reports it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Acknowledged(_) => "acknowledged",
            Outcome::Refused(_) => "refused",
            Outcome::TimedOut => "timed_out",
            Outcome::Unreachable => "unreachable",
            Outcome::Lost => "none",
        }
    }

    /// `retry_reason` over HTTP. Source: docs.slack.dev/apis/events-api.
    fn reason(&self) -> &'static str {
        match self {
            Outcome::Refused(_) => "http_error",
            Outcome::TimedOut => "http_timeout",
            _ => "connection_failed",
        }
    }
}

/// One attempt's end.
struct Tried {
    outcome: Outcome,
    /// The app sent `x-slack-no-retry: 1`.
    last: bool,
}

/// Which attempt this is, and why there was another before it.
#[derive(Debug, Clone, Copy)]
struct Attempt {
    number: u32,
    reason: &'static str,
    /// A fault breaks the socket in the middle of this frame.
    cut: bool,
}

impl Engine {
    /// Delivers, as often as Slack would; how the last attempt ended, and the flight, for whoever has to act on the answer.
    pub async fn deliver(self: &Arc<Engine>, mut parcel: Parcel, flight: Flight) -> (Outcome, Flight) {
        let struck = self.change(|world| {
            let fault = world.faults.strike(Struck::Delivery(parcel.family.name(), &parcel.name), &mut world.chance);
            if let Some(fault) = &fault {
                let words = format!("Fault: {} is {}", parcel.words, in_words(fault.kind));
                world.note(self.now(), EntryKind::Fault, words, None, json!(fault));
            }
            fault
        });
        let mut flight = flight;
        let mut cut = false;
        match struck.as_ref().map(|fault| fault.kind) {
            Some(FaultKind::Lost) => return (Outcome::Lost, flight),
            Some(FaultKind::Late) => {
                drop(flight);
                self.sleep(Duration::from_millis(struck.and_then(|fault| fault.delay_ms).unwrap_or(1_000))).await;
                flight = self.take_off();
            }
            Some(FaultKind::OutOfOrder) => {
                drop(flight);
                tokio::select! {
                    () = self.next_handed_over() => {}
                    () = self.sleep(HELD_AT_MOST) => {}
                }
                flight = self.take_off();
            }
            Some(FaultKind::Twice) => {
                let (engine, again, flight) = (Arc::clone(self), parcel.clone(), self.take_off());
                self.spawn(async move {
                    engine.attempt(&again, Attempt { number: 0, reason: "", cut: false }).await;
                    drop(flight);
                });
            }
            Some(FaultKind::CutSocket) => cut = true,
            Some(FaultKind::InitialValuesAbsent) => forget_initial_values(&mut parcel.payload),
            _ => {}
        }
        self.attempts(&parcel, cut, flight).await
    }

    async fn attempts(self: &Arc<Engine>, parcel: &Parcel, cut: bool, flight: Flight) -> (Outcome, Flight) {
        let mut flight = flight;
        let mut attempt = Attempt { number: 0, reason: "", cut };
        loop {
            let tried = self.attempt(parcel, attempt).await;
            if matches!(tried.outcome, Outcome::Acknowledged(_)) || tried.last || parcel.family != Family::Event {
                return (tried.outcome, flight);
            }
            let socket = self.look(|world| world.state.app.transport == Transport::Socket);
            let pause = match (attempt.number, socket) {
                (0, false) => None,
                // Seen in public: retry 1 about four seconds after the first delivery, reason `timeout`.
                (0, true) => Some(Duration::from_secs(1)),
                (1, _) => Some(Duration::from_secs(60)),
                (2, _) => Some(Duration::from_secs(300)),
                _ => {
                    self.gives_up(parcel);
                    return (tried.outcome, flight);
                }
            };
            if let Some(pause) = pause {
                drop(flight);
                self.sleep(pause).await;
                flight = self.take_off();
            }
            let reason = if socket { "timeout" } else { tried.outcome.reason() };
            attempt = Attempt { number: attempt.number + 1, reason, cut: false };
        }
    }

    /// Nobody brings this event any more; whoever cares has to ask.
    fn gives_up(self: &Arc<Engine>, parcel: &Parcel) {
        let (words, who) = (format!("Slack gave up bringing {}", parcel.words), parcel.who.as_deref());
        let raw = json!({"what": parcel.name, "payload": parcel.payload});
        self.change(|world| world.note(self.now(), EntryKind::Delivery, words, who, raw));
    }

    async fn attempt(self: &Arc<Engine>, parcel: &Parcel, attempt: Attempt) -> Tried {
        let started = self.now();
        let transport = self.look(|world| world.state.app.transport.clone());
        self.change(|world| {
            let again = if attempt.number > 0 { format!(" (again, retry {})", attempt.number) } else { String::new() };
            let raw = json!({"what": parcel.name, "payload": parcel.payload, "attempt": attempt.number, "retry_reason": attempt.reason,
                             "transport": if transport == Transport::Socket { "socket" } else { "http" }});
            world.note(started, EntryKind::Delivery, format!("To the app: {}{again}", parcel.words), parcel.who.as_deref(), raw);
        });
        let tried = match transport {
            Transport::RequestUrl(url) => self.push(&url, parcel, attempt).await,
            Transport::Socket => self.over_socket(parcel, attempt).await,
        };
        self.handed_over();
        self.change(|world| {
            let took = self.now().duration_since(started).as_millis();
            let body = match &tried.outcome {
                Outcome::Acknowledged(Answer::Json(body)) => body.clone(),
                Outcome::Acknowledged(Answer::Text(text)) => json!(text),
                _ => Value::Null,
            };
            let status = if let Outcome::Refused(status) = tried.outcome { json!(status) } else { Value::Null };
            let raw = json!({"what": parcel.name, "outcome": tried.outcome.name(), "status": status, "body": body, "took_ms": took});
            world.note(self.now(), EntryKind::Answer, answer_in_words(parcel, &tried.outcome), parcel.who.as_deref(), raw);
        });
        tried
    }
}

/// Takes out of `view.state.values` what nobody has touched since it was shown.
fn forget_initial_values(payload: &mut Value) {
    let blocks = payload.pointer("/view/blocks").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(values) = payload.pointer_mut("/view/state/values").and_then(Value::as_object_mut) else { return };
    for block in &blocks {
        let Some(held) = values.get_mut(text_at(block, "block_id")).and_then(Value::as_object_mut) else { continue };
        for element in elements_of(block) {
            let action = text_at(element, "action_id");
            if held.get(action).cloned() == initial_of(element) {
                held.remove(action);
            }
        }
    }
}

fn in_words(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Lost => "never delivered",
        FaultKind::Late => "delivered late",
        FaultKind::OutOfOrder => "overtaken by the next",
        FaultKind::Twice => "delivered twice",
        FaultKind::CutSocket => "cut off in the middle",
        FaultKind::InitialValuesAbsent => "delivered without its initial values",
        _ => "struck",
    }
}

fn answer_in_words(parcel: &Parcel, outcome: &Outcome) -> String {
    let name = &parcel.name;
    match outcome {
        Outcome::Acknowledged(Answer::Empty) => format!("The app acknowledged {name}"),
        Outcome::Acknowledged(Answer::Text(_)) => format!("The app answered {name} with a text"),
        Outcome::Acknowledged(Answer::Json(body)) => match body.get("response_action").and_then(Value::as_str) {
            Some(action) => format!("The app answered {name}: {action}"),
            None => format!("The app answered {name} with a message"),
        },
        Outcome::Refused(_) => format!("The app refused {name}"),
        Outcome::TimedOut => format!("The app did not answer {name} within three seconds"),
        Outcome::Unreachable => format!("The app could not be reached with {name}"),
        Outcome::Lost => format!("{name} was lost"),
    }
}
