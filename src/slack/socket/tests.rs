//! Against a fake Slack on loopback: a Web API that hands out addresses, and the server's side of each connection.

mod deliveries;
mod life;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::routing::post;
use futures_util::{SinkExt, StreamExt};
use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_util::sync::CancellationToken;

use super::{Fatal, SocketHealth, SocketReceiver, SocketSettings, SocketState};
use crate::ambient::{Random, TestClock};
use crate::slack::api::SlackApi;
use crate::slack::intake::{Gate, Intake, Transport};

const NOW: i64 = 1_700_000_000;

/// The ticket in every address handed out.
const TICKET: &str = "ticket-that-nobody-may-see";

/// A receiver and the Slack it is connected to.
struct Running {
    clock: TestClock,
    health: watch::Receiver<SocketHealth>,
    stop: CancellationToken,
    receiving: JoinHandle<Result<(), Fatal>>,
    connections: mpsc::UnboundedReceiver<WebSocketStream<TcpStream>>,
}

/// The server's side of a connection.
struct Link(WebSocketStream<TcpStream>);

/// Every time is another, so that the clock tells what waits for what.
fn one_connection() -> SocketSettings {
    SocketSettings { connections: 1, drain: Duration::from_secs(7), ..SocketSettings::default() }
}

impl Running {
    async fn with(intake: Arc<dyn Intake>, at_once: usize, settings: SocketSettings, first: Vec<Value>) -> Self {
        let sockets = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("ws://{}/link/?ticket={TICKET}&app_id=x", sockets.local_addr().unwrap());
        let (arrived, connections) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = sockets.accept().await {
                if let Ok(socket) = tokio_tungstenite::accept_async(stream).await {
                    let _ = arrived.send(socket);
                }
            }
        });
        // Answers to `apps.connections.open` that come before the good ones.
        let queue = Arc::new(Mutex::new(VecDeque::from(first)));
        let open = move || {
            let answer = queue.lock().unwrap().pop_front();
            let good = json!({ "ok": true, "url": address });
            async move { axum::Json(answer.unwrap_or(good)) }
        };
        let router = Router::new().route("/api/apps.connections.open", post(open));
        let web = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/api", web.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(web, router).await });

        let clock = TestClock::at(Timestamp::from_second(NOW).unwrap());
        let api = SlackApi::new(&base, &SecretString::from("xapp-secret")).unwrap();
        let gate = Gate::new(intake, at_once, Transport::Socket);
        let receiver = SocketReceiver::new(api, gate, clock.clock(), Random::from_seed(1), settings);
        let (health, stop) = (receiver.health(), CancellationToken::new());
        let receiving = tokio::spawn(receiver.run(stop.clone()));
        Running { clock, health, stop, receiving, connections }
    }

    async fn new(intake: Arc<dyn Intake>) -> Self {
        Self::with(intake, 16, one_connection(), Vec::new()).await
    }

    /// The next connection, not yet greeted.
    async fn connected(&mut self) -> Link {
        Link(self.connections.recv().await.unwrap())
    }

    /// The next connection, greeted.
    async fn greeted(&mut self) -> Link {
        let mut link = self.connected().await;
        link.says(
            json!({ "type": "hello", "num_connections": 1, "debug_info": { "approximate_connection_time": 18060 } }),
        )
        .await;
        self.until(|health| health.open > 0).await;
        link
    }

    async fn until(&mut self, wanted: impl FnMut(&SocketHealth) -> bool) -> SocketHealth {
        self.health.wait_for(wanted).await.unwrap().clone()
    }

    async fn until_state(&mut self, state: SocketState) {
        self.until(|health| health.state == state).await;
    }
}

impl Link {
    async fn says(&mut self, value: Value) {
        self.0.send(Message::text(value.to_string())).await.unwrap();
    }

    /// The next text, in JSON; pings and pongs are passed over. None once the other side has closed.
    async fn hears(&mut self) -> Option<Value> {
        loop {
            match self.0.next().await? {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).unwrap()),
                // Read on after a close: so the library answers it.
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }

    /// The next frame of any kind.
    async fn frame(&mut self) -> Message {
        self.0.next().await.unwrap().unwrap()
    }
}

fn command(id: &str) -> Value {
    json!({
        "envelope_id": id, "type": "slash_commands", "accepts_response_payload": true,
        "payload": { "command": "/scope-backend", "text": id, "user_id": "U1", "trigger_id": format!("1.2.{id}"), "team_id": "T1" },
    })
}

fn reaction(id: &str) -> Value {
    json!({
        "envelope_id": id, "type": "events_api", "accepts_response_payload": false, "retry_attempt": 0, "retry_reason": "",
        "payload": {
            "type": "event_callback", "event_id": format!("Ev{id}"), "team_id": "T1",
            "event": { "type": "reaction_added", "user": "U1", "reaction": "eyes", "item": { "channel": "C1", "ts": "1.0" } },
        },
    })
}
