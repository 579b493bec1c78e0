//! People told without the word team: "you and one other", "two of the four who run it", "share on-call with three others".

use super::number::amount_at;
use super::senses::{Sense, any};
use super::team::{Reader, TeamRead, band};
use super::tokens::Token;

impl Reader<'_> {
    /// What the text says of the people around the new engineer, at this token.
    pub(super) fn told_of_people_at(&self, at: usize) -> Option<TeamRead> {
        if self.of_the_past(at) || self.are_outsiders(at) {
            return None;
        }
        self.shared_at(at)
            .or_else(|| self.you_and_them_at(at))
            .or_else(|| self.some_of_at(at))
            .or_else(|| self.counted_people_at(at))
            .or_else(|| self.listed_at(at))
            .or_else(|| self.plus_others_at(at))
            .or_else(|| self.colleague_works_at(at))
            .or_else(|| self.with_you_at(at))
            .or_else(|| self.we_are_at(at))
            .or_else(|| self.our_trade_at(at))
            .or_else(|| self.portion_at(at))
            .or_else(|| self.named_at(at))
            .or_else(|| self.your_colleagues_at(at))
    }

    fn people(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_any(any(&[Sense::Builder, Sense::Peer])))
    }

    /// The words that follow in the same clause.
    fn ahead(&self, at: usize, reach: usize) -> impl Iterator<Item = usize> + '_ {
        (at..at + reach).take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word))
    }

    /// "share the rota with four others", "reviewed by our architect".
    fn shared_at(&self, at: usize) -> Option<TeamRead> {
        if !self.is(at, Sense::Shares) || self.is_a_trait(at) {
            return None;
        }
        let you = self.sentence_of(at).any(|i| self.word(i).contains("you") || self.word(i).contains("on call"));
        let mut counted = None;
        for i in self.ahead(at + 1, 7) {
            if self.is(i, Sense::Nonbuilder) || self.is(i, Sense::Outsider) && !self.is(i, Sense::Shares) {
                return None;
            }
            counted = counted.or_else(|| amount_at(self.page, self.tokens, i).filter(|amount| amount.high < 100.0));
            let ours =
                (at + 1..i).any(|j| matches!(self.word(j), "our" | "the" | "other" | "my" | "a" | "one" | "another"));
            if self.is(i, Sense::Builder) && (ours || counted.is_some())
                || self.is(i, Sense::Peer) && counted.is_some() && you
            {
                let size = counted.map(|amount| amount.high.round() as u32);
                return self.read(size.map(band), size, at, i + 1);
            }
        }
        None
    }

    /// "you and one other person", "only you plus our tech lead", "you, Bea and the logs".
    fn you_and_them_at(&self, at: usize) -> Option<TeamRead> {
        if !matches!(self.word(at), "you" | "just you" | "only you" | "yourself") {
            return None;
        }
        let named =
            |i: usize| self.tokens.get(i).is_some_and(|next| next.is_word() && self.page.capital(next) && !next.known);
        if self.tokens.get(at + 1).is_some_and(|next| next.is_mark(','))
            && named(at + 2)
            && matches!(self.word(at + 3), "and" | ",")
        {
            return self.read(None, None, at, at + 3);
        }
        if !matches!(self.word(at + 1), "and" | "plus" | "&" | "+") {
            return None;
        }
        let ends = |i: &usize| !matches!(self.word(*i), "to" | "for" | "will" | "is" | "are" | "your" | "team");
        let person = self.ahead(at + 2, 6).take_while(ends).find(|i| self.people(*i))?;
        let outside = (at + 2..person).any(|i| self.is(i, Sense::Nonbuilder));
        if outside { None } else { self.read(None, None, at, person + 1) }
    }

    /// "two of the four people who run it", "five of seven", "three of our engineers".
    fn some_of_at(&self, at: usize) -> Option<TeamRead> {
        let part = amount_at(self.page, self.tokens, at).filter(|amount| amount.high < 100.0)?;
        let mut from = part.to;
        if !matches!(self.word(from), "of" | "of the" | "of our") {
            return None;
        }
        from += 1 + usize::from(matches!(self.word(from + 1), "the" | "our" | "my"));
        let whole = amount_at(self.page, self.tokens, from).filter(|amount| (2.0..200.0).contains(&amount.high))?;
        let team = self.sentence_of(at).any(|i| self.is(i, Sense::TeamNoun) || self.is(i, Sense::Builder));
        let ends = self.tokens.get(whole.to).is_none_or(|next| !next.is_word());
        let people = self.ahead(whole.to, 3).any(|i| self.people(i));
        let size = whole.high.round() as u32;
        if people && self.builds_after(whole.to) || ends && team {
            self.read(Some(band(size)), Some(size), at, whole.to)
        } else {
            None
        }
    }

    fn sentence_of(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        super::clauses::around(self.sentences, at)
    }

    /// Builders by name, or people of whom it is said that they build.
    fn builds_after(&self, from: usize) -> bool {
        self.ahead(from, 3).any(|i| self.is(i, Sense::Builder)) || self.ahead(from, 6).any(|i| self.is(i, Sense::Keeps))
    }

    /// "4 of them devs", "5 in tech", "eight write code", "three people who wrote it", "3 BE".
    fn counted_people_at(&self, at: usize) -> Option<TeamRead> {
        let amount = amount_at(self.page, self.tokens, at).filter(|amount| (1.0..500.0).contains(&amount.high))?;
        if self.is_hires(at) || self.word(amount.from) == "a" {
            return None;
        }
        let size = amount.high.round() as u32;
        let next = self.tokens.get(amount.to)?;
        let short = matches!(self.word(amount.to), "be" | "fe") && self.page.capital(next);
        let linked = self
            .ahead(amount.to, 4)
            .take_while(|i| {
                self.is(*i, Sense::Peer)
                    || self.is(*i, Sense::Keeps)
                    || matches!(
                        self.word(*i),
                        "in" | "on"
                            | "of"
                            | "them"
                            | "us"
                            | "whom"
                            | "which"
                            | "are"
                            | "is"
                            | "who"
                            | "that"
                            | "already"
                            | "both"
                    ) && !self.trade(*i)
            })
            .filter(|i| !self.is(*i, Sense::Builder));
        let reached = linked.last().map_or(amount.to, |last| last + 1);
        let of_trade = reached > amount.to
            && (self.trade(reached) || self.is(reached, Sense::Builder) && self.word(reached).ends_with('s'));
        let who_build = self.is(amount.to, Sense::Peer)
            && self.is(amount.to + 1, Sense::Keeps)
            && matches!(self.word(amount.to + 1), "code" | "write" | "maintain" | "build" | "program")
            || self.is(amount.to, Sense::Peer)
                && matches!(self.word(amount.to + 1), "who" | "that" | "already" | "here")
                && (amount.to + 1..reached).any(|i| self.is(i, Sense::Keeps));
        // "our two Java guys", "the three backend people".
        let ours = at.checked_sub(1).is_some_and(|i| matches!(self.word(i), "our" | "my"))
            && self.ahead(amount.to, 3).any(|i| matches!(self.word(i), "guys" | "folks" | "coders" | "techies"));
        let contractor = self.ahead(amount.to, 3).any(|i| {
            ["contractor", "freelancer", "freelance", "consultant"].iter().any(|kind| self.word(i).starts_with(kind))
        }) && self
            .before(at)
            .take(3)
            .any(|i| self.is(i, Sense::Join) || matches!(self.word(i), "have" | "has"));
        let with_others = at.checked_sub(1).is_some_and(|i| self.is(i, Sense::Join))
            && matches!(self.word(amount.to), "others" | "colleagues" | "teammates" | "peers");
        let seats = self.ahead(amount.to, 3).any(|i| matches!(self.word(i), "chairs" | "seats" | "desks"))
            && self.sentence_of(at).any(|i| matches!(self.word(i), "empty" | "taken" | "filled" | "free" | "vacant"));
        if short || of_trade || who_build || ours || contractor || with_others || seats {
            return self.read(Some(band(size)), Some(size), at, amount.to.max(reached).min(self.tokens.len()));
        }
        None
    }

    /// The trade as a place or an occupation: "in engineering", "write code".
    fn trade(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            "engineering" | "tech" | "technology" | "development" | "code" | "software" | "backend" | "programming"
        ) && !self.is(at + 1, Sense::Builder)
            && !self.is(at + 1, Sense::Nonbuilder)
    }

    /// "lead engineer plus three".
    fn plus_others_at(&self, at: usize) -> Option<TeamRead> {
        if !self.is(at, Sense::Builder) || !matches!(self.word(at + 1), "plus" | "+" | "and") {
            return None;
        }
        let amount = amount_at(self.page, self.tokens, at + 2).filter(|amount| amount.high < 50.0)?;
        let ends = self
            .tokens
            .get(amount.to)
            .is_none_or(|next| !next.is_word() || next.is(Sense::TeamLink) || next.is(Sense::Peer));
        let size = amount.high.round() as u32 + 1;
        if ends && !self.is_hires(at) { self.read(Some(band(size)), Some(size), at, amount.to) } else { None }
    }

    /// "a colleague in Pune shares the work with you", "my cofounder codes the app".
    fn colleague_works_at(&self, at: usize) -> Option<TeamRead> {
        // "an ML engineer owns the model, you own the service".
        let keeps = self.is(at, Sense::Builder)
            && at.checked_sub(1).is_some_and(|i| matches!(self.word(i), "a" | "an" | "one"))
            && self.is(at + 1, Sense::Keeps)
            && self.word(at + 1).ends_with('s')
            && (at + 2..at + 14).any(|i| matches!(self.word(i), "you" | "you'd" | "you'll"));
        if keeps {
            return self.read(Some(band(1)), None, at - 1, at + 2);
        }
        let cto = matches!(self.word(at), "cto" | "founder" | "cofounder")
            && at.checked_sub(1).is_none_or(|i| !self.tokens[i].is_word() || self.word(i) == "the");
        let one =
            cto || at.checked_sub(1).is_some_and(|i| matches!(self.word(i), "a" | "one" | "my" | "our" | "another"));
        if !one || !self.is(at, Sense::Peer) && !matches!(self.word(at), "founder" | "cto") {
            return None;
        }
        let codes = self.ahead(at + 1, 3).any(|i| matches!(self.word(i), "codes" | "programs" | "code" | "programmes"));
        let with_you = self.word(at).starts_with("colleague")
            && self.ahead(at + 1, 8).any(|i| self.is(i, Sense::Shares) || self.is(i, Sense::Keeps))
            && !self.ahead(at + 1, 4).any(|i| self.is(i, Sense::Nonbuilder));
        if codes || with_you { self.read(None, None, at.saturating_sub(1), at + 1) } else { None }
    }

    /// "two staff, one senior, one junior": a list of counted trades.
    fn listed_at(&self, at: usize) -> Option<TeamRead> {
        let first = amount_at(self.page, self.tokens, at).filter(|amount| amount.high < 50.0)?;
        let kind = |i: usize| {
            self.is(i, Sense::Builder) || matches!(self.word(i), "staff" | "mid" | "mids" | "be" | "fe" | "qa" | "sre")
        };
        if !kind(first.to) || self.is_hires(at) {
            return None;
        }
        let comma = first.to + 1;
        let joined = self.tokens.get(comma).is_some_and(|next| next.is_mark(',') || next.is_mark('+'))
            || matches!(self.word(comma), "and" | "plus");
        let second = amount_at(self.page, self.tokens, comma + 1)?;
        if joined && kind(second.to) { self.read(None, None, at, second.to + 1) } else { None }
    }

    /// "we are four", "us three plus you", "two technical cofounders and you".
    fn we_are_at(&self, at: usize) -> Option<TeamRead> {
        let and_you = |i: usize| matches!(self.word(i), "plus" | "and" | "+" | "&") && self.word(i + 1) == "you";
        if self.people(at) && and_you(at + 1) && !self.tokens.get(at + 3).is_some_and(Token::is_word) {
            let counted = self.before(at).take(3).any(|i| amount_at(self.page, self.tokens, i).is_some());
            return if counted { self.read(None, None, at, at + 3) } else { None };
        }
        let from = match self.word(at) {
            "we" if matches!(self.word(at + 1), "are") => at + 2,
            "we're" | "us" | "we are" => at + 1,
            _ => return None,
        };
        let amount = amount_at(self.page, self.tokens, from).filter(|amount| (2.0..16.0).contains(&amount.high))?;
        let size = amount.high.round() as u32;
        let ends = !self.tokens.get(amount.to).is_some_and(Token::is_word)
            && !self.tokens.get(amount.to).is_some_and(|t| t.is_mark('%'));
        // "We are four and we host", not "we are four stores".
        let goes_on = matches!(self.word(amount.to), "and" | "who" | "on the" | "today" | "here" | "already" | "so");
        if ends || goes_on || and_you(amount.to) {
            self.read(Some(band(size)), Some(size), at, amount.to)
        } else {
            None
        }
    }

    /// "our mobile engineers": colleagues by their trade.
    fn our_trade_at(&self, at: usize) -> Option<TeamRead> {
        let ours = self.word(at) == "our" && !self.before(at).take(3).any(|i| self.is(i, Sense::Hires));
        let trade =
            self.is(at + 1, Sense::Builder) && self.word(at + 1).contains(' ') && self.word(at + 1).ends_with('s');
        let area =
            self.is(at + 1, Sense::TeamArea) && self.is(at + 2, Sense::Builder) && self.word(at + 2).ends_with('s');
        if ours && (trade || area) { self.read(None, None, at, at + 2 + usize::from(area)) } else { None }
    }

    /// "with you we'd be two".
    fn with_you_at(&self, at: usize) -> Option<TeamRead> {
        let with = matches!(self.word(at), "with" | "including" | "counting") && self.word(at + 1) == "you";
        if !with || !(at + 2..at + 4).any(|i| self.word(i).starts_with("we")) {
            return None;
        }
        let counted = self
            .ahead(at + 2, 5)
            .find_map(|i| amount_at(self.page, self.tokens, i))
            .filter(|amount| amount.high < 100.0)?;
        let size = (counted.high.round() as u32).saturating_sub(1);
        self.read(Some(band(size)), Some(size), at, counted.to)
    }

    /// "half of the backend", "a third of our engineering force", "doubling the backend".
    fn portion_at(&self, at: usize) -> Option<TeamRead> {
        let part = matches!(self.word(at), "half" | "third" | "quarter" | "fifth")
            && matches!(self.word(at + 1), "of" | "of the" | "of our" | "the" | "our" | "my");
        let grows = matches!(self.word(at), "doubling" | "double" | "doubles" | "tripling" | "triple");
        if !part && !grows {
            return None;
        }
        let you = self.sentence_of(at).any(|i| self.word(i).starts_with("you"));
        let trade = self.ahead(at + 1, 5).find(|i| {
            matches!(self.word(*i), "backend" | "engineering")
                || self.is(*i, Sense::TeamNoun)
                || self.is(*i, Sense::Builder)
        })?;
        // "double the backend capacity".
        let other =
            self.ahead(trade + 1, 2).any(|i| matches!(self.word(i), "capacity" | "costs" | "load" | "time" | "speed"));
        if (you || self.ahead(trade, 2).any(|i| self.is(i, Sense::TeamNoun))) && !other {
            self.read(None, None, at, trade + 1)
        } else {
            None
        }
    }

    /// "joins Marta and Olek", "Priya and Tom already build this", "Ana from data engineering".
    fn named_at(&self, at: usize) -> Option<TeamRead> {
        let named =
            |i: usize| self.tokens.get(i).is_some_and(|next| next.is_word() && self.page.capital(next) && !next.known);
        let pair = |i: usize| named(i) && matches!(self.word(i + 1), "and" | "&") && named(i + 2);
        let joins = ["join", "help", "reliev", "pair"].iter().any(|verb| self.word(at).starts_with(verb));
        if joins && self.is(at, Sense::Join) && pair(at + 1) && self.word(at + 3) != "as" {
            return self.read(None, None, at, at + 4);
        }
        if pair(at) && self.ahead(at + 3, 3).any(|i| self.is(i, Sense::Keeps)) {
            return self.read(Some(band(2)), Some(2), at, at + 3);
        }
        let from = named(at)
            && self.word(at + 1) == "from"
            && self
                .ahead(at + 2, 3)
                .any(|i| matches!(self.word(i), "engineering" | "data engineering" | "backend" | "infra" | "devops"));
        if from { self.read(None, None, at, at + 3) } else { None }
    }

    /// "our Android developer will be your only colleague in tech".
    fn your_colleagues_at(&self, at: usize) -> Option<TeamRead> {
        let near = matches!(
            self.word(at),
            "colleague" | "colleagues" | "peers" | "peer" | "neighbours" | "neighbors" | "teammates"
        );
        let yours = self.before(at).take(3).any(|i| self.word(i) == "your");
        let trade = self.word(at).ends_with("colleague") && self.is(at, Sense::Builder) && self.word(at).contains(' ');
        if trade && yours {
            return self.read(None, None, at, at + 1);
        }
        if !near || !yours || self.is_a_trait(at) {
            return None;
        }
        let builders = self.sentence_of(at).any(|i| {
            i != at
                && (self.is(i, Sense::Builder)
                    || self.is(i, Sense::TeamNoun) && i.checked_sub(1).is_some_and(|b| self.is(b, Sense::TeamArea)))
        });
        if builders { self.read(None, None, at, at + 1) } else { None }
    }
}
