use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use scopebot::simulator::delivery::LineOrder;
use scopebot::simulator::{Config, Deed, HandClock, Workspace};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::fake_app::{client, morning};

struct Line(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Line {
    /// The next frame of words, pings passed over; null when the line is closed.
    async fn hears(&mut self) -> Value {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(text.as_str()).unwrap(),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return Value::Null,
            }
        }
    }

    async fn acknowledges(&mut self, envelope: &Value) {
        self.says(json!({"envelope_id": envelope["envelope_id"]})).await;
    }

    async fn says(&mut self, frame: Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }
}

async fn workspace() -> Workspace {
    Workspace::start(Config::default(), Arc::new(HandClock::at(morning()))).await.unwrap()
}

async fn address(ws: &Workspace) -> Value {
    let call = client().post(format!("{}/apps.connections.open", ws.api_url())).bearer_auth(ws.app_token());
    call.send().await.unwrap().json().await.unwrap()
}

async fn line(ws: &Workspace) -> (Line, Value) {
    let url = address(ws).await["url"].as_str().unwrap().to_owned();
    let (stream, _) = connect_async(url).await.unwrap();
    let mut line = Line(stream);
    let hello = line.hears().await;
    (line, hello)
}

fn command(text: &str) -> Deed {
    Deed::Command { channel: "hiring".into(), text: format!("/scope-backend {text}") }
}

#[tokio::test]
async fn hello_counts_the_connections_and_a_ticket_serves_once() {
    let ws = workspace().await;
    let url = address(&ws).await["url"].as_str().unwrap().to_owned();
    let (stream, _) = connect_async(&url).await.unwrap();
    let hello = Line(stream).hears().await;
    assert_eq!((&hello["type"], &hello["num_connections"]), (&json!("hello"), &json!(1)));
    assert_eq!(hello["connection_info"]["app_id"], "A0DEMOAPP");
    assert!(hello["debug_info"]["approximate_connection_time"].as_u64().unwrap() > 360);
    assert!(connect_async(&url).await.is_err(), "the ticket is used");
}

#[tokio::test]
async fn a_command_is_an_envelope_and_its_acknowledgement_may_carry_a_message() {
    let ws = workspace().await;
    let (mut line, _) = line(&ws).await;
    let mara = ws.persona("mara");
    mara.starts(command("a ledger")).await.unwrap();
    let envelope = line.hears().await;
    assert_eq!((&envelope["type"], &envelope["accepts_response_payload"]), (&json!("slash_commands"), &json!(true)));
    assert_eq!(envelope["payload"]["text"], "a ledger");
    line.says(json!({"envelope_id": envelope["envelope_id"], "payload": {"text": "got it"}})).await;
    ws.until(|state| !state.channel("hiring").unwrap().messages.is_empty()).await.unwrap();
    assert_eq!(mara.notes("hiring")[0].text(), "got it");
}

#[tokio::test]
async fn an_event_that_is_not_acknowledged_comes_again_with_its_retry_number() {
    let ws = workspace().await;
    let (mut line, _) = line(&ws).await;
    ws.persona("mara").opens_home().await.unwrap();
    let first = line.hears().await;
    assert_eq!((&first["type"], &first["retry_attempt"]), (&json!("events_api"), &json!(0)));
    ws.advance(Duration::from_secs(3)).await.unwrap();
    ws.quiet().await;
    ws.advance(Duration::from_secs(1)).await.unwrap();
    let again = line.hears().await;
    assert_eq!((&again["retry_attempt"], &again["retry_reason"]), (&json!(1), &json!("timeout")));
    assert_eq!(again["payload"]["event_id"], first["payload"]["event_id"]);
    line.acknowledges(&again).await;
    ws.quiet().await;
}

#[tokio::test]
async fn what_a_broken_connection_did_not_acknowledge_goes_to_another() {
    let ws = workspace().await;
    let (one, _) = line(&ws).await;
    let (two, hello) = line(&ws).await;
    assert_eq!(hello["num_connections"], 2);
    ws.persona("mara").starts(command("x")).await.unwrap();
    let mut lines = [one, two];
    let heard = {
        let [one, two] = &mut lines;
        tokio::select! { frame = one.hears() => (0, frame), frame = two.hears() => (1, frame) }
    };
    let [one, two] = lines;
    let (broken, mut other) = if heard.0 == 0 { (one, two) } else { (two, one) };
    drop(broken);
    let again = other.hears().await;
    assert_eq!(again["envelope_id"], heard.1["envelope_id"]);
    other.acknowledges(&again).await;
    ws.quiet().await;
}

#[tokio::test]
async fn a_refresh_is_announced_and_comes_when_the_connection_is_old() {
    let ws = workspace().await;
    let (mut line, hello) = line(&ws).await;
    let life = hello["debug_info"]["approximate_connection_time"].as_u64().unwrap();
    ws.advance(Duration::from_secs(life - 10)).await.unwrap();
    assert_eq!(line.hears().await["reason"], "warning");
    ws.advance(Duration::from_secs(10)).await.unwrap();
    assert_eq!(line.hears().await["reason"], "refresh_requested");
    assert_eq!(line.hears().await, Value::Null);
    ws.until_connections(0).await.unwrap();
}

#[tokio::test]
async fn socket_mode_can_be_switched_off_and_an_eleventh_connection_is_too_many() {
    let ws = workspace().await;
    let mut lines = Vec::new();
    for _ in 0..10 {
        lines.push(line(&ws).await.0);
    }
    let (mut eleventh, _) = line(&ws).await;
    assert_eq!(eleventh.hears().await["reason"], "too_many_websockets");
    ws.sockets(LineOrder::LinkDisabled);
    assert_eq!(lines[0].hears().await["reason"], "link_disabled");
    assert_eq!(address(&ws).await["ok"], false);
    ws.sockets(LineOrder::LinkEnabled);
    assert_eq!(address(&ws).await["ok"], true);
}

#[tokio::test]
async fn a_command_without_any_connection_fails_at_once() {
    let ws = workspace().await;
    let mara = ws.persona("mara");
    mara.does(command("x")).await.unwrap();
    assert_eq!(mara.notes("hiring")[0].text(), "/scope-backend failed with the error \"dispatch_failed\"");
}
