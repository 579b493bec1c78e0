//! Messages.

use super::*;
use crate::domain::document::Document;
use crate::domain::ids::{MessageTs, Revision};
use crate::domain::posting::Piece;
use crate::outbox::mouth::{Failure, Message, Mouth, To, TraceMark};
use crate::slack::checking::faults_of_message;
use crate::slack::mark::metadata_of;
use crate::store::{Place, RowId};

fn message() -> Message {
    let mark =
        TraceMark { scope: samples::scope(), row: RowId(12), piece: Some(Piece::Summary), revision: Revision(1) };
    Message { document: Document::new().title("A role").para("Three sentences."), mark }
}

fn place() -> Place {
    Place { channel: samples::channel(), ts: MessageTs::parse("1700000000.000100").unwrap() }
}

fn posted(channel: &str) -> Value {
    json!({ "ok": true, "channel": channel, "ts": "1700000000.000200" })
}

#[tokio::test]
async fn an_answer_to_a_post_that_makes_no_sense_is_a_doubt_and_to_an_update_a_passing_failure() {
    let slack = FakeSlack::start().await;
    let ports = slack.ports();
    for nonsense in [json!({ "ok": true }), json!({ "ok": true, "channel": 7, "ts": null }), json!(["ok"]), json!({})] {
        slack.answers("chat.postMessage", nonsense.clone()).answers("chat.update", nonsense.clone());
        let posted = ports.post(&To::Channel(samples::channel()), &message()).await;
        assert!(matches!(posted, Err(Failure::InDoubt(_))), "{nonsense}: {posted:?}");
        let updated = ports.update(&place(), &message()).await;
        assert!(matches!(updated, Err(Failure::Passing(_))), "{nonsense}: {updated:?}");
    }
}

#[tokio::test]
async fn a_message_carries_its_mark_and_unfurls_nothing() {
    let slack = FakeSlack::start().await;
    slack.answers("chat.postMessage", posted("C0HIRING")).answers("chat.update", posted("C0HIRING"));
    let ports = slack.ports();
    let shown = ports.post(&To::Channel(samples::channel()), &message()).await.unwrap();
    assert_eq!((shown.channel, shown.ts.as_str()), (samples::channel(), "1700000000.000200"));
    ports.post(&To::Thread(place()), &message()).await.unwrap();
    ports.update(&place(), &message()).await.unwrap();
    let said = slack.heard("chat.postMessage");
    for one in said.iter().chain(&slack.heard("chat.update")) {
        assert_eq!(one["metadata"], metadata_of(&message().mark));
        assert_eq!((&one["channel"], faults_of_message(one)), (&json!("C0HIRING"), Vec::new()));
    }
    assert!(said[0].get("thread_ts").is_none());
    assert_eq!(said[1]["thread_ts"], "1700000000.000100");
    assert_eq!(slack.heard("chat.update")[0]["ts"], "1700000000.000100");
}

#[tokio::test]
async fn a_direct_message_is_opened_once_for_each_person() {
    let slack = FakeSlack::start().await;
    slack.answers("conversations.open", json!({ "ok": true, "channel": { "id": "D1" } }));
    slack.answers("chat.postMessage", posted("D1"));
    let ports = slack.ports();
    for _ in 0..2 {
        let shown = ports.post(&To::Person(samples::user()), &message()).await.unwrap();
        assert_eq!(shown.channel.as_str(), "D1");
    }
    assert_eq!(slack.heard("conversations.open").len(), 1);
    assert!(slack.heard("chat.postMessage").iter().all(|said| said["channel"] == "D1"));
}

#[tokio::test]
async fn a_quiet_word_reaches_one_person_and_has_no_mark() {
    let slack = FakeSlack::start().await;
    let page = Document::new().para("It does not count.");
    slack.ports().quiet(&samples::channel(), &samples::user(), &page).await.unwrap();
    let said = &slack.heard("chat.postEphemeral")[0];
    assert_eq!((&said["channel"], &said["user"]), (&json!("C0HIRING"), &json!("U0MARA")));
    assert!(said.get("metadata").is_none());
}

