//! Slack over HTTP: `POST /slack/events` takes slash commands, interactions and events alike, and there is nothing else.
//!
//! What is not signed, signed too long ago or signed wrongly gets 401 and nothing is read of it; only a form that asks
//! `ssl_check=1` is answered without a signature, with an empty 200. Too large is 413, too slow 408. Then the raw bytes
//! are parsed, and the intake's answer goes back as it is; [`Ack::NotNow`] is 503, after which Slack repeats an event.

mod serve;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode, header};
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

pub use serve::{ServeLimits, serve};

use super::intake::{Ack, Admission, Gate};
use super::node::Node;
use super::payload::{self, Unreadable};
use super::signature::{SIGNATURE_HEADER, TIMESTAMP_HEADER, Verifier};
use crate::ambient::Clock;

/// The one path.
pub const PATH: &str = "/slack/events";
/// The largest body. A view of Slack's own limit of 250 KB, every character escaped in a form, stays below.
pub const BODY_LIMIT: usize = 1024 * 1024;
/// A body of this length at most is small, as nearly all are; of the others only so many are held at once.
const SMALL_BODY: usize = 64 * 1024;
const LARGE_AT_ONCE: usize = 64;
/// How long a body may take to arrive.
pub const BODY_TIME: Duration = Duration::from_secs(10);

/// What answers a request.
#[derive(Clone)]
pub struct HttpEdge {
    shared: Arc<Shared>,
}

struct Shared {
    verifier: Verifier,
    gate: Gate,
    clock: Clock,
    /// Places for large bodies: who is not known yet must not fill the memory.
    large: Semaphore,
    /// The handlers at work: one goes on when Slack hangs up.
    in_hand: TaskTracker,
}

impl HttpEdge {
    /// Answers what `verifier` holds for Slack's by what `gate` says.
    pub fn new(verifier: Verifier, gate: Gate, clock: Clock) -> Self {
        let (large, in_hand) = (Semaphore::new(LARGE_AT_ONCE), TaskTracker::new());
        HttpEdge { shared: Arc::new(Shared { verifier, gate, clock, large, in_hand }) }
    }

    /// The router, with the one route.
    pub fn router(&self) -> Router {
        Router::new().route(PATH, post(answer)).with_state(self.clone())
    }

    /// Resolves when no handler is at work any more; for a graceful stop, after the last request was taken.
    pub async fn finished(&self) {
        self.shared.in_hand.close();
        self.shared.in_hand.wait().await;
    }
}

async fn answer(State(edge): State<HttpEdge>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let (status, response) = match edge.answer(&head.headers, body).await {
        Ok(response) => (response.status(), response),
        Err(refusal) => (refusal.status(), refusal.into_response()),
    };
    metrics::counter!("scopebot_http_answers_total", "status" => status.as_str().to_owned()).increment(1);
    response
}

impl HttpEdge {
    async fn answer(&self, headers: &HeaderMap, body: Body) -> Result<Response, Refusal> {
        let shared = &self.shared;
        let place = if declared(headers).is_some_and(|length| length <= SMALL_BODY) {
            None
        } else {
            Some(shared.large.try_acquire().map_err(|_| Refusal::Full)?)
        };
        let body = match shared.clock.within(BODY_TIME, bytes_of(headers, body)).await {
            Some(read) => read?,
            None => return Err(Refusal::TooSlow),
        };
        drop(place);
        let content_type = one(headers, header::CONTENT_TYPE.as_str());
        if is_ssl_check(content_type, &body) {
            return Ok(StatusCode::OK.into_response());
        }
        let (timestamp, signature) = (one(headers, TIMESTAMP_HEADER), one(headers, SIGNATURE_HEADER));
        if let Err(fault) = shared.verifier.verify(timestamp, signature, &body, shared.clock.now()) {
            tracing::warn!(fault = %fault, "a request that is not Slack's was refused");
            return Err(Refusal::NotSlack);
        }
        if let Some(retry) = headers.get("x-slack-retry-num").and_then(|num| num.to_str().ok()?.parse::<u8>().ok()) {
            metrics::counter!("scopebot_inbound_repeats_total", "transport" => "http").increment(1);
            tracing::info!(retry, "Slack repeats a delivery");
        }
        let inbound = match payload::of_request(content_type, &body)? {
            payload::Request::UrlVerification { challenge } => {
                return Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], challenge).into_response());
            }
            payload::Request::Delivery(inbound) => *inbound,
        };
        let ack = match shared.gate.admit(inbound) {
            Admission::Now(ack) => ack,
            // On a task of its own: Slack hangs up after three seconds, and what was begun is to be finished.
            Admission::Run(work) => shared.in_hand.spawn(work).await.unwrap_or(Ack::NotNow),
        };
        Ok(match ack {
            Ack::Empty => StatusCode::OK.into_response(),
            Ack::Body(body) => axum::Json(body).into_response(),
            Ack::NotNow => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        })
    }
}

/// Why a request gets no answer of the bot's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Refusal {
    #[error("the body is too large")]
    TooLarge,
    #[error("too many large bodies at once")]
    Full,
    #[error("the body came too slowly")]
    TooSlow,
    #[error("the body broke off")]
    Broken,
    #[error("not signed by Slack")]
    NotSlack,
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Full => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Refusal::NotSlack => StatusCode::UNAUTHORIZED,
            Refusal::Unreadable(Unreadable::ContentType) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Refusal::Broken | Refusal::Unreadable(_) => StatusCode::BAD_REQUEST,
        }
    }

    fn into_response(self) -> Response {
        match self {
            Refusal::NotSlack => self.status().into_response(),
            Refusal::Unreadable(why) => {
                tracing::warn!(why = %why, "a signed body is no payload");
                metrics::counter!("scopebot_inbound_unreadable_total", "transport" => "http").increment(1);
                (self.status(), why.to_string()).into_response()
            }
            other => (self.status(), other.to_string()).into_response(),
        }
    }
}

fn declared(headers: &HeaderMap) -> Option<usize> {
    one(headers, header::CONTENT_LENGTH.as_str())?.parse().ok()
}

/// The body, as far as [`BODY_LIMIT`]; what declares itself larger is not read at all.
async fn bytes_of(headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Refusal> {
    let declared = declared(headers);
    if declared.is_some_and(|length| length > BODY_LIMIT) {
        return Err(Refusal::TooLarge);
    }
    let mut bytes = Vec::with_capacity(declared.unwrap_or(0));
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Refusal::Broken)?;
        if bytes.len() + piece.len() > BODY_LIMIT {
            return Err(Refusal::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Slack's test of a certificate is a few fields; what is longer is none, and is not decoded before it is verified.
const SSL_CHECK_LIMIT: usize = 2048;

/// Slack's test of a certificate: exactly `1`, in a form. Every other field of it is left alone, since a forged `payload`
/// beside it would come without a signature.
fn is_ssl_check(content_type: Option<&str>, body: &[u8]) -> bool {
    body.len() <= SSL_CHECK_LIMIT
        && payload::is_form(content_type)
        && Node::of(&payload::form_of(body)).at("ssl_check").text() == Some("1")
}

/// The header, if it stands there once: of two signatures none is believed.
fn one<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}
