//! One at a time for each scope: many reactions to one summary wait in line instead of outdating each other.
//!
//! The store's versions decide between processes; within one process a line is kinder than a race.

use tokio::sync::{Mutex, MutexGuard};

use crate::domain::digest::digest;
use crate::domain::ids::ScopeId;

/// Lines; scopes share one rarely, and then only wait a little longer.
const LINES: usize = 256;

/// The lines of one process.
pub struct Queues(Vec<Mutex<()>>);

impl Default for Queues {
    fn default() -> Self {
        Queues((0..LINES).map(|_| Mutex::new(())).collect())
    }
}

impl Queues {
    /// Waits for the turn of this scope; first come, first served.
    pub(super) async fn turn(&self, scope: &ScopeId) -> Option<MutexGuard<'_, ()>> {
        let lines = u64::try_from(self.0.len()).unwrap_or(u64::MAX).max(1);
        let line = usize::try_from(digest(scope.as_str().as_bytes()) % lines).unwrap_or_default();
        Some(self.0.get(line)?.lock().await)
    }
}
