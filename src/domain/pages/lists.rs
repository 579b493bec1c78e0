//! Lists of drafts and scopes, for the command and for App Home.

use super::super::document::{Button, DateForm, Document, Press, Span, Spans, Style};
use super::super::ids::{Revision, ScopeId, Timestamp, UserId};
use super::super::life::Life;
use super::super::summary::button;
use super::super::wording::Words;
use super::super::wording::pages::{DraftHole, MoreHole, ScopeHole, State, UntilHole, WaitsHole};

/// How many of a kind are shown; a home page takes 100 blocks, a message 50, and a row is two.
pub const SHOWN: usize = 10;

/// A part of a list, and what comes after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines<L> {
    /// [`SHOWN`] at most.
    pub shown: Vec<L>,
    /// Those known of that are not shown.
    pub more: usize,
    /// The last that was looked at, if the list goes on after it: from there the rest is shown by button.
    pub last: Option<ScopeId>,
}

impl<L> Default for Lines<L> {
    fn default() -> Self {
        Lines { shown: Vec::new(), more: 0, last: None }
    }
}

/// Which list a button goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// A person's drafts.
    Drafts,
    /// Their posted scopes.
    Scopes,
    /// What waits for them.
    Waiting,
}

impl Rest {
    fn press(self) -> Press {
        match self {
            Rest::Drafts => Press::OlderDrafts,
            Rest::Scopes => Press::OlderScopes,
            Rest::Waiting => Press::OlderWaiting,
        }
    }
}

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// Which one.
    pub scope: ScopeId,
    /// See [`super::super::title::draft_title`].
    pub title: Spans,
    /// How many of the five required answers it has.
    pub answered: usize,
    /// When it was last changed.
    pub changed: Timestamp,
}

/// A posted scope in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeLine {
    /// Which one.
    pub scope: ScopeId,
    /// Its title.
    pub title: Spans,
    /// Who asked.
    pub author: UserId,
    /// What became of it.
    pub state: State,
    /// The shown revision.
    pub revision: Revision,
    /// When it was posted.
    pub posted: Timestamp,
    /// Link to its summary.
    pub link: Option<String>,
}

/// `/scope-backend drafts`.
pub fn drafts(lines: &Lines<DraftLine>, words: &Words) -> Document {
    let page = Document::new().section(&words.lists.drafts);
    let page =
        if lines.shown.is_empty() { page.para(&words.lists.no_drafts) } else { page.then(draft_rows(lines, words)) };
    page.actions(vec![start(words)])
}

/// `/scope-backend status`. `waiting` is shown to approvers only.
pub fn status(scopes: &Lines<ScopeLine>, waiting: &Lines<ScopeLine>, words: &Words) -> Document {
    let page = Document::new().section(&words.lists.scopes);
    let page = if scopes.shown.is_empty() {
        page.para(&words.lists.no_scopes).actions(vec![start(words)])
    } else {
        page.then(scope_rows(scopes, words))
    };
    if waiting.shown.is_empty() && waiting.last.is_none() {
        return page;
    }
    page.section(&words.lists.waiting).then(waiting_rows(waiting, words))
}

/// The state of a scope whose search has ended or rests; `None` while it goes on.
pub fn ended_or_resting(life: &Life) -> Option<State> {
    match life {
        Life::Open | Life::Claimed(_) => None,
        Life::OnHold { .. } => Some(State::OnHold),
        Life::Filled { .. } => Some(State::Filled),
        Life::Closed { .. } => Some(State::Closed),
    }
}

/// A draft that was thrown away.
pub fn discarded(words: &Words) -> Document {
    Document::new().para(&words.lists.discarded)
}

/// A draft that stays until then.
pub fn kept(until: Timestamp, words: &Words) -> Document {
    Document::new().para(words.lists.kept.fill(|UntilHole::Date| Span::Date(until, DateForm::Day)))
}

/// Drafts, one after the other.
pub fn draft_rows(lines: &Lines<DraftLine>, words: &Words) -> Document {
    let row = |line: &DraftLine| {
        let text = words.lists.draft.fill(|hole| -> Spans {
            match hole {
                DraftHole::Title => line.title.clone().strong(),
                DraftHole::Date => Span::Date(line.changed, DateForm::DayAndTime).into(),
                DraftHole::Count => Span::plain(line.answered.to_string()).into(),
            }
        });
        let press = |press| button(press, &line.scope, Revision::FIRST, words);
        Document::new().para(text).actions(vec![press(Press::Continue), press(Press::Discard)])
    };
    rows(lines, row, Rest::Drafts, words)
}

/// Posted scopes, one after the other.
pub fn scope_rows(lines: &Lines<ScopeLine>, words: &Words) -> Document {
    let row = |line: &ScopeLine| {
        let text = words.lists.scope.fill(|hole| -> Spans {
            match hole {
                ScopeHole::Title => line.title.clone().strong(),
                ScopeHole::State => words.lists.state.of(line.state).into(),
                ScopeHole::Date => Span::Date(line.posted, DateForm::Day).into(),
            }
        });
        let presses: &[Press] = match line.state {
            State::Filled => &[Press::Brief, Press::ChangeHire, Press::Reopen],
            State::Closed => &[Press::Brief, Press::Reopen],
            State::Posting | State::NotPosted => &[Press::Continue],
            State::OnHold => &[Press::Edit, Press::Resume, Press::Filled, Press::Close, Press::HandOver],
            State::ChangesAsked | State::Posted | State::Waiting | State::Approved | State::Claimed => {
                &[Press::Edit, Press::Filled, Press::Hold, Press::Close, Press::HandOver]
            }
        };
        let buttons = presses.iter().map(|press| button(*press, &line.scope, line.revision, words)).collect();
        Document::new().para(linked(text, line, words)).actions(buttons)
    };
    rows(lines, row, Rest::Scopes, words)
}

/// What waits for somebody, one after the other.
pub fn waiting_rows(lines: &Lines<ScopeLine>, words: &Words) -> Document {
    let row = |line: &ScopeLine| {
        let text = words.lists.waits.fill(|hole| -> Spans {
            match hole {
                WaitsHole::Title => line.title.clone().strong(),
                WaitsHole::Who => Span::Mention(line.author.clone()).into(),
                WaitsHole::Date => Span::Date(line.posted, DateForm::Day).into(),
            }
        });
        let review = button(Press::Review, &line.scope, line.revision, words);
        Document::new().para(linked(text, line, words)).actions(vec![review])
    };
    rows(lines, row, Rest::Waiting, words)
}

fn start(words: &Words) -> Button {
    Button::new(Press::Start, words.buttons.label.of(Press::Start)).styled(Style::Primary)
}

fn linked(text: Spans, line: &ScopeLine, words: &Words) -> Spans {
    match &line.link {
        Some(url) => text.and(". ").and(Span::Link { url: url.clone(), label: String::from(&words.direct.link) }),
        None => text,
    }
}

fn rows<L>(lines: &Lines<L>, row: impl Fn(&L) -> Document, rest: Rest, words: &Words) -> Document {
    let page = lines.shown.iter().take(SHOWN).fold(Document::new(), |page, line| page.then(row(line)));
    let page = match lines.more + lines.shown.len().saturating_sub(SHOWN) {
        0 => page,
        more => page.context(words.lists.more.fill(|MoreHole::Count| Span::plain(more.to_string()))),
    };
    let Some(last) = &lines.last else { return page };
    let page = if lines.shown.is_empty() { page.para(&words.lists.none_of_newest) } else { page };
    page.actions(vec![Button::new(rest.press(), words.buttons.label.of(rest.press())).about(last)])
}
