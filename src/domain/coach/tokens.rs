//! Text cut into tokens as one reader sees it: known phrases are one token, all else is a piece each.

use std::cell::Cell;

use super::evidence::Evidence;
use super::fold::Folded;
use super::lexicon::{Ambiguity, Lexicon, Term, Votes};
use super::pieces::{Piece, Shape, pieces_of};
use super::senses::{Layer, Sense, Senses};

/// One token of one layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    pub shape: Shape,
    pub senses: Senses,
    pub votes: Votes,
    /// The entry it may name, and how doubtful that is.
    pub name: Option<(u16, Ambiguity)>,
    /// A phrase or word of the vocabulary.
    pub known: bool,
    pub glued: bool,
}

impl Token {
    pub(super) fn is(&self, sense: Sense) -> bool {
        self.senses & sense.bit() != 0
    }
    pub(super) fn is_any(&self, senses: Senses) -> bool {
        self.senses & senses != 0
    }
    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.shape == Shape::Mark(mark)
    }
    pub(super) fn is_word(&self) -> bool {
        self.shape == Shape::Word
    }
    pub(super) fn number(&self) -> Option<f64> {
        match self.shape {
            Shape::Number(value) => Some(value),
            _ => None,
        }
    }
}

struct Found {
    end: u32,
    term: u32,
    next: u32,
}

const NONE: u32 = u32::MAX;

/// One text, searched once; layers are cut from it.
pub(super) struct Page<'a> {
    pub folded: Folded<'a>,
    pub pieces: Vec<Piece>,
    lexicon: &'a Lexicon,
    /// By byte: the first of the matches that start there.
    heads: Vec<u32>,
    found: Vec<Found>,
    looks: Cell<usize>,
}

impl<'a> Page<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, text: &'a str) -> Self {
        let folded = Folded::new(text);
        let pieces = pieces_of(&folded);
        let mut starts = vec![false; folded.text.len() + 1];
        let mut ends = vec![false; folded.text.len() + 1];
        for piece in &pieces {
            starts[piece.start as usize] = true;
            ends[piece.end as usize] = true;
        }
        let mut heads = vec![NONE; folded.text.len() + 1];
        let mut found: Vec<Found> = Vec::with_capacity(pieces.len() * 2);
        for hit in lexicon.automaton.find_overlapping_iter(&folded.text) {
            if starts[hit.start()] && ends[hit.end()] {
                let head = &mut heads[hit.start()];
                let index = u32::try_from(found.len()).unwrap_or(NONE);
                found.push(Found {
                    end: u32::try_from(hit.end()).unwrap_or(NONE),
                    term: hit.pattern().as_u32(),
                    next: *head,
                });
                *head = index;
            }
        }
        Page { folded, pieces, lexicon, heads, found, looks: Cell::new(0) }
    }

    /// Matches found, pieces cut, and looks of readers at a token: what reading costs, whatever the machine.
    pub(super) fn steps(&self) -> usize {
        self.found.len() + self.pieces.len() + self.looks.get()
    }

    /// The tokens of a layer.
    pub(super) fn layer(&self, layer: Layer) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(self.pieces.len());
        let mut at = 0;
        while let Some(piece) = self.pieces.get(at) {
            match self.longest(at, layer) {
                Some((end, term)) => {
                    let name = if layer == Layer::Lead || layer == Layer::Kind { term.name } else { None };
                    tokens.push(Token {
                        start: piece.start,
                        end,
                        shape: if matches!(piece.shape, Shape::Number(_)) && piece.end == end {
                            piece.shape
                        } else {
                            Shape::Word
                        },
                        senses: term.senses & layer.mask(),
                        votes: term.votes,
                        name,
                        known: true,
                        glued: piece.glued,
                    });
                    while self.pieces.get(at).is_some_and(|piece| piece.start < end) {
                        at += 1;
                    }
                }
                None => {
                    let name = if layer == Layer::Lead && piece.shape == Shape::Word {
                        let word = self.folded.slice(piece.start, piece.end);
                        // A word that any reader knows is no slip.
                        let known = self.heads[piece.start as usize] != NONE;
                        let meant = if known { None } else { self.lexicon.spellings.meant_by(word) };
                        meant.map(|index| (index, Ambiguity::Certain))
                    } else {
                        None
                    };
                    tokens.push(Token {
                        start: piece.start,
                        end: piece.end,
                        shape: piece.shape,
                        senses: 0,
                        votes: [0; 6],
                        name,
                        known: false,
                        glued: piece.glued,
                    });
                    at += 1;
                }
            }
        }
        tokens
    }

    /// The longest match at a piece that cuts no certain name in two ("in spring | boot").
    fn longest(&self, at: usize, layer: Layer) -> Option<(u32, &Term)> {
        let piece = self.pieces.get(at)?;
        let mut best: Option<(u32, &Term)> = None;
        let mut index = self.heads[piece.start as usize];
        while let Some(found) = self.found.get(index as usize) {
            index = found.next;
            let Some(term) = self.lexicon.terms.get(found.term as usize) else { continue };
            if term.visible_in(layer)
                && best.is_none_or(|(end, _)| found.end > end)
                && !(layer == Layer::Lead && found.end > piece.end && self.cuts_a_name(at, found.end))
            {
                best = Some((found.end, term));
            }
        }
        best
    }

    fn cuts_a_name(&self, at: usize, end: u32) -> bool {
        self.pieces[at + 1..].iter().take_while(|piece| piece.start < end).any(|piece| {
            let mut index = self.heads[piece.start as usize];
            while let Some(found) = self.found.get(index as usize) {
                index = found.next;
                let certain = self.lexicon.terms.get(found.term as usize).and_then(|term| term.name);
                if found.end > end && certain.is_some_and(|(_, ambiguity)| ambiguity == Ambiguity::Certain) {
                    return true;
                }
            }
            false
        })
    }

    /// The words of a folded range, as typed, with their place.
    pub(super) fn evidence(&self, start: u32, end: u32) -> Evidence {
        let (from, to) = self.folded.range(start, end);
        Evidence { quote: self.folded.typed(start, end).to_owned(), start: from, end: to }
    }

    pub(super) fn slice(&self, token: &Token) -> &str {
        self.looks.set(self.looks.get() + 1);
        self.folded.slice(token.start, token.end)
    }

    /// Whether the word was typed with a capital.
    pub(super) fn capital(&self, token: &Token) -> bool {
        self.folded.typed(token.start, token.end).chars().next().is_some_and(char::is_uppercase)
    }
}
