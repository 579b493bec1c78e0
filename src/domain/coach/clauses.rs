//! Where sentences end, by token.

use std::ops::Range;

use super::pieces::Shape;
use super::tokens::Token;

/// How many tokens a reader looks to each side of one: a bound on its steps, far beyond any sentence people write.
pub(super) const SIGHT: usize = 40;

/// The tokens around one, of its sentence and within sight.
pub(super) fn around(sentences: &[u32], at: usize) -> Range<usize> {
    let sentence = sentences.get(at);
    let same = |i: &usize| sentences.get(*i) == sentence;
    let from = (0..at).rev().take(SIGHT).take_while(same).last().unwrap_or(at);
    let to = (at + 1..sentences.len()).take(SIGHT).take_while(same).last().unwrap_or(at);
    from..to + 1
}

/// For each token the number of its sentence, from 0. Line breaks, bullets and semicolons end one as well.
pub(super) fn sentences_of(tokens: &[Token]) -> Vec<u32> {
    let mut sentence = 0;
    tokens
        .iter()
        .enumerate()
        .map(|(at, token)| {
            let here = sentence;
            let ends = match token.shape {
                Shape::Break => true,
                Shape::Mark('.' | '!' | '?') => tokens.get(at + 1).is_none_or(|next| !next.glued),
                Shape::Mark(';' | '•' | '·' | '*' | '。' | '！' | '？' | '|') => true,
                _ => false,
            };
            if ends {
                sentence += 1;
            }
            here
        })
        .collect()
}
