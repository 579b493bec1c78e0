//! The new engineer counted in: "you'd be the fourth engineer", "backend person nr 2", "the engineers (three)".

use super::number::amount_at;
use super::pieces::Shape;
use super::senses::Sense;
use super::team::{Reader, TeamRead, band};

impl Reader<'_> {
    /// What the text says by counting the new one in, at this token.
    pub(super) fn counted_in_at(&self, at: usize) -> Option<TeamRead> {
        if self.of_the_past(at) {
            return None;
        }
        self.ordinal_at(at)
            .or_else(|| self.numbered_at(at))
            .or_else(|| self.counted_after_at(at))
            .or_else(|| self.beside_at(at))
            .or_else(|| self.no_other_at(at))
            .or_else(|| self.joins_a_person_at(at))
            .or_else(|| self.join_the_four_at(at))
            .or_else(|| self.first_or_only_at(at))
            .or_else(|| self.you_and_at(at))
    }

    /// "be the fourth engineer", "would be third", "would like a 4th".
    fn ordinal_at(&self, at: usize) -> Option<TeamRead> {
        let (place, to) = self.place_at(at)?;
        let people = (to..to + 3).any(|i| {
            self.is(i, Sense::Builder) || matches!(self.word(i), "hire" | "backend" | "one" | "member" | "person")
        });
        let told = self.before(at).take(4).any(|i| {
            matches!(
                self.word(i),
                "be" | "you'd"
                    | "you"
                    | "you'll"
                    | "become"
                    | "becoming"
                    | "as"
                    | "like"
                    | "need"
                    | "needs"
                    | "wants"
                    | "you're"
                    | "makes"
                    | "make"
                    | "our"
                    | "want"
            )
        });
        if matches!(self.word(to), "party" | "parties" | "time" | "language") {
            return None;
        }
        let ends = self.tokens.get(to).is_none_or(|next| !next.is_word());
        let size = place.saturating_sub(1);
        let opens = at.checked_sub(1).is_none_or(|i| !self.tokens[i].is_word())
            && (self.is(to, Sense::Builder) || self.is(to + 1, Sense::Builder) || self.word(to + 1) == "hire");
        if (told && (people || ends) || opens) && place > 1 {
            self.read(Some(band(size)), Some(size), at, to)
        } else {
            None
        }
    }

    fn place_at(&self, at: usize) -> Option<(u32, usize)> {
        // "sub-second" is no place.
        if self.before(at).take(2).any(|i| self.word(i) == "sub") {
            return None;
        }
        const PLACES: [&str; 10] =
            ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"];
        if let Some(place) = PLACES.iter().position(|place| *place == self.word(at)) {
            return Some((u32::try_from(place).ok()? + 2, at + 1));
        }
        let number = self.tokens.get(at)?.number()?;
        let ordinal = matches!(self.word(at + 1), "st" | "nd" | "rd" | "th") && self.tokens.get(at + 1)?.glued;
        ordinal.then_some((number as u32, at + 2))
    }

    /// "engineer no. 3", "backend person nr 2", "developer number one", "one of six".
    fn numbered_at(&self, at: usize) -> Option<TeamRead> {
        let numbered = matches!(self.word(at), "no" | "nr" | "number" | "#" | "num" | "nummer" | "numero");
        let builder = self.before(at).take(2).any(|i| {
            self.is(i, Sense::Builder) || matches!(self.word(i), "hire" | "employee" | "suchen" | "looking" | "be")
        }) || matches!(self.word(at + 2), "on" | "in")
            && self.before(at).take(2).any(|i| matches!(self.word(i), "you" | "you'll" | "you'd" | "as"));
        let once = self.before(at).take(4).any(|i| matches!(self.word(i), "been" | "was" | "were"));
        if numbered && builder && !once {
            let from = if matches!(self.word(at + 1), ".") { at + 2 } else { at + 1 };
            let amount = amount_at(self.page, self.tokens, from)?;
            let size = (amount.high as u32).saturating_sub(1);
            let team = if size == 0 {
                (Some(crate::domain::answers::Team::Solo), None)
            } else {
                (Some(band(size)), Some(size))
            };
            return if amount.high < 100.0 { self.read(team.0, team.1, at - 1, amount.to) } else { None };
        }
        // "you'd be one of six", "you make four".
        let one_of = self.word(at) == "one"
            && self.word(at + 1) == "of"
            && self.before(at).take(3).any(|i| matches!(self.word(i), "be" | "you'd" | "you" | "as"));
        // "the most senior of four".
        let ranked = self.word(at) == "of"
            && at.checked_sub(1).is_some_and(|i| {
                matches!(self.word(i), "senior" | "junior" | "oldest" | "youngest" | "experienced" | "part" | "half")
            })
            && self.before(at).any(|i| matches!(self.word(i), "you" | "you'd" | "you'll" | "you're" | "be"));
        let make = matches!(self.word(at), "make" | "makes")
            && self.before(at).take(2).any(|i| matches!(self.word(i), "you" | "you'd" | "that" | "would" | "will"));
        let from = if one_of {
            at + 2
        } else if ranked {
            at + 1
        } else if make {
            at + 1 + usize::from(matches!(self.word(at + 1), "it" | "us" | "them" | "that"))
        } else {
            return None;
        };
        let amount =
            amount_at(self.page, self.tokens, from).filter(|amount| amount.high >= 2.0 && amount.high < 100.0)?;
        let ends = self.tokens.get(amount.to).is_none_or(|next| !next.is_word() || next.is(Sense::Builder));
        let size = (amount.high as u32).saturating_sub(1);
        if ends { self.read(Some(band(size)), Some(size), at, amount.to) } else { None }
    }

    /// "the interoperability engineers (three)", "kotlin devs 3".
    fn counted_after_at(&self, at: usize) -> Option<TeamRead> {
        if !self.is(at, Sense::Builder) || !self.word(at).ends_with('s') {
            return None;
        }
        let open = self.tokens.get(at + 1)?;
        let joined = matches!(open.shape, Shape::Mark('(' | ':' | '=')) || matches!(self.word(at + 1), "are" | "=");
        let from = if joined { at + 2 } else { at + 1 };
        let ours = self.word(at).starts_with("colleague")
            || self.before(at).take(2).any(|i| matches!(self.word(i), "our" | "the" | "current" | "your" | "other"));
        if ours
            && self.tokens[at + 1].is_mark(':')
            && self.tokens.get(from).is_some_and(|next| self.page.capital(next) && next.is_word())
        {
            return self.read(None, None, at, from + 1);
        }
        let amount = amount_at(self.page, self.tokens, from)
            .filter(|amount| amount.high < 500.0 && self.word(amount.from) != "a")?;
        if self.is_hires(at) {
            return None;
        }
        let closes = self.tokens.get(amount.to).is_none_or(|next| !next.is_word() || next.is(Sense::TeamArea));
        let size = amount.high.round() as u32;
        if closes { self.read(Some(band(size)), Some(size), at, amount.to) } else { None }
    }

    /// "data engineers next to you", "two backend devs around it".
    fn beside_at(&self, at: usize) -> Option<TeamRead> {
        if !self.is(at, Sense::Builder) || !self.word(at).ends_with('s') {
            return None;
        }
        let beside = matches!(self.word(at + 1), "next to" | "beside" | "around" | "alongside" | "with" | "behind");
        (beside && matches!(self.word(at + 2), "you" | "it" | "this" | "them")
            || self.word(at + 1).starts_with("you") && (at + 2..at + 4).any(|i| self.is(i, Sense::Join))
            || matches!(self.word(at + 1), "are" | "is")
                && matches!(self.word(at + 2), "busy" | "overloaded" | "swamped" | "drowning" | "full" | "stretched"))
        .then(|| self.read(None, None, at, at + 3))
        .flatten()
    }

    /// "no other engineer", "without another developer".
    fn no_other_at(&self, at: usize) -> Option<TeamRead> {
        if !self.is(at, Sense::Negation) {
            return None;
        }
        let other = matches!(
            self.word(at + 1),
            "other" | "further" | "second" | "fellow" | "more" | "existing" | "another" | "in house"
        );
        let builder = (at + 1..at + 5)
            .take_while(|i| self.tokens.get(*i).is_some_and(|token| token.is_word()))
            .find(|i| self.is(*i, Sense::Builder))?;
        if other && matches!(self.word(at), "no" | "without" | "not") {
            self.read(Some(crate::domain::answers::Team::Solo), None, at, builder + 1)
        } else {
            None
        }
    }

    /// "pair with Anna", "with Stefan, our other developer".
    fn joins_a_person_at(&self, at: usize) -> Option<TeamRead> {
        let other = matches!(self.word(at), "other" | "current" | "existing") && self.is(at + 1, Sense::Builder);
        if other && at.checked_sub(1).is_some_and(|i| matches!(self.word(i), "our" | "the")) {
            let plural = self.word(at + 1).ends_with('s');
            return self.read((!plural).then_some(band(1)), (!plural).then_some(1), at - 1, at + 2);
        }
        // "our senior engineer keeps the lights on": there is one; "be our senior engineer" is the job itself.
        let ours = self.word(at) == "our" && self.is(at + 1, Sense::Builder) && !self.word(at + 1).ends_with('s');
        let boss =
            matches!(self.word(at + 1), "cto" | "tech lead" | "architect" | "engineering manager" | "engineering lead");
        let job = self.before(at).take(4).any(|i| {
            matches!(self.word(i), "as" | "be" | "become" | "need" | "looking" | "hiring" | "is" | "find" | "replace")
        });
        if ours && !boss && !job {
            return self.read(Some(band(1)), None, at, at + 2);
        }
        let pairs = self.is(at, Sense::Join) && self.word(at).starts_with("pair");
        let person = self.tokens.get(at + 1).is_some_and(|next| self.page.capital(next) && !next.known);
        if pairs && self.word(at + 1) == "you" {
            return self.read(None, None, at, at + 2);
        }
        if pairs && person { self.read(None, None, at, at + 2) } else { None }
    }

    /// "to join the four we have": the people are named before.
    fn join_the_four_at(&self, at: usize) -> Option<TeamRead> {
        if !self.is(at, Sense::Join) || !self.word(at).starts_with("join") {
            return None;
        }
        let from =
            if matches!(self.word(at + 1), "the" | "our" | "another" | "our existing") { at + 2 } else { at + 1 };
        let amount = amount_at(self.page, self.tokens, from).filter(|amount| (2.0..500.0).contains(&amount.high))?;
        let we = self.tokens.get(amount.to).is_none_or(|next| {
            !next.is_word()
                || matches!(self.page.slice(next), "we" | "already" | "others" | "of" | "who" | "here" | "on")
        });
        let size = amount.high.round() as u32;
        if we { self.read(Some(band(size)), Some(size), at, amount.to) } else { None }
    }

    /// "the first proper backend engineer", "our only senior developer".
    fn first_or_only_at(&self, at: usize) -> Option<TeamRead> {
        if !matches!(self.word(at), "first" | "only" | "sole" | "lone") {
            return None;
        }
        let plain = |i: &usize| {
            self.tokens
                .get(*i)
                .is_some_and(|token| token.is_word() && !token.is(Sense::Join) && !token.is(Sense::CountWord))
        };
        let builder = (at + 1..at + 5)
            .take_while(plain)
            .find(|i| self.is(*i, Sense::Builder) && !self.word(*i).ends_with('s'))?;
        let followed = matches!(self.word(builder + 1), "friendly" | "experience" | "facing" | "interview" | "tools");
        let team = Some(crate::domain::answers::Team::Solo);
        if followed { None } else { self.read(team, None, at, builder + 1) }
    }

    /// "you and Marek", "alongside another engineer".
    fn you_and_at(&self, at: usize) -> Option<TeamRead> {
        let and = matches!(self.word(at + 1), "and" | "plus" | "&" | "+");
        let person =
            |i: usize| self.tokens.get(i).is_some_and(|next| next.is_word() && self.page.capital(next) && !next.known);
        if matches!(self.word(at), "you" | "me" | "just you") && and && person(at + 2) {
            return self.read(None, None, at, at + 3);
        }
        let another = self.word(at) == "another"
            && at.checked_sub(1).is_some_and(|i| {
                self.is(i, Sense::Join) || matches!(self.word(i), "and" | "plus" | "with" | "alongside")
            });
        if !another {
            return None;
        }
        let builder = (at + 1..at + 4)
            .take_while(|i| self.tokens.get(*i).is_some_and(|token| token.is_word()))
            .find(|i| self.is(*i, Sense::Builder))?;
        self.read(Some(band(1)), Some(1), at, builder + 1)
    }
}
