//! What type of system a text is about: votes of its words, weighed by where and how they stand.

use std::collections::HashSet;

use super::evidence::Evidence;
use super::lexicon::{Kind, Lexicon, Running};
use super::pieces::Shape;
use super::senses::Sense;
use super::systems::{blurb_sentences, for_a_leaver};
use super::tokens::{Page, Token};
use crate::domain::answers::SystemType;

/// The type read, with the words that weighed most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeRead {
    /// What is run.
    pub running: Running,
    /// The words that weighed most for it.
    pub evidence: Evidence,
    /// The runner-up weighs less than half: sure enough to contradict a choice.
    pub clear: bool,
    /// A type that the text names outright, though what it tells is the work of another.
    pub claimed: Option<Claim>,
}

/// Says "REST API", then speaks of consumer lag and replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The type named.
    pub system_type: SystemType,
    /// By these words.
    pub named: Evidence,
    /// What speaks against it.
    pub told: Evidence,
}

impl TypeRead {
    /// The type, when it is one of the five.
    pub fn system_type(&self) -> Option<SystemType> {
        match self.running {
            Running::Typed(system_type) => Some(system_type),
            Running::Other => None,
        }
    }
}

/// Whether the reader of leads found a system in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SystemTold {
    Yes,
    No,
    /// No, and a language or stack is asked for.
    StackInstead,
}

/// Types by slot of votes and scores.
pub(super) const RUNNING: [Running; 6] = [
    Running::Typed(SystemType::RestApi),
    Running::Typed(SystemType::EventPipeline),
    Running::Typed(SystemType::BatchProcessing),
    Running::Typed(SystemType::AiInference),
    Running::Typed(SystemType::ServiceIntegration),
    Running::Other,
];

/// The slot of predictions served.
const INFERENCE: usize = 3;

const STRONG: f64 = 4.0;
const FAIR: f64 = 2.0;
const WEAK: f64 = 0.75;
/// Below this a text is unclear.
const ENOUGH: f64 = 2.0;
/// The same for a text in which no system is stated, and for a stack list or an advertisement.
const ENOUGH_UNTOLD: f64 = 2.7;
const ENOUGH_BESIDE_A_STACK: f64 = 3.8;
/// Tokens over which being named first loses its weight.
const FIRST_NAMED: f64 = 24.0;

/// The type of system, or none when the text stays unclear.
pub(super) fn type_in(
    page: &Page,
    lexicon: &Lexicon,
    tokens: &[Token],
    sentences: &[u32],
    system: SystemTold,
) -> Option<TypeRead> {
    let blurbs = blurb_sentences(tokens, sentences);
    let mut scores = [0.0f64; 6];
    let mut best: [(f64, Option<usize>); 6] = [(0.0, None); 6];
    let mut seen: HashSet<&str> = HashSet::new();
    let mut vendors = HashSet::new();
    let training = (0..tokens.len()).any(|at| tokens[at].votes[INFERENCE] > 0 && is_trained(page, tokens, at));
    let (mut strong, mut fair) = ([0usize; 6], [0usize; 6]);
    for (at, token) in tokens.iter().enumerate() {
        if let Some((entry, _)) = token.name
            && lexicon.entry(entry).is_some_and(|entry| entry.kind == Kind::Vendor)
            && !tokens.get(at + 1).is_some_and(|next| next.is(Sense::Role))
        {
            vendors.insert(entry);
        }
        if token.votes == [0; 6] || for_a_leaver(page, tokens, at) {
            continue;
        }
        let repeated = !seen.insert(page.slice(token));
        let weight = weight_of(page, tokens, at)
            * if repeated { 0.4 } else { 1.0 }
            * if blurbs.contains(&sentences[at]) { 0.2 } else { 1.0 }
            * (1.0 + 0.35 * (1.0 - (at as f64 / FIRST_NAMED).min(1.0)));
        let purpose = if api_of_its_own(page, tokens, at) { STRONG } else { 0.0 };
        for (slot, vote) in token.votes.iter().enumerate() {
            let points = weight
                * match slot {
                    0 => points_of(*vote).max(purpose),
                    INFERENCE if training && (*vote < 3 || is_trained(page, tokens, at)) => points_of(*vote) * 0.2,
                    _ => points_of(*vote),
                };
            scores[slot] += points;
            strong[slot] += usize::from(*vote >= 3 && points >= STRONG && !repeated);
            fair[slot] += usize::from(*vote == 2 && points >= FAIR && !repeated);
            if points > best[slot].0 {
                best[slot] = (points, Some(at));
            }
        }
    }
    let named = vendors.len() as f64;
    if scores[4] > 0.0 {
        scores[4] += (named * 1.2).min(3.6);
    } else if named >= 2.0 && scores.iter().sum::<f64>() > 0.0 {
        scores[4] += 1.0;
    }
    let (slot, score) =
        scores.iter().copied().enumerate().fold((0, 0.0), |top, next| if next.1 > top.1 { next } else { top });
    let token = tokens.get(best.get(slot)?.1?)?;
    let enough = match system {
        SystemTold::Yes => ENOUGH,
        SystemTold::No => ENOUGH_UNTOLD,
        SystemTold::StackInstead => ENOUGH_BESIDE_A_STACK,
    };
    if score < enough {
        return None;
    }
    let runner_up =
        scores.iter().enumerate().filter(|(other, _)| *other != slot).map(|(_, score)| *score).fold(0.0, f64::max);
    Some(TypeRead {
        running: *RUNNING.get(slot)?,
        evidence: page.evidence(token.start, token.end),
        clear: runner_up * 2.0 < score && score >= STRONG,
        claimed: claimed(page, tokens, &strong, &fair, &best),
    })
}

