//! Socket Mode: tickets, up to ten connections, hello, envelopes and their acknowledgements, disconnects with warning and refresh.
//! Source: docs.slack.dev/apis/events-api/using-socket-mode; field names also in slackapi/node-slack-sdk packages/socket-mode and
//! python-slack-sdk's mock server (`too_many_websockets`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{ConnectInfo, Query, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

use super::{ANSWER_WITHIN, Answer, Attempt, Family, Outcome, Parcel, Tried};
use crate::simulator::engine::Engine;
use crate::simulator::time::Wait;
use crate::simulator::transcript::EntryKind;
use crate::simulator::wire::Wire;

const MOST_CONNECTIONS: usize = 10;
/// Seen in public fixtures as `approximate_connection_time`.
const LIFE_SECONDS: u64 = 18_060;
/// With `debug_reconnects=true`.
const SHORT_LIFE_SECONDS: u64 = 360;
const WARNED_BEFORE_SECONDS: u64 = 10;
const FAREWELL_AT_MOST: Duration = Duration::from_secs(5);
const PING_EVERY: Duration = Duration::from_secs(10);

/// What Slack does to open connections when told so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineOrder {
    /// `disconnect` with reason `warning`; the connection stays.
    Warn,
    /// `disconnect` with reason `refresh_requested`, then closed.
    Refresh,
    /// Broken without a word.
    Drop,
    /// Socket Mode switched off in the app's configuration.
    LinkDisabled,
    LinkEnabled,
}

/// A single-use right to connect.
#[derive(Debug, Clone, Copy)]
pub struct Ticket {
    pub debug_reconnects: bool,
}

/// What no Slack would say, put on a connection as it is.
#[derive(Debug, Clone)]
pub enum Utterance {
    Text(String),
    Bytes(Vec<u8>),
    /// Half of it; then the connection breaks.
    Half(String),
}

enum Frame {
    Text(String),
    Bytes(Vec<u8>),
    /// Only a part of it gets through.
    Half(String),
    Order(LineOrder),
}

struct Line {
    send: mpsc::UnboundedSender<Frame>,
}

/// Waits for an acknowledgement; dropped when its line breaks.
struct Waiting {
    line: u64,
    answer: oneshot::Sender<Answer>,
}

#[derive(Default)]
struct Lines {
    tickets: BTreeMap<String, ()>,
    lines: BTreeMap<u64, Line>,
    waiting: BTreeMap<String, Vec<Waiting>>,
    last: u64,
}

/// All open connections of the app.
#[derive(Default)]
pub struct Sockets(Mutex<Lines>);

