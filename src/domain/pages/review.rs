//! The parts of the review that are not fields: what will be posted, whom it selects for, where and to whom it goes.

use super::super::brief::Brief;
use super::super::document::{Document, Span, Spans};
use super::super::hiring::advice;
use super::super::ids::ChannelId;
use super::super::notes::axes as axes_in_words;
use super::super::scope::Axis;
use super::super::sentence::Sentence;
use super::super::summary::{not_given, shape};
use super::super::wording::Words;
use super::super::wording::review::{ApproversHole, AxesHole, ChannelHole};

/// Title and sentences, exactly as they will be posted.
pub fn will_read(title: &Spans, sentences: &[Sentence; 3], words: &Words) -> Document {
    let said = &words.review;
    let page = Document::new().section(&said.sentences).para(title.clone());
    sentences.iter().fold(page, |page, sentence| page.para(sentence.spans.clone())).context(&said.change_answer)
}

/// The answers moved since the review was shown: that they did, and what changed, where that is known.
pub fn moved(axes: &[Axis], words: &Words) -> Document {
    let said = &words.review;
    let page = Document::new().para(Span::Bold(String::from(&said.moved)));
    if axes.is_empty() {
        return page;
    }
    page.para(said.moved_axes.fill(|AxesHole::Axes| axes_in_words(axes, words)))
}

/// Whom the scope selects for, the hiring model, and what recruiters will miss.
pub fn selects_for(brief: &Brief, words: &Words) -> Document {
    let said = &words.review;
    let mut page = shape(brief, words);
    if let Some(length) = brief.length {
        page = page.fact(&words.hiring.label, advice(length, words));
    }
    let missing = not_given(brief, words);
    if missing.is_empty() { page } else { page.fact(&said.still_open, missing.join(", ").as_str()) }
}

/// What the directory knows of the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelState {
    /// It can be posted to.
    Ready,
    /// The bot is not in it.
    NotIn,
    /// Archived, deleted or hidden.
    Gone,
    /// Shared with another company, which is not allowed.
    Shared,
}

/// Who may approve this scope: not the author, not guests, not deactivated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approvers {
    /// None are configured: no approval is asked.
    Nobody,
    /// So many can, so many have to.
    Count {
        /// Who can.
        able: usize,
        /// Who have to, from 1.
        quorum: u32,
    },
}

/// Where it will appear, or what stands in the way and the remedy.
pub fn where_line(channel: &ChannelId, state: ChannelState, words: &Words) -> Spans {
    let said = &words.review.posting;
    let phrase = match state {
        ChannelState::Ready => &said.channel,
        ChannelState::NotIn => &said.not_in_channel,
        ChannelState::Gone => &said.channel_gone,
        ChannelState::Shared => &said.channel_shared,
    };
    phrase.fill(|ChannelHole::Channel| Span::Channel(channel.clone()))
}

/// Who can approve, in words.
pub fn approvers_line(approvers: Approvers, words: &Words) -> Spans {
    let said = &words.review.posting;
    let Approvers::Count { able, quorum } = approvers else {
        return (&said.nobody_asked).into();
    };
    let phrase = if able < quorum as usize { &said.too_few } else { &said.approvers };
    phrase.fill(|hole| {
        Span::plain(match hole {
            ApproversHole::Count => able.to_string(),
            ApproversHole::Quorum => quorum.to_string(),
        })
    })
}

/// What a new revision does to the approvals that stand.
pub fn effect_on_approvals(changed: &[Axis], words: &Words) -> Spans {
    let said = &words.review.posting;
    if changed.iter().any(|axis| axis.is_substance()) { (&said.voids).into() } else { (&said.keeps).into() }
}
