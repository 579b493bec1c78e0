//! What the coach makes of the answers, in the terms of the app.

use crate::domain::answers::{Answer as Said, Answers, Question, Text};
use crate::domain::coach::{Case, Conflict as Disagreement, Finding, Overrides, Rule, Sheet};
use crate::domain::draft::{Conflict, Draft, Warning};

use super::App;
use super::screen::{FindingShown, FormLine};

/// Language words kept from a command, and the longest of them.
const PARKED_KEPT: usize = 8;
const PARKED_LONGEST: usize = 40;

/// A finding, and the warning it makes where it has to be acknowledged.
pub(super) struct Found {
    pub shown: FindingShown,
    pub warning: Option<Warning>,
}

impl App {
    /// The free text after the command, sorted into answers; language words apart; the lines that say so.
    pub(super) fn sorted(&self, need: Option<&str>) -> (Vec<Said>, Vec<String>, Vec<FormLine>) {
        let Some(need) = need else { return Default::default() };
        let coach = &self.0.coach.coach;
        let mut sorted = coach.sort(need);
        let sentence = coach.sentence_alone(&sorted);
        let words = |question: Question, text: Option<String>| {
            let cut: String = text?.chars().take(question.limit()).collect();
            Text::parse(&cut, question.limit()).ok().map(|text| Said::Words(question, text))
        };
        let answers: Vec<Said> = [
            sorted.system_type.map(Said::SystemType),
            words(Question::System, sentence),
            sorted.speed.map(Said::Speed),
            sorted.load.map(Said::Load),
            words(Question::Numbers, sorted.numbers),
            sorted.team.map(Said::Team),
        ]
        .into_iter()
        .flatten()
        .collect();
        // Few and short: what is kept beside the draft stays small, whatever was typed.
        sorted.parked.truncate(PARKED_KEPT);
        sorted.parked.retain(|word| word.chars().count() <= PARKED_LONGEST);
        let mut lines = Vec::new();
        if !sorted.parked.is_empty() {
            lines.push(FormLine::Parked(sorted.parked.join(", ")));
        } else if !answers.is_empty() {
            lines.push(FormLine::Sorted);
        }
        (answers, sorted.parked, lines)
    }

    /// What is to be said about the answers, the most important first; nothing again for words posted on purpose.
    pub(super) fn findings(&self, sheet: &Sheet<'_>, draft: &Draft) -> Vec<Found> {
        let overrides: Overrides = draft
            .acknowledged
            .iter()
            .filter_map(|one| Rule::from_key(&one.rule).map(|rule| (rule, one.words)))
            .collect();
        self.found_in(sheet, &overrides)
    }

    /// What needs a tick and a reason, or has them already: a reason given before stays with the words it was given for.
    pub(super) fn warnings(&self, sheet: &Sheet<'_>) -> Vec<Warning> {
        self.found_in(sheet, &Overrides::default()).into_iter().filter_map(|found| found.warning).collect()
    }

    /// The answers, read once for all that a request asks of them.
    pub(super) fn sheet<'a>(&'a self, answers: &'a Answers) -> Sheet<'a> {
        self.0.coach.coach.sheet(answers)
    }

    fn found_in(&self, sheet: &Sheet<'_>, overrides: &Overrides) -> Vec<Found> {
        sheet
            .review(overrides)
            .into_iter()
            // Words and band are shown as a choice, which says it better.
            .filter(|finding| !matches!(finding.case, Case::LoadAgainstWords | Case::SpeedAgainstWords))
            .map(|finding| self.found(finding, sheet.answers()))
            .collect()
    }

    fn found(&self, finding: Finding, answers: &Answers) -> Found {
        let leads = finding.rule == Rule::LanguageFirst;
        let said = &self.0.coach.words;
        let typed = finding.question.filter(|question| question.limit() > 0);
        let warning = leads.then(|| Warning { rule: finding.rule.key().to_owned(), words: finding.digest() });
        let shown = FindingShown {
            rule: finding.rule.key().to_owned(),
            sentence: sentence_of(finding.question),
            why: said.why(&finding),
            suggestion: said.suggestion(&finding),
            needs_reason: leads,
            mend: if leads { typed } else { None },
            rewrite: if leads { self.rewritten(answers) } else { None },
            quote: finding.quote,
            blanks: false,
        };
        Found { shown, warning }
    }

    /// The rewrite that was accepted still has its blanks: the answer stands as a field until they are filled.
    pub(super) fn blanks(&self, answers: &Answers) -> Option<FindingShown> {
        answers.words(Question::System).filter(|text| self.has_blank(text))?;
        Some(FindingShown {
            rule: "blanks".to_owned(),
            sentence: 0,
            quote: String::new(),
            why: self.0.words.form.wrong.blanks.as_str().to_owned(),
            suggestion: String::new(),
            needs_reason: false,
            mend: Some(Question::System),
            rewrite: None,
            blanks: true,
        })
    }

    /// Words and band disagree. `words` is the fingerprint of the words, for remembering the choice.
    pub(super) fn conflict(&self, sheet: &Sheet<'_>, words: u64) -> Option<Conflict> {
        let (by_words, by_choice) = match sheet.conflict()? {
            Disagreement::Load { chosen, words_say, .. } => (Said::Load(words_say), Said::Load(chosen)),
            Disagreement::Speed { chosen, words_say, .. } => (Said::Speed(words_say), Said::Speed(chosen)),
        };
        Some(Conflict { words, by_words, by_choice })
    }

    /// A system-first sentence made from what the manager did say, with blanks for what is missing.
    pub(super) fn rewritten(&self, answers: &Answers) -> Option<String> {
        self.0.coach.coach.rewrite(answers).map(|rewrite| self.0.coach.words.rewrite(&rewrite))
    }

    /// The names that a rewrite of the system leaves out, as the answer to the question of language, unless that has one.
    pub(super) fn left_out(&self, answers: &Answers) -> Option<Said> {
        let system = answers.words(Question::System).filter(|_| answers.words(Question::Language).is_none())?;
        let named = self.0.coach.coach.sort(system).parked.join(", ");
        let named: String = named.chars().take(Question::Language.limit()).collect();
        Some(Said::Words(Question::Language, Text::parse(&named, Question::Language.limit()).ok()?))
    }

    /// Whether a text still holds a blank of a rewrite.
    pub(super) fn has_blank(&self, text: &str) -> bool {
        self.0.coach.words.has_blank(text)
    }
}

/// The sentence that a question ends up in.
fn sentence_of(question: Option<Question>) -> usize {
    match question {
        Some(Question::Speed | Question::Load | Question::Numbers) => 1,
        Some(Question::Team) => 2,
        _ => 0,
    }
}
