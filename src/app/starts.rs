//! Drafts on their way to the disk. Their form opens beside the write, so that somebody may type into it before it is known
//! whether the draft is kept: whatever comes from there waits for that.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::domain::ids::ScopeId;

/// The drafts that are being written for the first time. At most one for each intent in hand.
#[derive(Debug, Default)]
pub struct Starts(Mutex<BTreeMap<ScopeId, watch::Receiver<()>>>);

/// One of them, until it is dropped: kept by then, or never.
pub(super) struct Starting<'s> {
    starts: &'s Starts,
    scope: ScopeId,
    _over: watch::Sender<()>,
}

impl Starts {
    fn all(&self) -> MutexGuard<'_, BTreeMap<ScopeId, watch::Receiver<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// This one is about to be written.
    pub(super) fn begin(&self, scope: ScopeId) -> Starting<'_> {
        let (over, wait) = watch::channel(());
        self.all().insert(scope.clone(), wait);
        Starting { starts: self, scope, _over: over }
    }

    /// Resolves when it is known whether this one is kept; at once where nothing is under way.
    pub(super) async fn over(&self, scope: &ScopeId) {
        let waited = self.all().get(scope).cloned();
        if let Some(mut waited) = waited {
            // Nothing is ever said: the sender goes away.
            let _gone = waited.changed().await;
        }
    }

    /// How many are under way.
    pub(super) fn len(&self) -> usize {
        self.all().len()
    }
}

impl Drop for Starting<'_> {
    fn drop(&mut self) {
        self.starts.all().remove(&self.scope);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn scope(n: u32) -> ScopeId {
        ScopeId::parse(&format!("01J9{n:022}")).unwrap()
    }

    #[tokio::test]
    async fn whoever_asks_for_a_draft_that_is_being_written_waits_and_nobody_else_does() {
        let starts = Arc::new(Starts::default());
        let starting = starts.begin(scope(1));
        starts.over(&scope(2)).await;
        let asked = tokio::spawn({
            let starts = Arc::clone(&starts);
            async move { starts.over(&scope(1)).await }
        });
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        assert!(!asked.is_finished());
        drop(starting);
        asked.await.unwrap();
        assert_eq!(starts.len(), 0);
        starts.over(&scope(1)).await;
    }
}
