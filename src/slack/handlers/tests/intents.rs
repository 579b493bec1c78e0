//! What people do, as the app is told.

use super::*;
use crate::app::intent::{ScreenKind, Surface, Tick};
use crate::domain::answers::{Answer, Question};
use crate::domain::approval::ChangeAsked;
use crate::domain::choices::Speed;
use crate::domain::document::Press;
use crate::domain::ids::{Revision, SlackTime};
use crate::domain::life::{Hire, Step};

#[tokio::test]
async fn a_command_is_told_with_its_words_unescaped_once() {
    let desk = Desk::new();
    desk.take(command("ledger &lt;50 ms&gt; R&amp;D &amp;lt;")).await;
    let intent = desk.verbs.seen.lock().unwrap().pop().unwrap();
    assert_eq!(intent.home.as_str(), "T1");
    assert_eq!(intent.key.unwrap().as_str(), "trigger/1.2.abc");
    let What::CommandTyped(typed) = intent.what else { panic!() };
    assert_eq!(typed.text, "ledger <50 ms> R&D &lt;");
    assert_eq!((typed.who.id.as_str(), typed.who.foreign), ("U0MARA", false));
    assert_eq!(typed.trigger.0, "1.2.abc");
    assert!(typed.reply_to == Some(ReplyTo::Url(RESPONSE_URL.to_owned())));
    assert_eq!(typed.channel, Some(samples::channel()));
}

#[tokio::test]
async fn a_message_shortcut_brings_what_the_message_says_to_a_reader() {
    let desk = Desk::new();
    let shortcut = |callback: &str| {
        interactive(json!({
            "type": "message_action", "team": { "id": "T1" }, "user": { "id": "U0MARA" }, "trigger_id": "1.6.abc",
            "callback_id": callback, "channel": { "id": "C0HIRING" }, "response_url": RESPONSE_URL,
            "message": { "ts": "1.000001", "text": "<@U1> needs <https://a.example|a ledger> &lt;50 ms <!here> in <#C1|ops>, see <https://b.example> a < b" },
        }))
    };
    let Some(What::ShortcutUsed(used)) = desk.told(shortcut(crate::slack::ids::SHORTCUT_MESSAGE)).await else {
        panic!()
    };
    assert_eq!(used.text, " needs a ledger <50 ms  in ops, see https://b.example a < b");
    assert!(desk.told(shortcut("other")).await.is_none());
}

#[tokio::test]
async fn a_global_shortcut_asks_for_the_form() {
    let desk = Desk::new();
    let shortcut = interactive(json!({
        "type": "shortcut", "team": { "id": "T1" }, "user": { "id": "U0MARA" }, "trigger_id": "1.7.abc",
        "callback_id": crate::slack::ids::SHORTCUT_NEW,
    }));
    assert!(matches!(
        desk.told(shortcut).await,
        Some(What::ShortcutUsed(used)) if used.reply_to == Some(ReplyTo::Window(Trigger("1.7.abc".into())))
    ));
}

#[tokio::test]
async fn a_keystroke_reports_the_field_and_all_that_the_window_shows() {
    let desk = Desk::new();
    let values = json!({
        "scoping.form.system#3": { "scoping.form.system": { "type": "plain_text_input", "value": "ledg" } },
        "scoping.form.speed#3": { "scoping.form.speed": { "type": "radio_buttons", "selected_option": { "value": "hours" } } },
        "scoping.form.numbers#3": { "scoping.form.numbers": { "type": "plain_text_input", "value": null } },
    });
    let action = json!({ "type": "plain_text_input", "block_id": "scoping.form.system#3",
        "action_id": "scoping.form.system", "value": "ledg", "action_ts": "1700000001.000200" });
    let told = desk.told(acted_in_view(view(ScreenKind::Form, values), action)).await;
    let Some(What::FieldsReported(fields)) = told else { panic!() };
    assert_eq!((fields.scope, fields.window), (samples::scope(), samples::window()));
    assert_eq!(fields.at, Some(SlackTime::parse("1700000001.000200").unwrap()));
    let (question, answer) = fields.acted.unwrap();
    assert_eq!((question, answer.unwrap().as_str()), (Question::System, "ledg"));
    assert!(fields.shown.contains(&Answer::Speed(Speed::Hours)) && fields.shown.len() == 2);
    assert_eq!(
        (fields.view.id.as_str(), fields.view.root.as_deref(), fields.view.hash.as_deref()),
        ("V1", Some("V0"), Some("1.a"))
    );
}

