//! Somebody's scopes are deleted at their wish.

use std::time::Duration;

use super::story::*;
use crate::domain::audit::Deed;
use crate::domain::command::{Command, Delivered};
use crate::domain::decide::{Answer, Decision, Refusal, forgotten};
use crate::domain::ids::{MessageTs, Revision};
use crate::domain::life::{Hire, Step};
use crate::domain::policy::Policy;
use crate::domain::posting::Piece;
use crate::domain::scope::{DueKind, Ending, Stage};

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

#[test]
fn a_closed_scope_is_kept_for_so_long_and_a_filled_one_from_the_first_day_on() {
    let year = Duration::from_secs(365 * 24 * 3600);
    let keeping = || Story::shown_under(Policy { closed_kept: Some(year), ..policy() });
    let mut story = keeping();
    story.steps(ADA, Step::Close(None));
    assert_eq!(story.scope.due[&DueKind::Retention], story.now.checked_add(year).unwrap());
    story.passes(year - Duration::from_secs(1)).due(DueKind::Retention);
    assert!(!story.holds_no_text(), "not yet");
    story.passes(Duration::from_secs(1)).due(DueKind::Retention);
    assert_eq!((&story.scope.stage, &story.deeds[..]), (&Stage::Ended(Ending::Lapsed), &[Deed::Lapsed][..]));
    assert_eq!(story.followed().len(), 0, "what stands in Slack stays");

    let mut hired = keeping();
    let starts = "1980-01-01".parse().unwrap();
    hired.steps(ADA, Step::Fill(Hire { name: None, starts: Some(starts) }));
    let start = Hire { name: None, starts: Some(starts) }.start().unwrap();
    assert_eq!(hired.scope.due[&DueKind::Retention], start.checked_add(year).unwrap());
    hired.steps(ADA, Step::Reopen);
    assert!(!hired.scope.due.contains_key(&DueKind::Retention), "it had not ended after all");

    let mut kept = Story::shown();
    kept.steps(ADA, Step::Close(None));
    assert!(!kept.scope.due.contains_key(&DueKind::Retention), "kept for ever");
}
