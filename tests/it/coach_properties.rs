//! What holds for every text: no panic, places on character boundaries, steps that grow with the length.

use proptest::prelude::*;
use scopebot::domain::coach::{Coach, Reading};
use scopebot::prompts::coach::{CoachFiles, coach_of};
use std::sync::LazyLock;

static COACH: LazyLock<Coach> = LazyLock::new(|| coach_of(&CoachFiles::embedded()).unwrap().coach);

fn places(reading: &Reading) -> Vec<(usize, usize, String)> {
    let evidence = reading
        .names
        .iter()
        .map(|name| &name.evidence)
        .chain(&reading.systems)
        .chain(&reading.title)
        .chain(reading.running.iter().map(|running| &running.evidence))
        .chain(reading.quantities.iter().map(|quantity| &quantity.evidence))
        .chain(reading.teams.iter().map(|team| &team.evidence));
    evidence.map(|evidence| (evidence.start, evidence.end, evidence.quote.clone())).collect()
}

/// Words the readers know, marks, numbers and odd characters, in any order.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Go".to_owned()),
        Just("Kafka".to_owned()),
        Just("pipeline".to_owned()),
        Just("C++".to_owned()),
        Just(".NET".to_owned()),
        Just("p99".to_owned()),
        Just("<".to_owned()),
        Just("a few hundred".to_owned()),
        Just("10k".to_owned()),
        Just("5:30".to_owned()),
        Just("per".to_owned()),
        Just("second".to_owned()),
        Just("team of".to_owned()),
        Just("alone".to_owned()),
        Just("engineers".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just(",".to_owned()),
        Just("/".to_owned()),
        Just("\n".to_owned()),
        Just("'s".to_owned()),
        Just("パイソン".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("ﬁ".to_owned()),
        Just("İ".to_owned()),
        Just("ẞ".to_owned()),
        Just("👩‍💻".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("1,000,000.5".to_owned()),
        any::<String>().prop_map(|s| s.chars().take(12).collect()),
    ];
    (proptest::collection::vec(word, 0..40), prop_oneof![Just(" "), Just("")]).prop_map(|(words, gap)| words.join(gap))
}

proptest! {
    #[test]
    fn every_quote_is_the_text_between_its_offsets(text in text()) {
        let reading = COACH.read(&text);
        for (start, end, quote) in places(&reading) {
            prop_assert_eq!(text.get(start..end), Some(quote.as_str()));
        }
        for finding in COACH.findings_in(&reading) {
            prop_assert_eq!(text.get(finding.start..finding.end), Some(finding.quote.as_str()));
        }
        for placed in COACH.report_of(&text) {
            prop_assert_eq!(placed.text.get(placed.finding.start..placed.finding.end), Some(placed.finding.quote.as_str()));
        }
    }

    #[test]
    fn sorting_and_rewriting_hold_their_bounds(text in text()) {
        let sorted = COACH.sort(&text);
        prop_assert!(sorted.sentence.is_none_or(|words| !words.trim().is_empty() && words.chars().count() <= 300));
        prop_assert!(sorted.numbers.is_none_or(|words| words.chars().count() <= 150));
        let _ = COACH.rewrite_text(&text, None);
    }

    #[test]
    fn reading_twice_gives_the_same(text in text()) {
        prop_assert_eq!(COACH.read(&text), COACH.read(&text));
    }
}

#[test]
fn steps_grow_with_the_length_of_hostile_texts() {
    for seed in [
        "a",
        "Kafka pipeline ",
        "Go/Rust/",
        "SAP and Xero sync ",
        "10 million thousand ",
        "1,000",
        "solo team of alone ",
        "we help. we need. ",
        "real time event stream ",
        "パイソン",
        "(Go) ",
        "two engineers worked before ",
        "alone previously has been elsewhere ",
        "the most senior of four you and one of six ",
        "from valve to board connect with ledger ",
        "we are three of us out of five w/ our dev pair ",
    ] {
        let steps = |kib: usize| {
            let text: String =
                seed.chars().cycle().take(kib * 1024 / seed.chars().map(char::len_utf8).max().unwrap_or(1)).collect();
            COACH.steps_of(&text)
        };
        let (small, large) = (steps(4), steps(64));
        assert!(large <= small * 17, "{seed}: {small} steps at 4 KiB, {large} at 64 KiB");
    }
}

#[test]
fn a_text_of_64_kib_is_read_to_its_end() {
    let text = format!("{}Python developer", "x ".repeat(32 * 1024));
    assert_eq!(COACH.read(&text).names.len(), 1);
}
