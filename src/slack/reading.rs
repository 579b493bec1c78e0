//! What a window holds, as answers: tolerant of everything that is not ours, strict about what is.
//!
//! Blocks with unknown ids are ignored. An empty field says nothing, save for the one acted on, where it clears. A value
//! that is no answer is a fault beside its field and never an answer cut short.

use std::collections::BTreeSet;

use crate::app::intent::Tick;
use crate::domain::answers::{Answer, AnswerFault, Question, Text};
use crate::domain::approval::ChangeAsked;
use crate::domain::ids::{ChannelId, UserId};
use crate::domain::life::Hire;
use crate::slack::ids::{BlockId, Element, Generation, TICKED};
use crate::slack::payload::{Action, FieldValue, View};

/// Characters of the reason for posting against a warning.
pub const REASON_LIMIT: usize = 300;
/// Characters of the comment with which changes are asked for.
pub const COMMENT_LIMIT: usize = 500;

/// Characters of the reason for ending a search.
pub const WHY_LIMIT: usize = 300;

/// Everything that a window shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Everything that is an answer, in the order of the window.
    pub answers: Vec<Answer>,
    /// Everything that should be one and is not.
    pub faults: Vec<AnswerFault>,
    /// Whether "on purpose" is ticked.
    pub on_purpose: bool,
    /// The reason beside it, at most [`REASON_LIMIT`] characters of it.
    pub reason: Option<Text>,
    /// The hiring channel chosen.
    pub channel: Option<ChannelId>,
    /// The ticks of "Ask for changes".
    pub ticks: BTreeSet<ChangeAsked>,
    /// The comment beside them, at most [`COMMENT_LIMIT`] characters of it.
    pub comment: Option<Text>,
    /// Who starts when, of "Filled".
    pub hire: Hire,
    /// Why a search ends, at most [`WHY_LIMIT`] characters of it.
    pub why: Option<Text>,
    /// Who goes on with a scope.
    pub person: Option<UserId>,
}

impl Shown {
    /// The tick as the app has it.
    pub fn tick(&self) -> Tick {
        if self.on_purpose { Tick::On } else { Tick::Off }
    }
}

/// Reads a view's fields.
pub fn shown_in(view: &View) -> Shown {
    let mut shown = Shown::default();
    for field in &view.fields {
        let Some(block) = BlockId::parse(&field.block) else { continue };
        match (block.element, &field.value) {
            (Element::Answer(question), value) => match answer_in(question, value) {
                Ok(Some(answer)) => shown.answers.push(answer),
                Ok(None) => {}
                Err(fault) => shown.faults.push(fault),
            },
            (Element::OnPurpose, FieldValue::Choices(ticked)) => {
                shown.on_purpose = ticked.iter().any(|value| value == TICKED);
            }
            (Element::Reason, FieldValue::Words(words)) => shown.reason = bounded(words.as_str(), REASON_LIMIT),
            (Element::Channel, FieldValue::Choice(id)) => shown.channel = ChannelId::parse(id).ok(),
            (Element::Channel, FieldValue::Channel(id)) => shown.channel = Some(id.clone()),
            (Element::Ticks, FieldValue::Choices(ticked)) => {
                shown.ticks = ticked.iter().filter_map(|value| ChangeAsked::from_key(value)).collect();
            }
            (Element::Comment, FieldValue::Words(words)) => shown.comment = bounded(words.as_str(), COMMENT_LIMIT),
            (Element::Name, FieldValue::Words(words)) => {
                shown.hire.name = bounded(words.as_str(), Hire::NAME_LIMIT);
            }
            (Element::Starts, FieldValue::Date(day)) => shown.hire.starts = day.parse().ok(),
            (Element::Why, FieldValue::Words(words)) => shown.why = bounded(words.as_str(), WHY_LIMIT),
            (Element::Person, FieldValue::User(id)) => shown.person = Some(id.clone()),
            _ => {}
        }
    }
    shown
}

/// What was acted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acted {
    /// A field of an answer: what it holds now; `None` as that clears it.
    Answer(Question, Option<Answer>),
    /// A field of an answer, with something that is none: it changes nothing.
    Fault(AnswerFault),
    /// Another field of ours, which is read when the window is sent off.
    Other,
    /// Nothing of ours.
    Unknown,
}

/// Reads the element acted on.
pub fn acted_in(action: &Action) -> Acted {
    match BlockId::parse(&action.block).map(|block| block.element) {
        Some(Element::Answer(question)) => match answer_in(question, &action.value) {
            Ok(answer) => Acted::Answer(question, answer),
            Err(fault) => Acted::Fault(fault),
        },
        Some(_) => Acted::Other,
        None => Acted::Unknown,
    }
}

/// The edition of an element's block in a view; errors have to name it.
pub fn generation_of(element: Element, view: &View) -> Option<Generation> {
    let blocks = view.fields.iter().filter_map(|field| BlockId::parse(&field.block));
    blocks.filter(|block| block.element == element).map(|block| block.generation).max()
}

fn answer_in(question: Question, value: &FieldValue) -> Result<Option<Answer>, AnswerFault> {
    match value {
        FieldValue::Words(words) => Answer::parse(question, words.as_str()),
        FieldValue::Choice(key) => Answer::parse(question, key),
        FieldValue::Nothing => Ok(None),
        // A kind of field that the bot has never drawn for an answer.
        _ => Err(AnswerFault::NoSuchChoice(question)),
    }
}

/// Slack keeps to `max_length`; should more come, what fits is kept rather than all of it lost.
fn bounded(words: &str, limit: usize) -> Option<Text> {
    let fitting: String = words.trim().chars().take(limit).collect();
    Text::parse(&fitting, limit).ok()
}

#[cfg(test)]
mod tests;
