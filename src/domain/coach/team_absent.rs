//! Nobody there: "we don't have a backend team", "not one developer on payroll", "a one-engineer job".

use super::number::amount_at;
use super::senses::{Sense, any};
use super::team::{Reader, TeamRead};
use super::tokens::Token;
use crate::domain::answers::Team;

impl Reader<'_> {
    /// What the text says by denying that others build, at this token.
    pub(super) fn absent_at(&self, at: usize) -> Option<TeamRead> {
        if self.of_the_past(at) || self.is_a_trait(at) {
            return None;
        }
        self.nobody_at(at)
            .or_else(|| self.nobody_codes_at(at))
            .or_else(|| self.by_myself_at(at))
            .or_else(|| self.last_one_left_at(at))
            .or_else(|| self.you_are_all_at(at))
            .or_else(|| self.one_person_job_at(at))
    }

    /// "isn't a single engineer", "zero in-house engineering", "don't have a backend team".
    fn nobody_at(&self, at: usize) -> Option<TeamRead> {
        let zero = self.word(at) == "zero" || self.tokens.get(at)?.number() == Some(0.0);
        if !zero && !self.is(at, Sense::Negation) {
            return None;
        }
        let ahead = |i: &usize| self.tokens.get(*i).is_some_and(Token::is_word);
        let head = (at + 1..at + 6).take_while(ahead).find(|i| {
            self.is(*i, Sense::Builder)
                || self.is(*i, Sense::Solo)
                    && self.word(*i).split(' ').any(|word| matches!(word, "engineer" | "developer" | "dev"))
                || self.is(*i, Sense::TeamNoun) && self.of_a_kind(*i)
                || self.word(*i) == "engineering" && !self.is(*i + 1, Sense::TeamNoun)
        })?;
        // "not looking for engineers", "not for developers".
        let elsewhere = (at + 1..head).any(|i| {
            self.is(i, Sense::Hires)
                || self.is(i, Sense::Outsider)
                || matches!(
                    self.word(i),
                    "for" | "by" | "to" | "with" | "as" | "care" | "like" | "be" | "about" | "mind"
                )
        });
        let exists = |word: &str| {
            matches!(
                word,
                "have"
                    | "has"
                    | "had"
                    | "there"
                    | "is"
                    | "are"
                    | "we've"
                    | "there is"
                    | "there are"
                    | "got"
                    | "employ"
                    | "isn't"
                    | "aren't"
                    | "haven't"
                    | "hasn't"
                    | "single"
                    | "one"
                    | "any"
            )
        };
        let told = self.before(at).take(3).any(|i| exists(self.word(i))) || (at..head).any(|i| exists(self.word(i)));
        let dated = (head + 1..head + 5).any(|i| {
            matches!(
                self.word(i),
                "yet"
                    | "here"
                    | "today"
                    | "now"
                    | "payroll"
                    | "staff"
                    | "in house"
                    | "building"
                    | "currently"
                    | "so"
                    | "before"
                    | "left"
            )
        });
        if elsewhere || !(told || dated) {
            return None;
        }
        // "No seniors yet": there may be others.
        let alone = !self.word(head).starts_with("senior") && !self.word(head).starts_with("junior");
        self.read(alone.then_some(Team::Solo), None, at, head + 1)
    }

    /// "nobody in the firm can read code", "nobody reviews your code".
    fn nobody_codes_at(&self, at: usize) -> Option<TeamRead> {
        if !matches!(self.word(at), "nobody" | "no one" | "none") {
            return None;
        }
        let codes =
            |i: &usize| matches!(self.word(*i), "code" | "codes" | "program" | "programs" | "engineer" | "engineers");
        let head = (at + 1..at + 7).take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word)).find(codes)?;
        let feelings =
            (at + 1..head).any(|i| matches!(self.word(i), "cares" | "touches" | "dares" | "understands" | "likes"));
        let world = (at + 1..head).any(|i| matches!(self.word(i), "market" | "world" | "industry" | "country"));
        let firm =
            (at + 1..head).any(|i| matches!(self.word(i), "in" | "here" | "else" | "can" | "reviews" | "writes"));
        if firm && !feelings && !world || head == at + 1 {
            self.read(Some(Team::Solo), None, at, head + 1)
        } else {
            None
        }
    }

    /// "up to now I wrote everything myself".
    fn by_myself_at(&self, at: usize) -> Option<TeamRead> {
        if self.word(at) != "myself" {
            return None;
        }
        let from = self.before(at).take(7).find(|i| self.word(*i) == "i")?;
        let keeps = (from..at).any(|i| self.is(i, Sense::Keeps));
        if keeps { self.read(None, None, from, at + 1) } else { None }
    }

    /// "last dev left in August", "our current guy leaves".
    fn last_one_left_at(&self, at: usize) -> Option<TeamRead> {
        let who = self.is(at, Sense::Builder) && !self.word(at).ends_with('s');
        let known = matches!(self.word(at), "guy" | "one" | "person" | "colleague");
        let before = at.checked_sub(1).map_or("", |i| self.word(i));
        let ours = matches!(before, "last" | "previous" | "current" | "only" | "our" | "one" | "the");
        let opens = at.checked_sub(1).is_none_or(|i| !self.tokens[i].is_word());
        let gone = (at + 1..at + 4).any(|i| {
            matches!(
                self.word(i),
                "left" | "leaves" | "leaving" | "quit" | "quits" | "resigned" | "gone" | "retires" | "retired" | "goes"
            )
        });
        if gone && (who && (ours || opens) || known && ours) {
            self.read(Some(Team::Solo), None, at, at + 1)
        } else {
            None
        }
    }

    /// A team whose trade is named: "backend team", "dev team".
    fn of_a_kind(&self, at: usize) -> bool {
        self.word(at).contains(' ') || at.checked_sub(1).is_some_and(|before| self.is(before, Sense::TeamArea))
    }

    /// "you'll be our entire server department", "backend dept = you".
    fn you_are_all_at(&self, at: usize) -> Option<TeamRead> {
        let equals = (self.is(at, Sense::TeamNoun) || matches!(self.word(at), "the team" | "our team" | "backend"))
            && (matches!(self.word(at + 1), "is" | "will be" | "would be")
                || self.tokens.get(at + 1).is_some_and(|next| next.is_mark('=')))
            && self.word(at + 2) == "you"
            || self.word(at) == "backend"
                && matches!(self.word(at + 1), "would" | "will")
                && self.word(at + 2) == "be"
                && self.word(at + 3) == "you";
        if equals {
            return self.read(None, None, at, at + 3);
        }
        let all = matches!(self.word(at), "entire" | "whole" | "complete")
            && self.before(at).take(4).any(|i| self.word(i).starts_with("you"))
            && self.before(at).take(3).any(|i| matches!(self.word(i), "be" | "are" | "become" | "you're"));
        let end = (at + 1..at + 4)
            .take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word))
            .find(|i| self.is(*i, Sense::TeamNoun))?;
        if all { self.read(Some(Team::Solo), None, at, end + 1) } else { None }
    }

    /// "a one-engineer job", "a two developer shop".
    fn one_person_job_at(&self, at: usize) -> Option<TeamRead> {
        let amount = amount_at(self.page, self.tokens, at)?;
        let token = self.tokens.get(amount.to)?;
        let job = matches!(
            self.word(amount.to + 1),
            "job"
                | "shop"
                | "seat"
                | "operation"
                | "show"
                | "department"
                | "outfit"
                | "affair"
                | "role"
                | "assignment"
                | "project"
                | "gig"
                | "task"
        );
        let counted = amount.high < 20.0 && token.is_any(any(&[Sense::Builder, Sense::Peer]));
        let solo = amount.high < 2.0;
        if job && counted && !(at > 0 && self.is_hires(at)) {
            self.read(solo.then_some(Team::Solo), None, at, amount.to + 2)
        } else {
            None
        }
    }
}
