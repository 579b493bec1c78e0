//! The smallest parts of folded text: words, numbers, marks, line breaks.

use super::fold::Folded;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Word,
    Number(f64),
    Mark(char),
    Break,
}

/// One piece, by byte offsets of the folded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub start: u32,
    pub end: u32,
    pub shape: Shape,
    /// No white space before it.
    pub glued: bool,
}

/// Scripts written without spaces: each character is a piece of its own, so that a name inside a run is found.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Cuts folded text into pieces, in order, none overlapping, white space left out.
pub(super) fn pieces_of(folded: &Folded) -> Vec<Piece> {
    let text = folded.text.as_str();
    let mut pieces = Vec::with_capacity(text.len() / 4);
    let mut at = 0;
    let mut glued = false;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        let (length, shape) = if c == '\n' {
            (1, Shape::Break)
        } else if c.is_whitespace() {
            at += c.len_utf8();
            glued = false;
            continue;
        } else if c.is_ascii_digit() {
            let (length, value) = number_at(rest);
            (length, Shape::Number(value))
        } else if c == '\'' && glued && possessive(rest) {
            (2, Shape::Word)
        } else if stands_alone(c) {
            (c.len_utf8(), Shape::Word)
        } else if c.is_alphanumeric() {
            (word_length(rest), Shape::Word)
        } else {
            (c.len_utf8(), Shape::Mark(c))
        };
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        pieces.push(Piece { start: offset(at), end: offset(at + length), shape, glued });
        at += length;
        glued = c != '\n';
    }
    pieces
}

fn possessive(rest: &str) -> bool {
    rest.starts_with("'s") && !rest[2..].chars().next().is_some_and(char::is_alphanumeric)
}

fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner_apostrophe = c == '\''
            && length > 0
            && !possessive(&rest[at..])
            && chars.peek().is_some_and(|(_, next)| next.is_alphabetic() && !stands_alone(*next));
        if (c.is_alphanumeric() && !stands_alone(c)) || inner_apostrophe {
            length = at + c.len_utf8();
        } else {
            break;
        }
    }
    length
}

/// Length and value of the number at the start: 10, 10,000, 10.000, 10'000, 3.5, 1_000, "10 000".
fn number_at(rest: &str) -> (usize, f64) {
    let bytes = rest.as_bytes();
    let digits_from = |at: usize| bytes.get(at..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits_from(0);
    let mut value = decimal(&rest[..end.min(15)]);
    let mut spaced = false;
    loop {
        let group = digits_from(end + 1);
        match bytes.get(end) {
            Some(b',' | b'\'' | b'_') if group == 3 => {}
            // A dot before exactly three digits groups them where one to three digits stand before it: 10.000.
            Some(b'.') if group == 3 && end <= 3 && value >= 1.0 => {}
            Some(b' ') if group == 3 && (end <= 3 || spaced) && value >= 1.0 && grouped_by_space(bytes, end) => {
                spaced = true
            }
            Some(b'.' | b',') if group > 0 && group != 3 => {
                let fraction = decimal(&rest[end + 1..end + 1 + group.min(9)]) / 10f64.powi(group.min(9) as i32);
                return (end + 1 + group, value + fraction);
            }
            _ => return (end, value),
        }
        value = value * 1000.0 + decimal(&rest[end + 1..end + 4]);
        end += 4;
    }
}

fn grouped_by_space(bytes: &[u8], end: usize) -> bool {
    !bytes.get(end + 4).is_some_and(u8::is_ascii_digit) && bytes.get(end + 1..end + 4) == Some(b"000")
}

fn decimal(digits: &str) -> f64 {
    digits.parse().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let folded = Folded::new(text);
        pieces_of(&folded).iter().map(|piece| folded.slice(piece.start, piece.end).to_owned()).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_cut_apart() {
        assert_eq!(cut("Node.js, 10k rps"), ["node", ".", "js", ",", "10", "k", "rps"]);
        assert_eq!(cut("you'd own Julia's job"), ["you'd", "own", "julia", "'s", "job"]);
        assert_eq!(cut("Python開発者"), ["python", "開", "発", "者"]);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("10,000", 1e4),
            ("10.000", 1e4),
            ("3.5", 3.5),
            ("1,5", 1.5),
            ("70 000", 7e4),
            ("1_000", 1e3),
            ("99.99", 99.99),
        ] {
            let folded = Folded::new(text);
            let pieces = pieces_of(&folded);
            assert!(matches!(pieces[0].shape, Shape::Number(found) if (found - value).abs() < 1e-6), "{text}");
            assert_eq!(pieces.len(), 1, "{text}");
        }
    }
}
