//! A new revision: which approvals it voids, whom it tells, what may still count.

use crate::domain::answers::Question;
use crate::domain::decide::Answer;
use crate::domain::ids::Revision;
use crate::domain::posting::{Piece, Slot};
use crate::domain::scope::Axis;

use super::story::*;

/// The question changed, what to, the axis it shows as, whether it voids.
const CHANGES: [(Question, &str, Axis, bool); 13] = [
    (Question::SystemType, "rest_api", Axis::System, true),
    (Question::System, "Settles payouts", Axis::System, true),
    (Question::Speed, "hours", Axis::Scale, true),
    (Question::Load, "rare", Axis::Scale, true),
    (Question::Team, "solo", Axis::Team, true),
    (Question::Language, "Rust", Axis::Language, true),
    (Question::Ramp, "weeks", Axis::Language, true),
    (Question::Code, "new", Axis::Code, true),
    (Question::Length, "permanent", Axis::Details, false),
    (Question::Breadth, "backend", Axis::Details, false),
    (Question::Title, "ledger", Axis::Title, false),
    (Question::Detail(crate::domain::answers::Detail::Pay), "95,000", Axis::Details, false),
    (Question::Detail(crate::domain::answers::Detail::MustHave), "On call", Axis::Details, false),
];

#[test]
fn a_change_of_substance_voids_and_a_detail_does_not() {
    for (question, text, axis, voids) in CHANGES {
        let mut story = Story::shown();
        story.gives(RITA, reaction(), 2_001).revise(question, text);
        assert_eq!(story.answer, Answer::Posted([axis].into()), "{question:?}");
        assert_eq!(story.posted().shown.revision, Revision(2));
        assert_eq!(story.approved(), !voids, "{question:?}");
        assert_eq!(story.posted().approval.approved_at.is_some(), !voids, "{question:?}");
        let mut expected =
            vec!["refresh Summary".to_owned(), format!("note revision 2 {{{axis:?}}}"), "refresh Kit".to_owned()];
        if voids {
            expected.push("dm URITA voided by revision 2".to_owned());
        }
        assert_eq!(story.followed(), expected, "{question:?}");
    }
}

#[test]
fn a_reason_changed_is_named_and_voids_nothing() {
    let mut story = Story::complete();
    story.review_with(&["language_first"]).post_on_purpose(1, Some("One reason")).is_shown(1, 2_000);
    story.gives(RITA, reaction(), 2_001).edit().review_with(&["language_first"]);
    story.post_on_purpose(2, Some("Another reason"));
    assert_eq!(story.answer, Answer::Posted([Axis::Reason].into()));
    assert!(story.approved());
}

#[test]
fn a_reaction_left_standing_over_a_change_never_counts_again() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).revise(Question::Load, "rare");
    story.is_shown(2, 2_000).fence(2, 3_200);
    story.gives(RITA, reaction(), 2_001);
    assert!(!story.approved(), "Slack repeats the old event");
    story.takes(RITA, reaction(), 3_300).gives(RITA, reaction(), 3_301);
    assert!(story.approved(), "taken off and put on");
}

#[test]
fn the_button_of_the_older_text_does_not_approve_the_newer() {
    let mut story = Story::shown();
    story.revise(Question::Load, "rare");
    story.gives(RITA, press(1), 3_300);
    assert!(!story.approved());
    story.gives(RITA, press(2), 3_301);
    assert!(story.approved());
}

#[test]
fn the_button_of_a_revision_equal_but_for_details_approves() {
    let mut story = Story::shown();
    story.revise(Question::Length, "permanent");
    story.gives(RITA, press(1), 3_300);
    assert!(story.approved());
    story.revise(Question::Load, "rare").revise(Question::Length, "bounded");
    for (named, counts) in [(1, false), (2, false), (3, true), (4, true), (5, false)] {
        let mut story = story.clone();
        story.gives(ROB, press(named), 3_400);
        assert_eq!(story.approved(), counts, "{named}");
    }
}

#[test]
fn approvals_survive_several_changes_of_details_and_none_of_substance() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001);
    story.revise(Question::Length, "permanent").revise(Question::Title, "ledger");
    assert_eq!((story.posted().shown.revision, story.approvers()), (Revision(3), vec![RITA]));
    story.takes(RITA, reaction(), 3_400);
    assert!(!story.approved());
    story.gives(RITA, reaction(), 3_399);
    assert!(!story.approved());
}

#[test]
fn changing_back_does_not_bring_an_approval_back() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001);
    story.revise(Question::Load, "rare").revise(Question::Load, "thousands");
    assert!(!story.approved());
}

#[test]
fn what_is_shown_stays_approvable_while_it_is_edited() {
    let mut story = Story::editing();
    story.types_in("edit", Question::Load, "rare", 3_001).review();
    story.gives(RITA, reaction(), 3_100);
    assert!(story.approved());
    story.post(2);
    assert!(!story.approved());
    assert!(story.followed().contains(&"dm URITA voided by revision 2".to_owned()));
}

#[test]
fn changes_asked_for_belong_to_the_revision_shown() {
    let mut story = Story::shown();
    story.asks(RITA, &[crate::domain::approval::ChangeAsked::Load], None);
    story.revise(Question::Load, "rare");
    assert!(story.posted().approval.changes_asked.is_empty());
}

#[test]
fn a_revision_of_a_summary_that_failed_posts_it() {
    let mut story = Story::waiting();
    story.fails(Piece::Summary, "not_in_channel").revise(Question::Load, "rare");
    assert_eq!(story.posted().posting.summary, Slot::Waiting);
    assert!(!story.followed().contains(&"refresh Kit".to_owned()), "no kit was asked for");
}

#[test]
fn a_new_text_may_be_approved_by_the_same_person_and_says_so_again() {
    let mut story = Story::shown();
    story.gives(RITA, press(1), 2_001).revise(Question::Load, "rare").gives(RITA, press(2), 3_300);
    assert_eq!(
        story.followed(),
        ["refresh Summary", "note approved by URITA, 1 of 1", "dm UADA approved by URITA, 1 of 1"],
        "the kit is in the thread already and was rewritten in place"
    );
}
