//! Whose engineers are counted: colleagues, people to be hired, or users of the system.

use super::senses::Sense;
use super::team::Reader;

impl Reader<'_> {
    /// Numbers of people to be hired are no team: "need two Go engineers".
    pub(super) fn is_hires(&self, at: usize) -> bool {
        self.before(at).take(4).any(|before| self.is(before, Sense::Hires))
            || at == 0
                && !self.tokens.iter().take(12).any(|token| {
                    matches!(
                        self.page.slice(token),
                        "we" | "plus"
                            | "work"
                            | "works"
                            | "squads"
                            | "total"
                            | "now"
                            | "currently"
                            | "growing"
                            | "you"
                            | "already"
                            | "you'd"
                            | "have"
                            | "own"
                            | "write"
                            | "here"
                            | "we'd"
                            | "seek"
                            | "seeks"
                            | "look for another"
                            | "another"
                            | "third"
                            | "fourth"
                            | "today"
                            | "run"
                            | "runs"
                            | "has"
                            | "on"
                    )
                })
    }

    /// "a platform for 300 engineers": whom the system serves.
    pub(super) fn are_users(&self, at: usize, count: f64) -> bool {
        count >= 15.0
            && self.before(at).take(3).any(|before| {
                matches!(
                    self.word(before),
                    "for"
                        | "by"
                        | "serving"
                        | "serves"
                        | "support"
                        | "supporting"
                        | "supports"
                        | "used"
                        | "lets"
                        | "let"
                        | "allow"
                        | "allows"
                        | "enables"
                        | "gives"
                        | "helps"
                )
            })
    }

    /// "our customers are small teams of architects", "interviewed by two engineers": nobody the new one works with.
    pub(super) fn are_outsiders(&self, at: usize) -> bool {
        self.before(at).take(6).any(|i| self.is(i, Sense::Outsider) && !self.is(i, Sense::Shares))
            || self.before(at).take(7).any(|i| self.is(i, Sense::Interview))
    }

    pub(super) fn single_is_a_colleague(&self, at: usize, builder: usize) -> bool {
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
            || self.word(at) == "one" && self.word(builder + 1).len() > 3 && self.word(builder + 1).ends_with('s')
            || self.before(at).take(2).any(|before| self.is(before, Sense::Keeps) || self.word(before) == "by")
            || matches!(
                self.word(builder + 1),
                "has"
                    | "we"
                    | "is"
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
}
