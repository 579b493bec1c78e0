//! Say it once, surely: takes rows from the store lane by lane, says them, and reports what became of each.
//!
//! * At least once, in order within a lane; lanes do not wait for each other. A head that fails for good fails alone.
//! * A [`Effect::Refresh`] makes its message equal to the scope as it is when sent. Notes are never merged.
//! * A lost answer is in doubt: its trace is waited for, looked for in the history where that is allowed, and after
//!   [`TRACE_WAIT`] it is said again, and says that it is a repeat. The wait begins when events can come in ([`Listening`]).
//! * A row of another installation is not said. A defect (a panic) costs a row its place after a few tries, and no other.
//! * Pacing and repeats are here and nowhere else. Delays: 1, 2, 4 … seconds, 5 minutes at most, with jitter; for
//!   [`GIVE_UP_AFTER`]; when Slack names a pause, that.
//!
//! This room does not know the app: it reports through [`Report`], which `run` connects.

mod defect;
mod listening;
pub mod mouth;
mod pace;
mod saying;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::ambient::failpoint::{Step, reached, shortened};
use crate::ambient::{Clock, Random};
use crate::domain::effect::Effect;
use crate::domain::ids::{Home, Timestamp};
use crate::domain::person::Reminders;
use crate::domain::posting::Piece;
use crate::domain::scope::Scope;
use crate::domain::wording::Words;
use crate::store::{Delivery, Place, Row, Store, StoreError, WorkerId};
use crate::telemetry::Busy;

pub use listening::Listening;
use mouth::{Failure, Message, Mouth, To, TraceMark};
use pace::Pace;
use saying::Saying;

/// A claimed row is somebody else's after this long.
const LEASE: Duration = Duration::from_secs(90);
/// How long the trace of a message in doubt is waited for.
pub const TRACE_WAIT: Duration = Duration::from_secs(60);
/// What has not gone through for this long is given up, visibly.
pub const GIVE_UP_AFTER: Duration = Duration::from_secs(24 * 3600);
/// Rows in hand at once.
const IN_HAND: usize = 16;
/// How long to wait after the store failed.
const STORE_PAUSE: Duration = Duration::from_secs(5);

/// Who is told what became of a row; it settles it.
#[async_trait]
pub trait Report: Send + Sync {
    /// The row is dealt with; `holder` holds its lease.
    async fn delivered(&self, row: Row, holder: WorkerId, delivery: Delivery);
}

/// The outbox of one process. Cheap to clone.
#[derive(Clone)]
pub struct Outbox(Arc<Parts>);

/// What `run` hands in.
pub struct Parts {
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// Says things.
    pub mouth: Arc<dyn Mouth>,
    /// Is told.
    pub report: Arc<dyn Report>,
    /// The words.
    pub words: Arc<Words>,
    /// Time.
    pub clock: Clock,
    /// Chance, for jitter.
    pub random: Random,
    /// Rung when there may be something to do.
    pub wake: Arc<Notify>,
    /// Counts what is in hand.
    pub busy: Busy,
    /// This process's name on its leases; never the name of an earlier one.
    pub worker: WorkerId,
    /// The installation served. Rows of another wait, and are dropped when they grow old.
    pub home: Home,
    /// Since when traces come in.
    pub listening: Arc<Listening>,
}

impl Outbox {
    /// An outbox over what `run` hands in.
    pub fn new(parts: Parts) -> Self {
        Outbox(Arc::new(parts))
    }