#[tokio::test]
async fn a_field_emptied_clears_and_one_that_is_wrong_changes_nothing() {
    let desk = Desk::new();
    let told = |value: Value| {
        let action = json!({ "type": "plain_text_input", "block_id": "scoping.form.system#3",
            "action_id": "scoping.form.system", "value": value, "action_ts": "1.000001" });
        desk.told(acted_in_view(view(ScreenKind::Form, json!({})), action))
    };
    let Some(What::FieldsReported(fields)) = told(json!(null)).await else { panic!() };
    assert_eq!(fields.acted, Some((Question::System, None)));
    let Some(What::FieldsReported(fields)) = told(json!("x".repeat(301))).await else { panic!() };
    assert_eq!((fields.acted, fields.faults.len()), (None, 1));
}

#[tokio::test]
async fn a_press_names_meaning_scope_revision_and_place() {
    let desk = Desk::new();
    let value = format!("{}.2", samples::scope());
    let Some(What::Pressed(pressed)) = desk.told(press_in_message("scoping.press.approve", Some(&value))).await else {
        panic!()
    };
    assert_eq!(
        (pressed.press, pressed.scope, pressed.revision),
        (Press::Approve, Some(samples::scope()), Some(Revision(2)))
    );
    assert_eq!(pressed.at, SlackTime::parse("1700000005.000100").unwrap());
    let Surface::Message(place) = pressed.surface else { panic!() };
    assert_eq!((place.channel, place.ts.as_str()), (samples::channel(), "1700000000.000100"));
    assert!(pressed.reply_to == Some(ReplyTo::Url(RESPONSE_URL.to_owned())));
}

#[tokio::test]
async fn a_press_in_a_window_brings_what_the_window_shows() {
    let desk = Desk::new();
    let values = json!({ "scoping.review.system#3": { "a": { "type": "plain_text_input", "value": "a ledger" } } });
    let press = json!({ "type": "button", "action_id": "scoping.press.more", "block_id": "b",
        "value": samples::scope().as_str(), "action_ts": "1.000001" });
    let Some(What::Pressed(pressed)) = desk.told(acted_in_view(view(ScreenKind::Review, values), press)).await else {
        panic!()
    };
    let Surface::Window(shown) = pressed.surface else { panic!() };
    assert_eq!((shown.screen, shown.window, shown.shown.len()), (ScreenKind::Review, samples::window(), 1));
}

#[tokio::test]
async fn a_press_on_home_and_in_an_ephemeral_message_say_so() {
    let desk = Desk::new();
    let press =
        json!({ "type": "button", "action_id": "scoping.press.start_new", "block_id": "b", "action_ts": "1.000001" });
    let home =
        json!({ "id": "V9", "type": "home", "callback_id": "", "private_metadata": "", "state": { "values": {} } });
    let Some(What::Pressed(pressed)) = desk.told(acted_in_view(home, press.clone())).await else { panic!() };
    assert_eq!((pressed.surface, pressed.scope), (Surface::Home, None));
    let ephemeral = interactive(json!({
        "type": "block_actions", "team": null, "user": { "id": "U0RICK" }, "trigger_id": "1.8.abc",
        "container": { "type": "message", "message_ts": "1.000001", "channel_id": "C0HIRING", "is_ephemeral": true },
        "actions": [press],
    }));
    let Some(What::Pressed(pressed)) = desk.told(ephemeral).await else { panic!() };
    assert_eq!(pressed.surface, Surface::Ephemeral);
}

#[tokio::test]
async fn a_window_that_the_bot_did_not_name_goes_by_slacks_own_id() {
    let desk = Desk::new();
    let mut reading = view(ScreenKind::Reading, json!({}));
    reading["private_metadata"] = json!(crate::slack::ids::Metadata::default().into_wire());
    let press =
        json!({ "type": "button", "action_id": "scoping.press.help", "block_id": "b", "action_ts": "1.000001" });
    let Some(What::Pressed(pressed)) = desk.told(acted_in_view(reading, press)).await else { panic!() };
    assert!(matches!(pressed.surface, Surface::Window(shown) if shown.window.as_str() == "V1"));
}

#[tokio::test]
async fn each_window_is_submitted_as_what_it_is() {
    let desk = Desk::new();
    let form = desk.told(submission(view(ScreenKind::Form, json!({})))).await;
    assert!(matches!(form, Some(What::FormSubmitted(fields)) if fields.at.is_none() && fields.acted.is_none()));
    assert!(matches!(desk.told(submission(view(ScreenKind::More, json!({})))).await, Some(What::MoreSubmitted(_))));
    let values = json!({
        "scoping.review.on_purpose#42": { "a": { "type": "checkboxes", "selected_options": [{ "value": "on_purpose" }] } },
        "scoping.review.reason#42": { "a": { "type": "plain_text_input", "value": "It is Go" } },
    });
    let Some(What::ReviewSubmitted(review)) = desk.told(submission(view(ScreenKind::Review, values))).await else {
        panic!()
    };
    assert_eq!((review.candidate, review.on_purpose, review.channel), (2, Tick::On, None));
    assert_eq!(review.reason.unwrap().as_str(), "It is Go");
    let ticks = json!({ "scoping.changes.ticks#0": { "a": { "type": "checkboxes", "selected_options": [{ "value": "load" }] } } });
    let Some(What::ChangesSubmitted(changes)) = desk.told(submission(view(ScreenKind::AskForChanges, ticks))).await
    else {
        panic!()
    };
    assert!(changes.ticks.contains(&ChangeAsked::Load) && changes.comment.is_none());
}

