use std::time::Duration;

use scopebot::simulator::{Deed, Time};
use serde_json::{Value, json};

use super::fake_app::{Answer, desk};

#[tokio::test]
async fn a_command_comes_as_a_signed_form_and_its_answer_is_seen_by_one_person() {
    let mut desk = desk().await;
    desk.app.answers([Answer::Json(json!({"text": "only for you"}))]);
    desk.ws.persona("mara").types("/scope-backend", "hiring", "a <ledger> & more").await.unwrap();
    let came = desk.app.hears().await;
    assert_eq!(came.header("content-type"), Some("application/x-www-form-urlencoded"));
    let timestamp = came.header("x-slack-request-timestamp").unwrap();
    assert_eq!(timestamp, desk.clock.now().as_second().to_string());
    let expected =
        scopebot::simulator::delivery::signature(&desk.ws.signing_secret(), timestamp.parse().unwrap(), &came.raw);
    assert_eq!(came.header("x-slack-signature"), Some(expected.as_str()));
    let payload = came.payload();
    assert_eq!(payload["text"], "a <ledger> & more");
    assert_eq!((&payload["channel_name"], &payload["user_name"]), (&json!("hiring"), &json!("mara")));
    assert_eq!(desk.ws.persona("mara").notes("hiring")[0].text(), "only for you");
    assert!(desk.ws.persona("rhea").reads("hiring").is_empty());
}

#[tokio::test]
async fn a_command_that_is_not_answered_in_three_seconds_fails_before_the_person_and_is_not_repeated() {
    let mut desk = desk().await;
    desk.app.answers([Answer::Silence]);
    let mara = desk.ws.persona("mara");
    let typing = tokio::spawn({
        let mara = mara.clone();
        async move { mara.types("/scope-backend", "hiring", "x").await }
    });
    desk.app.hears().await;
    desk.ws.advance(Duration::from_secs(3)).await.unwrap();
    let done = typing.await.unwrap().unwrap();
    assert_eq!(done.delivered[0].outcome, "timed_out");
    assert_eq!(mara.notes("hiring")[0].text(), "/scope-backend failed with the error \"operation_timeout\"");
    desk.ws.advance(Duration::from_secs(600)).await.unwrap();
    desk.ws.quiet().await;
    assert!(desk.app.heard_nothing());
}

#[tokio::test]
async fn a_command_that_is_refused_says_dispatch_failed() {
    let desk = desk().await;
    desk.app.answers([Answer::Status(500)]);
    let mara = desk.ws.persona("mara");
    mara.types("/scope-backend", "hiring", "").await.unwrap();
    assert_eq!(mara.notes("hiring")[0].text(), "/scope-backend failed with the error \"dispatch_failed\"");
}

#[tokio::test]
async fn an_event_is_repeated_at_once_after_a_minute_and_after_five_with_number_and_reason() {
    let mut desk = desk().await;
    let ts = desk.post("scope").await;
    desk.ws.quiet().await;
    desk.app.forgets();
    desk.app.answers([Answer::Status(500), Answer::Status(503), Answer::Silence, Answer::Empty]);
    desk.ws.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
    let first = desk.app.hears().await;
    assert_eq!(first.header("x-slack-retry-num"), None);
    let again = desk.app.hears().await;
    assert_eq!(
        (again.header("x-slack-retry-num"), again.header("x-slack-retry-reason")),
        (Some("1"), Some("http_error"))
    );
    desk.ws.quiet().await;
    desk.ws.advance(Duration::from_secs(59)).await.unwrap();
    desk.ws.quiet().await;
    assert!(desk.app.heard_nothing());
    desk.ws.advance(Duration::from_secs(1)).await.unwrap();
    assert_eq!(desk.app.hears().await.header("x-slack-retry-num"), Some("2"));
    desk.ws.advance(Duration::from_secs(3)).await.unwrap();
    desk.ws.quiet().await;
    desk.ws.advance(Duration::from_secs(300)).await.unwrap();
    let last = desk.app.hears().await;
    assert_eq!(
        (last.header("x-slack-retry-num"), last.header("x-slack-retry-reason")),
        (Some("3"), Some("http_timeout"))
    );
    assert_eq!(last.payload()["event_id"], first.payload()["event_id"]);
}

