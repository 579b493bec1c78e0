//! The team told by adding people up: "me and a contractor", "six of us", "two out of five", "the two we have".

use super::number::amount_at;
use super::senses::{Sense, any};
use super::team::{Reader, TeamRead, band};
use super::tokens::Token;

/// Larger numbers count users rather than colleagues.
const COLLEAGUES: f64 = 60.0;

impl Reader<'_> {
    /// What the text says by adding people up, at this token.
    pub(super) fn added_up_at(&self, at: usize) -> Option<TeamRead> {
        self.of_us_at(at)
            .or_else(|| self.me_and_at(at))
            .or_else(|| self.out_of_at(at))
            .or_else(|| self.the_ones_here_at(at))
            .or_else(|| self.band_of_builders_at(at))
            .or_else(|| self.our_builder_at(at))
    }

    fn counted(&self, at: usize) -> Option<(u32, usize)> {
        let amount = amount_at(self.page, self.tokens, at)?;
        let small = (1.0..COLLEAGUES).contains(&amount.high) && self.word(amount.from) != "a" && !amount.magnitude;
        small.then_some((amount.high.round() as u32, amount.to))
    }

    fn words_from(&self, at: usize, reach: usize) -> impl Iterator<Item = usize> + '_ {
        (at..at + reach).take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word))
    }

    /// "eleven of us engineers", "so it's two of you", "there are six of us on streaming".
    fn of_us_at(&self, at: usize) -> Option<TeamRead> {
        let (size, to) = self.counted(at)?;
        let us = self.word(to) == "of" && matches!(self.word(to + 1), "us" | "you");
        let them = self.word(to) == "of" && self.word(to + 1) == "them" && self.is(to + 2, Sense::Builder);
        if (us || them && !self.is_hires(at)) && size > 1 {
            self.read(Some(band(size)), Some(size), at, to + 2)
        } else {
            None
        }
    }

    /// "there's me and a contractor", "you + one", "it is me plus two juniors".
    fn me_and_at(&self, at: usize) -> Option<TeamRead> {
        let head = matches!(self.word(at), "me" | "myself" | "you" | "just you" | "just me" | "only you" | "only me");
        let and = matches!(self.word(at + 1), "and" | "plus" | "&")
            || self.tokens.get(at + 1).is_some_and(|mark| mark.is_mark('+') || mark.is_mark('&'));
        // "lets you and your friends": a verb's object is no colleague.
        let object = self.before(at).take(1).any(|i| {
            matches!(
                self.word(i),
                "let" | "lets" | "help" | "helps" | "give" | "gives" | "for" | "to" | "with" | "tell"
            )
        });
        if !head || !and || object {
            return None;
        }
        let person = self.words_from(at + 2, 4).find(|i| {
            self.tokens.get(*i).is_some_and(|token| token.is_any(any(&[Sense::Builder, Sense::Peer])))
                || matches!(self.word(*i), "intern" | "interns" | "trainee" | "apprentice" | "junior" | "juniors")
        });
        let theirs = self.words_from(at + 2, 2).any(|i| {
            matches!(self.word(i), "your" | "the" | "we" | "i" | "will" | "can") || self.is(i, Sense::Nonbuilder)
        });
        let one = self.word(at + 2) == "one" && !self.tokens.get(at + 3).is_some_and(Token::is_word);
        match person {
            Some(to) if !theirs => self.read(None, None, at, to + 1),
            _ if one => self.read(Some(band(1)), Some(1), at, at + 3),
            _ => None,
        }
    }

    /// "our squad lost two out of five".
    fn out_of_at(&self, at: usize) -> Option<TeamRead> {
        let (part, to) = self.counted(at)?;
        let out = self.word(to) == "out" && self.word(to + 1) == "of" || self.word(to) == "out of";
        let from = to + if self.word(to) == "out of" { 1 } else { 2 };
        let (whole, end) = self.counted(from).filter(|_| out)?;
        let team = self.before(at).take(8).any(|i| self.is(i, Sense::TeamNoun) || self.is(i, Sense::Builder));
        if team && whole > part { self.read(Some(band(whole)), Some(whole), at, end) } else { None }
    }

    /// "PHP people, because the two we have are tired", "the three already here".
    fn the_ones_here_at(&self, at: usize) -> Option<TeamRead> {
        if !matches!(self.word(at), "the" | "those" | "our") {
            return None;
        }
        let (size, to) = self.counted(at + 1)?;
        let here = self.word(to) == "we" && self.word(to + 1) == "have"
            || self.word(to) == "already" && matches!(self.word(to + 1), "here" | "on" | "in" | "with" | "working");
        let people = self
            .before(at)
            .take(20)
            .any(|i| self.tokens[i].is_any(any(&[Sense::Builder, Sense::Peer])) || self.word(i) == "people");
        if here && people && size > 1 { self.read(Some(band(size)), Some(size), at, to + 1) } else { None }
    }

    /// "a trio of media engineers", "a handful of seasoned engineers", "our dev pair".
    fn band_of_builders_at(&self, at: usize) -> Option<TeamRead> {
        let word = self.word(at);
        let few = matches!(word, "pair" | "duo" | "trio" | "quartet" | "handful" | "couple" | "bunch" | "gang");
        if !few || self.of_the_past(at) || self.is_a_trait(at) || self.are_outsiders(at) || self.is_hires(at) {
            return None;
        }
        if matches!(self.word(at + 1), "of" | "of our") {
            let builder = self
                .words_from(at + 2, 4)
                .take_while(|i| !self.is(*i, Sense::Nonbuilder) && !self.is(*i, Sense::Join))
                .find(|i| self.is(*i, Sense::Builder) && self.word(*i).ends_with('s'))?;
            return self.read(None, None, at, builder + 1);
        }
        let before = at.checked_sub(1)?;
        let kind = self.is(before, Sense::Builder) || self.is(before, Sense::TeamArea);
        if kind && matches!(word, "pair" | "duo" | "trio" | "quartet") {
            self.read(None, None, before, at + 1)
        } else {
            None
        }
    }

    /// "paired with our lead backend engineer", "shadowing our principal engineer".
    fn our_builder_at(&self, at: usize) -> Option<TeamRead> {
        if self.word(at) != "our" {
            return None;
        }
        let plain = |i: &usize| !self.tokens[*i].is_any(any(&[Sense::Nonbuilder, Sense::Company, Sense::Join]));
        let builder = self
            .words_from(at + 1, 4)
            .take_while(plain)
            .find(|i| self.is(*i, Sense::Builder) && !self.word(*i).ends_with('s'))?;
        let beside = self.before(at).take(2).any(|i| {
            let word = self.word(i);
            ["pair", "shadow", "side by side", "alongside", "next to", "beside", "together", "learn"]
                .iter()
                .any(|way| word.starts_with(way))
        });
        let boss = ["cto", "manager", "head", "director"].iter().any(|boss| self.word(builder).contains(boss));
        if beside && !boss { self.read(None, None, at, builder + 1) } else { None }
    }
}