    /// Works until it is stopped; then finishes what is in hand.
    pub async fn work(&self, stop: CancellationToken) {
        let in_hand = TaskTracker::new();
        let places = Arc::new(Semaphore::new(IN_HAND));
        let free = Arc::new(Notify::new());
        let pace = Arc::new(Pace::new(self.0.clock.clone()));
        while !stop.is_cancelled() {
            let (woken, freed) = (self.0.wake.notified(), free.notified());
            let next = match self.round(&in_hand, &places, &free, &pace).await {
                Ok(next) => next,
                Err(error) => {
                    tracing::error!(%error, "the outbox cannot read the store");
                    self.0.clock.now().checked_add(STORE_PAUSE).ok()
                }
            };
            let wait = async {
                match next {
                    Some(at) => self.0.clock.sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = woken => {}
                () = freed => {}
                () = wait => {}
            }
        }
        in_hand.close();
        in_hand.wait().await;
    }

    /// Claims what is due and sets it going; says when the next row is due.
    async fn round(
        &self,
        in_hand: &TaskTracker,
        places: &Arc<Semaphore>,
        free: &Arc<Notify>,
        pace: &Arc<Pace>,
    ) -> Result<Option<Timestamp>, StoreError> {
        // Between a claim and its work there is no moment in which nothing seems to be in hand.
        let _looking = self.0.busy.take();
        // Every commit rings; the writer is asked only when something may be claimed.
        match self.0.store.next_claim().await? {
            Some(at) if at <= self.0.clock.now() => {}
            next => return Ok(next),
        }
        let limit = places.available_permits();
        if limit == 0 {
            return Ok(None);
        }
        let rows = self.0.store.claim(&self.0.worker, self.0.clock.now(), LEASE, limit).await?;
        for row in rows {
            let Ok(place) = Arc::clone(places).try_acquire_owned() else { break };
            let (outbox, free, pace) = (self.clone(), Arc::clone(free), Arc::clone(pace));
            let in_hand_too = self.0.busy.take();
            in_hand.spawn(async move {
                reached(Step::Claimed);
                outbox.deal_with(row, &pace).await;
                drop(place);
                free.notify_waiters();
                drop(in_hand_too);
            });
        }
        self.0.store.next_claim().await
    }

    fn log(&self, row: &Row, delivery: &Delivery) {
        let (outcome, why) = match delivery {
            Delivery::Said(_) => ("said", ""),
            Delivery::Again(_) => ("again", ""),
            Delivery::InDoubt(_) => ("in_doubt", ""),
            Delivery::GivenUp(why) => ("given_up", why.as_str()),
            Delivery::Idle => ("idle", ""),
            Delivery::ToLearn => ("to_learn", ""),
        };
        metrics::counter!("scopebot_outbox_total", "outcome" => outcome).increment(1);
        tracing::info!(outbox.row = row.id.0, outbox.attempt = row.attempts, scope.id = %row.scope(), outcome, why, "outbox");
    }

    async fn deliver(&self, row: &Row, pace: &Pace) -> Delivery {
        let scope = match self.0.store.scope(&row.home, row.scope()).await {
            Ok(Some(scope)) => scope,
            Ok(None) => return Delivery::Idle,
            Err(error) => {
                tracing::error!(%error, outbox.row = row.id.0, "the outbox cannot read a scope");
                return Delivery::Again(self.later(STORE_PAUSE));
            }
        };
        if let Effect::Learn(_) = row.effect {
            return Delivery::ToLearn;
        }
        match self.is_muted(row).await {
            Ok(true) => return Delivery::Idle,
            Ok(false) => {}
            Err(error) => {
                tracing::error!(%error, outbox.row = row.id.0, "the outbox cannot read what somebody wishes");
                return Delivery::Again(self.later(STORE_PAUSE));
            }
        }
        let link = self.link(&row.effect, &scope).await;
        let Some(saying) = defect::caught(|| saying::saying(&row.effect, &scope, link.as_deref(), &self.0.words))
        else {
            return self.defect(row, defect::Sent::No);
        };
        match saying {
            Saying::Nothing => Delivery::Idle,
            // The summary failed for good, or is gone: what hangs on it has no place.
            Saying::NoThread => Delivery::GivenUp("no_summary".to_owned()),
            // Said perhaps, by a try that nobody settled.
            Saying::Quiet { .. } if row.unsettled.is_some() => Delivery::Idle,
            Saying::Quiet { channel, person, document } => {
                // Tried once: a quiet word late is worse than none.
                match self.0.mouth.quiet(&channel, &person, &document).await {
                    Ok(()) => Delivery::Said(None),
                    Err(failure) => Delivery::GivenUp(failure.to_string()),
                }
            }
            Saying::Update { place, document } => {
                let message = self.message(row, &scope, document);
                match self.0.mouth.update(&place, &message).await {
                    Ok(()) => Delivery::Said(Some((place, message.mark.revision))),
                    // An update may be repeated, so doubt is no more than a passing failure.
                    Err(Failure::InDoubt(why)) => self.failed(row, Failure::Passing(why), pace, None),
                    Err(failure) => self.failed(row, failure, pace, None),
                }
            }
            Saying::New { to, document } => self.post(row, &scope, to, document, pace).await,
        }
    }

    /// Whether it is a reminder for somebody who wishes for none.
    async fn is_muted(&self, row: &Row) -> Result<bool, StoreError> {
        let Effect::Dm(person, dm) = &row.effect else { return Ok(false) };
        if !dm.is_reminder() {
            return Ok(false);
        }
        let wish = self.0.store.preference(&row.home, person).await?;
        Ok(wish.is_some_and(|wish| wish.reminders == Reminders::Off))
    }

    /// Slack's link to the summary, for direct messages; without one they say the same, less conveniently.
    async fn link(&self, effect: &Effect, scope: &Scope) -> Option<String> {
        if !saying::wants_link(effect) {
            return None;
        }
        self.0.mouth.link(&thread_of(scope)?).await.ok()
    }

    async fn post(
        &self,
        row: &Row,
        scope: &Scope,
        to: To,
        document: crate::domain::document::Document,
        pace: &Pace,
    ) -> Delivery {
        let mut message = self.message(row, scope, document);
        if let Some(since) = row.unsettled {
            match self.0.mouth.find(&to, row.id, row.created).await {
                Ok(Some(found)) => return Delivery::Said(Some(found)),
                Ok(None) => {}
                Err(failure) => return self.failed(row, failure, pace, Some(&to)),
            }
            let since = self.0.listening.counts_from(since);
            let wait = since.checked_add(shortened(TRACE_WAIT)).unwrap_or(Timestamp::MAX);
            if self.0.clock.now() < wait {
                return Delivery::InDoubt(wait);
            }
            metrics::counter!("scopebot_repeats_total").increment(1);
            message.document = saying::repeated(message.document, &self.0.words);
        }
        if let Err(until) = pace.turn(&to, row.id) {
            return Delivery::Again(until);
        }
        match self.0.mouth.post(&to, &message).await {
            Ok(place) => Delivery::Said(Some((place, message.mark.revision))),
            Err(failure) => self.failed(row, failure, pace, Some(&to)),
        }
    }

    fn message(&self, row: &Row, scope: &Scope, document: crate::domain::document::Document) -> Message {
        let revision = saying::revision(&row.effect, scope);
        let piece: Option<Piece> = match row.effect {
            Effect::Refresh(piece) => Some(piece),
            _ => None,
        };
        Message { document, mark: TraceMark { scope: scope.id.clone(), row: row.id, piece, revision } }
    }

    fn failed(&self, row: &Row, failure: Failure, pace: &Pace, to: Option<&To>) -> Delivery {
        let now = self.0.clock.now();
        let old = row.created.checked_add(GIVE_UP_AFTER).is_ok_and(|end| now >= end);
        match failure {
            Failure::Refused(why) => Delivery::GivenUp(why),
            Failure::Paused(_) | Failure::Passing(_) | Failure::InDoubt(_) if old => {
                Delivery::GivenUp("gave_up_after_a_day".to_owned())
            }
            Failure::InDoubt(_) => Delivery::InDoubt(self.later(pace::next_repeat(row.attempts))),
            Failure::Paused(pause) => {
                if let Some(to) = to {
                    pace.pause(to, pause);
                }
                Delivery::Again(self.later(pause))
            }
            Failure::Passing(why) => {
                tracing::warn!(outbox.row = row.id.0, outbox.attempt = row.attempts, error = %why, "not said yet");
                Delivery::Again(self.later(pace::next_attempt(row.attempts, self.0.random.fraction())))
            }
        }
    }

    fn later(&self, wait: Duration) -> Timestamp {
        self.0.clock.now().checked_add(wait).unwrap_or(Timestamp::MAX)
    }
}

/// Where a thread hangs.
fn thread_of(scope: &Scope) -> Option<Place> {
    scope.summary_place().map(|(channel, ts)| Place { channel: channel.clone(), ts: ts.clone() })
}
