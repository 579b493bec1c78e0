//! What nobody honest sends.

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::json;

use super::*;
use crate::slack::payload::{Unreadable, of_envelope};

#[test]
fn bodies_that_are_no_payload_are_named_and_never_quoted() {
    const JSON: &str = "application/json";
    const FORM: &str = "application/x-www-form-urlencoded";
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_form = as_form(&format!("{}1{}", "{\"a\":".repeat(1000), "}".repeat(1000)));
    let truncated = &as_form(TYPING)[..900];
    let cases: [(Option<&str>, &[u8], Unreadable); 14] = [
        (None, b"{}", Unreadable::ContentType),
        (Some("text/plain"), b"{}", Unreadable::ContentType),
        (Some("multipart/form-data; boundary=x"), b"", Unreadable::ContentType),
        (Some(JSON), b"", Unreadable::NotJson),
        (Some(JSON), b"{", Unreadable::NotJson),
        (Some(JSON), b"\xff\xfe", Unreadable::NotJson),
        (Some(JSON), deep.as_bytes(), Unreadable::NotJson),
        (Some(JSON), b"[]", Unreadable::Lacks("type")),
        (Some(JSON), br#"{"type":"url_verification"}"#, Unreadable::Lacks("challenge")),
        (Some(JSON), br#"{"type":"event_callback"}"#, Unreadable::Lacks("event_id")),
        (Some(FORM), b"", Unreadable::NoPayload),
        (Some(FORM), b"text=private&user_id=U1", Unreadable::NoPayload),
        (Some(FORM), &deep_form, Unreadable::NotJson),
        (Some(FORM), truncated, Unreadable::NotJson),
    ];
    for (content_type, body, fault) in cases {
        assert_eq!(of_request(content_type, body), Err(fault), "{content_type:?} {} bytes", body.len());
    }
}

#[test]
fn content_types_are_read_as_http_spells_them() {
    for content_type in ["application/json", "Application/JSON; charset=UTF-8", " application/json;x=y"] {
        assert!(of_request(Some(content_type), REACTION.as_bytes()).is_ok(), "{content_type}");
    }
}

#[test]
fn of_a_field_given_twice_the_first_counts() {
    let twice = format!("{COMMAND}&user_id=U0EVIL001&command=%2Fother");
    let Inbound::SlashCommand(command) = delivered("application/x-www-form-urlencoded", twice.as_bytes()) else {
        panic!()
    };
    assert_eq!((command.person.id.as_str(), command.command.as_str()), ("U0MARA001", "/scope-backend"));
}

#[test]
fn lists_without_end_are_cut() {
    let mut payload = json_of(TYPING);
    let action = payload["actions"][0].clone();
    payload["actions"] = Value::Array(vec![action; 10_000]);
    let many: serde_json::Map<String, Value> =
        (0..10_000).map(|n| (format!("b{n}"), json!({ "a": { "type": "plain_text_input", "value": "x" } }))).collect();
    payload["view"]["state"]["values"] = Value::Object(many);
    let Ok(Inbound::BlockActions(typing)) = of_envelope("interactive", &payload) else { panic!() };
    assert_eq!(typing.actions.len(), 50);
    let crate::slack::payload::Place::View(view) = typing.place else { panic!() };
    assert_eq!(view.fields.len(), 200);
}

/// Any JSON, a few levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop_oneof![Just("U1"), Just("C1"), Just("1.2"), Just("button"), Just("block_actions"), Just("event_callback")]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,10}", inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Every place in a document, as JSON pointers.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                places(inner, &format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                places(inner, &format!("{here}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Reads a document in all ways it could come, and compares the transports.
fn read_all_ways(document: &Value) -> Result<(), TestCaseError> {
    let text = document.to_string();
    let over_http = of_request(Some("application/x-www-form-urlencoded"), &as_form(&text));
    let over_json = of_request(Some("application/json"), text.as_bytes());
    // Through text, as the socket's frames come too: a number may change its spelling on the way.
    let again: Value = serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
    for kind in ["interactive", "events_api", "slash_commands", "tomorrow"] {
        let _ = of_envelope(kind, &again);
    }
    let over_socket = of_envelope("interactive", &again).map(|inbound| Request::Delivery(Box::new(inbound)));
    if document.get("type") != Some(&json!("url_verification")) {
        prop_assert_eq!(&over_json, &over_socket);
    }
    prop_assert_eq!(over_http, over_socket);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_payloads_never_panic_and_read_alike(
        fixture in prop::sample::select(vec![TYPING, PRESS, SUBMISSION, CLOSED, ON_MESSAGE, REACTION]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..5),
    ) {
        let mut document = json_of(fixture);
        for (index, with) in changes {
            let mut found = Vec::new();
            places(&document, "", &mut found);
            let place: &String = index.get(&found);
            if let Some(place) = document.pointer_mut(place) {
                *place = with;
            }
        }
        read_all_ways(&document)?;
    }

    #[test]
    fn arbitrary_json_never_panics(document in any_json()) {
        read_all_ways(&document)?;
    }

    #[test]
    fn arbitrary_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = of_request(Some("application/json"), &body);
        let _ = of_request(Some("application/x-www-form-urlencoded"), &body);
    }
}
