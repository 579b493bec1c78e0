//! Time and chance as values: made once in `run`, handed down to whatever waits or draws.
//!
//! This is the only place that touches the ambient clock and the operating system's randomness;
//! clippy forbids them elsewhere. One [`TestClock`] can so drive the bot and the simulated
//! workspace together, and an hour of outage passes in a moment.

mod chance;
pub mod failpoint;
mod shifted;
mod test_clock;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, Either, select};
use jiff::{SignedDuration, Timestamp};

pub use chance::Random;
pub use shifted::ShiftedClock;
pub use test_clock::TestClock;

/// Where time comes from.
pub trait Time: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
    /// Ends once `now` has reached `at`; at once if it has already. The wait counts from the call, not from the first poll.
    fn sleep_until(&self, at: Timestamp) -> BoxFuture<'static, ()>;
}

/// A source of time, cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Time>);

impl Clock {
    /// A clock over any source of time.
    pub fn new(time: Arc<dyn Time>) -> Self {
        Clock(time)
    }

    /// The clock of the machine.
    pub fn system() -> Self {
        Clock(Arc::new(SystemTime))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.0.now()
    }

    /// Waits until `at`.
    pub fn sleep_until(&self, at: Timestamp) -> BoxFuture<'static, ()> {
        self.0.sleep_until(at)
    }

    /// Waits for `duration` from now on.
    pub fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.sleep_until(after(self.now(), duration))
    }

    /// What `future` gives, or `None` if `duration` passes first; a future that is ready wins over a time-out that is due.
    pub async fn within<F: Future>(&self, duration: Duration, future: F) -> Option<F::Output> {
        match select(pin!(future), self.sleep(duration)).await {
            Either::Left((output, _)) => Some(output),
            Either::Right(((), _)) => None,
        }
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// `duration` after `at`, or the end of time.
fn after(at: Timestamp, duration: Duration) -> Timestamp {
    SignedDuration::try_from(duration).ok().and_then(|step| at.checked_add(step).ok()).unwrap_or(Timestamp::MAX)
}

/// The machine's own time.
struct SystemTime;

/// A long wait is cut into pieces, so that a wall clock set forward, or a machine that slept, is noticed within this time.
const LONGEST_NAP: Duration = Duration::from_secs(30);

#[expect(clippy::disallowed_methods, reason = "the one place where the clock of the machine is read")]
impl Time for SystemTime {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep_until(&self, at: Timestamp) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            loop {
                match Duration::try_from(at.duration_since(Timestamp::now())) {
                    Ok(left) if !left.is_zero() => tokio::time::sleep(left.min(LONGEST_NAP)).await,
                    _ => return,
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[tokio::test]
    async fn a_past_moment_is_no_wait() {
        let clock = Clock::system();
        clock.sleep_until(at(0)).await;
        clock.sleep(Duration::ZERO).await;
        clock.sleep(Duration::from_millis(2)).await;
    }

    #[tokio::test]
    async fn what_is_ready_wins_over_a_time_out_that_is_due() {
        let clock = Clock::system();
        assert_eq!(clock.within(Duration::ZERO, async { 7 }).await, Some(7));
        assert_eq!(clock.within(Duration::from_millis(1), std::future::pending::<()>()).await, None);
    }

    #[test]
    fn the_end_of_time_is_no_panic() {
        assert_eq!(after(at(0), Duration::MAX), Timestamp::MAX);
        assert_eq!(after(Timestamp::MAX, Duration::from_secs(1)), Timestamp::MAX);
        assert_eq!(after(at(1), Duration::from_secs(1)), at(2));
    }
}
