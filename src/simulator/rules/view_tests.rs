use super::*;
use serde_json::json;

fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}

fn modal(blocks: Value) -> Value {
    json!({"type": "modal", "title": plain("Scope"), "submit": plain("Review"), "close": plain("Close"), "blocks": blocks})
}

fn complaints(view: &Value) -> Vec<String> {
    match refusal_of_view(view, Surface::Modal) {
        None => Vec::new(),
        Some(ViewRefusal::TooLarge) => vec!["too large".into()],
        Some(ViewRefusal::Complaints(all)) => all.iter().map(ToString::to_string).collect(),
    }
}

fn refuses(view: Value, expected: &str) {
    let all = complaints(&view);
    assert!(all.iter().any(|each| each == expected), "wanted {expected:?} among {all:#?} for {view}");
}

fn input(element: Value) -> Value {
    json!({"type": "input", "block_id": "b", "label": plain("Label"), "element": element})
}

fn options(count: usize) -> Vec<Value> {
    (0..count).map(|at| json!({"text": plain(&format!("option {at}")), "value": format!("v{at}")})).collect()
}

#[test]
fn a_full_form_of_every_element_is_taken() {
    let select =
        json!({"type": "static_select", "action_id": "s", "options": options(100), "placeholder": plain("Pick")});
    let radio =
        json!({"type": "radio_buttons", "action_id": "r", "options": options(10), "initial_option": options(1)[0]});
    let text = json!({"type": "plain_text_input", "action_id": "t", "multiline": true, "max_length": 300,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}});
    let mut blocks: Vec<Value> = [select, radio, text].into_iter().map(input).collect();
    for (at, block) in blocks.iter_mut().enumerate() {
        block["block_id"] = json!(format!("b{at}"));
        block["dispatch_action"] = json!(true);
    }
    blocks.push(json!({"type": "section", "text": {"type": "mrkdwn", "text": "*hello*", "verbatim": true}}));
    blocks.push(json!({"type": "context", "elements": [plain("small print")]}));
    blocks.push(json!({"type": "actions", "elements": [
        {"type": "button", "action_id": "one", "text": plain("One"), "style": "primary"},
        {"type": "overflow", "action_id": "two", "options": options(5)}]}));
    assert_eq!(complaints(&modal(json!(blocks))), Vec::<String>::new());
}

#[test]
fn titles_and_buttons_of_a_modal_hold_24_characters() {
    let mut view = modal(json!([]));
    view["title"] = plain(&"x".repeat(24));
    assert!(complaints(&view).is_empty());
    view["title"] = plain(&"x".repeat(25));
    refuses(view, "must be less than 25 characters [json-pointer:/view/title/text]");
    let mut view = modal(json!([]));
    view["submit"] = plain("");
    refuses(view, "must be more than 0 characters [json-pointer:/view/submit/text]");
}

#[test]
fn private_metadata_and_ids_have_their_lengths() {
    let mut view = modal(json!([]));
    view["private_metadata"] = json!("x".repeat(3001));
    refuses(view, "must be less than 3001 characters [json-pointer:/view/private_metadata]");
    let mut view = modal(json!([]));
    view["callback_id"] = json!("x".repeat(256));
    refuses(view, "must be less than 256 characters [json-pointer:/view/callback_id]");
    let block = json!({"type": "divider", "block_id": "x".repeat(256)});
    refuses(modal(json!([block])), "must be less than 256 characters [json-pointer:/view/blocks/0/block_id]");
}

#[test]
fn unknown_fields_are_refused() {
    let mut view = modal(json!([]));
    view["colour"] = json!("red");
    refuses(view, "invalid additional property: colour [json-pointer:/view]");
    let block = json!({"type": "divider", "text": "x"});
    refuses(modal(json!([block])), "invalid additional property: text [json-pointer:/view/blocks/0]");
    let element = json!({"type": "plain_text_input", "action_id": "a", "block_id": "b"});
    refuses(
        modal(json!([input(element)])),
        "invalid additional property: block_id [json-pointer:/view/blocks/0/element]",
    );
}

