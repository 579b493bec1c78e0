//! The second opinion: a linear model over the marks of a statement, learned from the labelled rows, beside the rules.
//!
//! Rules are exact on what they know and silent beyond; the weights carry over to words and shapes that no rule names.
//! Both are heard: the rules' answer counts as so many points more. Weights are data, made by `tests/coach/training.rs`.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::marks::{Marks, key_of};

/// What is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weighed {
    /// Whether a language or stack leads: one score, above zero is yes.
    Lead,
    /// Which type: a score each for the five types, and for none of them.
    Type,
    /// Whether the team is stated: one score, above zero is yes.
    Team,
}

impl Weighed {
    /// All three.
    pub const ALL: [Weighed; 3] = [Weighed::Lead, Weighed::Type, Weighed::Team];

    /// The name of its table in `prompts/weights.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Weighed::Lead => "lead",
            Weighed::Type => "type",
            Weighed::Team => "team",
        }
    }
    /// How many scores it gives.
    pub fn scores(self) -> usize {
        match self {
            Weighed::Lead | Weighed::Team => 1,
            Weighed::Type => 6,
        }
    }
}

/// The weights of one question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weights {
    /// Points that the rules' answer brings.
    pub rules: f32,
    /// Points before anything is read, by score.
    pub bias: Vec<f32>,
    /// Points by name of mark, by score.
    pub marks: Vec<(String, Vec<f32>)>,
}

/// Longer texts are read by the rules alone: the weights were learned from statements.
const LONGEST: usize = 160;

/// Keys are hashes already.
#[derive(Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// The weights of one question, ready.
#[derive(Debug, Default)]
struct Scale {
    rules: f32,
    bias: Vec<f32>,
    index: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    points: Vec<f32>,
}

/// The weights of all questions, ready. Without weights the rules decide alone.
#[derive(Debug, Default)]
pub struct Weighing {
    scales: HashMap<Weighed, Scale>,
}

impl Weighing {
    /// Makes weights ready. A question without weights is left to the rules.
    pub fn of(weights: Vec<(Weighed, Weights)>) -> Self {
        let ready = |(weighed, weights): (Weighed, Weights)| {
            let mut scale = Scale { rules: weights.rules, bias: weights.bias, ..Scale::default() };
            for (at, (name, points)) in (0u32..).zip(&weights.marks) {
                scale.index.insert(key_of(name), at);
                scale.points.extend((0..weighed.scores()).map(|score| points.get(score).copied().unwrap_or(0.0)));
            }
            (weighed, scale)
        };
        Weighing { scales: weights.into_iter().map(ready).collect() }
    }

    /// Whether a text of so many pieces is weighed.
    pub(super) fn weighs(&self, pieces: usize) -> bool {
        !self.scales.is_empty() && pieces <= LONGEST
    }

    /// The scores of a statement with the rules' answer counted: `told` is the score that the rules stand for (with
    /// one score: 0 for yes), `surely` how much they insist. None without weights.
    pub(super) fn scores(&self, weighed: Weighed, marks: &Marks, told: Told) -> Option<[f32; 6]> {
        let scale = self.scales.get(&weighed)?;
        let classes = weighed.scores();
        let mut scores = [0.0; 6];
        scores.iter_mut().zip(&scale.bias).for_each(|(score, bias)| *score = *bias);
        let mut counted = vec![false; scale.index.len()];
        for mark in &marks.seen {
            let Some(at) = scale.index.get(&mark.key).map(|at| *at as usize) else { continue };
            if counted.get(at) != Some(&false) {
                continue;
            }
            counted[at] = true;
            scores.iter_mut().zip(scale.points.iter().skip(at * classes).take(classes)).for_each(|(s, p)| *s += p);
        }
        match told {
            Told::Yes => scores[0] += scale.rules,
            Told::No => scores[0] -= scale.rules,
            Told::One { of, surely } => {
                if let Some(score) = scores.get_mut(of) {
                    *score += scale.rules * if surely { SURELY } else { 1.0 };
                }
            }
        }
        Some(scores)
    }

    /// Where the marks stand that speak most for a score, in bytes of the folded text.
    pub(super) fn weightiest(&self, weighed: Weighed, marks: &Marks, score: usize) -> Option<(u32, u32)> {
        let scale = self.scales.get(&weighed)?;
        let mut places: Vec<((u32, u32), f32)> = Vec::new();
        for mark in &marks.seen {
            let Some(at) = scale.index.get(&mark.key).map(|at| *at as usize) else { continue };
            let points = scale.points.get(at * weighed.scores() + score).copied().unwrap_or(0.0);
            match places.iter_mut().find(|(place, _)| *place == (mark.start, mark.end)) {
                Some((_, sum)) => *sum += points,
                None => places.push(((mark.start, mark.end), points)),
            }
        }
        places.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place)
    }
}

/// A type that the rules are sure of counts this much more.
const SURELY: f32 = 1.5;

/// What the rules answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Told {
    Yes,
    No,
    One { of: usize, surely: bool },
}
