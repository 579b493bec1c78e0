//! Text as the readers see it: lower case, plain width, no accents, one space, and the way back to what was typed.

use unicode_normalization::UnicodeNormalization;

/// The folded text, and for each of its bytes where in the original its character stands.
#[derive(Debug)]
pub(super) struct Folded<'a> {
    pub original: &'a str,
    pub text: String,
    origin: Vec<u32>,
}

impl<'a> Folded<'a> {
    pub(super) fn new(original: &'a str) -> Self {
        let mut folded = Folded { original, text: String::with_capacity(original.len() + 1), origin: Vec::new() };
        folded.origin.reserve(original.len() + 1);
        let mut previous = ' ';
        let mut chars = original.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, c)| *c);
            let c = plain(c, previous, next);
            previous = c;
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            if c.is_ascii() {
                folded.push(c.to_ascii_lowercase(), at);
            } else {
                fold_char(c, |c| folded.push(c, at));
            }
        }
        folded
    }

    fn push(&mut self, c: char, at: u32) {
        // Runs of white space are one space; a line break wins over a space.
        if c.is_whitespace() {
            let c = if c == '\n' { '\n' } else { ' ' };
            match self.text.as_bytes().last() {
                Some(b'\n') => return,
                Some(b' ') if c == ' ' => return,
                Some(b' ') => {
                    self.text.pop();
                    self.origin.pop();
                }
                _ => {}
            }
            self.text.push(c);
            self.origin.push(at);
            return;
        }
        let before = self.text.len();
        self.text.push(c);
        self.origin.extend(std::iter::repeat_n(at, self.text.len() - before));
    }

    /// The byte range in the original of a byte range of the folded text.
    pub(super) fn range(&self, start: u32, end: u32) -> (usize, usize) {
        let from = self.origin.get(start as usize).map_or(self.original.len(), |at| *at as usize);
        let last = end.checked_sub(1).and_then(|last| self.origin.get(last as usize)).map_or(from, |at| *at as usize);
        let to = self.original.get(last..).and_then(|rest| rest.chars().next()).map_or(last, |c| last + c.len_utf8());
        // A mark that was left out in folding belongs to the letter before it.
        let rest = self.original.get(to..).unwrap_or("");
        let trailing: usize = rest.chars().take_while(|c| is_mark(*c)).map(char::len_utf8).sum();
        (from, to + trailing)
    }

    pub(super) fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// The words as typed.
    pub(super) fn typed(&self, start: u32, end: u32) -> &'a str {
        let (from, to) = self.range(start, end);
        self.original.get(from..to).unwrap_or("")
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe0f}')
}

/// Quotes, dashes and hyphens in one spelling. A hyphen between letters joins a phrase, so it is a space.
fn plain(c: char, previous: char, next: char) -> char {
    match c {
        '’' | '‘' | '`' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '–' | '—' | '―' => '—',
        '-' | '‐' | '‑' if previous.is_alphabetic() && next.is_alphanumeric() => ' ',
        '-' | '‐' | '‑' if previous.is_numeric() && next.is_alphabetic() => ' ',
        '‐' | '‑' | '−' => '-',
        '\r' => '\n',
        _ => c,
    }
}

fn fold_char(c: char, mut push: impl FnMut(char)) {
    if is_mark(c) {
        return;
    }
    if c < '\u{250}' {
        // Latin: accents off, so that developpeur and développeur are one.
        match c {
            'ß' => "ss".chars().for_each(push),
            'ø' | 'Ø' => push('o'),
            'ł' | 'Ł' => push('l'),
            'đ' | 'Đ' => push('d'),
            'ı' => push('i'),
            'æ' | 'Æ' => "ae".chars().for_each(push),
            _ => {
                for part in std::iter::once(c).nfkd().filter(|part| !is_mark(*part)) {
                    part.to_lowercase().for_each(&mut push);
                }
            }
        }
    } else if ('\u{1e00}'..'\u{1f00}').contains(&c) {
        for part in std::iter::once(c).nfkd().filter(|part| !is_mark(*part)) {
            part.to_lowercase().for_each(&mut push);
        }
    } else {
        for part in std::iter::once(c).nfkc() {
            part.to_lowercase().filter(|part| !is_mark(*part)).for_each(&mut push);
        }
    }
}

/// A phrase of the lexicon, folded as the text is.
pub(super) fn folded_phrase(phrase: &str) -> String {
    Folded::new(phrase.trim()).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_way_back() {
        let folded = Folded::new("Ｐｙｔｈｏｎ  Développeur — real-time");
        assert_eq!(folded.text, "python developpeur — real time");
        let at = u32::try_from(folded.text.find("developpeur").unwrap()).unwrap();
        assert_eq!(folded.typed(at, at + 11), "Développeur");
        assert_eq!(folded.typed(0, 6), "Ｐｙｔｈｏｎ");
    }

    #[test]
    fn a_decomposed_accent_belongs_to_its_letter() {
        let folded = Folded::new("cafe\u{301} bar");
        assert_eq!(folded.text, "cafe bar");
        assert_eq!(folded.typed(0, 4), "cafe\u{301}");
    }
}
