//! What the weighing reader sees of a statement: words, pieces of words, and the senses of neighbours, as named marks.
//!
//! A mark is a number in use (a hash of its name) and a name in the file of weights: `word:ledger`, `cut:^led`,
//! `pair:team_noun of`. Both are made here alone, so that they cannot differ.

use std::collections::HashMap;

use super::lexicon::Kind;
use super::pieces::Shape;
use super::senses::Sense;
use super::tokens::{Page, Token};

/// One mark and the place it was seen at, in bytes of the folded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub key: u64,
    pub start: u32,
    pub end: u32,
}

/// The marks of one statement.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub seen: Vec<Mark>,
    /// Names by key, kept for training alone.
    names: Option<HashMap<u64, String>>,
    buffer: String,
    cuts: Vec<usize>,
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, continued; white space counts as `_`.
const fn more(mut hash: u64, text: &str) -> u64 {
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let byte = if byte.is_ascii_whitespace() { b'_' } else { *byte };
        hash = (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3);
        rest = after;
    }
    hash
}

const fn part_key(text: &str) -> u64 {
    more(SEED, text)
}

/// What a mark tells of: the word before its colon.
#[derive(Clone, Copy)]
struct Tag {
    name: &'static str,
    key: u64,
}

impl Tag {
    const fn new(name: &'static str) -> Self {
        Tag { name, key: part_key(name) }
    }
}

