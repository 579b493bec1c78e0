//! `scopebot forget USER` and `scopebot retry`, by way of the running bot or on a store that no bot has.

use std::path::Path;

use crate::ambient::Clock;
use crate::app::forgetting::{AskedBy, Forgotten, forget};
use crate::domain::ids::UserId;
use crate::store::Store;

use super::sentences;
use super::source::{Source, Why, answered, source};

/// Rows put back at once.
const AT_ONCE: usize = 100;

/// Everything of a person is deleted.
pub(super) async fn forget_person(dir: &Path, given: &str, clock: &Clock) -> Result<String, Why> {
    let person = UserId::parse(given).map_err(|_| sentences::no_user(given))?;
    let store = match source(dir, &format!("forget {person}")).await? {
        Source::Running(answer) => return answered(answer).await,
        Source::Stopped(store) => store,
    };
    let mut all = Forgotten::default();
    for home in store.homes() {
        let gone = forget(&store, &home, &person, AskedBy::Operator, clock.now()).await?;
        all.drafts += gone.drafts;
        all.posted += gone.posted;
    }
    store.close().await?;
    Ok(sentences::forgotten(&person, all))
}

/// What was given up is sent again, once the bot runs.
pub(super) async fn retry(dir: &Path, clock: &Clock) -> Result<String, Why> {
    let store = match source(dir, "retry").await? {
        Source::Running(answer) => return answered(answer).await,
        Source::Stopped(store) => store,
    };
    let mut revived = 0;
    loop {
        let some = store.revive(clock.now(), AT_ONCE).await?;
        revived += some;
        if some < AT_ONCE {
            break;
        }
    }
    store.close().await?;
    Ok(sentences::revived(revived))
}
