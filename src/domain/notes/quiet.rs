//! Words that one person alone sees.

use super::super::approval::NotCounted;
use super::super::document::{Button, Document, Press, Span, Spans};
use super::super::ids::{ChannelId, ScopeId};
use super::super::summary::button;
pub use super::super::wording::notes::Refusal;
use super::super::wording::notes::{GivenHole, MeantHole, QuietReason};
use super::super::wording::review::ChannelHole;
use super::super::wording::{RevisionHole, Words};
use super::{About, number};

/// An attempt to approve that does not count, where there is somebody to tell. One for an earlier text gets the button
/// that approves the shown one.
pub fn not_counted(reason: NotCounted, about: About<'_>, words: &Words) -> Option<Document> {
    let reason = match reason {
        NotCounted::Bot | NotCounted::Deactivated => return None,
        NotCounted::OlderText => return Some(earlier(about, words)),
        NotCounted::NotAnApprover => QuietReason::NotApprover,
        NotCounted::Author => QuietReason::Author,
        NotCounted::Guest => QuietReason::Guest,
        NotCounted::Outsider => QuietReason::Outsider,
        NotCounted::NobodyAsked => QuietReason::NobodyAsked,
        NotCounted::NotOpen => QuietReason::Over,
        NotCounted::Unknown => QuietReason::Unknown,
    };
    Some(Document::new().para(words.quiet.reason.of(reason)))
}

fn earlier(about: About<'_>, words: &Words) -> Document {
    Document::new()
        .para(words.quiet.earlier.fill(|RevisionHole::Revision| number(about.revision.0)))
        .actions(vec![button(Press::Approve, about.scope, about.revision, words)])
}

/// Something that cannot be done, and what to do next.
pub fn refused(refusal: Refusal, words: &Words) -> Document {
    let page = Document::new().para(words.refusals.reason.of(refusal));
    match refusal {
        Refusal::Expired => page.actions(vec![bare(Press::Open, words)]),
        Refusal::DraftGone => page.actions(vec![bare(Press::StartNew, words)]),
        _ => page,
    }
}

/// The form did not open in time: a fresh press opens it. `draft` is the one it was about.
pub fn expired(draft: Option<&ScopeId>, words: &Words) -> Document {
    let open = bare(Press::Open, words);
    let open = match draft {
        Some(scope) => open.about(scope),
        None => open,
    };
    Document::new().para(words.refusals.reason.of(Refusal::Expired)).actions(vec![open])
}

/// One word close to a command: which was meant?
pub fn meant(typed: &str, command: &str, words: &Words) -> Document {
    Document::new().para(words.refusals.meant.fill(|hole| -> Spans {
        match hole {
            MeantHole::Typed => Span::typed(typed).into(),
            MeantHole::Command => Span::plain(command).into(),
        }
    }))
}

/// A channel shared with another company.
pub fn shared_channel(channel: &ChannelId, words: &Words) -> Document {
    Document::new().para(words.refusals.channel.fill(|ChannelHole::Channel| Span::Channel(channel.clone())))
}

/// What was typed, given back so that it is not lost.
pub fn given_back(page: Document, typed: &str, words: &Words) -> Document {
    page.para(words.refusals.typed.fill(|GivenHole::Words| Span::typed(typed)))
}

fn bare(press: Press, words: &Words) -> Button {
    Button::new(press, words.buttons.label.of(press))
}
