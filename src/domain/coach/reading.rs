//! One statement read: what leads, the type, the scale, the team, each with its evidence.

use super::clauses::sentences_of;
use super::evidence::Evidence;
use super::kind::{TypeRead, type_in};
use super::lead::{Lead, NameMention, leading};
use super::lexicon::Lexicon;
use super::scale::{Quantity, quantities_in};
use super::senses::{Layer, Sense};
use super::team::{TeamRead, team_in, teams_in};
use super::tokens::Page;
use super::tongue::{Tongue, tongue_of};
use crate::domain::answers::SystemType;

/// A phrase that a rule looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub sense: Sense,
    pub evidence: Evidence,
}

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
    /// The type of system; none when it stays unclear.
    pub running: Option<TypeRead>,
    /// Load, latency and data.
    pub quantities: Vec<Quantity>,
    /// The team.
    pub team: Option<TeamRead>,
    /// Every statement about the team.
    pub teams: Vec<TeamRead>,
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

/// Reads one statement. Linear in its length.
pub(super) fn reading_of(lexicon: &Lexicon, text: &str) -> Reading {
    let page = Page::new(lexicon, text);
    let tongue = tongue_of(&page, &page.layer(Layer::Tongue));
    let lead_tokens = page.layer(Layer::Lead);
    let leading = leading(&page, lexicon, &lead_tokens, &sentences_of(&lead_tokens), tongue);
    let kind_tokens = page.layer(Layer::Kind);
    let running = type_in(&page, lexicon, &kind_tokens, &sentences_of(&kind_tokens));
    let quantities = quantities_in(&page, &page.layer(Layer::Scale));
    let team_tokens = page.layer(Layer::Team);
    let team_sentences = sentences_of(&team_tokens);
    let flat = page.layer(Layer::Flat);
    let phrases = flat
        .iter()
        .flat_map(|token| {
            let senses = [Sense::Frontend, Sense::Coupling, Sense::AlgorithmTest, Sense::VagueScale];
            senses
                .into_iter()
                .filter(|sense| token.is(*sense))
                .map(|sense| Phrase { sense, evidence: page.evidence(token.start, token.end) })
        })
        .collect();
    Reading {
        tongue,
        lead: leading.lead,
        names: leading.names,
        systems: leading.systems,
        running,
        quantities,
        team: team_in(&page, &team_tokens, &team_sentences),
        teams: teams_in(&page, &team_tokens, &team_sentences),
        phrases,
    }
}
