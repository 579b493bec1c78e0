//! How fast: about one message a second and channel, as Slack documents, and the pauses that Slack asks for.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::ambient::Clock;
use crate::domain::ids::Timestamp;

use super::mouth::To;

/// Between two messages to one channel. Source: slack-platform, "about 1 message/s per channel".
const BETWEEN: Duration = Duration::from_secs(1);
/// Channels remembered; beyond it those whose turn has passed are forgotten.
const REMEMBERED: usize = 1024;

/// The next free moment of each channel.
pub(super) struct Pace {
    clock: Clock,
    free_at: Mutex<HashMap<String, Timestamp>>,
}

impl Pace {
    pub(super) fn new(clock: Clock) -> Self {
        Pace { clock, free_at: Mutex::new(HashMap::new()) }
    }

    /// Takes the turn of this channel, or says when it may come: nothing is held in hand meanwhile.
    pub(super) fn turn(&self, to: &To) -> Result<(), Timestamp> {
        let now = self.clock.now();
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        if free_at.len() > REMEMBERED {
            free_at.retain(|_, at| *at > now);
        }
        match free_at.get(&key(to)) {
            Some(at) if *at > now => Err(*at),
            _ => {
                free_at.insert(key(to), now.checked_add(BETWEEN).unwrap_or(Timestamp::MAX));
                Ok(())
            }
        }
    }

    /// Slack asks for a pause in this channel.
    pub(super) fn pause(&self, to: &To, pause: Duration) {
        let until = self.clock.now().checked_add(pause).unwrap_or(Timestamp::MAX);
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let at = free_at.entry(key(to)).or_insert(until);
        *at = (*at).max(until);
    }
}

fn key(to: &To) -> String {
    match to {
        To::Channel(id) => id.to_string(),
        To::Thread(place) => place.channel.to_string(),
        To::Person(id) => id.to_string(),
    }
}

/// The delay before the next try: 1, 2, 4 … seconds, 5 minutes at most, each between half and the whole of it.
/// `fraction` is from 0 to 1.
pub(super) fn next_attempt(attempts: u32, fraction: f64) -> Duration {
    let whole = Duration::from_secs(1u64 << attempts.saturating_sub(1).min(9)).min(Duration::from_secs(300));
    whole.mul_f64(0.5 + 0.5 * fraction.clamp(0.0, 1.0))
}

/// The delay before a message in doubt is said once more: 1, 2, 4 minutes, 5 at most. Each repeat may be one more in the
/// channel, so they grow rarer; and an outage may look like doubt, so they do not grow rare.
pub(super) fn next_repeat(attempts: u32) -> Duration {
    Duration::from_secs(60 << attempts.saturating_sub(1).min(3)).min(Duration::from_secs(300))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ambient::TestClock;
    use crate::domain::ids::ChannelId;

    #[test]
    fn delays_double_up_to_five_minutes() {
        let seconds: Vec<u64> = (1..=12).map(|attempt| next_attempt(attempt, 1.0).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        assert_eq!(next_attempt(1, 0.0), Duration::from_millis(500));
    }

    #[test]
    fn repeats_of_what_is_in_doubt_grow_rarer() {
        let minutes: Vec<u64> = [0, 1, 2, 3, 4, 500].map(|attempt| next_repeat(attempt).as_secs() / 60).to_vec();
        assert_eq!(minutes, [1, 1, 2, 4, 5, 5]);
    }

    #[test]
    fn two_messages_to_one_channel_are_a_second_apart_and_other_channels_do_not_wait() {
        let time = TestClock::at(Timestamp::from_second(1_700_000_000).unwrap());
        let pace = Pace::new(time.clock());
        let one = To::Channel(ChannelId::parse("C1").unwrap());
        let two = To::Channel(ChannelId::parse("C2").unwrap());
        pace.turn(&one).unwrap();
        pace.turn(&two).unwrap();
        assert_eq!(pace.turn(&one), Err(Timestamp::from_second(1_700_000_001).unwrap()));
        time.advance(BETWEEN);
        pace.turn(&one).unwrap();
        pace.pause(&one, Duration::from_secs(60));
        time.advance(BETWEEN);
        assert!(pace.turn(&one).is_err());
    }
}
