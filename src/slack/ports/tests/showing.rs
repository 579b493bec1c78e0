//! Windows and quiet words.

use super::*;
use crate::app::intent::{ReplyTo, Trigger};
use crate::app::ports::{ScreenFault, Screens};
use crate::app::screen::Screen;
use crate::domain::document::Document;
use crate::slack::checking::{faults_of_message, faults_of_view};

fn screen() -> Screen {
    Screen::AskForChanges(samples::scope(), None)
}

fn trigger() -> Trigger {
    Trigger("1.2.abc".to_owned())
}

fn shown() -> Value {
    json!({ "ok": true, "view": { "id": "V1", "type": "modal" } })
}

#[tokio::test]
async fn windows_are_opened_pushed_and_updated() {
    let slack = FakeSlack::start().await;
    for method in ["views.open", "views.push", "views.update", "views.publish"] {
        slack.answers(method, shown());
    }
    let ports = slack.ports();
    ports.open(&trigger(), &screen()).await.unwrap();
    ports.push(&trigger(), &screen()).await.unwrap();
    ports.update("V1", Some("1.a"), &screen()).await.unwrap();
    ports.update("V1", None, &screen()).await.unwrap();
    ports.home(&samples::user(), &Document::new().para("Nothing waits.")).await.unwrap();
    for method in ["views.open", "views.push"] {
        let heard = slack.heard(method);
        assert_eq!(heard[0]["trigger_id"], "1.2.abc");
        assert_eq!(faults_of_view(&heard[0]["view"]), Vec::<String>::new());
    }
    let updates = slack.heard("views.update");
    assert_eq!((&updates[0]["view_id"], &updates[0]["hash"]), (&json!("V1"), &json!("1.a")));
    assert!(updates[1].get("hash").is_none());
    let home = &slack.heard("views.publish")[0];
    assert_eq!((&home["user_id"], faults_of_view(&home["view"])), (&json!("U0MARA"), Vec::new()));
}

#[tokio::test]
async fn a_trigger_or_window_that_is_gone_is_told_apart() {
    let slack = FakeSlack::start().await;
    let ports = slack.ports();
    for error in ["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"] {
        slack.refuses("views.open", error);
        assert_eq!(ports.open(&trigger(), &screen()).await, Err(ScreenFault::TriggerGone), "{error}");
    }
    slack.refuses("views.open", "view_too_large");
    assert!(
        matches!(ports.open(&trigger(), &screen()).await, Err(ScreenFault::Failed(why)) if why.contains("view_too_large"))
    );
    for error in ["not_found", "hash_conflict"] {
        slack.refuses("views.update", error);
        assert_eq!(ports.update("V1", Some("1.a"), &screen()).await, Err(ScreenFault::ViewGone), "{error}");
    }
    assert_eq!(ports.open(&Trigger(String::new()), &screen()).await, Err(ScreenFault::TriggerGone));
    assert_eq!(ports.update("no id", None, &screen()).await, Err(ScreenFault::ViewGone));
}

#[tokio::test]
async fn a_quiet_word_goes_where_slack_said_and_replaces_nothing() {
    let slack = FakeSlack::start().await;
    let to = ReplyTo::Url(format!("{}/response/1", slack.base));
    slack.ports().whisper(&to, &Document::new().para("Only you see this.")).await.unwrap();
    let said = &slack.heard("response/1")[0];
    assert_eq!((&said["response_type"], &said["replace_original"]), (&json!("ephemeral"), &json!(false)));
    assert_eq!(faults_of_message(said), Vec::<String>::new());
    let nowhere = slack.ports().whisper(&ReplyTo::Url("nowhere".into()), &Document::new()).await;
    assert!(matches!(nowhere, Err(ScreenFault::Failed(_))));
}
