//! Somebody's scopes are deleted at their wish.

use super::story::*;
use crate::domain::audit::Deed;
use crate::domain::command::{Command, Delivered};
use crate::domain::decide::{Answer, Decision, Refusal, forgotten};
use crate::domain::ids::{MessageTs, Revision};
use crate::domain::posting::Piece;
use crate::domain::scope::{Ending, Stage};

/// Ada's scope is deleted.
fn forget(story: &mut Story) {
    let Decision { scope, effects, audit, answer } = forgotten(story.scope.clone(), Some(&user(ADA)), story.now);
    story.scope = scope;
    story.effects = effects;
    story.deeds = audit.into_iter().map(|row| row.deed).collect();
    story.answer = answer;
}

#[test]
fn a_draft_goes_and_who_did_it_is_remembered() {
    let mut story = Story::complete();
    forget(&mut story);
    assert_eq!(story.scope.stage, Stage::Ended(Ending::Erased));
    assert_eq!((story.followed().len(), &story.deeds[..], &story.answer), (0, &[Deed::Erased][..], &Answer::Done));
    assert!(story.scope.due.is_empty());
    forget(&mut story);
    assert_eq!((story.deeds.len(), &story.answer), (0, &Answer::Same), "a second time there is nothing to do");
}

#[test]
fn the_messages_of_a_posted_scope_are_taken_back() {
    let mut story = Story::shown();
    let ts = MessageTs::parse("2100.000000").unwrap();
    let (channel, revision) = (channel(HIRING), Revision::FIRST);
    story.wish(Command::Delivered(Delivered::Shown { piece: Piece::Kit, channel, ts, revision }));
    forget(&mut story);
    assert_eq!(story.followed(), ["retract CHIRING 2000.000000", "retract CHIRING 2100.000000"]);
    story.post(2);
    assert_eq!(story.answer, Answer::Refused(Refusal::Over(Ending::Erased)));
}

#[test]
fn a_message_whose_place_is_told_too_late_is_taken_back_as_well() {
    let mut story = Story::waiting();
    forget(&mut story);
    assert_eq!(story.followed().len(), 0, "Slack has shown nothing yet");
    story.is_shown(1, 2_000);
    assert_eq!(story.followed(), ["retract CHIRING 2000.000000"]);
    let mut discarded = Story::complete();
    discarded.discard(ADA);
    discarded.is_shown(1, 2_000);
    assert_eq!(discarded.followed().len(), 0, "only what was deleted is taken back");
}
