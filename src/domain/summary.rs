//! The message in the hiring channel, as a page that says nothing twice.
//!
//! Title; three sentences; whom they select for; then only what the sentences do not hold; what sourcing needs and
//! nobody gave; warnings posted on purpose; who asked; how far the approval is; what became of the search.

pub mod stored;

use super::answers::{Detail, Text};
use super::brief::Brief;
use super::document::{Button, DateForm, Document, Press, Span, Spans, Style};
use super::ids::{Revision, ScopeId, UserId};
pub use super::life::By;
use super::life::Life;
use super::notes::hired;
use super::person::Presence;
use super::shape::shape_of;
use super::wording::summary::{HireHole, PartlyHole, PersonDateHole, WhoDateHole, WhoHole, WhoRevisionHole};
use super::wording::{Phrase, RevisionHole, Words};

/// Everything the message shows.
#[derive(Debug, Clone)]
pub struct SummaryView<'a> {
    /// The scope, for the buttons.
    pub scope: &'a ScopeId,
    /// The title as shown on the review.
    pub title: Spans,
    /// The stored candidate's sentences, as they were read on the review.
    pub sentences: &'a [String; 3],
    /// The answers behind them.
    pub brief: &'a Brief,
    /// Who asked.
    pub author: &'a UserId,
    /// Which form of it this is.
    pub revision: Revision,
    /// How far the approval is.
    pub approval: Approval,
    /// Warnings that were posted on purpose.
    pub acknowledged: Vec<Acknowledged>,
    /// What became of the search.
    pub life: Life,
    /// Whether its author is still there.
    pub presence: Presence,
    /// The buttons, row by row.
    pub buttons: Vec<Vec<Press>>,
}

/// How far the approval of the shown revision is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approval {
    /// No approvers are configured.
    NobodyAsked,
    /// Approvers are asked.
    Asked {
        /// How many have to approve, from 1.
        quorum: u32,
        /// Who does, first come first; what they approve is the shown revision.
        approvals: Vec<By>,
        /// Who asked for changes to it.
        changes: Vec<UserId>,
        /// Names of the reactions that count.
        emoji: Vec<String>,
    },
}

impl Approval {
    /// Whether the quorum is reached.
    pub fn is_reached(&self) -> bool {
        matches!(self, Approval::Asked { quorum, approvals, .. } if approvals.len() >= *quorum as usize)
    }
}

/// A warning that the author read and posted anyway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// What it says, without a colon; the words of a rule.
    pub warning: String,
    /// Why it was posted.
    pub reason: Text,
}

/// The details without which nobody can source, in the order of the message.
const NEEDED: [Detail; 5] = [Detail::Place, Detail::Seniority, Detail::Start, Detail::Hires, Detail::Pay];

/// The message.
pub fn summary_of(view: &SummaryView<'_>, words: &Words) -> Document {
    let said = &words.summary;
    let mut page = Document::new().title(view.title.clone());
    for sentence in view.sentences {
        page = page.para(Span::typed(sentence));
    }
    page = page.then(shape(view.brief, words)).then(facts(view.brief, words));
    let missing = not_given(view.brief, words);
    if !missing.is_empty() {
        page = page.fact(&said.label.not_given, missing.join(", ").as_str());
    }
    for Acknowledged { warning, reason } in &view.acknowledged {
        page = page.fact(warning, Span::typed(reason.as_str()));
    }
    page = page.divider().fact(&said.label.approval, approval(&view.approval, words));
    if let Some(life) = life(&view.life, words) {
        page = page.fact(&said.label.search, life);
    }
    page = page.context(asked_by(view.author, view.revision, words));
    if view.presence == Presence::Left && !view.life.is_over() {
        page = page.para(said.left.fill(|WhoHole::Who| Span::Mention(view.author.clone())));
    }
    view.buttons.iter().filter(|row| !row.is_empty()).fold(page, |page, row| page.actions(buttons(row, view, words)))
}

/// Look for, looks right but is not, ask first.
pub fn shape(brief: &Brief, words: &Words) -> Document {
    let (label, shape) = (&words.summary.label, shape_of(brief, words));
    Document::new()
        .fact(&label.look_for, shape.look_for)
        .fact(&label.looks_right, shape.looks_right)
        .fact(&label.ask_first, shape.ask_first)
}