impl Sockets {
    fn lines<R>(&self, with: impl FnOnce(&mut Lines) -> R) -> R {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn issue(&self, ticket: String) {
        self.lines(|lines| lines.tickets.insert(ticket, ()));
    }

    #[must_use]
    pub fn connections(&self) -> usize {
        self.lines(|lines| lines.lines.len())
    }

    /// Does the same to every connection.
    pub fn order(&self, order: LineOrder) {
        self.lines(|lines| {
            for line in lines.lines.values() {
                // A line that is just closing needs no order.
                let _ = line.send.send(Frame::Order(order));
            }
        });
    }

    /// Hands a frame to one of the lines, `pick` choosing among them; resolves to the acknowledgement, or fails when the line breaks.
    fn hand_over(
        &self,
        envelope: &str,
        frame: Frame,
        pick: impl FnOnce(usize) -> usize,
    ) -> Option<oneshot::Receiver<Answer>> {
        self.lines(|lines| {
            let (&line, chosen) = lines.lines.iter().nth(pick(lines.lines.len()))?;
            chosen.send.send(frame).ok()?;
            let (answer, answered) = oneshot::channel();
            lines.waiting.entry(envelope.to_owned()).or_default().push(Waiting { line, answer });
            Some(answered)
        })
    }

    /// Says something on the oldest line; resolves to what the app acknowledges `envelope` with, and fails when the line breaks before.
    /// None where no line is open.
    pub fn utter(&self, envelope: &str, said: Utterance) -> Option<oneshot::Receiver<Answer>> {
        let frame = match said {
            Utterance::Text(text) => Frame::Text(text),
            Utterance::Bytes(bytes) => Frame::Bytes(bytes),
            Utterance::Half(text) => Frame::Half(text),
        };
        self.hand_over(envelope, frame, |_| 0)
    }

    fn acknowledge(&self, line: u64, envelope: &str, answer: &Answer) -> bool {
        let waiting = self.lines(|lines| lines.waiting.remove(envelope)).unwrap_or_default();
        let known = !waiting.is_empty();
        for each in waiting {
            // An answer on any connection counts for the envelope.
            let _ = (line, each.answer.send(answer.clone()));
        }
        known
    }

    fn open(&self) -> (u64, usize, mpsc::UnboundedReceiver<Frame>) {
        let (send, frames) = mpsc::unbounded_channel();
        self.lines(|lines| {
            lines.last += 1;
            lines.lines.insert(lines.last, Line { send });
            (lines.last, lines.lines.len(), frames)
        })
    }

    fn close(&self, line: u64) {
        self.lines(|lines| {
            lines.lines.remove(&line);
            for waiting in lines.waiting.values_mut() {
                waiting.retain(|each| each.line != line);
            }
            lines.waiting.retain(|_, waiting| !waiting.is_empty());
        });
    }
}

impl Engine {
    pub(super) async fn over_socket(self: &Arc<Engine>, parcel: &Parcel, attempt: Attempt) -> Tried {
        let envelope = self.change(|world| {
            let mut letters = |length| world.chance.letters(length).to_lowercase();
            format!("{}-{}-{}-{}-{}", letters(8), letters(4), letters(4), letters(4), letters(12))
        });
        let mut body = json!({
            "envelope_id": envelope, "type": parcel.family.envelope(), "payload": parcel.payload,
            "accepts_response_payload": parcel.family == Family::Command || parcel.name == "view_submission",
        });
        if let (Family::Event, Some(fields)) = (parcel.family, body.as_object_mut()) {
            fields.insert("retry_attempt".into(), json!(attempt.number));
            fields.insert("retry_reason".into(), json!(attempt.reason));
        }
        let text = body.to_string();
        let mut cut = attempt.cut;
        let mut late = self.sleep(ANSWER_WITHIN);
        loop {
            let frame = if cut { Frame::Half(text.clone()) } else { Frame::Text(text.clone()) };
            cut = false;
            let number = self.change(|world| world.chance.number());
            let pick = |count: usize| usize::try_from(number).unwrap_or(0).checked_rem(count).unwrap_or(0);
            let Some(answered) = self.sockets.hand_over(&envelope, frame, pick) else {
                return Tried { outcome: Outcome::Unreachable, last: false };
            };
            tokio::select! {
                answer = answered => match answer {
                    Ok(answer) => return Tried { outcome: Outcome::Acknowledged(answer), last: true },
                    // The line broke before it was acknowledged: the next one gets it.
                    Err(_) => self.change(|world| {
                        let words = "A connection broke before the acknowledgement; delivered again on another";
                        world.note(self.now(), EntryKind::Socket, words, None, Value::Null);
                    }),
                },
                () = &mut late => return Tried { outcome: Outcome::TimedOut, last: false },
            }
        }
    }

