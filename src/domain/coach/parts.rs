//! What a name does in its text: asked for, part of the architecture, connected, waved away, the old state.

use super::clauses::{SIGHT, around};
use super::lexicon::Kind;
use super::names::Name;
use super::pieces::Shape;
use super::senses::{Sense, any};
use super::tokens::{Page, Token};

/// What a name does in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Asked for, or listed.
    Stack,
    /// Part of the system: a Kafka pipeline, sharded Postgres.
    Architecture,
    /// One of the systems to be connected.
    Connected,
    /// Waved away.
    Waived,
    /// What is being replaced.
    Legacy,
    /// What the colleagues write: "next to three Java engineers".
    Colleagues,
}

/// Ways of speaking rather than stacks: with an API or a service after them they name the thing that is built.
const PROTOCOLS: [&str; 5] = ["graphql", "graph ql", "grpc", "soap", "mqtt"];

/// Ends of words for a system through which something flows.
const FLOWS: [&str; 7] = [" pipeline", " ingest", " ingestion", " queue", " stream", " gateway", " cluster"];

/// How far a word that waves away, or dates, reaches.
const REACH: usize = 8;

pub(super) fn part_of(page: &Page, tokens: &[Token], sentences: &[u32], named: &[Option<Kind>], name: &Name) -> Part {
    if of_colleagues(page, tokens, sentences, name.at) {
        Part::Colleagues
    } else if waived(page, tokens, sentences, named, name.at) {
        Part::Waived
    } else if old_state(page, tokens, sentences, named, name.at) {
        Part::Legacy
    } else if (name.kind == Kind::Vendor || shop(page, tokens, name.at)) && connected(tokens, sentences, named, name.at)
    {
        Part::Connected
    } else if matches!(name.kind, Kind::Infrastructure) && architecture(page, tokens, sentences, named, name.at) {
        Part::Architecture
    } else {
        Part::Stack
    }
}

/// "joins three Java engineers", "next to our Go people".
fn of_colleagues(page: &Page, tokens: &[Token], sentences: &[u32], at: usize) -> bool {
    let plural = tokens.get(at + 1).is_some_and(|next| {
        next.is(Sense::Role) && (page.slice(next).ends_with('s') || matches!(page.slice(next), "people" | "folk"))
    });
    let near: Vec<&str> = (0..at)
        .rev()
        .take(5)
        .take_while(|before| sentences[*before] == sentences[at])
        .map(|before| page.slice(&tokens[before]))
        .collect();
    let joined = near.iter().any(|word| {
        word.starts_with("join")
            || matches!(
                *word,
                "next"
                    | "next to"
                    | "with"
                    | "supporting"
                    | "helping"
                    | "reinforce"
                    | "reinforcing"
                    | "strengthen"
                    | "alongside"
                    | "beside"
                    | "besides"
                    | "among"
                    | "amongst"
            )
    });
    let counted = near.iter().any(|word| {
        matches!(
            *word,
            "our"
                | "the"
                | "existing"
                | "other"
                | "others"
                | "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
        )
    }) || (1..=3).filter_map(|n| at.checked_sub(n)).any(|before| tokens[before].number().is_some());
    // "we're three Java engineers adding a fourth", not "we're looking for three".
    let ourselves = near.iter().any(|word| matches!(*word, "we're" | "we are"))
        && !near
            .iter()
            .any(|word| ["need", "look", "hir", "seek", "want", "search"].iter().any(|w| word.starts_with(w)));
    let crew = near.contains(&"of")
        && near.iter().any(|word| matches!(*word, "crew" | "squad" | "pod" | "bunch" | "band" | "group"))
        && !near.iter().any(|word| word.starts_with("need") || word.starts_with("look"));
    plural && ((joined || ourselves) && counted || crew) || of_others(page, tokens, &near, at)
}

/// "the data people write Python", "our vendor's Java SDK": what others write.
fn of_others(page: &Page, tokens: &[Token], near: &[&str], at: usize) -> bool {
    let writes =
        near.iter().take(3).any(|word| matches!(*word, "write" | "writes" | "use" | "uses" | "speak" | "prefer"));
    let others = near.iter().any(|word| {
        matches!(
            *word,
            "people"
                | "scientists"
                | "analysts"
                | "researchers"
                | "customers"
                | "clients"
                | "partners"
                | "scientist"
                | "quants"
        )
    });
    let you = near.iter().any(|word| matches!(*word, "who" | "you" | "we"));
    let kit = tokens.get(at + 1).is_some_and(|next| {
        matches!(
            page.slice(next),
            "sdk" | "sdks" | "client" | "clients" | "plugin" | "plugins" | "library" | "script" | "scripts" | "macros"
        )
    });
    let theirs = near.iter().take(3).any(|word| {
        ["vendor", "partner", "customer", "client", "supplier", "their", "provider"]
            .iter()
            .any(|whose| word.starts_with(whose))
    });
    writes && others && !you || kit && theirs
}