fn joined(tag: u64, parts: &[u64]) -> u64 {
    parts.iter().fold(tag, |hash, part| (hash.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The key of a mark by its name, `tag:part part`.
pub(super) fn key_of(name: &str) -> u64 {
    let (tag, parts) = name.split_once(':').unwrap_or((name, ""));
    let parts: Vec<u64> = parts.split(' ').map(part_key).collect();
    joined(part_key(tag), &parts)
}

impl Marks {
    /// Marks that remember their names.
    pub(super) fn named() -> Self {
        Marks { names: Some(HashMap::new()), ..Marks::default() }
    }

    /// The name of each mark, once, in order.
    pub(super) fn into_names(self) -> Vec<String> {
        let Some(mut names) = self.names else { return Vec::new() };
        self.seen.iter().filter_map(|mark| names.remove(&mark.key)).collect()
    }

    fn part(&mut self, text: &str) -> u64 {
        let key = part_key(text);
        if let Some(names) = &mut self.names {
            names.insert(key, text.replace(|c: char| c.is_ascii_whitespace(), "_"));
        }
        key
    }

    fn mark(&mut self, tag: Tag, parts: &[u64], token: (u32, u32)) {
        let key = joined(tag.key, parts);
        if let Some(names) = &mut self.names {
            let parts: Vec<&str> = parts.iter().filter_map(|part| names.get(part).map(String::as_str)).collect();
            let name = format!("{}:{}", tag.name, parts.join(" "));
            names.insert(key, name);
        }
        self.seen.push(Mark { key, start: token.0, end: token.1 });
    }

    /// The senses of a token as one part: `team_noun+join`.
    fn senses(&mut self, token: &Token) -> u64 {
        let mut key = SEED;
        let mut left = token.senses;
        while let Some(sense) = Sense::ALL.get(left.trailing_zeros() as usize) {
            key = if left == token.senses { key } else { more(key, "+") };
            key = more(key, sense.key());
            left &= left - 1;
        }
        if let Some(names) = &mut self.names {
            let senses: Vec<&str> =
                Sense::ALL.iter().filter(|sense| token.is(**sense)).map(|sense| sense.key()).collect();
            names.insert(key, senses.join("+"));
        }
        key
    }

    /// Every four letters of a word, its ends marked: `^led ledg edge dger ger$`.
    fn cut(&mut self, word: &str, token: (u32, u32)) {
        let (mut buffer, mut cuts) = (std::mem::take(&mut self.buffer), std::mem::take(&mut self.cuts));
        buffer.clear();
        buffer.extend(["^", word, "$"]);
        cuts.clear();
        cuts.extend(buffer.char_indices().map(|(at, _)| at));
        cuts.push(buffer.len());
        for window in cuts.windows(5) {
            if let [from, .., to] = window
                && let Some(text) = buffer.get(*from..*to)
            {
                let part = self.part(text);
                self.mark(CUT, &[part], token);
            }
        }
        (self.buffer, self.cuts) = (buffer, cuts);
    }

    /// What the type is weighed by: words, their pieces, phrases and votes of the vocabulary.
    pub(super) fn of_the_type(&mut self, page: &Page, tokens: &[Token]) {
        for piece in &page.pieces {
            let place = (piece.start, piece.end);
            let word = match piece.shape {
                Shape::Number(_) => self.part("#"),
                Shape::Break => continue,
                Shape::Word | Shape::Mark(_) => self.part(page.folded.slice(piece.start, piece.end)),
            };
            self.mark(WORD, &[word], place);
            if piece.shape == Shape::Word {
                self.cut(page.folded.slice(piece.start, piece.end), place);
            }
        }
        for token in tokens.iter().filter(|token| token.known) {
            let place = (token.start, token.end);
            let slice = page.slice(token);
            if slice.contains(' ') {
                let phrase = self.part(slice);
                self.mark(PHRASE, &[phrase], place);
            }
            for (slot, vote) in token.votes.iter().enumerate().filter(|(_, vote)| **vote > 0) {
                let vote = self.part(VOTES.get(slot * 3 + usize::from(*vote).min(3) - 1).copied().unwrap_or(""));
                self.mark(VOTE, &[vote], place);
            }
        }
    }

    /// What the team is weighed by: words, and the senses of neighbours.
    pub(super) fn of_the_team(&mut self, page: &Page, tokens: &[Token]) {
        let none = self.part("^");
        let (mut two_before, mut before) = ((none, none), (none, none));
        for (at, token) in tokens.iter().enumerate() {
            if token.shape == Shape::Break {
                continue;
            }
            let place = (token.start, token.end);
            let number = match token.number() {
                Some(number) => Some(if number < 30.0 { "#few" } else { "#many" }),
                None if token.is(Sense::CountWord) => Some("#few"),
                None => None,
            };
            let slice = page.slice(token);
            let word = self.part(number.unwrap_or(slice));
            let class = match (number, token.shape) {
                (Some(number), _) => self.part(number),
                (None, Shape::Word) if token.senses != 0 => self.senses(token),
                (None, Shape::Word) if at > 0 && page.capital(token) => self.part("Name"),
                (None, Shape::Word) if slice.len() > 3 => self.part("_"),
                _ => word,
            };
            if number.is_none() && token.is_word() {
                for word in slice.split(' ') {
                    let part = self.part(word);
                    self.mark(WORD, &[part], place);
                }
            } else {
                self.mark(WORD, &[word], place);
            }
            self.mark(IS, &[class], place);
            self.mark(PAIR, &[before.1, class], place);
            self.mark(OVER, &[two_before.1, class], place);
            self.mark(AFTER, &[before.0, class], place);
            self.mark(THEN, &[before.1, word], place);
            two_before = before;
            before = (word, class);
        }
    }

    /// What the lead is weighed by: what stands before the first name, beside it, and after it.
    pub(super) fn of_the_lead(&mut self, page: &Page, tokens: &[Token], named: &[Option<Kind>]) {
        let end = self.part("^");
        let first = tokens.iter().position(|token| token.name.is_some()).unwrap_or(tokens.len());
        let classes: Vec<(u64, u64)> = tokens
            .iter()
            .zip(named)
            .map(|(token, kind)| {
                let slice = page.slice(token);
                let class = match (kind, token.shape) {
                    (Some(Kind::Infrastructure), _) => "TOOL",
                    (Some(Kind::Vendor), _) => "VENDOR",
                    (Some(_), _) => "LANGUAGE",
                    (None, _) if token.name.is_some() => "MAYBE",
                    (None, Shape::Number(_)) => "#",
                    (None, Shape::Word) => match ORDER.iter().find(|sense| token.is(**sense)) {
                        Some(sense) => sense.key(),
                        None if token.senses != 0 => "other",
                        None if page.capital(token) => "Unknown",
                        None => "unknown",
                    },
                    (None, Shape::Break) => "|",
                    (None, Shape::Mark(_)) => slice,
                };
                let word = if token.name.is_some() { "NAME" } else { slice };
                (self.part(class), self.part(word))
            })
            .collect();
        let place = |at: usize| tokens.get(at).map_or((0, 0), |token| (token.start, token.end));
        let mut counts: Vec<(u64, usize)> = Vec::new();
        for (at, (class, word)) in classes.iter().enumerate() {
            if at < first {
                let known = counts.iter().position(|(known, _)| known == class).unwrap_or_else(|| {
                    counts.push((*class, 0));
                    counts.len() - 1
                });
                let count = &mut counts[known].1;
                *count += 1;
                if let Some(tag) = BEFORE.get(*count - 1) {
                    self.mark(*tag, &[*class], place(at));
                }
                self.mark(WORD_BEFORE, &[*word], place(at));
            } else if at > first {
                self.mark(BEHIND, &[*class], place(at));
                self.mark(WORD_BEHIND, &[*word], place(at));
            }
        }
        let distance = self.part(DISTANCE.get(first.min(12)).copied().unwrap_or(""));
        self.mark(FIRST, &[distance], place(first));
        for (tag, step) in STEPS {
            let at = first.checked_add_signed(step).filter(|at| *at < tokens.len());
            let (class, word) = at.and_then(|at| classes.get(at)).copied().unwrap_or((end, end));
            let tag_part = self.part(tag);
            self.mark(NEAR, &[tag_part, class], at.map_or(place(first), place));
            self.mark(NEAR_WORD, &[tag_part, word], at.map_or(place(first), place));
        }
    }
}

const AFTER: Tag = Tag::new("after");
const BEHIND: Tag = Tag::new("behind");
const CUT: Tag = Tag::new("cut");
const FIRST: Tag = Tag::new("first");
const IS: Tag = Tag::new("is");
const NEAR: Tag = Tag::new("near");
const NEAR_WORD: Tag = Tag::new("near_word");
const OVER: Tag = Tag::new("over");
const PAIR: Tag = Tag::new("pair");
const PHRASE: Tag = Tag::new("phrase");
const THEN: Tag = Tag::new("then");
const VOTE: Tag = Tag::new("vote");
const WORD: Tag = Tag::new("word");
const WORD_BEFORE: Tag = Tag::new("word_before");
const WORD_BEHIND: Tag = Tag::new("word_behind");
const BEFORE: [Tag; 3] = [Tag::new("before"), Tag::new("before2"), Tag::new("before3")];
const STEPS: [(&str, isize); 7] = [("-3", -3), ("-2", -2), ("-1", -1), ("0", 0), ("1", 1), ("2", 2), ("3", 3)];
const DISTANCE: [&str; 13] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

/// Votes by slot of the type and weight.
const VOTES: [&str; 18] = [
    "rest1", "rest2", "rest3", "events1", "events2", "events3", "batch1", "batch2", "batch3", "ai1", "ai2", "ai3",
    "glue1", "glue2", "glue3", "other1", "other2", "other3",
];

/// Which sense a token stands for when it has several.
const ORDER: [Sense; 24] = [
    Sense::Role,
    Sense::Waive,
    Sense::WaiveBefore,
    Sense::Legacy,
    Sense::System,
    Sense::Negation,
    Sense::Need,
    Sense::Skill,
    Sense::Artefact,
    Sense::FlowNoun,
    Sense::FlowVerb,
    Sense::Company,
    Sense::Industry,
    Sense::Blurb,
    Sense::ArchNoun,
    Sense::Surface,
    Sense::Seniority,
    Sense::Generic,
    Sense::Build,
    Sense::Filler,
    Sense::Purpose,
    Sense::Adjective,
    Sense::ArchAdj,
    Sense::Stop,
];
