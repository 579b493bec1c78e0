//! A neutral page as Block Kit: pure, and always within Slack's limits.
//!
//! slack-morphism's types express all of it, dispatch included, but for the dates of rich text: they are loose JSON, since
//! the crate's own moment is of another release of jiff than the house's.
//! What people typed travels as rich text elements or as plain text with `emoji: false`; only a context block's mentions
//! and dates are mrkdwn, and a message's fallback text is escaped.

mod button;
mod context;
pub mod field;
mod fit;
mod message;
mod rich;
#[cfg(test)]
mod tests;
pub mod text;

pub use message::{Said, said};

use slack_morphism::prelude::{SlackBlock, SlackDividerBlock, SlackHeaderBlock};

use crate::domain::document::{Block, Document, Level, Span, Spans};
use crate::slack::limits;

/// Where blocks are shown, and so how many fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// In a message.
    Message,
    /// In a window or on Home.
    View,
}

impl Surface {
    fn blocks(self) -> usize {
        match self {
            Surface::Message => limits::MESSAGE_BLOCKS,
            Surface::View => limits::VIEW_BLOCKS,
        }
    }
    fn text(self) -> usize {
        match self {
            Surface::Message => limits::MESSAGE_TEXT,
            Surface::View => limits::VIEW_TEXT,
        }
    }
}

/// The page as blocks.
pub fn blocks_of(document: &Document, surface: Surface) -> Vec<SlackBlock> {
    blocks_within(document, surface.blocks(), surface.text())
}

/// The page in so many blocks and characters at most.
pub fn blocks_within(document: &Document, blocks: usize, characters: usize) -> Vec<SlackBlock> {
    fit::merged(blocks_in_full(&fit::shortened(document, characters)), blocks)
}

/// A heading in large letters.
pub fn header(text: &str) -> SlackBlock {
    SlackHeaderBlock::new(text::label(text, limits::HEADER)).into()
}

/// A line between parts.
pub fn divider() -> SlackBlock {
    SlackDividerBlock::new().into()
}

/// Text to be copied exactly as it stands, in as many blocks as it takes, broken between lines.
pub fn preformatted(markdown: &str) -> Vec<SlackBlock> {
    let mut pieces = vec![String::new()];
    for line in markdown.split_inclusive('\n').flat_map(|line| text::split(line, limits::TEXT)) {
        match pieces.last_mut() {
            Some(last) if text::length(last) + text::length(line) <= limits::TEXT => last.push_str(line),
            _ => pieces.push(line.to_owned()),
        }
    }
    let blocks = pieces.iter().filter_map(|piece| rich::block(vec![rich::preformatted(piece.trim_end_matches('\n'))]));
    blocks.map(Into::into).collect()
}

fn blocks_in_full(document: &Document) -> Vec<SlackBlock> {
    let mut out = Vec::new();
    let mut facts: Vec<(&str, &Spans)> = Vec::new();
    for block in &document.blocks {
        if let Block::Fact { label, value } = block {
            facts.push((label, value));
            continue;
        }
        end_of_facts(&mut facts, &mut out);
        match block {
            Block::Heading(Level::Title, spans) => out.push(header(&spans.text())),
            Block::Heading(Level::Section, spans) => rich_text(rich::section(&styled(spans, Span::Bold)), &mut out),
            Block::Heading(Level::Detail, spans) => {
                rich_text(rich::section(&styled(spans, Span::Emphasis)), &mut out);
            }
            Block::Para(spans) => rich_text(rich::section(spans), &mut out),
            Block::Bullets(items) => rich_text(rich::list(items), &mut out),
            Block::Quote(spans) => rich_text(rich::quote(spans), &mut out),
            Block::Context(spans) => out.extend(context::context(spans)),
            Block::Divider => out.push(divider()),
            Block::Actions(buttons) => out.extend(button::rows(buttons)),
            Block::Fact { .. } => {}
        }
    }
    end_of_facts(&mut facts, &mut out);
    out
}

fn rich_text(element: slack_morphism::prelude::SlackRichTextElement, out: &mut Vec<SlackBlock>) {
    out.extend(rich::block(vec![element]).map(SlackBlock::from));
}

/// Facts that follow each other are one list.
fn end_of_facts(facts: &mut Vec<(&str, &Spans)>, out: &mut Vec<SlackBlock>) {
    if !facts.is_empty() {
        rich_text(rich::facts(std::mem::take(facts)), out);
    }
}

/// The heading of a part, its typed words data like all others.
fn styled(spans: &Spans, style: fn(String) -> Span) -> Spans {
    let styled = spans.0.iter().map(|span| match span {
        Span::Plain(text) | Span::Typed(text) | Span::TypedBold(text) => style(text.clone()),
        other => other.clone(),
    });
    Spans(styled.collect())
}
