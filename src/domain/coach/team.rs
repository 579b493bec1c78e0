//! The engineering team around the new engineer: alone, one or two others, more, and how many.

use super::clauses::{SIGHT, around};
use super::evidence::Evidence;
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
    /// Tokens before, nearest first, of the same sentence and within sight.
    pub(super) fn before(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        (0..at).rev().take(SIGHT).take_while(move |before| self.sentences[*before] == self.sentences[at])
    }
    pub(super) fn read(&self, team: Option<Team>, size: Option<u32>, from: usize, to: usize) -> Option<TeamRead> {
        // "the two devs who left": they are nobody's colleagues any more.
        let gone = matches!(self.word(to), "who" | "that") && matches!(self.word(to + 1), "left" | "quit" | "leave");
        let (team, size) = if gone { (None, None) } else { (team, size) };
        // "two devs (iOS, Android)": what they do belongs to them.
        let to = self.bracket_closed_at(to).unwrap_or(to);
        let evidence = self.page.evidence(self.tokens[from].start, self.tokens[to - 1].end);
        Some(TeamRead { team, size, evidence })
    }

    /// The token after a bracket of a few words that opens here.
    fn bracket_closed_at(&self, at: usize) -> Option<usize> {
        self.tokens.get(at).filter(|token| token.is_mark('('))?;
        (at + 1..at + 9).find(|i| self.tokens.get(*i).is_some_and(|token| token.is_mark(')'))).map(|close| close + 1)
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
            .or_else(|| self.told_of_people_at(at))
            .or_else(|| self.added_up_at(at))
            .or_else(|| self.absent_at(at))
    }

    pub(super) fn of_the_past(&self, at: usize) -> bool {
        self.before(at).take(10).any(|before| self.is(before, Sense::Past)) || self.told_as_past(at)
    }

    /// "has worked as a sole developer before": the word that dates it ends the sentence.
    fn told_as_past(&self, at: usize) -> bool {
        let dated = (at + 1..at + 9)
            .take_while(|i| self.tokens.get(*i).is_some_and(Token::is_word) && self.sentences[*i] == self.sentences[at])
            .find(|i| matches!(self.word(*i), "before" | "previously" | "elsewhere"));
        let ends = |i: usize| self.tokens.get(i + 1).is_none_or(|next| !next.is_word());
        let theirs = || {
            self.before(at)
                .any(|i| matches!(self.word(i), "worked" | "built" | "been" | "has" | "have" | "led" | "ran"))
        };
        dated.is_some_and(ends) && theirs()
    }

    /// "able to work alone", "you enjoy working with other engineers": what the candidate is like, not where they will be.
    pub(super) fn is_a_trait(&self, at: usize) -> bool {
        self.before(at).take(5).any(|before| self.is(before, Sense::Trait))
    }

    fn alone(&self, at: usize) -> bool {
        let denied = self
            .before(at)
            .take(3)
            .take_while(|i| self.tokens[*i].is_word())
            .any(|i| self.is(i, Sense::Negation) && !self.is(i, Sense::Solo));
        // "for freelancers who work alone": others are alone.
        let of_others = at.checked_sub(2).is_some_and(|i| {
            matches!(self.word(i + 1), "who" | "that" | "which")
                && self.word(i).ends_with('s')
                && !self.is(i, Sense::Builder)
        });
        if denied || of_others || self.of_the_past(at) || self.is_a_trait(at) {
            return false;
        }
        let limited = ["only", "first"].iter().any(|end| self.word(at).ends_with(end)) && self.is(at, Sense::SoloVague);
        if limited {
            let people = (at + 1..at + 4).any(|i| {
                self.is(i, Sense::Builder)
                    || matches!(
                        self.word(i),
                        "one"
                            | "backend"
                            | "engineering"
                            | "hire"
                            | "technical"
                            | "tech"
                            | "in house"
                            | "person"
                            | "professional"
                            | "software"
                            | "server"
                    )
            });
            let ends = self.tokens.get(at + 1).is_none_or(|next| !next.is_word());
            return (people || ends) && !matches!(self.word(at + 1), "people" | "to");
        }
        if !self.is(at, Sense::SoloVague) {
            // "solo travellers": somebody else is alone.
            let others = self.is(at + 1, Sense::Nonbuilder)
                || self.word(at) == "solo"
                    && self
                        .tokens
                        .get(at + 1)
                        .is_some_and(|next| next.is_word() && !next.known && self.word(at + 1).ends_with('s'));
            return !others && !matches!(self.word(at + 1), "to" if self.word(at).ends_with("first"));
        }
        let placed =
            self.word(at) == "alone" && matches!(self.word(at + 1), "on" | "on the") && !self.is(at, Sense::Trait);
        let about_people = placed
            || around(self.sentences, at).any(|i| {
                matches!(
                    self.word(i),
                    "you" | "you'd" | "you'll" | "you're" | "you are" | "this person" | "hire" | "they'd" | "they'll"
                ) || self.is(i, Sense::Builder)
                    || matches!(self.word(i), "code" | "codes" | "writes" | "programs" | "server")
            })
            || self.word(at).contains("you");
        about_people
            && !matches!(
                self.word(at + 1),
                "to" | "who" | "that" | "decide" | "know" | "choose" | "can" | "thing" | "place" | "system" | "source"
            )
    }
}

pub(super) fn band(others: u32) -> Team {
    match others {
        0 => Team::Solo,
        1 | 2 => Team::OneOrTwo,
        _ => Team::Larger,
    }
}
