//! What the bot says to Slack: the Web API, over any base URL.
//!
//! One call in, one answer or one [`ApiFailure`] out; nothing is repeated, paced or waited for here, that is the
//! outbox's. Requests may be slack-morphism's typed ones or plain JSON; answers are read into small structs of our own,
//! since strict decoding fails after Slack has acted. Time-outs are wall time, since they guard real sockets. The token
//! travels in a header marked sensitive and is never shown.

mod answers;
mod channels;
mod chat;
mod failure;
mod people;
#[cfg(test)]
mod tests;
mod views;

use std::time::Duration;

use http::header;
use reqwest::redirect;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;
use url::{Host, Url};

pub use answers::{Channel, Identity, Posted, ReactedMessage, ReactionCount};
pub use failure::{ApiFailure, Refusal, Trouble};
pub use views::ViewTarget;

use super::lean;
use super::node::Node;
use crate::domain::ids::Timestamp;

/// How long a call may take, by the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiTimes {
    /// Until there is a connection.
    pub connect: Duration,
    /// In all.
    pub call: Duration,
}

impl Default for ApiTimes {
    fn default() -> Self {
        ApiTimes { connect: Duration::from_secs(5), call: Duration::from_secs(10) }
    }
}

/// An idle connection is dropped before the other side would, so that no call is lost on it.
const IDLE_TIME: Duration = Duration::from_secs(25);
/// The largest answer. A page of 1000 users stays below.
const ANSWER_LIMIT: usize = 8 * 1024 * 1024;

/// Why there can be no client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetUpFault {
    /// The base is no URL with http or https and a host.
    #[error("the base URL must be http:// or https:// with a host")]
    BaseUrl,
    /// The token has characters that no header takes.
    #[error("the token has characters that no token has")]
    Token,
    /// TLS could not be set up; the certificates of the system may be missing.
    #[error("TLS could not be set up: are the system's CA certificates installed?")]
    Tls,
}

/// A client of one base URL with one token, cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct SlackApi {
    client: reqwest::Client,
    base: Url,
    authorization: header::HeaderValue,
}

impl std::fmt::Debug for SlackApi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SlackApi")
    }
}

/// An answer that says `ok`, with the scopes of the token where Slack names them, and Slack's time.
struct Answer {
    body: Value,
    scopes: Vec<String>,
    said_at: Option<Timestamp>,
}

/// The one method whose answer tells by its blocks what it is about: the buttons name the scope.
const SHOWS_BLOCKS: &str = "reactions.get";

impl SlackApi {
    /// A client of `base`, which includes `/api`, with or without a slash at its end. A plain `http://` base works; over an
    /// `https://` one nothing unencrypted is ever sent.
    pub fn new(base: &str, token: &SecretString) -> Result<Self, SetUpFault> {
        Self::with_times(base, token, ApiTimes::default())
    }

    /// [`SlackApi::new`] with other times.
    pub fn with_times(base: &str, token: &SecretString, times: ApiTimes) -> Result<Self, SetUpFault> {
        let base = base_of(base)?;
        // One TLS provider for the process; it may be installed already.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .connect_timeout(times.connect)
            .timeout(times.call)
            .pool_idle_timeout(IDLE_TIME)
            .redirect(redirect::Policy::none())
            .https_only(base.scheme() == "https")
            .user_agent(concat!("scopebot/", env!("CARGO_PKG_VERSION")));
        if is_loopback(&base) {
            // A proxy of the environment cannot reach what runs beside the bot.
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|_| SetUpFault::Tls)?;
        Ok(SlackApi { client, base, authorization: authorization_of(token)? })
    }

    /// The same client with another token.
    pub fn with_token(&self, token: &SecretString) -> Result<Self, SetUpFault> {
        Ok(SlackApi { authorization: authorization_of(token)?, ..self.clone() })
    }

    /// Whether the base is plain http, as a simulated workspace's.
    pub(super) fn is_plain(&self) -> bool {
        self.base.scheme() == "http"
    }

    /// Calls `method` with the fields of `body`, an object; fields that are null are left out. The answer is Slack's,
    /// whole, and says `ok`.
    pub async fn call(&self, method: &str, body: Value) -> Result<Value, ApiFailure> {
        self.ask(method, body).await.map(|answer| answer.body)
    }

    /// [`SlackApi::call`] with any request that serialises to an object, as slack-morphism's do.
    pub async fn send(&self, method: &str, request: &impl Serialize) -> Result<Value, ApiFailure> {
        let body = serde_json::to_value(request).map_err(|_| ApiFailure::refused("request_not_serialisable"))?;
        self.call(method, body).await
    }

    async fn ask(&self, method: &str, body: Value) -> Result<Answer, ApiFailure> {
        let url = self.base.join(method).map_err(|_| ApiFailure::refused("no_such_method"))?;
        let (content_type, bytes) = encoded(body);
        let request = self
            .client
            .post(url)
            .header(header::AUTHORIZATION, self.authorization.clone())
            .header(header::CONTENT_TYPE, content_type)
            .body(bytes);
        let answered = self.answer_to(method, request).await;
        let outcome = answered.as_ref().map_or_else(ApiFailure::kind, |_| "ok");
        metrics::counter!("scopebot_api_calls_total", "method" => method.to_owned(), "outcome" => outcome).increment(1);
        match &answered {
            Ok(_) => tracing::debug!(api.method = method, "called"),
            Err(failure) => tracing::info!(api.method = method, api.failure = %failure, "call failed"),
        }
        answered
    }

