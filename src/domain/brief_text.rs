//! The brief of one scope as Markdown that pastes clean into an applicant system.

use super::brief::Brief;
use super::document::{Document, Span, Spans, Voice};
use super::hiring::advice;
use super::kit::{kit, scoring_sheet, thirty_days};
use super::summary::{Acknowledged, facts, not_given, shape};
use super::wording::Words;

/// Title, three sentences, whom they select for, facts, what is not given, warnings posted on purpose, hiring model,
/// evaluation kit with scoring sheet, first 30 days. `voice` names people; typed text is escaped.
pub fn brief_markdown(
    title: &Spans,
    sentences: &[String; 3],
    brief: &Brief,
    acknowledged: &[Acknowledged],
    words: &Words,
    voice: &dyn Voice,
) -> String {
    let label = &words.summary.label;
    let mut page = Document::new().title(title.clone());
    for sentence in sentences {
        page = page.para(Span::typed(sentence));
    }
    page = page.then(shape(brief, words)).then(facts(brief, words));
    if let Some(length) = brief.length {
        page = page.fact(&words.hiring.label, advice(length, words));
    }
    let missing = not_given(brief, words);
    if !missing.is_empty() {
        page = page.fact(&label.not_given, missing.join(", ").as_str());
    }
    for Acknowledged { warning, reason } in acknowledged {
        page = page.fact(warning, Span::typed(reason.as_str()));
    }
    let parts = [kit(brief, sentences, words).then(scoring_sheet(words)), thirty_days(brief, words)];
    let mut text = page.to_markdown(voice);
    for part in parts {
        text.push('\n');
        // Within the brief they are parts, not pages.
        text.push_str(&part.lowered().to_markdown(voice));
    }
    text
}
