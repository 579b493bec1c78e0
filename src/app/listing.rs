//! Lists: drafts, scopes, what waits. Read by index, never a scan.

use crate::domain::answers::Question;
use crate::domain::approval::{Entitlement, Listed as Named, Standing, entitled};
use crate::domain::document::{Document, Span};
use crate::domain::ids::{ScopeId, UserId};
use crate::domain::pages;
use crate::domain::pages::lists::{self, DraftLine, Lines, Rest, SHOWN, ScopeLine};
use crate::domain::posting::Slot;
use crate::domain::scope::{DueKind, Posted, Scope};
use crate::domain::title::draft_title;
use crate::domain::wording::pages::State;
use crate::store::{Listed, Place, Shelf};

use super::intent::{Pressed, Surface};
use super::reply::Reply;
use super::screen::Screen;
use super::{App, Trouble};

/// Scopes counted for "and so many more"; beyond it the list is that long at least.
const COUNTED: usize = 100;
/// Waiting scopes looked at for a person: some are theirs, or approved by them already.
const LOOKED_AT: usize = 3 * SHOWN;

impl App {
    pub(super) fn help(&self) -> Document {
        pages::help(&self.0.words)
    }

    /// A person's drafts, last changed first.
    pub(super) async fn drafts_of(&self, who: &UserId) -> Result<Document, Trouble> {
        Ok(lists::drafts(&self.draft_lines(who, None).await?, &self.0.words))
    }

    /// A person's posted scopes, and what waits for them.
    pub(super) async fn status_of(&self, who: &UserId) -> Result<Document, Trouble> {
        let waiting = self.waiting_for(who, None).await?.unwrap_or_default();
        Ok(lists::status(&self.scope_lines(who, None).await?, &waiting, &self.0.words))
    }

    pub(super) async fn draft_lines(&self, who: &UserId, after: Option<&Listed>) -> Result<Lines<DraftLine>, Trouble> {
        let Lines { shown, more, last } = self.shelf_of(who, Shelf::Drafts, after).await?;
        let line = |scope: Scope| {
            let draft = scope.draft()?;
            Some(DraftLine {
                title: draft_title(&draft.answers, &self.0.words),
                answered: Question::REQUIRED.len() - draft.answers.missing().len(),
                changed: scope.touched,
                scope: scope.id,
            })
        };
        Ok(Lines { shown: shown.into_iter().filter_map(line).collect(), more, last })
    }

    pub(super) async fn scope_lines(&self, who: &UserId, after: Option<&Listed>) -> Result<Lines<ScopeLine>, Trouble> {
        let Lines { shown, more, last } = self.shelf_of(who, Shelf::Posted, after).await?;
        Ok(Lines { shown: shown.iter().filter_map(|scope| self.scope_line(scope)).collect(), more, last })
    }

    /// What waits for the decision of somebody who may be an approver; `None` for everybody else. Some of those that wait
    /// are their own, or approved by them already: as many are looked at as fill a page in most cases, and the rest is shown
    /// by button.
    pub(super) async fn waiting_for(
        &self,
        who: &UserId,
        after: Option<&Listed>,
    ) -> Result<Option<Lines<ScopeLine>>, Trouble> {
        if !self.is_asked(who).await? {
            return Ok(None);
        }
        let listed = self.0.store.waiting(&self.0.home, after, LOOKED_AT).await?;
        let mut shown = Vec::new();
        let mut last = listed.last().filter(|_| listed.len() == LOOKED_AT).map(|listed| listed.id.clone());
        let mut more = 0;
        for scope in self.scopes_of(&listed).await? {
            let Some(posted) = scope.posted() else { continue };
            let theirs = scope.author == *who || posted.approval.standing(posted.shown.revision).contains(who);
            if theirs {
                continue;
            }
            if shown.len() < SHOWN {
                shown.extend(self.scope_line(&scope));
                continue;
            }
            if more == 0 {
                last = shown.last().map(|line: &ScopeLine| line.scope.clone());
            }
            more += 1;
        }
        Ok(Some(Lines { shown, more, last }))
    }

