use serde_json::json;
use slack_morphism::prelude::{SlackApiChatPostMessageRequest, SlackMessageContent};

use super::*;
use crate::domain::ids::{ChannelId, Home, MessageTs, UserId};
use crate::slack::api::{ApiFailure, SetUpFault, Trouble, ViewTarget};
use crate::slack::payload::ResponseUrl;

fn channel() -> ChannelId {
    "C1".parse().unwrap()
}

fn user() -> UserId {
    "U1".parse().unwrap()
}

#[tokio::test]
async fn a_call_carries_the_token_and_goes_where_the_base_says() {
    let slack = FakeSlack::saying(json!({ "ok": true })).await;
    for base in [slack.base.clone(), format!("{}/", slack.base), format!(" {}// ", slack.base)] {
        api(&base).call("api.test", json!({ "a": "b & c", "n": 1, "flag": true, "none": null })).await.unwrap();
    }
    for heard in slack.heard() {
        assert_eq!(heard.path, "/api/api.test");
        assert_eq!(heard.header("authorization"), "Bearer xoxb-secret");
        assert_eq!(heard.header("content-type"), "application/x-www-form-urlencoded");
        let form =
            [("a", "b & c"), ("flag", "true"), ("n", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(heard.form(), form);
    }
    let other = slack.api().with_token(&SecretString::from("xapp-other")).unwrap();
    other.call("api.test", json!({})).await.unwrap();
    assert_eq!(slack.heard().last().unwrap().header("authorization"), "Bearer xapp-other");
    assert_eq!(format!("{other:?}"), "SlackApi");
}

#[tokio::test]
async fn what_is_nested_goes_as_json() {
    let slack = FakeSlack::saying(json!({ "ok": true, "channel": "C1", "ts": "1.000001" })).await;
    let message = json!({ "channel": "C1", "text": "naïve", "blocks": [{ "type": "divider" }], "thread_ts": null });
    let posted = slack.api().chat_post_message(message).await.unwrap();
    assert_eq!((posted.channel.as_str(), posted.ts.as_str()), ("C1", "1.000001"));
    let heard = &slack.heard()[0];
    assert_eq!(heard.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(heard.json(), json!({ "channel": "C1", "text": "naïve", "blocks": [{ "type": "divider" }] }));
}

#[tokio::test]
async fn a_typed_request_of_slack_morphism_is_sent_as_it_serialises() {
    // The echoed message has a shape that strict decoding refuses; the post was made all the same.
    let slack =
        FakeSlack::saying(json!({ "ok": true, "channel": "C1", "ts": "1.000001", "message": { "metadata": 7 } })).await;
    let request =
        SlackApiChatPostMessageRequest::new("C1".into(), SlackMessageContent::new().with_text("hello".into()));
    assert_eq!(
        slack.api().chat_post_message(serde_json::to_value(&request).unwrap()).await.unwrap().ts.as_str(),
        "1.000001"
    );
    assert!(slack.heard()[0].body.contains("hello"));
}

#[tokio::test]
async fn an_answer_that_lacks_what_it_is_for_is_in_doubt() {
    let slack = FakeSlack::saying(json!({ "ok": true })).await;
    let doubt = ApiFailure::InDoubt { why: Trouble::Undecodable };
    assert_eq!(slack.api().chat_post_message(json!({ "channel": "C1", "text": "x" })).await, Err(doubt.clone()));
    assert_eq!(slack.api().views_open(&"1.2".parse().unwrap(), &json!({})).await, Err(doubt));
    let passing = ApiFailure::Passing { why: Trouble::Undecodable };
    assert_eq!(slack.api().usergroups_users_list(&"S1".parse().unwrap(), None).await, Err(passing.clone()));
    assert_eq!(slack.api().users_info(&user()).await, Err(passing));
}

#[tokio::test]
async fn the_identity_knows_its_scopes_and_its_installation() {
    let slack = FakeSlack::that(|_| {
        let body = json!({ "ok": true, "url": "https://example.slack.com/", "team_id": "T1", "user_id": "U0", "bot_id": "B0", "is_enterprise_install": false });
        ([("x-oauth-scopes", "commands, chat:write,reactions:read")], axum::Json(body)).into_response()
    })
    .await;
    let identity = slack.api().auth_test().await.unwrap();
    assert_eq!(identity.scopes, ["commands", "chat:write", "reactions:read"]);
    assert_eq!(identity.home(), Some(Home::parse("T1").unwrap()));
    let grid = FakeSlack::saying(
        json!({ "ok": true, "user_id": "U0", "team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": true }),
    )
    .await;
    assert_eq!(grid.api().auth_test().await.unwrap().home(), Some(Home::parse("E1").unwrap()));
}

#[tokio::test]
async fn views_are_opened_pushed_updated_and_published() {
    let slack = FakeSlack::saying(json!({ "ok": true, "view": { "id": "V1", "type": "modal", "hash": "h" } })).await;
    let (api, trigger, view) = (slack.api(), "1.2.3".parse().unwrap(), json!({ "type": "modal" }));
    assert_eq!(api.views_open(&trigger, &view).await.unwrap().id.as_str(), "V1");
    api.views_push(&trigger, &view).await.unwrap();
    api.views_update(&ViewTarget::Id("V1".parse().unwrap()), Some("h"), &view).await.unwrap();
    api.views_update(&ViewTarget::ExternalId("mine".to_owned()), None, &view).await.unwrap();
    api.views_publish(&user(), None, &view).await.unwrap();
    let heard: Vec<_> = slack.heard().into_iter().map(|heard| (heard.path.clone(), heard.json())).collect();
    let expected = [
        ("/api/views.open", json!({ "trigger_id": "1.2.3", "view": view })),
        ("/api/views.push", json!({ "trigger_id": "1.2.3", "view": view })),
        ("/api/views.update", json!({ "view_id": "V1", "hash": "h", "view": view })),
        ("/api/views.update", json!({ "external_id": "mine", "view": view })),
        ("/api/views.publish", json!({ "user_id": "U1", "view": view })),
    ];
    assert_eq!(heard, expected.map(|(path, body)| (path.to_owned(), body)));
}

#[tokio::test]
async fn lists_are_read_to_their_last_page() {
    let slack = FakeSlack::that(|heard| {
        let answer = match heard.form().iter().find(|(name, _)| name == "cursor").map(|(_, value)| value.as_str()) {
            None => {
                json!({ "ok": true, "members": ["U1", "not an id"], "response_metadata": { "next_cursor": "two" } })
            }
            Some("two") => json!({ "ok": true, "members": ["U2"], "response_metadata": { "next_cursor": "" } }),
            other => panic!("{other:?}"),
        };
        axum::Json(answer).into_response()
    })
    .await;
    let members = slack.api().conversations_members(&channel()).await.unwrap();
    assert_eq!(members, ["U1".parse().unwrap(), "U2".parse().unwrap()]);
    let endless = FakeSlack::saying(
        json!({ "ok": true, "channels": [{ "id": "C1" }], "response_metadata": { "next_cursor": "more" } }),
    )
    .await;
    assert_eq!(endless.api().conversations_list(None).await.unwrap().len(), 50);
}

#[tokio::test]
async fn history_survives_what_other_apps_wrote() {
    let slack = FakeSlack::saying(json!({ "ok": true, "messages": [
        { "ts": "2.000001", "user": "U0", "app_id": "A1", "text": "Backend engineer", "metadata": { "event_type": "scope", "event_payload": { "slot": "01J/summary/1" } } },
        { "ts": "1.000001", "bot_id": "B9", "metadata": { "event_type": "other", "event_payload": { "n": 7, "entities": [] } } },
        { "no": "ts" },
    ] }))
    .await;
    let oldest: MessageTs = "0.5".parse().unwrap();
    let messages = slack.api().conversations_history(&channel(), Some(&oldest), 100).await.unwrap();
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[0].metadata.as_ref().unwrap().field("slot"), Some("01J/summary/1"));
    let form = slack.heard()[0].form();
    assert!(form.contains(&("include_all_metadata".to_owned(), "true".to_owned())), "{form:?}");
    assert!(form.contains(&("oldest".to_owned(), "0.5".to_owned())), "{form:?}");
}

#[tokio::test]
async fn people_groups_channels_and_reactions_are_read() {
    let slack = FakeSlack::that(|heard| {
        let answer = match heard.path.as_str() {
            "/api/users.info" => json!({ "ok": true, "user": { "id": "U1", "team_id": "T1", "is_restricted": true } }),
            "/api/conversations.info" => {
                json!({ "ok": true, "channel": { "id": "C1", "name": "hiring", "is_member": true, "is_pending_ext_shared": true } })
            }
            "/api/conversations.open" => json!({ "ok": true, "channel": { "id": "D1" } }),
            "/api/usergroups.list" => json!({ "ok": true, "usergroups": [{ "id": "S1", "date_delete": 0, "user_count": "2" }] }),
            "/api/usergroups.users.list" => json!({ "ok": true, "users": [] }),
            "/api/reactions.get" => json!({ "ok": true, "message": { "reactions": [{ "name": "eyes", "users": ["U1"], "count": 3 }] } }),
            "/api/chat.getPermalink" => json!({ "ok": true, "permalink": "https://example.slack.com/archives/C1/p1" }),
            "/api/chat.postEphemeral" => json!({ "ok": true, "message_ts": "3.000001" }),
            other => panic!("{other}"),
        };
        axum::Json(answer).into_response()
    })
    .await;
    let (api, ts) = (slack.api(), "1.000001".parse().unwrap());
    assert!(api.users_info(&user()).await.unwrap().is_guest);
    let info = api.conversations_info(&channel()).await.unwrap();
    assert!(info.is_member && info.is_ext_shared && !info.is_archived);
    assert_eq!(api.conversations_open(&user()).await.unwrap().as_str(), "D1");
    assert!(!api.usergroups_list(None).await.unwrap()[0].is_disabled);
    assert_eq!(api.usergroups_users_list(&"S1".parse().unwrap(), None).await, Ok(vec![]));
    let reactions = api.reactions_get(&channel(), &ts).await.unwrap();
    assert_eq!((reactions.reactions[0].users.len(), reactions.reactions[0].count), (1, 3));
    assert!(api.chat_get_permalink(&channel(), &ts).await.unwrap().ends_with("p1"));
    let shown = api.chat_post_ephemeral(json!({ "channel": "C1", "user": "U1", "text": "x" })).await.unwrap();
    assert_eq!(shown.unwrap().as_str(), "3.000001");
}

#[tokio::test]
async fn a_late_answer_goes_without_the_token() {
    let slack = FakeSlack::that(|_| status(200, "ok")).await;
    let url: ResponseUrl = slack.base.replace("/api", "/commands/1").parse().unwrap();
    slack.api().respond(&url, &json!({ "text": "late" })).await.unwrap();
    let heard = &slack.heard()[0];
    assert_eq!((heard.path.as_str(), heard.header("authorization")), ("/commands/1", ""));
    let used = FakeSlack::that(|_| status(404, "used_url")).await;
    let url: ResponseUrl = used.base.parse().unwrap();
    assert_eq!(used.api().respond(&url, &json!({})).await, Err(ApiFailure::refused("http_404")));
    let over_tls = SlackApi::new("https://slack.com/api", &token()).unwrap();
    let refused = over_tls.respond(&url, &json!({})).await;
    assert_eq!(refused, Err(ApiFailure::refused("response_url_not_encrypted")));
}

#[test]
fn a_base_or_token_that_cannot_be_is_refused() {
    for base in ["", "slack.com/api", "ftp://slack.com/api", "http://", "https://slack.com/api?x=y"] {
        assert_eq!(SlackApi::new(base, &token()).unwrap_err(), SetUpFault::BaseUrl, "{base}");
    }
    let broken = SecretString::from("xoxb-\n");
    assert_eq!(SlackApi::new("http://127.0.0.1:1/api", &broken).unwrap_err(), SetUpFault::Token);
}