    async fn answer_to(&self, method: &str, request: reqwest::RequestBuilder) -> Result<Answer, ApiFailure> {
        let mut response = request.send().await.map_err(|error| ApiFailure::of_transport(method, &error))?;
        let status = response.status();
        let retry_after = whole_header(response.headers(), header::RETRY_AFTER.as_str()).map(Duration::from_secs);
        if status == reqwest::StatusCode::TOO_MANY_REQUESTS {
            return Err(ApiFailure::of_status(method, status.as_u16(), retry_after));
        }
        let (scopes, said_at) = (scopes_in(response.headers()), date_in(response.headers()));
        let bytes = bytes_of(method, &mut response).await?;
        let read = if method == SHOWS_BLOCKS { serde_json::from_slice } else { lean::value_of_bytes };
        let body: Option<Value> = read(&bytes).ok();
        match body.as_ref().and_then(|body| body.get("ok")).and_then(Value::as_bool) {
            Some(true) if status.is_success() => Ok(Answer { body: body.unwrap_or_default(), scopes, said_at }),
            Some(false) => Err(ApiFailure::of_answer(method, Node::of(&body.unwrap_or_default()), retry_after)),
            _ if status.is_success() => Err(ApiFailure::after_sending(method, Trouble::Undecodable)),
            _ => Err(ApiFailure::of_status(method, status.as_u16(), retry_after)),
        }
    }

    /// Speaks where a command, press or shortcut said that late answers go. Without a token: the URL is the permission.
    /// Not repeatable: each use counts, and a second would be seen twice.
    pub async fn respond(&self, to: &super::payload::ResponseUrl, message: &impl Serialize) -> Result<(), ApiFailure> {
        const METHOD: &str = "response_url";
        if to.url().scheme() != "https" && !self.is_plain() {
            return Err(ApiFailure::refused("response_url_not_encrypted"));
        }
        let body = serde_json::to_vec(message).map_err(|_| ApiFailure::refused("request_not_serialisable"))?;
        let request = self.client.post(to.url().clone()).header(header::CONTENT_TYPE, JSON).body(body);
        let mut response = request.send().await.map_err(|error| ApiFailure::of_transport(METHOD, &error))?;
        let status = response.status();
        let retry_after = whole_header(response.headers(), header::RETRY_AFTER.as_str()).map(Duration::from_secs);
        if !status.is_success() {
            return Err(ApiFailure::of_status(METHOD, status.as_u16(), retry_after));
        }
        // Slack says `ok` or `{"ok":true}`; only a clear no is one.
        let bytes = bytes_of(METHOD, &mut response).await?;
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(answer) if answer.get("ok") == Some(&Value::Bool(false)) => {
                Err(ApiFailure::of_answer(METHOD, Node::of(&answer), retry_after))
            }
            _ => Ok(()),
        }
    }
}

const JSON: &str = "application/json; charset=utf-8";
const FORM: &str = "application/x-www-form-urlencoded";

/// A form where every field is a plain value, else JSON: Slack takes forms for every method, JSON only for those that write.
fn encoded(body: Value) -> (&'static str, Vec<u8>) {
    let Value::Object(mut fields) = body else {
        return (FORM, Vec::new());
    };
    fields.retain(|_, value| !value.is_null());
    if fields.values().any(|value| value.is_array() || value.is_object()) {
        return (JSON, Value::Object(fields).to_string().into_bytes());
    }
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in &fields {
        match value {
            Value::String(text) => form.append_pair(name, text),
            other => form.append_pair(name, &other.to_string()),
        };
    }
    (FORM, form.finish().into_bytes())
}

fn base_of(base: &str) -> Result<Url, SetUpFault> {
    let slashed = format!("{}/", base.trim().trim_end_matches('/'));
    let url = Url::parse(&slashed).map_err(|_| SetUpFault::BaseUrl)?;
    let fits = matches!(url.scheme(), "http" | "https") && url.has_host() && url.query().is_none();
    if fits { Ok(url) } else { Err(SetUpFault::BaseUrl) }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn authorization_of(token: &SecretString) -> Result<header::HeaderValue, SetUpFault> {
    let mut value =
        header::HeaderValue::from_str(&format!("Bearer {}", token.expose_secret())).map_err(|_| SetUpFault::Token)?;
    value.set_sensitive(true);
    Ok(value)
}

fn whole_header(headers: &header::HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn scopes_in(headers: &header::HeaderMap) -> Vec<String> {
    let listed = headers.get("x-oauth-scopes").and_then(|value| value.to_str().ok()).unwrap_or("");
    listed.split(',').map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

fn date_in(headers: &header::HeaderMap) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(headers.get(header::DATE)?.as_bytes()).ok()
}

async fn bytes_of(method: &str, response: &mut reqwest::Response) -> Result<Vec<u8>, ApiFailure> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| ApiFailure::of_transport(method, &error))? {
        if bytes.len() + piece.len() > ANSWER_LIMIT {
            return Err(ApiFailure::after_sending(method, Trouble::Undecodable));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}
