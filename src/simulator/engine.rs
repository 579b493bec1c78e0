//! The workspace at work: one lock around all that is known, a count of what is in flight, and the tasks that deliver.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::chance::Chance;
use super::delivery::{Parcel, Sockets};
use super::faults::Faults;
use super::limits::Limits;
use super::state::State;
use super::time::{Time, Wait, later};
use super::transcript::{EntryKind, Transcript};

/// All that is known, behind the one lock.
pub struct World {
    pub state: State,
    pub faults: Faults,
    pub limits: Limits,
    pub transcript: Transcript,
    pub chance: Chance,
    /// Events made by a change; they leave when the lock is given back.
    pub outgoing: Vec<Parcel>,
    /// Where the workspace is reached, without a trailing slash.
    pub base: String,
}

impl World {
    pub fn note(&mut self, now: Timestamp, kind: EntryKind, words: impl Into<String>, who: Option<&str>, raw: Value) {
        self.transcript.note(now, kind, words, who, raw);
    }
}

pub struct Engine {
    world: Mutex<World>,
    time: Arc<dyn Time>,
    version: watch::Sender<u64>,
    in_flight: watch::Sender<usize>,
    opened: watch::Sender<u64>,
    /// Deliveries handed over so far: whoever is held back waits for the next.
    delivered: watch::Sender<u64>,
    pub client: reqwest::Client,
    pub sockets: Sockets,
    pub closing: CancellationToken,
}

impl Engine {
    #[must_use]
    pub fn new(world: World, time: Arc<dyn Time>, client: reqwest::Client) -> Arc<Engine> {
        Arc::new(Engine {
            world: Mutex::new(world),
            time,
            version: watch::Sender::new(1),
            in_flight: watch::Sender::new(0),
            opened: watch::Sender::new(0),
            delivered: watch::Sender::new(0),
            client,
            sockets: Sockets::default(),
            closing: CancellationToken::new(),
        })
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.time.now()
    }

    #[must_use]
    pub fn time(&self) -> &dyn Time {
        self.time.as_ref()
    }

    /// A wait of that length from now.
    #[must_use]
    pub fn sleep(&self, length: Duration) -> Wait {
        self.time.sleep_until(later(self.time.now(), length))
    }

    /// Looks at the world and leaves it as it is.
    pub fn look<R>(&self, with: impl FnOnce(&World) -> R) -> R {
        with(&self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the world, tells whoever watches, and sends out the events the change made.
    pub fn change<R>(self: &Arc<Engine>, with: impl FnOnce(&mut World) -> R) -> R {
        let (result, outgoing) = {
            let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
            let result = with(&mut world);
            (result, std::mem::take(&mut world.outgoing))
        };
        for parcel in outgoing {
            let flight = self.take_off();
            let engine = Arc::clone(self);
            self.spawn(async move {
                engine.deliver(parcel, flight).await;
            });
        }
        self.version.send_modify(|version| *version += 1);
        result
    }

    /// A task that ends with the workspace.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let closing = self.closing.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = task => {}
                () = closing.cancelled() => {}
            }
        });
    }

    /// Counts something as in flight until the guard is dropped.
    #[must_use]
    pub fn take_off(self: &Arc<Engine>) -> Flight {
        self.in_flight.send_modify(|count| *count += 1);
        Flight(Arc::clone(self))
    }

    #[must_use]
    pub fn in_flight(&self) -> usize {
        *self.in_flight.borrow()
    }

    /// Resolves when no delivery and no call is in flight. What waits for the clock (a retry in a minute) is not in flight.
    pub async fn quiet(&self) {
        let mut count = self.in_flight.subscribe();
        // Fails only when the engine is gone, and then all is quiet.
        let _ = count.wait_for(|count| *count == 0).await;
    }

    /// Whether no delivery and no call is in flight.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        *self.in_flight.borrow() == 0
    }

    #[must_use]
    pub fn version(&self) -> u64 {
        *self.version.borrow()
    }

    #[must_use]
    pub fn watch_version(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Tells answers held back for `views.open` that it has come.
    pub fn view_opened(self: &Arc<Engine>) {
        self.change(|world| world.faults.view_opened());
        self.opened.send_modify(|count| *count += 1);
    }

    /// Waits while a fault withholds the answer of this method.
    pub async fn while_withheld(&self, method: &str) {
        let mut opened = self.opened.subscribe();
        while self.look(|world| world.faults.withholds(method)) {
            if opened.changed().await.is_err() {
                return;
            }
        }
    }

    /// Lets answers go that a fault held back: it was healed.
    pub fn recheck_withheld(&self) {
        self.opened.send_modify(|count| *count += 1);
    }

    pub fn handed_over(&self) {
        self.delivered.send_modify(|count| *count += 1);
    }

    /// Resolves when the next delivery has been handed over.
    pub async fn next_handed_over(&self) {
        let mut delivered = self.delivered.subscribe();
        let seen = *delivered.borrow_and_update();
        let _ = delivered.wait_for(|count| *count > seen).await;
    }
}

/// Something in flight; landing is dropping it.
pub struct Flight(Arc<Engine>);

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.in_flight.send_modify(|count| *count = count.saturating_sub(1));
    }
}
