//! What leads a text: a language or stack, or a system (definitions: docs/coach.md).

use super::evidence::Evidence;
use super::lexicon::{Kind, Lexicon};
use super::names::{Name, names_in};
use super::parts::{Part, part_of};
use super::pieces::Shape;
use super::senses::{Sense, any};
use super::systems::{Stated, specific, systems_in, title_of};
use super::tokens::{Page, Token};
use super::tongue::Tongue;

/// A name of a language or stack, as the text uses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameMention {
    /// The name in the lexicon's spelling.
    pub name: String,
    /// What it names.
    pub kind: Kind,
    /// What it does in the text.
    pub part: Part,
    /// The words.
    pub evidence: Evidence,
}

/// What leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// Neither a name nor a system.
    Nothing,
    /// The system stands first, or no name is asked for.
    System(Evidence),
    /// A name stands first.
    Stack {
        /// The name in the lexicon's spelling.
        name: String,
        /// What it names.
        kind: Kind,
        /// The words.
        evidence: Evidence,
        /// A system follows later in the text.
        system_follows: bool,
    },
}

/// Names, systems and what leads.
pub(super) struct Leading {
    pub lead: Lead,
    pub names: Vec<NameMention>,
    pub systems: Vec<Evidence>,
    pub title: Option<Evidence>,
    /// By token of the lead layer: what the name there names.
    pub named: Vec<Option<Kind>>,
}

/// Content words before the first name from which a text counts as telling its system in words we do not know.
const TOLD_IN_UNKNOWN_WORDS: usize = 4;
const TOLD_IN_FOREIGN_WORDS: usize = 4;

/// What else the reader of leads is told.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub tongue: Tongue,
    /// Folded words that an operator allows: no names.
    pub allowed: &'a [String],
}

pub(super) fn leading(page: &Page, lexicon: &Lexicon, tokens: &[Token], sentences: &[u32], given: Given) -> Leading {
    let names = names_in(page, lexicon, tokens, given.allowed);
    let mut named = vec![None; tokens.len()];
    names.iter().for_each(|name| named[name.at] = Some(name.kind));
    let parts: Vec<Part> = names.iter().map(|name| part_of(page, tokens, sentences, &named, name)).collect();
    let architecture: Vec<Name> = names
        .iter()
        .zip(&parts)
        .filter(|(_, part)| matches!(part, Part::Architecture | Part::Connected))
        .map(|(name, _)| *name)
        .collect();
    let systems = systems_in(page, tokens, sentences, &architecture);
    let legacy_counts = systems.is_empty() && tokens.iter().filter(|token| specific(token)).count() < 3;
    let first = names.iter().zip(&parts).find(|(_, part)| match part {
        Part::Stack => true,
        Part::Legacy => legacy_counts,
        _ => false,
    });
    let evidence = |from: usize, to: usize| page.evidence(tokens[from].start, tokens[to - 1].end);
    let lead = match first {
        Some((name, _)) if !stated_before(page, tokens, sentences, &systems, name.at, given.tongue) => Lead::Stack {
            name: lexicon.entry(name.entry).map(|entry| entry.name.clone()).unwrap_or_default(),
            kind: name.kind,
            evidence: evidence(name.at, name.at + 1),
            system_follows: systems.iter().any(|stated| stated.from > name.at),
        },
        _ => match systems.first() {
            Some(stated) => Lead::System(evidence(stated.from, stated.to)),
            None => Lead::Nothing,
        },
    };
    Leading {
        lead,
        named,
        title: systems
            .iter()
            .find_map(|stated| title_of(tokens, sentences, *stated))
            .map(|(from, to)| evidence(from, to)),
        systems: systems.iter().map(|stated| evidence(stated.from, stated.to)).collect(),
        names: names
            .iter()
            .zip(&parts)
            .map(|(name, part)| NameMention {
                name: lexicon.entry(name.entry).map(|entry| entry.name.clone()).unwrap_or_default(),
                kind: name.kind,
                part: *part,
                evidence: evidence(name.at, name.at + 1),
            })
            .collect(),
    }
}

