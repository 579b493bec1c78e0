use std::time::Duration;

use scopebot::simulator::{Config, Deed};
use serde_json::{Value, json};

use super::fake_app::{client, desk, desk_with};

#[tokio::test]
async fn a_method_without_its_scope_says_what_is_needed_and_what_was_granted() {
    let manifest = json!({"oauth_config": {"scopes": {"bot": ["chat:write", "channels:read"]}}});
    let desk = desk_with(Config { manifest: Some(manifest), ..Config::default() }).await;
    let refused = desk.read("users.info", "user=U0DEMOMARA").await;
    assert_eq!(
        refused,
        json!({"ok": false, "error": "missing_scope", "needed": "users:read", "provided": "channels:read,chat:write"})
    );
    let history = desk.read("conversations.history", "channel=C0DEMOHIRE").await;
    assert_eq!(history["needed"], "channels:history");
    let answer = desk.try_call("auth.test", json!({})).await.unwrap();
    assert_eq!(answer.headers()["x-oauth-scopes"], "channels:read,chat:write");
    let posted = desk.call("chat.postMessage", json!({"channel": "C0DEMORAND", "text": "x"})).await;
    assert_eq!(posted["error"], "not_in_channel", "chat:write.public is not there");
}

#[tokio::test]
async fn read_methods_drop_a_json_body_and_take_a_form_or_a_query() {
    let desk = desk().await;
    assert_eq!(desk.call("users.info", json!({"user": "U0DEMOMARA"})).await["error"], "user_not_found");
    let missing = desk.call("conversations.info", json!({"channel": "C0DEMOHIRE"})).await;
    assert_eq!(missing["error"], "invalid_arguments");
    assert_eq!(missing["response_metadata"]["messages"][0], "[ERROR] missing required field: channel");
    assert_eq!(desk.read("users.info", "user=U0DEMOMARA").await["user"]["real_name"], "Demo Manager Mara");
    let form = format!("token={}&channel=C0DEMOHIRE&text=hello", desk.ws.bot_token());
    let request = client().post(format!("{}/chat.postMessage", desk.ws.api_url()));
    let answer = request.header("content-type", "application/x-www-form-urlencoded").body(form).send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["ok"], true);
}

#[tokio::test]
async fn kinds_of_people_show_in_their_flags() {
    let desk = desk().await;
    let user = async |id: &str| desk.read("users.info", &format!("user={id}")).await["user"].clone();
    let gus = user("U0DEMOGUS").await;
    assert_eq!((&gus["is_restricted"], &gus["is_ultra_restricted"]), (&json!(true), &json!(false)));
    assert_eq!(user("U0DEMOSAM").await["is_ultra_restricted"], true);
    assert_eq!(user("U0DEMODORA").await["deleted"], true);
    assert_eq!(user("U0DEMOROBO").await["is_bot"], true);
    assert_eq!(user("USLACKBOT").await["is_bot"], false, "as Slack has it");
    let pia = user("U0DEMOPIA").await;
    assert_eq!(
        (&pia["team_id"], &pia["is_stranger"]),
        (&json!("T0PARTNER"), &json!(false)),
        "a partner who shares a channel"
    );
}

#[tokio::test]
async fn blocks_are_refused_in_slacks_words() {
    let desk = desk().await;
    let long = json!([{"type": "section", "text": {"type": "mrkdwn", "text": "x".repeat(3001)}}]);
    let refused = desk.call("chat.postMessage", json!({"channel": "C0DEMOHIRE", "text": "x", "blocks": long})).await;
    assert_eq!(refused["error"], "invalid_blocks");
    assert_eq!(refused["errors"][1], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
    assert_eq!(
        refused["response_metadata"]["messages"][1],
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    );
    let ts = desk.post("short").await;
    let update = json!({"channel": "C0DEMOHIRE", "ts": ts, "text": "x".repeat(4001)});
    assert_eq!(desk.call("chat.update", update).await["error"], "msg_too_long");
}

#[tokio::test]
async fn channels_answer_for_archive_membership_and_absence() {
    let desk = desk().await;
    let post = async |channel: &str| {
        desk.call("chat.postMessage", json!({"channel": channel, "text": "x"})).await["error"].clone()
    };
    assert_eq!(post("C0NOBODY").await, "channel_not_found");
    assert_eq!(post("C0DEMOLEAD").await, "channel_not_found", "a private channel the app is not in");
    assert_eq!(desk.read("conversations.history", "channel=C0DEMORAND").await["error"], "not_in_channel");
    let archive = json!({"do": "edit_channel", "channel": "hiring", "archived": true});
    desk.ws.act(serde_json::from_value::<Deed>(archive).unwrap()).await.unwrap();
    assert_eq!(post("C0DEMOHIRE").await, "is_archived");
}

#[tokio::test]
async fn an_uninstalled_app_and_a_revoked_token_are_told_apart() {
    let desk = desk().await;
    let set = async |change: Value| desk.ws.act(serde_json::from_value::<Deed>(change).unwrap()).await.unwrap();
    set(json!({"do": "app", "token_valid": false})).await;
    assert_eq!(desk.call("auth.test", json!({})).await["error"], "token_revoked");
    set(json!({"do": "app", "installed": false})).await;
    assert_eq!(desk.call("auth.test", json!({})).await["error"], "account_inactive");
}

#[tokio::test]
async fn a_channel_takes_about_one_message_a_second() {
    let desk = desk().await;
    for _ in 0..4 {
        desk.post("burst").await;
    }
    let answer =
        desk.try_call("chat.postMessage", json!({"channel": "C0DEMOHIRE", "text": "one too many"})).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (429, "1"));
    assert_eq!(answer.json::<Value>().await.unwrap()["error"], "rate_limited");
    desk.ws.advance(Duration::from_secs(1)).await.unwrap();
    desk.post("in time").await;
}

