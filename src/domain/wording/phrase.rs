//! A phrase: words of ours with holes of a closed kind.
//!
//! There is no template engine and no condition in the data: where the wording differs, the keys differ. `{name}` is a
//! hole, `{{` and `}}` are braces.

use crate::domain::document::{Span, Spans};

/// The holes that one kind of phrase has. Every phrase of the kind must use each of them.
pub trait Hole: Copy + PartialEq + Sized + std::fmt::Debug + 'static {
    /// Every hole of the kind.
    const ALL: &'static [Self];
    /// Its name in `prompts/`.
    fn key(self) -> &'static str;
    /// What a person might read there.
    fn sample(self) -> Span;
    /// Characters at most.
    fn longest(self) -> usize;
}

/// A run of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece<H> {
    Words(String),
    Hole(H),
}

/// Words with holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase<H>(Vec<Piece<H>>);

/// What is wrong with a phrase.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhraseFault {
    /// A name in braces that the phrase has no hole for.
    #[error("there is no hole {{{found}}} here; this text may use {known}")]
    UnknownHole {
        /// What stands in the braces.
        found: String,
        /// The holes that may.
        known: String,
    },
    /// A hole is not used.
    #[error("the hole {{{0}}} must be used")]
    MissingHole(&'static str),
    /// A brace without its partner.
    #[error("a brace without its partner; write {{{{ or }}}} for a brace that is meant as one")]
    LoneBrace,
}

impl<H: Hole> Phrase<H> {
    /// Reads the text of `prompts/`; every fault in it.
    pub fn parse(text: &str) -> Result<Self, Vec<PhraseFault>> {
        let (pieces, mut faults) = pieces_of(text);
        for hole in H::ALL {
            if !pieces.iter().any(|piece| matches!(piece, Piece::Hole(found) if found == hole)) {
                faults.push(PhraseFault::MissingHole(hole.key()));
            }
        }
        if faults.is_empty() { Ok(Phrase(pieces)) } else { Err(faults) }
    }

    /// A phrase that says nothing: stands in for one with faults, in a catalogue that is never used.
    pub(super) fn empty() -> Self {
        Phrase(Vec::new())
    }

    /// The phrase with its holes filled.
    pub fn fill<S: Into<Spans>>(&self, mut filling: impl FnMut(H) -> S) -> Spans {
        let mut spans = Spans::default();
        for piece in &self.0 {
            spans = match piece {
                Piece::Words(words) => spans.and(words.as_str()),
                Piece::Hole(hole) => spans.and(filling(*hole)),
            };
        }
        spans
    }

    /// The phrase as text, for places that take nothing else (labels, titles).
    pub fn say(&self, mut filling: impl FnMut(H) -> String) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.clone(),
                Piece::Hole(hole) => filling(*hole),
            })
            .collect()
    }

    /// Filled with the samples of its holes.
    pub fn sample(&self) -> Spans {
        self.fill(H::sample)
    }

    /// Characters at most, every hole at its longest.
    pub fn longest(&self) -> usize {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.chars().count(),
                Piece::Hole(hole) => hole.longest(),
            })
            .sum()
    }
}

fn pieces_of<H: Hole>(text: &str) -> (Vec<Piece<H>>, Vec<PhraseFault>) {
    let (mut pieces, mut faults, mut words) = (Vec::new(), Vec::new(), String::new());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        words.push_str(before);
        if from.starts_with("{{") || from.starts_with("}}") {
            words.extend(from.chars().next());
            rest = from.get(2..).unwrap_or_default();
            continue;
        }
        let Some((name, after)) = from.strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            faults.push(PhraseFault::LoneBrace);
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        match H::ALL.iter().find(|hole| hole.key() == name) {
            Some(hole) => {
                if !words.is_empty() {
                    pieces.push(Piece::Words(std::mem::take(&mut words)));
                }
                pieces.push(Piece::Hole(*hole));
            }
            None => faults.push(PhraseFault::UnknownHole { found: name.to_owned(), known: known::<H>() }),
        }
        rest = after;
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    (pieces, faults)
}

fn known<H: Hole>() -> String {
    if H::ALL.is_empty() {
        return "none".to_owned();
    }
    H::ALL.iter().map(|hole| format!("{{{}}}", hole.key())).collect::<Vec<_>>().join(", ")
}

/// The holes of a text that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoHole {}

impl Hole for NoHole {
    const ALL: &'static [Self] = &[];
    fn key(self) -> &'static str {
        match self {}
    }
    fn sample(self) -> Span {
        match self {}
    }
    fn longest(self) -> usize {
        match self {}
    }
}

/// Declares a closed set of holes: `Name { Variant = "key", sample span, longest }`.
macro_rules! holes {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $key:literal, $sample:expr, $longest:expr);+ $(;)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $(#[doc = concat!("`{", $key, "}`")] $variant),+ }
        impl $crate::domain::wording::Hole for $name {
            const ALL: &'static [Self] = &[$($name::$variant),+];
            fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }
            fn sample(self) -> $crate::domain::document::Span {
                match self { $($name::$variant => $sample),+ }
            }
            fn longest(self) -> usize {
                match self { $($name::$variant => $longest),+ }
            }
        }
    };
}
pub(crate) use holes;

#[cfg(test)]
mod tests {
    use super::*;

    holes!(
        /// For these tests.
        Pair { One = "one", Span::typed("first"), 10; Two = "two", Span::plain("second"), 5; }
    );

    #[test]
    fn words_and_holes_alternate_and_braces_are_written_twice() {
        let phrase = Phrase::<Pair>::parse("{one}{{x}} and {two}, {one}").unwrap();
        let filled = phrase.fill(|hole| match hole {
            Pair::One => Span::typed("{two}"),
            Pair::Two => Span::plain("2"),
        });
        assert_eq!(
            filled.0,
            [Span::typed("{two}"), Span::plain("{x} and "), Span::plain("2"), Span::plain(", "), Span::typed("{two}"),]
        );
        assert_eq!(phrase.say(|hole| hole.key().to_owned()), "one{x} and two, one");
        assert_eq!(phrase.longest(), 10 + 8 + 5 + 2 + 10);
        assert_eq!(phrase.sample().text(), "first{x} and second, first");
    }

    #[test]
    fn every_fault_of_a_phrase_is_found_at_once() {
        let faults = Phrase::<Pair>::parse("{on} } {one").unwrap_err();
        let known = "{one}, {two}".to_owned();
        assert_eq!(
            faults,
            [
                PhraseFault::UnknownHole { found: "on".to_owned(), known },
                PhraseFault::LoneBrace,
                PhraseFault::LoneBrace,
                PhraseFault::MissingHole("one"),
                PhraseFault::MissingHole("two"),
            ]
        );
    }
}