/// What the sentences do not hold.
pub fn facts(brief: &Brief, words: &Words) -> Document {
    let said = &words.summary;
    let mut page = Document::new();
    if let Some(language) = &brief.language {
        let phrase = brief.ramp.map_or(&said.language, |ramp| said.language_ramp.of(ramp));
        page = page.fact(&said.label.language, phrase.fill(|_| Span::typed(language.as_str())));
    }
    if let Some(code) = brief.code {
        page = page.fact(&said.label.code, said.code.of(code));
    }
    if let Some(length) = brief.length {
        page = page.fact(&said.label.length, said.length.of(length));
    }
    if let Some(breadth) = brief.breadth {
        page = page.fact(&said.label.breadth, said.breadth.of(breadth));
    }
    for (detail, text) in &brief.details {
        page = page.fact(said.detail.of(*detail), Span::typed(text.as_str()));
    }
    page
}

/// What sourcing needs and nobody gave.
pub fn not_given<'a>(brief: &Brief, words: &'a Words) -> Vec<&'a str> {
    let said = &words.summary.missing;
    let given = |detail: &Detail| brief.details.iter().any(|(found, _)| found == detail);
    let length = brief.length.is_none();
    length
        .then_some(said.length.as_str())
        .into_iter()
        .chain(NEEDED.iter().filter(|detail| !given(detail)).map(|detail| said.detail.of(*detail).as_str()))
        .collect()
}

/// How far the approval is, in words.
pub fn approval(approval: &Approval, words: &Words) -> Spans {
    let said = &words.summary.approval;
    let Approval::Asked { quorum, approvals, changes, emoji } = approval else {
        return (&said.nobody_asked).into();
    };
    let count = approvals.len();
    let mut spans: Spans = if count >= *quorum as usize {
        said.approved.fill(|_| people(approvals, words))
    } else if count > 0 {
        said.partly.fill(|hole| match hole {
            PartlyHole::People => people(approvals, words),
            PartlyHole::Count => Span::plain(count.to_string()).into(),
            PartlyHole::Quorum => Span::plain(quorum.to_string()).into(),
        })
    } else if *quorum == 1 {
        (&said.waiting_one).into()
    } else {
        said.waiting.fill(|_| Span::plain(quorum.to_string()))
    };
    if !changes.is_empty() {
        let people: Vec<Spans> = changes.iter().map(|person| Span::Mention(person.clone()).into()).collect();
        spans = spans.and(" ").and(said.changes_asked.fill(|_| listed(&people, words)));
    }
    if !approval.is_reached() && !emoji.is_empty() {
        let emoji: Vec<Spans> = emoji.iter().map(|name| Span::Emoji(name.clone()).into()).collect();
        spans = spans.and(" ").and(said.how.fill(|_| listed(&emoji, words)));
    }
    spans
}

/// What became of the search; nothing while it simply goes on.
pub fn life(life: &Life, words: &Words) -> Option<Spans> {
    let said = &words.summary.life;
    let by = |phrase: &Phrase<WhoDateHole>, (who, at): &By| {
        phrase.fill(|hole| match hole {
            WhoDateHole::Who => Span::Mention(who.clone()),
            WhoDateHole::Date => Span::Date(*at, DateForm::Day),
        })
    };
    Some(match life {
        Life::Open => return None,
        Life::Claimed(who) => by(&said.claimed, who),
        Life::OnHold { by: who, .. } => by(&said.on_hold, who),
        Life::Filled { by: who, hire, .. } => match hired(hire, words) {
            None => by(&said.filled, who),
            Some(hire) => said.filled_with.fill(|hole| match hole {
                HireHole::Hire => hire.clone(),
                HireHole::Who => Span::Mention(who.0.clone()).into(),
                HireHole::Date => Span::Date(who.1, DateForm::Day).into(),
            }),
        },
        Life::Closed { by: who, .. } => by(&said.closed, who),
    })
}

