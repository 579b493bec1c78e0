//! An app that does as it is told: each answer is laid out before, each delivery can be looked at.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use scopebot::simulator::{Config, HandClock, Transport, Workspace};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How the app answers a delivery.
pub enum Answer {
    Empty,
    Json(Value),
    Status(u16),
    NoRetry(u16),
    /// Keeps the connection and says nothing.
    Silence,
}

/// One delivery as it came.
pub struct Came {
    pub headers: HeaderMap,
    pub raw: String,
}

impl Came {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The payload, whatever its wrapping.
    pub fn payload(&self) -> Value {
        if let Ok(json) = serde_json::from_str(&self.raw) {
            return json;
        }
        let pairs: serde_json::Map<String, Value> = form_urlencoded::parse(self.raw.as_bytes())
            .map(|(key, value)| (key.into_owned(), Value::String(value.into_owned())))
            .collect();
        match pairs.get("payload").and_then(Value::as_str) {
            Some(payload) => serde_json::from_str(payload).unwrap(),
            None => Value::Object(pairs),
        }
    }
}

#[derive(Clone)]
struct Script {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    came: UnboundedSender<Came>,
}

pub struct FakeApp {
    script: Script,
    inbox: UnboundedReceiver<Came>,
    pub url: String,
}

impl FakeApp {
    pub async fn start() -> FakeApp {
        let (came, inbox) = unbounded_channel();
        let script = Script { answers: Arc::default(), came };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/slack/events", listener.local_addr().unwrap());
        let router = Router::new().route("/slack/events", post(take)).with_state(script.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        FakeApp { script, inbox, url }
    }

    /// The next deliveries get these answers; after them empty ones.
    pub fn answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.script.answers.lock().unwrap().extend(answers);
    }

    /// The next delivery.
    pub async fn hears(&mut self) -> Came {
        self.inbox.recv().await.unwrap()
    }

    /// The next delivery of that type; others are passed over.
    pub async fn hears_of(&mut self, kind: &str) -> Value {
        loop {
            let payload = self.hears().await.payload();
            let inner = payload.pointer("/event/type").or(payload.get("type")).or(payload.get("command"));
            if inner.and_then(Value::as_str) == Some(kind) {
                return payload;
            }
        }
    }

    /// Passes over all that has come so far.
    pub fn forgets(&mut self) {
        while self.inbox.try_recv().is_ok() {}
    }

    pub fn heard_nothing(&mut self) -> bool {
        self.inbox.try_recv().is_err()
    }
}

async fn take(State(script): State<Script>, headers: HeaderMap, body: Bytes) -> Response {
    let raw = String::from_utf8(body.to_vec()).unwrap();
    let answer = script.answers.lock().unwrap().pop_front();
    script.came.send(Came { headers, raw }).unwrap();
    match answer {
        None | Some(Answer::Empty) => StatusCode::OK.into_response(),
        Some(Answer::Json(body)) => axum::Json(body).into_response(),
        Some(Answer::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
        Some(Answer::NoRetry(status)) => {
            (StatusCode::from_u16(status).unwrap(), [("x-slack-no-retry", "1")]).into_response()
        }
        Some(Answer::Silence) => std::future::pending().await,
    }
}

/// A workspace with its clock in hand and an app behind HTTP.
pub struct Desk {
    pub ws: Workspace,
    pub app: FakeApp,
    pub clock: HandClock,
    client: reqwest::Client,
}

pub fn morning() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

pub async fn desk() -> Desk {
    desk_with(Config::default()).await
}

pub async fn desk_with(config: Config) -> Desk {
    let app = FakeApp::start().await;
    let clock = HandClock::at(morning());
    let transport = Some(Transport::RequestUrl(app.url.clone()));
    let ws = Workspace::start(Config { transport, ..config }, Arc::new(clock.clone())).await.unwrap();
    Desk { ws, app, clock, client: client() }
}

pub fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

impl Desk {
    /// Calls a method as the app, arguments as JSON.
    pub async fn call(&self, method: &str, arguments: Value) -> Value {
        self.try_call(method, arguments).await.unwrap().json().await.unwrap()
    }

    pub async fn try_call(&self, method: &str, arguments: Value) -> reqwest::Result<reqwest::Response> {
        let url = format!("{}/{method}", self.ws.api_url());
        self.client.post(url).bearer_auth(self.ws.bot_token()).json(&arguments).send().await
    }

    /// Calls a read method, arguments in the query.
    pub async fn read(&self, method: &str, query: &str) -> Value {
        let url = format!("{}/{method}?{query}", self.ws.api_url());
        let answer = self.client.get(url).bearer_auth(self.ws.bot_token()).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// Posts a message to #hiring as the app; its time.
    pub async fn post(&self, text: &str) -> String {
        let posted = self.call("chat.postMessage", serde_json::json!({"channel": "C0DEMOHIRE", "text": text})).await;
        posted["ts"].as_str().unwrap_or_else(|| panic!("{posted}")).to_owned()
    }
}
