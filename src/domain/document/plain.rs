//! A page as bare text: notifications, screen readers, logs of journeys.

use super::span::{DateForm, Span, Spans};
use super::{Block, Document};
use crate::domain::ids::{ChannelId, GroupId, Timestamp, UserId};

/// How a channel says what is not bare text. Implement it to escape typed words or to name people.
pub trait Voice {
    /// Words of ours.
    fn ours(&self, text: &str) -> String {
        text.to_owned()
    }
    /// Words that somebody typed.
    fn typed(&self, text: &str) -> String {
        text.to_owned()
    }
    /// A person.
    fn person(&self, user: &UserId) -> String;
    /// A group.
    fn group(&self, group: &GroupId) -> String;
    /// A channel.
    fn channel(&self, channel: &ChannelId) -> String;
    /// A moment; UTC unless the channel knows better.
    fn date(&self, at: Timestamp, form: DateForm) -> String {
        let pattern = match form {
            DateForm::Day => "%-d %B %Y",
            DateForm::DayAndTime => "%-d %B %Y at %H:%M UTC",
            DateForm::Time => "%H:%M UTC",
        };
        at.strftime(pattern).to_string()
    }
    /// An emoji by its name.
    fn emoji(&self, name: &str) -> String {
        format!(":{name}:")
    }
    /// A link of ours.
    fn link(&self, url: &str, label: &str) -> String {
        format!("{label} ({url})")
    }
}

/// Says people and channels by their ids.
pub struct Ids;

impl Voice for Ids {
    fn person(&self, user: &UserId) -> String {
        format!("@{user}")
    }
    fn group(&self, group: &GroupId) -> String {
        format!("@{group}")
    }
    fn channel(&self, channel: &ChannelId) -> String {
        format!("#{channel}")
    }
}

/// One span in a voice.
pub(super) fn said(span: &Span, voice: &dyn Voice) -> String {
    match span {
        Span::Plain(text) | Span::Bold(text) | Span::Emphasis(text) => voice.ours(text),
        Span::Typed(text) | Span::TypedBold(text) => voice.typed(text),
        Span::Mention(user) => voice.person(user),
        Span::Group(group) => voice.group(group),
        Span::Channel(channel) => voice.channel(channel),
        Span::Date(at, form) => voice.date(*at, *form),
        Span::Emoji(name) => voice.emoji(name),
        Span::Link { url, label } => voice.link(url, label),
    }
}

impl Document {
    /// The page as text, a line for each block; buttons are left out, since text cannot be pressed.
    pub fn to_plain(&self, voice: &dyn Voice) -> String {
        let line = |spans: &Spans| spans.0.iter().map(|span| said(span, voice)).collect::<String>();
        let mut lines = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Heading(_, spans) | Block::Para(spans) | Block::Quote(spans) | Block::Context(spans) => {
                    lines.push(line(spans));
                }
                Block::Bullets(items) => lines.extend(items.iter().map(|item| format!("• {}", line(item)))),
                Block::Fact { label, value } => lines.push(format!("{}: {}", voice.ours(label), line(value))),
                Block::Divider | Block::Actions(_) => {}
            }
        }
        lines.join("\n")
    }
}
