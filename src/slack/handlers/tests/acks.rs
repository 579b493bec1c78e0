//! What people are answered.

use super::*;
use crate::app::intent::ScreenKind;
use crate::app::reply::Field;
use crate::app::screen::FormScreen;
use crate::domain::answers::{Answers, Detail, Question};
use crate::slack::checking::{faults_of_message, faults_of_view};

fn body(ack: Ack) -> Value {
    match ack {
        Ack::Body(body) => body,
        other => panic!("{other:?}"),
    }
}

fn not_saved() -> String {
    use crate::domain::wording::notes::Refusal;
    samples::words().refusals.reason.of(Refusal::NotSaved).to_string()
}

fn form() -> Screen {
    Screen::Form(FormScreen {
        scope: samples::scope(),
        window: samples::window(),
        generation: 4,
        answers: Answers::default(),
        lines: Vec::new(),
    })
}

#[tokio::test]
async fn a_command_is_answered_by_a_message_that_only_its_author_sees() {
    let desk = Desk::replying(Reply::Message(Document::new().para("Your drafts.")));
    let body = body(desk.take(command("drafts")).await);
    assert_eq!(body["response_type"], "ephemeral");
    assert_eq!(faults_of_message(&body), Vec::<String>::new());
    assert_eq!(Desk::new().take(command("x")).await, Ack::Empty);
}

#[tokio::test]
async fn a_submission_is_answered_by_a_window_or_by_closing_all() {
    let submit = || submission(view(ScreenKind::Form, json!({})));
    let pushed = body(Desk::replying(Reply::Push(Box::new(form()))).take(submit()).await);
    assert_eq!((&pushed["response_action"], faults_of_view(&pushed["view"])), (&json!("push"), Vec::new()));
    let updated = body(Desk::replying(Reply::Update(Box::new(form()))).take(submit()).await);
    assert_eq!(updated["response_action"], "update");
    let cleared = body(Desk::replying(Reply::CloseAll).take(submit()).await);
    assert_eq!(cleared, json!({ "response_action": "clear" }));
    let said = body(Desk::replying(Reply::Message(Document::new().para("Posted."))).take(submit()).await);
    assert_eq!(said["view"]["callback_id"], "scoping.reading.view");
    assert_eq!(Desk::new().take(submit()).await, Ack::Empty);
}

#[tokio::test]
async fn errors_stand_at_blocks_that_the_window_has() {
    let errors = Reply::Errors(vec![
        (Field::Answer(Question::System), "Too long.".to_owned()),
        (Field::Answer(Question::Speed), "Choose.".to_owned()),
    ]);
    let values = json!({ "scoping.form.system#9": { "a": { "type": "plain_text_input", "value": "x" } } });
    let body = body(Desk::replying(errors).take(submission(view(ScreenKind::Form, values))).await);
    // The edition that the window reports; else the one that it was drawn in.
    let wanted = json!({ "scoping.form.system#9": "Too long.", "scoping.form.speed#3": "Choose." });
    assert_eq!(body, json!({ "response_action": "errors", "errors": wanted }));
}

#[tokio::test]
async fn an_error_about_a_field_that_is_not_there_is_said_at_one_that_is() {
    let errors = Reply::Errors(vec![
        (Field::Answer(Question::System), "Too long.".to_owned()),
        (Field::Reason, "Add a reason.".to_owned()),
        (Field::OnPurpose, "Add a reason.".to_owned()),
        (Field::Answer(Question::Title), "Too long.".to_owned()),
    ]);
    let values = json!({ "scoping.review.language#3": { "a": { "type": "plain_text_input", "value": null } } });
    let body = body(Desk::replying(errors).take(submission(view(ScreenKind::Review, values))).await);
    let wanted =
        json!({ "scoping.review.language#3": "Too long. Add a reason.", "scoping.review.title#3": "Too long." });
    assert_eq!(body["errors"], wanted);
}

#[tokio::test]
async fn a_person_is_told_that_nothing_was_saved() {
    let desk = Desk::replying(Reply::NotNow);
    assert!(body(desk.take(command("x")).await)["text"].as_str().unwrap().contains(&not_saved()));
    for (screen, block) in [
        (ScreenKind::Form, "scoping.form.system_type#3"),
        (ScreenKind::Review, "scoping.review.language#3"),
        (ScreenKind::More, "scoping.more.must_have#3"),
        (ScreenKind::AskForChanges, "scoping.changes.ticks#0"),
    ] {
        let body = body(desk.take(submission(view(screen, json!({})))).await);
        assert_eq!(body["errors"][block], json!(not_saved()), "{screen:?}");
    }
    assert!(Question::all().any(|question| question == Question::Detail(Detail::MustHave)));
}

#[tokio::test]
async fn a_press_that_was_not_taken_is_said_quietly_or_left_to_slacks_own_sign() {
    let desk = Desk::replying(Reply::NotNow);
    assert_eq!(desk.take(press_in_message("scoping.press.kit", Some(samples::scope().as_str()))).await, Ack::Empty);
    assert_eq!(desk.whispered(), [(RESPONSE_URL.to_owned(), not_saved())]);
    let press = json!({ "type": "button", "action_id": "scoping.press.save", "block_id": "b",
        "value": samples::scope().as_str(), "action_ts": "1.000001" });
    assert_eq!(desk.take(acted_in_view(view(ScreenKind::Form, json!({})), press)).await, Ack::NotNow);
    assert_eq!(desk.handlers.when_full(&command("x")), desk.take(command("x")).await);
}

#[tokio::test]
async fn a_message_as_reply_to_a_press_goes_by_its_response_url() {
    let desk = Desk::replying(Reply::Message(Document::new().para("Only approvers can.")));
    let press = press_in_message("scoping.press.approve", Some(samples::scope().as_str()));
    assert_eq!(desk.take(press).await, Ack::Empty);
    assert_eq!(desk.whispered(), [(RESPONSE_URL.to_owned(), "Only approvers can.".to_owned())]);
}

#[tokio::test]
async fn an_outdated_button_or_window_says_so() {
    let desk = Desk::new();
    assert_eq!(desk.take(press_in_message("scoping.press.long_gone", None)).await, Ack::Empty);
    assert_eq!(desk.whispered().len(), 1);
    let mut outdated = view(ScreenKind::Form, json!({}));
    outdated["private_metadata"] = json!("{\"schema\":99}");
    let body = body(desk.take(submission(outdated)).await);
    assert_eq!((&body["response_action"], faults_of_view(&body["view"])), (&json!("update"), Vec::new()));
    // A button of another app's making is none of ours to explain.
    desk.take(press_in_message("other", None)).await;
    assert_eq!(desk.whispered().len(), 1);
}

#[tokio::test]
async fn a_reply_that_the_delivery_cannot_carry_is_dropped_and_acknowledged() {
    let desk = Desk::replying(Reply::CloseAll);
    assert_eq!(desk.take(command("x")).await, Ack::Empty);
    assert_eq!(desk.take(press_in_message("scoping.press.help", None)).await, Ack::Empty);
}
