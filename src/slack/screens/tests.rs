use serde_json::Value;

use super::*;
use crate::app::screen::{ConflictShown, FindingShown, FormLine, FormScreen, MoreScreen, ReviewScreen};
use crate::domain::answers::{Answer, Answers, Question};
use crate::domain::choices::Load;
use crate::domain::document::{Span, Spans};
use crate::domain::draft::{Candidate, Warning, answers_fingerprint};
use crate::domain::ids::{ChannelId, Revision};
use crate::domain::life::Hire;
use crate::domain::scope::Axis;
use crate::domain::sentence::sentences_of;
use crate::slack::checking::faults_of_view;
use crate::slack::samples::{self, SCRIPTS, full_answers, short_answers, words};

fn json(screen: &Screen) -> Value {
    sound(serde_json::to_value(view_of(screen, words())).unwrap())
}

fn sound(view: Value) -> Value {
    assert_eq!(faults_of_view(&view), Vec::<String>::new(), "{view:#}");
    view
}

fn form(answers: Answers, lines: Vec<FormLine>) -> Screen {
    Screen::Form(FormScreen { scope: samples::scope(), window: samples::window(), generation: 3, answers, lines })
}

fn candidate(answers: &Answers, warnings: Vec<Warning>) -> Candidate {
    let brief = samples::brief(answers);
    let sentences = sentences_of(&brief, words()).map(|sentence| sentence.text());
    let title = brief.title.as_ref().map_or("Backend engineer, streaming ledger", |title| title.as_str()).to_owned();
    Candidate { number: 2, answers: answers_fingerprint(answers), brief, title, sentences, warnings, conflict: None }
}

fn review(answers: Answers) -> ReviewScreen {
    ReviewScreen {
        scope: samples::scope(),
        window: samples::window(),
        generation: 3,
        candidate: candidate(&answers, Vec::new()),
        answers,
        findings: Vec::new(),
        conflict: None,
        selects_for: Document::new()
            .fact("Look for", "Somebody who has run a stream through an outage.")
            .fact("Looks right but is not", "Somebody who has only written consumers.")
            .fact("Ask first", "What happens to an event that comes twice?"),
        asks_breadth: false,
        notices: vec![
            Document::new().context(Spans::from("It will appear in ").and(Span::Channel(samples::channel())).and(".")),
            Document::new().context("People who can approve it: 3. Approvals needed: 1."),
        ],
        channels: vec![samples::channel()],
        moved: None,
        revision: Revision::FIRST,
    }
}

fn language_first(mend: Question, quote: &str) -> FindingShown {
    FindingShown {
        rule: "language_first".to_owned(),
        sentence: 0,
        quote: quote.to_owned(),
        why: "A language first finds people who know it, not people who can build this.".to_owned(),
        suggestion: "Say what the system does; the language comes last.".to_owned(),
        needs_reason: true,
        mend: Some(mend),
        rewrite: Some("ledger that takes ___ and keeps ___, in Python".to_owned()),
        blanks: false,
    }
}

fn warned(answers: Answers) -> ReviewScreen {
    let warnings = vec![Warning { rule: "language_first".to_owned(), words: 0xdead_beef_0000_002a }];
    let mut screen = review(answers);
    screen.candidate.warnings = warnings;
    screen.findings = vec![
        language_first(Question::System, "Python ledger"),
        FindingShown {
            rule: "vague_scale".to_owned(),
            sentence: 1,
            quote: "fast".to_owned(),
            why: "Everybody reads another number into it.".to_owned(),
            suggestion: "Write the number you know.".to_owned(),
            needs_reason: false,
            mend: Some(Question::Numbers),
            rewrite: None,
            blanks: false,
        },
    ];
    screen
}

#[test]
fn an_empty_form_asks_three_questions() {
    insta::assert_json_snapshot!("form_empty", json(&form(Answers::default(), Vec::new())));
}

#[test]
fn a_form_says_how_it_began() {
    let lines = vec![
        FormLine::Parked("Python, Django".to_owned()),
        FormLine::Sorted,
        FormLine::Resumed(samples::moment()),
        FormLine::Older(samples::scope(), samples::moment()),
        FormLine::Editing(Revision(2)),
        FormLine::Saved(samples::moment()),
    ];
    insta::assert_json_snapshot!("form_resumed", json(&form(short_answers(), lines)));
}

