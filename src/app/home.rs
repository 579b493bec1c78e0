//! App Home: drawn when somebody opens it, after their presses on it, and when a scope on it moves while they have had it
//! open lately. At most one drawing of a person waits; none is repeated, and none promises anything.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::domain::document::Document;
use crate::domain::ids::{Timestamp, UserId};
use crate::domain::pages::home::{HomeView, home};
use crate::domain::scope::Scope;

use super::reply::Reply;
use super::{App, Trouble};

/// A Home opened this long ago is looked at no more.
const LATELY: Duration = Duration::from_secs(3600);
/// People remembered as having theirs open; others see theirs anew when they open it.
const REMEMBERED: usize = 512;

/// Who has had their Home open lately.
#[derive(Debug, Default)]
pub struct Homes(Mutex<BTreeMap<UserId, Opened>>);

#[derive(Debug)]
struct Opened {
    /// When they last opened it or pressed on it.
    at: Timestamp,
    /// Whether it shows what waits for them.
    decides: bool,
    drawing: Drawing,
}

/// Whether a Home is being drawn: one at a time, or an older page might come after a newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawing {
    Idle,
    UnderWay,
    /// Something has moved meanwhile: once more, when this one is published.
    Again,
}

impl Homes {
    fn all(&self) -> MutexGuard<'_, BTreeMap<UserId, Opened>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    /// Whether it is for the caller to draw it; whoever draws it already draws it once more. Beyond so many people nobody
    /// is remembered, and each call draws.
    fn begins(&self, who: &UserId, now: Timestamp) -> bool {
        let mut all = self.all();
        all.retain(|_, opened| opened.drawing != Drawing::Idle || is_lately(opened, now));
        if all.len() >= REMEMBERED && !all.contains_key(who) {
            return true;
        }
        let opened = all.entry(who.clone()).or_insert(Opened { at: now, decides: false, drawing: Drawing::Idle });
        let idle = opened.drawing == Drawing::Idle;
        opened.drawing = if idle { Drawing::UnderWay } else { Drawing::Again };
        idle
    }
    /// It is published; whether it has to be drawn once more.
    fn published(&self, who: &UserId) -> bool {
        let mut all = self.all();
        let Some(opened) = all.get_mut(who) else { return false };
        let again = opened.drawing == Drawing::Again;
        opened.drawing = if again { Drawing::UnderWay } else { Drawing::Idle };
        again
    }
    fn decides(&self, who: &UserId, decides: bool) {
        if let Some(opened) = self.all().get_mut(who) {
            opened.decides = decides;
        }
    }
    fn looked_at(&self, who: &UserId, now: Timestamp) {
        if let Some(opened) = self.all().get_mut(who) {
            opened.at = now;
        }
    }
    /// Those whose Home shows this scope.
    fn showing(&self, scope: &Scope, now: Timestamp) -> Vec<UserId> {
        let shows = |who: &UserId, opened: &Opened| {
            is_lately(opened, now) && (*who == scope.author || opened.decides && scope.posted().is_some())
        };
        self.all().iter().filter(|(who, opened)| shows(who, opened)).map(|(who, _)| who.clone()).collect()
    }
}

fn is_lately(opened: &Opened, now: Timestamp) -> bool {
    Duration::try_from(now.duration_since(opened.at)).is_ok_and(|age| age < LATELY)
}

impl App {
    /// Somebody opened Home: what is theirs, newest first.
    pub(super) async fn home_opened(&self, who: UserId) -> Result<Reply, Trouble> {
        self.look_at_home(who);
        Ok(Reply::Done)
    }

    /// Somebody looks at their Home: draws it behind the answer.
    pub(super) fn look_at_home(&self, who: UserId) {
        self.0.homes.looked_at(&who, self.0.clock.now());
        self.draw_home(who);
    }

    fn draw_home(&self, who: UserId) {
        if !self.0.homes.begins(&who, self.0.clock.now()) {
            return;
        }
        let app = self.clone();
        self.behind(async move {
            loop {
                match app.home_page(&who).await {
                    Ok(page) => {
                        if let Err(fault) = app.0.screens.home(&who, &page).await {
                            tracing::warn!(error = %fault, user.id = %who, "Home was not published");
                        }
                    }
                    Err(trouble) => tracing::error!(error = %trouble, user.id = %who, "Home was not drawn"),
                }
                if !app.0.homes.published(&who) {
                    return;
                }
            }
        });
    }

    /// A scope has moved: whoever has had a Home open lately that shows it sees it anew.
    pub(super) fn home_moved(&self, scope: &Scope) {
        for who in self.0.homes.showing(scope, self.0.clock.now()) {
            self.draw_home(who);
        }
    }

    async fn home_page(&self, who: &UserId) -> Result<Document, Trouble> {
        let policy = &self.0.policy;
        self.know(who).await?;
        let waiting = self.waiting_for(who).await?;
        self.0.homes.decides(who, waiting.is_some());
        let days = |life: Duration| u32::try_from(life.as_secs().div_ceil(24 * 3600)).unwrap_or(u32::MAX);
        let view = HomeView {
            drafts: self.draft_lines(who).await?,
            scopes: self.scope_lines(who).await?,
            waiting,
            draft_days: days(policy.draft_life),
            scope_days: policy.closed_kept.map(days),
            reminders: self.reminders_of(who).await?,
        };
        Ok(home(&view, &self.0.words))
    }
}
