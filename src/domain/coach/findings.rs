//! What the rules find in one reading, without the choices made beside it.

use super::evidence::Evidence;
use super::lead::Lead;
use super::reading::Reading;
use super::rules::{Case, Filling, Finding, Hole};
use super::senses::Sense;
use super::tongue::Tongue;
use crate::domain::answers::{Question, Team};

/// Trades beside which a back end still has nobody: a front-end colleague contradicts no "alone".
const OTHER_TRADES: [&str; 16] = [
    "front",
    "ios",
    "android",
    "mobile",
    "design",
    "qa",
    "data scien",
    "product",
    "web dev",
    "app dev",
    "theme",
    "hardware",
    "firmware",
    "embedded",
    "test",
    "devops",
];

/// The findings of one text, the most important first. `question` says which answer it is.
pub(super) fn findings_in(reading: &Reading, question: Option<Question>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Lead::Stack { name, evidence, .. } = &reading.lead {
        findings
            .push(Finding::new(Case::LanguageFirst, question, evidence).with(Hole::Name, Filling::Words(name.clone())));
    }
    if reading.tongue == Tongue::Other {
        return findings;
    }
    findings.extend(two_types(reading, question));
    findings.extend(alone_among_others(reading, question));
    let first = |sense| reading.phrases_of(sense).next();
    let phrases = [
        (Case::AlgorithmTest, first(Sense::AlgorithmTest)),
        (Case::TwoRoles, first(Sense::Frontend)),
        (Case::Coupling, first(Sense::Coupling)),
        (Case::VagueScale, first(Sense::VagueScale).filter(|_| !reading.scale_stated())),
    ];
    findings.extend(phrases.into_iter().filter_map(|(case, found)| Some(Finding::new(case, question, found?))));
    findings
}

fn two_types(reading: &Reading, question: Option<Question>) -> Option<Finding> {
    let claim = reading.running.as_ref()?.claimed.as_ref()?;
    Some(
        Finding::new(Case::TwoTypes, question, &claim.named)
            .with(Hole::Chosen, Filling::Type(claim.system_type))
            .with(Hole::Said, Filling::Words(claim.told.quote.clone())),
    )
}

fn alone_among_others(reading: &Reading, question: Option<Question>) -> Option<Finding> {
    let alone = reading.teams.iter().find(|read| read.team == Some(Team::Solo))?;
    let others = reading.teams.iter().find(|read| among_back_end_colleagues(read.size, &read.evidence))?;
    Some(
        Finding::new(Case::AloneAmongOthers, question, &alone.evidence)
            .with(Hole::Chosen, Filling::Words(alone.evidence.quote.clone()))
            .with(Hole::Said, Filling::Words(others.evidence.quote.clone())),
    )
}

/// Two and more engineers none of whom is said to be of another trade.
pub(super) fn among_back_end_colleagues(size: Option<u32>, evidence: &Evidence) -> bool {
    let words = evidence.quote.to_lowercase();
    size.is_some_and(|size| size >= 2) && !OTHER_TRADES.iter().any(|trade| words.contains(trade))
}
