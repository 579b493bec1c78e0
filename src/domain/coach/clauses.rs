//! Where sentences end, by token.

use super::pieces::Shape;
use super::tokens::Token;

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
