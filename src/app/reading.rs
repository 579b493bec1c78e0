//! Windows that are only read: kit, brief, what changed, costs. Each is made from the stored scope, whoever presses.

use crate::domain::approval::Listed;
use crate::domain::brief::Brief;
use crate::domain::brief_text::brief_markdown;
use crate::domain::document::{Button, Document, Ids, Press, Span};
use crate::domain::hiring;
use crate::domain::ids::{Revision, ScopeId, UserId};
use crate::domain::kit;
use crate::domain::pages::history::{Attempts, SHOWN_REVISIONS, Trail, history};
use crate::domain::rights::{may_read_attempts, may_read_history};
use crate::domain::scope::{Posted, Scope, Shown};
use crate::domain::summary::stored::summary_page;
use crate::domain::summary::{Acknowledged, button};
use crate::domain::wording::{Line, Words};

use super::intent::{Pressed, Who};
use super::reply::Reply;
use super::screen::Screen;
use super::{App, Trouble};

/// Rows of the audit that are told, the newest of all.
const ROWS: usize = 200;

impl App {
    /// Opens what a press asks to read.
    pub(super) async fn read_about(&self, scope: &ScopeId, pressed: Pressed) -> Result<Reply, Trouble> {
        let Some(scope) = self.0.store.scope(&self.0.home, scope).await? else {
            return self.gone(pressed.reply_to).await;
        };
        let screen = match (pressed.press, scope.posted()) {
            (Press::Kit, Some(posted)) => Some(self.kit_screen(&scope, posted)),
            (Press::Brief, Some(posted)) => Some(self.brief_screen(&scope, posted)),
            (Press::Review, Some(posted)) if self.is_asked(&pressed.who.id).await? => {
                Some(self.deciding_screen(&scope, posted))
            }
            (Press::History, Some(_)) => return Ok(self.history_behind(scope, pressed)),
            (Press::Figures, _) => self.figures_screen(&scope, &pressed.who.id),
            _ => None,
        };
        match screen {
            Some(screen) => self.read(pressed, screen).await,
            None => self.gone(pressed.reply_to).await,
        }
    }

    /// The summary with its buttons, to decide without going to the channel.
    fn deciding_screen(&self, scope: &Scope, posted: &Posted) -> Screen {
        let words = &self.0.words;
        reading(words.buttons.label.of(Press::Review), summary_page(scope, posted, words))
    }

    /// A press in a window that shows a summary has changed it: the window shows it as it is now.
    pub(super) async fn decided_in(&self, id: &ScopeId, view: String) -> Result<(), Trouble> {
        if let Some(scope) = self.0.store.scope(&self.0.home, id).await?
            && let Some(posted) = scope.posted()
        {
            self.update_behind(view, None, self.deciding_screen(&scope, posted));
        }
        Ok(())
    }

    /// The evaluation kit.
    fn kit_screen(&self, scope: &Scope, posted: &Posted) -> Screen {
        let (words, shown) = (&self.0.words, &posted.shown);
        let document = kit::kit(&shown.brief, &shown.sentences, words)
            .then(kit::thirty_days(&shown.brief, words))
            .actions(vec![about(Press::Figures, scope, shown.revision, words)]);
        reading(&words.windows.kit.title, document)
    }

    /// The brief, as Markdown.
    fn brief_screen(&self, scope: &Scope, posted: &Posted) -> Screen {
        let (words, shown) = (&self.0.words, &posted.shown);
        let acknowledged: Vec<Acknowledged> = acknowledged_of(&shown.acknowledged, &words.summary.label.language_first);
        let title = Span::typed(&shown.title).into();
        let markdown = brief_markdown(&title, &shown.sentences, &shown.brief, &acknowledged, words, &Ids);
        let said = &words.windows.brief;
        let above = Document::new()
            .para(&said.hint)
            .actions([Press::History, Press::Figures].map(|press| about(press, scope, shown.revision, words)).into());
        Screen::Copying { title: String::from(&said.title), above, markdown }
    }

    /// Opens what changed, behind the answer: Slack may have to be asked who somebody is before they may read it.
    fn history_behind(&self, scope: Scope, pressed: Pressed) -> Reply {
        let app = self.clone();
        self.behind(async move {
            let Some(posted) = scope.posted() else { return };
            let opened = match app.history_screen(&scope, posted, &pressed.who).await {
                Ok(screen) => app.read(pressed, screen).await.map(drop),
                Err(trouble) => Err(trouble),
            };
            if let Err(trouble) = opened {
                tracing::error!(error = %trouble, scope.id = %scope.id, "what changed was not shown");
            }
        });
        Reply::Done
    }

    /// What changed, and what was done: to those who may know.
    async fn history_screen(&self, scope: &Scope, posted: &Posted, who: &Who) -> Result<Screen, Trouble> {
        let words = &self.0.words;
        let title = &words.windows.history.title;
        self.know(&who.id).await?;
        let standing = self.standing(&who.id).await?;
        let known = self.0.store.person(&self.0.home, &who.id).await?;
        if who.foreign || !may_read_history(known.map(|person| person.kind)) {
            let document =
                crate::domain::notes::quiet::refused(crate::domain::notes::quiet::Refusal::MembersOnly, words);
            return Ok(reading(title, document));
        }
        let named = standing.listed == Listed::Yes;
        let attempts = if may_read_attempts(&who.id, scope, named) { Attempts::Told } else { Attempts::Spared };
        let revisions = self.revisions_of(scope, posted).await?;
        let audit = self.0.store.audit(&self.0.home, &scope.id, ROWS).await?;
        let trail = Trail { revisions: &revisions, audit: &audit, wishes: &posted.wishes, attempts };
        Ok(reading(title, history(&trail, words)))
    }

    /// The newest revisions, newest first. One that is not there ends the row.
    async fn revisions_of(&self, scope: &Scope, posted: &Posted) -> Result<Vec<Shown>, Trouble> {
        let mut revisions = vec![posted.shown.clone()];
        for number in (1..posted.shown.revision.0).rev().take(SHOWN_REVISIONS - 1) {
            match self.0.store.revision(&self.0.home, &scope.id, Revision(number)).await? {
                Some(shown) => revisions.push(shown),
                None => break,
            }
        }
        Ok(revisions)
    }

    /// Costs and time to hire, of what is posted or, for its author, of what is under review.
    fn figures_screen(&self, scope: &Scope, who: &UserId) -> Option<Screen> {
        let words = &self.0.words;
        let own = scope.draft().filter(|_| *who == scope.author);
        let reviewed = own.and_then(|draft| Brief::of(&draft.answers).ok());
        let brief = reviewed.or_else(|| scope.posted().map(|posted| posted.shown.brief.clone()))?;
        // The length may have been chosen after the review was drawn.
        let model = brief.length.map(|length| hiring::advice(length, words));
        let page = model.map(|model| Document::new().fact(&words.hiring.label, model)).unwrap_or_default();
        Some(reading(&words.windows.figures.title, page.then(hiring::figures(&brief, words))))
    }
}

fn reading(title: &Line, document: Document) -> Screen {
    Screen::Reading { title: String::from(title), document }
}

fn about(press: Press, scope: &Scope, revision: Revision, words: &Words) -> Button {
    button(press, &scope.id, revision, words)
}

/// Warnings posted on purpose, as the summary and the brief show them.
fn acknowledged_of(all: &[crate::domain::draft::Acknowledged], warning: &Line) -> Vec<Acknowledged> {
    all.iter().map(|one| Acknowledged { warning: warning.as_str().to_owned(), reason: one.reason.clone() }).collect()
}
