//! App Home: drawn when somebody opens it, after their presses on it, and when a scope on it moves while they have had it
//! open lately. At most one drawing of a person waits; none is repeated, and none promises anything.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
    /// Whether a drawing waits that has not read anything yet.
    waits: bool,
    /// One drawing after the other: an older page that Slack gets later would stay.
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Homes {
    fn all(&self) -> MutexGuard<'_, BTreeMap<UserId, Opened>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn open(&self, who: &UserId, decides: bool, now: Timestamp) {
        let mut all = self.all();
        all.retain(|_, opened| Duration::try_from(now.duration_since(opened.at)).is_ok_and(|age| age < LATELY));
        if all.len() < REMEMBERED || all.contains_key(who) {
            let opened = all.entry(who.clone()).or_insert_with(|| Opened {
                at: now,
                decides,
                waits: false,
                turn: Arc::default(),
            });
            (opened.at, opened.decides) = (now, decides);
        }
    }
    /// Those whose Home shows this scope.
    fn showing(&self, scope: &Scope, now: Timestamp) -> Vec<UserId> {
        let shows = |who: &UserId, opened: &Opened| {
            let lately = Duration::try_from(now.duration_since(opened.at)).is_ok_and(|age| age < LATELY);
            lately && (*who == scope.author || opened.decides && scope.posted().is_some())
        };
        self.all().iter().filter(|(who, opened)| shows(who, opened)).map(|(who, _)| who.clone()).collect()
    }
    /// Whether a drawing is needed: one that waits already will show all there is by then.
    fn awaits(&self, who: &UserId) -> bool {
        self.all().get_mut(who).is_none_or(|opened| !std::mem::replace(&mut opened.waits, true))
    }
    fn turn_of(&self, who: &UserId) -> Arc<tokio::sync::Mutex<()>> {
        self.all().get(who).map(|opened| Arc::clone(&opened.turn)).unwrap_or_default()
    }
    fn begun(&self, who: &UserId) {
        if let Some(opened) = self.all().get_mut(who) {
            opened.waits = false;
        }
    }
}

impl App {
    /// Somebody opened Home, or pressed on it: what is theirs, newest first.
    pub(super) async fn home_opened(&self, who: UserId) -> Result<Reply, Trouble> {
        self.draw_home(who);
        Ok(Reply::Done)
    }

    /// Draws somebody's Home behind the answer.
    pub(super) fn draw_home(&self, who: UserId) {
        if !self.0.homes.awaits(&who) {
            return;
        }
        let app = self.clone();
        self.behind(async move {
            let turn = app.0.homes.turn_of(&who);
            let _drawing = turn.lock().await;
            app.0.homes.begun(&who);
            let page = match app.home_page(&who).await {
                Ok(page) => page,
                Err(trouble) => return tracing::error!(error = %trouble, user.id = %who, "Home was not drawn"),
            };
            if let Err(fault) = app.0.screens.home(&who, &page).await {
                tracing::warn!(error = %fault, user.id = %who, "Home was not published");
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
        let waiting = self.waiting_for(who, None).await?;
        self.0.homes.open(who, waiting.is_some(), self.0.clock.now());
        let days = |life: Duration| u32::try_from(life.as_secs().div_ceil(24 * 3600)).unwrap_or(u32::MAX);
        let view = HomeView {
            drafts: self.draft_lines(who, None).await?,
            scopes: self.scope_lines(who, None).await?,
            waiting,
            draft_days: days(policy.draft_life),
            scope_days: policy.closed_kept.map(days),
            reminders: self.reminders_of(who).await?,
        };
        Ok(home(&view, &self.0.words))
    }
}
