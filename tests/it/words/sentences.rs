use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use scopebot::domain::answers::{Load, Question, Speed, SystemType, Team, Text};
use scopebot::domain::sentence::{inner, sentences_of};

use super::samples::{brief, words};

/// An independent reading: an end before white space or at the end of the text, or a line break.
fn holds_an_end(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !"\"'”’»)]}*_`~\u{200B}\u{FE0F}".contains(*c)).collect();
    let padded = format!("{text} ");
    let ends = [".", "!", "?", "…", "؟", "۔", "।", "‼", "։"];
    padded.contains(['\n', '\r', '\u{2028}', '\u{2029}', '。', '！', '？', '｡'])
        || padded.split_inclusive(char::is_whitespace).any(|run| ends.iter().any(|end| run.trim_end().ends_with(end)))
}

#[test]
fn a_text_of_marks_alone_leaves_the_lead_as_the_sentence() {
    let mut brief = brief(SystemType::EventPipeline);
    brief.system = Text::parse("…!?", 300).unwrap();
    assert_eq!(sentences_of(&brief, words())[0].text(), "Event pipeline, in real time.");
}

#[test]
fn not_known_is_an_open_question_and_never_a_number() {
    let mut brief = brief(SystemType::RestApi);
    brief.numbers = None;
    for (speed, load) in
        [(Speed::NotKnown, Load::Tens), (Speed::Under1S, Load::NotKnown), (Speed::NotKnown, Load::NotKnown)]
    {
        (brief.speed, brief.load) = (speed, load);
        let text = sentences_of(&brief, words())[1].text();
        assert!(text.contains("open question"), "{text}");
        let numbers = text.chars().any(|c| c.is_ascii_digit());
        assert_eq!(numbers, (speed, load) != (Speed::NotKnown, Load::NotKnown), "{text}");
    }
}

#[test]
fn every_choice_reads_as_a_sentence() {
    let mut all = Vec::new();
    for system_type in SystemType::ALL {
        let mut brief = brief(*system_type);
        all.push(sentences_of(&brief, words())[0].text());
        for speed in Speed::ALL {
            brief.speed = *speed;
            all.push(sentences_of(&brief, words())[1].text());
        }
    }
    let mut brief = brief(SystemType::RestApi);
    for load in Load::ALL {
        brief.load = *load;
        all.push(sentences_of(&brief, words())[1].text());
    }
    for team in Team::ALL {
        brief.team = *team;
        all.push(sentences_of(&brief, words())[2].text());
    }
    insta::assert_snapshot!(all.join("\n"));
}

/// Words, ends and white space as people mix them.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Zäß]{1,8}",
        1 => "[0-9]{1,4}",
        2 => Just(". ".to_owned()),
        1 => prop::sample::select(vec!["! ", "? ", "... ", "\n", "\n- ", "; ", ", ", " ", "…", "。", "？", ".\" ", ") ", "e.g. "])
            .prop_map(str::to_owned),
        3 => Just(" ".to_owned()),
    ];
    prop::collection::vec(piece, 1..30)
        .prop_map(|pieces| pieces.concat().chars().take(Question::System.limit()).collect())
}

fn holds_for(typed: &str) -> Result<(), TestCaseError> {
    let once = inner(typed);
    prop_assert!(!holds_an_end(&once), "{once:?}");
    prop_assert_eq!(inner(&once), once.clone());
    let Ok(text) = Text::parse(typed, 300) else { return Ok(()) };
    let mut brief = brief(SystemType::BatchProcessing);
    brief.numbers = Text::parse(typed, 300).ok();
    brief.system = text;
    for sentence in sentences_of(&brief, words()) {
        let said = sentence.text();
        let Some(body) = said.strip_suffix('.') else { return Err(TestCaseError::fail(said)) };
        prop_assert!(!holds_an_end(body), "{said:?}");
        prop_assert!(said.chars().next().is_some_and(char::is_uppercase));
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_makes_exactly_one_sentence_each(typed in any::<String>()) {
        holds_for(&typed)?;
    }

    #[test]
    fn any_mixture_of_ends_makes_exactly_one_sentence_each(typed in prose()) {
        holds_for(&typed)?;
    }

    /// A second opinion: the sentence boundaries of Unicode (UAX 29).
    #[test]
    fn unicode_finds_one_sentence_in_prose(words_typed in prop::collection::vec("[a-zA-Z]{2,8}[.!?]{0,2}", 1..12)) {
        let mut brief = brief(SystemType::RestApi);
        brief.system = Text::parse(&words_typed.join(" "), 300).unwrap();
        for sentence in sentences_of(&brief, words()) {
            prop_assert_eq!(sentence.text().unicode_sentences().count(), 1, "{}", sentence.text());
        }
    }

    #[test]
    fn letters_and_digits_are_kept_as_typed(typed in prose()) {
        let kept = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        // Numbers of a list are the list's, not the author's.
        let typed = typed.replace('\n', " ");
        prop_assert_eq!(kept(&inner(&typed)), kept(&typed));
    }
}
