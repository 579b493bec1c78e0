//! A way to the bot: a kept-alive connection that signs, or Socket Mode.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bot::{Bot, SECRET, Way};
use crate::clock::{Watch, now, within};
use crate::payload::Delivery;
use crate::slack::Slack;

/// Slack waits three seconds; a little more is waited here, so that a late one is seen as late.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came of a delivery.
#[derive(Debug)]
pub struct Ack {
    pub micros: u64,
    /// Taken, and what was answered.
    pub answer: Option<Value>,
}

/// One way in; each of those who act at once has its own.
pub enum Line {
    Http { address: SocketAddr, stream: Option<TcpStream> },
    Socket(Arc<Slack>),
}

impl Line {
    pub fn to(bot: &Bot, slack: &Arc<Slack>) -> Line {
        match bot.way {
            Way::Http => Line::Http { address: bot.address, stream: None },
            Way::Socket => Line::Socket(Arc::clone(slack)),
        }
    }

    /// Delivers and waits for the acknowledgement.
    pub async fn deliver(&mut self, what: &Delivery) -> Ack {
        match self {
            Line::Http { address, stream } => {
                let request = signed(what);
                let watch = Watch::start();
                let came = within(PATIENCE, exchange(*address, stream, &request)).await.flatten();
                let micros = watch.so_far().as_micros() as u64;
                if came.is_none() {
                    *stream = None;
                }
                let answer = came.filter(|(status, _)| *status == 200).map(|(_, body)| read(what, &body));
                Ack { micros, answer: answer.flatten() }
            }
            Line::Socket(slack) => {
                let (kind, payload) = match what {
                    Delivery::Command(fields) => {
                        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
                        ("slash_commands", Value::Object(fields.collect()).to_string())
                    }
                    Delivery::Interactive(payload) => ("interactive", payload.clone()),
                    Delivery::Event(payload) => ("events_api", payload.clone()),
                };
                let watch = Watch::start();
                let came = within(PATIENCE, slack.envelope(kind, &payload)).await.and_then(Result::ok);
                let micros = watch.so_far().as_micros() as u64;
                Ack { micros, answer: came.and_then(|payload| taken(what, payload.unwrap_or(Value::Null))) }
            }
        }
    }
}

fn read(what: &Delivery, body: &[u8]) -> Option<Value> {
    let answer = if body.is_empty() { Value::Null } else { serde_json::from_slice(body).ok()? };
    taken(what, answer)
}

/// What says "not saved, press again" was not taken: a command answered in words, a submission answered with errors.
fn taken(what: &Delivery, answer: Value) -> Option<Value> {
    let refused = match what {
        Delivery::Command(_) => !answer.is_null(),
        Delivery::Interactive(_) => answer["response_action"] == "errors",
        Delivery::Event(_) => false,
    };
    (!refused).then_some(answer)
}

fn signed(what: &Delivery) -> Vec<u8> {
    let form = |fields: &mut dyn Iterator<Item = (&str, &str)>| {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
    };
    let (kind, body) = match what {
        Delivery::Command(fields) => {
            ("application/x-www-form-urlencoded", form(&mut fields.iter().map(|(name, value)| (*name, value.as_str()))))
        }
        Delivery::Interactive(payload) => {
            ("application/x-www-form-urlencoded", form(&mut std::iter::once(("payload", payload.as_str()))))
        }
        Delivery::Event(payload) => ("application/json", payload.clone()),
    };
    let at = now().as_secs();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(format!("v0:{at}:").as_bytes());
    mac.update(body.as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    format!(
        "POST /slack/events HTTP/1.1\r\nhost: bench\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\
         x-slack-request-timestamp: {at}\r\nx-slack-signature: v0={signature}\r\nuser-agent: Slackbot 1.0\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

async fn exchange(address: SocketAddr, kept: &mut Option<TcpStream>, request: &[u8]) -> Option<(u16, Vec<u8>)> {
    let mut stream = match kept.take() {
        Some(stream) => stream,
        None => {
            let stream = TcpStream::connect(address).await.ok()?;
            stream.set_nodelay(true).ok()?;
            stream
        }
    };
    stream.write_all(request).await.ok()?;
    let mut bytes = Vec::with_capacity(4096);
    let head = loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = std::str::from_utf8(bytes.get(..head)?).ok()?.to_ascii_lowercase();
    let status = text.split(' ').nth(1)?.parse().ok()?;
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(Ok(0), str::parse).ok()?;
    while bytes.len() < head + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    if !text.contains("connection: close") {
        *kept = Some(stream);
    }
    Some((status, bytes.split_off(head)))
}
