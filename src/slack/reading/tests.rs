use serde_json::{Value, json};

use super::*;
use crate::app::intent::ScreenKind;
use crate::app::screen::{FormScreen, MoreScreen, Screen};
use crate::domain::answers::{Answers, TextFault};
use crate::domain::choices::Speed;
use crate::slack::node::Node;
use crate::slack::payload::Typed;
use crate::slack::samples::{self, SCRIPTS, full_answers, words};
use crate::slack::screens::view_of;

/// A view as Slack sends it back when nobody has touched it: every field holds what it showed at first.
fn untouched(screen: &Screen) -> View {
    let mut view = serde_json::to_value(view_of(screen, words())).unwrap();
    let mut values = json!({});
    for block in view["blocks"].as_array().unwrap() {
        if block["type"] == "input" {
            let element = &block["element"];
            let value = match element["type"].as_str().unwrap() {
                "plain_text_input" => json!({ "type": "plain_text_input", "value": element["initial_value"] }),
                kind => json!({ "type": kind, "selected_option": element["initial_option"] }),
            };
            let block_id = block["block_id"].as_str().unwrap();
            values[block_id] = json!({ element["action_id"].as_str().unwrap(): value });
        }
    }
    view["id"] = json!("V1");
    view["state"] = json!({ "values": values });
    View::of(Node::of(&view)).unwrap()
}

fn view(values: Value) -> View {
    View::of(Node::of(&json!({ "id": "V1", "type": "modal", "state": { "values": values } }))).unwrap()
}

#[test]
fn what_a_window_shows_reads_back_as_the_answers_it_was_given() {
    for (script, pattern) in SCRIPTS {
        let answers = full_answers(pattern);
        let form = Screen::Form(FormScreen {
            scope: samples::scope(),
            window: samples::window(),
            generation: 7,
            answers: answers.clone(),
            lines: Vec::new(),
        });
        let more = Screen::More(MoreScreen {
            scope: samples::scope(),
            window: samples::window(),
            generation: 7,
            answers: answers.clone(),
        });
        for (screen, count) in [(form, 6), (more, 8)] {
            let shown = shown_in(&untouched(&screen));
            assert_eq!(shown.faults, [], "{script}");
            assert_eq!(shown.answers.len(), count);
            for answer in &shown.answers {
                assert_eq!(answers.answer(answer.question()), Some(answer), "{script}");
            }
        }
    }
}

#[test]
fn an_empty_window_says_nothing() {
    let form = Screen::Form(FormScreen {
        scope: samples::scope(),
        window: samples::window(),
        generation: 0,
        answers: Answers::default(),
        lines: Vec::new(),
    });
    assert_eq!(shown_in(&untouched(&form)), Shown::default());
}

#[test]
fn blocks_that_are_not_ours_are_ignored() {
    let shown = shown_in(&view(json!({
        "aBc1": { "x": { "type": "plain_text_input", "value": "somebody else's" } },
        "scoping.form.system": { "scoping.form.system": { "type": "plain_text_input", "value": "no generation" } },
        "scoping.form.other#1": { "x": { "type": "plain_text_input", "value": "unknown" } },
    })));
    assert_eq!(shown, Shown::default());
}

#[test]
fn what_is_no_answer_is_a_fault_beside_its_field() {
    let long = "x".repeat(301);
    let shown = shown_in(&view(json!({
        "scoping.form.system#1": { "a": { "type": "plain_text_input", "value": long } },
        "scoping.form.speed#1": { "a": { "type": "radio_buttons", "selected_option": { "value": "at_once" } } },
        "scoping.form.load#1": { "a": { "type": "datepicker", "selected_date": "2026-01-01" } },
        "scoping.form.team#1": { "a": { "type": "radio_buttons", "selected_option": { "value": "solo" } } },
        "scoping.form.numbers#1": { "a": { "type": "plain_text_input", "value": " \n " } },
    })));
    assert_eq!(shown.answers.len(), 1);
    let too_long = AnswerFault::Text(Question::System, TextFault::TooLong { found: 301, limit: 300 });
    for fault in [too_long, AnswerFault::NoSuchChoice(Question::Speed), AnswerFault::NoSuchChoice(Question::Load)] {
        assert!(shown.faults.contains(&fault), "{fault:?}");
    }
    assert_eq!(shown.faults.len(), 3);
}

