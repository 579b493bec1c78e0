//! What stands in the fields of a view or message: the form Slack gives it in `state.values`, what it starts as, and what survives
//! an update. Source: docs.slack.dev/surfaces/modals ("Updating views"), reference/interaction-payloads/block_actions-payload.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::simulator::chance::Chance;

/// Block id, then action id, then the value as in `state.values`.
pub type Values = BTreeMap<String, BTreeMap<String, Value>>;

/// How one kind of element keeps its value.
pub struct Slot {
    /// Key in the state value and in `actions[]`.
    pub key: &'static str,
    /// Key of the initial value in the element.
    pub initial: &'static str,
    pub holds: Holds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Text,
    Option,
    Options,
    /// One id of a person, channel or conversation.
    Id,
    Ids,
    Date,
    Number,
    Rich,
}

/// The slot of an element type; none for buttons and other things without a value.
#[must_use]
pub fn slot(kind: &str) -> Option<Slot> {
    let (key, initial, holds) = match kind {
        "plain_text_input" | "number_input" | "email_text_input" | "url_text_input" => {
            ("value", "initial_value", Holds::Text)
        }
        "rich_text_input" => ("rich_text_value", "initial_value", Holds::Rich),
        "static_select" | "radio_buttons" => ("selected_option", "initial_option", Holds::Option),
        "multi_static_select" | "checkboxes" => ("selected_options", "initial_options", Holds::Options),
        "users_select" => ("selected_user", "initial_user", Holds::Id),
        "multi_users_select" => ("selected_users", "initial_users", Holds::Ids),
        "channels_select" => ("selected_channel", "initial_channel", Holds::Id),
        "multi_channels_select" => ("selected_channels", "initial_channels", Holds::Ids),
        "conversations_select" => ("selected_conversation", "initial_conversation", Holds::Id),
        "multi_conversations_select" => ("selected_conversations", "initial_conversations", Holds::Ids),
        "datepicker" => ("selected_date", "initial_date", Holds::Date),
        "timepicker" => ("selected_time", "initial_time", Holds::Date),
        "datetimepicker" => ("selected_date_time", "initial_date_time", Holds::Number),
        _ => return None,
    };
    Some(Slot { key, initial, holds })
}

#[must_use]
pub fn kind_of(element: &Value) -> &str {
    element.get("type").and_then(Value::as_str).unwrap_or_default()
}

