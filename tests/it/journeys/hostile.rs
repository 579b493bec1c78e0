//! Input that nobody should send, and messages that are gone.

use scopebot::run::args::DemoTransport;
use scopebot::simulator::delivery::signature;
use scopebot::simulator::{Deed, Fault, FaultKind};
use serde_json::{Value, json};

use super::{Kind, World, answers, chooses, journey, posts, says, submits, types};

const BOOKS: &str = "streaming ledger that books card payments";

journey!(
    a_summary_that_was_deleted_is_said_to_be_gone_and_can_be_posted_again => |world| {
        posts(world, "mara", BOOKS).await;
        world.workspace.fault(Fault::of_delivery("message_metadata_deleted", FaultKind::Lost).once());
        let ts = world.summary().ts().to_owned();
        world.persona("olga").does(Deed::DeleteMessage { channel: "hiring".into(), ts }).await.unwrap();
        world.settle().await;
        assert!(world.summaries().is_empty());
        types(world, "mara", "status").await;
        world.persona("mara").presses_in("hiring", "Edit the scope").await.unwrap();
        world.settle().await;
        chooses(world, "mara", "How fast must it be?", "Under 1 second").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(5).await;
        let told = world.dms("mara").join("\n");
        says(&told, "was deleted from the channel");
        world.persona("mara").presses_in("dm", "Post it again").await.unwrap();
        world.passes(5).await;
        says(&world.summary().says(), BOOKS);
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(5).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    a_window_that_is_gone_when_the_bot_writes_to_it_harms_nothing => |world| {
        super::reviews(world, "mara", BOOKS).await;
        world.persona("mara").dismisses().await.unwrap();
        world.passes(3).await;
        types(world, "mara", "").await;
        says(&world.fields("mara"), BOOKS);
    }
);

/// A signed request, as Slack would send it, with the bot's answer.
pub async fn signed(world: &World, body: String, kind: &str) -> (u16, Value) {
    let now = world.clock.now().as_second();
    let sign = signature(&world.workspace.signing_secret(), now, &body);
    sent(world, body, kind, now, &sign).await
}

async fn sent(world: &World, body: String, kind: &str, at: i64, sign: &str) -> (u16, Value) {
    let address = world.bot().address().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client
        .post(format!("http://{address}/slack/events"))
        .header("content-type", kind)
        .header("x-slack-request-timestamp", at.to_string())
        .header("x-slack-signature", sign)
        .body(body)
        .send()
        .await
        .unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

pub fn form(payload: &Value) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair("payload", &payload.to_string()).finish()
}

pub const FORM: &str = "application/x-www-form-urlencoded";

/// The newest payload of that kind that Slack has sent.
pub fn newest(world: &World, what: &str) -> Value {
    let all = world.workspace.transcript();
    let found = all.iter().rev().find(|entry| entry.raw["what"] == what && !entry.raw["payload"].is_null());
    found.unwrap_or_else(|| panic!("no {what} was sent")).raw["payload"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forged_and_broken_requests_get_a_clear_answer_and_store_nothing() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.transport == DemoTransport::Http) {
        let world = World::start(kind).await;
        types(&world, "mara", "").await;
        answers(&world, "mara", BOOKS).await;
        submits(&world, "mara").await;
        let now = world.clock.now().as_second();
        let body = form(&newest(&world, "view_submission"));
        let good = signature(&world.workspace.signing_secret(), now, &body);
        assert_eq!(sent(&world, body.clone(), FORM, now, "v0=00").await.0, 401);
        assert_eq!(sent(&world, body.clone(), FORM, now - 400, &good).await.0, 401);
        assert_eq!(sent(&world, format!("{body}x"), FORM, now, &good).await.0, 401);
        let stale = signature(&world.workspace.signing_secret(), now - 400, &body);
        assert_eq!(sent(&world, body.clone(), FORM, now - 400, &stale).await.0, 401);
        assert_eq!(sent(&world, "ssl_check=1&token=x".into(), FORM, 0, "").await, (200, json!("")));
        for broken in ["payload=%7B%22type%22%3A%22view_sub", "payload=", "payload=null", "", "%%%", "payload=%5B%5D"] {
            let (status, _) = signed(&world, broken.into(), FORM).await;
            assert!((200..500).contains(&status), "{broken}: {status}");
        }
        for broken in ["{\"type\":\"event_callback\",\"ev", "null", "[]", "{\"type\":\"event_callback\"}"] {
            let (status, _) = signed(&world, broken.into(), "application/json").await;
            assert!((200..500).contains(&status), "{broken}: {status}");
        }
        world.settle().await;
        submits(&world, "mara").await;
        says(&world.summary().says(), BOOKS);
        assert_eq!(world.summaries().len(), 1);
        world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_callbacks_buttons_and_texts_past_their_length_are_answered_in_words() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.transport == DemoTransport::Http) {
        let world = World::start(kind).await;
        types(&world, "mara", "").await;
        answers(&world, "mara", BOOKS).await;
        submits(&world, "mara").await;
        let real = newest(&world, "view_submission");

        let mut unknown = real.clone();
        unknown["view"]["callback_id"] = json!("scoping.of_next_year");
        unknown["trigger_id"] = json!("1.1.unknown");
        let (status, answer) = signed(&world, form(&unknown), FORM).await;
        assert_eq!(status, 200);
        says(&answer.to_string(), "from an older version of me");

        let mut long = real.clone();
        long["trigger_id"] = json!("1.1.long");
        let typed = "x".repeat(5_000);
        for block in long["view"]["state"]["values"].as_object_mut().unwrap().values_mut() {
            for field in block.as_object_mut().unwrap().values_mut() {
                if field["type"] == "plain_text_input" {
                    field["value"] = json!(typed);
                }
            }
        }
        let (status, answer) = signed(&world, form(&long), FORM).await;
        assert_eq!((status, &answer["response_action"]), (200, &json!("errors")));
        says(&answer.to_string(), "This has 5000 characters. 300 fit.");

        let mut stranger = real.clone();
        stranger["trigger_id"] = json!("1.1.stranger");
        stranger["user"]["id"] = json!("U0DEMOMILO");
        let (status, answer) = signed(&world, form(&stranger), FORM).await;
        assert_eq!(status, 200);
        says(&answer.to_string(), "Only the person who asked for this scope can change it");

        let mut elsewhere = real.clone();
        elsewhere["trigger_id"] = json!("1.1.elsewhere");
        elsewhere["view"]["private_metadata"] = json!("}{");
        let (status, answer) = signed(&world, form(&elsewhere), FORM).await;
        assert_eq!(status, 200);
        says(&answer.to_string(), "from an older version of me");

        world.settle().await;
        submits(&world, "mara").await;
        let summary = world.summary().says();
        says(&summary, BOOKS);
        super::says_not(&summary, "xxxx");
        world.end().await;
    }
}