#[tokio::test]
async fn failures_are_sorted_by_what_may_be_done_next() {
    let slack = FakeSlack::start().await;
    let ports = slack.ports();
    let to = To::Channel(samples::channel());
    slack.answers_with("chat.postMessage", 429, json!({}));
    assert_eq!(ports.post(&to, &message()).await, Err(Failure::Paused(Duration::from_secs(7))));
    slack.refuses("chat.postMessage", "not_in_channel");
    assert_eq!(ports.post(&to, &message()).await, Err(Failure::Refused("not_in_channel".into())));
    slack.refuses("chat.postMessage", "service_unavailable");
    assert!(matches!(ports.post(&to, &message()).await, Err(Failure::Passing(_))));
    // Perhaps posted: never to be repeated without a look for the trace.
    slack.refuses("chat.postMessage", "internal_error");
    assert!(matches!(ports.post(&to, &message()).await, Err(Failure::InDoubt(_))));
    slack.answers_with("chat.postMessage", 502, json!({}));
    assert!(matches!(ports.post(&to, &message()).await, Err(Failure::InDoubt(_))));
    // An update may be repeated, so a doubt is none.
    slack.answers_with("chat.update", 502, json!({}));
    assert!(matches!(ports.update(&place(), &message()).await, Err(Failure::Passing(_))));
    // A revoked token says nothing of the message: it waits for a good one.
    slack.refuses("chat.postMessage", "token_revoked");
    assert!(matches!(ports.post(&to, &message()).await, Err(Failure::Passing(_))));
    slack.refuses("conversations.open", "user_not_found");
    let person = ports.post(&To::Person(samples::user()), &message()).await;
    assert_eq!(person, Err(Failure::Refused("user_not_found".into())));
}

fn marked_message(ts: &str, user: &str, row: u64) -> Value {
    let mark = TraceMark { row: RowId(row), ..message().mark };
    json!({ "type": "message", "user": user, "ts": ts, "text": "", "metadata": metadata_of(&mark) })
}

#[tokio::test]
async fn a_message_is_found_by_its_row_among_the_bots_own() {
    let slack = FakeSlack::start().await;
    let messages = json!([
        marked_message("1700000009.000100", "UBOT", 12),
        marked_message("1700000008.000100", "UBOT", 12),
        marked_message("1700000007.000100", "U0RICK", 12),
        marked_message("1700000006.000100", "UBOT", 11),
        { "type": "message", "user": "UBOT", "ts": "1700000005.000100", "text": "no mark" },
    ]);
    for method in ["conversations.history", "conversations.replies"] {
        slack.answers(method, json!({ "ok": true, "messages": messages }));
    }
    let ports = slack.ports();
    for to in [To::Channel(samples::channel()), To::Thread(place())] {
        let (found, revision) = ports.find(&to, RowId(12), samples::moment()).await.unwrap().unwrap();
        assert_eq!((found.ts.as_str(), revision), ("1700000008.000100", Revision(1)));
        assert_eq!(ports.find(&to, RowId(13), samples::moment()).await, Ok(None));
    }
    let asked = &slack.heard("conversations.history")[0];
    assert_eq!(asked["oldest"], "1795499940.000000");
    assert_eq!(asked["include_all_metadata"], "true");
}

#[tokio::test]
async fn history_is_read_only_where_that_is_allowed() {
    let slack = FakeSlack::start().await;
    let closed = slack.ports_reading(Readable::of(&["chat:write".to_owned()]));
    for to in [To::Channel(samples::channel()), To::Thread(place()), To::Person(samples::user())] {
        assert_eq!(closed.find(&to, RowId(12), samples::moment()).await, Ok(None));
    }
    assert!(slack.told.heard.lock().unwrap().is_empty());
    let open = slack.ports_reading(Readable::of(&["groups:history".to_owned()]));
    slack.refuses("conversations.history", "missing_scope");
    assert_eq!(open.find(&To::Channel(samples::channel()), RowId(12), samples::moment()).await, Ok(None));
    slack.answers_with("conversations.history", 503, json!({}));
    let later = open.find(&To::Channel(samples::channel()), RowId(12), samples::moment()).await;
    assert!(matches!(later, Err(Failure::Passing(_))));
}

#[tokio::test]
async fn a_link_is_slacks_own() {
    let slack = FakeSlack::start().await;
    slack.answers("chat.getPermalink", json!({ "ok": true, "permalink": "https://demo.slack.com/archives/C0/p1" }));
    assert_eq!(slack.ports().link(&place()).await.unwrap(), "https://demo.slack.com/archives/C0/p1");
}
