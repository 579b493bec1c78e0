//! The three sentences of a scope: system, then latency and scale, then team.
//!
//! A sentence has a grammar: a fixed lead from the choices, a colon, the author's words as typed, a full stop. It is
//! changed by changing an answer, never by a second copy.

mod ends;

pub use ends::inner;

use super::answers::{Load, Speed, Text};
use super::brief::Brief;
use super::document::{Span, Spans};
use super::wording::Words;
use super::wording::sentences::{EachHole, KnownLoad, KnownSpeed, LeadHole, NumbersHole, ScaleHole, ThingsHole};

/// One sentence: ours and typed apart, so that what was typed stays inert; ends in exactly one full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its runs.
    pub spans: Spans,
}

impl Sentence {
    /// As text.
    pub fn text(&self) -> String {
        self.spans.text()
    }
}

/// The sentences of a brief, in the order in which they are posted.
pub fn sentences_of(brief: &Brief, words: &Words) -> [Sentence; 3] {
    [system(brief, words), scale(brief, words), team(brief, words)]
}

fn system(brief: &Brief, words: &Words) -> Sentence {
    let said = &words.sentences.system;
    let lead: Spans = said.lead.of(brief.system_type).into();
    let typed = inner(brief.system.as_str());
    finished(if typed.is_empty() {
        lead
    } else {
        said.with_words.fill(|hole| match hole {
            LeadHole::Lead => lead.clone(),
            LeadHole::Words => Span::typed(&typed).into(),
        })
    })
}

fn scale(brief: &Brief, words: &Words) -> Sentence {
    let said = &words.sentences.scale;
    let unit = said.unit.of(brief.system_type);
    let speed = known_speed(brief.speed).map(|speed| {
        said.speed.of(speed).fill(|hole| match hole {
            EachHole::Each => unit.each.as_str(),
            EachHole::Done => unit.done.as_str(),
        })
    });
    let load = known_load(brief.load).map(|load| said.load.of(load).fill(|ThingsHole::Things| unit.things.as_str()));
    let open = speed.is_none() || load.is_none();
    let spans = match (speed, load) {
        (Some(speed), Some(load)) => said.both.fill(|hole| match hole {
            ScaleHole::Speed => speed.clone(),
            ScaleHole::Load => load.clone(),
        }),
        (Some(speed), None) => said.load_open.fill(|_| speed.clone()),
        (None, Some(load)) => said.speed_open.fill(|_| load.clone()),
        (None, None) => (&said.both_open).into(),
    };
    let numbers = brief.numbers.as_ref().map(Text::as_str).map(inner).filter(|numbers| !numbers.is_empty());
    finished(match numbers {
        None => spans,
        Some(numbers) => {
            let phrase = if open { &said.with_numbers_open } else { &said.with_numbers };
            phrase.fill(|hole| match hole {
                NumbersHole::Scale => spans.clone(),
                NumbersHole::Numbers => Span::typed(&numbers).into(),
            })
        }
    })
}

fn team(brief: &Brief, words: &Words) -> Sentence {
    finished(words.sentences.team.of(brief.team).into())
}

fn finished(spans: Spans) -> Sentence {
    Sentence { spans: spans.and(".") }
}

/// The speed, unless it is an open question.
pub fn known_speed(speed: Speed) -> Option<KnownSpeed> {
    KnownSpeed::from_key(speed.key())
}

/// The load, unless it is an open question.
pub fn known_load(load: Load) -> Option<KnownLoad> {
    KnownLoad::from_key(load.key())
}
