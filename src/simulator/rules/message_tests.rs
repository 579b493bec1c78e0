use super::*;
use serde_json::json;

fn fault(arguments: Value) -> (&'static str, Vec<String>) {
    message_fault(&arguments)
        .map(|fault| (fault.error, fault.complaints.iter().map(ToString::to_string).collect()))
        .unwrap_or(("", Vec::new()))
}

fn section(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text}})
}

#[test]
fn a_message_needs_text_or_blocks() {
    assert_eq!(fault(json!({})).0, "no_text");
    assert_eq!(fault(json!({"text": "", "blocks": []})).0, "no_text");
    assert_eq!(fault(json!({"text": "x"})).0, "");
    assert_eq!(fault(json!({"blocks": [section("x")]})).0, "");
}

#[test]
fn a_section_holds_3000_characters_and_a_message_50_blocks() {
    assert_eq!(fault(json!({"blocks": [section(&"é".repeat(3000))]})).0, "");
    let (error, complaints) = fault(json!({"blocks": [section(&"é".repeat(3001))]}));
    assert_eq!(error, "invalid_blocks");
    assert_eq!(
        complaints,
        [
            "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
            "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
        ]
    );
    assert_eq!(fault(json!({"blocks": vec![section("x"); 50]})).0, "");
    let (error, complaints) = fault(json!({"blocks": vec![section("x"); 51]}));
    assert_eq!(
        (error, complaints[0].as_str()),
        ("invalid_blocks", "no more than 50 items allowed [json-pointer:/blocks]")
    );
}

#[test]
fn blocks_must_be_a_list_of_objects_with_a_type() {
    assert_eq!(fault(json!({"blocks": "x"})).0, "invalid_blocks_format");
    assert_eq!(fault(json!({"blocks": [{}]})).1, ["missing required field: type [json-pointer:/blocks/0]"]);
    assert_eq!(fault(json!({"blocks": [7]})).1, ["must provide an object [json-pointer:/blocks/0]"]);
    assert_eq!(
        fault(json!({"blocks": [{"type": "alert", "text": {"type": "plain_text", "text": "x"}}]})).0,
        "invalid_blocks"
    );
}

#[test]
fn metadata_has_a_type_and_a_payload() {
    assert_eq!(metadata_fault(&json!({"event_type": "posted", "event_payload": {"id": "1"}})), None);
    assert_eq!(metadata_fault(&json!({})), None);
    assert_eq!(metadata_fault(&json!("x")), Some("invalid_metadata_format"));
    assert_eq!(metadata_fault(&json!({"event_type": "posted"})), Some("invalid_metadata_schema"));
    assert_eq!(
        metadata_fault(&json!({"event_type": "p", "event_payload": {}, "more": 1})),
        Some("invalid_metadata_schema")
    );
    let large = json!({"event_type": "p", "event_payload": {"id": "x".repeat(20_000)}});
    assert_eq!(metadata_fault(&large), Some("metadata_too_large"));
}
