use std::collections::BTreeMap;

use scopebot::domain::wording::Wording;

use super::samples::words;

/// Every text by key, holes filled with their samples.
pub fn texts() -> BTreeMap<String, String> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    words().each("", &mut |key, spans| {
        let text = texts.entry(key.to_owned()).or_default();
        text.push_str(&spans.text());
        text.push('\n');
    });
    texts
}

#[test]
fn every_text_renders_with_the_samples_of_its_holes() {
    let texts = texts();
    assert!(texts.len() > 400, "only {} texts", texts.len());
    for (key, text) in &texts {
        for line in text.lines() {
            assert!(!line.is_empty() && !line.contains(['{', '}']), "{key}: {line}");
            assert!(!line.contains("  "), "{key} has two spaces: {line}");
        }
    }
}

#[test]
fn our_words_are_plain_and_calm() {
    let never = [
        // A mark that shouts; typewriter quotes beside typographic ones; dashes that ask for a second reading.
        "!",
        "\"",
        "—",
        "–",
        // Words of advertising, and of the source's own trade.
        "A.Team",
        "vetted",
        "curated",
        "world-class",
        "rockstar",
        "ninja",
        "seamless",
        "leverage",
        // Words that shame.
        "wrong answer",
        "you failed",
        "you should have",
        "obviously",
        "simply ",
        "just ",
        "bad scope",
        // Idioms and trade words that a second language does not have.
        "low-hanging",
        "at the end of the day",
        "touch base",
        "deep dive",
        "LGTM",
        "ASAP",
        " FTE",
        "leetcode",
    ];
    for (key, text) in texts() {
        for word in never {
            assert!(!text.to_lowercase().contains(&word.to_lowercase()), "{key} says {word:?}: {text}");
        }
    }
}

#[test]
fn sentences_of_ours_end_in_a_full_stop_and_labels_do_not() {
    for (key, text) in texts() {
        for line in text.lines() {
            let label = [".label", ".title", ".submit", ".close", ".placeholder", "confirm_no", ".yes"];
            if label.iter().any(|end| key.ends_with(end)) || key.starts_with("buttons.label") {
                assert!(!line.ends_with('.'), "{key}: {line}");
            }
            if ["thread.", "direct.failure", "quiet.", "refusals.reason", "days.week", "kit.criterion"]
                .iter()
                .any(|start| key.starts_with(start))
                && !key.ends_with("heading")
                && !key.ends_with("name")
            {
                assert!(line.ends_with(['.', '?', ':']), "{key}: {line}");
            }
        }
    }
}
