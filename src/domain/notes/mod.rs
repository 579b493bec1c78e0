//! Every sentence that the bot says outside forms and summaries: one pure function each, returning a page.

pub mod direct;
pub mod quiet;
pub mod thread;

use super::approval::ChangeAsked;
use super::document::{DateForm, Document, Span, Spans};
use super::ids::{Revision, ScopeId, UserId};
use super::life::Hire;
use super::scope::Axis;
use super::summary::listed;
use super::wording::Words;
use super::wording::notes::{NameStartHole, StartHole};

/// The scope that a message is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// Which one, for buttons.
    pub scope: &'a ScopeId,
    /// Its title.
    pub title: &'a Spans,
    /// The shown revision.
    pub revision: Revision,
    /// Link to its summary, if there is one.
    pub link: Option<&'a str>,
}

/// Approvals so far, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Approvals that count now.
    pub given: usize,
    /// Approvals needed.
    pub quorum: u32,
}

fn person(user: &UserId) -> Spans {
    Span::Mention(user.clone()).into()
}

fn number(number: impl std::fmt::Display) -> Spans {
    Span::plain(number.to_string()).into()
}

/// What changed, as "the system, the team and details".
pub(super) fn axes(axes: &[Axis], words: &Words) -> Spans {
    listed(&axes.iter().map(|axis| words.names.axis.of(*axis).into()).collect::<Vec<_>>(), words)
}

/// Who starts when, as far as it is known.
pub(super) fn hired(hire: &Hire, words: &Words) -> Option<Spans> {
    let said = &words.names.hire;
    let name = hire.name.as_ref().map(|name| Span::typed(name.as_str()));
    let day = hire.start().map(|start| Span::Date(start, DateForm::Day));
    match (name, day) {
        (None, None) => None,
        (Some(name), None) => Some(name.into()),
        (None, Some(day)) => Some(said.starts.fill(|StartHole::Start| day.clone())),
        (Some(name), Some(day)) => Some(said.name_starts.fill(|hole| match hole {
            NameStartHole::Name => name.clone(),
            NameStartHole::Start => day.clone(),
        })),
    }
}

/// Ticks and comment of somebody who asks for changes.
fn doubts(page: Document, ticks: &[ChangeAsked], comment: Option<&str>, words: &Words) -> Document {
    let page = page.bullets(ticks.iter().map(|tick| words.names.tick.of(*tick)));
    match comment {
        Some(comment) => page.quote(Span::typed(comment)),
        None => page,
    }
}

/// What stands instead of a message whose scope was deleted.
pub fn erased(words: &Words) -> Document {
    Document::new().para(&words.thread.erased)
}

/// The same page, saying that it may be there twice.
pub fn repeated(page: Document, words: &Words) -> Document {
    page.context(&words.thread.repeat)
}
