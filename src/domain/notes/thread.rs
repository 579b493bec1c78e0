//! Notes in the thread below a summary. They are for everybody there, and carry no buttons.

use super::super::approval::ChangeAsked;
use super::super::document::{Document, Span, Spans};
use super::super::effect::{Passed, Passing};
use super::super::ids::{Revision, UserId};
use super::super::life::{Hire, Step};
use super::super::scope::Axis;
use super::super::wording::notes::{CountHole, FromHole, RevisionAxesHole, TitleHole, WhoHireHole, WhoRevisionHole};
use super::super::wording::summary::WhoHole;
use super::super::wording::{Phrase, Words};
use super::{Count, axes, doubts, hired, number, person};

/// An approval that counts.
pub fn approved(who: &UserId, count: Count, words: &Words) -> Document {
    if count.given >= count.quorum as usize {
        return by(&words.thread.approved, who);
    }
    counted(&words.thread.approved_one, who, count)
}

/// An approval taken back.
pub fn withdrawn(who: &UserId, count: Count, words: &Words) -> Document {
    counted(&words.thread.withdrawn, who, count)
}

/// Doubts of an approver.
pub fn changes_asked(who: &UserId, ticks: &[ChangeAsked], comment: Option<&str>, words: &Words) -> Document {
    doubts(by(&words.thread.changes_asked, who), ticks, comment, words)
}

/// Doubts about a text that has changed since.
pub fn changes_asked_earlier(
    who: &UserId,
    revision: Revision,
    ticks: &[ChangeAsked],
    comment: Option<&str>,
    words: &Words,
) -> Document {
    let page = Document::new().para(words.thread.changes_asked_earlier.fill(|hole| match hole {
        WhoRevisionHole::Who => person(who),
        WhoRevisionHole::Revision => number(revision.0),
    }));
    doubts(page, ticks, comment, words)
}

/// In a message that stands twice: the other one is kept up to date. `link` leads there.
pub fn superseded(title: &Spans, link: Option<&str>, words: &Words) -> Document {
    let page = Document::new().para(words.thread.superseded.fill(|TitleHole::Title| title.clone()));
    match link {
        Some(url) => page.para(Span::Link { url: url.to_owned(), label: String::from(&words.direct.link) }),
        None => page,
    }
}

/// A later revision. Says what becomes of approvals only if there were some.
pub fn revision(revision: Revision, changed: &[Axis], approvals: Approvals, words: &Words) -> Document {
    let page = Document::new().para(words.thread.revision.fill(|hole| match hole {
        RevisionAxesHole::Revision => number(revision.0),
        RevisionAxesHole::Axes => axes(changed, words),
    }));
    match approvals {
        Approvals::None => page,
        Approvals::Some if changed.iter().any(|axis| axis.is_substance()) => page.para(&words.thread.voids),
        Approvals::Some => page.para(&words.thread.keeps),
    }
}

/// Whether anybody had approved before a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approvals {
    /// Nobody.
    None,
    /// Somebody.
    Some,
}

/// Something done with the search.
pub fn stepped(who: &UserId, step: &Step, words: &Words) -> Document {
    let said = &words.thread;
    match step {
        Step::Claim => by(&said.claimed, who),
        Step::Release => by(&said.released, who),
        Step::Hold => by(&said.on_hold, who),
        Step::Resume => by(&said.resumed, who),
        Step::Fill(hire) => filled(who, hire, words),
        Step::Close(why) => {
            let page = by(&said.closed, who);
            match why {
                Some(why) => page.quote(Span::typed(why.as_str())),
                None => page,
            }
        }
        Step::Reopen => by(&said.reopened, who),
    }
}

fn filled(who: &UserId, hire: &Hire, words: &Words) -> Document {
    match hired(hire, words) {
        None => by(&words.thread.filled, who),
        Some(hire) => Document::new().para(words.thread.filled_with.fill(|hole| match hole {
            WhoHireHole::Who => person(who),
            WhoHireHole::Hire => hire.clone(),
        })),
    }
}

/// The scope is somebody else's now.
pub fn passed(passed: &Passed, words: &Words) -> Document {
    let phrase = match passed.how {
        Passing::HandedOver => &words.thread.handed_over,
        Passing::TakenOver => &words.thread.taken_over,
    };
    let page = Document::new().para(phrase.fill(|hole| match hole {
        FromHole::Who => person(&passed.to),
        FromHole::From => person(&passed.from),
    }));
    if passed.voided > 0 { page.para(&words.thread.own_approval) } else { page }
}

/// Its author has left.
pub fn author_left(who: &UserId, words: &Words) -> Document {
    by(&words.thread.author_left, who)
}

fn by(phrase: &Phrase<WhoHole>, who: &UserId) -> Document {
    Document::new().para(phrase.fill(|WhoHole::Who| person(who)))
}

fn counted(phrase: &Phrase<CountHole>, who: &UserId, count: Count) -> Document {
    Document::new().para(phrase.fill(|hole| -> Spans {
        match hole {
            CountHole::Who => person(who),
            CountHole::Count => number(count.given),
            CountHole::Quorum => number(count.quorum),
        }
    }))
}
