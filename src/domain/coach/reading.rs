//! One statement read: what leads, the type, the scale, the team, each with its evidence.

use super::clauses::sentences_of;
use super::evidence::Evidence;
use super::kind::{SystemTold, TypeRead, type_in};
use super::lead::{Given, Lead, NameMention, leading};
use super::lexicon::Lexicon;
use super::marks::Marks;
use super::opinions::{lead_heard, teams_heard, type_heard};
use super::phrases::{Phrase, phrases_in};
use super::scale::{Quantity, quantities_in};
use super::senses::{Layer, Sense};
use super::systems::specific;
use super::team::{TeamRead, teams_in};
use super::tokens::Page;
use super::tongue::{Tongue, tongue_of};
use super::weighing::{Weighed, Weighing};
use crate::domain::answers::{SystemType, Team};

/// What one statement says.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// English, or not.
    pub tongue: Tongue,
    /// What leads.
    pub lead: Lead,
    /// Every name of a language or stack, and what it does.
    pub names: Vec<NameMention>,
    /// The systems stated, in order.
    pub systems: Vec<Evidence>,
    /// The system in one to five words, for a title.
    pub title: Option<Evidence>,
    /// The type of system; none when it stays unclear.
    pub running: Option<TypeRead>,
    /// Load, latency and data.
    pub quantities: Vec<Quantity>,
    /// The team: a number first, then "alone", then a team without a number.
    pub team: Option<TeamRead>,
    /// Every statement about the team.
    pub teams: Vec<TeamRead>,
    /// Words that are about this need and no other.
    pub specific_words: usize,
    pub(super) phrases: Vec<Phrase>,
}

impl Reading {
    /// Whether the need is identified mainly through a language or stack.
    pub fn language_first(&self) -> bool {
        matches!(self.lead, Lead::Stack { .. })
    }
    /// The type, when it is one of the five.
    pub fn system_type(&self) -> Option<SystemType> {
        self.running.as_ref().and_then(TypeRead::system_type)
    }
    /// Whether a quantity or an order of magnitude of load, latency or data is given.
    pub fn scale_stated(&self) -> bool {
        !self.quantities.is_empty()
    }
    /// Whether the engineering team is given.
    pub fn team_stated(&self) -> bool {
        self.team.is_some()
    }
    pub(super) fn phrases_of(&self, sense: Sense) -> impl Iterator<Item = &Evidence> {
        self.phrases.iter().filter(move |phrase| phrase.sense == sense).map(|phrase| &phrase.evidence)
    }
}

/// Reads one statement, and says in how many steps. Linear in its length.
pub(super) fn reading_of(lexicon: &Lexicon, weighing: &Weighing, text: &str, allowed: &[String]) -> (Reading, usize) {
    let page = Page::new(lexicon, text);
    let tongue = tongue_of(&page, &page.layer(Layer::Tongue));
    let lead_tokens = page.layer(Layer::Lead);
    let mut leading = leading(&page, lexicon, &lead_tokens, &sentences_of(&lead_tokens), Given { tongue, allowed });
    let weighed = weighing.weighs(page.pieces.len());
    if weighed && let Some(lead) = lead_heard(&page, &lead_tokens, weighing, &leading) {
        leading.lead = lead;
    }
    let system = match (leading.systems.is_empty(), &leading.lead) {
        (false, _) => SystemTold::Yes,
        (true, Lead::Stack { .. }) => SystemTold::StackInstead,
        (true, _) => SystemTold::No,
    };
    let kind_tokens = page.layer(Layer::Kind);
    let running = type_in(&page, lexicon, &kind_tokens, &sentences_of(&kind_tokens), system);
    let running = if weighed { type_heard(&page, &kind_tokens, weighing, running) } else { running };
    let team_tokens = page.layer(Layer::Team);
    let teams = teams_in(&page, &team_tokens, &sentences_of(&team_tokens));
    let teams = if weighed { teams_heard(&page, &team_tokens, weighing, teams) } else { teams };
    let rank = |find: &&TeamRead| match (find.size, find.team) {
        (Some(_), _) => 0,
        (None, Some(Team::Solo)) => 1,
        (None, Some(_)) => 2,
        (None, None) => 3,
    };
    let reading = Reading {
        tongue,
        lead: leading.lead,
        names: leading.names,
        systems: leading.systems,
        title: leading.title,
        running,
        quantities: quantities_in(&page, &page.layer(Layer::Scale)),
        team: teams.iter().min_by_key(rank).cloned(),
        teams,
        specific_words: lead_tokens.iter().filter(|token| specific(token)).count(),
        phrases: phrases_in(&page, &page.layer(Layer::Flat)),
    };
    (reading, page.steps())
}

/// The names of the marks of a statement.
pub(super) fn marks_of(lexicon: &Lexicon, text: &str, allowed: &[String], weighed: Weighed) -> Vec<String> {
    let page = Page::new(lexicon, text);
    let mut marks = Marks::named();
    match weighed {
        Weighed::Lead => {
            let tongue = tongue_of(&page, &page.layer(Layer::Tongue));
            let tokens = page.layer(Layer::Lead);
            let leading = leading(&page, lexicon, &tokens, &sentences_of(&tokens), Given { tongue, allowed });
            marks.of_the_lead(&page, &tokens, &leading.named);
        }
        Weighed::Type => marks.of_the_type(&page, &page.layer(Layer::Kind)),
        Weighed::Team => marks.of_the_team(&page, &page.layer(Layer::Team)),
    }
    marks.into_names()
}