    /// Goes on with a list: in a window, or in the one that shows its first part.
    pub(super) async fn older(&self, rest: Rest, from: &ScopeId, pressed: Pressed) -> Result<Reply, Trouble> {
        let (who, words) = (&pressed.who.id, &self.0.words);
        // Where they stand now; of a scope that is gone the list begins anew.
        let scope = self.0.store.scope(&self.0.home, from).await?;
        let after = scope.map(|scope| {
            let posted = scope.posted().map(|posted| posted.shown.posted_at);
            Listed { touched: posted.filter(|_| rest == Rest::Waiting).unwrap_or(scope.touched), id: scope.id }
        });
        let after = after.as_ref();
        let (title, document) = match rest {
            Rest::Drafts => (&words.home.drafts, lists::draft_rows(&self.draft_lines(who, after).await?, words)),
            Rest::Scopes => (&words.home.scopes, lists::scope_rows(&self.scope_lines(who, after).await?, words)),
            Rest::Waiting => {
                let lines = self.waiting_for(who, after).await?.unwrap_or_default();
                (&words.home.waiting, lists::waiting_rows(&lines, words))
            }
        };
        let document = if document.blocks.is_empty() { document.para(&words.lists.no_more) } else { document };
        let screen = Screen::Reading { title: String::from(title), document };
        match &pressed.surface {
            Surface::Window(shown) => self.update_behind(shown.view.id.clone(), None, screen),
            _ => return self.read(pressed, screen).await,
        }
        Ok(Reply::Done)
    }

    /// Whether somebody would be entitled to approve what others ask for, as far as the directory tells.
    pub(super) async fn is_asked(&self, who: &UserId) -> Result<bool, Trouble> {
        let Standing { listed, person } = self.standing(who).await?;
        let person = match person {
            Some(person) => Some(person),
            None => self.0.store.person(&self.0.home, who).await?,
        };
        let nobody = &self.0.bot;
        Ok(match entitled(who, nobody, &self.0.policy, &Standing { listed, person }) {
            Entitlement::Yes(_) => true,
            Entitlement::No(_) => false,
            Entitlement::NotKnown => listed == Named::Yes,
        })
    }

    fn scope_line(&self, scope: &Scope) -> Option<ScopeLine> {
        let posted = scope.posted()?;
        let place = scope.summary_place().map(|(channel, ts)| Place { channel: channel.clone(), ts: ts.clone() });
        Some(ScopeLine {
            scope: scope.id.clone(),
            title: Span::typed(&posted.shown.title).into(),
            author: scope.author.clone(),
            state: state_of(posted),
            revision: posted.shown.revision,
            posted: posted.shown.posted_at,
            link: place.and_then(|place| self.0.screens.link(&place)),
        })
    }

    /// Some scopes of a shelf, and how many more there are.
    async fn shelf_of(&self, who: &UserId, shelf: Shelf, after: Option<&Listed>) -> Result<Lines<Scope>, Trouble> {
        let listed = self.0.store.shelf(&self.0.home, who, shelf, after, COUNTED).await?;
        let first = listed.get(..SHOWN).unwrap_or(&listed);
        let more = listed.len() - first.len();
        let last = first.last().filter(|_| more > 0).map(|listed| listed.id.clone());
        Ok(Lines { shown: self.scopes_of(first).await?, more, last })
    }

    async fn scopes_of(&self, listed: &[Listed]) -> Result<Vec<Scope>, Trouble> {
        let mut scopes = Vec::new();
        for listed in listed {
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
}

/// The state of a posted scope in a list.
fn state_of(posted: &Posted) -> State {
    let revision = posted.shown.revision;
    if let Some(state) = lists::ended_or_resting(&posted.life) {
        state
    } else if let Slot::Failed { .. } = posted.posting.summary {
        State::NotPosted
    } else if !posted.is_shown() {
        State::Posting
    } else if posted.life.claimed().is_some() && (posted.approval.quorum == 0 || posted.approval.reached(revision)) {
        State::Claimed
    } else if posted.approval.quorum == 0 {
        State::Posted
    } else if posted.approval.reached(revision) {
        State::Approved
    } else if !posted.approval.changes_asked.is_empty() {
        State::ChangesAsked
    } else {
        State::Waiting
    }
}

#[cfg(test)]
mod tests;
