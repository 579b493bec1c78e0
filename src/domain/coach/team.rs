//! The engineering team around the new engineer: alone, one or two others, more, and how many.

use super::clauses::around;
use super::evidence::Evidence;
use super::number::amount_at;
use super::pieces::Shape;
use super::senses::{Sense, any};
use super::tokens::{Page, Token};
use crate::domain::answers::Team;

/// What a text says of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRead {
    /// The band, when the words give one.
    pub team: Option<Team>,
    /// How many engineers, when a number is given.
    pub size: Option<u32>,
    /// The words.
    pub evidence: Evidence,
}

/// Every statement of size in the text, for contradictions.
pub(super) fn teams_in(page: &Page, tokens: &[Token], sentences: &[u32]) -> Vec<TeamRead> {
    let reader = Reader { page, tokens, sentences };
    (0..tokens.len()).filter_map(|at| reader.team_at(at)).collect()
}

pub(super) struct Reader<'a> {
    pub page: &'a Page<'a>,
    pub tokens: &'a [Token],
    pub sentences: &'a [u32],
}

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| self.page.slice(token))
    }
    pub(super) fn is(&self, at: usize, sense: Sense) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(sense))
    }
    /// Tokens before, nearest first, of the same sentence.
    pub(super) fn before(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        (0..at).rev().take_while(move |before| self.sentences[*before] == self.sentences[at])
    }
    pub(super) fn read(&self, team: Option<Team>, size: Option<u32>, from: usize, to: usize) -> Option<TeamRead> {
        let evidence = self.page.evidence(self.tokens[from].start, self.tokens[to - 1].end);
        Some(TeamRead { team, size, evidence })
    }

    fn team_at(&self, at: usize) -> Option<TeamRead> {
        let token = &self.tokens[at];
        if token.is_any(any(&[Sense::Solo, Sense::SoloVague])) && self.alone(at) {
            return self.read(Some(Team::Solo), Some(0), at, at + 1).map(|read| TeamRead { size: None, ..read });
        }
        self.size_at(at)
            .or_else(|| self.sized_team_at(at))
            .or_else(|| self.small_team_at(at))
            .or_else(|| self.joined_at(at))
            .or_else(|| self.counted_in_at(at))
    }

    pub(super) fn of_the_past(&self, at: usize) -> bool {
        self.before(at).take(10).any(|before| self.is(before, Sense::Past))
    }

    fn alone(&self, at: usize) -> bool {
        let denied =
            self.before(at).take(3).any(|before| self.is(before, Sense::Negation) && !self.is(before, Sense::Solo));
        if denied || self.of_the_past(at) {
            return false;
        }
        let limited = ["only", "first"].iter().any(|end| self.word(at).ends_with(end)) && self.is(at, Sense::SoloVague);
        if limited {
            let people = (at + 1..at + 4).any(|i| {
                self.is(i, Sense::Builder)
                    || matches!(self.word(i), "one" | "backend" | "engineering" | "hire" | "technical" | "tech")
            });
            let ends = self.tokens.get(at + 1).is_none_or(|next| !next.is_word());
            return (people || ends) && !matches!(self.word(at + 1), "people" | "to");
        }
        if !self.is(at, Sense::SoloVague) {
            return !matches!(self.word(at + 1), "to" if self.word(at).ends_with("first"));
        }
        let about_people = around(self.sentences, at).any(|i| {
            matches!(
                self.word(i),
                "you" | "you'd" | "you'll" | "you're" | "you are" | "this person" | "hire" | "they'd" | "they'll"
            ) || self.is(i, Sense::Builder)
                || matches!(self.word(i), "code" | "codes" | "writes" | "programs" | "server")
        }) || self.word(at).contains("you");
        about_people && !matches!(self.word(at + 1), "to" | "who" | "that" | "thing" | "place" | "system" | "source")
    }

    /// "two other backend engineers", "we are five devs", "plus one frontend dev".
    fn size_at(&self, at: usize) -> Option<TeamRead> {
        let amount = amount_at(self.page, self.tokens, at)?;
        if at > 0 && amount_at(self.page, self.tokens, at - 1).is_some_and(|earlier| earlier.to > at) {
            return None;
        }
        let mut builder = None;
        for ahead in amount.to..(amount.to + 5).min(self.tokens.len()) {
            let token = &self.tokens[ahead];
            if token.is(Sense::Builder) {
                builder = Some(ahead);
                break;
            }
            if token.is_any(any(&[Sense::Nonbuilder, Sense::Company, Sense::Join])) || !token.is_word() {
                break;
            }
            if matches!(
                self.word(ahead),
                "years" | "yrs" | "year" | "months" | "days" | "hours" | "of" | "and" | "or" | "k" | "a" | "per" | "is"
            ) {
                break;
            }
        }
        let of_us = self.word(amount.to) == "of" && self.word(amount.to + 1) == "us" && amount.firm;
        if of_us && !self.of_the_past(at) {
            let size = amount.high.round() as u32;
            return self.read(Some(band(size)), Some(size), at, amount.to + 2);
        }
        let builder = builder?;
        // "Magento 2 developer": a version, not a number of people.
        let singular = !self.word(builder).ends_with('s') && amount.high >= 2.0;
        let versioned = at > 0
            && self.sentences[at - 1] == self.sentences[at]
            && self.page.capital(&self.tokens[at - 1])
            && self.tokens[at - 1].is_word();
        if singular && versioned {
            return None;
        }
        if self.of_the_past(at) || self.is_hires(at) || amount.high > 2000.0 {
            return None;
        }
        if amount.high == 0.0 && amount.firm {
            return self.read(Some(Team::Solo), None, at, builder + 1);
        }
        let single = amount.high < 2.0;
        if single && !self.single_is_a_colleague(at, builder) {
            return None;
        }
        let size = amount.high.round() as u32;
        self.read(Some(band(size)), Some(size), at, builder + 1)
    }

    /// Numbers of people to be hired are no team: "need two Go engineers".
    fn is_hires(&self, at: usize) -> bool {
        self.before(at).take(4).any(|before| {
            matches!(
                self.word(before),
                "need"
                    | "needs"
                    | "hire"
                    | "hiring"
                    | "looking"
                    | "want"
                    | "wanted"
                    | "seeking"
                    | "recruit"
                    | "recruiting"
                    | "find"
                    | "another"
                    | "searching"
                    | "require"
                    | "opening"
            )
        }) || at == 0
            && !self.tokens.iter().take(12).any(|token| {
                matches!(
                    self.page.slice(token),
                    "we" | "you"
                        | "already"
                        | "you'd"
                        | "have"
                        | "own"
                        | "write"
                        | "here"
                        | "today"
                        | "run"
                        | "runs"
                        | "has"
                        | "on"
                )
            })
    }

    fn single_is_a_colleague(&self, at: usize, builder: usize) -> bool {
        if self.word(at) == "a" || self.word(at) == "an" {
            return self.before(at).take(2).any(|before| {
                matches!(
                    self.word(before),
                    "already"
                        | "have"
                        | "plus"
                        | "and you"
                        | "you and"
                        | "alongside"
                        | "next to"
                        | "pair with"
                        | "beside"
                        | "paired with"
                        | "pairing with"
                )
            });
        }
        (at + 1..builder).any(|i| matches!(self.word(i), "other" | "more" | "fellow" | "existing"))
            || self.before(at).take(3).any(|before| {
                self.is(before, Sense::Join) && !matches!(self.word(before), "for" | "in" | "into" | "a" | "under")
                    || matches!(
                        self.word(before),
                        "plus"
                            | "we have"
                            | "have"
                            | "has"
                            | "there is"
                            | "there's"
                            | "only"
                            | "you"
                            | "our"
                            | "and"
                            | "currently"
                            | "just"
                            | "+"
                    )
            })
            || matches!(
                self.word(builder + 1),
                "has"
                    | "already"
                    | "today"
                    | "who"
                    | "here"
                    | "runs"
                    | "does"
                    | "so"
                    | "built"
                    | "and"
                    | "on"
                    | "keeps"
            )
            || self.word(builder + 1) == "you"
    }

    /// "team of 12", "six-person squad", "crew of four", "stream team, eight people", "team (4)".
    fn sized_team_at(&self, at: usize) -> Option<TeamRead> {
        let team = self.is(at, Sense::TeamNoun) || self.is(at, Sense::NotTeam) && self.word(at).ends_with("team");
        if !team || self.of_the_past(at) {
            return None;
        }
        if self.word(at + 1) == "of"
            && (at + 2..at + 6)
                .take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word))
                .any(|i| self.is(i, Sense::Builder) && self.word(i).ends_with('s'))
        {
            let named = (at + 2..at + 6).find(|i| self.is(*i, Sense::Builder))?;
            return self.read(None, None, at, named + 1);
        }
        let measured = matches!(self.word(at + 1), "is" | "stays" | "remains")
            && matches!(self.word(at + 2), "small" | "tiny" | "large" | "big" | "lean" | "huge");
        if measured
            && (self.word(at).contains(' ') || at.checked_sub(1).is_some_and(|before| self.is(before, Sense::TeamArea)))
        {
            return self.read(None, None, at, at + 3);
        }
        let mut from = at + 1;
        while matches!(
            self.word(from),
            "size"
                | "headcount"
                | "strength"
                | "today"
                | "of"
                | "is"
                | "has"
                | ","
                | "("
                | ":"
                | "are"
                | "="
                | "counts"
                | "about"
                | "de"
                | "von"
                | "currently"
                | "-"
                | "—"
                | "around"
                | "some"
                | "now"
                | "with"
                | "из"
        ) && from < at + 4
        {
            from += 1;
        }
        if from > at + 1
            && let Some(amount) = amount_at(self.page, self.tokens, from)
            && (amount.high >= 2.0 || amount.firm)
            && amount.high < 1500.0
            && (self.word(amount.from) != "a" || amount.magnitude)
        {
            let counted =
                (amount.to..amount.to + 3).take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word)).any(|i| {
                    self.is(i, Sense::Nonbuilder)
                        || matches!(
                            self.word(i),
                            "years"
                                | "%"
                                | "countries"
                                | "offices"
                                | "products"
                                | "days"
                                | "months"
                                | "hours"
                                | "k"
                                | "am"
                                | "pm"
                        )
                });
            if !counted {
                let size = amount.high.round() as u32;
                return self.read(Some(band(size)), Some(size), at, amount.to);
            }
        }
        // "6-person team", "two people team": the number before.
        let number = (1..=4).filter_map(|n| at.checked_sub(n)).find(|before| {
            amount_at(self.page, self.tokens, *before).is_some_and(|amount| {
                (amount.firm || amount.high >= 2.0)
                    && matches!(
                        self.word(amount.to),
                        "person"
                            | "people"
                            | "man"
                            | "strong"
                            | "head"
                            | "member"
                            | "engineer"
                            | "dev"
                            | "developer"
                            | "folk"
                    )
            })
        })?;
        let amount = amount_at(self.page, self.tokens, number)?;
        let size = amount.high.round() as u32;
        self.read(Some(band(size)), Some(size), number, at + 1)
    }

    fn small_team_at(&self, at: usize) -> Option<TeamRead> {
        if !self.is(at, Sense::TeamSize) || self.of_the_past(at) {
            return None;
        }
        let others = (at + 1..at + 4)
            .take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word))
            .any(|i| self.is(i, Sense::Nonbuilder) || self.is(i, Sense::Company));
        let for_them = self.word(at + 1) == "of" && others;
        let hired = self.before(at).take(3).any(|before| matches!(self.word(before), "need" | "hire" | "hiring"));
        let denied = self.before(at).take(2).any(|before| self.is(before, Sense::Negation));
        if for_them || hired || denied {
            return None;
        }
        let word = self.word(at);
        let large = word.contains("large")
            || word.contains("big")
            || word.contains("dozen")
            || word.contains("hundred")
            || word.contains("medium")
            || word.contains("mid");
        let size = if word.ends_with(" of us") { number_word(word.split(' ').next().unwrap_or("")) } else { None };
        let band = size.map(band).or(large.then_some(Team::Larger));
        self.read(band, size, at, at + 1)
    }

    /// "joins our backend team", "sits in the payments squad", "works with our data engineers".
    fn joined_at(&self, at: usize) -> Option<TeamRead> {
        let token = &self.tokens[at];
        if token.is(Sense::TeamNoun) && !token.is(Sense::NotTeam) {
            return self.team_joined(at);
        }
        let crowd = matches!(self.word(at), "folks" | "people" | "guys" | "side" | "crowd" | "lot" | "gang");
        let kin = crowd && at.checked_sub(1).is_some_and(|before| self.is(before, Sense::TeamArea));
        let plural = kin
            || token.is(Sense::Builder)
                && (self.word(at).ends_with('s')
                    || self.word(at) == "backend people"
                    || self.word(at).ends_with("folk"));
        if !plural || self.of_the_past(at) {
            return None;
        }
        let mut owned = false;
        for (steps, before) in self.before(at).enumerate() {
            let word = self.word(before);
            if matches!(word, "as" | "a" | "an") || steps > 5 {
                return None;
            }
            if self.is(before, Sense::Nonbuilder) || self.is(before, Sense::Company) {
                return None;
            }
            owned |= matches!(
                word,
                "our"
                    | "the"
                    | "other"
                    | "existing"
                    | "more"
                    | "fellow"
                    | "senior"
                    | "few"
                    | "several"
                    | "strong"
                    | "some"
                    | "founding"
                    | "seasoned"
                    | "experienced"
                    | "your"
            ) || self.is(before, Sense::CountWord);
            if self.is(before, Sense::Join) && !weak(word) {
                return self.read(Some(Team::Larger), None, before, at + 1);
            }
            if self.is(before, Sense::Join)
                && owned
                && matches!(word, "with" | "for" | "to our" | "in our" | "inside our")
            {
                let hires = self
                    .before(before)
                    .take(4)
                    .any(|i| matches!(self.word(i), "looking" | "search" | "tool" | "tools"));
                return if hires { None } else { self.read(Some(Team::Larger), None, before, at + 1) };
            }
        }
        None
    }

    fn team_joined(&self, at: usize) -> Option<TeamRead> {
        if self.of_the_past(at) {
            return None;
        }
        let mut area = false;
        let mut unknown = 0;
        let mut article = false;
        for (steps, before) in self.before(at).enumerate() {
            let token = &self.tokens[before];
            let word = self.word(before);
            if steps > 7 || matches!(token.shape, Shape::Mark('.' | ';' | ':' | '(' | ')')) {
                return None;
            }
            if token.is_any(any(&[Sense::Nonbuilder, Sense::Company, Sense::NotTeam])) {
                return None;
            }
            if token.is(Sense::TeamArea) {
                area = true;
            }
            if token.is(Sense::Join) || token.is(Sense::Lead) {
                let squad = !self.word(at).starts_with("team")
                    && !matches!(self.word(at), "group" | "groups" | "department" | "dept" | "unit" | "units");
                let the = article
                    || matches!(
                        word,
                        "in the" | "to our" | "in our" | "inside our" | "into a" | "of the" | "of our" | "to the"
                    );
                let strong = !weak(word) || token.is(Sense::Lead);
                let fits =
                    (area || squad) && (strong || the) || strong && the && unknown == 1 && self.word(at) == "team";
                if fits {
                    return self.read(Some(Team::Larger), None, before, at + 1);
                }
                if matches!(word, "for" | "in" | "under" | "within" | "with" | "into") {
                    continue;
                }
                return None;
            }
            article |= matches!(word, "the" | "our" | "existing" | "a" | "an" | "their" | "this");
            if token.is_word()
                && !token.known
                && !matches!(
                    word,
                    "the" | "our" | "existing" | "a" | "an" | "their" | "of" | "and" | "this" | "'s" | "current"
                )
            {
                unknown += 1;
                if article && unknown > 3 {
                    return None;
                }
            }
            if matches!(word, "our") && !area && unknown > 0 {
                // "our wonderful team": no kind of team is named.
                unknown += 1;
            }
        }
        None
    }
}

/// Prepositions that join only where a kind of team follows.
fn weak(word: &str) -> bool {
    matches!(
        word,
        "for"
            | "of the"
            | "of our"
            | "in"
            | "into"
            | "into a"
            | "under"
            | "within"
            | "with"
            | "in the"
            | "to the"
            | "in our"
            | "inside our"
            | "to our"
            | "inside"
            | "help"
            | "support"
            | "supporting"
            | "grow"
            | "growing"
            | "extend"
            | "existing"
            | "expand"
            | "expanding"
            | "plus"
    )
}

pub(super) fn band(others: u32) -> Team {
    match others {
        0 => Team::Solo,
        1 | 2 => Team::OneOrTwo,
        _ => Team::Larger,
    }
}

fn number_word(word: &str) -> Option<u32> {
    const WORDS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok())
}