#[tokio::test]
async fn an_event_refused_four_times_is_given_up_and_the_transcript_says_so() {
    let given_up = "Slack gave up bringing event reaction_added";
    let mut desk = desk().await;
    let ts = desk.post("scope").await;
    desk.ws.quiet().await;
    desk.app.forgets();
    desk.app.answers([Answer::Status(500), Answer::Status(500), Answer::Status(500), Answer::Status(500)]);
    desk.ws.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
    desk.app.hears().await;
    for pause in [60, 300] {
        desk.app.hears().await;
        desk.ws.quiet().await;
        assert!(!desk.ws.look(|world| world.transcript.has(given_up)));
        desk.ws.advance(Duration::from_secs(pause)).await.unwrap();
    }
    desk.app.hears().await;
    desk.ws.quiet().await;
    assert!(desk.ws.look(|world| world.transcript.has_sent(given_up, &ts)));
}

#[tokio::test]
async fn an_app_that_asks_for_no_retry_gets_none() {
    let mut desk = desk().await;
    let ts = desk.post("scope").await;
    desk.ws.quiet().await;
    desk.app.forgets();
    desk.app.answers([Answer::NoRetry(500)]);
    desk.ws.persona("rhea").reacts("hiring", &ts, "eyes").await.unwrap();
    desk.app.hears().await;
    desk.ws.quiet().await;
    assert!(desk.app.heard_nothing());
}

#[tokio::test]
async fn a_reaction_event_names_who_and_what_with_the_skin_tone() {
    let mut desk = desk().await;
    let ts = desk.post("scope").await;
    desk.ws.persona("rhea").reacts("hiring", &ts, "+1::skin-tone-3").await.unwrap();
    let payload = desk.app.hears_of("reaction_added").await;
    let event = &payload["event"];
    assert_eq!((&event["user"], &event["reaction"]), (&json!("U0DEMORHEA"), &json!("+1::skin-tone-3")));
    assert_eq!(event["item"], json!({"type": "message", "channel": "C0DEMOHIRE", "ts": ts}));
    assert_eq!(event["item_user"], "U0DEMOBOT");
    assert_eq!(payload["authorizations"][0]["is_bot"], true);
    assert_eq!(payload["is_ext_shared_channel"], false);
}

#[tokio::test]
async fn no_event_comes_from_a_channel_the_app_is_not_in() {
    let mut desk = desk().await;
    let random = desk.call("chat.postMessage", json!({"channel": "C0DEMORAND", "text": "by chat:write.public"})).await;
    desk.ws.persona("mara").reacts("random", random["ts"].as_str().unwrap(), "eyes").await.unwrap();
    desk.ws.quiet().await;
    assert!(desk.app.heard_nothing());
}

