//! Free text after the command, sorted into the form's fields; and the system-first rewrite.

use super::Coach;
use super::bands::{load_of, speed_of};
use super::lead::Lead;
use super::lexicon::Kind;
use super::parts::Part;
use super::reading::Reading;
use super::tongue::Tongue;
use crate::domain::answers::{Answer, Answers, Load, Question, Speed, SystemType, Team};

/// Free text, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sorted {
    /// The type, when the text is about one of the five.
    pub system_type: Option<SystemType>,
    /// The band of speed.
    pub speed: Option<Speed>,
    /// The band of load.
    pub load: Option<Load>,
    /// The team.
    pub team: Option<Team>,
    /// What is left for the sentence on the system.
    pub sentence: Option<String>,
    /// The languages and stacks asked for, as typed, kept for the last question.
    pub parked: Vec<String>,
    /// The numbers, as typed.
    pub numbers: Option<String>,
}

/// What is missing in a rewrite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Blank {
    /// What is built.
    System,
    /// What flows through it.
    Flow,
    /// Whom it serves.
    Consumer,
}

/// A part of a rewrite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RewritePart {
    /// Words the manager typed.
    Said(String),
    /// The type that was chosen or read, by its name.
    Type(SystemType),
    /// "takes in", where the chosen type leads the sentence.
    TakesIn,
    /// "that takes in".
    ThatTakesIn,
    /// "for".
    For,
    /// To be filled.
    Blank(Blank),
}

/// A system-first sentence from what was said; blanks for what was not. Invents nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// In order.
    pub parts: Vec<RewritePart>,
}

impl Rewrite {
    /// What is missing, in order.
    pub fn blanks(&self) -> impl Iterator<Item = Blank> + '_ {
        self.parts.iter().filter_map(|part| match part {
            RewritePart::Blank(blank) => Some(*blank),
            _ => None,
        })
    }
}

impl Coach {
    /// Sorts the text after the command. What it does not understand it leaves to the sentence.
    pub fn sort(&self, text: &str) -> Sorted {
        let reading = self.read(text);
        let parked: Vec<String> = names_asked_for(&reading);
        let sentence = sentence_in(text, &reading);
        let quotes: Vec<&str> = reading.quantities.iter().map(|quantity| quantity.evidence.quote.as_str()).collect();
        let only_numbers = reading.systems.is_empty() && parked.is_empty() && reading.running.is_none();
        let numbers = if quotes.is_empty() {
            None
        } else if only_numbers {
            bounded(text.trim(), Question::Numbers.limit())
        } else {
            bounded(&quotes.join(", "), Question::Numbers.limit())
        };
        Sorted {
            system_type: reading.system_type(),
            speed: reading.quantities.iter().find_map(speed_of),
            load: reading.quantities.iter().find_map(load_of),
            team: reading.team.as_ref().and_then(|read| read.team),
            sentence: sentence.filter(|_| !(only_numbers && numbers.is_some())),
            parked,
            numbers,
        }
    }

    /// A system-first sentence for the answer on the system, when a language leads it.
    pub fn rewrite(&self, answers: &Answers) -> Option<Rewrite> {
        let chosen = match answers.answer(Question::SystemType) {
            Some(Answer::SystemType(system_type)) => Some(*system_type),
            _ => None,
        };
        self.rewrite_text(answers.words(Question::System)?, chosen)
    }

    /// The same for a text outside the form.
    pub fn rewrite_text(&self, text: &str, chosen: Option<SystemType>) -> Option<Rewrite> {
        use RewritePart as P;
        let reading = self.read(text);
        if !reading.language_first() {
            return None;
        }
        let said = sentence_in(text, &reading);
        let parts = match (said, reading.system_type()) {
            (Some(said), _) => vec![P::Said(said)],
            (None, _) if chosen.is_some() => {
                vec![P::TakesIn, P::Blank(Blank::Flow), P::For, P::Blank(Blank::Consumer)]
            }
            (None, Some(system_type)) => {
                vec![P::Type(system_type), P::ThatTakesIn, P::Blank(Blank::Flow), P::For, P::Blank(Blank::Consumer)]
            }
            (None, None) => {
                vec![P::Blank(Blank::System), P::ThatTakesIn, P::Blank(Blank::Flow), P::For, P::Blank(Blank::Consumer)]
            }
        };
        Some(Rewrite { parts })
    }
}

