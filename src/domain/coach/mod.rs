//! The coach: reads a scope as a good recruiter would, and says so kindly.
//!
//! Pure and quick: a statement is searched once for every known word, cut into tokens as each reader sees it, and read
//! by readers that answer with evidence (the words and where they stand). Findings come from readings by rules of a
//! closed list. Words are data: the lexicon and the vocabulary come in as values. What the labels mean and how good the
//! readers are is in docs/coach.md. Never imports a room above, never reads a file, a clock or the environment.

mod apart;
mod bands;
mod bounds;
mod clauses;
mod evidence;
mod findings;
mod fold;
mod inflect;
mod kind;
mod lead;
mod lexicon;
mod marks;
mod measured;
mod names;
mod number;
mod opinions;
mod parts;
mod phrases;
mod pieces;
mod reading;
mod report;
mod review;
mod rules;
mod scale;
mod senses;
mod sort;
mod systems;
mod team;
mod team_absent;
mod team_join;
mod team_order;
mod team_people;
mod team_size;
mod team_told;
mod team_whose;
mod tokens;
mod tongue;
mod typo;
mod units;
mod weighing;

pub use bands::{load_of, speed_of};
pub use evidence::Evidence;
pub use kind::{Claim, TypeRead};
pub use lead::{Lead, NameMention};
pub use lexicon::{Ambiguity, Entry, Form, Kind, Lexicon, LexiconFault, Mark, Running, STRONG, Word};
pub use parts::Part;
pub use reading::Reading;
pub use report::Placed;
pub use review::{Conflict, Sheet};
pub use rules::{Case, Filling, Finding, Hole, Overrides, Rule, RuleBook, Severity, digest_of};
pub use scale::{Measure, Quantity};
pub use senses::Sense;
pub use sort::{Blank, Rewrite, RewritePart, Sorted};
pub use team::TeamRead;
pub use tongue::Tongue;
pub use weighing::{Weighed, Weighing, Weights};

/// The coach: readers and rules over one lexicon.
#[derive(Debug)]
pub struct Coach {
    lexicon: Lexicon,
    weighing: Weighing,
    book: RuleBook,
    allowed: Vec<String>,
    form_texts: Vec<String>,
}

impl Coach {
    /// A coach over a compiled lexicon, the weights of its second opinion, and the rules of a workspace.
    pub fn new(lexicon: Lexicon, weighing: Weighing, book: RuleBook) -> Self {
        let folded = |words: &[String]| words.iter().map(|word| fold::folded_phrase(word)).collect();
        Coach { allowed: folded(&book.allowed), form_texts: folded(&book.form_texts), lexicon, weighing, book }
    }

    /// Reads one statement; linear in its length.
    pub fn read(&self, text: &str) -> Reading {
        reading::reading_of(&self.lexicon, &self.weighing, text, &self.allowed).0
    }

    /// What reading a text costs in steps (matches found, pieces cut, tokens looked at), whatever the machine.
    pub fn steps_of(&self, text: &str) -> usize {
        reading::reading_of(&self.lexicon, &self.weighing, text, &self.allowed).1
    }

    /// What the weights would be asked about in a statement, each mark by its name: what training learns from.
    pub fn marks_of(&self, text: &str, weighed: Weighed) -> Vec<String> {
        reading::marks_of(&self.lexicon, text, &self.allowed, weighed)
    }
}
