//! Slack may bring the same thing twice at the same moment. Its leave to open a window is good for one of them; the other
//! must not tell a person that the form did not open.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::intent::Trigger;

/// Leaves remembered. They live three seconds, so the newest are enough.
const REMEMBERED: usize = 2048;

/// Slack's leaves that this process has used. What came in before a restart is known by its key.
#[derive(Debug, Default)]
pub struct Leaves(Mutex<VecDeque<Trigger>>);

impl Leaves {
    /// Whether this is the first use.
    pub(super) fn is_first(&self, trigger: &Trigger) -> bool {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The newest first: a second use comes right after the first.
        if used.iter().rev().any(|known| known == trigger) {
            return false;
        }
        if used.len() >= REMEMBERED {
            used.pop_front();
        }
        used.push_back(trigger.clone());
        true
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
    }
}