/// Longer texts keep their names: nothing that long fits an answer.
const TAKEN_APART: usize = 2_000;

fn names_asked_for(reading: &Reading) -> Vec<String> {
    let mut parked: Vec<String> = Vec::new();
    for name in reading.names.iter().filter(|name| matches!(name.part, Part::Stack | Part::Waived)) {
        let words = &name.evidence.quote;
        if !parked.iter().any(|known| known.eq_ignore_ascii_case(words)) {
            parked.push(words.clone());
        }
    }
    parked
}

/// The part of the text that tells the system: without a leading language, without names in brackets at its end.
fn sentence_in(text: &str, reading: &Reading) -> Option<String> {
    let told = match &reading.lead {
        Lead::Stack { system_follows: false, .. } => return None,
        Lead::Stack { .. } => {
            let first = reading.systems.iter().find(|stated| stated.start >= lead_end(reading))?;
            let start = reading
                .title
                .as_ref()
                .filter(|title| {
                    title.end >= first.start && title.start <= first.start && title.start >= lead_end(reading)
                })
                .map_or(first.start, |title| title.start);
            text.get(start..)?
        }
        Lead::System(_) => text,
        Lead::Nothing
            if reading.specific_words > 0 && reading.tongue == Tongue::English || reading.tongue == Tongue::Other =>
        {
            text
        }
        Lead::Nothing => return None,
    };
    let offset = text.len() - told.len();
    let without = if told.len() <= TAKEN_APART { without_names(told, offset, reading) } else { told.to_owned() };
    bounded(
        without.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '—' | ':' | '|' | '/')),
        Question::System.limit(),
    )
}

fn lead_end(reading: &Reading) -> usize {
    match &reading.lead {
        Lead::Stack { evidence, .. } => evidence.end,
        _ => 0,
    }
}

/// Takes out "(Go)" and ", Python" at the end: names that stand apart from the sentence. Others stay where they are.
fn without_names(told: &str, offset: usize, reading: &Reading) -> String {
    let mut kept = told.to_owned();
    for name in reading.names.iter().rev().filter(|name| name.part == Part::Stack && name.kind != Kind::Infrastructure)
    {
        let (Some(from), Some(to)) = (name.evidence.start.checked_sub(offset), name.evidence.end.checked_sub(offset))
        else {
            continue;
        };
        let (Some(before), Some(after)) = (kept.get(..from), kept.get(to..)) else { continue };
        let opens = before.trim_end().ends_with('(');
        let closes = after.trim_start().starts_with(')');
        let ends = after.trim_matches(|c: char| c.is_whitespace() || c == '.').is_empty();
        let apart = before.trim_end().ends_with([',', '-', '–', '—', ':', '|', '/']);
        if opens && closes {
            let before = before.trim_end().trim_end_matches('(').trim_end().to_owned();
            let after = after.trim_start().strip_prefix(')').unwrap_or("").to_owned();
            kept = format!("{before}{after}");
        } else if ends && apart {
            kept = before.trim_end().trim_end_matches([',', '-', '–', '—', ':', '|', '/']).trim_end().to_owned();
        }
    }
    kept
}

/// At most `limit` characters, cut between words; nothing when nothing is left.
fn bounded(text: &str, limit: usize) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let Some((cut, _)) = text.char_indices().nth(limit) else { return Some(text.to_owned()) };
    let head = text.get(..cut)?;
    let end = head.rfind(char::is_whitespace).filter(|end| *end > cut / 2).unwrap_or(cut);
    head.get(..end).map(|words| words.trim_end().to_owned())
}
