//! A clock that stands still until it is told to move.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::{oneshot, watch};

use super::{Clock, Time, after};

/// Time in the hand of a test or a journey; clones share it.
///
/// Moving it wakes whoever is due, earliest first, each at its own moment. Waking makes a task ready, it does not run
/// it: who wants the woken to act before the next one wakes moves with [`TestClock::step`] and lets the runtime work
/// in between.
#[derive(Clone)]
pub struct TestClock(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    /// Counts the sleepers that ever came, so that a test can wait for one without sleeping itself.
    arrivals: watch::Sender<u64>,
}

struct State {
    now: Timestamp,
    arrived: u64,
    sleepers: BTreeMap<(Timestamp, u64), oneshot::Sender<()>>,
}

impl TestClock {
    /// Stands at `now`.
    pub fn at(now: Timestamp) -> Self {
        let state = Mutex::new(State { now, arrived: 0, sleepers: BTreeMap::new() });
        TestClock(Arc::new(Shared { state, arrivals: watch::Sender::new(0) }))
    }

    /// The clock to hand down.
    pub fn clock(&self) -> Clock {
        Clock::new(Arc::new(self.clone()))
    }

    /// Where it stands.
    pub fn now(&self) -> Timestamp {
        self.state().now
    }

    /// Moves forward by `duration`, waking all who are due on the way, in the order of their moments.
    pub fn advance(&self, duration: Duration) {
        self.advance_to(after(self.now(), duration));
    }

    /// Moves forward to `until`; never back.
    pub fn advance_to(&self, until: Timestamp) {
        while self.step(until).is_some() {}
    }

    /// Moves to the next moment at which somebody is due, if that is not after `until`, wakes those due then and names the
    /// moment; else moves to `until` and returns `None`.
    pub fn step(&self, until: Timestamp) -> Option<Timestamp> {
        let mut state = self.state();
        match state.next_due() {
            Some(due) if due <= until => {
                state.now = state.now.max(due);
                let later = state.sleepers.split_off(&(due, u64::MAX));
                let woken = std::mem::replace(&mut state.sleepers, later);
                drop(state);
                for sleeper in woken.into_values() {
                    let _gone_meanwhile = sleeper.send(());
                }
                Some(due)
            }
            _ => {
                state.now = state.now.max(until);
                None
            }
        }
    }

    /// When the next of those still waiting is due.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.state().next_due()
    }

    /// Resolves once somebody waits, with the moment at which the first is due.
    pub async fn until_asleep(&self) -> Timestamp {
        self.until_due_by(Timestamp::MAX).await
    }

    /// Resolves once somebody waits for a moment not after `limit`, with the first such moment.
    pub async fn until_due_by(&self, limit: Timestamp) -> Timestamp {
        let mut arrivals = self.0.arrivals.subscribe();
        loop {
            match self.next_due() {
                Some(due) if due <= limit => return due,
                _ => drop(arrivals.changed().await),
            }
        }
    }

    /// Resolves once somebody waits for exactly `due`.
    pub async fn until_asleep_till(&self, due: Timestamp) {
        let mut arrivals = self.0.arrivals.subscribe();
        while !self.state().waits_for(due) {
            drop(arrivals.changed().await);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next_due(&mut self) -> Option<Timestamp> {
        while self.sleepers.first_entry().is_some_and(|first| first.get().is_closed()) {
            self.sleepers.pop_first();
        }
        self.sleepers.first_key_value().map(|((due, _), _)| *due)
    }

    fn waits_for(&self, due: Timestamp) -> bool {
        self.sleepers.range((due, 0)..=(due, u64::MAX)).any(|(_, sleeper)| !sleeper.is_closed())
    }
}

impl Time for TestClock {
    fn now(&self) -> Timestamp {
        TestClock::now(self)
    }

    fn sleep_until(&self, at: Timestamp) -> BoxFuture<'static, ()> {
        let (wake, woken) = oneshot::channel();
        let mut state = self.state();
        if at <= state.now {
            return Box::pin(std::future::ready(()));
        }
        state.arrived += 1;
        let arrived = state.arrived;
        state.sleepers.insert((at, arrived), wake);
        drop(state);
        self.0.arrivals.send_replace(arrived);
        Box::pin(async move {
            if woken.await.is_err() {
                // The clock is gone: nobody will ever move it again.
                std::future::pending::<()>().await;
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
    async fn sleepers_wake_in_the_order_of_their_moments() {
        let test = TestClock::at(at(0));
        let clock = test.clock();
        let (say, mut heard) = tokio::sync::mpsc::unbounded_channel();
        for seconds in [30_u64, 10, 20] {
            let (sleep, say) = (clock.sleep(Duration::from_secs(seconds)), say.clone());
            tokio::spawn(async move {
                sleep.await;
                say.send(seconds).unwrap();
            });
        }
        assert_eq!(test.next_due(), Some(at(10)));
        test.advance(Duration::from_secs(25));
        assert_eq!((heard.recv().await, heard.recv().await), (Some(10), Some(20)));
        assert_eq!((test.now(), test.next_due()), (at(25), Some(at(30))));
        assert_eq!(test.step(at(100)), Some(at(30)));
        assert_eq!((heard.recv().await, test.now()), (Some(30), at(30)));
        assert_eq!((test.step(at(100)), test.now()), (None, at(100)));
    }

    #[tokio::test]
    async fn who_gave_up_waiting_is_not_due() {
        let test = TestClock::at(at(0));
        let clock = test.clock();
        assert_eq!(clock.within(Duration::from_secs(5), async { 1 }).await, Some(1));
        assert_eq!(test.next_due(), None);
        let late =
            tokio::spawn(async move { clock.within(Duration::from_secs(5), std::future::pending::<()>()).await });
        assert_eq!(test.until_asleep().await, at(5));
        test.until_asleep_till(at(5)).await;
        test.advance(Duration::from_secs(5));
        assert_eq!(late.await.unwrap(), None);
        test.advance_to(at(1));
        assert_eq!(test.now(), at(5));
    }
}