#[must_use]
pub fn text_at<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The interactive elements of a block.
#[must_use]
pub fn elements_of(block: &Value) -> Vec<&Value> {
    match kind_of(block) {
        "input" => block.get("element").into_iter().collect(),
        "section" => block.get("accessory").into_iter().filter(|each| kind_of(each) != "image").collect(),
        "actions" | "context_actions" => {
            block.get("elements").and_then(Value::as_array).map(|all| all.iter().collect()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// Every block and element with an id: what Slack fills in when the app leaves it out.
#[must_use]
pub fn with_ids(blocks: &[Value], chance: &mut Chance) -> Vec<Value> {
    blocks
        .iter()
        .map(|block| {
            let mut block = block.clone();
            let Some(fields) = block.as_object_mut() else { return block };
            name_if_unnamed(fields, "block_id", chance);
            for place in ["element", "accessory"] {
                if let Some(element) = fields.get_mut(place).and_then(Value::as_object_mut)
                    && element.get("type").and_then(Value::as_str) != Some("image")
                {
                    name_if_unnamed(element, "action_id", chance);
                }
            }
            let kind = fields.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
            if matches!(kind.as_str(), "actions" | "context_actions")
                && let Some(elements) = fields.get_mut("elements").and_then(Value::as_array_mut)
            {
                for element in elements.iter_mut().filter_map(Value::as_object_mut) {
                    name_if_unnamed(element, "action_id", chance);
                }
            }
            block
        })
        .collect()
}

fn name_if_unnamed(fields: &mut Map<String, Value>, key: &str, chance: &mut Chance) {
    if fields.get(key).and_then(Value::as_str).is_none_or(str::is_empty) {
        fields.insert(key.to_owned(), json!(chance.letters(5)));
    }
}

/// What stands in an element nobody has touched.
#[must_use]
pub fn initial_of(element: &Value) -> Option<Value> {
    let kind = kind_of(element);
    let slot = slot(kind)?;
    let value = element.get(slot.initial).cloned().unwrap_or_else(|| empty(slot.holds));
    Some(json!({"type": kind, slot.key: value}))
}

#[must_use]
pub fn empty(holds: Holds) -> Value {
    match holds {
        Holds::Options | Holds::Ids => json!([]),
        _ => Value::Null,
    }
}

/// The options of a select, radio group or checkbox group, those of its groups included.
#[must_use]
pub fn options_of(element: &Value) -> Vec<&Value> {
    let flat = element.get("options").and_then(Value::as_array).into_iter().flatten();
    let groups = element.get("option_groups").and_then(Value::as_array).into_iter().flatten();
    flat.chain(groups.filter_map(|group| group.get("options").and_then(Value::as_array)).flatten()).collect()
}

/// The values of freshly shown blocks. What stood in a field stays when block id, action id and type are the same, and `initial_*` is
/// ignored then; an option that is no longer offered does not stay.
#[must_use]
pub fn values_of(blocks: &[Value], before: &Values) -> Values {
    let mut values = Values::new();
    for block in blocks {
        for element in elements_of(block) {
            let Some(initial) = initial_of(element) else { continue };
            let (block_id, action_id) = (text_at(block, "block_id"), text_at(element, "action_id"));
            let kept =
                before.get(block_id).and_then(|block| block.get(action_id)).filter(|old| still_fits(old, element));
            let value = kept.cloned().unwrap_or(initial);
            values.entry(block_id.to_owned()).or_default().insert(action_id.to_owned(), value);
        }
    }
    values
}

fn still_fits(old: &Value, element: &Value) -> bool {
    if kind_of(old) != kind_of(element) {
        return false;
    }
    let Some(slot) = slot(kind_of(element)) else { return false };
    let offered = |chosen: &Value| options_of(element).iter().any(|option| option.get("value") == chosen.get("value"));
    let Some(held) = old.get(slot.key) else { return false };
    match slot.holds {
        Holds::Option => held.is_null() || offered(held),
        Holds::Options => held.as_array().is_some_and(|all| all.iter().all(offered)),
        _ => true,
    }
}

/// Whether a required field holds nothing.
#[must_use]
pub fn is_empty(value: &Value) -> bool {
    let Some(slot) = slot(kind_of(value)) else { return false };
    match value.get(slot.key) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(all)) => all.is_empty(),
        Some(_) => false,
    }
}

/// The chosen option as Slack reports it.
#[must_use]
pub fn chosen(option: &Value) -> Value {
    let mut out = json!({"text": shown_text(option.get("text").unwrap_or(&Value::Null)), "value": option.get("value")});
    if let (Some(fields), Some(description)) = (out.as_object_mut(), option.get("description")) {
        fields.insert("description".into(), shown_text(description));
    }
    out
}

/// A plain text object comes back with `emoji` set.
fn shown_text(text: &Value) -> Value {
    let mut text = text.clone();
    if kind_of(&text) == "plain_text"
        && let Some(fields) = text.as_object_mut()
    {
        fields.entry("emoji").or_insert(json!(true));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(block: &str, action: &str, initial: &str) -> Value {
        json!({"type": "input", "block_id": block, "label": {"type": "plain_text", "text": "Label"},
               "element": {"type": "plain_text_input", "action_id": action, "initial_value": initial}})
    }

    #[test]
    fn what_was_typed_survives_an_update_only_under_the_same_block_and_action_id() {
        let mut values = values_of(&[field("b", "a", "first")], &Values::new());
        values.get_mut("b").unwrap().insert("a".into(), json!({"type": "plain_text_input", "value": "typed"}));
        let same = values_of(&[field("b", "a", "second")], &values);
        assert_eq!(same["b"]["a"]["value"], "typed", "initial_value is ignored");
        let other_block = values_of(&[field("b2", "a", "second")], &values);
        assert_eq!(other_block["b2"]["a"]["value"], "second");
        let other_action = values_of(&[field("b", "a2", "second")], &values);
        assert_eq!(other_action["b"]["a2"]["value"], "second");
    }

    #[test]
    fn a_chosen_option_that_is_no_longer_offered_goes() {
        let radio = |values: &[&str]| {
            let options: Vec<Value> =
                values.iter().map(|v| json!({"text": {"type": "plain_text", "text": v}, "value": v})).collect();
            json!({"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "x"},
                   "accessory": {"type": "radio_buttons", "action_id": "a", "options": options}})
        };
        let mut before = values_of(&[radio(&["one", "two"])], &Values::new());
        let chosen = json!({"type": "radio_buttons", "selected_option": {"value": "two"}});
        before.get_mut("b").unwrap().insert("a".into(), chosen);
        assert_eq!(values_of(&[radio(&["two"])], &before)["b"]["a"]["selected_option"]["value"], "two");
        assert_eq!(values_of(&[radio(&["one"])], &before)["b"]["a"]["selected_option"], Value::Null);
    }

    #[test]
    fn blocks_without_ids_get_new_ones() {
        let blocks =
            [json!({"type": "actions", "elements": [{"type": "button"}, {"type": "button", "action_id": "mine"}]})];
        let named = with_ids(&blocks, &mut Chance::from_seed(1));
        assert_eq!(named[0]["block_id"].as_str().unwrap().len(), 5);
        assert_eq!(named[0]["elements"][1]["action_id"], "mine");
        assert_ne!(named[0]["elements"][0]["action_id"], named[0]["block_id"]);
    }
}
