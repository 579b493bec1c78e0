//! Generated lives: every command, by the author and by others, from any stage on.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::*;

use crate::domain::answers::Question;
use crate::domain::approval::Weight;
use crate::domain::command::Command;
use crate::domain::decide::Answer;
use crate::domain::draft::WINDOWS_KEPT;
use crate::domain::ids::UserId;
use crate::domain::life::Life;
use crate::domain::posting::Slot;
use crate::domain::scope::{DueKind, Posted, Stage};

use super::stages::{STAGES, command, rows};
use super::story::*;

#[derive(Debug, Clone)]
enum Turn {
    /// A row of the table of commands, by the author or by Rita.
    Wish {
        row: usize,
        by: &'static str,
    },
    /// The five questions answered at once.
    Completes,
    /// One field typed in one of ten windows.
    Types {
        window: usize,
        text: &'static str,
    },
    Opens {
        window: usize,
    },
    Edits,
    /// A review as the bot would make it.
    Reviews,
    /// Post by a number that some screen may show.
    Posts {
        back: u32,
    },
    /// The draft or edit is thrown away.
    Discards,
    Passes {
        days: u64,
    },
}

/// More than are remembered.
const WINDOWS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// The command of a row of the table.
fn row_of(row: usize) -> &'static str {
    rows().nth(row).unwrap()[0]
}

fn turn() -> impl Strategy<Value = Turn> {
    let by = prop_oneof![4 => Just(ADA), 1 => Just(RITA)];
    let text = prop_oneof![Just(""), Just("Streams payments"), Just("Settles payouts")];
    // A draft is seldom thrown away, or no life would be long.
    let row = (0..rows().count()).prop_filter("thrown away by a turn of its own", |row| row_of(*row) != "discard");
    prop_oneof![
        8 => (row, by).prop_map(|(row, by)| Turn::Wish { row, by }),
        1 => Just(Turn::Completes),
        5 => (0..WINDOWS.len(), text).prop_map(|(window, text)| Turn::Types { window, text }),
        2 => (0..WINDOWS.len()).prop_map(|window| Turn::Opens { window }),
        3 => Just(Turn::Edits),
        6 => Just(Turn::Reviews),
        6 => prop_oneof![3 => Just(0u32), 1 => 1..4u32].prop_map(|back| Turn::Posts { back }),
        1 => Just(Turn::Discards),
        1 => (0..10u64).prop_map(|days| Turn::Passes { days }),
    ]
}

/// What each number of a review showed, in order to see that it never means anything else.
type Reviews = BTreeMap<u32, [String; 3]>;

fn take(story: &mut Story, turn: &Turn, seconds: u64) {
    let whole = story.scope.draft().is_some_and(|draft| draft.answers.missing().is_empty());
    story.effects.clear();
    story.deeds.clear();
    match *turn {
        Turn::Wish { row, by } => {
            let command = command(row_of(row), user(by), story);
            story.wish(command);
        }
        Turn::Completes => {
            for (question, text) in FIVE {
                story.types(question, text, seconds);
            }
        }
        Turn::Types { window, text } => drop(story.types_in(WINDOWS[window], Question::System, text, seconds)),
        Turn::Opens { window: index } => {
            story.wish(Command::Open { by: user(ADA), window: window(WINDOWS[index]), at: at(seconds) });
        }
        Turn::Edits => drop(story.edit()),
        Turn::Reviews if whole => drop(story.review()),
        Turn::Reviews => {}
        Turn::Posts { back } => {
            let newest = match &story.scope.stage {
                Stage::Draft(draft) => draft.reviews,
                Stage::Posted(posted) => posted.edit.as_ref().map_or(posted.reviews, |edit| edit.reviews),
                Stage::Ended(_) => 1,
            };
            story.post(newest.saturating_sub(back));
        }
        Turn::Discards => drop(story.discard(ADA)),
        Turn::Passes { days } => drop(story.passes(Duration::from_secs(days * 24 * 3600))),
    }
}

