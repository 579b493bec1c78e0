//! The title of a role, made from the system and never from a language.

use super::answers::{Breadth, Question};
use super::brief::Brief;
use super::document::{Span, Spans};
use super::sentence::inner;
use super::wording::Words;
use super::wording::shape::WhatHole;

/// The title: the manager's own, else "Backend engineer, " and what the system is. `evidence` is what a reader of the
/// system sentence found (2 to 5 words of it); else the type's short name stands.
pub fn title_of(brief: &Brief, evidence: Option<&str>, words: &Words) -> Spans {
    if let Some(title) = &brief.title {
        return Span::typed(&inner(title.as_str())).into();
    }
    let said = &words.title;
    let phrase = if brief.breadth == Some(Breadth::FullStack) { &said.full_stack } else { &said.backend };
    let what: Spans = match evidence.map(inner).filter(|words| suits(words)) {
        Some(evidence) => Span::typed(&evidence).into(),
        None => said.short.of(brief.system_type).into(),
    };
    phrase.fill(|WhatHole::What| what.clone())
}

/// Two to five words that leave room for the rest of a title.
fn suits(evidence: &str) -> bool {
    let count = evidence.split_whitespace().count();
    // "Full-stack engineer, " takes 21 of what a title may have.
    (2..=5).contains(&count) && evidence.chars().count() + 21 <= Question::Title.limit()
}
