//! App Home.

use super::super::document::{Button, Document, Press, Span, Spans, Style};
pub use super::super::person::Reminders;
use super::super::wording::Words;
use super::super::wording::pages::DaysHole;
use super::lists::{DraftLine, Lines, ScopeLine, draft_rows, scope_rows, waiting_rows};

/// What a person's home shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeView {
    /// Their drafts, last changed first.
    pub drafts: Lines<DraftLine>,
    /// Their scopes, last posted first.
    pub scopes: Lines<ScopeLine>,
    /// For approvers: what waits for them. `None` for everybody else.
    pub waiting: Option<Lines<ScopeLine>>,
    /// Days a draft is kept after its last change.
    pub draft_days: u32,
    /// Days a scope is kept after its end; `None`: until it is deleted.
    pub scope_days: Option<u32>,
    /// Whether they get reminders.
    pub reminders: Reminders,
}

/// The page: what waits first, then drafts, then scopes; what is kept last.
pub fn home(view: &HomeView, words: &Words) -> Document {
    let said = &words.home;
    let new = view.drafts.shown.is_empty() && view.scopes.shown.is_empty();
    let mut page = Document::new().title(&said.title);
    // Whoever has something to decide came for that; help is one press away.
    let decides = view.waiting.as_ref().is_some_and(|waiting| !waiting.shown.is_empty());
    if new && !decides {
        page = page.bullets(said.first_run.iter());
    }
    page = page.actions(vec![plain(Press::Start, words).styled(Style::Primary), plain(Press::Help, words)]);
    if let Some(waiting) = &view.waiting {
        page = page.section(&said.waiting).then(or(waiting_rows(waiting, words), &said.nothing_waits));
    }
    if !new {
        page = page
            .section(&said.drafts)
            .then(or(draft_rows(&view.drafts, words), &said.no_drafts))
            .section(&said.scopes)
            .then(or(scope_rows(&view.scopes, words), &said.no_scopes));
    }
    page.then(kept(view, words))
}

fn kept(view: &HomeView, words: &Words) -> Document {
    let said = &words.home;
    let days = |days: u32| Span::plain(days.to_string());
    let scopes: Spans = match view.scope_days {
        Some(kept) => said.kept_scopes.fill(|DaysHole::Days| days(kept)),
        None => (&said.kept_scopes_always).into(),
    };
    let (reminders, press) = match view.reminders {
        Reminders::On => (&said.reminders_on, Press::RemindersOff),
        Reminders::Off => (&said.reminders_off, Press::RemindersOn),
    };
    let delete = &words.buttons.delete_mine;
    let delete =
        plain(Press::DeleteMine, words).styled(Style::Danger).asking(delete.confirm(&words.buttons.confirm_no));
    Document::new()
        .divider()
        .section(&said.kept)
        .para(&said.kept_where)
        .para(said.kept_drafts.fill(|DaysHole::Days| days(view.draft_days)).and(" ").and(scopes))
        .para(&said.delete)
        .context(reminders)
        .actions(vec![plain(press, words), delete])
}

fn or(page: Document, nothing: &super::super::wording::Line) -> Document {
    if page.blocks.is_empty() { page.para(nothing) } else { page }
}

fn plain(press: Press, words: &Words) -> Button {
    Button::new(press, words.buttons.label.of(press))
}