fn holds(before: &Story, after: &Story, reviews: &mut Reviews) {
    let committed = after.scope.stage != before.scope.stage || after.scope.due != before.scope.due;
    assert!(committed || !after.deeds.is_empty() || after.effects.is_empty(), "said, not committed");
    if let Stage::Ended(ending) = before.scope.stage {
        assert_eq!(after.scope.stage, Stage::Ended(ending), "what is over stays over");
        assert!(after.holds_no_text());
    }
    if let Some(draft) = after.scope.draft() {
        assert!(draft.windows.len() <= WINDOWS_KEPT, "windows stay few");
        if let Some(candidate) = &draft.candidate {
            let known = reviews.entry(candidate.number).or_insert_with(|| candidate.sentences.clone());
            assert_eq!(*known, candidate.sentences, "a number never comes to mean another text");
        }
    }
    match (before.scope.posted(), after.scope.posted()) {
        (Some(old), Some(new)) => {
            let (old, new): (&Posted, &Posted) = (old, new);
            let next = new.shown.revision == old.shown.revision.next();
            assert!(next || new.shown.revision == old.shown.revision, "revisions count by one");
            assert!(!next || matches!(after.answer, Answer::Posted(_)), "only posting makes a revision");
        }
        (Some(_), None) => panic!("what is posted stays posted"),
        (None, Some(_)) => assert!(matches!(after.answer, Answer::Posted(_))),
        (None, None) => {}
    }
    if let Some(posted) = after.scope.posted() {
        let confirmed = reviews.get(&posted.shown.candidate);
        assert_eq!(confirmed, Some(&posted.shown.sentences), "what is shown was confirmed under its number");
        let expires = [DueKind::Reminder, DueKind::Expiry].iter().any(|kind| after.scope.due.contains_key(kind));
        assert!(!expires, "what is posted does not expire");
        holds_of_the_search(before, after, posted);
    }
}

/// What the search promises, whatever is wished in whatever order.
fn holds_of_the_search(before: &Story, after: &Story, posted: &Posted) {
    let nudges = after.scope.due.contains_key(&DueKind::Nudge);
    assert!(!nudges || posted.waits_for_approval(), "nobody is reminded of what does not wait for them");
    assert!(posted.nudges <= 2, "reminders end");
    let starts = after.scope.due.contains_key(&DueKind::BeforeStart);
    assert!(!starts || matches!(posted.life, Life::Filled { .. }), "only somebody who is hired starts");
    assert!(posted.life.claimed().is_none_or(|(who, _)| *who != after.scope.author), "nobody takes their own");
    let standing = posted.approval.standing(posted.shown.revision);
    assert!(!standing.contains(&after.scope.author), "nobody approves their own");
    let Some(old) = before.scope.posted() else { return };
    if old.life.is_over() && posted.life.is_over() {
        assert_eq!(posted.shown, old.shown, "what is over is not changed");
        // Marks that waited since before the end are decided still.
        let approves =
            |who: &&UserId| old.approval.marks.iter().any(|((by, _), one)| by == *who && one.weight != Weight::Taken);
        assert!(standing.iter().all(approves), "what is over is not approved any more");
    }
    let first = matches!(posted.life, Life::Filled { .. }) && !matches!(old.life, Life::Filled { .. });
    if first {
        assert!(posted.posting.thirty_days != Slot::Empty, "the plan follows the hire");
    }
}

proptest! {
    #[test]
    fn no_life_of_a_scope_posts_what_nobody_confirmed_or_comes_back_from_its_end(
        (_, begin) in prop::sample::select(STAGES.as_slice()),
        turns in prop::collection::vec(turn(), 1..80),
    ) {
        let mut story = begin();
        let mut reviews = Reviews::new();
        if let Some(posted) = story.scope.posted() {
            reviews.insert(posted.shown.candidate, posted.shown.sentences.clone());
        }
        if let Some(candidate) = story.scope.draft().and_then(|draft| draft.candidate.as_ref()) {
            reviews.insert(candidate.number, candidate.sentences.clone());
        }
        for (index, turn) in turns.iter().enumerate() {
            let before = story.clone();
            take(&mut story, turn, 5_000 + index as u64);
            if !matches!(turn, Turn::Passes { .. } | Turn::Completes) {
                holds(&before, &story, &mut reviews);
            }
        }
    }
}
