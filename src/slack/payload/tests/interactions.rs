use serde_json::json;

use super::*;
use crate::domain::ids::{Home, SlackTime};
use crate::slack::payload::{FieldValue, Place, Typed, Unreadable, ViewKind, of_envelope};

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn both_transports_read_the_same() {
    for payload in [TYPING, PRESS, SUBMISSION, CLOSED, ON_MESSAGE] {
        let over_http = delivered(FORM, &as_form(payload));
        assert_eq!(over_http, of_envelope("interactive", &json_of(payload)).unwrap());
    }
    let fields = super::super::form_of(COMMAND.as_bytes());
    assert_eq!(delivered(FORM, COMMAND.as_bytes()), of_envelope("slash_commands", &fields).unwrap());
    let event = delivered("application/json; charset=utf-8", REACTION.as_bytes());
    assert_eq!(event, of_envelope("events_api", &json_of(REACTION)).unwrap());
}

#[test]
fn a_slash_command_carries_its_words_and_where_to_answer() {
    let Inbound::SlashCommand(command) = delivered(FORM, COMMAND.as_bytes()) else { panic!() };
    assert_eq!(command.command, "/scope-backend");
    assert_eq!(command.text.as_str(), "streaming ledger, Rust");
    assert_eq!(command.person.id.as_str(), "U0MARA001");
    assert_eq!(command.channel.unwrap().as_str(), "C0GENERAL");
    assert_eq!(command.origin.home(), Some(Home::parse("T0HOME001").unwrap()));
    assert_eq!(command.key.as_str(), "trigger/156772942.1827394.abcdef0123456789");
    assert_eq!(command.trigger.as_str(), "156772942.1827394.abcdef0123456789");
    assert_eq!(command.response_url.unwrap().url().path(), "/commands/T0HOME001/1/secretsecret");
}

#[test]
fn a_command_without_words_channel_or_address_is_still_one() {
    let bare = "command=%2Fscope-backend&user_id=U1&trigger_id=1.2.3&text=";
    let Inbound::SlashCommand(command) = delivered(FORM, bare.as_bytes()) else { panic!() };
    assert_eq!((command.text.as_str(), command.channel, command.response_url), ("", None, None));
    assert_eq!(command.origin.home(), None);
}

#[test]
fn typing_in_a_modal_shows_every_field_of_it() {
    let Inbound::BlockActions(typing) = delivered(FORM, &as_form(TYPING)) else { panic!() };
    let Place::View(view) = &typing.place else { panic!() };
    assert_eq!(
        (view.id.as_str(), view.kind, view.callback_id.as_str()),
        ("V0FORM001", ViewKind::Modal, "scoping.form")
    );
    assert_eq!((view.hash.as_deref(), view.private_metadata.as_str()), (Some("1700000000.a1b2c3d4"), "01J0SCOPE"));
    assert_eq!((view.external_id.as_deref(), view.previous.as_ref()), (None, None));
    assert_eq!(view.root.as_ref().unwrap().as_str(), "V0FORM001");
    let fields: Vec<_> = view.fields.iter().map(|field| (field.action.as_str(), &field.value)).collect();
    assert_eq!(
        fields,
        [
            ("scoping.form.numbers", &FieldValue::Nothing),
            ("scoping.form.speed", &FieldValue::Nothing),
            ("scoping.form.system", &FieldValue::Words(Typed::new("Streams ledger entries"))),
            ("scoping.form.ticks", &FieldValue::Choices(vec![])),
            ("scoping.form.type", &FieldValue::Choice("event_pipeline".to_owned())),
        ]
    );
    let action = &typing.actions[0];
    assert_eq!((action.kind.as_str(), action.block.as_str()), ("plain_text_input", "scoping.form.system#1"));
    assert_eq!(action.at, Some(SlackTime(1_700_000_001_000_200)));
    assert_eq!(Some(&action.value), view.field("scoping.form.system#1", "scoping.form.system"));
    assert_eq!(typing.response_url, None);
}

#[test]
fn a_press_on_a_message_names_the_message() {
    let Inbound::BlockActions(press) = delivered(FORM, &as_form(PRESS)) else { panic!() };
    let Place::Message(message) = &press.place else { panic!() };
    assert_eq!((message.channel.as_str(), message.ts.as_str()), ("C0HIRING1", "1700000000.000100"));
    assert!(!message.is_ephemeral && message.thread_ts.is_some());
    assert_eq!(press.actions[0].value.chosen(), Some("01J0SCOPE"));
    assert!(press.response_url.is_some());
}

