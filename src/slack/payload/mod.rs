//! What Slack sends, read once for both transports.
//!
//! One closed enum, [`Inbound`], lists all that can come in. The reader is tolerant: what it does not need may be absent,
//! null or of another shape; kinds it does not know become [`Inbound::Unknown`]; only a body that is no payload is
//! [`Unreadable`]. It never panics, never quotes what it read, and never holds more than the body it was given: JSON
//! deeper than 128 levels is refused by the decoder, lists are cut at their stated limits, and the transports bound the
//! size. `team: null` (an install for a whole organisation) is ordinary.

mod event;
mod fault;
mod handles;
mod happening;
mod interaction;
mod message;
mod origin;
#[cfg(test)]
mod tests;
mod user;
mod value;
mod view;

use serde_json::{Map, Value};

use super::lean;
use super::node::Node;
pub use event::{ChannelChange, Event, Group, Happening, HomeOpened, HomeTab, MarkedMessage, Membership, Reaction};
pub use fault::Unreadable;
pub use handles::{HandleFault, Key, ResponseUrl, TriggerId, Typed, ViewId};
pub use interaction::{
    Action, BlockActions, GlobalShortcut, MessageAction, Place, PressedMessage, SlashCommand, ViewClosed,
    ViewSubmission,
};
pub use message::{Message, Metadata};
pub use origin::{Authorization, Origin, Person};
pub use user::User;
pub use value::FieldValue;
pub use view::{Field, View, ViewKind};

/// All that can come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inbound {
    /// A command was typed.
    SlashCommand(SlashCommand),
    /// Elements of a view or message were used.
    BlockActions(BlockActions),
    /// A form was sent off.
    ViewSubmission(ViewSubmission),
    /// A window was closed.
    ViewClosed(ViewClosed),
    /// A shortcut was used, anywhere.
    GlobalShortcut(GlobalShortcut),
    /// A shortcut was used on a message.
    MessageAction(MessageAction),
    /// Something happened in the workspace.
    Event(Event),
    /// A kind the bot does not know, to be acknowledged and counted.
    Unknown(Unknown),
}

/// What is known of an unknown kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Slack's name of it, made safe for a log: at most 64 letters, digits and `_.:-`.
    pub kind: String,
    /// Its key, if it has one.
    pub key: Option<Key>,
    /// A kind the bot knows, without what it needs of it.
    pub lacks: Option<Unreadable>,
}

/// A request over HTTP is a delivery, or Slack's question whether this is the right address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// To be taken in.
    Delivery(Box<Inbound>),
    /// To be answered with the challenge.
    UrlVerification {
        /// What to say.
        challenge: String,
    },
}

impl Inbound {
    /// The key of what came in; none for `view_closed`, rate-limit notices and some unknown kinds.
    pub fn key(&self) -> Option<&Key> {
        match self {
            Inbound::SlashCommand(it) => Some(&it.key),
            Inbound::BlockActions(it) => Some(&it.key),
            Inbound::ViewSubmission(it) => Some(&it.key),
            Inbound::GlobalShortcut(it) => Some(&it.key),
            Inbound::MessageAction(it) => Some(&it.key),
            Inbound::ViewClosed(_) => None,
            Inbound::Event(it) => it.key.as_ref(),
            Inbound::Unknown(it) => it.key.as_ref(),
        }
    }

    /// From which installation; none for an unknown kind.
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Inbound::SlashCommand(it) => Some(&it.origin),
            Inbound::BlockActions(it) => Some(&it.origin),
            Inbound::ViewSubmission(it) => Some(&it.origin),
            Inbound::ViewClosed(it) => Some(&it.origin),
            Inbound::GlobalShortcut(it) => Some(&it.origin),
            Inbound::MessageAction(it) => Some(&it.origin),
            Inbound::Event(it) => Some(&it.origin),
            Inbound::Unknown(_) => None,
        }
    }

    /// One of a closed list of names, fit for a metric's label and a log.
    pub fn kind(&self) -> &'static str {
        match self {
            Inbound::SlashCommand(_) => "slash_command",
            Inbound::BlockActions(_) => "block_actions",
            Inbound::ViewSubmission(_) => "view_submission",
            Inbound::ViewClosed(_) => "view_closed",
            Inbound::GlobalShortcut(_) => "shortcut",
            Inbound::MessageAction(_) => "message_action",
            Inbound::Event(event) => match event.happening {
                Happening::ReactionAdded(_) => "reaction_added",
                Happening::ReactionRemoved(_) => "reaction_removed",
                Happening::AppHomeOpened(_) => "app_home_opened",
                Happening::MetadataPosted(_) => "message_metadata_posted",
                Happening::MetadataUpdated(_) => "message_metadata_updated",
                Happening::MetadataDeleted(_) => "message_metadata_deleted",
                Happening::UserChanged(_) => "user_change",
                Happening::GroupCreated(_) => "subteam_created",
                Happening::GroupUpdated(_) => "subteam_updated",
                Happening::GroupMembersChanged { .. } => "subteam_members_changed",
                Happening::MemberJoined(_) => "member_joined_channel",
                Happening::MemberLeft(_) => "member_left_channel",
                Happening::ChannelChanged { .. } => "channel_change",
                Happening::MessagePosted(_) => "message",
                Happening::TokensRevoked { .. } => "tokens_revoked",
                Happening::AppUninstalled => "app_uninstalled",
                Happening::AppRateLimited { .. } => "app_rate_limited",
            },
            Inbound::Unknown(_) => "unknown",
        }
    }

    /// Slack repeats what is not acknowledged of this; a command or an interaction comes once, and the person waits.
    pub fn is_event(&self) -> bool {
        matches!(self, Inbound::Event(_) | Inbound::Unknown(_))
    }
}