#[test]
fn a_review_without_findings_shows_what_will_be_posted() {
    insta::assert_json_snapshot!("review_clean", json(&Screen::Review(Box::new(review(short_answers())))));
}

#[test]
fn a_review_with_findings_offers_to_mend_or_to_mean_it() {
    insta::assert_json_snapshot!("review_with_findings", json(&Screen::Review(Box::new(warned(short_answers())))));
}

#[test]
fn a_review_with_everything_fits() {
    let mut screen = warned(full_answers("ledger "));
    screen.conflict = Some(ConflictShown {
        question: Question::Load,
        by_words: Answer::Load(Load::Thousands),
        by_choice: Answer::Load(Load::TensOfThousands),
        posted: Answer::Load(Load::Thousands),
    });
    screen.asks_breadth = true;
    screen.channels = vec![samples::channel(), ChannelId::parse("C0PLATFORM").unwrap()];
    screen.moved = Some(crate::domain::pages::review::moved(&[Axis::System, Axis::Scale], words()));
    screen.revision = Revision(2);
    insta::assert_json_snapshot!("review_with_everything", json(&Screen::Review(Box::new(screen))));
}

#[test]
fn more_asks_every_detail() {
    let screen = MoreScreen {
        scope: samples::scope(),
        window: samples::window(),
        generation: 3,
        answers: full_answers("remote or Berlin "),
    };
    let view = json(&Screen::More(screen));
    for question in samples::details() {
        assert!(view.to_string().contains(&format!("scoping.more.{}#3", question.key())));
    }
    insta::assert_json_snapshot!("more", view);
}

#[test]
fn asking_for_changes_offers_ticks_and_a_comment() {
    insta::assert_json_snapshot!("changes", json(&Screen::AskForChanges(samples::scope(), Some(Revision(2)))));
}

#[test]
fn the_windows_about_a_search_ask_for_as_little_as_they_need() {
    let hire =
        Hire { name: Some(samples::longest("Grace ", Hire::NAME_LIMIT)), starts: Some("2027-03-01".parse().unwrap()) };
    insta::assert_json_snapshot!("filled", json(&Screen::Filled(samples::scope(), Hire::default())));
    insta::assert_json_snapshot!("filled_before", json(&Screen::Filled(samples::scope(), hire)));
    insta::assert_json_snapshot!("close", json(&Screen::Close(samples::scope())));
    insta::assert_json_snapshot!("hand_over", json(&Screen::HandOver(samples::scope())));
}

#[test]
fn a_page_to_read_has_no_button_that_sends_anything() {
    let answers = full_answers("ledger ");
    let document = Document::new()
        .title("Evaluation kit")
        .section("Past systems")
        .para(Span::typed(answers.words(Question::System).unwrap()))
        .bullets(["one", "two"]);
    let view = json(&Screen::Reading { title: "Evaluation kit".to_owned(), document });
    assert!(view["submit"].is_null());
    insta::assert_json_snapshot!("reading", view);
}

#[test]
fn markdown_to_copy_loses_no_character() {
    let markdown = format!("# Title\n\n{}\n- *one*\n", "a line of words\n".repeat(500));
    let view = json(&Screen::Copying {
        title: "Brief".into(),
        above: Document::new().para("Copy this."),
        markdown: markdown.clone(),
    });
    let texts = texts_of(&view, "rich_text_preformatted");
    assert!(texts.len() > 1);
    assert_eq!(texts.join("\n"), markdown.trim_end_matches('\n'));
    let short = Screen::Copying {
        title: "Brief".into(),
        above: Document::new().para("Copy this."),
        markdown: "# A <b>\n".into(),
    };
    insta::assert_json_snapshot!("copying", json(&short));
}

/// The texts of every rich text element of a kind.
fn texts_of(view: &Value, kind: &str) -> Vec<String> {
    let blocks = view["blocks"].as_array().unwrap().iter();
    let elements = blocks.flat_map(|block| block["elements"].as_array().cloned().unwrap_or_default());
    let of_kind = elements.filter(|element| element["type"] == kind);
    let text = |element: Value| {
        let runs = element["elements"].as_array().cloned().unwrap_or_default();
        runs.iter().map(|run| run["text"].as_str().unwrap_or_default()).collect::<String>()
    };
    of_kind.map(text).collect()
}

