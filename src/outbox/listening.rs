//! Since when Slack's events reach the bot, as far as it knows. A trace that Slack sent before may still be on its way, so
//! doubts count from then at the earliest.

use std::sync::{Mutex, PoisonError};

use crate::domain::ids::Timestamp;

/// Since when. Shared with whoever sees that a line was down and is up again.
#[derive(Debug)]
pub struct Listening(Mutex<Timestamp>);

impl Listening {
    /// Since now: the process starts.
    pub fn since(now: Timestamp) -> Self {
        Listening(Mutex::new(now))
    }

    /// Nothing could come in for a while, and now it can.
    pub fn again(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// When a doubt of that moment begins to count.
    pub(super) fn counts_from(&self, doubt: Timestamp) -> Timestamp {
        doubt.max(*self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubt_of_before_counts_from_the_moment_at_which_events_come_in_again() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let listening = Listening::since(at(100));
        assert_eq!(listening.counts_from(at(10)), at(100));
        assert_eq!(listening.counts_from(at(130)), at(130));
        listening.again(at(200));
        assert_eq!(listening.counts_from(at(130)), at(200));
    }
}
