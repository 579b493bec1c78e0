//! Whether a text is English: by script, and by the small words that one language has and another has not.

use super::senses::Sense;
use super::tokens::{Page, Token};

/// English, or not; a short text without small words counts as English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// English.
    English,
    /// Another language: only names of languages are read.
    Other,
}

/// Tells by the tokens of the tongue layer.
pub(super) fn tongue_of(page: &Page, tokens: &[Token]) -> Tongue {
    let mut english = 0usize;
    let mut foreign = 0usize;
    let mut script = 0usize;
    let mut letters = 0usize;
    for token in tokens.iter().filter(|token| token.is_word()) {
        let word = page.slice(token);
        let length = word.chars().count();
        letters += length;
        if word.chars().next().is_some_and(|c| c.is_alphabetic() && c >= '\u{370}') {
            script += length;
        }
        match (token.is(Sense::English), token.is(Sense::Foreign)) {
            (true, false) => english += 1,
            (false, true) => foreign += 1,
            _ => {}
        }
    }
    let accents = page.folded.original.chars().filter(|c| ('\u{c0}'..'\u{250}').contains(c) && *c != '×').count();
    if script * 3 > letters && script > 0 {
        return Tongue::Other;
    }
    if foreign >= 2 && foreign > english || foreign >= 1 && english == 0 && (accents > 0 || foreign >= 2) {
        return Tongue::Other;
    }
    Tongue::English
}
