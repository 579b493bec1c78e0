//! The team joined, without a number: "joins our backend team", "works with our data engineers".

use super::pieces::Shape;
use super::senses::{Sense, any};
use super::team::{Reader, TeamRead};
use crate::domain::answers::Team;

impl Reader<'_> {
    /// "joins our backend team", "sits in the payments squad", "works with our data engineers".
    pub(super) fn joined_at(&self, at: usize) -> Option<TeamRead> {
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
        if !plural
            || self.of_the_past(at)
            || self.is_a_trait(at)
            || self.before(at).take(7).any(|i| self.is(i, Sense::Interview))
        {
            return None;
        }
        let mut owned = false;
        for (steps, before) in self.before(at).enumerate() {
            let word = self.word(before);
            if matches!(word, "as" | "a" | "an") || steps > 5 {
                return None;
            }
            let foreign = word == "their" || self.is(before, Sense::Outsider);
            if foreign || self.is(before, Sense::Nonbuilder) || self.is(before, Sense::Company) {
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
            let praised = (before + 1..at).any(|i| {
                matches!(
                    self.word(i),
                    "great"
                        | "talented"
                        | "smart"
                        | "brilliant"
                        | "amazing"
                        | "best"
                        | "top"
                        | "passionate"
                        | "like"
                        | "likeminded"
                )
            });
            if self.is(before, Sense::Join) && !weak(word) && (owned || !praised) {
                return self.read(Some(Team::Larger), None, before, at + 1);
            }
            if self.is(before, Sense::Join) && owned && matches!(word, "with" | "to our" | "in our" | "inside our") {
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
        if self.of_the_past(at) || self.is_a_trait(at) && self.word(at).ends_with('s') {
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
            if word == "their"
                || token.is_any(any(&[Sense::Nonbuilder, Sense::Company, Sense::NotTeam, Sense::Outsider]))
                    && !token.is(Sense::TeamArea)
            {
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
                let capital =
                    |i: usize| self.tokens.get(i).is_some_and(|next| next.is_word() && self.page.capital(next));
                // "works inside Team Atlas".
                if before + 1 == at && !weak(word) && capital(at) && capital(at + 1) {
                    return self.read(Some(Team::Larger), None, before, at + 2);
                }
                let named = (1..=3).contains(&unknown) && self.word(at) == "team";
                let denied = self.before(before).take(2).any(|i| self.is(i, Sense::Negation));
                let fits = !denied && ((area || squad) && (strong || the) || strong && the && named);
                if fits {
                    return self.read(Some(Team::Larger), None, before, at + 1);
                }
                if matches!(word, "for" | "in" | "under" | "within" | "with" | "into" | "growing" | "expanding") {
                    continue;
                }
                return None;
            }
            article |= matches!(word, "the" | "our" | "existing" | "a" | "an" | "this");
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
