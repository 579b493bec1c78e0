//! Making a page fit: cut at the end with "…", never refused by Slack, never without its buttons.

use slack_morphism::prelude::SlackBlock;

use super::rich;
use super::text::{CUT, cut, length};
use crate::domain::document::{Block, Document, Span, Spans};

/// The page, or as much of its text as `limit` characters hold. Buttons stay, whatever goes.
pub(super) fn shortened(document: &Document, limit: usize) -> Document {
    let mut left = limit;
    let mut out = Document::new();
    let mut is_cut = false;
    for block in &document.blocks {
        let size = size_of(block);
        if matches!(block, Block::Actions(_)) {
            out = out.with(block.clone());
        } else if is_cut {
            continue;
        } else if size <= left {
            left -= size;
            out = out.with(block.clone());
        } else {
            is_cut = true;
            out = out.with(cut_block(block, left));
        }
    }
    out
}

fn size_of(block: &Block) -> usize {
    let spans = |spans: &Spans| length(&spans.text());
    match block {
        Block::Heading(_, it) | Block::Para(it) | Block::Quote(it) | Block::Context(it) => spans(it),
        Block::Bullets(items) => items.iter().map(spans).sum(),
        Block::Fact { label, value } => length(label) + spans(value),
        Block::Divider | Block::Actions(_) => 0,
    }
}

fn cut_block(block: &Block, left: usize) -> Block {
    match block {
        Block::Para(it) => Block::Para(cut_spans(it, left)),
        Block::Quote(it) => Block::Quote(cut_spans(it, left)),
        Block::Context(it) => Block::Context(cut_spans(it, left)),
        Block::Fact { label, value } => {
            Block::Fact { label: label.clone(), value: cut_spans(value, left.saturating_sub(length(label))) }
        }
        Block::Bullets(items) => {
            let (mut left, mut kept) = (left, Vec::new());
            for item in items {
                let size = length(&item.text());
                if size > left {
                    kept.push(cut_spans(item, left));
                    break;
                }
                left -= size;
                kept.push(item.clone());
            }
            Block::Bullets(kept)
        }
        Block::Heading(..) | Block::Divider | Block::Actions(_) => Block::Para(CUT.into()),
    }
}

fn cut_spans(spans: &Spans, limit: usize) -> Spans {
    let (mut left, mut out) = (limit, Spans::default());
    for span in &spans.0 {
        let size = length(&Spans::from(span.clone()).text());
        if size <= left {
            left -= size;
            out = out.and(span.clone());
            continue;
        }
        return out.and(match span {
            Span::Plain(text) => Span::Plain(cut(text, left)),
            Span::Typed(text) => Span::typed(&cut(text, left)),
            Span::Bold(text) => Span::Bold(cut(text, left)),
            Span::TypedBold(text) => Span::TypedBold(cut(text, left)),
            Span::Emphasis(text) => Span::Emphasis(cut(text, left)),
            // Half a name or date would be another one.
            Span::Mention(_)
            | Span::Group(_)
            | Span::Channel(_)
            | Span::Date(..)
            | Span::Emoji(_)
            | Span::Link { .. } => Span::plain(CUT),
        });
    }
    out
}

/// At most so many blocks: neighbouring texts become one block; if that is not enough, the end goes, buttons excepted.
pub(super) fn merged(blocks: Vec<SlackBlock>, limit: usize) -> Vec<SlackBlock> {
    let mut excess = blocks.len().saturating_sub(limit);
    let mut out: Vec<SlackBlock> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match (out.pop(), block) {
            (Some(SlackBlock::RichText(above)), SlackBlock::RichText(below)) if excess > 0 => {
                excess -= 1;
                out.push(rich::joined(above, below).into());
            }
            (above, block) => {
                out.extend(above);
                out.push(block);
            }
        }
    }
    if out.len() <= limit {
        return out;
    }
    let buttons = out.iter().filter(|block| matches!(block, SlackBlock::Actions(_))).count();
    let mut texts_left = limit.saturating_sub(buttons + 1);
    let mut marked = false;
    let mut kept = Vec::with_capacity(limit);
    for block in out {
        if matches!(block, SlackBlock::Actions(_)) {
            kept.push(block);
        } else if texts_left > 0 {
            texts_left -= 1;
            kept.push(block);
        } else if !marked {
            marked = true;
            kept.extend(rich::block(vec![rich::section(&CUT.into())]).map(SlackBlock::from));
        }
    }
    kept.truncate(limit);
    kept
}
