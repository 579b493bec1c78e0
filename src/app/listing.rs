//! Lists and pages: help, drafts, status, Home, kit and brief. Read by index, never a scan.

use crate::domain::answers::Question;
use crate::domain::brief_text::brief_markdown;
use crate::domain::document::{Document, Ids, Span};
use crate::domain::ids::{ScopeId, UserId};
use crate::domain::kit;
use crate::domain::pages;
use crate::domain::pages::lists::{self, DraftLine, ScopeLine};
use crate::domain::posting::Slot;
use crate::domain::scope::{DueKind, Scope};
use crate::domain::summary::Acknowledged;
use crate::domain::title::draft_title;
use crate::domain::wording::pages::State;
use crate::store::Shelf;

use super::reply::Reply;
use super::screen::Screen;
use super::{App, Trouble};

/// Lines of a list at most: what a person can take in.
const LINES: usize = 10;

impl App {
    pub(super) fn help(&self) -> Document {
        pages::help(&self.0.words)
    }

    /// A person's drafts, last changed first.
    pub(super) async fn drafts_of(&self, who: &UserId) -> Result<Document, Trouble> {
        Ok(lists::drafts(&self.draft_lines(who).await?, &self.0.words))
    }

    /// A person's posted scopes.
    pub(super) async fn status_of(&self, who: &UserId) -> Result<Document, Trouble> {
        Ok(lists::status(&self.scope_lines(who).await?, &[], &self.0.words))
    }

    async fn draft_lines(&self, who: &UserId) -> Result<Vec<DraftLine>, Trouble> {
        let mut lines = Vec::new();
        for scope in self.shelf_of(who, Shelf::Drafts).await? {
            let Some(draft) = scope.draft() else { continue };
            lines.push(DraftLine {
                scope: scope.id.clone(),
                title: draft_title(&draft.answers, &self.0.words),
                answered: Question::REQUIRED.len() - draft.answers.missing().len(),
                changed: scope.touched,
            });
        }
        Ok(lines)
    }

    async fn scope_lines(&self, who: &UserId) -> Result<Vec<ScopeLine>, Trouble> {
        let mut lines = Vec::new();
        for scope in self.shelf_of(who, Shelf::Posted).await? {
            let Some(posted) = scope.posted() else { continue };
            let revision = posted.shown.revision;
            let state = if let Some(state) = lists::ended_or_resting(&posted.life) {
                state
            } else if let Slot::Failed { .. } = posted.posting.summary {
                State::NotPosted
            } else if !posted.is_shown() {
                State::Posting
            } else if posted.life.claimed().is_some() && !posted.waits_for_approval() {
                State::Claimed
            } else if posted.approval.quorum == 0 {
                State::Posted
            } else if posted.approval.reached(revision) {
                State::Approved
            } else if !posted.approval.changes_asked.is_empty() {
                State::ChangesAsked
            } else {
                State::Waiting
            };
            lines.push(ScopeLine {
                scope: scope.id.clone(),
                title: Span::typed(&posted.shown.title).into(),
                author: scope.author.clone(),
                state,
                revision,
                posted: posted.shown.posted_at,
                link: None,
            });
        }
        Ok(lines)
    }

    async fn shelf_of(&self, who: &UserId, shelf: Shelf) -> Result<Vec<Scope>, Trouble> {
        let mut scopes = Vec::new();
        for listed in self.0.store.shelf(&self.0.home, who, shelf, None, LINES).await? {
            scopes.extend(self.0.store.scope(&self.0.home, &listed.id).await?);
        }
        Ok(scopes)
    }

    /// A draft that was kept.
    pub(super) fn kept(&self, scope: &Scope) -> Document {
        let until = scope.due.get(&DueKind::Expiry).copied().unwrap_or(scope.touched);
        lists::kept(until, &self.0.words)
    }

    pub(super) fn nothing_asked(&self) -> String {
        self.0.words.windows.ask_for_changes.empty.as_str().to_owned()
    }

    /// The evaluation kit of a posted scope.
    pub(super) async fn kit_screen(&self, id: &ScopeId) -> Result<Option<Screen>, Trouble> {
        let words = &self.0.words;
        let scope = self.0.store.scope(&self.0.home, id).await?;
        Ok(scope.as_ref().and_then(Scope::posted).map(|posted| {
            let shown = &posted.shown;
            let document = kit::kit(&shown.brief, &shown.sentences, words).then(kit::thirty_days(&shown.brief, words));
            Screen::Reading { title: words.windows.kit.title.as_str().to_owned(), document }
        }))
    }

    /// The brief of a posted scope, as Markdown.
    pub(super) async fn brief_screen(&self, id: &ScopeId) -> Result<Option<Screen>, Trouble> {
        let words = &self.0.words;
        let scope = self.0.store.scope(&self.0.home, id).await?;
        Ok(scope.as_ref().and_then(Scope::posted).map(|posted| {
            let shown = &posted.shown;
            let acknowledged: Vec<Acknowledged> =
                acknowledged_of(&shown.acknowledged, &words.summary.label.language_first);
            let title = Span::typed(&shown.title).into();
            let markdown = brief_markdown(&title, &shown.sentences, &shown.brief, &acknowledged, words, &Ids);
            let said = &words.windows.brief;
            Screen::Copying { title: said.title.as_str().to_owned(), intro: said.hint.as_str().to_owned(), markdown }
        }))
    }

    /// Somebody opened Home: what is theirs, newest first.
    pub(super) async fn home_opened(&self, who: UserId) -> Result<Reply, Trouble> {
        let page = self.home_page(&who).await?;
        let screens = std::sync::Arc::clone(&self.0.screens);
        self.behind(async move {
            if let Err(fault) = screens.home(&who, &page).await {
                tracing::warn!(error = %fault, user.id = %who, "Home was not published");
            }
        });
        Ok(Reply::Done)
    }

    async fn home_page(&self, who: &UserId) -> Result<Document, Trouble> {
        let words = &self.0.words;
        let drafts = self.draft_lines(who).await?;
        let scopes = self.scope_lines(who).await?;
        if drafts.is_empty() && scopes.is_empty() {
            return Ok(pages::help(words));
        }
        Ok(lists::drafts(&drafts, words).divider().then(lists::status(&scopes, &[], words)))
    }
}

/// Warnings posted on purpose, as the summary and the brief show them.
pub(super) fn acknowledged_of(
    all: &[crate::domain::draft::Acknowledged],
    warning: &crate::domain::wording::Line,
) -> Vec<Acknowledged> {
    all.iter().map(|one| Acknowledged { warning: warning.as_str().to_owned(), reason: one.reason.clone() }).collect()
}
