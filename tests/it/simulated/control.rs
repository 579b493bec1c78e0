use scopebot::simulator::Config;
use serde_json::{Value, json};

use super::fake_app::{Answer, client, desk, desk_with};

async fn act(url: &str, order: Value) -> (u16, Value) {
    let answer = client().post(format!("{url}/sim/act")).json(&order).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn get(url: &str, path: &str) -> Value {
    client().get(format!("{url}{path}")).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_command_typed_over_the_control_surface_shows_in_state_and_transcript() {
    let desk = desk().await;
    let url = desk.ws.url();
    desk.app.answers([Answer::Json(json!({"text": "hello & <b>"}))]);
    let typed = json!({"do": "command", "as": "mara", "channel": "#hiring", "text": "/scope-backend x"});
    let (status, done) = act(&url, typed).await;
    assert_eq!((status, &done["delivered"][0]["outcome"]), (200, &json!("acknowledged")));
    let state = get(&url, "/sim/state?persona=mara&channel=hiring").await;
    assert_eq!(state["me"], "U0DEMOMARA");
    assert_eq!(state["channel"]["messages"][0]["only_you"], true);
    assert_eq!(state["workspace"]["by_hand"], true);
    let line = state["channels"].as_array().unwrap().iter().find(|each| each["name"] == "hiring").unwrap();
    assert_eq!(line["unread"], 1);
    act(&url, json!({"do": "read", "as": "mara", "channel": "hiring"})).await;
    let state = get(&url, "/sim/state?persona=mara").await;
    assert_eq!(
        state["channels"].as_array().unwrap().iter().find(|each| each["name"] == "hiring").unwrap()["unread"],
        0
    );
    let transcript = get(&url, "/sim/transcript?after=0").await;
    let words: Vec<&str> =
        transcript["entries"].as_array().unwrap().iter().filter_map(|entry| entry["words"].as_str()).collect();
    assert!(words.contains(&"Demo Manager Mara typed /scope-backend in #hiring"), "{words:#?}");
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_a_reason() {
    let desk = desk().await;
    let url = desk.ws.url();
    for (order, error) in [
        (json!({"do": "press", "as": "mara", "button": "Post"}), "no_modal"),
        (json!({"do": "command", "as": "dora", "channel": "hiring", "text": "/x"}), "deactivated"),
        (json!({"do": "command", "as": "olga", "channel": "leads", "text": "/x"}), "not_found"),
        (json!({"do": "react", "as": "mara", "channel": "hiring", "emoji": "not an emoji"}), "no_emoji"),
        (json!({"do": "fault", "fault": {"on": {"method": "x"}, "kind": "twice"}}), "no_such_fault"),
        (json!({"do": "unheard"}), "unreadable"),
        (json!({"do": "submit", "as": "mara", "more": 1}), "unknown_field"),
    ] {
        let (status, refused) = act(&url, order.clone()).await;
        assert_eq!((status, &refused["error"]), (400, &json!(error)), "{order}: {refused}");
        assert!(refused["why"].as_str().unwrap().len() > 5);
    }
}

#[tokio::test]
async fn the_clock_moves_faults_are_listed_and_several_actions_go_in_order() {
    let desk = desk().await;
    let url = desk.ws.url();
    let (status, _) = act(&url, json!({"actions": [
        {"do": "advance", "seconds": 60},
        {"do": "fault", "fault": {"on": {"method": "chat.postMessage"}, "kind": "error", "error": "fatal_error", "times": 1}},
    ]})).await;
    assert_eq!(status, 200);
    assert_eq!(get(&url, "/sim/state").await["workspace"]["clock"], "2026-03-02T09:01:00Z");
    assert_eq!(get(&url, "/sim/faults").await["faults"][0]["error"], "fatal_error");
    assert_eq!(
        desk.call("chat.postMessage", json!({"channel": "C0DEMOHIRE", "text": "x"})).await["error"],
        "fatal_error"
    );
    assert_eq!(get(&url, "/sim/faults").await["faults"], json!([]));
}

#[tokio::test]
async fn changes_are_told_as_server_sent_events() {
    let desk = desk().await;
    let mut answer = client().get(format!("{}/sim/events", desk.ws.url())).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");

    let first = answer.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).starts_with("event: changed\ndata: {\"version\":"));
    desk.post("something new").await;
    let second = answer.chunk().await.unwrap().unwrap();
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_foreign_page_cannot_reach_the_control_surface() {
    let desk = desk().await;
    let url = desk.ws.url();
    let from = async |name: &str, value: &str| {
        let order = json!({"do": "forget"});
        client().post(format!("{url}/sim/act")).header(name, value).json(&order).send().await.unwrap().status().as_u16()
    };
    assert_eq!(from("origin", "https://elsewhere.example").await, 403);
    assert_eq!(from("host", "elsewhere.example").await, 403);
    assert_eq!(from("origin", &url).await, 200);
}

#[tokio::test]
async fn the_page_is_served_with_a_strict_policy() {
    let desk = desk().await;
    let answer = client().get(desk.ws.url()).send().await.unwrap();
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains("script-src 'self'"));
    assert!(answer.text().await.unwrap().contains("<!doctype html>"));
}

#[tokio::test]
async fn the_workspace_is_kept_between_runs_and_forgotten_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let config = || Config { folder: Some(folder.path().to_owned()), ..Config::default() };
    let first = desk_with(config()).await;
    first.post("kept").await;
    first.ws.stop().await.unwrap();
    let second = desk_with(config()).await;
    assert_eq!(second.ws.in_words(), ["#hiring Demo app: kept"]);
    act(&second.ws.url(), json!({"do": "forget"})).await;
    assert!(second.ws.in_words().is_empty());
}
