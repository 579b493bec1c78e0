//! What the coach makes of the answers, in the terms of the app.

use crate::domain::answers::{Answer as Said, Answers, Question, Text};
use crate::domain::coach::{Lead, load_of, speed_of};
use crate::domain::digest::digest;
use crate::domain::draft::{Conflict, Draft, Warning};

use super::App;
use super::screen::{FindingShown, FormLine};

/// The key of the one rule that has to be acknowledged.
const LANGUAGE_FIRST: &str = "language_first";

/// A finding, and the warning it makes where it has to be acknowledged.
pub(super) struct Found {
    pub shown: FindingShown,
    pub warning: Option<Warning>,
}

impl App {
    /// The free text after the command, sorted into answers; language words apart; the lines that say so.
    pub(super) fn sorted(&self, need: Option<&str>) -> (Vec<Said>, Vec<String>, Vec<FormLine>) {
        let Some(need) = need else { return Default::default() };
        let reading = self.0.coach.read(need);
        let parked: Vec<String> = match &reading.lead {
            Lead::Stack { .. } => reading.names.iter().map(|name| name.evidence.quote.clone()).collect(),
            _ => Vec::new(),
        };
        let mut answers = Vec::new();
        answers.extend(reading.system_type().map(Said::SystemType));
        answers.extend(reading.quantities.iter().find_map(speed_of).map(Said::Speed));
        answers.extend(reading.quantities.iter().find_map(load_of).map(Said::Load));
        answers.extend(reading.team.as_ref().and_then(|team| team.team).map(Said::Team));
        if !reading.systems.is_empty() {
            let cut: String = need.chars().take(Question::System.limit()).collect();
            answers.extend(Text::parse(&cut, Question::System.limit()).map(|text| Said::Words(Question::System, text)));
        }
        let mut lines = Vec::new();
        if !parked.is_empty() {
            lines.push(FormLine::Parked(parked.join(", ")));
        } else if !answers.is_empty() {
            lines.push(FormLine::Sorted);
        }
        (answers, parked, lines)
    }

    /// What is to be said about the answers, the most important first; nothing again for words posted on purpose.
    pub(super) fn findings(&self, answers: &Answers, draft: &Draft) -> Vec<Found> {
        let Some(system) = answers.words(Question::System) else { return Vec::new() };
        let Lead::Stack { evidence, .. } = self.0.coach.read(system).lead else { return Vec::new() };
        let words = digest(system.as_bytes());
        if draft.acknowledged.iter().any(|one| one.rule == LANGUAGE_FIRST && one.words == words) {
            return Vec::new();
        }
        vec![Found {
            shown: FindingShown {
                rule: LANGUAGE_FIRST.to_owned(),
                sentence: 0,
                quote: evidence.quote,
                why: String::new(),
                suggestion: String::new(),
                needs_reason: true,
                mend: Some(Question::System),
                rewrite: None,
            },
            warning: Some(Warning { rule: LANGUAGE_FIRST.to_owned(), words }),
        }]
    }

    /// Words and band disagree.
    pub(super) fn conflict(&self, answers: &Answers, words: u64) -> Option<Conflict> {
        let typed = [Question::Numbers, Question::System].into_iter().filter_map(|question| answers.words(question));
        for text in typed {
            let quantities = self.0.coach.read(text).quantities;
            let load = quantities.iter().find_map(load_of).map(Said::Load);
            let speed = quantities.iter().find_map(speed_of).map(Said::Speed);
            for by_words in load.into_iter().chain(speed) {
                let by_choice = answers.answer(by_words.question())?.clone();
                if by_choice != by_words {
                    return Some(Conflict { words, by_words, by_choice });
                }
            }
        }
        None
    }

    /// The words of the system that a title is made from.
    pub(super) fn title_words(&self, answers: &Answers) -> Option<String> {
        let reading = self.0.coach.read(answers.words(Question::System)?);
        reading.systems.first().map(|evidence| evidence.quote.clone())
    }

    /// A system-first sentence made from what the manager did say.
    pub(super) fn rewritten(&self, _answers: &Answers) -> Option<String> {
        None
    }

    /// Whether the answers name front-end work.
    pub(super) fn names_front_end(&self, _answers: &Answers) -> bool {
        false
    }
}