/// Reads the body of a signed HTTP request: JSON for events, a form for commands and interactions.
pub fn of_request(content_type: Option<&str>, body: &[u8]) -> Result<Request, Unreadable> {
    match essence_of(content_type).as_str() {
        JSON => {
            let value = lean::value_of_bytes(body).map_err(|_| Unreadable::NotJson)?;
            let outer = Node::of(&value);
            if outer.at("type").text() == Some("url_verification") {
                let challenge = outer.at("challenge").string().ok_or(Unreadable::Lacks("challenge"))?;
                return Ok(Request::UrlVerification { challenge });
            }
            of_payload(&value)
        }
        FORM => {
            let fields = form_of(body);
            if let Some(payload) = Node::of(&fields).at("payload").text() {
                let value = lean::value_of(payload).map_err(|_| Unreadable::NotJson)?;
                of_payload(&value)
            } else if Node::of(&fields).at("command").is_given() {
                SlashCommand::of(Node::of(&fields)).map(Inbound::SlashCommand)
            } else {
                Err(Unreadable::NoPayload)
            }
        }
        _ => Err(Unreadable::ContentType),
    }
    .map(|inbound| Request::Delivery(Box::new(inbound)))
}

/// Reads the payload of a Socket Mode envelope of that type.
pub fn of_envelope(kind: &str, payload: &Value) -> Result<Inbound, Unreadable> {
    match kind {
        "slash_commands" => SlashCommand::of(Node::of(payload)).map(Inbound::SlashCommand),
        "events_api" | "interactive" => of_payload(payload),
        other => Ok(unknown(other, None, None)),
    }
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// A content type without its parameters.
fn essence_of(content_type: Option<&str>) -> String {
    content_type.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// The body is a form, by its content type.
pub(super) fn is_form(content_type: Option<&str>) -> bool {
    essence_of(content_type) == FORM
}

/// The fields of a form; of a field given twice the first counts.
pub(super) fn form_of(body: &[u8]) -> Value {
    let mut fields = Map::new();
    for field in body.split(|byte| *byte == b'&').filter(|field| !field.is_empty()) {
        let (name, value) = match field.iter().position(|byte| *byte == b'=') {
            Some(at) => (field.get(..at).unwrap_or_default(), field.get(at + 1..).unwrap_or_default()),
            None => (field, [].as_slice()),
        };
        fields.entry(decoded(name)).or_insert_with(|| Value::String(decoded(value)));
    }
    Value::Object(fields)
}

/// A text as it was before it was put into a form; what is no UTF-8 is replaced. Source: WHATWG URL, 5.1. In one pass: a
/// payload has tens of kilobytes, every fifth letter of them written as three.
fn decoded(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.iter();
    while let Some(byte) = left.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match left.as_slice() {
                [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    left.nth(1);
                    hex_digit(*high) << 4 | hex_digit(*low)
                }
                _ => b'%',
            },
            byte => *byte,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The value of a hexadecimal digit: letters of either case end in 1 to 6.
fn hex_digit(digit: u8) -> u8 {
    (digit & 0x0f) + if digit.is_ascii_digit() { 0 } else { 9 }
}

fn of_payload(value: &Value) -> Result<Inbound, Unreadable> {
    let payload = Node::of(value);
    match payload.at("type").text().ok_or(Unreadable::Lacks("type"))? {
        "block_actions" => BlockActions::of(payload).map(Inbound::BlockActions),
        "view_submission" => ViewSubmission::of(payload).map(Inbound::ViewSubmission),
        "view_closed" => ViewClosed::of(payload).map(Inbound::ViewClosed),
        "shortcut" => GlobalShortcut::of(payload).map(Inbound::GlobalShortcut),
        "message_action" => MessageAction::of(payload).map(Inbound::MessageAction),
        "app_rate_limited" => Ok(Inbound::Event(happening::rate_limit_of(payload))),
        "event_callback" => happening::event_of(payload).map(|read| match read {
            happening::Read::Known(event) => Inbound::Event(*event),
            happening::Read::Strange { kind, key, lacks } => unknown(&kind, key, lacks),
        }),
        other => Ok(unknown(other, None, None)),
    }
}

fn unknown(kind: &str, key: Option<Key>, lacks: Option<Unreadable>) -> Inbound {
    let safe = |c: &char| c.is_ascii_alphanumeric() || "_.:-".contains(*c);
    Inbound::Unknown(Unknown { kind: kind.chars().filter(safe).take(64).collect(), key, lacks })
}
