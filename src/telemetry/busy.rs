//! How much is in hand: a gauge for operators, and what a test waits on instead of sleeping.

use std::sync::Arc;

use tokio::sync::watch;

/// A count of what is in hand. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Busy(Arc<watch::Sender<usize>>);

impl Default for Busy {
    fn default() -> Self {
        Busy(Arc::new(watch::Sender::new(0)))
    }
}

/// One thing in hand, until it is dropped.
#[derive(Debug)]
pub struct InHand(Busy);

impl Busy {
    /// Takes one thing in hand.
    pub fn take(&self) -> InHand {
        self.0.send_modify(|count| *count += 1);
        InHand(self.clone())
    }
    /// How much is in hand.
    pub fn count(&self) -> usize {
        *self.0.borrow()
    }
    /// Tells of every change.
    pub fn watch(&self) -> watch::Receiver<usize> {
        self.0.subscribe()
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}