/// A system stands before the name, inside its job title, or is told in words that the vocabulary does not know.
fn stated_before(
    page: &Page,
    tokens: &[Token],
    sentences: &[u32],
    systems: &[Stated],
    name: usize,
    tongue: Tongue,
) -> bool {
    if systems.iter().any(|stated| stated.from < name)
        || inside_its_title(tokens, systems, name)
        || titled_before(page, tokens, sentences, name)
    {
        return true;
    }
    // "We sell hiking boots and need a PHP developer": a role asked for by name is no detail of what was told before it,
    // unless that was somebody's work.
    if role_of_its_name(tokens, name) && tongue == Tongue::English && !work_told(page, tokens, name) {
        return false;
    }
    let told = tokens[..name].iter().filter(|token| specific(token)).count();
    told >= if tongue == Tongue::English { TOLD_IN_UNKNOWN_WORDS } else { TOLD_IN_FOREIGN_WORDS }
}

/// "Java backend engineer": the role that the name belongs to.
fn role_of_its_name(tokens: &[Token], name: usize) -> bool {
    for token in tokens.iter().skip(name + 1).take(4) {
        if token.is(Sense::Role) {
            return true;
        }
        if !token.is_any(any(&[Sense::Generic, Sense::Seniority])) && token.name.is_none() && !token.is_mark('/') {
            return false;
        }
    }
    false
}

/// "you will look after", "somebody to keep": what is to be done stands before the name.
fn work_told(page: &Page, tokens: &[Token], name: usize) -> bool {
    (0..name).any(|at| {
        tokens[at].is_any(any(&[Sense::Build, Sense::FlowVerb]))
            && (1..=3).filter_map(|n| at.checked_sub(n)).any(|before| {
                let word = page.slice(&tokens[before]);
                word.starts_with("you")
                    || matches!(word, "to" | "will" | "who" | "must" | "somebody" | "someone" | "please")
            })
    })
}

/// "Go payments engineer": between the name and the role that ends the title.
fn inside_its_title(tokens: &[Token], systems: &[Stated], name: usize) -> bool {
    let mut system = false;
    for (at, token) in tokens.iter().enumerate().skip(name + 1).take(5) {
        if token.is(Sense::Role) {
            return system;
        }
        if systems.iter().any(|stated| stated.from <= at && at < stated.to) {
            system = true;
        } else if !token.is_any(any(&[Sense::Generic, Sense::Seniority, Sense::Adjective])) {
            return false;
        }
    }
    false
}

/// "Zorbio Backend Engineer" tells an employer, "Observability Backend Engineer" a system: an unknown word in a title
/// counts when it is built like an English noun.
pub(super) fn a_common_noun(word: &str) -> bool {
    [
        "ing", "ion", "ions", "ment", "ments", "ity", "ics", "ance", "ence", "health", "ship", "age", "ure", "sis",
        "ers", "ery", "ort", "ling", "ty",
    ]
    .iter()
    .any(|end| word.len() > end.len() + 2 && word.ends_with(end))
        || word.ends_with('s') && !word.ends_with("ss")
}

/// "Telehealth Backend Engineer (Go)": a word of its own, with a capital, in the title before the name.
fn titled_before(page: &Page, tokens: &[Token], sentences: &[u32], name: usize) -> bool {
    let Some(role) = (0..name)
        .rev()
        .take(4)
        .take_while(|at| sentences[*at] == sentences[name])
        .find(|at| tokens[*at].is(Sense::Role))
    else {
        return false;
    };
    let praise = |word: &str| ["ous", "ive", "ful", "less", "able", "ible", "ly"].iter().any(|end| word.ends_with(end));
    // "Senior Engineer, Trust & Safety - Java".
    let after_comma = matches!(tokens[role + 1].shape, Shape::Mark(',' | '-' | '—' | '|' | ':')) && role + 2 < name;
    let plain =
        tokens[role + 1..name].iter().all(|token| !token.is_word() || page.capital(token) && !token.is(Sense::Skill));
    let own = |token: &Token| token.name.is_none() && specific(token) && page.capital(token);
    if after_comma && plain && tokens[role + 1..name].iter().any(own) {
        return true;
    }
    for token in (0..role).rev().take(4).take_while(|at| sentences[*at] == sentences[role]).map(|at| &tokens[at]) {
        if token.name.is_none()
            && specific(token)
            && page.capital(token)
            && !praise(page.slice(token))
            && (token.known || a_common_noun(page.slice(token)))
        {
            return true;
        }
        if !token.is_any(any(&[Sense::Generic, Sense::Seniority, Sense::Adjective, Sense::Role])) {
            return false;
        }
    }
    false
}
