//! Everything of one person is deleted: drafts, posted scopes, what they asked of others' scopes in words, what is waiting
//! to be sent again, their row of the directory. Ids in the audit stay. Each scope is a write of its own; broken off, it is
//! simply done again.

use crate::domain::decide::forgotten;
use crate::domain::ids::{Home, ScopeId, Timestamp, UserId};
use crate::domain::wish::unsaid;
use crate::store::{Change, Committed, Shelf, Store, StoreError};

use super::engine::change_of;
use super::{App, Trouble};

/// Scopes read at once.
const PAGE: usize = 50;
/// A scope that others keep changing is tried this often.
const TRIES: usize = 20;
const TOO_OFTEN: &str = "the scope changes too often; try again";

/// Who wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// The person.
    Themselves,
    /// Whoever runs the bot.
    Operator,
}

/// What went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Drafts.
    pub drafts: usize,
    /// Posted scopes, whose messages are taken back by the outbox.
    pub posted: usize,
}

/// Deletes everything of a person in one installation. A second time there is nothing left to do.
pub async fn forget(
    store: &dyn Store,
    home: &Home,
    person: &UserId,
    asked_by: AskedBy,
    now: Timestamp,
) -> Result<Forgotten, StoreError> {
    let mut gone = Forgotten::default();
    for shelf in [Shelf::Drafts, Shelf::Posted, Shelf::Asked] {
        let mut cursor = None;
        loop {
            let page = store.shelf(home, person, shelf, cursor.as_ref(), PAGE).await?;
            for listed in &page {
                match shelf {
                    Shelf::Drafts => gone.drafts += erase(store, home, &listed.id, person, asked_by, now).await?,
                    Shelf::Posted => gone.posted += erase(store, home, &listed.id, person, asked_by, now).await?,
                    Shelf::Asked => unsay(store, home, &listed.id, person, now).await?,
                }
            }
            match page.into_iter().next_back() {
                Some(last) => cursor = Some(last),
                None => break,
            }
        }
    }
    store.commit(Change { forgotten: Some(person.clone()), ..Change::new(home.clone(), now) }).await?;
    tracing::info!(user.id = %person, drafts = gone.drafts, posted = gone.posted, "a person's data was deleted");
    Ok(gone)
}

/// How many scopes went: one, or none where it is theirs no more.
async fn erase(
    store: &dyn Store,
    home: &Home,
    id: &ScopeId,
    person: &UserId,
    asked_by: AskedBy,
    now: Timestamp,
) -> Result<usize, StoreError> {
    for _ in 0..TRIES {
        let Some(scope) = store.scope(home, id).await? else { return Ok(0) };
        if scope.author != *person {
            return Ok(0);
        }
        let by = match asked_by {
            AskedBy::Themselves => Some(person),
            AskedBy::Operator => None,
        };
        let change = change_of(forgotten(scope, by, now), home, now);
        match store.commit(change).await? {
            Committed::Stale { .. } => {}
            Committed::Written(_) | Committed::AlreadySeen | Committed::NotHeld => return Ok(1),
        }
    }
    Err(StoreError::Refused { why: TOO_OFTEN })
}

/// Takes what they asked of somebody else's scope, in words, out of it.
async fn unsay(
    store: &dyn Store,
    home: &Home,
    id: &ScopeId,
    person: &UserId,
    now: Timestamp,
) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        let Some(scope) = store.scope(home, id).await? else { return Ok(()) };
        let change = Change { scope: Some(unsaid(scope, person)), ..Change::new(home.clone(), now) };
        if !matches!(store.commit(change).await?, Committed::Stale { .. }) {
            return Ok(());
        }
    }
    Err(StoreError::Refused { why: TOO_OFTEN })
}

impl App {
    /// Everything of this person is deleted; their messages follow.
    pub async fn forget(&self, person: &UserId, asked_by: AskedBy) -> Result<Forgotten, StoreError> {
        let gone = forget(&*self.0.store, &self.0.home, person, asked_by, self.0.clock.now()).await;
        self.0.wake.notify_waiters();
        gone
    }

    /// What was given up is sent again; says how many messages.
    pub async fn retry(&self) -> Result<usize, StoreError> {
        let mut revived = 0;
        loop {
            let some = self.0.store.revive(self.0.clock.now(), PAGE).await?;
            self.0.wake.notify_waiters();
            revived += some;
            if some < PAGE {
                return Ok(revived);
            }
        }
    }

    pub(super) async fn forget_me(&self, who: UserId) -> Result<super::Reply, Trouble> {
        self.forget(&who, AskedBy::Themselves).await?;
        self.home_opened(who).await
    }
}
