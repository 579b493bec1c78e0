//! Why a call did not succeed, told apart by what the caller may do next.

use std::fmt;
use std::time::Duration;

use crate::slack::node::Node;
use crate::slack::payload::Typed;

/// A call that gave no good answer. `Display` names codes alone: Slack's messages may quote what was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiFailure {
    /// Too many calls; nothing was done. The method may be called again after this.
    #[error("rate limited for {} s", retry_after.as_secs())]
    RateLimited {
        /// Slack's `Retry-After`, from a second to an hour; 30 s if Slack does not say.
        retry_after: Duration,
    },
    /// Slack understood and will not; the same call will be refused again.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Trouble on Slack's side that passes. Surely nothing was done, or doing it twice is as good as once.
    #[error("passing trouble: {why}")]
    Passing {
        /// What happened.
        why: Trouble,
    },
    /// Sent, and no answer that says whether it was done: look for its trace before calling again.
    #[error("in doubt: {why}")]
    InDoubt {
        /// What happened.
        why: Trouble,
    },
    /// Never reached Slack: no connection. Nothing was done.
    #[error("not sent: {why}")]
    Unsent {
        /// What happened.
        why: Trouble,
    },
}

/// What Slack says when it refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Slack's code, as in `channel_not_found`; `http_…` for a status without one.
    pub error: String,
    /// `response_metadata.messages`: where in the blocks, and why.
    pub messages: Vec<Typed>,
    /// The scope it takes, with `missing_scope`.
    pub needed: Option<String>,
    /// The scopes the token has, with `missing_scope`.
    pub provided: Option<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)?;
        match &self.needed {
            Some(needed) => write!(f, " (needs {needed})"),
            None => Ok(()),
        }
    }
}

/// What went wrong on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Slack's code, as in `service_unavailable`.
    Slack(String),
    /// A status without a code.
    Status(u16),
    /// No answer in time.
    TimedOut,
    /// The connection broke.
    Lost,
    /// No connection came about: refused, no such host, TLS.
    NoConnection,
    /// The answer is not JSON, too large, or lacks what it is for.
    Undecodable,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Slack(code) => f.write_str(code),
            Trouble::Status(status) => write!(f, "status {status}"),
            Trouble::TimedOut => f.write_str("no answer in time"),
            Trouble::Lost => f.write_str("the connection broke"),
            Trouble::NoConnection => f.write_str("no connection"),
            Trouble::Undecodable => f.write_str("the answer makes no sense"),
        }
    }
}

/// Calls that may be repeated blindly: they read, or set what a repeat would set again. For these a doubt is none.
const REPEATABLE: [&str; 20] = [
    "apps.connections.open",
    "auth.test",
    "bots.info",
    "chat.getPermalink",
    "chat.update",
    "conversations.history",
    "conversations.info",
    "conversations.list",
    "conversations.members",
    "conversations.open",
    "conversations.replies",
    "reactions.get",
    "team.info",
    "usergroups.list",
    "usergroups.users.list",
    "users.conversations",
    "users.info",
    "users.list",
    "views.publish",
    "views.update",
];

/// Refusals of the token itself.
const TOKEN_REFUSED: [&str; 6] =
    ["account_inactive", "invalid_auth", "not_authed", "org_login_required", "token_expired", "token_revoked"];

impl ApiFailure {
    /// A refusal with that code and nothing more.
    pub fn refused(error: impl Into<String>) -> Self {
        ApiFailure::Refused(Refusal { error: error.into(), messages: Vec::new(), needed: None, provided: None })
    }

    /// After sending `method` it is not known whether it was done; where that does not matter, the trouble just passes.
    pub(super) fn after_sending(method: &str, why: Trouble) -> Self {
        if REPEATABLE.contains(&method) { ApiFailure::Passing { why } } else { ApiFailure::InDoubt { why } }
    }