    /// Orders to connections, and the switch of Socket Mode itself.
    pub fn order_sockets(self: &Arc<Engine>, order: LineOrder) {
        self.change(|world| {
            match order {
                LineOrder::LinkDisabled => world.state.app.link_enabled = false,
                LineOrder::LinkEnabled => world.state.app.link_enabled = true,
                _ => {}
            }
            let words = match order {
                LineOrder::Warn => "Slack warns of a refresh",
                LineOrder::Refresh => "Slack refreshes the connections",
                LineOrder::Drop => "All connections break",
                LineOrder::LinkDisabled => "Socket Mode was switched off",
                LineOrder::LinkEnabled => "Socket Mode was switched on",
            };
            world.note(self.now(), EntryKind::Socket, words, None, Value::Null);
        });
        self.sockets.order(order);
    }
}

#[derive(Deserialize)]
pub struct LinkQuery {
    ticket: Option<String>,
    debug_reconnects: Option<String>,
}

/// `GET /link`: where the address of apps.connections.open leads.
pub async fn link(
    State(engine): State<Arc<Engine>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    Query(query): Query<LinkQuery>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let ticket = query.ticket.unwrap_or_default();
    if engine.sockets.lines(|lines| lines.tickets.remove(&ticket)).is_none() {
        return (StatusCode::UNAUTHORIZED, "expired or used ticket").into_response();
    }
    let ticket = Ticket { debug_reconnects: query.debug_reconnects.as_deref() == Some("true") };
    upgrade.on_upgrade(move |socket| async move {
        tokio::select! {
            () = live(&engine, socket, &wire, ticket) => {}
            () = engine.closing.cancelled() => {}
        }
    })
}

async fn live(engine: &Arc<Engine>, mut socket: WebSocket, wire: &Wire, ticket: Ticket) {
    let (line, count, mut frames) = engine.sockets.open();
    let life = if ticket.debug_reconnects { SHORT_LIFE_SECONDS } else { LIFE_SECONDS };
    // The time of the connection runs from now on, before the app can know that it is open.
    let timers = Timers::of(engine, life);
    note(engine, &format!("Connection {line} opened; {count} open"));
    if socket.send(Message::text(hello(engine, count, life))).await.is_ok() {
        if count > MOST_CONNECTIONS {
            let _ = socket.send(Message::text(disconnect("too_many_websockets"))).await;
        } else {
            converse(engine, &mut socket, wire, line, &mut frames, timers).await;
        }
    }
    engine.sockets.close(line);
    note(engine, &format!("Connection {line} closed"));
    // The far side may be gone already. If not, what it still says is heard out: a connection dropped with unread bytes is reset, and
    // a reset may swallow the words of farewell.
    // The frame carries a code: slack_sdk's own client waits for more bytes after a bare one.
    let goodbye = CloseFrame { code: close_code::NORMAL, reason: "goodbye".into() };
    if socket.send(Message::Close(Some(goodbye))).await.is_ok() {
        let farewell = async { while let Some(Ok(_)) = socket.recv().await {} };
        tokio::select! {
            () = farewell => {}
            () = engine.sleep(FAREWELL_AT_MOST) => {}
        }
    }
}

/// What happens to a connection by itself.
struct Timers {
    warning: Option<Wait>,
    end: Wait,
    ping: Wait,
}

impl Timers {
    fn of(engine: &Engine, life: u64) -> Timers {
        let after = |seconds| engine.sleep(Duration::from_secs(seconds));
        Timers { warning: Some(after(life - WARNED_BEFORE_SECONDS)), end: after(life), ping: engine.sleep(PING_EVERY) }
    }
}

async fn converse(
    engine: &Arc<Engine>,
    socket: &mut WebSocket,
    wire: &Wire,
    line: u64,
    frames: &mut mpsc::UnboundedReceiver<Frame>,
    timers: Timers,
) {
    let Timers { mut warning, mut end, mut ping } = timers;
    loop {
        let sent = tokio::select! {
            frame = frames.recv() => match frame {
                Some(Frame::Text(text)) => socket.send(Message::text(text)).await,
                Some(Frame::Bytes(bytes)) => socket.send(Message::binary(bytes)).await,
                Some(Frame::Half(text)) => {
                    wire.cut_after(u32::try_from(text.len() / 2).unwrap_or(u32::MAX).max(1));
                    let sent = socket.send(Message::text(text)).await;
                    wire.cut();
                    if sent.is_ok() { return }
                    sent
                }
                Some(Frame::Order(LineOrder::Warn)) => socket.send(Message::text(disconnect("warning"))).await,
                Some(Frame::Order(LineOrder::Refresh)) => { let _ = socket.send(Message::text(disconnect("refresh_requested"))).await; return }
                Some(Frame::Order(LineOrder::LinkDisabled)) => { let _ = socket.send(Message::text(disconnect("link_disabled"))).await; return }
                Some(Frame::Order(LineOrder::Drop)) => { wire.cut(); return }
                Some(Frame::Order(LineOrder::LinkEnabled)) => Ok(()),
                None => return,
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => { heard(engine, line, text.as_str()); Ok(()) }
                Some(Ok(Message::Close(_))) | Some(Err(_)) | None => return,
                Some(Ok(_)) => Ok(()),
            },
            () = &mut ping => {
                ping = engine.sleep(PING_EVERY);
                socket.send(Message::Ping(format!("Ping from applink-{line}").into())).await
            }
            () = async { match warning.as_mut() { Some(due) => due.await, None => std::future::pending().await } } => {
                warning = None;
                socket.send(Message::text(disconnect("warning"))).await
            }
            () = &mut end => {
                let _ = socket.send(Message::text(disconnect("refresh_requested"))).await;
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

/// `{"envelope_id": …, "payload": …}` from the app.
fn heard(engine: &Arc<Engine>, line: u64, text: &str) {
    let said: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    let Some(envelope) = said.get("envelope_id").and_then(Value::as_str) else {
        return note(engine, "The app sent a frame without an envelope_id");
    };
    let answer = match said.get("payload") {
        None | Some(Value::Null) => Answer::Empty,
        Some(Value::Object(object)) if object.is_empty() => Answer::Empty,
        Some(Value::String(text)) => Answer::Text(text.clone()),
        Some(payload) => Answer::Json(payload.clone()),
    };
    if !engine.sockets.acknowledge(line, envelope, &answer) {
        note(engine, "The app acknowledged an envelope that nobody waits for");
    }
}

fn note(engine: &Arc<Engine>, words: &str) {
    engine.change(|world| world.note(engine.now(), EntryKind::Socket, words, None, Value::Null));
}

fn hello(engine: &Arc<Engine>, count: usize, life: u64) -> String {
    let app = engine.look(|world| world.state.app.id.clone());
    json!({
        "type": "hello", "num_connections": count, "connection_info": {"app_id": app},
        "debug_info": {"host": "applink-demo", "build_number": 1, "approximate_connection_time": life},
    })
    .to_string()
}

fn disconnect(reason: &str) -> String {
    json!({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-demo"}}).to_string()
}
