use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::domain::answers::SystemType;
use crate::domain::document::{Button, Confirm, DateForm, Press, Style};
use crate::domain::ids::{GroupId, Revision};
use crate::domain::kit::{kit, thirty_days};
use crate::domain::life::{Hire, Life};
use crate::domain::person::Presence;
use crate::domain::sentence::sentences_of;
use crate::domain::summary::{Approval, SummaryView, summary_of};
use crate::slack::checking::{faults_of_message, faults_of_view};
use crate::slack::samples::{self, SCRIPTS, full_answers, words};
use crate::slack::screens::home_of;

fn message(document: &Document) -> Value {
    let message = Value::Object(said(document).into_fields());
    assert_eq!(faults_of_message(&message), Vec::<String>::new(), "{message:#}");
    message
}

fn every_span() -> Spans {
    Spans::from("Ours, ")
        .and(Span::typed("<!channel> *typed* :tada:"))
        .and(Span::Bold(" strong ".into()))
        .and(Span::Emphasis("slanted ".into()))
        .and(Span::Mention(samples::user()))
        .and(Span::Group(GroupId::parse("S0APPROVERS").unwrap()))
        .and(Span::Channel(samples::channel()))
        .and(Span::Date(samples::moment(), DateForm::Day))
        .and(Span::Date(samples::moment(), DateForm::DayAndTime))
        .and(Span::Date(samples::moment(), DateForm::Time))
        .and(Span::Emoji("white_check_mark".into()))
        .and(Span::Link { url: "https://demo.slack.com/archives/C0/p1".into(), label: "the summary".into() })
}

#[test]
fn every_block_and_span_has_its_place() {
    let ask = Confirm { title: "Close?".into(), text: "It ends.".into(), yes: "Close".into(), no: "No".into() };
    let page = Document::new()
        .title(Span::typed("A <title> *typed*"))
        .section("A part")
        .para(every_span())
        .bullets([every_span(), "two".into()])
        .fact("Look for", "one")
        .fact("Ask first", Span::typed("two :tada:"))
        .quote(Span::typed("said\ntwice"))
        .context(every_span())
        .context("Only words, <b>, *bare*.")
        .context(Spans::from("Asked by ").and(Span::Mention(samples::user())).and(", revision 2."))
        .divider()
        .actions(vec![
            Button::new(Press::Approve, "Approve revision 2")
                .about(&samples::scope())
                .of(Revision(2))
                .styled(Style::Primary),
            Button::new(Press::Close, "Close").about(&samples::scope()).styled(Style::Danger).asking(ask),
            Button::new(Press::Help, "Help"),
        ]);
    insta::assert_json_snapshot!("message_with_every_block", message(&page));
}

#[test]
fn a_summary_with_everything_is_one_message_with_nothing_cut() {
    for (script, pattern) in SCRIPTS {
        let answers = full_answers(pattern);
        let brief = samples::brief(&answers);
        let sentences = sentences_of(&brief, words()).map(|sentence| sentence.text());
        let view = SummaryView {
            scope: &samples::scope(),
            title: Span::typed(samples::longest(pattern, 80).as_str()).into(),
            sentences: &sentences,
            brief: &brief,
            author: &samples::user(),
            revision: Revision(2),
            approval: Approval::Asked {
                quorum: 2,
                approvals: vec![(samples::user(), samples::moment())],
                changes: Vec::new(),
                emoji: vec!["white_check_mark".into()],
            },
            acknowledged: Vec::new(),
            life: Life::Filled {
                by: (samples::user(), samples::moment()),
                hire: Hire {
                    name: Some(samples::longest(pattern, Hire::NAME_LIMIT)),
                    starts: Some("2027-03-01".parse().unwrap()),
                },
                claimed: None,
            },
            presence: Presence::Left,
            buttons: vec![
                vec![Press::TakeOver, Press::Claim, Press::Filled, Press::Hold, Press::Close],
                vec![Press::Approve, Press::AskForChanges, Press::Kit, Press::Brief, Press::WithdrawMine],
            ],
        };
        let message = message(&summary_of(&view, words()));
        assert!(!message["blocks"].to_string().contains('…'), "{script}: something was cut");
        if script == "hostile" || script == "cjk" {
            insta::assert_json_snapshot!(format!("message_summary_{script}"), message);
        }
    }
}

#[test]
fn kits_and_first_days_fit_in_one_message_with_nothing_cut() {
    for kind in SystemType::ALL {
        for (script, pattern) in SCRIPTS {
            let mut brief = samples::brief(&full_answers(pattern));
            brief.system_type = *kind;
            let sentences = sentences_of(&brief, words()).map(|sentence| sentence.text());
            for page in [kit(&brief, &sentences, words()), thirty_days(&brief, words())] {
                let said = message(&page);
                assert!(!said["blocks"].to_string().contains('…'), "{kind:?} {script}: something was cut");
            }
        }
    }
}