    /// Slack's `ok: false`.
    pub(super) fn of_answer(method: &str, answer: Node<'_>, retry_after: Option<Duration>) -> Self {
        let Some(error) = answer.at("error").text().map(code) else {
            return ApiFailure::after_sending(method, Trouble::Undecodable);
        };
        match error.as_str() {
            "ratelimited" | "rate_limited" => ApiFailure::RateLimited { retry_after: bounded(retry_after) },
            // The first says so itself; the second means that the body did not arrive whole; the third refuses all calls.
            "service_unavailable" | "request_timeout" | "team_added_to_org" => {
                ApiFailure::Passing { why: Trouble::Slack(error) }
            }
            // "Some aspect of the operation may have succeeded", says Slack of both.
            "internal_error" | "fatal_error" => ApiFailure::after_sending(method, Trouble::Slack(error)),
            _ => ApiFailure::Refused(Refusal {
                error,
                messages: answer
                    .at("response_metadata")
                    .at("messages")
                    .list(20)
                    .filter_map(|message| message.text().map(|text| Typed::new(cut(text, 300))))
                    .collect(),
                needed: answer.at("needed").text().map(|text| cut(text, 200)),
                provided: answer.at("provided").text().map(|text| cut(text, 1000)),
            }),
        }
    }

    /// A status that is no success, with a body that says nothing.
    pub(super) fn of_status(method: &str, status: u16, retry_after: Option<Duration>) -> Self {
        match status {
            429 => ApiFailure::RateLimited { retry_after: bounded(retry_after) },
            // A proxy's sign-on page, or a request that did not arrive whole: not Slack's word, and nothing was done.
            300..=399 | 408 => ApiFailure::Passing { why: Trouble::Status(status) },
            400..=499 => ApiFailure::refused(format!("http_{status}")),
            _ => ApiFailure::after_sending(method, Trouble::Status(status)),
        }
    }

    /// What the HTTP client says.
    pub(super) fn of_transport(method: &str, error: &reqwest::Error) -> Self {
        if error.is_connect() {
            ApiFailure::Unsent { why: Trouble::NoConnection }
        } else if error.is_builder() {
            ApiFailure::refused("request_not_sendable")
        } else if error.is_timeout() {
            ApiFailure::after_sending(method, Trouble::TimedOut)
        } else {
            ApiFailure::after_sending(method, Trouble::Lost)
        }
    }

    /// The trigger came too late, twice, or never existed: open the view from a new press. Slack has three codes for it,
    /// its guide two more, and sometimes it is `invalid_arguments` with a message.
    pub fn is_trigger_gone(&self) -> bool {
        let ApiFailure::Refused(refusal) = self else { return false };
        match refusal.error.as_str() {
            "expired_trigger_id"
            | "exchanged_trigger_id"
            | "invalid_trigger_id"
            | "trigger_expired"
            | "trigger_exchanged" => true,
            "invalid_arguments" => refusal.messages.iter().any(|message| {
                let message = message.as_str().to_lowercase();
                message.contains("trigger") && ["expired", "exchanged", "invalid"].iter().any(|it| message.contains(it))
            }),
            _ => false,
        }
    }

    /// Slack's code, if it refused.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            ApiFailure::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Whether Slack refused with that code.
    pub fn is_refused_with(&self, error: &str) -> bool {
        self.refusal().is_some_and(|refusal| refusal.error == error)
    }

    /// Slack refuses the token and so every call: it says nothing of what was asked, and passes once the operator has
    /// mended the installation.
    pub fn is_token_refused(&self) -> bool {
        TOKEN_REFUSED.iter().any(|error| self.is_refused_with(error))
    }

    /// One of a closed list of names, for a metric's label.
    pub fn kind(&self) -> &'static str {
        match self {
            ApiFailure::RateLimited { .. } => "rate_limited",
            ApiFailure::Refused(_) => "refused",
            ApiFailure::Passing { .. } => "passing",
            ApiFailure::InDoubt { .. } => "in_doubt",
            ApiFailure::Unsent { .. } => "unsent",
        }
    }
}

fn bounded(retry_after: Option<Duration>) -> Duration {
    retry_after.unwrap_or(Duration::from_secs(30)).clamp(Duration::from_secs(1), Duration::from_secs(3600))
}

/// A code, made safe for a log.
fn code(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || "_.-".contains(*c)).take(80).collect()
}

fn cut(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}
