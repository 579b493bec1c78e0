//! The team counted: "two other backend engineers", "team of 12", "small team".

use super::number::amount_at;
use super::pieces::Shape;
use super::senses::{Sense, any};
use super::team::{Reader, TeamRead, band};
use super::tokens::Token;
use crate::domain::answers::Team;

impl Reader<'_> {
    /// "two other backend engineers", "we are five devs", "plus one frontend dev".
    pub(super) fn size_at(&self, at: usize) -> Option<TeamRead> {
        let amount = amount_at(self.page, self.tokens, at)?;
        if matches!(self.word(at), "mid" | "low" | "high" | "single digit" | "double digit") {
            return None;
        }
        if at > 0 && amount_at(self.page, self.tokens, at - 1).is_some_and(|earlier| earlier.to > at) {
            return None;
        }
        let mut builder = None;
        for ahead in amount.to..(amount.to + 5).min(self.tokens.len()) {
            let token = &self.tokens[ahead];
            let trade = matches!(
                self.word(ahead),
                "backend" | "frontend" | "mobile" | "devops" | "ios" | "android" | "infra" | "fullstack"
            ) && amount.high >= 2.0
                && self
                    .tokens
                    .get(ahead + 1)
                    .is_none_or(|next| !next.is_word() || matches!(self.page.slice(next), "and" | "plus"));
            if token.is(Sense::Builder) || trade {
                builder = Some(ahead);
                break;
            }
            let joins = token.is(Sense::Join) && !matches!(self.word(ahead), "of our" | "of the");
            if token.is_any(any(&[Sense::Nonbuilder, Sense::Company])) || joins || !token.is_word() {
                break;
            }
            // "three of our engineers", not "three of the forms our engineers use".
            if matches!(self.word(ahead), "of" | "of our" | "of the")
                && !matches!(self.word(ahead + 1), "our" | "the" | "my")
                && !(self.is(ahead + 1, Sense::Builder) && self.word(ahead).len() > 2)
            {
                break;
            }
            if matches!(
                self.word(ahead),
                "years" | "yrs" | "year" | "months" | "days" | "hours" | "and" | "or" | "k" | "a" | "per" | "is"
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
        let wanted = self.before(at).next().is_some_and(|before| self.word(before) == "of")
            && self.before(at).take(6).any(|before| matches!(self.word(before), "hire" | "need" | "build" | "looking"));
        let gone = self.before(at).take(2).any(|before| matches!(self.word(before), "had" | "lost"));
        if wanted
            || gone
            || self.of_the_past(at)
            || self.is_hires(at)
            || amount.high > 2000.0
            || self.are_users(at, amount.high)
            || self.are_outsiders(at)
        {
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

    /// "team of 12", "six-person squad", "crew of four", "stream team, eight people", "team (4)".
    pub(super) fn sized_team_at(&self, at: usize) -> Option<TeamRead> {
        let team = self.is(at, Sense::TeamNoun) || self.is(at, Sense::NotTeam) && self.word(at).ends_with("team");
        let trade = [
            "sales",
            "marketing",
            "product",
            "design",
            "support",
            "hr",
            "people",
            "finance",
            "ops",
            "operations",
            "leadership",
            "management",
            "legal",
            "customer",
            "business",
            "hiring",
            "recruiting",
            "research",
            "data science",
            "medical",
            "clinical",
            "editorial",
            "content",
            "communications",
            "brand",
        ];
        let others = self.is(at, Sense::NotTeam) && trade.iter().any(|trade| self.word(at).starts_with(trade));
        if !team || others || self.of_the_past(at) || self.are_outsiders(at) {
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
        let wanted = self.before(at).take(3).any(|i| {
            matches!(
                self.word(i),
                "hire" | "hiring" | "need" | "build" | "building" | "assemble" | "want" | "looking" | "find"
            )
        });
        if wanted {
            return None;
        }
        let measured = matches!(self.word(at + 1), "is" | "stays" | "remains")
            && matches!(self.word(at + 2), "small" | "tiny" | "large" | "big" | "lean" | "huge");
        if measured {
            return self.read(None, None, at, at + 3);
        }
        let mut from = at + 1;
        while (self.is(from, Sense::TeamLink)
            || self
                .tokens
                .get(from)
                .is_some_and(|token| matches!(token.shape, Shape::Mark(',' | '(' | ':' | '=' | '-' | '—'))))
            && from < at + 6
        {
            from += 1;
        }
        let people =
            |i: usize| self.tokens.get(i).is_some_and(|token| token.is_any(any(&[Sense::Builder, Sense::Peer])));
        let direct = from == at + 1 && amount_at(self.page, self.tokens, from).is_some_and(|amount| people(amount.to));
        if (from > at + 1 || direct)
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
                let headcount = size >= 25 && !self.word(at).contains(' ') && !self.is(amount.to, Sense::Builder);
                if headcount {
                    return None;
                }
                return self.read(Some(band(size)), Some(size), at, amount.to);
            }
        }
        // "6-person team", "two people team": the number before.
        let number = (1..=4).filter_map(|n| at.checked_sub(n)).find(|before| {
            amount_at(self.page, self.tokens, *before).is_some_and(|amount| {
                (amount.firm || amount.high >= 2.0) && self.is(amount.to, Sense::Peer)
                    || matches!(
                        self.word(amount.to),
                        "person"
                            | "people"
                            | "man"
                            | "strong"
                            | "head"
                            | "headed"
                            | "persons"
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

    pub(super) fn small_team_at(&self, at: usize) -> Option<TeamRead> {
        if self.of_the_past(at) {
            return None;
        }
        if self.is(at, Sense::TeamNoun) {
            return self.sized_in_words_at(at);
        }
        if !self.is(at, Sense::TeamSize) {
            return self.people_in_engineering_at(at);
        }
        let others = (at + 1..at + 4)
            .take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word))
            .any(|i| self.is(i, Sense::Nonbuilder) || self.is(i, Sense::Company));
        let for_them = self.word(at + 1) == "of" && others;
        let hired = self.before(at).take(3).any(|before| matches!(self.word(before), "need" | "hire" | "hiring"));
        let denied = self.before(at).take(2).any(|before| self.is(before, Sense::Negation));
        if for_them || hired || denied || self.is_a_trait(at) || self.are_outsiders(at) {
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

    /// "mid-size backend team", "large data engineering group".
    fn sized_in_words_at(&self, at: usize) -> Option<TeamRead> {
        let kind = self.word(at).contains(' ') || at.checked_sub(1).is_some_and(|i| self.is(i, Sense::TeamArea));
        let from = self.before(at).take(4).take_while(|i| self.tokens[*i].is_word()).find(|i| {
            matches!(
                self.word(*i),
                "small"
                    | "tiny"
                    | "large"
                    | "big"
                    | "mid"
                    | "medium"
                    | "sized"
                    | "size"
                    | "lean"
                    | "compact"
                    | "huge"
                    | "little"
            )
        })?;
        let large = matches!(self.word(from), "large" | "big" | "huge" | "medium" | "mid");
        if large && matches!(self.word(from + 1), "data" | "scale") {
            return None;
        }
        if kind { self.read(large.then_some(Team::Larger), None, from, at + 1) } else { None }
    }

    /// "seven people in engineering", "backend is three people".
    fn people_in_engineering_at(&self, at: usize) -> Option<TeamRead> {
        if matches!(self.word(at), "backend" | "frontend" | "mobile" | "engineering" | "tech")
            && (self.is(at + 1, Sense::TeamLink) || matches!(self.word(at + 1), "=" | ":"))
        {
            let from = at + 2 + usize::from(self.is(at + 2, Sense::TeamLink));
            let amount = amount_at(self.page, self.tokens, from)
                .filter(|amount| amount.high < 500.0 && self.word(amount.from) != "a")?;
            let people = matches!(self.word(amount.to), "strong") || self.is(amount.to, Sense::Peer);
            let size = amount.high.round() as u32;
            let ends = self.tokens.get(amount.to).is_none_or(|next| !next.is_word());
            return if people || ends { self.read(Some(band(size)), Some(size), at, amount.to) } else { None };
        }
        let amount = amount_at(self.page, self.tokens, at)?;
        let people = matches!(self.word(amount.to), "people" | "persons" | "folks" | "heads" | "person");
        let place = matches!(self.word(amount.to + 1), "in" | "on" | "doing" | "write" | "writing" | "who")
            && (amount.to + 2..amount.to + 4).any(|i| {
                matches!(
                    self.word(i),
                    "engineering" | "backend" | "tech" | "dev" | "development" | "code" | "software" | "it"
                )
            });
        let size = amount.high.round() as u32;
        if people && place { self.read(Some(band(size)), Some(size), at, amount.to + 2) } else { None }
    }
}

fn number_word(word: &str) -> Option<u32> {
    const WORDS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.iter().position(|known| *known == word).and_then(|at| u32::try_from(at).ok())
}
