//! Phrases that rules look for: vague scale, coupling, algorithm tests, front-end work.

use super::evidence::Evidence;
use super::pieces::Shape;
use super::senses::{Sense, any};
use super::tokens::{Page, Token};

/// A phrase that a rule looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub sense: Sense,
    pub evidence: Evidence,
}

/// The phrases of a text that are meant: none that are denied, no colleague's trade, no client of the system.
pub(super) fn phrases_in(page: &Page, tokens: &[Token]) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        for sense in [Sense::VagueScale, Sense::Coupling, Sense::AlgorithmTest, Sense::Frontend] {
            let meant = token.is(sense)
                && !denied(page, tokens, at, sense)
                && (sense != Sense::Frontend || front_end_work(page, tokens, at));
            if meant {
                phrases.push(Phrase { sense, evidence: page.evidence(token.start, token.end) });
            }
        }
    }
    phrases
}

/// "No whiteboard round"; "nobody will ask you to invert a binary tree" denies from further away.
fn denied(page: &Page, tokens: &[Token], at: usize, sense: Sense) -> bool {
    let test = sense == Sense::AlgorithmTest;
    (1..=if test { 8 } else { 4 })
        .filter_map(|n| at.checked_sub(n))
        .map(|before| &tokens[before])
        .take_while(|token| !matches!(token.shape, Shape::Mark('.' | ';' | ':' | ',') | Shape::Break))
        .any(|token| {
            token.is(Sense::Negation) && !token.is(Sense::Coupling)
                || test && matches!(page.slice(token), "nobody" | "no one")
        })
}

/// Front-end work that the new engineer is to do: not the app that calls the API, not the colleague who builds it.
fn front_end_work(page: &Page, tokens: &[Token], at: usize) -> bool {
    let word = page.slice(&tokens[at]);
    if word.contains("full") {
        // "the full-stack team", "five engineers, all full-stack": colleagues.
        let theirs = tokens.iter().skip(at + 1).take(2).any(|token| token.is(Sense::TeamNoun))
            || at.checked_sub(1).is_some_and(|before| page.slice(&tokens[before]) == "all");
        return !theirs;
    }
    let colleague = tokens
        .iter()
        .skip(at + 1)
        .take(2)
        .any(|token| token.is_any(any(&[Sense::Builder, Sense::TeamNoun])))
        || tokens.get(at + 1).is_some_and(|next| {
            matches!(
                page.slice(next),
                "colleague" | "colleagues" | "person" | "people" | "guy" | "lead" | "agency" | "consumers" | "clients"
            )
        });
    if colleague {
        return false;
    }
    let near = |n: usize| at.checked_sub(n).and_then(|at| tokens.get(at)).map_or("", |token| page.slice(token));
    let consumer = (1..=3).map(near).any(|word| {
        matches!(
            word,
            "for"
                | "behind"
                | "powers"
                | "powering"
                | "serves"
                | "serving"
                | "used"
                | "by"
                | "to"
                | "from"
                | "feeds"
                | "feeding"
                | "our"
                | "the"
                | "consumed"
                | "called"
                | "their"
        )
    });
    let joined = matches!(near(1), "and" | "plus" | "also" | "&" | "+" | "/" | "some" | "bit")
        || matches!(near(2), "some" | "bit" | "and" | "plus" | "also" | "build" | "own" | "do" | "does")
        || tokens
            .get(at + 1)
            .is_some_and(|next| matches!(page.slice(next), "and" | "too" | "as" | "&" | "+" | "/" | "work"));
    joined && !consumer
}