fn role_follows(tokens: &[Token], at: usize) -> bool {
    for token in tokens.iter().skip(at + 1).take(4) {
        if token.is(Sense::Role) {
            return true;
        }
        if !token.is_any(any(&[Sense::Generic, Sense::Seniority])) && token.name.is_none() && !token.is_mark('/') {
            return false;
        }
    }
    false
}

/// "Java or whatever", "Go or Node, we don't mind", "not another Python shop".
fn waived(page: &Page, tokens: &[Token], sentences: &[u32], named: &[Option<Kind>], at: usize) -> bool {
    let sentence = sentences[at];
    let in_sentence = |i: &usize| sentences[*i] == sentence;
    let denied = (1..=2)
        .filter_map(|n| at.checked_sub(n))
        .take_while(|before| sentences[*before] == sentence && tokens[*before].is_word())
        .any(|before| matches!(page.slice(&tokens[before]), "no" | "not" | "without" | "never" | "isn't" | "nor"));
    if denied {
        return true;
    }
    // Before: reaches over the list that follows.
    let mut steps = 0;
    for before in (0..at).rev().take(SIGHT).take_while(in_sentence) {
        if tokens[before].is(Sense::WaiveBefore) {
            return true;
        }
        let list = named[before].is_some() || separator(page, &tokens[before]);
        steps += usize::from(!list);
        if steps > 4 {
            break;
        }
    }
    // After: only words about the choice may stand between. "Java? Go? Your pick": a name by itself ends no list.
    let mut steps = 0;
    let mut last = sentence + 1;
    for after in (at + 1..tokens.len()).take(SIGHT) {
        let token = &tokens[after];
        if sentences[after] > last {
            break;
        }
        let asked = |at: usize| tokens.get(at + 1).is_some_and(|next| next.is_mark('?'));
        last += u32::from(named[after].is_some() && sentences[after] == last && asked(at) && asked(after));
        if token.is(Sense::Waive) {
            // "Angular dev who can do the rest in whatever": the role is asked for, the rest is not.
            let the_rest = page.slice(&tokens[after - 1]) == "rest";
            return !the_rest && (!role_follows(tokens, at) || steps <= 2);
        }
        let list = named[after].is_some() || separator(page, token);
        let about = token.is_any(any(&[Sense::Stop, Sense::Stackish, Sense::Company, Sense::Generic, Sense::Legacy]));
        steps += usize::from(!list);
        if sentences[after] != sentence && (role_follows(tokens, at) || steps > 3)
            || steps > REACH
            || !(list || about || steps < 4)
        {
            break;
        }
    }
    // A phrase that names the choice itself ("any language, Go today") reaches over its sentence.
    let after_all = (1..=4)
        .filter_map(|n| at.checked_sub(n))
        .any(|before| matches!(page.slice(&tokens[before]), "as long as" | "long" | "provided" | "must"));
    !role_follows(tokens, at)
        && !after_all
        && (0..at).rev().take_while(in_sentence).take(REACH).any(|before| tokens[before].is(Sense::Waive))
}

fn separator(page: &Page, token: &Token) -> bool {
    matches!(token.shape, Shape::Mark(_)) || matches!(page.slice(token), "and" | "or" | "/" | "ou" | "oder" | "und")
}

/// "our old PHP monolith", "was a C# monolith", "Java 8 consumers to be retired".
fn old_state(page: &Page, tokens: &[Token], sentences: &[u32], named: &[Option<Kind>], at: usize) -> bool {
    let sentence = sentences[at];
    if role_follows(tokens, at) {
        return false;
    }
    for (steps, before) in (0..at).rev().take_while(|before| sentences[*before] == sentence).enumerate() {
        if steps > 5 {
            break;
        }
        let token = &tokens[before];
        if token.is(Sense::Legacy) {
            return true;
        }
        // "from Perl to Go": what follows the turn is the new state.
        if matches!(page.slice(token), "to" | "into" | "with" | "by" | "onto") || named[before].is_some() && token.glued
        {
            return false;
        }
    }
    tokens.iter().zip(sentences).skip(at + 1).take(6).take_while(|(_, s)| **s == sentence).any(|(token, _)| {
        token.is(Sense::Legacy)
            && matches!(
                page.slice(token),
                "days"
                    | "era"
                    | "leftovers"
                    | "leftover"
                    | "must go"
                    | "has to go"
                    | "goes away"
                    | "going away"
                    | "years ago"
                    | "ten years ago"
                    | "on its last legs"
                    | "retired"
                    | "retire"
                    | "replaced"
                    | "replace"
                    | "dying"
                    | "deprecated"
                    | "nobody dares touch"
                    | "in maintenance"
                    | "replaces"
                    | "at the moment"
            )
    })
}

/// "our Magento shop": a product that is run, whatever it is written in.
fn shop(page: &Page, tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| {
        matches!(
            page.slice(next),
            "shop" | "shops" | "store" | "stores" | "account" | "accounts" | "tenant" | "instance" | "site"
        )
    })
}