/// The buttons that the state calls for, row by row, the first row first in need: while it waits, those that decide; then
/// those of the search; once it is over, reading and what was marked wrongly. A leaver's scope can be taken over.
pub fn presses(approval: &Approval, life: &Life, presence: Presence, revision: Revision) -> Vec<Vec<Press>> {
    let asked = matches!(approval, Approval::Asked { .. });
    let waits = asked && !approval.is_reached();
    let withdraw = matches!(approval, Approval::Asked { approvals, .. } if !approvals.is_empty());
    let history = (revision != Revision::FIRST).then_some(Press::History);
    let reading = || [Press::Kit, Press::Brief].into_iter();
    let deciding = |first: &[Press]| {
        let withdraw = withdraw.then_some(Press::WithdrawMine);
        // Beside the two that decide there is no room: it comes with the search.
        let history = history.filter(|_| !first.contains(&Press::Approve));
        first.iter().copied().chain(reading()).chain(history).chain(withdraw).collect::<Vec<_>>()
    };
    let leaver = presence == Presence::Left && !life.is_over();
    let take_over = leaver.then_some(Press::TakeOver);
    let search = |presses: &[Press]| take_over.into_iter().chain(presses.iter().copied()).collect::<Vec<_>>();
    match life {
        Life::Open | Life::Claimed(_) if waits => {
            let release = matches!(life, Life::Claimed(_)).then_some(Press::Release);
            let rest: Vec<Press> = release.into_iter().chain(history).collect();
            vec![deciding(&[Press::Approve, Press::AskForChanges]), search(&rest)]
        }
        Life::Open | Life::Claimed(_) => {
            let first: &[Press] = match life {
                Life::Open => &[Press::Claim, Press::Filled, Press::Hold, Press::Close],
                _ => &[Press::Filled, Press::Release, Press::Hold, Press::Close],
            };
            vec![search(first), deciding(if asked { &[Press::AskForChanges] } else { &[] })]
        }
        Life::OnHold { .. } => vec![search(&[Press::Resume, Press::Filled, Press::Close]), deciding(&[])],
        Life::Filled { .. } => vec![reading().chain(history).collect(), vec![Press::ChangeHire, Press::Reopen]],
        Life::Closed { .. } => vec![reading().chain(history).collect(), vec![Press::Reopen]],
    }
}

fn asked_by(author: &UserId, revision: Revision, words: &Words) -> Spans {
    let said = &words.summary;
    if revision == Revision::FIRST {
        return said.asked_by.fill(|_| Span::Mention(author.clone()));
    }
    said.asked_by_revision.fill(|hole| match hole {
        WhoRevisionHole::Who => Span::Mention(author.clone()),
        WhoRevisionHole::Revision => Span::plain(revision.0.to_string()),
    })
}

fn buttons(row: &[Press], view: &SummaryView<'_>, words: &Words) -> Vec<Button> {
    row.iter().map(|press| button(*press, view.scope, view.revision, words)).collect()
}

/// A button about a scope, as the words call it. What ends something asks first.
pub fn button(press: Press, scope: &ScopeId, revision: Revision, words: &Words) -> Button {
    let said = &words.buttons;
    let later = press == Press::Approve && revision != Revision::FIRST;
    let label = if later {
        said.approve_revision.say(|RevisionHole::Revision| revision.0.to_string())
    } else {
        String::from(said.label.of(press))
    };
    let button = Button::new(press, label).about(scope).of(revision);
    let (style, confirming) = match press {
        Press::Approve | Press::Claim | Press::Resume => (Style::Primary, None),
        Press::Discard => (Style::Danger, Some(&said.discard)),
        Press::Hold => (Style::Default, Some(&said.hold)),
        Press::DeleteMine => (Style::Danger, Some(&said.delete_mine)),
        _ => (Style::Default, None),
    };
    let button = button.styled(style);
    match confirming {
        Some(confirming) => button.asking(confirming.confirm(&said.confirm_no)),
        None => button,
    }
}

/// People and when they did it: "A (day), B (day) and C (day)".
fn people(by: &[By], words: &Words) -> Spans {
    let each = |(who, at): &By| {
        words.summary.approval.person.fill(|hole| match hole {
            PersonDateHole::Person => Span::Mention(who.clone()),
            PersonDateHole::Date => Span::Date(*at, DateForm::Day),
        })
    };
    listed(&by.iter().map(each).collect::<Vec<_>>(), words)
}

/// "a, b and c".
pub fn listed(items: &[Spans], words: &Words) -> Spans {
    let mut spans = Spans::default();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            let last = at + 1 == items.len();
            spans = if last { spans.and(" ").and(&words.summary.and).and(" ") } else { spans.and(", ") };
        }
        spans = spans.and(item.clone());
    }
    spans
}
