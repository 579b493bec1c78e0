//! What a method answers: fields beside `"ok": true`, or an error in Slack's words.

use serde_json::{Map, Value, json};

use super::super::rules::{Complaint, MessageFault, ViewRefusal};
use super::super::state::ViewFault;

pub type Reply = Result<Map<String, Value>, Refusal>;

/// `{"ok": false, "error": …}` and whatever goes with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub error: String,
    pub extra: Map<String, Value>,
    /// 200, save 429.
    pub status: u16,
    pub retry_after: Option<u32>,
}

impl Refusal {
    #[must_use]
    pub fn because(error: &str) -> Refusal {
        Refusal { error: error.to_owned(), extra: Map::new(), status: 200, retry_after: None }
    }

    #[must_use]
    pub fn rate_limited(error: &str, seconds: u32) -> Refusal {
        Refusal { status: 429, retry_after: Some(seconds), ..Refusal::because(error) }
    }

    #[must_use]
    pub fn missing_scope(needed: &str, provided: &str) -> Refusal {
        Refusal::because("missing_scope").with("needed", json!(needed)).with("provided", json!(provided))
    }

    /// `invalid_arguments`, one message.
    #[must_use]
    pub fn missing_field(name: &str) -> Refusal {
        let messages = json!({"messages": [format!("[ERROR] missing required field: {name}")]});
        Refusal::because("invalid_arguments").with("response_metadata", messages)
    }

    #[must_use]
    pub fn complaints(error: &str, complaints: &[Complaint]) -> Refusal {
        let plain: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        let messages: Vec<String> = plain.iter().map(|each| format!("[ERROR] {each}")).collect();
        let refusal = Refusal::because(error).with("response_metadata", json!({"messages": messages}));
        if error == "invalid_blocks" { refusal.with("errors", json!(plain)) } else { refusal }
    }

    #[must_use]
    pub fn with(mut self, key: &str, value: Value) -> Refusal {
        self.extra.insert(key.to_owned(), value);
        self
    }

    #[must_use]
    pub fn body(&self) -> Value {
        let mut body = self.extra.clone();
        body.insert("ok".into(), json!(false));
        body.insert("error".into(), json!(self.error));
        Value::Object(body)
    }
}

impl From<MessageFault> for Refusal {
    fn from(fault: MessageFault) -> Refusal {
        if fault.complaints.is_empty() {
            Refusal::because(fault.error)
        } else {
            Refusal::complaints(fault.error, &fault.complaints)
        }
    }
}

impl From<ViewRefusal> for Refusal {
    fn from(refusal: ViewRefusal) -> Refusal {
        match refusal {
            ViewRefusal::Complaints(complaints) => Refusal::complaints("invalid_arguments", &complaints),
            ViewRefusal::TooLarge => Refusal::because("view_too_large"),
        }
    }
}

impl From<ViewFault> for Refusal {
    fn from(fault: ViewFault) -> Refusal {
        Refusal::because(match fault {
            ViewFault::NotFound | ViewFault::AlreadyOpen => "not_found",
            ViewFault::HashConflict => "hash_conflict",
            ViewFault::PushLimitReached => "push_limit_reached",
            ViewFault::DuplicateExternalId => "duplicate_external_id",
        })
    }
}

/// Fields of a successful answer.
#[must_use]
pub fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
