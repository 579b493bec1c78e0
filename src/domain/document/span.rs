//! Runs of text within a block.

use crate::domain::ids::{ChannelId, GroupId, Timestamp, UserId};

/// A run of text of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Words of ours.
    Plain(String),
    /// Words that somebody typed: shown as they are, never interpreted.
    Typed(String),
    /// Typed words, strong.
    TypedBold(String),
    /// Words of ours, strong.
    Bold(String),
    /// Words of ours, slanted.
    Emphasis(String),
    /// A person. In a message it notifies them.
    Mention(UserId),
    /// A user group. In a message it notifies all of them: for modals and ephemerals.
    Group(GroupId),
    /// A channel.
    Channel(ChannelId),
    /// A moment, in the reader's own time zone where the channel can do that.
    Date(Timestamp, DateForm),
    /// An emoji by its name (`white_check_mark`), from the configuration.
    Emoji(String),
    /// A link to a place of ours (a permalink that Slack gave).
    Link {
        /// Where to.
        url: String,
        /// What it says.
        label: String,
    },
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// "24 November 2026".
    Day,
    /// "24 November 2026 at 14:05"; where it is near, Slack says "today" or "yesterday".
    DayAndTime,
    /// "14:05", for what happened now.
    Time,
}

impl Span {
    /// Words of ours.
    pub fn plain(text: impl Into<String>) -> Self {
        Span::Plain(text.into())
    }
    /// Typed words. Direction marks left open in them are closed, so that they cannot turn the words that follow.
    pub fn typed(text: &str) -> Self {
        Span::Typed(closed(text))
    }
}

/// Text with its Unicode direction marks closed: embeddings and overrides by U+202C, isolates by U+2069.
fn closed(text: &str) -> String {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push('\u{202C}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            '\u{202C}' if open.last() == Some(&c) => {
                open.pop();
            }
            // Ending an isolate also ends what was opened inside it.
            '\u{2069}' => {
                if let Some(at) = open.iter().rposition(|closer| *closer == c) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    text.chars().chain(open.into_iter().rev()).collect()
}

/// Spans in a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spans(pub Vec<Span>);

impl Spans {
    /// One after the other.
    #[must_use]
    pub fn and(mut self, more: impl Into<Spans>) -> Self {
        self.0.extend(more.into().0);
        self
    }
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The same words, strong: ours and typed ones, each as what they are.
    #[must_use]
    pub fn strong(self) -> Spans {
        let strong = self.0.into_iter().map(|span| match span {
            Span::Plain(text) => Span::Bold(text),
            Span::Typed(text) => Span::TypedBold(text),
            other => other,
        });
        Spans(strong.collect())
    }
    /// The texts alone, ids for people; for measuring and for tests.
    pub fn text(&self) -> String {
        self.0.iter().map(|span| super::plain::said(span, &super::plain::Ids)).collect()
    }
}

impl From<Span> for Spans {
    fn from(span: Span) -> Self {
        Spans(vec![span])
    }
}
impl From<Vec<Span>> for Spans {
    fn from(spans: Vec<Span>) -> Self {
        Spans(spans)
    }
}
/// Words of ours: only constants and the catalogue reach this.
impl From<&str> for Spans {
    fn from(text: &str) -> Self {
        Spans(vec![Span::plain(text)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_direction_marks_are_closed_innermost_first() {
        assert_eq!(Span::typed("a\u{202E}b\u{2066}c"), Span::Typed("a\u{202E}b\u{2066}c\u{2069}\u{202C}".into()));
    }

    #[test]
    fn closed_direction_marks_are_left_alone() {
        assert_eq!(Span::typed("\u{2067}x\u{2069} y"), Span::Typed("\u{2067}x\u{2069} y".into()));
        assert_eq!(Span::typed("שלום"), Span::Typed("שלום".into()));
    }

    #[test]
    fn the_end_of_an_isolate_ends_what_was_opened_in_it() {
        assert_eq!(Span::typed("\u{2067}\u{202E}x\u{2069}"), Span::Typed("\u{2067}\u{202E}x\u{2069}".into()));
    }
}
