use std::time::Duration;

use scopebot::simulator::{Deed, Fault, FaultKind};
use serde_json::{Value, json};

use super::fake_app::desk;

fn hello() -> Value {
    json!({"channel": "C0DEMOHIRE", "text": "hello"})
}

#[tokio::test]
async fn a_rate_limit_by_knob_says_how_long_to_wait_and_does_nothing() {
    let desk = desk().await;
    let mut fault = Fault::of_method("chat.postMessage", FaultKind::RateLimited).once();
    fault.retry_after = Some(17);
    desk.ws.fault(fault);
    let answer = desk.try_call("chat.postMessage", hello()).await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["retry-after"].to_str().unwrap()), (429, "17"));
    assert!(desk.ws.in_words().is_empty());
    desk.post("after").await;
}

#[tokio::test]
async fn a_lost_answer_was_done_and_a_refused_call_was_not() {
    let desk = desk().await;
    desk.ws.fault(Fault::of_method("chat.postMessage", FaultKind::AnswerLost).once());
    assert!(desk.try_call("chat.postMessage", hello()).await.is_err(), "the connection breaks without an answer");
    assert_eq!(desk.ws.in_words(), ["#hiring Demo app: hello"]);
    desk.ws.fault(Fault::of_method("*", FaultKind::Refused).once());
    assert!(desk.try_call("chat.postMessage", hello()).await.is_err());
    assert_eq!(desk.ws.in_words().len(), 1);
}

#[tokio::test]
async fn a_server_error_is_answered_with_or_without_the_work_done() {
    let desk = desk().await;
    for (done, messages) in [(false, 0), (true, 1)] {
        let mut fault = Fault::of_method("chat.postMessage", FaultKind::Status).once();
        (fault.status, fault.done) = (Some(503), done);
        desk.ws.fault(fault);
        let answer = desk.try_call("chat.postMessage", hello()).await.unwrap();
        assert_eq!(answer.status().as_u16(), 503);
        assert_eq!(desk.ws.in_words().len(), messages);
    }
}

#[tokio::test]
async fn a_late_answer_waits_for_the_clock_and_the_work_does_not() {
    let desk = desk().await;
    let mut fault = Fault::of_method("chat.postMessage", FaultKind::Late).once();
    fault.delay_ms = Some(5_000);
    desk.ws.fault(fault);
    let call = desk.call("chat.postMessage", hello());
    tokio::pin!(call);
    tokio::select! {
        biased;
        answer = &mut call => panic!("too early: {answer}"),
        () = async { desk.ws.until(|state| !state.channel("hiring").unwrap().messages.is_empty()).await.unwrap() } => {}
    }
    desk.ws.quiet().await;
    // The sleeper registers just after the work is seen; the clock moves only once it sleeps.
    while desk.clock.next_due().is_none() {
        tokio::task::yield_now().await;
    }
    desk.ws.advance(Duration::from_secs(5)).await.unwrap();
    assert_eq!(call.await["ok"], true);
}

#[tokio::test]
async fn a_delivery_comes_twice_or_never_or_after_the_next() {
    let mut desk = desk().await;
    let mara = desk.ws.persona("mara");
    desk.ws.fault(Fault::of_delivery("commands", FaultKind::Twice).once());
    mara.types("/scope-backend", "hiring", "twice").await.unwrap();
    let (one, two) = (desk.app.hears().await, desk.app.hears().await);
    assert_eq!(one.payload()["trigger_id"], two.payload()["trigger_id"]);

    desk.ws.fault(Fault::of_delivery("app_home_opened", FaultKind::Lost).once());
    mara.opens_home().await.unwrap();
    desk.ws.quiet().await;
    assert!(desk.app.heard_nothing());

    desk.ws.fault(Fault::of_delivery("commands", FaultKind::OutOfOrder).once());
    mara.starts(Deed::Command { channel: "hiring".into(), text: "/scope-backend first".into() }).await.unwrap();
    desk.ws.quiet().await;
    mara.types("/scope-backend", "hiring", "second").await.unwrap();
    assert_eq!(desk.app.hears().await.payload()["text"], "second");
    assert_eq!(desk.app.hears().await.payload()["text"], "first");
}

#[tokio::test]
async fn every_other_answer_is_withheld_until_a_view_was_opened() {
    let mut desk = desk().await;
    desk.ws.fault(Fault::of_method("*", FaultKind::WithholdUntilOpened));
    desk.ws.persona("mara").types("/scope-backend", "hiring", "").await.unwrap();
    let trigger = desk.app.hears_of("/scope-backend").await["trigger_id"].clone();
    let desk = std::sync::Arc::new(desk);
    let reading = tokio::spawn({
        let desk = std::sync::Arc::clone(&desk);
        async move { desk.read("users.info", "user=U0DEMOMARA").await }
    });
    desk.ws.until_noted("The app called users.info").await.unwrap();
    desk.ws.quiet().await;
    assert!(!reading.is_finished());
    let view = json!({"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": []});
    assert_eq!(desk.call("views.open", json!({"trigger_id": trigger, "view": view})).await["ok"], true);
    assert_eq!(reading.await.unwrap()["ok"], true);
}

#[tokio::test]
async fn while_slack_is_down_nothing_answers_and_afterwards_all_does() {
    let desk = desk().await;
    desk.ws.goes_down();
    assert!(desk.try_call("auth.test", json!({})).await.is_err());
    desk.ws.heal();
    assert_eq!(desk.call("auth.test", json!({})).await["ok"], true);
}

#[tokio::test]
async fn initial_values_can_be_absent_as_slack_sometimes_has_it() {
    let mut desk = desk().await;
    desk.ws.persona("mara").types("/scope-backend", "hiring", "").await.unwrap();
    let trigger = desk.app.hears_of("/scope-backend").await["trigger_id"].clone();
    let text = |text: &str| json!({"type": "plain_text", "text": text});
    let field = |id: &str| {
        json!({"type": "input", "block_id": id, "label": text(id),
               "element": {"type": "plain_text_input", "action_id": "a", "initial_value": "shown"}})
    };
    let view =
        json!({"type": "modal", "title": text("Form"), "submit": text("Go"), "blocks": [field("one"), field("two")]});
    desk.call("views.open", json!({"trigger_id": trigger, "view": view})).await;
    let mara = desk.ws.persona("mara");
    mara.fills("two", "touched").await.unwrap();
    desk.ws.fault(Fault::of_delivery("view_submission", FaultKind::InitialValuesAbsent).once());
    mara.submits().await.unwrap();
    let values = desk.app.hears_of("view_submission").await["view"]["state"]["values"].clone();
    assert_eq!(values, json!({"one": {}, "two": {"a": {"type": "plain_text_input", "value": "touched"}}}));
}