#[tokio::test]
async fn a_press_on_a_message_carries_message_container_and_response_url_and_on_an_ephemeral_one_no_message() {
    let mut desk = desk().await;
    let button = json!([{"type": "actions", "block_id": "b", "elements": [
        {"type": "button", "action_id": "approve", "text": {"type": "plain_text", "text": "Approve"}, "value": "7"}]}]);
    let posted = desk.call("chat.postMessage", json!({"channel": "C0DEMOHIRE", "text": "x", "blocks": button})).await;
    let rhea = desk.ws.persona("rhea");
    rhea.presses_on("hiring", posted["ts"].as_str().unwrap(), "Approve").await.unwrap();
    let payload = desk.app.hears_of("block_actions").await;
    let container =
        json!({"type": "message", "message_ts": posted["ts"], "channel_id": "C0DEMOHIRE", "is_ephemeral": false});
    assert_eq!(payload["container"], container);
    assert_eq!(
        (&payload["actions"][0]["value"], &payload["actions"][0]["action_id"]),
        (&json!("7"), &json!("approve"))
    );
    assert!(payload["actions"][0]["action_ts"].as_str().unwrap().contains('.'));
    assert_eq!(payload["message"]["ts"], posted["ts"]);
    let address = payload["response_url"].as_str().unwrap().to_owned();

    let client = super::fake_app::client();
    for use_ in 1..=6 {
        let answer = client.post(&address).json(&json!({"text": "again"})).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), if use_ <= 5 { 200 } else { 404 }, "use {use_}");
    }
    assert_eq!(rhea.notes("hiring").len(), 5);

    let note = json!({"channel": "C0DEMOHIRE", "user": "U0DEMORHEA", "text": "x", "blocks": button});
    desk.call("chat.postEphemeral", note).await;
    rhea.presses_in("hiring", "Approve").await.unwrap();
    let payload = desk.app.hears_of("block_actions").await;
    assert_eq!(payload["container"]["is_ephemeral"], true);
    assert_eq!(payload.get("message"), None);
}

#[tokio::test]
async fn an_org_install_has_no_team_in_interactions_and_none_in_authorizations() {
    let mut desk = desk().await;
    desk.ws.act(serde_json::from_value::<Deed>(json!({"do": "app", "org_install": true})).unwrap()).await.unwrap();
    desk.ws.persona("mara").does(Deed::Shortcut { callback_id: "any".into() }).await.unwrap();
    let payload = desk.app.hears_of("shortcut").await;
    assert_eq!(payload["team"], Value::Null);
    assert_eq!((&payload["enterprise"]["id"], &payload["is_enterprise_install"]), (&json!("E0DEMO"), &json!(true)));
    desk.ws.persona("mara").opens_home().await.unwrap();
    let payload = desk.app.hears_of("app_home_opened").await;
    assert_eq!(payload["authorizations"][0]["team_id"], Value::Null);
}

#[tokio::test]
async fn metadata_events_come_only_for_types_of_the_manifest_and_only_when_the_metadata_changes() {
    let manifest = json!({
        "oauth_config": {"scopes": {"bot": ["chat:write", "metadata.message:read"]}},
        "settings": {"event_subscriptions": {
            "bot_events": ["message_metadata_posted", "message_metadata_updated"],
            "metadata_subscriptions": [{"app_id": "A0DEMOAPP", "event_type": "scope"}]}},
    });
    let config = scopebot::simulator::Config { manifest: Some(manifest), ..Default::default() };
    let mut desk = super::fake_app::desk_with(config).await;
    let data = |kind: &str, revision: u32| json!({"event_type": kind, "event_payload": {"revision": revision}});
    desk.call("chat.postMessage", json!({"channel": "C0DEMOHIRE", "text": "x", "metadata": data("other", 1)})).await;
    let posted = desk
        .call("chat.postMessage", json!({"channel": "C0DEMOHIRE", "text": "x", "metadata": data("scope", 1)}))
        .await;
    let event = desk.app.hears().await.payload()["event"].clone();
    assert_eq!((&event["type"], &event["message_ts"]), (&json!("message_metadata_posted"), &posted["ts"]));
    let same = json!({"channel": "C0DEMOHIRE", "ts": posted["ts"], "text": "y"});
    desk.call("chat.update", same).await;
    let changed = json!({"channel": "C0DEMOHIRE", "ts": posted["ts"], "text": "z", "metadata": data("scope", 2)});
    desk.call("chat.update", changed).await;
    let event = desk.app.hears().await.payload()["event"].clone();
    assert_eq!(event["type"], "message_metadata_updated");
    assert_eq!(event["previous_metadata"], data("scope", 1));
    assert_eq!(event["metadata"], data("scope", 2));
}

#[tokio::test]
async fn a_request_address_is_kept_only_if_it_answers_the_challenge() {
    let desk = desk().await;
    let refused = desk.ws.connect_http(&desk.app.url).await.unwrap_err();
    assert_eq!(refused.error, "url_not_verified");
}
