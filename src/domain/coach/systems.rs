//! Where a text states a system: a thing built or kept running, not a word that fits every backend.

use std::collections::HashSet;

use super::lead::a_common_noun;
use super::names::Name;
use super::pieces::Shape;
use super::senses::{Sense, Senses, any};
use super::tokens::{Page, Token};

/// Words that say nothing of a system, whatever they stand beside.
pub(super) const EMPTY: Senses = any(&[
    Sense::Role,
    Sense::Seniority,
    Sense::Generic,
    Sense::Adjective,
    Sense::Industry,
    Sense::Company,
    Sense::Blurb,
    Sense::Need,
    Sense::Filler,
    Sense::Stop,
    Sense::Skill,
    Sense::Build,
    Sense::Lookalike,
    Sense::Waive,
    Sense::WaiveBefore,
    Sense::Legacy,
    Sense::Surface,
    Sense::Negation,
    Sense::Purpose,
    Sense::Foreign,
]);

/// One statement of a system, by tokens of the lead layer, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stated {
    pub from: usize,
    pub to: usize,
}

/// A word that is about this system and no other: of the vocabulary's flows, or unknown to it.
pub(super) fn specific(token: &Token) -> bool {
    token.is_word()
        && token.name.is_none()
        && (token.is_any(any(&[Sense::System])) || !token.is_any(EMPTY))
        && (token.known || token.end - token.start >= 3)
}

fn flowing(token: &Token) -> bool {
    token.is_any(any(&[Sense::FlowNoun, Sense::System]))
        && !token.is_any(any(&[Sense::Need, Sense::Filler, Sense::Role]))
}

/// The vote for an API from which a word names the surface it serves: a webshop, a portal.
const SURFACE: u8 = 2;

/// The systems stated, in order. `architecture` are the names that are part of a system.
pub(super) fn systems_in(page: &Page, tokens: &[Token], sentences: &[u32], architecture: &[Name]) -> Vec<Stated> {
    let blurbs = blurb_sentences(tokens, sentences);
    let mut built = vec![false; tokens.len()];
    architecture.iter().for_each(|name| built[name.at] = true);
    let mut stated = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let sentence = sentences[at];
        if let Some(to) = from_one_to_another(page, tokens, sentences, at).filter(|_| !blurbs.contains(&sentence)) {
            stated.push(Stated { from: at, to });
            continue;
        }
        if blurbs.contains(&sentence) || token.name.is_some() && !built[at] {
            continue;
        }
        let by_itself = token.is(Sense::System) && !of_a_company(tokens, at) && !for_a_leaver(page, tokens, at);
        if by_itself || built[at] {
            stated.push(Stated { from: at, to: at + 1 });
        } else if token.is(Sense::Artefact) && !of_a_company(tokens, at) {
            if let Some(from) = specific_before(page, tokens, sentences, at) {
                stated.push(Stated { from, to: at + 1 });
            } else if let Some(to) = purpose_after(tokens, sentences, at) {
                stated.push(Stated { from: at, to });
            }
        } else if token.is(Sense::FlowVerb)
            && !token.is_any(any(&[Sense::Filler, Sense::Role]))
            && let Some(to) =
                object_after(tokens, sentences, at).or_else(|| both_ends_after(page, tokens, sentences, at))
        {
            stated.push(Stated { from: at, to });
        }
    }
    stated
}

/// "booking API": a specific word right before the thing.
fn specific_before(page: &Page, tokens: &[Token], sentences: &[u32], at: usize) -> Option<usize> {
    let before = at.checked_sub(1).filter(|before| sentences[*before] == sentences[at])?;
    let token = tokens.get(before)?;
    let verb_like = !token.known && page.slice(token).ends_with("ly");
    // "Zorbio Backend Engineer": an employer's name.
    let employer = !token.known
        && page.capital(token)
        && tokens.get(at + 1).is_some_and(|next| next.is(Sense::Role))
        && !a_common_noun(page.slice(token));
    let fits = !employer && (flowing(token) || specific(token)) && !verb_like;
    fits.then_some(before)
}

/// "API that lets partners book slots", "service for parcel labels", "API in Python that lets partners book slots".
fn purpose_after(tokens: &[Token], sentences: &[u32], at: usize) -> Option<usize> {
    let mut purpose = false;
    // What it is written in stands between the thing and its purpose.
    let written = tokens.get(at + 1).is_some_and(|token| token.is(Sense::Skill) && token.is(Sense::Stop))
        && tokens.get(at + 2).is_some_and(|token| token.name.is_some());
    let after = if written {
        let more = |token: &&Token| token.name.is_some() || matches!(token.shape, Shape::Mark('/' | ',' | '+'));
        at + 2 + tokens.iter().skip(at + 2).take(6).take_while(more).count()
    } else {
        at + 1
    };
    for (ahead, token) in tokens.iter().enumerate().skip(after).take(8) {
        if sentences[ahead] != sentences[at] || token.name.is_some() {
            return None;
        }
        if !purpose {
            if token.is(Sense::Purpose) {
                purpose = true;
            } else if !token.is_any(any(&[Sense::Stop, Sense::Generic])) || ahead > after + 1 {
                return None;
            }
        } else if token.is_any(any(&[Sense::Company, Sense::Industry, Sense::Role])) {
            return None;
        } else if flowing(token) || specific(token) || token.votes[0] >= SURFACE {
            return Some(ahead + 1);
        }
    }
    None
}

