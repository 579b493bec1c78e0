//! What can be done, as data: the shapes of docs/simulator.md, Actions.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Refused;
use crate::simulator::delivery::LineOrder;
use crate::simulator::faults::Fault;
use crate::simulator::state::{PersonKind, Transport, Window};

/// Who does it, from which window, and what.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    #[serde(default)]
    pub window: Window,
    #[serde(flatten)]
    pub deed: Deed,
}

/// A label, or ids.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Label {
    Words(String),
    Ids {
        #[serde(default)]
        block: Option<String>,
        #[serde(default)]
        action: Option<String>,
    },
}

impl From<&str> for Label {
    fn from(words: &str) -> Label {
        Label::Words(words.to_owned())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Typing {
    #[default]
    AtOnce,
    Characters,
    Enter,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Where {
    Named(Screen),
    Message {
        channel: String,
        #[serde(default)]
        ts: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    Modal,
    Home,
}

/// Whatever can be done.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Deed {
    Command {
        channel: String,
        text: String,
    },
    Say {
        channel: String,
        text: String,
        #[serde(default)]
        thread_ts: Option<String>,
    },
    Set {
        field: Label,
        value: String,
        #[serde(default)]
        by: Typing,
    },
    Choose {
        field: Label,
        option: Value,
        #[serde(default, rename = "where")]
        place: Option<Where>,
    },
    Tick {
        field: Label,
        option: String,
        #[serde(default, rename = "where")]
        place: Option<Where>,
    },
    Untick {
        field: Label,
        option: String,
        #[serde(default, rename = "where")]
        place: Option<Where>,
    },
    Press {
        button: Label,
        #[serde(default, rename = "where")]
        place: Option<Where>,
    },
    Submit,
    Close,
    Dismiss,
    React {
        channel: String,
        #[serde(default)]
        ts: Option<String>,
        emoji: String,
    },
    Unreact {
        channel: String,
        #[serde(default)]
        ts: Option<String>,
        emoji: String,
    },
    OpenHome,
    OpenMessages,
    Read {
        channel: String,
    },
    Shortcut {
        callback_id: String,
    },
    MessageShortcut {
        callback_id: String,
        channel: String,
        #[serde(default)]
        ts: Option<String>,
    },
    DeleteMessage {
        channel: String,
        ts: String,
    },
    DismissNote {
        channel: String,
        ts: String,
    },
    AddPerson {
        handle: String,
        name: String,
        #[serde(default)]
        kind: Option<PersonKind>,
    },
    EditPerson {
        person: String,
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        title: Option<String>,
        #[serde(default)]
        kind: Option<PersonKind>,
        #[serde(default)]
        tz: Option<String>,
    },
    EditGroup {
        group: String,
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        members: Option<Vec<String>>,
        #[serde(default)]
        disabled: Option<bool>,
    },
    AddChannel {
        name: String,
        #[serde(default)]
        private: bool,
        #[serde(default)]
        shared: bool,
        #[serde(default)]
        members: Vec<String>,
    },
    EditChannel {
        channel: String,
        #[serde(default)]
        rename: Option<String>,
        #[serde(default)]
        archived: Option<bool>,
        #[serde(default)]
        deleted: Option<bool>,
        #[serde(default)]
        private: Option<bool>,
        #[serde(default)]
        shared: Option<bool>,
        #[serde(default)]
        topic: Option<String>,
    },
    Invite {
        channel: String,
        person: String,
    },
    Kick {
        channel: String,
        person: String,
    },
    App(AppChange),
    Sockets {
        order: LineOrder,
    },
    Advance {
        seconds: f64,
    },
    Fault {
        fault: Fault,
    },
    Heal {
        #[serde(default)]
        id: Option<u64>,
    },
    Forget,
}

/// Changes to the installed app; what is absent stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AppChange {
    #[serde(default)]
    pub scopes: Option<Vec<String>>,
    #[serde(default)]
    pub events: Option<Vec<String>>,
    #[serde(default)]
    pub metadata_events: Option<Vec<String>>,
    #[serde(default)]
    pub transport: Option<Transport>,
    #[serde(default)]
    pub installed: Option<bool>,
    #[serde(default)]
    pub org_install: Option<bool>,
    #[serde(default)]
    pub token_valid: Option<bool>,
    #[serde(default)]
    pub rate_limits: Option<bool>,
    #[serde(default)]
    pub messages_tab: Option<bool>,
}

/// Reads an order; a field that belongs to no deed is refused.
///
/// # Errors
/// [`Refused`] with what is wrong.
pub fn read_order(given: &Value) -> Result<Order, Refused> {
    let order: Order = serde_json::from_value(given.clone())
        .map_err(|why| Refused::because("unreadable", format!("{why}; see docs/simulator.md, Actions")))?;
    let known = serde_json::to_value(&order).unwrap_or(Value::Null);
    let stranger = given
        .as_object()
        .into_iter()
        .flatten()
        .find(|(key, _)| !matches!(key.as_str(), "as" | "window" | "wait") && known.get(key.as_str()).is_none());
    match stranger {
        Some((key, _)) => Err(Refused::because("unknown_field", format!("nothing here is called {key:?}"))),
        None => Ok(order),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_shape_of_the_documentation_is_read() {
        for given in [
            json!({"do": "command", "as": "mara", "channel": "hiring", "text": "/scope-backend a ledger"}),
            json!({"do": "set", "as": "mara", "window": "phone", "field": "Label", "value": "x", "by": "characters"}),
            json!({"do": "set", "as": "mara", "field": {"block": "b", "action": "a"}, "value": "x"}),
            json!({"do": "choose", "as": "mara", "field": "Kind", "option": ["One", "Two"], "where": "home"}),
            json!({"do": "choose", "as": "mara", "field": "Kind", "option": null}),
            json!({"do": "press", "as": "mara", "button": "Post", "where": {"channel": "hiring"}, "wait": false}),
            json!({"do": "submit", "as": "mara"}),
            json!({"do": "app", "transport": "socket", "scopes": ["commands"]}),
            json!({"do": "app", "transport": {"request_url": "http://127.0.0.1:1/"}}),
            json!({"do": "sockets", "order": "refresh"}),
            json!({"do": "advance", "seconds": 60}),
            json!({"do": "fault", "fault": {"on": {"method": "chat.postMessage"}, "kind": "rate_limited", "retry_after": 3, "times": 2}}),
            json!({"do": "fault", "fault": {"on": {"response_url": true}, "kind": "status"}}),
            json!({"do": "heal"}),
            json!({"do": "edit_person", "person": "mara", "kind": "single_channel_guest"}),
        ] {
            assert!(read_order(&given).is_ok(), "{given}: {:?}", read_order(&given).err());
        }
    }

    #[test]
    fn a_field_of_no_deed_and_a_deed_of_no_name_are_refused() {
        let stray = read_order(&json!({"do": "submit", "as": "mara", "where": "modal"}));
        assert_eq!(stray.unwrap_err().error, "unknown_field");
        assert_eq!(read_order(&json!({"do": "sing", "as": "mara"})).unwrap_err().error, "unreadable");
        assert_eq!(read_order(&json!("submit")).unwrap_err().error, "unreadable");
    }
}
