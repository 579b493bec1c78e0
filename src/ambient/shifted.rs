//! The machine's clock, set forward by hand: for a demo in which days pass at the press of a button.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{BoxFuture, Either, select};
use jiff::Timestamp;
use tokio::sync::watch;

use super::{Clock, Time, after};

/// A clock that runs by itself and can be set forward. Clones show the same time.
#[derive(Clone)]
pub struct ShiftedClock(Arc<Shifted>);

struct Shifted {
    base: Clock,
    ahead: watch::Sender<Duration>,
}

impl ShiftedClock {
    /// As far ahead of `base` as it is set; not at all at first.
    pub fn over(base: Clock) -> Self {
        ShiftedClock(Arc::new(Shifted { base, ahead: watch::Sender::new(Duration::ZERO) }))
    }
    /// Sets it forward; whoever waits for a moment that has come now is woken.
    pub fn advance(&self, by: Duration) {
        self.0.ahead.send_modify(|ahead| *ahead = ahead.saturating_add(by));
    }
    /// As a source of time.
    pub fn clock(&self) -> Clock {
        Clock::new(Arc::new(self.clone()))
    }
}

impl Time for ShiftedClock {
    fn now(&self) -> Timestamp {
        after(self.0.base.now(), *self.0.ahead.borrow())
    }

    fn sleep_until(&self, at: Timestamp) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        let mut ahead = self.0.ahead.subscribe();
        Box::pin(async move {
            loop {
                ahead.mark_unchanged();
                let Ok(left) = Duration::try_from(at.duration_since(clock.now())) else { return };
                if left.is_zero() {
                    return;
                }
                let changed = Box::pin(ahead.changed());
                match select(clock.0.base.sleep(left), changed).await {
                    Either::Left(_) | Either::Right((Ok(()), _)) => {}
                    // Nobody can set it any more.
                    Either::Right((Err(_), sleeping)) => return sleeping.await,
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::TestClock;

    #[tokio::test]
    async fn setting_it_forward_wakes_who_is_due() {
        let base = TestClock::at(Timestamp::from_second(1_700_000_000).unwrap());
        let shifted = ShiftedClock::over(base.clock());
        let start = shifted.now();
        let hour = Duration::from_secs(3600);
        let waiting = tokio::spawn(shifted.clock().sleep(hour));
        shifted.advance(Duration::from_secs(60));
        assert!(!waiting.is_finished());
        shifted.advance(hour);
        waiting.await.unwrap();
        assert_eq!(shifted.now(), after(start, hour + Duration::from_secs(60)));
    }

    #[tokio::test]
    async fn it_runs_with_the_clock_beneath() {
        let base = TestClock::at(Timestamp::from_second(1_700_000_000).unwrap());
        let shifted = ShiftedClock::over(base.clock());
        let waiting = tokio::spawn(shifted.clock().sleep(Duration::from_secs(5)));
        base.until_asleep().await;
        base.advance(Duration::from_secs(5));
        waiting.await.unwrap();
    }
}