#[test]
fn a_page_without_end_is_cut_and_says_so_but_keeps_its_buttons() {
    let approve = || vec![Button::new(Press::Approve, "Approve").about(&samples::scope())];
    let long = (0..400).fold(Document::new(), |page, n| {
        page.para("x".repeat(50).as_str()).fact("n", "v").context(format!("{n}").as_str())
    });
    let page = long.clone().actions(approve()).para("y".repeat(50_000).as_str()).actions(approve());
    let said = message(&page);
    let text = said["blocks"].to_string();
    assert!(text.contains('…'));
    assert_eq!(text.matches("scoping.press.approve").count(), 2);
    assert!(said["text"].as_str().unwrap().ends_with('…'));
    let home = serde_json::to_value(home_of(&page)).unwrap();
    assert_eq!(faults_of_view(&home), Vec::<String>::new());
}

#[test]
fn many_short_texts_become_few_blocks_rather_than_go() {
    let page = (0..120).fold(Document::new(), |page, n| page.para(format!("line {n}.").as_str()));
    let said = message(&page);
    let text = said["blocks"].to_string();
    assert!((0..120).all(|n| text.contains(&format!("line {n}."))));
    assert!(!text.contains('…'));
}

#[test]
fn two_buttons_of_one_meaning_stand_in_two_rows() {
    let row = |n| Button::new(Press::Discard, format!("Discard {n}"));
    let said = message(&Document::new().actions((0..30).map(row).collect()));
    assert_eq!(said["blocks"].as_array().unwrap().len(), 30);
}

#[test]
fn an_empty_page_is_still_a_message() {
    let said = Value::Object(said(&Document::new()).into_fields());
    assert_eq!(said["text"], "…");
}

#[test]
fn labels_longer_than_slack_takes_are_cut() {
    let confirm = Confirm { title: "t".repeat(200), text: "x".repeat(400), yes: "y".repeat(40), no: String::new() };
    let button = Button::new(Press::Close, "b".repeat(100)).asking(confirm);
    message(&Document::new().title("h".repeat(200).as_str()).actions(vec![button]));
}

/// Everything in a message that Slack interprets: mrkdwn, and the fallback text.
fn interpreted(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("type").is_some_and(|kind| kind == "mrkdwn") {
                out.extend(fields.get("text").and_then(Value::as_str).map(str::to_owned));
            }
            fields.values().for_each(|field| interpreted(field, out));
        }
        Value::Array(items) => items.iter().for_each(|item| interpreted(item, out)),
        _ => {}
    }
}

/// Elements that mention, link or show an emoji.
fn acting(value: &Value) -> usize {
    match value {
        Value::Object(fields) => {
            let kind = fields.get("type").and_then(Value::as_str).unwrap_or_default();
            let own = usize::from(["user", "usergroup", "channel", "broadcast", "link", "emoji"].contains(&kind));
            own + fields.values().map(acting).sum::<usize>()
        }
        Value::Array(items) => items.iter().map(acting).sum(),
        _ => 0,
    }
}

fn page_of(typed: &str) -> Document {
    let span = || Span::typed(typed);
    Document::new()
        .title(span())
        .section(span())
        .para(Spans::from("Said: ").and(span()))
        .bullets([Spans::from(span()), Spans::from("two")])
        .fact("Reason", span())
        .quote(span())
        .context(Spans::from("By ").and(Span::Mention(samples::user())).and(": ").and(span()))
        .context(span())
}

proptest! {
    #[test]
    fn typed_words_are_only_words(typed in "([<>&!@#|*_~:`a-zA-Z0-9/. ]|<!channel>|<@U1>|:tada:|https://a\\.b|\\PC){1,60}") {
        let said = message(&page_of(&typed));
        let blocks = &said["blocks"];
        // The mention of the context is ours and stands in mrkdwn; nothing else may act.
        prop_assert_eq!(acting(blocks), 0);
        let mut texts = Vec::new();
        interpreted(blocks, &mut texts);
        prop_assert_eq!(texts, vec!["<@U0MARA>".to_owned()]);
        let fallback = said["text"].as_str().unwrap().replace("<@U0MARA>", "");
        prop_assert!(!fallback.contains('<') && !fallback.contains('>'), "{}", fallback);
    }

    #[test]
    fn any_page_fits(texts in prop::collection::vec("\\PC{0,200}", 0..90), press in 0..Press::ALL.len()) {
        let page = texts.iter().enumerate().fold(Document::new(), |page, (n, text)| match n % 6 {
            0 => page.para(Span::typed(text)),
            1 => page.fact("Fact", Span::typed(text)),
            2 => page.context(Span::typed(text)),
            3 => page.bullets([Span::typed(text)]),
            4 => page.section(Span::typed(text)),
            _ => page.actions(vec![Button::new(Press::ALL[press], text.clone())]),
        });
        let said = Value::Object(said(&page).into_fields());
        let faults: Vec<String> = faults_of_message(&said).into_iter().filter(|fault| fault != "blocks: 0 of 50").collect();
        prop_assert_eq!(faults, Vec::<String>::new());
        let home = serde_json::to_value(home_of(&page)).unwrap();
        prop_assert_eq!(faults_of_view(&home), Vec::<String>::new());
    }
}
