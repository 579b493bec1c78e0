//! What has to be looked after, and when: the wishes that the loop in `looking` works through. In memory: a start begins
//! a round of its own.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::domain::ids::{ScopeId, Timestamp};
use crate::store::Place;

/// A message that nobody knows is asked about after this: by then Slack's answer to its post has mostly come.
const STRAY_AFTER: Duration = Duration::from_secs(3);
/// Scopes and messages that may wait to be looked at; beyond it the next round finds them.
pub(super) const WAITING_KEPT: usize = 1000;
/// Messages remembered as none of the bot's summaries.
const STRANGERS_KEPT: usize = 1000;
/// Nothing came in for so long: something may have been missed.
const SILENCE: Duration = Duration::from_secs(3600);

/// How far a round goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// By what is known: channels and people.
    Known,
    /// Slack is asked about each summary.
    Slack,
}

/// In which order the pages of a round are asked about, 0 being the newest: those from the newest on by turns with those from
/// a place that chance gives. However often a round is broken off, the newest come first and every page has its day.
pub(super) fn order_of(pages: usize, chance: u64) -> impl Iterator<Item = usize> {
    let from = usize::try_from(chance % (pages.max(1) as u64)).unwrap_or_default();
    let by_turns = (0..pages).flat_map(move |at| [at, (from + at) % pages]);
    let mut seen = BTreeSet::new();
    by_turns.filter(move |at| seen.insert(*at))
}

/// A message that nobody knows, and when to ask about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StrayPlace {
    /// Which.
    pub place: Place,
    /// Ask from then on.
    pub due: Timestamp,
    /// Asked so often.
    pub asked: u32,
}

/// The wishes.
#[derive(Debug, Default)]
pub struct Rounds {
    wishes: Mutex<Wishes>,
    wake: Notify,
}

#[derive(Debug, Default)]
struct Wishes {
    round: Option<Depth>,
    scopes: VecDeque<ScopeId>,
    strays: VecDeque<StrayPlace>,
    strangers: VecDeque<Place>,
    heard: Option<Timestamp>,
}

impl Rounds {
    fn wishes(&self) -> MutexGuard<'_, Wishes> {
        self.wishes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A round over all that is posted.
    pub fn wish(&self, depth: Depth) {
        let mut wishes = self.wishes();
        wishes.round = wishes.round.max(Some(depth));
        drop(wishes);
        self.wake.notify_one();
    }

    /// One scope, soon.
    pub fn look(&self, scope: ScopeId) {
        let mut wishes = self.wishes();
        if wishes.scopes.len() < WAITING_KEPT && !wishes.scopes.contains(&scope) {
            wishes.scopes.push_back(scope);
        }
        drop(wishes);
        self.wake.notify_one();
    }

    /// Somebody reacted to a message that no scope knows.
    pub(super) fn stray(&self, place: Place, now: Timestamp) {
        let mut wishes = self.wishes();
        let known = wishes.strangers.contains(&place) || wishes.strays.iter().any(|stray| stray.place == place);
        if !known && wishes.strays.len() < WAITING_KEPT {
            let due = now.checked_add(STRAY_AFTER).unwrap_or(Timestamp::MAX);
            wishes.strays.push_back(StrayPlace { place, due, asked: 0 });
        }
        drop(wishes);
        self.wake.notify_one();
    }

    /// Something came in from Slack. After a long silence something may have been missed.
    pub(super) fn heard(&self, now: Timestamp) {
        let before = self.wishes().heard.replace(now);
        let silence = before.and_then(|before| Duration::try_from(now.duration_since(before)).ok());
        if silence.is_some_and(|silence| silence > SILENCE) {
            self.wish(Depth::Slack);
        }
    }

    pub(super) fn next_round(&self) -> Option<Depth> {
        self.wishes().round.take()
    }

    pub(super) fn next_scope(&self) -> Option<ScopeId> {
        self.wishes().scopes.pop_front()
    }

    /// The first message that may be asked about now.
    pub(super) fn next_stray(&self, now: Timestamp) -> Option<StrayPlace> {
        let mut wishes = self.wishes();
        let at = wishes.strays.iter().position(|stray| stray.due <= now)?;
        wishes.strays.remove(at)
    }

    /// Asked in vain; again later.
    pub(super) fn stray_again(&self, stray: StrayPlace) {
        self.wishes().strays.push_back(stray);
    }

    /// This message is no summary; nobody asks about it again.
    pub(super) fn stranger(&self, place: Place) {
        let mut wishes = self.wishes();
        if wishes.strangers.len() >= STRANGERS_KEPT {
            wishes.strangers.pop_front();
        }
        wishes.strangers.push_back(place);
    }

    /// When the next message may be asked about.
    pub(super) fn next_due(&self) -> Option<Timestamp> {
        self.wishes().strays.iter().map(|stray| stray.due).min()
    }

    /// Resolves when something is wished for.
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{ChannelId, MessageTs};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }
    fn place(n: u32) -> Place {
        Place { channel: ChannelId::parse("C1").unwrap(), ts: MessageTs::parse(&format!("1.{n:06}")).unwrap() }
    }

    #[test]
    fn a_round_asks_about_every_page_once_the_newest_first() {
        for (pages, chance) in [(0, 7), (1, 7), (2, 7), (5, 3), (9, 0)] {
            let order: Vec<usize> = order_of(pages, chance).collect();
            assert_eq!(order.first().copied().unwrap_or_default(), 0, "{order:?}");
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..pages).collect::<Vec<_>>(), "{order:?}");
        }
        assert_eq!(order_of(5, 3).collect::<Vec<_>>(), [0, 3, 1, 4, 2]);
    }

    #[test]
    fn rounds_that_are_broken_off_again_and_again_leave_no_page_out() {
        let random = crate::ambient::Random::from_seed(5);
        let mut asked = BTreeSet::new();
        for _ in 0..200 {
            let begun: Vec<usize> = order_of(40, random.u64()).take(4).collect();
            assert!(begun.contains(&0) && begun.len() == 4, "{begun:?}");
            asked.extend(begun);
        }
        assert_eq!(asked.len(), 40);
    }

    #[test]
    fn an_hour_of_silence_is_followed_by_a_round() {
        let rounds = Rounds::default();
        for (second, wanted) in [(0, None), (3600, None), (7201, Some(Depth::Slack)), (7300, None)] {
            rounds.heard(at(second));
            assert_eq!(rounds.next_round(), wanted, "at {second}");
        }
    }

    #[test]
    fn a_deeper_wish_is_not_forgotten_for_a_lesser_one() {
        let rounds = Rounds::default();
        rounds.wish(Depth::Slack);
        rounds.wish(Depth::Known);
        assert_eq!(rounds.next_round(), Some(Depth::Slack));
        assert_eq!(rounds.next_round(), None);
    }

    #[test]
    fn a_stray_is_asked_about_later_once_and_a_stranger_never_again() {
        let rounds = Rounds::default();
        rounds.stray(place(1), at(10));
        rounds.stray(place(1), at(11));
        assert_eq!(rounds.next_due(), Some(at(13)));
        assert_eq!(rounds.next_stray(at(12)), None);
        assert_eq!(rounds.next_stray(at(13)).map(|stray| stray.place), Some(place(1)));
        assert_eq!(rounds.next_stray(at(99)), None);
        rounds.stranger(place(1));
        rounds.stray(place(1), at(20));
        assert_eq!(rounds.next_due(), None);
    }
}