#[test]
fn an_ephemeral_message_is_read_from_the_container_alone() {
    let mut payload = json_of(PRESS);
    payload["container"]["is_ephemeral"] = json!(true);
    payload.as_object_mut().unwrap().remove("message");
    payload.as_object_mut().unwrap().remove("channel");
    let Ok(Inbound::BlockActions(press)) = of_envelope("interactive", &payload) else { panic!() };
    assert!(matches!(press.place, Place::Message(message) if message.is_ephemeral));
    payload["container"] = json!({ "type": "message_attachment" });
    let Ok(Inbound::BlockActions(press)) = of_envelope("interactive", &payload) else { panic!() };
    assert_eq!(press.place, Place::Elsewhere);
}

#[test]
fn an_install_of_an_organisation_has_no_team() {
    let Inbound::ViewSubmission(submission) = delivered(FORM, &as_form(SUBMISSION)) else { panic!() };
    assert_eq!(submission.origin.team, None);
    assert_eq!(submission.origin.home(), Some(Home::parse("E0GRID001").unwrap()));
    assert_eq!(submission.person.team.as_ref().unwrap().as_str(), "T0HOME001");
    assert_eq!(submission.view.external_id.as_deref(), Some("scope-01J0-review"));
    assert_eq!(submission.view.previous.as_ref().unwrap().as_str(), "V0FORM001");
    assert_eq!(submission.response_urls.len(), 1);
}

#[test]
fn closing_by_cancel_and_by_the_x_are_told_apart() {
    let Inbound::ViewClosed(closed) = delivered(FORM, &as_form(CLOSED)) else { panic!() };
    assert!(closed.is_cleared);
    let mut payload = json_of(CLOSED);
    payload["is_cleared"] = json!(false);
    let Ok(Inbound::ViewClosed(closed)) = of_envelope("interactive", &payload) else { panic!() };
    assert!(!closed.is_cleared && closed.view.hash.is_none());
    assert_eq!(Inbound::ViewClosed(closed).key(), None);
}

#[test]
fn a_message_shortcut_brings_the_message_whatever_other_apps_wrote_on_it() {
    let Inbound::MessageAction(action) = delivered(FORM, &as_form(ON_MESSAGE)) else { panic!() };
    assert_eq!(action.message.text.as_str(), "We need somebody for the &lt;ledger&gt;");
    assert_eq!(action.message.ts.as_str(), "1700000000.000300");
    let metadata = action.message.metadata.unwrap();
    assert_eq!((metadata.event_type.as_str(), metadata.field("number")), ("other_app", None));
    assert_eq!(action.origin.home(), Some(Home::parse("T0HOME001").unwrap()));
    assert_eq!(action.origin.enterprise.unwrap().as_str(), "E0GRID001");
}

#[test]
fn a_global_shortcut_has_neither_channel_nor_address() {
    let payload = json!({
        "type": "shortcut", "token": "t", "action_ts": "1700000008.1", "team": { "id": "T1" },
        "user": { "id": "U1" }, "callback_id": "scoping.start", "trigger_id": "1.2.3",
    });
    let Ok(Inbound::GlobalShortcut(shortcut)) = of_envelope("interactive", &payload) else { panic!() };
    assert_eq!(shortcut.callback_id, "scoping.start");
    assert_eq!(shortcut.at, Some(SlackTime(1_700_000_008_100_000)));
}

