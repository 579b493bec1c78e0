//! Direct messages: to the author, to approvers, to people whose approval no longer counts.

use super::super::approval::ChangeAsked;
use super::super::document::{Button, DateForm, Document, Press, Span, Spans};
use super::super::effect::{Passed, Passing};
use super::super::ids::{ChannelId, Timestamp, UserId};
use super::super::life::Step;
use super::super::posting::Hindrance;
use super::super::scope::Axis;
use super::super::summary::{Approval, approval, button};
use super::super::wording::notes::{
    Failure, TitleChannelHole, TitleCountHole, TitleDateHole, TitleHole, TitleRevisionAxesHole, TitleWhoDateHole,
    TitleWhoHole,
};
use super::super::wording::pages::UntilHole;
use super::super::wording::{Phrase, Words};
use super::{About, Count, axes, doubts, hired, number, person};

/// To the author: it is posted, and this is what people read.
pub fn posted(
    about: About<'_>,
    channel: &ChannelId,
    sentences: &[String; 3],
    state: &Approval,
    words: &Words,
) -> Document {
    let page = Document::new().para(words.direct.posted.fill(|hole| -> Spans {
        match hole {
            TitleChannelHole::Title => about.title.clone(),
            TitleChannelHole::Channel => Span::Channel(channel.clone()).into(),
        }
    }));
    let page = page.bullets(sentences.iter().map(|sentence| Span::typed(sentence)));
    // How to approve is for others: the author cannot.
    let state = match state.clone() {
        Approval::Asked { quorum, approvals, changes, .. } => {
            Approval::Asked { quorum, approvals, changes, emoji: Vec::new() }
        }
        nobody => nobody,
    };
    with_buttons(page.para(approval(&state, words)), about, &[Press::Edit, Press::HandOver], words)
}

/// To the author: an approval that counts.
pub fn approved(about: About<'_>, who: &UserId, count: Count, words: &Words) -> Document {
    if count.given < count.quorum as usize {
        return with_buttons(counted(&words.direct.approved_one, about, who, count), about, &[], words);
    }
    let page = by(&words.direct.approved, about, who).para(&words.direct.approved_next);
    with_buttons(page, about, &[Press::Kit, Press::Brief], words)
}

/// To the author: an approval taken back.
pub fn withdrawn(about: About<'_>, who: &UserId, count: Count, words: &Words) -> Document {
    with_buttons(counted(&words.direct.withdrawn, about, who, count), about, &[], words)
}

/// To the author: doubts of an approver, with the button that mends them.
pub fn changes_asked(
    about: About<'_>,
    who: &UserId,
    ticks: &[ChangeAsked],
    comment: Option<&str>,
    words: &Words,
) -> Document {
    let page = doubts(by(&words.direct.changes_asked, about, who), ticks, comment, words);
    with_buttons(page, about, &[Press::Edit], words)
}

/// To the author and whoever has it: something was done with the search.
pub fn stepped(about: About<'_>, who: &UserId, step: &Step, words: &Words) -> Document {
    let said = &words.direct;
    let phrase = match step {
        Step::Claim => &said.claimed,
        Step::Release => &said.released,
        Step::Hold => &said.on_hold,
        Step::Resume => &said.resumed,
        Step::Fill(_) => &said.filled,
        Step::Close(_) => &said.closed,
        Step::Reopen => &said.reopened,
    };
    let page = by(phrase, about, who);
    let page = match step {
        Step::Fill(hire) => hired(hire, words).map_or(page.clone(), |hire| page.quote(hire)),
        Step::Close(Some(why)) => page.quote(Span::typed(why.as_str())),
        _ => page,
    };
    with_buttons(page, about, &[], words)
}

/// To the new author, or to whoever has the search: the scope is somebody else's now.
pub fn passed(about: About<'_>, reader: &UserId, passed: &Passed, words: &Words) -> Document {
    let said = &words.direct;
    if *reader == passed.to {
        return with_buttons(by(&said.yours_now, about, &passed.from), about, &[Press::Edit, Press::HandOver], words);
    }
    let phrase = match passed.how {
        Passing::HandedOver => &said.handed_over,
        Passing::TakenOver => &said.taken_over,
    };
    with_buttons(by(phrase, about, &passed.to), about, &[], words)
}

/// To the author: a draft will be deleted.
pub fn expiring(about: About<'_>, at: Timestamp, words: &Words) -> Document {
    let page = Document::new().para(words.direct.expiring.fill(|hole| match hole {
        TitleDateHole::Title => about.title.clone(),
        TitleDateHole::Date => day(at),
    }));
    with_buttons(page, about, &[Press::Continue, Press::Keep, Press::Discard, Press::RemindersOff], words)
}

