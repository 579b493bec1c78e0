//! Rust source as tokens, without comments and without what stands in strings.

/// A word, or a mark; `::` is one mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    pub text: &'a str,
    /// From 1.
    pub line: usize,
}

impl Token<'_> {
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// The tokens of a source text. Strings, characters and numbers leave nothing; lifetimes neither.
pub fn tokens_of(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let (length, token) = if let Some(length) = skipped(rest) {
            (length, false)
        } else if first.is_alphabetic() || first == '_' {
            (word(rest), true)
        } else if rest.starts_with("::") {
            (2, true)
        } else {
            (first.len_utf8(), !first.is_whitespace())
        };
        if token {
            // `r#type` is the name `type`.
            tokens.push(Token { text: rest[..length].trim_start_matches("r#"), line });
        }
        line += rest[..length].matches('\n').count();
        at += length;
    }
    tokens
}

fn word(rest: &str) -> usize {
    let raw = if rest.starts_with("r#") { 2 } else { 0 };
    raw + run(&rest[raw..])
}

/// The length of the letters, digits and underscores that a text begins with.
fn run(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
}

/// The length of the comment, string, character, lifetime or number that a text begins with.
fn skipped(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(comment(rest));
    }
    let unprefixed = ["br", "cr", "b", "c", "r"].into_iter().find_map(|prefix| {
        let after = rest.strip_prefix(prefix)?;
        let string = after.starts_with('"') || after.starts_with('#') && after.trim_start_matches('#').starts_with('"');
        let quoted = string && (prefix.ends_with('r') || after.starts_with('"'));
        (quoted || prefix == "b" && after.starts_with('\'')).then_some((prefix, after))
    });
    if let Some((prefix, after)) = unprefixed {
        let length = if prefix.ends_with('r') { raw_string(after) } else { quoted(after) };
        return Some(prefix.len() + length);
    }
    match rest.chars().next()? {
        '"' => Some(quoted(rest)),
        '\'' => Some(character_or_lifetime(rest)),
        first if first.is_ascii_digit() => Some(run(rest)),
        _ => None,
    }
}

/// Block comments nest.
fn comment(rest: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if here.starts_with(b"*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// Up to the closing quote of the kind it begins with, past what is escaped.
fn quoted(rest: &str) -> usize {
    let quote = rest.as_bytes()[0];
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        if !escaped && byte == quote {
            return at + 1;
        }
        escaped = !escaped && byte == b'\\';
    }
    rest.len()
}

fn raw_string(rest: &str) -> usize {
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let end = format!("\"{}", "#".repeat(hashes));
    let begin = hashes + 1;
    rest[begin..].find(&end).map_or(rest.len(), |at| begin + at + end.len())
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn character_or_lifetime(rest: &str) -> usize {
    let mut after = rest.chars().skip(1);
    let (first, second) = (after.next(), after.next());
    match first {
        Some('\\') => quoted(rest),
        Some(c) if second == Some('\'') => c.len_utf8() + 2,
        _ => 1 + run(&rest[1..]),
    }
}

#[test]
fn comments_strings_and_characters_leave_no_token() {
    let source = "a::b /* c /* d */ e */ f // g\n\"h \\\" i\" r#\"j \" k\"# b'l' '\\'' 'm' &'static n r#type \
                  0x1f_u8 br##\"o\"# p\"## r q b\"s\" 'ü' \"\\\\\" t";
    let words: Vec<&str> = tokens_of(source).iter().map(|token| token.text).collect();
    assert_eq!(words, ["a", "::", "b", "f", "&", "n", "type", "r", "q", "t"]);
    let lines: Vec<usize> = tokens_of("a\n\"\n\" b /*\n*/ c").iter().map(|token| token.line).collect();
    assert_eq!(lines, [1, 3, 4]);
}