#[tokio::test]
async fn history_gives_metadata_when_asked_and_threads_apart() {
    let desk = desk().await;
    let data = json!({"event_type": "scope", "event_payload": {"id": "7"}});
    let posted = desk.call("chat.postMessage", json!({"channel": "C0DEMOHIRE", "text": "x", "metadata": data})).await;
    let reply = json!({"channel": "C0DEMOHIRE", "thread_ts": posted["ts"], "text": "detail"});
    desk.call("chat.postMessage", reply).await;
    let note = json!({"channel": "C0DEMOHIRE", "user": "U0DEMOMARA", "text": "quiet word"});
    desk.call("chat.postEphemeral", note).await;
    let history = desk.read("conversations.history", "channel=C0DEMOHIRE&include_all_metadata=true").await;
    let messages = history["messages"].as_array().unwrap();
    assert_eq!(messages.len(), 1);
    assert_eq!((&messages[0]["metadata"], &messages[0]["reply_count"]), (&data, &json!(1)));
    assert_eq!(desk.read("conversations.history", "channel=C0DEMOHIRE").await["messages"][0].get("metadata"), None);
    let ts = posted["ts"].as_str().unwrap();
    let thread = desk.read("conversations.replies", &format!("channel=C0DEMOHIRE&ts={ts}")).await;
    assert_eq!(thread["messages"][1]["text"], "detail");
    let after = desk.read("conversations.history", &format!("channel=C0DEMOHIRE&oldest={ts}")).await;
    assert_eq!(after["messages"], json!([]));
}

#[tokio::test]
async fn a_scheduled_message_is_posted_when_its_time_has_come() {
    let desk = desk().await;
    let at = super::fake_app::morning().as_second() + 60;
    let scheduled =
        desk.call("chat.scheduleMessage", json!({"channel": "C0DEMOHIRE", "text": "later", "post_at": at})).await;
    assert_eq!(scheduled["ok"], true);
    assert!(desk.ws.persona("mara").newest("hiring").is_none());
    desk.ws.advance(Duration::from_secs(60)).await.unwrap();
    desk.ws.until(|state| !state.channel("hiring").unwrap().messages.is_empty()).await.unwrap();
    let past = desk.call("chat.scheduleMessage", json!({"channel": "C0DEMOHIRE", "text": "x", "post_at": at})).await;
    assert_eq!(past["error"], "time_in_past");
}

#[tokio::test]
async fn a_direct_message_is_opened_once_and_closed_to_bots() {
    let desk = desk().await;
    let open = async |user: &str| desk.call("conversations.open", json!({"users": user})).await;
    let first = open("U0DEMOMARA").await;
    assert_eq!(open("U0DEMOMARA").await["channel"]["id"], first["channel"]["id"]);
    assert_eq!(open("U0DEMODORA").await["error"], "user_disabled");
    desk.call("chat.postMessage", json!({"channel": first["channel"]["id"], "text": "psst"})).await;
    assert_eq!(desk.ws.persona("mara").reads("dm")[0].text(), "psst");
    assert!(desk.ws.persona("rhea").reads("dm").is_empty());
}

#[tokio::test]
async fn groups_list_their_members_and_a_disabled_one_is_gone() {
    let desk = desk().await;
    let members = async || desk.read("usergroups.users.list", "usergroup=S0DEMORECR").await;
    assert_eq!(members().await["users"], json!(["U0DEMORAVI", "U0DEMORHEA"]));
    let disable = json!({"do": "edit_group", "group": "recruiters", "disabled": true});
    desk.ws.act(serde_json::from_value::<Deed>(disable).unwrap()).await.unwrap();
    assert_eq!(members().await["error"], "no_such_subteam");
}
