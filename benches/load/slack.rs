//! The other side: a Web API that answers at once (or late, or with 429), and Socket Mode's server.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use crate::clock::nap;
use crate::payload::{BOT, TEAM, slack_time};

/// What all connections share.
#[derive(Default)]
pub struct Slack {
    /// Who waits for a window, by the leave to open it.
    openings: Mutex<HashMap<String, oneshot::Sender<Value>>>,
    /// Who waits for an acknowledgement, by its envelope.
    acks: Mutex<HashMap<String, oneshot::Sender<Option<Value>>>>,
    /// Open Socket Mode connections.
    sockets: Mutex<Vec<mpsc::UnboundedSender<String>>>,
    turn: AtomicU64,
    /// Each answer is so late.
    late_ms: AtomicU64,
    /// Every call but the first ones of a start is answered with 429.
    limited: AtomicBool,
    calls: AtomicU64,
    address: Mutex<Option<SocketAddr>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How Slack answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    AtOnce,
    Late(Duration),
    Limiting,
}

impl Slack {
    /// Starts it on a port of its own.
    pub async fn start() -> Arc<Slack> {
        let slack = Arc::new(Slack::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        *lock(&slack.address) = Some(listener.local_addr().unwrap());
        let router = Router::new()
            .route("/api/{method}", post(answer).get(answer))
            .route("/link", get(link))
            .with_state(Arc::clone(&slack));
        tokio::spawn(async move { axum::serve(listener, router).await });
        slack
    }

    fn host(&self) -> String {
        lock(&self.address).map(|address| address.to_string()).unwrap_or_default()
    }
    /// For `SLACK_API_URL`.
    pub fn api(&self) -> String {
        format!("http://{}/api", self.host())
    }
    /// From now on.
    pub fn answers(&self, mood: Mood) {
        let late = if let Mood::Late(late) = mood { late } else { Duration::ZERO };
        self.late_ms.store(late.as_millis() as u64, Ordering::Relaxed);
        self.limited.store(mood == Mood::Limiting, Ordering::Relaxed);
    }
    /// Calls answered so far.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }
    /// The window that will be opened with this leave.
    pub fn opening(&self, trigger: &str) -> oneshot::Receiver<Value> {
        let (tell, told) = oneshot::channel();
        lock(&self.openings).insert(trigger.to_owned(), tell);
        told
    }
    /// Whether a connection of Socket Mode is open.
    pub fn is_linked(&self) -> bool {
        lock(&self.sockets).iter().any(|socket| !socket.is_closed())
    }
    /// Sends an envelope over one of the connections in turn; its acknowledgement comes back.
    pub fn envelope(&self, kind: &str, payload: &str) -> oneshot::Receiver<Option<Value>> {
        let (tell, told) = oneshot::channel();
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let id = format!("e{turn}");
        let frame = format!(
            r#"{{"envelope_id":"{id}","type":"{kind}","accepts_response_payload":{},"payload":{payload}}}"#,
            kind != "events_api"
        );
        lock(&self.acks).insert(id, tell);
        let mut sockets = lock(&self.sockets);
        sockets.retain(|socket| !socket.is_closed());
        if !sockets.is_empty() {
            let at = usize::try_from(turn).unwrap_or_default() % sockets.len();
            if let Some(socket) = sockets.get(at) {
                let _closed_meanwhile = socket.send(frame);
            }
        }
        told
    }
}

async fn answer(
    State(slack): State<Arc<Slack>>,
    Path(method): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    slack.calls.fetch_add(1, Ordering::Relaxed);
    let fields = fields_of(&headers, &body);
    if method == "views.open"
        && let Some(trigger) = fields["trigger_id"].as_str()
        && let Some(tell) = lock(&slack.openings).remove(trigger)
    {
        let _nobody_waits = tell.send(fields["view"].clone());
    }
    let late = slack.late_ms.load(Ordering::Relaxed);
    if late > 0 {
        nap(Duration::from_millis(late)).await;
    }
    let answer = match method.as_str() {
        "auth.test" => {
            json!({ "ok": true, "team_id": TEAM, "user_id": BOT, "bot_id": "B0BENCH", "url": "https://bench.slack.com/" })
        }
        "apps.connections.open" => json!({ "ok": true, "url": format!("ws://{}/link", slack.host()) }),
        _ if slack.limited.load(Ordering::Relaxed) => {
            let body = r#"{"ok":false,"error":"ratelimited"}"#;
            return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "2")], body).into_response();
        }
        "chat.postMessage" => json!({ "ok": true, "channel": fields["channel"], "ts": slack_time() }),
        "chat.update" => json!({ "ok": true, "channel": fields["channel"], "ts": fields["ts"] }),
        "chat.postEphemeral" => json!({ "ok": true, "message_ts": slack_time() }),
        "chat.getPermalink" => json!({ "ok": true, "permalink": "https://bench.slack.com/archives/C/p1" }),
        "conversations.open" => json!({ "ok": true, "channel": { "id": "D0BENCH" } }),
        "conversations.info" => {
            json!({ "ok": true, "channel": { "id": fields["channel"], "name": "hiring", "is_member": true, "is_channel": true } })
        }
        "users.info" => json!({ "ok": true, "user": { "id": fields["user"], "team_id": TEAM } }),
        "views.open" | "views.update" | "views.publish" | "views.push" => {
            json!({ "ok": true, "view": { "id": "V0BENCH", "type": "modal", "callback_id": "", "private_metadata": "" } })
        }
        _ => json!({ "ok": true }),
    };
    ([(header::CONTENT_TYPE, "application/json")], answer.to_string()).into_response()
}

fn fields_of(headers: &HeaderMap, body: &Bytes) -> Value {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    if is_json {
        return serde_json::from_slice(body).unwrap_or_default();
    }
    let fields =
        form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())));
    Value::Object(fields.collect())
}

async fn link(State(slack): State<Arc<Slack>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(4 << 20).on_upgrade(move |socket| converse(slack, socket))
}

async fn converse(slack: Arc<Slack>, socket: WebSocket) {
    let (mut say, mut hear) = socket.split();
    let (send, mut sent) = mpsc::unbounded_channel::<String>();
    if say.send(Message::text(r#"{"type":"hello","num_connections":1}"#)).await.is_err() {
        return;
    }
    lock(&slack.sockets).push(send);
    let saying = async {
        while let Some(frame) = sent.recv().await {
            if say.feed(Message::text(frame)).await.is_err() {
                return;
            }
            // What waits already goes out together.
            while let Ok(frame) = sent.try_recv() {
                if say.feed(Message::text(frame)).await.is_err() {
                    return;
                }
            }
            if say.flush().await.is_err() {
                return;
            }
        }
    };
    let hearing = async {
        while let Some(Ok(message)) = hear.next().await {
            let Message::Text(text) = message else { continue };
            let Ok(mut ack) = serde_json::from_str::<Value>(&text) else { continue };
            let id = ack["envelope_id"].as_str().unwrap_or_default().to_owned();
            if let Some(tell) = lock(&slack.acks).remove(&id) {
                let _nobody_waits = tell.send(ack.get_mut("payload").map(Value::take));
            }
        }
    };
    tokio::select! {
        () = saying => {}
        () = hearing => {}
    }
}