/// To the author: a draft was deleted, and what it said with it; when it was last changed tells which.
pub fn expired(changed: Timestamp, words: &Words) -> Document {
    let said = &words.direct.expired;
    Document::new()
        .para(said.fill(|UntilHole::Date| Span::Date(changed, DateForm::Day)))
        .actions(vec![Button::new(Press::StartNew, words.buttons.label.of(Press::StartNew))])
}

/// To the author: a week before the start, access, context and scope, in that order.
pub fn before_start(about: About<'_>, start: Timestamp, words: &Words) -> Document {
    let page = Document::new()
        .para(words.direct.before_start.fill(|hole| match hole {
            TitleDateHole::Title => about.title.clone(),
            TitleDateHole::Date => day(start),
        }))
        .bullets(words.direct.before_start_checks.iter());
    with_buttons(page, about, &[Press::RemindersOff], words)
}

/// To the author: it could not be posted, why, and what to do.
pub fn not_posted(about: About<'_>, failure: Failure, words: &Words) -> Document {
    let what = if failure == Failure::Deleted { &words.direct.deleted } else { &words.direct.not_posted };
    let page =
        Document::new().para(what.fill(|TitleHole::Title| about.title.clone())).para(words.direct.failure.of(failure));
    with_buttons(page, about, &[Press::PostAgain], words)
}

/// To the author: something stands in the way of an approval.
pub fn hindered(about: About<'_>, channel: &ChannelId, hindrance: Hindrance, words: &Words) -> Document {
    let page = Document::new().para(words.direct.hindered.of(hindrance).fill(|hole| -> Spans {
        match hole {
            TitleChannelHole::Title => about.title.clone(),
            TitleChannelHole::Channel => Span::Channel(channel.clone()).into(),
        }
    }));
    with_buttons(page, about, &[], words)
}

/// To an approver: it waits, and this is what it says.
pub fn nudge(about: About<'_>, author: &UserId, since: Timestamp, sentences: &[String; 3], words: &Words) -> Document {
    let page = Document::new()
        .para(words.direct.nudge.fill(|hole| match hole {
            TitleWhoDateHole::Title => about.title.clone(),
            TitleWhoDateHole::Who => person(author),
            TitleWhoDateHole::Date => day(since),
        }))
        .bullets(sentences.iter().map(|sentence| Span::typed(sentence)));
    with_buttons(page, about, &[Press::Approve, Press::AskForChanges, Press::RemindersOff], words)
}

/// To somebody whose approval no longer counts: what changed, the new text, and the button that approves it.
pub fn voided(about: About<'_>, changed: &[Axis], sentences: &[String; 3], words: &Words) -> Document {
    let page = Document::new()
        .para(words.direct.voided.fill(|hole| match hole {
            TitleRevisionAxesHole::Title => about.title.clone(),
            TitleRevisionAxesHole::Revision => number(about.revision.0),
            TitleRevisionAxesHole::Axes => axes(changed, words),
        }))
        .bullets(sentences.iter().map(|sentence| Span::typed(sentence)));
    with_buttons(page, about, &[Press::Approve, Press::AskForChanges], words)
}

fn day(at: Timestamp) -> Spans {
    Span::Date(at, DateForm::Day).into()
}

fn by(phrase: &Phrase<TitleWhoHole>, about: About<'_>, who: &UserId) -> Document {
    Document::new().para(phrase.fill(|hole| match hole {
        TitleWhoHole::Title => about.title.clone(),
        TitleWhoHole::Who => person(who),
    }))
}

fn counted(phrase: &Phrase<TitleCountHole>, about: About<'_>, who: &UserId, count: Count) -> Document {
    Document::new().para(phrase.fill(|hole| match hole {
        TitleCountHole::Title => about.title.clone(),
        TitleCountHole::Who => person(who),
        TitleCountHole::Count => number(count.given),
        TitleCountHole::Quorum => number(count.quorum),
    }))
}

/// The link to the summary and the buttons, under every direct message.
fn with_buttons(page: Document, about: About<'_>, presses: &[Press], words: &Words) -> Document {
    let page = match about.link {
        Some(url) => page.para(Span::Link { url: url.to_owned(), label: String::from(&words.direct.link) }),
        None => page,
    };
    page.actions(presses.iter().map(|press| button(*press, about.scope, about.revision, words)).collect())
}