/// "glue between Salesforce and NetSuite", "SAP integration".
fn connected(tokens: &[Token], sentences: &[u32], named: &[Option<Kind>], at: usize) -> bool {
    if role_follows(tokens, at) {
        return false;
    }
    let near = around(sentences, at);
    let others = near.clone().filter(|other| *other != at && named[*other] == Some(Kind::Vendor)).count();
    let ties = tokens[near.clone()]
        .iter()
        .any(|token| token.is_any(any(&[Sense::ArchAdj, Sense::FlowVerb, Sense::System])) && token.name.is_none());
    // "SAP CPI / Java - order interfaces", "Consultant Dynamics 365": a list of skills opens the text.
    let listed = at == 0
        && tokens.get(1).is_some_and(|next| next.is_mark('/'))
        && matches!(named.get(2), Some(Some(kind)) if *kind != Kind::Vendor);
    let before = |n: usize| at.checked_sub(n).and_then(|before| tokens.get(before));
    // "Dev with Azure Functions" has them as skills.
    let asked_with = before(1).is_some_and(|with| with.is(Sense::Stop) && with.is(Sense::Skill))
        && before(2).is_some_and(|role| role.is(Sense::Role));
    if listed || asked_with || before(1).is_some_and(|role| role.is(Sense::Role)) {
        return false;
    }
    let flows = tokens[near].iter().any(|token| token.is(Sense::FlowNoun));
    let asked = at.checked_sub(1).is_some_and(|before| {
        tokens[before].is(Sense::Skill) && !tokens[before].is(Sense::Stop) && !tokens[before].is(Sense::ArchAdj)
    });
    let noun = tokens.get(at + 1).is_some_and(|next| next.is_any(any(&[Sense::ArchNoun])) || next.is(Sense::FlowNoun));
    !asked && (noun || ties || others > 0 && flows)
}

/// "Kafka pipeline", "sharded Postgres", "from Kafka into ClickHouse" where something flows.
fn architecture(page: &Page, tokens: &[Token], sentences: &[u32], named: &[Option<Kind>], at: usize) -> bool {
    let sentence = sentences[at];
    // The noun after it, over other names of the same list: Kafka/Flink pipeline.
    let mut noun = None;
    for after in at + 1..(at + 5).min(tokens.len()) {
        let token = &tokens[after];
        if token.is(Sense::ArchNoun) && token.name.is_none() {
            noun = Some(after);
            break;
        }
        let joined = matches!(named[after], Some(Kind::Infrastructure | Kind::Vendor))
            || after == at + 1 && token.is(Sense::FlowNoun) && !token.is(Sense::Generic)
            || token.is_mark('/')
            || token.is_mark('+')
            || matches!(page.slice(token), "and" | "based" | "backed" | "fed" | "driven" | "to")
            || token.is(Sense::Adjective);
        if !joined || sentences[after] != sentence {
            break;
        }
    }
    let skill = at.checked_sub(1).is_some_and(|before| {
        tokens[before].is(Sense::Skill) && !tokens[before].is(Sense::Stop) && !tokens[before].is(Sense::Build)
    });
    let api = PROTOCOLS.contains(&page.slice(&tokens[at]))
        && tokens.get(at + 1).is_some_and(|next| {
            next.is_any(any(&[Sense::Artefact, Sense::Generic])) && next.name.is_none() && !next.is(Sense::Role)
        })
        && !role_follows(tokens, at);
    // "Kafka metrics pipeline": what flows stands between, and both are one word of the vocabulary.
    let flow = tokens.get(at + 1).is_some_and(|next| {
        next.is(Sense::System) && FLOWS.iter().any(|flow| page.slice(next).ends_with(flow)) && !role_follows(tokens, at)
    });
    if noun.is_some() || api || flow {
        return !skill;
    }
    if role_follows(tokens, at) || skill {
        return false;
    }
    // "REST or GraphQL behind a portal", "the pub/sub between tills and stock", "MQTT through to dashboards".
    let spans = tokens.get(at + 1).is_some_and(|next| {
        matches!(page.slice(next), "between" | "through" | "through to" | "behind" | "into" | "in front of")
    });
    if spans || PROTOCOLS.contains(&page.slice(&tokens[at])) && !beside_a_name(named, at) {
        return true;
    }
    let Some(before) = at.checked_sub(1) else { return false };
    let before = &tokens[before];
    if !before.is(Sense::ArchAdj) {
        return false;
    }
    let plain_adjective = !before.is_any(any(&[Sense::Stop, Sense::Skill, Sense::Purpose]));
    plain_adjective
        || tokens[around(sentences, at).start..at]
            .iter()
            .any(|token| token.is_any(any(&[Sense::FlowNoun, Sense::System])))
}

/// Another name with at most a separator between.
fn beside_a_name(named: &[Option<Kind>], at: usize) -> bool {
    let is_named = |at: usize| named.get(at).is_some_and(Option::is_some);
    (1..=2).any(|step| is_named(at + step) || at.checked_sub(step).is_some_and(is_named))
}
