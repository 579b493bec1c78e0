//! The frames of Socket Mode, read tolerantly: <https://docs.slack.dev/apis/events-api/using-socket-mode>.

use serde_json::{Map, Value, json};

use crate::slack::intake::Ack;
use crate::slack::lean;
use crate::slack::node::Node;

/// A text frame of Slack's.
#[derive(Debug, PartialEq)]
pub(super) enum Frame {
    /// The connection is ready.
    Hello {
        /// Connections of this app that Slack counts.
        connections: Option<u64>,
    },
    /// The connection will be closed, or should be.
    Disconnect(Reason),
    /// A delivery, to be acknowledged by its id.
    Envelope(Box<Envelope>),
    /// No JSON, or without a type or an id: nothing can be said to it.
    Noise,
}

/// Why Slack ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// `warning`, about ten seconds ahead, `refresh_requested`, or one unknown today: go on with another connection.
    Refresh,
    /// `too_many_websockets`.
    TooMany,
    /// `link_disabled`: Socket Mode was switched off.
    Disabled,
}

/// A delivery.
#[derive(PartialEq)]
pub(super) struct Envelope {
    /// Names it in the acknowledgement; a repeat may have the same or another.
    pub(super) id: String,
    /// `events_api`, `interactive`, `slash_commands` or another.
    pub(super) kind: String,
    /// The payload as it would come over HTTP.
    pub(super) payload: Value,
    /// The acknowledgement may say something.
    pub(super) takes_answer: bool,
    /// Counts repeats, though not reliably.
    pub(super) retry: i64,
}

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the payload: it holds what people typed.
        write!(f, "Envelope({}, {})", self.kind, self.id)
    }
}

impl Frame {
    pub(super) fn of(text: &str) -> Self {
        let Ok(mut value) = lean::value_of(text) else { return Frame::Noise };
        let frame = Node::of(&value);
        match frame.at("type").text() {
            Some("hello") => Frame::Hello {
                connections: frame.at("num_connections").whole().and_then(|count| u64::try_from(count).ok()),
            },
            Some("disconnect") => Frame::Disconnect(match frame.at("reason").text() {
                Some("link_disabled") => Reason::Disabled,
                Some("too_many_websockets") => Reason::TooMany,
                _ => Reason::Refresh,
            }),
            Some(kind) => match frame.at("envelope_id").string() {
                Some(id) => Frame::Envelope(Box::new(Envelope {
                    id,
                    kind: kind.to_owned(),
                    // Left out only where Slack says so: an envelope that is silent on it is taken to accept.
                    takes_answer: !frame.at("accepts_response_payload").is_given()
                        || frame.at("accepts_response_payload").flag(),
                    retry: frame.at("retry_attempt").whole().unwrap_or(0),
                    payload: value.get_mut("payload").map(Value::take).unwrap_or_default(),
                })),
                None => Frame::Noise,
            },
            None => Frame::Noise,
        }
    }
}

/// What acknowledges an envelope; none if it is not to be acknowledged.
pub(super) fn acknowledgement(envelope_id: &str, takes_answer: bool, ack: Ack) -> Option<String> {
    match ack {
        Ack::NotNow => None,
        Ack::Body(payload) if takes_answer => {
            let mut frame = Map::new();
            frame.insert("envelope_id".to_owned(), envelope_id.into());
            // Moved, not copied: it may be a whole window.
            frame.insert("payload".to_owned(), payload);
            Some(Value::Object(frame).to_string())
        }
        Ack::Empty | Ack::Body(_) => Some(json!({ "envelope_id": envelope_id }).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hello_and_disconnect_are_read_with_and_without_their_extras() {
        let hello = r#"{"type":"hello","num_connections":2,"debug_info":{"host":"applink-1","build_number":10,
            "approximate_connection_time":18060},"connection_info":{"app_id":"A1"}}"#;
        assert_eq!(Frame::of(hello), Frame::Hello { connections: Some(2) });
        assert_eq!(Frame::of(r#"{"type":"hello"}"#), Frame::Hello { connections: None });
        for (reason, read) in [
            ("warning", Reason::Refresh),
            ("refresh_requested", Reason::Refresh),
            ("something_new", Reason::Refresh),
            ("too_many_websockets", Reason::TooMany),
            ("link_disabled", Reason::Disabled),
        ] {
            let frame = json!({ "type": "disconnect", "reason": reason }).to_string();
            assert_eq!(Frame::of(&frame), Frame::Disconnect(read), "{reason}");
        }
    }

    #[test]
    fn what_cannot_be_acknowledged_is_noise() {
        for text in ["", "{", "null", "[]", "7", r#"{"type":7}"#, r#"{"type":"events_api","payload":{}}"#, "{}"] {
            assert_eq!(Frame::of(text), Frame::Noise, "{text:?}");
        }
    }

    #[test]
    fn an_acknowledgement_carries_an_answer_only_where_one_is_taken() {
        let body = || Ack::Body(json!({ "text": "hi" }));
        let acks = [
            (true, body(), Some(json!({ "envelope_id": "e", "payload": { "text": "hi" } }))),
            (false, body(), Some(json!({ "envelope_id": "e" }))),
            (true, Ack::Empty, Some(json!({ "envelope_id": "e" }))),
            (true, Ack::NotNow, None),
        ];
        for (takes, ack, said) in acks {
            assert_eq!(acknowledgement("e", takes, ack), said.map(|value| value.to_string()));
        }
    }

    #[test]
    fn an_envelope_shows_nothing_of_its_payload() {
        let frame = Frame::of(
            r#"{"type":"slash_commands","envelope_id":"e1","payload":{"text":"private"},"accepts_response_payload":true}"#,
        );
        let Frame::Envelope(envelope) = &frame else { panic!("{frame:?}") };
        assert_eq!((envelope.payload["text"].as_str(), envelope.takes_answer), (Some("private"), true));
        assert_eq!(format!("{frame:?}"), "Envelope(Envelope(slash_commands, e1))");
    }
}
