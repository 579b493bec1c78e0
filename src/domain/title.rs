//! The title of a role, made from the system and never from a language.

use super::answers::{Answer, Answers, Breadth, Question};
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

/// What a draft is called in lists: its own title, else the first words of the system, by which its author knows it among
/// others, else what its type makes.
pub fn draft_title(answers: &Answers, words: &Words) -> Spans {
    if let Some(title) = answers.words(Question::Title) {
        return Span::typed(&inner(title)).into();
    }
    if let Some(first) = answers.words(Question::System).map(first_words).filter(|words| !words.is_empty()) {
        return Span::typed(&first).into();
    }
    match answers.answer(Question::SystemType) {
        Some(Answer::SystemType(kind)) => words.title.backend.fill(|WhatHole::What| words.title.short.of(*kind)),
        _ => (&words.lists.untitled).into(),
    }
}

/// The first six words, 60 characters at most.
fn first_words(text: &str) -> String {
    let text = inner(text);
    let few = text.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let short: String = few.chars().take(60).collect();
    if short.len() < text.len() { format!("{short} …") } else { short }
}

/// Two to five words that leave room for the rest of a title.
fn suits(evidence: &str) -> bool {
    let count = evidence.split_whitespace().count();
    // "Full-stack engineer, " takes 21 of what a title may have.
    (2..=5).contains(&count) && evidence.chars().count() + 21 <= Question::Title.limit()
}