#[tokio::test]
async fn the_windows_about_a_search_are_submitted_as_steps() {
    let desk = Desk::new();
    let step = |told: Option<What>| match told {
        Some(What::StepSubmitted(submitted)) => (submitted.scope, submitted.step),
        other => panic!("{other:?}"),
    };
    let values = json!({
        "scoping.filled.name#0": { "a": { "type": "plain_text_input", "value": " Grace " } },
        "scoping.filled.starts#0": { "a": { "type": "datepicker", "selected_date": "2027-03-01" } },
    });
    let (scope, filled) = step(desk.told(submission(view(ScreenKind::Filled, values))).await);
    let Step::Fill(hire) = filled else { panic!() };
    assert_eq!((scope, hire.name.unwrap().as_str()), (samples::scope(), "Grace"));
    assert_eq!(hire.starts.unwrap().to_string(), "2027-03-01");
    let odd = json!({ "scoping.filled.starts#0": { "a": { "type": "datepicker", "selected_date": "2027-02-30" } } });
    for values in [json!({}), odd] {
        let (_, nothing) = step(desk.told(submission(view(ScreenKind::Filled, values))).await);
        assert_eq!(nothing, Step::Fill(Hire::default()));
    }
    let why = json!({ "scoping.close.why#0": { "a": { "type": "plain_text_input", "value": "The budget moved" } } });
    let (_, closed) = step(desk.told(submission(view(ScreenKind::Close, why))).await);
    assert!(matches!(closed, Step::Close(Some(why)) if why.as_str() == "The budget moved"));
    let person =
        json!({ "scoping.hand_over.person#0": { "a": { "type": "users_select", "selected_user": "U0OLGA" } } });
    let told = desk.told(submission(view(ScreenKind::HandOver, person))).await;
    assert!(matches!(told, Some(What::HandOverSubmitted(submitted)) if submitted.to.as_str() == "U0OLGA"));
    assert!(desk.told(submission(view(ScreenKind::HandOver, json!({})))).await.is_none());
}

#[tokio::test]
async fn only_the_review_tells_that_it_was_closed() {
    let desk = Desk::new();
    let closed = |screen| {
        interactive(json!({ "type": "view_closed", "team": { "id": "T1" }, "user": { "id": "U0MARA" },
            "view": view(screen, json!({})), "is_cleared": false }))
    };
    assert!(matches!(desk.told(closed(ScreenKind::Review)).await, Some(What::ReviewLeft(_))));
    assert!(desk.told(closed(ScreenKind::Form)).await.is_none());
}

#[tokio::test]
async fn what_is_not_ours_never_reaches_the_app() {
    let desk = Desk::new();
    let button = |id: &str| json!({ "type": "button", "action_id": id, "block_id": "b", "value": "junk", "action_ts": "1.000001" });
    let mut foreign = view(ScreenKind::Form, json!({}));
    foreign["private_metadata"] = json!("{\"schema\":99}");
    let mut other = view(ScreenKind::Form, json!({}));
    other["callback_id"] = json!("someone_elses");
    for inbound in [
        press_in_message("scoping.press.unknown", None),
        press_in_message("scoping.press.approve", Some("junk")),
        acted_in_view(view(ScreenKind::Form, json!({})), button("other")),
        acted_in_view(
            foreign.clone(),
            json!({ "type": "plain_text_input", "block_id": "scoping.form.system#3", "action_id": "x", "value": "y", "action_ts": "1.000001" }),
        ),
        submission(foreign),
        submission(other),
    ] {
        assert!(desk.told(inbound).await.is_none());
    }
}

#[test]
fn a_key_that_is_too_long_for_the_store_stays_one_of_its_own() {
    let long = |last: &str| {
        let payload = json!({ "type": "shortcut", "user": { "id": "U1" }, "callback_id": "x",
            "trigger_id": format!("{}{last}", "7".repeat(240)) });
        seen_key(interactive(payload).key().unwrap()).unwrap()
    };
    assert_eq!(long("a"), long("a"));
    assert_ne!(long("a"), long("b"));
}
