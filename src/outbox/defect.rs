//! Panics, and rows that are not ours to say: neither may hold up a lane for ever.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures_util::FutureExt;

use crate::ambient::failpoint::{Step, reached};
use crate::domain::ids::Timestamp;
use crate::store::{Change, Delivery, Outcome, Row, Settle};

use super::pace::{self, Pace};
use super::{GIVE_UP_AFTER, Outbox};

/// A row that meets a defect at this try or later is given up.
const TRIES_WITH_DEFECT: u32 = 5;
/// A row of another installation is looked at again after this.
const FOREIGN_WAIT: Duration = Duration::from_secs(3600);

/// Whether something may have reached Slack before a defect stopped it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// Surely not.
    No,
    /// Perhaps.
    Perhaps,
}

/// What a pure function gives; `None` if it panics.
pub(super) fn caught<T>(make: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(make)).ok()
}

impl Outbox {
    /// Says a row and reports what became of it. Whatever panics on the way, the row settles.
    pub(super) async fn deal_with(&self, row: Row, pace: &Pace) {
        if row.home != self.0.home {
            return self.set_aside(&row).await;
        }
        let delivery = match AssertUnwindSafe(self.deliver(&row, pace)).catch_unwind().await {
            Ok(delivery) => delivery,
            Err(_panic) => self.defect(&row, Sent::Perhaps),
        };
        reached(Step::Delivered);
        self.log(&row, &delivery);
        let report = self.0.report.delivered(row.clone(), self.0.worker.clone(), delivery.clone());
        if AssertUnwindSafe(report).catch_unwind().await.is_err() {
            tracing::error!(outbox.row = row.id.0, scope.id = %row.scope(), "a defect stopped the report of a message");
            metrics::counter!("scopebot_outbox_defects_total").increment(1);
            // The scope does not know of it; but what was said must not be said again and again.
            let outcome = match delivery {
                Delivery::Again(at) => Outcome::Again(at),
                Delivery::InDoubt(at) => Outcome::InDoubt(at),
                Delivery::ToLearn if row.attempts < TRIES_WITH_DEFECT => {
                    Outcome::Again(self.later(pace::next_attempt(row.attempts, self.0.random.fraction())))
                }
                Delivery::Said(_) | Delivery::GivenUp(_) | Delivery::Idle | Delivery::ToLearn => Outcome::Over,
            };
            self.settle(&row, outcome).await;
        }
    }

    /// A panic on the way to Slack: tried again a few times, since what it stumbles over may change.
    pub(super) fn defect(&self, row: &Row, sent: Sent) -> Delivery {
        tracing::error!(outbox.row = row.id.0, outbox.attempt = row.attempts, scope.id = %row.scope(), "a defect stopped a message");
        metrics::counter!("scopebot_outbox_defects_total").increment(1);
        if row.attempts >= TRIES_WITH_DEFECT {
            return Delivery::GivenUp("defect".to_owned());
        }
        match sent {
            Sent::No => Delivery::Again(self.later(pace::next_attempt(row.attempts, self.0.random.fraction()))),
            Sent::Perhaps => Delivery::InDoubt(self.later(pace::next_repeat(row.attempts))),
        }
    }

    /// A row of an installation that is not served: its own bot may come back for it.
    async fn set_aside(&self, row: &Row) {
        let old = row.created.checked_add(GIVE_UP_AFTER).is_ok_and(|end| self.0.clock.now() >= end);
        tracing::warn!(outbox.row = row.id.0, home = %row.home, dropped = old, "a message of another installation is not said");
        let outcome = if old { Outcome::Over } else { Outcome::Again(self.later(FOREIGN_WAIT)) };
        self.settle(row, outcome).await;
    }

    async fn settle(&self, row: &Row, outcome: Outcome) {
        let settle = Settle { row: row.id, holder: Some(self.0.worker.clone()), outcome };
        let now: Timestamp = self.0.clock.now();
        let change = Change { settle: Some(settle), ..Change::new(row.home.clone(), now) };
        if let Err(error) = self.0.store.commit(change).await {
            tracing::error!(%error, outbox.row = row.id.0, "a row was not settled");
        }
    }
}