#[test]
fn home_is_a_page() {
    let document = Document::new()
        .title("Your scopes")
        .para("Nothing waits for you.")
        .actions(vec![button(Press::StartNew, words()), button(Press::Help, words())]);
    insta::assert_json_snapshot!("home", sound(serde_json::to_value(home_of(&document)).unwrap()));
    sound(serde_json::to_value(home_of(&Document::new())).unwrap());
}

#[test]
fn the_longest_answers_fit_in_every_script() {
    for (script, pattern) in SCRIPTS {
        let answers = full_answers(pattern);
        json(&form(answers.clone(), vec![FormLine::Parked(samples::longest(pattern, 150).as_str().to_owned())]));
        let mut screen = warned(answers.clone());
        for finding in &mut screen.findings {
            finding.quote = samples::longest(pattern, 300).as_str().to_owned();
            finding.rewrite = Some(samples::longest(pattern, 300).as_str().to_owned());
        }
        screen.candidate.title = samples::longest(pattern, 80).as_str().to_owned();
        let view = json(&Screen::Review(Box::new(screen)));
        for sentence in texts_of(&view, "rich_text_quote") {
            assert!(!sentence.contains('…'), "{script}: a sentence was cut: {sentence}");
        }
        json(&Screen::More(MoreScreen { scope: samples::scope(), window: samples::window(), generation: 0, answers }));
    }
}

#[test]
fn the_sentences_are_shown_exactly_as_they_will_be_posted() {
    for (_, pattern) in SCRIPTS {
        let screen = review(full_answers(pattern));
        let view = json(&Screen::Review(Box::new(screen.clone())));
        let sentences: Vec<String> =
            screen.candidate.sentences.iter().map(|typed| Span::typed(typed)).map(text_of).collect();
        assert_eq!(texts_of(&view, "rich_text_quote"), sentences);
    }
}

fn text_of(span: Span) -> String {
    Spans::from(span).text()
}

#[test]
fn a_question_stands_once_in_a_review_even_if_two_findings_concern_it() {
    let mut screen = warned(full_answers("ledger "));
    screen.findings = vec![
        language_first(Question::Language, "Python"),
        FindingShown { sentence: 1, ..language_first(Question::Language, "Django") },
        FindingShown { sentence: 9, ..language_first(Question::Title, "Python engineer") },
    ];
    let text = json(&Screen::Review(Box::new(screen))).to_string();
    for id in ["scoping.review.language#", "scoping.review.title#", "scoping.review.on_purpose#"] {
        assert_eq!(text.matches(id).count(), 1, "{id}");
    }
    assert_eq!(text.matches("scoping.press.use_rewrite").count(), 1);
}

#[test]
fn a_new_generation_renames_every_field_but_the_reason_and_the_channel() {
    let mut screen = warned(short_answers());
    screen.channels.push(ChannelId::parse("C0PLATFORM").unwrap());
    let ids = |screen: &ReviewScreen| -> Vec<String> {
        let view = json(&Screen::Review(Box::new(screen.clone())));
        let blocks = view["blocks"].as_array().unwrap().iter();
        blocks.filter_map(|block| block["block_id"].as_str().map(str::to_owned)).collect()
    };
    let before = ids(&screen);
    screen.generation += 1;
    let after = ids(&screen);
    let kept: Vec<&String> = before.iter().filter(|id| after.contains(id)).collect();
    assert_eq!(kept, ["scoping.review.on_purpose#42", "scoping.review.reason#42", "scoping.review.channel#0"]);
}

#[test]
fn more_hiring_channels_than_radio_buttons_take_are_a_select() {
    let mut screen = review(short_answers());
    screen.channels = (0..12).map(|n| ChannelId::parse(&format!("C0HIRING{n}")).unwrap()).collect();
    let text = json(&Screen::Review(Box::new(screen))).to_string();
    assert!(text.contains("conversations_select") && text.contains(r#""initial_conversation":"C0HIRING0""#));
}
