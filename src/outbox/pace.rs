//! How fast: about one message a second and channel, as Slack documents, and the pauses that Slack asks for.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::ambient::Clock;
use crate::domain::ids::Timestamp;
use crate::store::RowId;

use super::mouth::To;

/// Between two messages to one channel. Source: slack-platform, "about 1 message/s per channel".
const BETWEEN: Duration = Duration::from_secs(1);
/// Channels remembered; beyond it those whose turn has passed are forgotten.
const REMEMBERED: usize = 1024;
/// A turn that was not taken for so long is not waited for.
const MISSED: Duration = Duration::from_secs(60);

/// Whose turn it is in each channel.
pub(super) struct Pace {
    clock: Clock,
    lines: Mutex<HashMap<String, Line>>,
}

/// One channel: who waits has a turn of its own, so that a thousand rows are told once each when to come, rather than all
/// of them every second.
#[derive(Default)]
struct Line {
    /// When something was last let through.
    last: Option<Timestamp>,
    /// The first moment that is nobody's.
    free_at: Timestamp,
    /// Turns given out and not taken yet.
    turns: BTreeMap<RowId, Timestamp>,
}

impl Pace {
    pub(super) fn new(clock: Clock) -> Self {
        Pace { clock, lines: Mutex::new(HashMap::new()) }
    }

    /// Takes the turn of this row in its channel, or says when it comes: nothing is held in hand meanwhile.
    pub(super) fn turn(&self, to: &To, row: RowId) -> Result<(), Timestamp> {
        let now = self.clock.now();
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() > REMEMBERED {
            lines.retain(|_, line| line.free_at > now);
        }
        let line = lines.entry(key(to)).or_default();
        // A row that did not come was settled otherwise.
        line.turns.retain(|id, at| *id == row || after(*at, MISSED) > now);
        let turn = line.turns.remove(&row).unwrap_or_else(|| {
            let turn = line.free_at.max(now);
            line.free_at = after(turn, BETWEEN);
            turn
        });
        // One that comes late must not be followed at once by one that comes in time.
        let turn = turn.max(line.last.map_or(Timestamp::MIN, |last| after(last, BETWEEN)));
        if turn > now {
            line.turns.insert(row, turn);
            return Err(turn);
        }
        line.last = Some(now);
        Ok(())
    }

    /// Slack asks for a pause in this channel: every turn comes so much later.
    pub(super) fn pause(&self, to: &To, pause: Duration) {
        let until = after(self.clock.now(), pause);
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let line = lines.entry(key(to)).or_default();
        let mut waiting: Vec<(Timestamp, RowId)> = line.turns.iter().map(|(row, at)| (*at, *row)).collect();
        waiting.sort_unstable();
        let mut next = until;
        for (at, row) in waiting {
            let turn = at.max(next);
            line.turns.insert(row, turn);
            next = after(turn, BETWEEN);
        }
        line.free_at = line.free_at.max(next);
    }
}

fn after(at: Timestamp, time: Duration) -> Timestamp {
    at.checked_add(time).unwrap_or(Timestamp::MAX)
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

    fn time() -> TestClock {
        TestClock::at(Timestamp::from_second(1_700_000_000).unwrap())
    }
    fn channel(id: &str) -> To {
        To::Channel(ChannelId::parse(id).unwrap())
    }
    fn second(n: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + n).unwrap()
    }

    #[test]
    fn repeats_of_what_is_in_doubt_grow_rarer() {
        let minutes: Vec<u64> = [0, 1, 2, 3, 4, 500].map(|attempt| next_repeat(attempt).as_secs() / 60).to_vec();
        assert_eq!(minutes, [1, 1, 2, 4, 5, 5]);
    }

    #[test]
    fn two_messages_to_one_channel_are_a_second_apart_and_other_channels_do_not_wait() {
        let (time, one, two) = (time(), channel("C1"), channel("C2"));
        let pace = Pace::new(time.clock());
        pace.turn(&one, RowId(1)).unwrap();
        pace.turn(&two, RowId(2)).unwrap();
        assert_eq!(pace.turn(&one, RowId(3)), Err(second(1)));
        time.advance(BETWEEN);
        pace.turn(&one, RowId(3)).unwrap();
        pace.pause(&one, Duration::from_secs(60));
        time.advance(BETWEEN);
        assert_eq!(pace.turn(&one, RowId(4)), Err(second(61)));
        assert_eq!(pace.turn(&two, RowId(5)), Ok(()));
    }

    #[test]
    fn each_that_waits_is_told_its_own_turn_once() {
        let (time, one) = (time(), channel("C1"));
        let pace = Pace::new(time.clock());
        pace.turn(&one, RowId(0)).unwrap();
        for row in 1..=5 {
            assert_eq!(pace.turn(&one, RowId(row)), Err(second(row as i64)), "its place in the line");
            assert_eq!(pace.turn(&one, RowId(row)), Err(second(row as i64)), "asking again changes nothing");
        }
        time.advance(BETWEEN);
        assert_eq!(pace.turn(&one, RowId(6)), Err(second(6)), "who comes later takes nobody's turn");
        pace.turn(&one, RowId(1)).unwrap();
    }

    #[test]
    fn a_turn_taken_late_moves_the_next_one_and_a_pause_moves_all() {
        let (time, one) = (time(), channel("C1"));
        let pace = Pace::new(time.clock());
        pace.turn(&one, RowId(0)).unwrap();
        for row in 1..=3 {
            pace.turn(&one, RowId(row)).unwrap_err();
        }
        time.advance(Duration::from_millis(1900));
        pace.turn(&one, RowId(1)).unwrap();
        time.advance(Duration::from_millis(100));
        assert!(pace.turn(&one, RowId(2)).is_err(), "a tenth of a second after the one before it");
        pace.pause(&one, Duration::from_secs(10));
        assert_eq!(pace.turn(&one, RowId(3)), Err(second(13)));
        assert_eq!(pace.turn(&one, RowId(2)), Err(second(12)));
        time.advance(Duration::from_secs(10));
        pace.turn(&one, RowId(2)).unwrap();
    }

    #[test]
    fn a_turn_that_nobody_takes_is_forgotten() {
        let (time, one) = (time(), channel("C1"));
        let pace = Pace::new(time.clock());
        pace.turn(&one, RowId(0)).unwrap();
        pace.turn(&one, RowId(1)).unwrap_err();
        time.advance(Duration::from_secs(90));
        pace.turn(&one, RowId(2)).unwrap();
        assert_eq!(pace.lines.lock().unwrap()["C1"].turns.len(), 0);
    }
}
