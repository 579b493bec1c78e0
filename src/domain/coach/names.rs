//! Which names of languages and stacks a text truly uses: doubtful ones need support from the words around them.

use super::lexicon::{Ambiguity, Kind, Lexicon};
use super::pieces::Shape;
use super::senses::{Sense, Senses, any};
use super::tokens::{Page, Token};

/// A name that is meant as one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    /// Its token in the lead layer.
    pub at: usize,
    pub entry: u16,
    pub kind: Kind,
}

/// What may stand between a name and the role it belongs to: "Go *backend* engineer".
const BETWEEN: Senses = any(&[Sense::Generic, Sense::Seniority, Sense::Adjective]);

/// The names meant as names, in order.
pub(super) fn names_in(page: &Page, lexicon: &Lexicon, tokens: &[Token], allowed: &[String]) -> Vec<Name> {
    let mut meant: Vec<bool> = (0..tokens.len()).map(|at| stands_by_itself(page, tokens, at)).collect();
    // Support travels along lists, both ways: "Python, Go" and "Go and Python".
    for at in 0..tokens.len() {
        if !meant[at] && doubtful(&tokens[at]) && listed_with(page, tokens, at, &meant, Way::Back) {
            meant[at] = true;
        }
    }
    for at in (0..tokens.len()).rev() {
        if !meant[at] && doubtful(&tokens[at]) && listed_with(page, tokens, at, &meant, Way::Ahead) {
            meant[at] = true;
        }
    }
    tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| {
            meant[*at] && !elsewhere_named(page, tokens, *at) && !allowed.iter().any(|word| word == page.slice(token))
        })
        .filter_map(|(at, token)| {
            let (entry, _) = token.name?;
            Some(Name { at, entry, kind: lexicon.entry(entry)?.kind })
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Back,
    Ahead,
}

/// "Lisp Street clinic", "Cassandra from legal": a place or a colleague, not a language.
fn elsewhere_named(page: &Page, tokens: &[Token], at: usize) -> bool {
    let word = |n: usize| tokens.get(at + n).map_or("", |token| page.slice(token));
    let colleague = word(1) == "from"
        && matches!(
            word(2),
            "legal"
                | "accounting"
                | "finance"
                | "sales"
                | "hr"
                | "marketing"
                | "support"
                | "operations"
                | "procurement"
                | "purchasing"
        );
    colleague
        || tokens.get(at + 1).is_some_and(|next| {
            page.capital(next)
                && matches!(
                    page.slice(next),
                    "street"
                        | "road"
                        | "lane"
                        | "avenue"
                        | "square"
                        | "valley"
                        | "island"
                        | "airport"
                        | "clinic"
                        | "hospital"
                        | "county"
                        | "bay"
                )
        })
}

fn doubtful(token: &Token) -> bool {
    token.name.is_some_and(|(_, ambiguity)| ambiguity != Ambiguity::Certain)
}

fn stands_by_itself(page: &Page, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let Some((_, ambiguity)) = token.name else { return false };
    let capital = page.capital(token);
    match ambiguity {
        Ambiguity::Certain => true,
        Ambiguity::Rare => capital && next_is(tokens, at, Sense::Role.bit()),
        Ambiguity::Person => {
            role_before(tokens, at, capital) || belongs_to_a_role(tokens, at) || version_follows(tokens, at, capital)
        }
        Ambiguity::Letter => {
            capital
                && (next_is(tokens, at, Sense::Role.bit())
                    || belongs_to_a_role(tokens, at)
                    || after_skill(page, tokens, at, true))
        }
        Ambiguity::Word => {
            belongs_to_a_role(tokens, at)
                || role_before(tokens, at, capital)
                || version_follows(tokens, at, capital)
                || after_skill(page, tokens, at, capital)
                || ends_a_title(page, tokens, at, capital)
                || leads_a_list(page, tokens, at, capital)
        }
    }
}

fn next_is(tokens: &[Token], at: usize, senses: Senses) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.is_any(senses))
}

/// "Go developer", "Rust backend engineer", "Swift codebase".
fn belongs_to_a_role(tokens: &[Token], at: usize) -> bool {
    for next in tokens.iter().skip(at + 1).take(4) {
        if next.is_any(any(&[Sense::Role, Sense::Stackish])) {
            return true;
        }
        if !next.is_any(BETWEEN) {
            return false;
        }
    }
    false
}

/// "desenvolvedor Go", "dev Node": the role first, as in Romance languages.
fn role_before(tokens: &[Token], at: usize, capital: bool) -> bool {
    capital && at.checked_sub(1).is_some_and(|before| tokens[before].is(Sense::Role))
}

fn version_follows(tokens: &[Token], at: usize, capital: bool) -> bool {
    capital
        && tokens.get(at + 1).and_then(Token::number).is_some_and(|number| number < 40.0)
        && tokens.get(at + 2).is_none_or(|next| !next.is_any(Sense::FlowNoun.bit()) && next.shape != Shape::Mark('%'))
}

