//! What the outbox reports, and what it changes.

use crate::domain::answers::Question;
use crate::domain::audit::Deed;
use crate::domain::command::{Command, Delivered};
use crate::domain::decide::Answer;
use crate::domain::ids::Revision;
use crate::domain::posting::{Piece, Slot};

use super::story::*;

#[test]
fn the_first_showing_sets_the_fence_and_makes_the_scope_found() {
    let mut story = Story::waiting();
    assert_eq!(story.scope.summary_place(), None);
    story.is_shown(1, 2_000);
    assert_eq!(story.posted().approval.fence, Some(at(2_000)));
    let place = story.scope.summary_place().map(|(channel, ts)| (channel.as_str(), ts.time()));
    assert_eq!(place, Some((HIRING, at(2_000))));
}

#[test]
fn the_fence_of_a_revision_is_set_once() {
    let mut story = Story::shown();
    story.fence(1, 2_500).is_shown(1, 2_000);
    assert_eq!(story.posted().approval.fence, Some(at(2_000)));
    story.revise(Question::Load, "rare");
    assert_eq!(story.posted().approval.fence, None);
    story.is_shown(2, 2_000);
    assert_eq!(story.posted().approval.fence, None, "the message's ts is not the time of its update");
    story.fence(1, 3_100);
    assert_eq!(story.posted().approval.fence, None, "of the older text");
    story.fence(2, 3_200).fence(2, 3_300);
    assert_eq!(story.posted().approval.fence, Some(at(3_200)));
}

#[test]
fn a_fence_of_a_future_revision_is_nobodys() {
    let mut story = Story::shown();
    story.revise(Question::Load, "rare");
    story.fence(3, 3_200);
    assert_eq!(story.posted().approval.fence, None);
}

#[test]
fn an_edit_posted_before_the_first_showing_is_fenced_by_its_own_time() {
    let mut story = Story::waiting();
    story.revise(Question::Load, "rare");
    story.is_shown(1, 2_000);
    assert_eq!(story.posted().approval.fence, None, "Slack showed the older text");
    story.is_shown(2, 2_000).fence(2, 3_200);
    assert_eq!(story.posted().approval.fence, Some(at(3_200)));
    let mut story = Story::waiting();
    story.revise(Question::Load, "rare");
    story.is_shown(2, 2_000);
    assert_eq!(story.posted().approval.fence, Some(at(2_000)), "Slack showed the new text at once");
}

#[test]
fn the_showing_of_a_text_equal_but_for_details_sets_the_fence() {
    let mut story = Story::waiting();
    story.revise(Question::Length, "permanent");
    assert_eq!(story.posted().shown.revision, Revision(2));
    story.is_shown(1, 2_000);
    assert_eq!(story.posted().approval.fence, Some(at(2_000)));
}

#[test]
fn a_late_report_takes_no_message_back_to_an_older_revision() {
    let mut story = Story::shown();
    story.revise(Question::Load, "rare");
    story.is_shown(2, 2_000).is_shown(1, 2_000);
    assert!(matches!(story.posted().posting.summary, Slot::Shown { revision: Revision(2), .. }));
}

#[test]
fn doubt_never_hides_a_message_that_is_shown() {
    let mut story = Story::waiting();
    let doubt = Command::Delivered(Delivered::InDoubt(Piece::Summary));
    story.wish(doubt.clone());
    assert_eq!(story.posted().posting.summary, Slot::InDoubt);
    story.is_shown(1, 2_000).wish(doubt);
    assert!(story.posted().is_shown());
}

#[test]
fn a_summary_that_cannot_be_posted_is_told_to_its_author() {
    let mut story = Story::waiting();
    story.fails(Piece::Summary, "is_archived");
    assert_eq!(story.followed(), ["dm UADA not posted is_archived"]);
    assert_eq!(story.deeds, [Deed::NotDelivered("is_archived".to_owned())]);
    assert_eq!(story.posted().shown.brief.system.as_str(), FIVE[1].1, "nothing is lost");
    story.fails(Piece::Kit, "is_archived");
    assert!(story.effects.is_empty(), "the summary alone is the author's business");
}

#[test]
fn a_summary_that_could_not_be_changed_is_found_still_and_one_that_is_gone_is_not() {
    let mut story = Story::shown();
    story.fails(Piece::Summary, "msg_too_long");
    assert!(story.posted().is_shown(), "its reactions and buttons find the scope");
    assert_eq!(story.deeds, [Deed::NotDelivered("msg_too_long".to_owned())]);
    story.fails(Piece::Summary, "message_not_found");
    assert!(!story.posted().is_shown());
    assert_eq!(story.followed(), ["dm UADA not posted message_not_found"]);
}

#[test]
fn what_was_dropped_is_remembered_in_every_stage() {
    for mut story in [Story::begun(), Story::shown(), Story::ended()] {
        story.wish(Command::Delivered(Delivered::Dropped("user_not_found".to_owned())));
        assert_eq!(story.deeds, [Deed::NotDelivered("user_not_found".to_owned())]);
        assert_eq!(story.answer, Answer::Done);
    }
}

#[test]
fn a_kit_that_failed_is_asked_for_again_by_the_next_approval() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001);
    assert!(story.followed().contains(&"refresh Kit".to_owned()));
    story.takes(RITA, reaction(), 2_002).gives(RITA, reaction(), 2_003);
    assert!(!story.followed().contains(&"refresh Kit".to_owned()), "it waits already");
    story.fails(Piece::Kit, "msg_too_long").takes(RITA, reaction(), 2_004).gives(RITA, reaction(), 2_005);
    assert!(story.followed().contains(&"refresh Kit".to_owned()));
}

#[test]
fn a_kit_that_failed_is_not_asked_for_by_an_approval_that_changes_nothing() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).fails(Piece::Kit, "msg_too_long").gives(ROB, reaction(), 2_002);
    assert_eq!(
        story.followed(),
        ["refresh Summary", "note approved by UROB, 2 of 1", "dm UADA approved by UROB, 2 of 1"],
        "the quorum was reached before, so nothing asks for the kit again"
    );
}