/// "ingest sensor readings": what the verb works on.
fn object_after(tokens: &[Token], sentences: &[u32], at: usize) -> Option<usize> {
    for (ahead, token) in tokens.iter().enumerate().skip(at + 1).take(4) {
        if sentences[ahead] != sentences[at]
            || token.name.is_some()
            || matches!(token.shape, Shape::Mark('.' | ':' | '('))
        {
            return None;
        }
        if flowing(token) {
            return Some(ahead + 1);
        }
    }
    None
}

/// "connect our platform with insurers": what is tied to what.
fn both_ends_after(page: &Page, tokens: &[Token], sentences: &[u32], at: usize) -> Option<usize> {
    let ties = ["connect", "integrat", "link"].iter().any(|verb| page.slice(&tokens[at]).starts_with(verb));
    let turn = (at + 2..(at + 5).min(tokens.len())).find(|turn| {
        sentences[*turn] == sentences[at] && matches!(page.slice(&tokens[*turn]), "with" | "to" | "and")
    })?;
    let end = (turn + 1..(turn + 4).min(tokens.len())).find(|to| {
        let token = &tokens[*to];
        sentences[*to] == sentences[at]
            && token.name.is_none()
            && (flowing(token) || specific(token) || token.is_any(any(&[Sense::Artefact, Sense::Industry])))
    })?;
    let plain = tokens[at + 1..turn].iter().all(|token| token.name.is_none() && token.is_word());
    (ties && plain).then_some(end + 1)
}

/// "from valve to dashboard": a flow told by its ends.
fn from_one_to_another(page: &Page, tokens: &[Token], sentences: &[u32], at: usize) -> Option<usize> {
    if page.slice(&tokens[at]) != "from" {
        return None;
    }
    let end = |token: &Token| token.name.is_none() && (flowing(token) || specific(token) || token.is(Sense::Artefact));
    let turn = (at + 2..(at + 5).min(tokens.len()))
        .find(|turn| sentences[*turn] == sentences[at] && matches!(page.slice(&tokens[*turn]), "to" | "into"))?;
    let to =
        (turn + 1..(turn + 4).min(tokens.len())).find(|to| sentences[*to] == sentences[at] && end(&tokens[*to]))?;
    (at + 1..turn).any(|between| end(&tokens[between])).then_some(to + 1)
}

/// "Backfill for Henk": somebody left, no data is loaded.
pub(super) fn for_a_leaver(page: &Page, tokens: &[Token], at: usize) -> bool {
    if !page.slice(&tokens[at]).starts_with("backfill") {
        return false;
    }
    let next = |n: usize| tokens.get(at + n).map_or("", |token| page.slice(token));
    let person = |n: usize| {
        tokens.get(at + n).is_some_and(|token| {
            page.capital(token) && token.is_word() && token.votes == [0; 6]
                || token.is_any(any(&[Sense::Role, Sense::Seniority]))
        })
    };
    match next(1) {
        "for" | "of" | "my" | "our" => person(2) || person(3) || matches!(next(2), "someone" | "somebody" | "who"),
        "position" | "role" | "hire" | "req" | "headcount" => true,
        _ => false,
    }
}

/// "payments company", "logistics startup": the word tells the trade, not the system.
fn of_a_company(tokens: &[Token], at: usize) -> bool {
    tokens.iter().skip(at + 1).take(2).any(|token| token.is(Sense::Company) && !token.is(Sense::Artefact))
        && !tokens.get(at + 1).is_some_and(|token| matches!(token.shape, Shape::Mark(_)))
}

/// Sentences that praise the company: none of their words is the system. One that also asks for somebody counts.
pub(super) fn blurb_sentences(tokens: &[Token], sentences: &[u32]) -> HashSet<u32> {
    let mut blurbs = HashSet::new();
    let mut asking = HashSet::new();
    for (token, sentence) in tokens.iter().zip(sentences) {
        if token.is(Sense::Blurb) {
            blurbs.insert(*sentence);
        }
        if token.is(Sense::Need) && !token.is(Sense::Stop) {
            asking.insert(*sentence);
        }
    }
    blurbs.retain(|sentence| !asking.contains(sentence));
    blurbs
}

/// The noun phrase of a stated system, 2 to 5 words, fit for a title: "streaming ledger".
pub(super) fn title_of(tokens: &[Token], sentences: &[u32], stated: Stated) -> Option<(usize, usize)> {
    let sentence = sentences[stated.from];
    let noun = |token: &Token| {
        token.is_word() && token.name.is_none() && token.is_any(any(&[Sense::System, Sense::Artefact, Sense::ArchNoun]))
    };
    let modifies = |token: &Token| {
        token.is_word()
            && token.name.is_none()
            && (flowing(token) || specific(token) || noun(token))
            && !token.is_any(any(&[Sense::Stop, Sense::Build, Sense::Need, Sense::Role, Sense::Filler]))
            // "Takes card payments": the verb that tells the flow names nothing, unless it is a noun as well.
            && (!token.is(Sense::FlowVerb) || token.is_any(any(&[Sense::FlowNoun, Sense::System])))
    };
    let mut to = (stated.from..stated.to).rev().find(|at| noun(&tokens[*at]))? + 1;
    let mut from = to - 1;
    while to - from < 5
        && tokens.get(to).is_some_and(|token| noun(token) && !token.is_any(any(&[Sense::Stop, Sense::Filler])))
        && sentences[to] == sentence
    {
        to += 1;
    }
    while from > 0 && to - from < 5 && sentences[from - 1] == sentence && modifies(&tokens[from - 1]) {
        from -= 1;
    }
    (to - from <= 5).then_some((from, to))
}
