//! The machine's own time: a bench measures nothing else.
#![expect(clippy::disallowed_methods, reason = "a bench measures the time of the machine")]

use std::time::{Duration, Instant, SystemTime};

/// A stop watch.
#[derive(Debug, Clone, Copy)]
pub struct Watch(Instant);

impl Watch {
    pub fn start() -> Self {
        Watch(Instant::now())
    }
    pub fn so_far(&self) -> Duration {
        self.0.elapsed()
    }
}

/// Since 1970.
pub fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

/// Waits.
pub async fn nap(time: Duration) {
    tokio::time::sleep(time).await;
}

/// What comes within the time.
pub async fn within<F: Future>(time: Duration, future: F) -> Option<F::Output> {
    tokio::time::timeout(time, future).await.ok()
}
