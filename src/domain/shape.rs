//! What kind of engineer type, load and team select for together.

use super::answers::{Load, Team};
use super::brief::Brief;
use super::document::Spans;
use super::wording::shape::{AskHole, LookHole, WrongHole};
use super::wording::{Words, keys};

keys!(
    /// Loads that select for different people.
    Band {
        /// Below ten a second: simple beats scalable.
        Light = "light",
        /// Ten to a thousand a second: measuring matters.
        Steady = "steady",
        /// A thousand a second and more: data is split, overload is planned for.
        Heavy = "heavy",
        /// Not known yet.
        Open = "open",
    }
);

impl Band {
    /// The band of a load.
    pub fn of(load: Load) -> Self {
        match load {
            Load::Rare | Load::UnderOne | Load::Ones => Band::Light,
            Load::Tens | Load::Hundreds => Band::Steady,
            Load::Thousands | Load::TensOfThousands | Load::More => Band::Heavy,
            Load::NotKnown => Band::Open,
        }
    }
}

/// Whom a scope selects for, in three lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// What a fitting engineer has done.
    pub look_for: Spans,
    /// Who looks right and is not.
    pub looks_right: Spans,
    /// One question for the first call, and what a good answer contains.
    pub ask_first: Spans,
}

/// The shape of a brief.
pub fn shape_of(brief: &Brief, words: &Words) -> Shape {
    let Brief { system_type, load, team, .. } = *brief;
    let (kind, load, team) =
        (words.shape.kind.of(system_type), words.shape.load.of(Band::of(load)), words.shape.team.of(team));
    Shape {
        look_for: words.shape.look_for.fill(|hole| match hole {
            LookHole::Kind => kind.look_for.as_str(),
            LookHole::Load => load.look_for.as_str(),
            LookHole::Team => team.look_for.as_str(),
        }),
        looks_right: words.shape.looks_right.fill(|hole| match hole {
            WrongHole::Kind => kind.looks_right.as_str(),
            WrongHole::Load => load.looks_right.as_str(),
        }),
        ask_first: words.shape.ask_first.fill(|hole| match hole {
            AskHole::Question => kind.question.as_str(),
            AskHole::Kind => kind.good.as_str(),
            AskHole::Load => load.good.as_str(),
            AskHole::Team => team.good.as_str(),
        }),
    }
}

/// Whether somebody more experienced is there to walk the new engineer through the system.
pub fn has_senior_colleague(team: Team) -> bool {
    team != Team::Solo
}
