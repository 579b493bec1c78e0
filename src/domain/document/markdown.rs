//! A page as Markdown that pastes clean into an applicant system.
//!
//! Only what CommonMark would read as markup is escaped, and only where it would: a system that shows the text bare
//! should not be full of backslashes.

use super::plain::Voice;
use super::span::{Span, Spans};
use super::{Block, Document, Level};

/// Typed text as inert Markdown. Line breaks become hard breaks; nothing in it starts a list, heading or quotation.
pub fn escaped(text: &str) -> String {
    text.lines().map(line_escaped).collect::<Vec<_>>().join("  \n")
}

fn line_escaped(line: &str) -> String {
    // Four spaces in front would make code of it.
    let line = line.trim_start();
    let starts = starts_block(line);
    let chars: Vec<char> = line.chars().collect();
    let word = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let mut out = String::with_capacity(line.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let inside_word = word(at.checked_sub(1)) && word(Some(at + 1));
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !inside_word,
            '&' => entity(chars.get(at + 1..).unwrap_or_default()),
            _ => starts == Some(at),
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Where the character stands that would make a block of the line.
fn starts_block(line: &str) -> Option<usize> {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    match line.chars().nth(digits)? {
        '.' | ')' if digits > 0 => Some(digits),
        '#' | '>' | '+' | '-' | '=' if digits == 0 => Some(0),
        _ => None,
    }
}

/// Whether an ampersand before this starts an entity such as `&lt;` or `&#60;`.
fn entity(rest: &[char]) -> bool {
    let body = rest.iter().take(32).take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    body > 0 && rest.get(body) == Some(&';')
}

fn said(span: &Span, voice: &dyn Voice) -> String {
    match span {
        Span::Plain(text) => text.clone(),
        Span::Bold(text) => format!("**{text}**"),
        Span::Emphasis(text) => format!("_{text}_"),
        Span::Typed(text) => escaped(text),
        Span::TypedBold(text) => format!("**{}**", escaped(text)),
        Span::Mention(user) => escaped(&voice.person(user)),
        Span::Group(group) => escaped(&voice.group(group)),
        Span::Channel(channel) => escaped(&voice.channel(channel)),
        Span::Date(at, form) => voice.date(*at, *form),
        Span::Emoji(name) => voice.emoji(name),
        Span::Link { url, label } => format!("[{label}]({url})"),
    }
}

impl Document {
    /// The page as CommonMark, ending in a line break; buttons are left out.
    pub fn to_markdown(&self, voice: &dyn Voice) -> String {
        let line = |spans: &Spans| spans.0.iter().map(|span| said(span, voice)).collect::<String>();
        let mut out = String::new();
        let mut listing = false;
        for block in &self.blocks {
            let fact = matches!(block, Block::Fact { .. });
            // Facts that follow each other are one list.
            let continues = fact && listing;
            if !out.is_empty() && !continues {
                out.push('\n');
            }
            listing = fact;
            match block {
                Block::Heading(Level::Title, spans) => out.push_str(&format!("# {}\n", line(spans))),
                Block::Heading(Level::Section, spans) => out.push_str(&format!("## {}\n", line(spans))),
                Block::Heading(Level::Detail, spans) => out.push_str(&format!("### {}\n", line(spans))),
                Block::Para(spans) | Block::Context(spans) => out.push_str(&format!("{}\n", line(spans))),
                Block::Bullets(items) => {
                    for item in items {
                        out.push_str(&format!("- {}\n", line(item).replace('\n', "\n  ")));
                    }
                }
                Block::Fact { label, value } => {
                    out.push_str(&format!("- **{label}:** {}\n", line(value).replace('\n', "\n  ")));
                }
                Block::Quote(spans) => out.push_str(&format!("> {}\n", line(spans).replace('\n', "\n> "))),
                Block::Divider => out.push_str("---\n"),
                Block::Actions(_) => {
                    // A blank line was added for nothing.
                    out.truncate(out.trim_end().len());
                    out.push('\n');
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Ids;

    #[test]
    fn typed_text_is_escaped_only_where_markdown_would_read_it() {
        for (typed, wanted) in [
            ("plain words, 50 ms (p99).", "plain words, 50 ms (p99)."),
            ("*bold* and `code`", "\\*bold\\* and \\`code\\`"),
            ("snake_case stays, _this_ not", "snake_case stays, \\_this\\_ not"),
            ("# no heading", "\\# no heading"),
            ("- no list", "\\- no list"),
            ("12. no list", "12\\. no list"),
            ("1.5 ms", "1\\.5 ms"),
            ("[a](http://b)", "\\[a\\](http://b)"),
            ("<img src=x> &lt; R&D", "\\<img src=x> \\&lt; R&D"),
            ("a|b ~c~", "a\\|b \\~c\\~"),
            ("one\n    two", "one  \ntwo"),
        ] {
            assert_eq!(escaped(typed), wanted);
        }
    }

    #[test]
    fn facts_in_a_row_are_one_list_and_buttons_are_left_out() {
        let page = Document::new()
            .title(Span::typed("A *b*"))
            .para("Text.")
            .fact("One", "1")
            .fact("Two", "2")
            .actions(vec![super::super::Button::new(super::super::Press::Kit, "Kit")])
            .quote(Span::typed("said\ntwice"));
        assert_eq!(page.to_markdown(&Ids), "# A \\*b\\*\n\nText.\n\n- **One:** 1\n- **Two:** 2\n\n> said  \n> twice\n");
    }
}
