//! Time as a value: the workspace never asks the machine what time it is.
//!
//! Whoever starts a workspace hands it a [`Time`]; the same clock may drive an app beside it, so that an hour of outage runs in a
//! second. [`HandClock`] is one that stands still until it is moved.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::oneshot;

/// A wait that ends when the clock says so.
pub type Wait = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What the workspace asks of a clock.
pub trait Time: Send + Sync + 'static {
    fn now(&self) -> Timestamp;

    /// Ends at `at` or later; at once if `at` is past.
    fn sleep_until(&self, at: Timestamp) -> Wait;

    /// Moves the clock on, if it is one that is moved by hand.
    ///
    /// # Errors
    /// [`RunsByItself`] for every other clock.
    fn advance(&self, by: Duration) -> Result<(), RunsByItself> {
        let _ = by;
        Err(RunsByItself)
    }

    /// Whether [`Time::advance`] works.
    fn is_by_hand(&self) -> bool {
        false
    }
}

/// The clock of the workspace cannot be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this clock runs by itself and cannot be advanced")]
pub struct RunsByItself;

/// `at` moved on by `by`; the end of time when that is too far.
#[must_use]
pub fn later(at: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| at.checked_add(by).ok()).unwrap_or(Timestamp::MAX)
}

/// A clock moved by hand; clones show the same time.
#[derive(Clone)]
pub struct HandClock(Arc<Mutex<Hands>>);

struct Hands {
    now: Timestamp,
    sleepers: BTreeMap<(Timestamp, u64), oneshot::Sender<()>>,
    serial: u64,
}

impl HandClock {
    #[must_use]
    pub fn at(now: Timestamp) -> HandClock {
        HandClock(Arc::new(Mutex::new(Hands { now, sleepers: BTreeMap::new(), serial: 0 })))
    }

    /// When the next sleeper wakes, if anybody sleeps.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        self.hands(|hands| {
            hands.sleepers.retain(|_, wake| !wake.is_closed());
            hands.sleepers.keys().next().map(|(at, _)| *at)
        })
    }

    fn hands<R>(&self, with: impl FnOnce(&mut Hands) -> R) -> R {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Time for HandClock {
    fn now(&self) -> Timestamp {
        self.hands(|hands| hands.now)
    }

    fn sleep_until(&self, at: Timestamp) -> Wait {
        let woken = self.hands(|hands| {
            if at <= hands.now {
                return None;
            }
            hands.serial += 1;
            let (wake, woken) = oneshot::channel();
            hands.sleepers.insert((at, hands.serial), wake);
            Some(woken)
        });
        Box::pin(async move {
            if let Some(woken) = woken {
                // The sender is dropped only with the clock itself; then nobody is left to wait for.
                let _ = woken.await;
            }
        })
    }

    fn advance(&self, by: Duration) -> Result<(), RunsByItself> {
        self.hands(|hands| {
            let until = later(hands.now, by);
            while let Some(entry) = hands.sleepers.first_entry() {
                if entry.key().0 > until {
                    break;
                }
                let ((at, _), wake) = entry.remove_entry();
                hands.now = at;
                let _ = wake.send(());
            }
            hands.now = until;
        });
        Ok(())
    }

    fn is_by_hand(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hand_clock_wakes_whoever_is_due_and_nobody_else() {
        let clock = HandClock::at(Timestamp::UNIX_EPOCH);
        let soon = clock.sleep_until(later(clock.now(), Duration::from_secs(1)));
        let late = clock.sleep_until(later(clock.now(), Duration::from_secs(60)));
        clock.advance(Duration::from_secs(2)).unwrap();
        soon.await;
        assert_eq!(clock.next_due(), Some(later(Timestamp::UNIX_EPOCH, Duration::from_secs(60))));
        drop(late);
        assert_eq!(clock.next_due(), None);
    }
}
