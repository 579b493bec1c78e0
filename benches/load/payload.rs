//! What Slack would send: only as much of it as Slack always sends.

use serde_json::{Value, json};

use crate::bot::CHANNEL;
use crate::clock::now;

/// The workspace.
pub const TEAM: &str = "T0BENCH";
/// The bot's own user.
pub const BOT: &str = "U0BENCHBOT";
/// What a manager types into the one field of the form that takes a sentence.
pub const SYSTEM: &str = "keeps the ledger of card payments for forty shops and hands finance one number a day";

/// One delivery.
pub enum Delivery {
    /// A slash command, by its fields.
    Command(Vec<(&'static str, String)>),
    /// A press, a keystroke or a submission, as JSON.
    Interactive(String),
    /// An event, as JSON.
    Event(String),
}

/// A window as the bot drew it.
#[derive(Debug, Clone)]
pub struct Window {
    id: String,
    callback: String,
    metadata: String,
    /// As drawn; Slack sends it back with everything that is done in the window.
    blocks: Value,
    /// Its inputs: block, action, and what they hold.
    fields: Vec<(String, String, Value)>,
}

impl Window {
    /// Reads what came with `views.open`, or in the answer to a submission.
    pub fn of(view: &Value, id: String) -> Window {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let none = Vec::new();
        let blocks = view["blocks"].as_array().unwrap_or(&none);
        let fields = blocks.iter().filter(|block| block["type"] == "input").map(|block| {
            let element = &block["element"];
            (text(&block["block_id"]), text(&element["action_id"]), held(element))
        });
        Window {
            id,
            callback: text(&view["callback_id"]),
            metadata: text(&view["private_metadata"]),
            blocks: view["blocks"].clone(),
            fields: fields.collect(),
        }
    }

    /// Fills it as a careful manager does: the sentence in words, of each choice the first.
    pub fn filled(mut self, view: &Value) -> Window {
        for (block, action, value) in &mut self.fields {
            if action.ends_with(".system") {
                value["value"] = json!(SYSTEM);
            }
            let drawn = view["blocks"].as_array().and_then(|all| all.iter().find(|one| one["block_id"] == **block));
            if let Some(first) = drawn.and_then(|drawn| drawn["element"]["options"].get(0))
                && value["type"] == "radio_buttons"
            {
                value["selected_option"] = first.clone();
            }
        }
        self
    }

    fn view(&self) -> Value {
        let mut values = serde_json::Map::new();
        for (block, action, value) in &self.fields {
            values.insert(block.clone(), json!({ action: value }));
        }
        json!({
            "id": self.id, "type": "modal", "callback_id": self.callback, "private_metadata": self.metadata,
            "hash": "1700000000.abcdef12", "root_view_id": self.id, "state": { "values": values },
            "team_id": TEAM, "blocks": self.blocks, "external_id": "", "clear_on_close": false, "notify_on_close": true,
        })
    }

    /// A keystroke in its sentence.
    pub fn typing(&self, user: &str, trigger: &str, text: &str) -> Delivery {
        let mut window = self.clone();
        let mut action = json!({});
        for (block, id, value) in &mut window.fields {
            if id.ends_with(".system") {
                value["value"] = json!(text);
                let at = slack_time();
                action = json!({ "type": "plain_text_input", "block_id": block, "action_id": id, "value": text, "action_ts": at });
            }
        }
        let mut payload = interaction("block_actions", user, trigger);
        payload["view"] = window.view();
        payload["container"] = json!({ "type": "view", "view_id": self.id });
        payload["actions"] = json!([action]);
        Delivery::Interactive(payload.to_string())
    }

    /// It is sent off.
    pub fn sent(&self, user: &str, trigger: &str) -> Delivery {
        let mut payload = interaction("view_submission", user, trigger);
        payload["view"] = self.view();
        payload["response_urls"] = json!([]);
        Delivery::Interactive(payload.to_string())
    }
}

/// What an input holds as it is drawn.
fn held(element: &Value) -> Value {
    let kind = element["type"].clone();
    let given = |name: &str| element.get(name).cloned().unwrap_or(Value::Null);
    match kind.as_str().unwrap_or_default() {
        "plain_text_input" => json!({ "type": kind, "value": given("initial_value") }),
        "checkboxes" => {
            let chosen = element.get("initial_options").cloned().unwrap_or_else(|| json!([]));
            json!({ "type": kind, "selected_options": chosen })
        }
        _ => json!({ "type": kind, "selected_option": given("initial_option") }),
    }
}

fn interaction(kind: &str, user: &str, trigger: &str) -> Value {
    json!({
        "type": kind, "token": "legacy", "api_app_id": "A0BENCH", "trigger_id": trigger,
        "team": { "id": TEAM, "domain": "bench" }, "enterprise": null, "is_enterprise_install": false,
        "user": { "id": user, "username": "bench", "name": "bench", "team_id": TEAM },
    })
}

/// `/scope-backend TEXT`.
pub fn command(user: &str, trigger: &str, text: &str) -> Delivery {
    let fields = [
        ("token", "legacy"),
        ("team_id", TEAM),
        ("team_domain", "bench"),
        ("channel_id", CHANNEL),
        ("channel_name", "hiring"),
        ("user_id", user),
        ("user_name", "bench"),
        ("command", "/scope-backend"),
        ("text", text),
        ("api_app_id", "A0BENCH"),
        ("is_enterprise_install", "false"),
        ("response_url", "http://127.0.0.1:9/hook"),
        ("trigger_id", trigger),
    ];
    Delivery::Command(fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect())
}

/// ✅ to a message.
pub fn reaction(user: &str, ts: &str, event: &str) -> Delivery {
    let payload = json!({
        "token": "legacy", "team_id": TEAM, "api_app_id": "A0BENCH", "type": "event_callback", "event_id": event,
        "event_time": now().as_secs(), "is_ext_shared_channel": false,
        "authorizations": [{ "enterprise_id": null, "team_id": TEAM, "user_id": BOT, "is_bot": true, "is_enterprise_install": false }],
        "event": {
            "type": "reaction_added", "user": user, "reaction": "white_check_mark", "item_user": BOT,
            "item": { "type": "message", "channel": CHANNEL, "ts": ts }, "event_ts": slack_time(),
        },
    });
    Delivery::Event(payload.to_string())
}

/// Slack's time of a gesture made now.
pub fn slack_time() -> String {
    let now = now();
    format!("{}.{:06}", now.as_secs(), now.subsec_micros())
}