/// "in Go", "with Rust", "experience in R"; in lower case only where the text stops after it: "written in go."
fn after_skill(page: &Page, tokens: &[Token], at: usize, capital: bool) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| tokens.get(at)) else { return false };
    if !before.is(Sense::Skill) {
        return false;
    }
    let stops = tokens.get(at + 1).is_none_or(|next| {
        matches!(next.shape, Shape::Mark(_) | Shape::Break)
            || matches!(page.slice(next), "and" | "or" | "to" | "for" | "but")
    });
    capital || (stops && !matches!(page.slice(before), "year" | "years" | "some" | "use"))
}

/// "Backend engineer (Go)", "Backend Engineer - Rust", "Backend dev, Elixir".
fn ends_a_title(page: &Page, tokens: &[Token], at: usize, capital: bool) -> bool {
    let Some(mark) = at.checked_sub(1) else { return false };
    let opens = matches!(tokens[mark].shape, Shape::Mark('(' | '[' | '-' | '—' | ':' | ',' | '|' | '/' | '>'));
    // "Software Engineer II, Go": a level stands between; "Seeking: Go" needs no role.
    let before = (0..mark).rev().take(3).find(|at| !tokens[*at].is(Sense::Seniority) || tokens[*at].is(Sense::Role));
    let role = before.is_some_and(|at| {
        tokens[at].is_any(any(&[Sense::Role, Sense::Generic]))
            || tokens[at].is(Sense::Need) && tokens[mark].is_mark(':')
    });
    let stops = tokens.get(at + 1).is_none_or(|next| {
        matches!(next.shape, Shape::Mark(_) | Shape::Break) || next.is(Sense::Need) || chosen(page, next)
    });
    let bracketed = tokens[mark].is_mark('(') && tokens.get(at + 1).is_some_and(|next| next.is_mark(')'));
    opens && role && stops && (capital || bracketed)
}

/// "Rust. Tokio. Postgres." and "Go: the ingest": a name that is a whole clause at the start.
fn leads_a_list(page: &Page, tokens: &[Token], at: usize, capital: bool) -> bool {
    // "Ad tech. Scala. Berlin.": a clause of its own between full stops.
    let clause =
        at.checked_sub(1).is_some_and(|before| matches!(tokens[before].shape, Shape::Mark('.' | '|' | '•' | '·')))
            && tokens.get(at + 1).is_some_and(|next| matches!(next.shape, Shape::Mark('.' | '|' | '•' | '·' | '+')));
    capital && clause
        || at == 0
            && capital
            && tokens.get(1).is_none_or(|next| {
                matches!(next.shape, Shape::Mark(':' | '—' | '-' | '+' | '.' | '/' | '|'))
                    || matches!(page.slice(next), "first" | "only" | "mainly" | "it") && !next.is(Sense::Lookalike)
            })
}

/// Words that tie a name to another choice: "Scala or willing to learn it", "Rails ou Go".
fn chosen(page: &Page, token: &Token) -> bool {
    matches!(page.slice(token), "or" | "ou" | "oder" | "of" | "eller" | "lub" | "o" | "и" | "или")
}

/// Beside a name that is meant, with only a separator between.
fn listed_with(page: &Page, tokens: &[Token], at: usize, meant: &[bool], way: Way) -> bool {
    let step =
        |at: usize| if way == Way::Back { at.checked_sub(1) } else { Some(at + 1).filter(|at| *at < tokens.len()) };
    let letter = matches!(tokens[at].name, Some((_, Ambiguity::Letter | Ambiguity::Rare)));
    if letter && !page.capital(&tokens[at]) {
        return false;
    }
    let mut separators = 0;
    let mut here = step(at);
    let mut slash = false;
    let mut choice = false;
    while let Some(next) = here {
        let token = &tokens[next];
        if meant[next] {
            return separators > 0;
        }
        // Two doubtful ones side by side with a slash vouch for each other: Go/Rust.
        if doubtful(token) && separators == 1 && !letter {
            let (one, other) = (page.capital(&tokens[at]), page.capital(token));
            return if slash { one || other } else { one && other && choice };
        }
        let separates =
            matches!(token.shape, Shape::Mark(',' | '/' | '+' | '&' | '|' | '(' | ')' | '•' | '·' | '、' | '-'))
                || matches!(
                    page.slice(token),
                    "and"
                        | "or"
                        | "und"
                        | "oder"
                        | "et"
                        | "ou"
                        | "y"
                        | "o"
                        | "e"
                        | "og"
                        | "eller"
                        | "i"
                        | "lub"
                        | "en"
                        | "of"
                        | "и"
                        | "или"
                );
        slash |= token.is_mark('/');
        choice |= page.slice(token) == "and" || chosen(page, token);
        separators += 1;
        if !separates || separators > 2 {
            return false;
        }
        here = step(next);
    }
    false
}
