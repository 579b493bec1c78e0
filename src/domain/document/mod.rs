//! A neutral page: what the bot says, before any channel decides how it looks.
//!
//! Words of ours and words that people typed are different spans from here to the wall, so that no renderer can
//! mistake one for the other. Whoever renders a page must show [`Span::Typed`] as bare text: no markup, no mention,
//! no link, no emoji code.

mod button;
mod markdown;
mod plain;
mod span;

pub use button::{Button, Confirm, Press, Style};
pub use markdown::escaped as markdown_escaped;
pub use plain::{Ids, Voice};
pub use span::{DateForm, Span, Spans};

/// One message, screen or page, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
}

/// How much a heading weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Of the whole page; at most one.
    Title,
    /// Of a part of it.
    Section,
    /// Of a part of a part.
    Detail,
}

/// One block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; its spans are plain or typed only, 150 characters at most.
    Heading(Level, Spans),
    /// Running text.
    Para(Spans),
    /// An unordered list.
    Bullets(Vec<Spans>),
    /// A label in bold and what it holds; neighbours form one list of facts.
    Fact {
        /// Ours, without a colon.
        label: String,
        /// What it holds.
        value: Spans,
    },
    /// Somebody's own words, set apart.
    Quote(Spans),
    /// Small print.
    Context(Spans),
    /// A line between parts.
    Divider,
    /// Buttons side by side, 5 at most in a row that reads well; never empty.
    Actions(Vec<Button>),
}

impl Document {
    /// An empty page.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds a title.
    #[must_use]
    pub fn title(self, spans: impl Into<Spans>) -> Self {
        self.with(Block::Heading(Level::Title, spans.into()))
    }
    /// Adds the heading of a part.
    #[must_use]
    pub fn section(self, spans: impl Into<Spans>) -> Self {
        self.with(Block::Heading(Level::Section, spans.into()))
    }
    /// Adds running text.
    #[must_use]
    pub fn para(self, spans: impl Into<Spans>) -> Self {
        self.with(Block::Para(spans.into()))
    }
    /// Adds a list; nothing when it is empty.
    #[must_use]
    pub fn bullets<S: Into<Spans>>(self, items: impl IntoIterator<Item = S>) -> Self {
        let items: Vec<Spans> = items.into_iter().map(Into::into).collect();
        if items.is_empty() { self } else { self.with(Block::Bullets(items)) }
    }
    /// Adds a fact.
    #[must_use]
    pub fn fact(self, label: impl Into<String>, value: impl Into<Spans>) -> Self {
        self.with(Block::Fact { label: label.into(), value: value.into() })
    }
    /// Adds a quotation.
    #[must_use]
    pub fn quote(self, spans: impl Into<Spans>) -> Self {
        self.with(Block::Quote(spans.into()))
    }
    /// Adds small print.
    #[must_use]
    pub fn context(self, spans: impl Into<Spans>) -> Self {
        self.with(Block::Context(spans.into()))
    }
    /// Adds a dividing line.
    #[must_use]
    pub fn divider(self) -> Self {
        self.with(Block::Divider)
    }
    /// Adds buttons; nothing when there are none.
    #[must_use]
    pub fn actions(self, buttons: Vec<Button>) -> Self {
        if buttons.is_empty() { self } else { self.with(Block::Actions(buttons)) }
    }
    /// Adds one block.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }
    /// Adds all blocks of another page below.
    #[must_use]
    pub fn then(mut self, other: Document) -> Self {
        self.blocks.extend(other.blocks);
        self
    }
    /// The page as a part of another: every heading weighs one less.
    #[must_use]
    pub fn lowered(mut self) -> Self {
        for block in &mut self.blocks {
            if let Block::Heading(level, _) = block {
                *level = match level {
                    Level::Title => Level::Section,
                    Level::Section | Level::Detail => Level::Detail,
                };
            }
        }
        self
    }
    /// The buttons of the page, in order.
    pub fn buttons(&self) -> impl Iterator<Item = &Button> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Actions(buttons) => buttons.as_slice(),
            _ => &[],
        })
    }
}