/// An API named outright, and after it at least two words of streams, one of them strong, beside none of the API's own
/// but its name.
fn claimed(
    page: &Page,
    tokens: &[Token],
    strong: &[usize; 6],
    fair: &[usize; 6],
    best: &[(f64, Option<usize>); 6],
) -> Option<Claim> {
    const API: usize = 0;
    const EVENTS: usize = 1;
    let (named, told) = (best[API].1?, best[EVENTS].1?);
    let word = page.slice(&tokens[named]);
    let outright = best[API].0 >= STRONG && word.contains("api") || word.contains("crud");
    let streams = strong[EVENTS] >= 2 || strong[EVENTS] == 1 && fair[EVENTS] >= 1;
    let evidence = |at: usize| page.evidence(tokens[at].start, tokens[at].end);
    (outright && named < told && streams && strong[API] <= 1).then(|| Claim {
        system_type: SystemType::RestApi,
        named: evidence(named),
        told: evidence(told),
    })
}

fn points_of(vote: u8) -> f64 {
    match vote {
        0 => 0.0,
        1 => WEAK,
        2 => FAIR,
        _ => STRONG,
    }
}

/// Less for what is denied, replaced, or only one item of a list of skills.
fn weight_of(page: &Page, tokens: &[Token], at: usize) -> f64 {
    let before = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at));
    let denied = (1..=3)
        .filter_map(before)
        .take_while(|token| !matches!(token.shape, Shape::Mark(_) | Shape::Break))
        .any(|token| token.is(Sense::Negation));
    if denied {
        return 0.0;
    }
    let old = (1..=4)
        .filter_map(before)
        .take_while(|token| !matches!(token.shape, Shape::Mark('.' | ',' | ';' | ':')))
        .any(|token| token.is(Sense::Legacy));
    let title = tokens[at].name.is_some()
        && tokens
            .iter()
            .skip(at + 1)
            .take(3)
            .take_while(|token| !matches!(token.shape, Shape::Mark(',' | '.' | ':')))
            .any(|token| token.is(Sense::Role));
    let skill = title || listed_among_names(page, tokens, at);
    (if old { 0.5 } else { 1.0 }) * (if skill { 0.15 } else { 1.0 })
}

/// "Train a churn model": a model in training serves nobody yet.
fn is_trained(page: &Page, tokens: &[Token], at: usize) -> bool {
    (1..=4)
        .filter_map(|n| at.checked_sub(n).and_then(|before| tokens.get(before)))
        .take_while(|token| !matches!(token.shape, Shape::Mark('.' | ',' | ';' | ':') | Shape::Break))
        .any(|token| {
            matches!(page.slice(token), "train" | "training" | "retrain" | "retraining" | "fine tune" | "tune")
        })
}

/// An item of a comma list whose neighbour is a name: "Go, gRPC, REST, Kafka".
fn listed_among_names(page: &Page, tokens: &[Token], at: usize) -> bool {
    let separator = |token: &Token| {
        matches!(token.shape, Shape::Mark(',' | '/' | '+' | '&' | '|')) || matches!(page.slice(token), "and" | "or")
    };
    let named = |token: Option<&Token>| token.is_some_and(|token| token.name.is_some());
    let left = at >= 2 && separator(&tokens[at - 1]) && named(tokens.get(at - 2));
    let right = tokens.get(at + 1).is_some_and(separator) && named(tokens.get(at + 2));
    let ends = tokens.get(at + 1).is_none_or(|next| matches!(next.shape, Shape::Mark(_) | Shape::Break));
    (left && ends) || right
}

/// "ticket API", "fares API": an API with a purpose of its own, said in one word.
fn api_of_its_own(page: &Page, tokens: &[Token], at: usize) -> bool {
    if !matches!(page.slice(&tokens[at]), "api" | "apis") {
        return false;
    }
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return false };
    let other = before.votes.iter().skip(1).any(|vote| *vote >= 2);
    before.is_word()
        && before.name.is_none()
        && !other
        && before.senses == 0
        && page.slice(before).len() > 3
        && !matches!(
            page.slice(before),
            "with"
                | "from"
                | "into"
                | "modern"
                | "scalable"
                | "robust"
                | "these"
                | "those"
                | "that"
                | "some"
                | "good"
                | "design"
                | "designing"
                | "great"
                | "clean"
                | "performant"
                | "backend"
                | "web"
                | "secure"
                | "reliable"
                | "their"
                | "your"
                | "developing"
                | "complex"
                | "various"
                | "python"
                | "java"
                | "external"
                | "internal"
                | "vendor"
                | "partner"
                | "existing"
                | "several"
                | "many"
                | "multiple"
                | "other"
                | "party"
                | "server"
                | "cloud"
                | "fast"
                | "platform"
                | "backends"
                | "about"
                | "consuming"
                | "using"
                | "over"
                | "via"
                | "integrating"
                | "calling"
        )
}
