//! What is good once. Slack may bring the same thing twice at the same moment: its leave to open a window is good for one of
//! them, and the other must not tell a person that the form did not open.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::intent::Trigger;

/// Remembered at most. Leaves live three seconds, so the newest are enough.
const REMEMBERED: usize = 2048;

/// What this process has used. What came in before a restart is known by its key.
#[derive(Debug)]
pub struct Once<T>(Mutex<VecDeque<T>>);

/// Slack's leaves to open a window.
pub type Leaves = Once<Trigger>;

impl<T> Default for Once<T> {
    fn default() -> Self {
        Once(Mutex::default())
    }
}

impl<T: PartialEq + Clone> Once<T> {
    /// Whether this is the first use.
    pub(super) fn is_first(&self, one: &T) -> bool {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The newest first: a second use comes right after the first.
        if used.iter().rev().any(|known| known == one) {
            return false;
        }
        if used.len() >= REMEMBERED {
            used.pop_front();
        }
        used.push_back(one.clone());
        true
    }

    /// How many are remembered.
    pub(super) fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leave_is_good_once_and_forgotten_after_many_others() {
        let leaves = Leaves::default();
        let leave = |n: usize| Trigger(format!("{n}"));
        assert!(leaves.is_first(&leave(0)));
        assert!(!leaves.is_first(&leave(0)));
        assert!((1..=REMEMBERED).all(|n| leaves.is_first(&leave(n))));
        assert!(!leaves.is_first(&leave(REMEMBERED)));
        assert!(leaves.is_first(&leave(0)));
        assert_eq!(leaves.len(), REMEMBERED);
    }
}