#[test]
fn every_kind_of_value_is_read() {
    let value = |element: serde_json::Value| {
        let mut payload = json_of(PRESS);
        payload["actions"] = json!([element]);
        payload["actions"][0]["action_id"] = json!("a");
        let Ok(Inbound::BlockActions(press)) = of_envelope("interactive", &payload) else { panic!("{payload}") };
        press.actions.into_iter().next().unwrap().value
    };
    let option = json!({ "text": { "type": "plain_text", "text": "One" }, "value": "one" });
    let words = |text: &str| FieldValue::Words(Typed::new(text));
    let cases = [
        (json!({ "type": "button", "value": "v" }), FieldValue::Pressed(Some("v".to_owned()))),
        (json!({ "type": "button" }), FieldValue::Pressed(None)),
        (json!({ "type": "plain_text_input", "value": "" }), FieldValue::Nothing),
        (json!({ "type": "plain_text_input", "value": null }), FieldValue::Nothing),
        (json!({ "type": "plain_text_input", "value": " x " }), words(" x ")),
        (json!({ "type": "email_text_input", "value": "a@example.com" }), words("a@example.com")),
        (json!({ "type": "number_input", "value": "12.5" }), words("12.5")),
        (json!({ "type": "number_input", "value": 12 }), words("12")),
        (json!({ "type": "static_select", "selected_option": option }), FieldValue::Choice("one".to_owned())),
        (json!({ "type": "static_select", "selected_option": null }), FieldValue::Nothing),
        (json!({ "type": "radio_buttons", "selected_option": option }), FieldValue::Choice("one".to_owned())),
        (json!({ "type": "overflow", "selected_option": option }), FieldValue::Choice("one".to_owned())),
        (json!({ "type": "checkboxes", "selected_options": [option] }), FieldValue::Choices(vec!["one".to_owned()])),
        (json!({ "type": "multi_static_select", "selected_options": [] }), FieldValue::Choices(vec![])),
        (json!({ "type": "users_select", "selected_user": "U1" }), FieldValue::User("U1".parse().unwrap())),
        (
            json!({ "type": "multi_users_select", "selected_users": ["U1", "", 7, "W2"] }),
            FieldValue::Users(vec!["U1".parse().unwrap(), "W2".parse().unwrap()]),
        ),
        (json!({ "type": "channels_select", "selected_channel": "C1" }), FieldValue::Channel("C1".parse().unwrap())),
        (
            json!({ "type": "conversations_select", "selected_conversation": "G1" }),
            FieldValue::Channel("G1".parse().unwrap()),
        ),
        (
            json!({ "type": "multi_conversations_select", "selected_conversations": ["C1"] }),
            FieldValue::Channels(vec!["C1".parse().unwrap()]),
        ),
        (json!({ "type": "datepicker", "selected_date": "2026-12-01" }), FieldValue::Date("2026-12-01".to_owned())),
        (json!({ "type": "timepicker", "selected_time": "09:30" }), FieldValue::Time("09:30".to_owned())),
        (json!({ "type": "datetimepicker", "selected_date_time": 1_700_000_000 }), FieldValue::Moment(1_700_000_000)),
        (
            json!({ "type": "file_input", "files": [{ "id": "F1" }, "F2"] }),
            FieldValue::Files(vec!["F1".into(), "F2".into()]),
        ),
        (
            json!({ "type": "rich_text_input", "rich_text_value": { "type": "rich_text" } }),
            FieldValue::Rich(Typed::new(r#"{"type":"rich_text"}"#)),
        ),
        (
            json!({ "type": "tomorrows_element", "value": "read as far as it speaks" }),
            words("read as far as it speaks"),
        ),
    ];
    for (element, read) in cases {
        assert_eq!(value(element.clone()), read, "{element}");
    }
}

#[test]
fn what_is_needed_and_absent_is_named() {
    for (payload, path, lacks) in [
        (TYPING, "/trigger_id", "trigger_id"),
        (TYPING, "/actions", "actions"),
        (TYPING, "/user", "user.id"),
        (TYPING, "/view/id", "view.id"),
        (SUBMISSION, "/view", "view.id"),
        (ON_MESSAGE, "/channel", "channel.id"),
        (CLOSED, "/type", "type"),
    ] {
        let mut payload = json_of(payload);
        *payload.pointer_mut(path).unwrap() = json!(null);
        assert_eq!(of_envelope("interactive", &payload), Err(Unreadable::Lacks(lacks)), "{path}");
    }
}

#[test]
fn nothing_typed_is_seen_in_a_debug_print() {
    for inbound in
        [delivered(FORM, &as_form(TYPING)), delivered(FORM, COMMAND.as_bytes()), delivered(FORM, &as_form(ON_MESSAGE))]
    {
        let shown = format!("{inbound:?}");
        for secret in ["ledger", "legacy", "secretsecret", "nested"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}