#[test]
fn missing_fields_are_named() {
    let view = json!({"type": "modal", "blocks": []});
    refuses(view, "missing required field: title [json-pointer:/view]");
    refuses(modal(json!([{"type": "header"}])), "missing required field: text [json-pointer:/view/blocks/0]");
}

#[test]
fn a_view_holds_100_blocks() {
    let blocks = |count: usize| json!(vec![json!({"type": "divider"}); count]);
    assert!(complaints(&modal(blocks(100))).is_empty());
    refuses(modal(blocks(101)), "no more than 100 items allowed [json-pointer:/view/blocks]");
}

#[test]
fn option_lists_have_their_lengths() {
    let radio = |count: usize| modal(json!([input(json!({"type": "radio_buttons", "options": options(count)}))]));
    assert!(complaints(&radio(10)).is_empty());
    refuses(radio(11), "no more than 10 items allowed [json-pointer:/view/blocks/0/element/options]");
    refuses(radio(0), "must provide at least 1 items [json-pointer:/view/blocks/0/element/options]");
    let select = |count: usize| modal(json!([input(json!({"type": "static_select", "options": options(count)}))]));
    refuses(select(101), "no more than 100 items allowed [json-pointer:/view/blocks/0/element/options]");
    let long = json!({"text": plain(&"x".repeat(76)), "value": "v"});
    let view = modal(json!([input(json!({"type": "static_select", "options": [long]}))]));
    refuses(view, "must be less than 76 characters [json-pointer:/view/blocks/0/element/options/0/text/text]");
}

#[test]
fn ids_may_not_repeat() {
    let twice = json!([{"type": "divider", "block_id": "same"}, {"type": "divider", "block_id": "same"}]);
    refuses(modal(twice), "`block_id` \"same\" already exists [json-pointer:/view/blocks/1/block_id]");
    let button = json!({"type": "button", "action_id": "same", "text": plain("x")});
    let actions = json!([{"type": "actions", "elements": [button, button]}]);
    refuses(modal(actions), "`action_id` \"same\" already exists [json-pointer:/view/blocks/0/elements/1/action_id]");
}

#[test]
fn an_input_needs_a_submit_button() {
    let mut view = modal(json!([input(json!({"type": "plain_text_input"}))]));
    view.as_object_mut().unwrap().remove("submit");
    refuses(view, "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]");
}

#[test]
fn an_initial_option_must_be_one_of_the_options() {
    let stranger = json!({"text": plain("other"), "value": "other"});
    let view =
        modal(json!([input(json!({"type": "radio_buttons", "options": options(2), "initial_option": stranger}))]));
    refuses(
        view,
        "`initial_option` must match one of the options [json-pointer:/view/blocks/0/element/initial_option]",
    );
}

#[test]
fn blocks_keep_to_their_surfaces_and_elements_to_their_blocks() {
    refuses(
        modal(json!([{"type": "markdown", "text": "x"}])),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    );
    refuses(modal(json!([{"type": "carousel"}])), "unsupported type: carousel [json-pointer:/view/blocks/0/type]");
    let text = json!({"type": "plain_text_input", "action_id": "a"});
    let actions = json!([{"type": "actions", "elements": [text]}]);
    refuses(modal(actions), "unsupported type: plain_text_input [json-pointer:/view/blocks/0/elements/0/type]");
    let header = json!([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]);
    refuses(modal(header), "must be of type `plain_text` [json-pointer:/view/blocks/0/text/type]");
}

#[test]
fn a_view_above_250_kilobytes_is_too_large() {
    let section = json!({"type": "section", "text": {"type": "mrkdwn", "text": "x".repeat(2900)}});
    assert_eq!(complaints(&modal(json!(vec![section; 90]))), vec!["too large"]);
}

#[test]
fn a_home_has_no_title_and_no_buttons_below() {
    let home = json!({"type": "home", "blocks": [{"type": "divider"}]});
    assert_eq!(refusal_of_view(&home, Surface::Home), None);
    let mut titled = home.clone();
    titled["title"] = plain("x");
    assert!(refusal_of_view(&titled, Surface::Home).is_some());
    assert!(refusal_of_view(&home, Surface::Modal).is_some());
}