#[test]
fn the_fields_of_a_review_that_are_no_answers_are_read_too() {
    let values = json!({
        "scoping.review.on_purpose#42": { "a": { "type": "checkboxes", "selected_options": [{ "value": "on_purpose" }] } },
        "scoping.review.reason#42": { "a": { "type": "plain_text_input", "value": " It is 300,000 lines of Go. " } },
        "scoping.review.channel#0": { "a": { "type": "radio_buttons", "selected_option": { "value": "C0HIRING" } } },
    });
    let shown = shown_in(&view(values));
    assert_eq!(shown.tick(), Tick::On);
    assert_eq!(shown.reason.unwrap().as_str(), "It is 300,000 lines of Go.");
    assert_eq!(shown.channel, Some(samples::channel()));

    let select = json!({ "type": "conversations_select", "selected_conversation": "C0HIRING" });
    let shown = shown_in(&view(json!({ "scoping.review.channel#0": { "a": select } })));
    assert_eq!((shown.channel, shown.on_purpose), (Some(samples::channel()), false));
}

#[test]
fn ticks_and_comment_ask_for_changes() {
    let ticks = json!([{ "value": "load" }, { "value": "language" }, { "value": "unknown" }]);
    let shown = shown_in(&view(json!({
        "scoping.changes.ticks#0": { "a": { "type": "checkboxes", "selected_options": ticks } },
        "scoping.changes.comment#0": { "a": { "type": "plain_text_input", "value": "x".repeat(600) } },
    })));
    assert_eq!(shown.ticks, BTreeSet::from([ChangeAsked::Load, ChangeAsked::Language]));
    assert_eq!(shown.comment.unwrap().as_str().len(), COMMENT_LIMIT);
}

fn action(block: &str, value: FieldValue) -> Action {
    Action { block: block.to_owned(), action: "a".to_owned(), kind: String::new(), value, at: None }
}

#[test]
fn the_field_acted_on_clears_when_it_is_empty_and_never_when_it_is_wrong() {
    let cleared = acted_in(&action("scoping.form.system#1", FieldValue::Nothing));
    assert_eq!(cleared, Acted::Answer(Question::System, None));
    let blank = acted_in(&action("scoping.form.system#1", FieldValue::Words(Typed::new("  "))));
    assert_eq!(blank, Acted::Answer(Question::System, None));
    let chosen = acted_in(&action("scoping.review.speed#1", FieldValue::Choice("hours".into())));
    assert_eq!(chosen, Acted::Answer(Question::Speed, Some(Answer::Speed(Speed::Hours))));
    let wrong = acted_in(&action("scoping.form.system#1", FieldValue::Words(Typed::new("x".repeat(301)))));
    assert!(matches!(wrong, Acted::Fault(AnswerFault::Text(Question::System, _))));
    assert_eq!(acted_in(&action("scoping.review.channel#0", FieldValue::Nothing)), Acted::Other);
    assert_eq!(acted_in(&action("x", FieldValue::Nothing)), Acted::Unknown);
}

#[test]
fn the_edition_of_a_field_is_the_newest_that_the_view_reports() {
    let screen = view(json!({
        "scoping.form.system#2": { "a": { "type": "plain_text_input", "value": "x" } },
        "scoping.form.system#11": { "a": { "type": "plain_text_input", "value": null } },
    }));
    let found = generation_of(Element::Answer(Question::System), &screen);
    assert_eq!(found, Some(Generation(11)));
    assert_eq!(generation_of(Element::Reason, &screen), None);
    assert_eq!(BlockId::parse("scoping.form.system#11").unwrap().screen, ScreenKind::Form);
}
