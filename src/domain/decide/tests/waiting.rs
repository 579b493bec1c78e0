//! Marks that wait: for who somebody is, and for when Slack showed the text.

use crate::domain::answers::Question;
use crate::domain::approval::{Listed, NotCounted, Weight};
use crate::domain::audit::Deed;
use crate::domain::decide::Answer;
use crate::domain::person::PersonKind;

use super::story::*;

#[test]
fn a_mark_of_somebody_unknown_waits_and_counts_once_they_are_known() {
    let mut story = Story::shown();
    story.unknown(RITA).gives(RITA, reaction(), 2_001);
    assert_eq!((&story.answer, story.followed()), (&Answer::Waiting, vec!["learn URITA".to_owned()]));
    assert!(!story.approved() && story.deeds.is_empty());
    story.learnt(RITA);
    assert_eq!((&story.answer, story.effects.len()), (&Answer::Waiting, 0), "still nobody knows");
    story.directory.clear();
    story.learnt(RITA);
    assert!(story.approved());
    assert_eq!(story.deeds.last(), Some(&Deed::QuorumReached));
    story.learnt(RITA);
    assert_eq!(story.answer, Answer::Same);
}

#[test]
fn a_mark_that_waits_is_refused_with_the_reason_once_known() {
    let mut story = Story::shown();
    story.known(NORA, Listed::Unknown, None).gives(NORA, reaction(), 2_001).gives(NORA, press(1), 2_002);
    story.known(NORA, Listed::Yes, Some(PersonKind::Guest)).learnt(NORA);
    assert_eq!(story.followed(), ["quiet UNORA guest"]);
    assert!(story.posted().approval.marks.is_empty());
}

#[test]
fn both_marks_of_one_person_are_decided_at_once_and_said_once() {
    let mut story = Story::shown();
    story.unknown(RITA).gives(RITA, reaction(), 2_001).gives(RITA, press(1), 2_002);
    story.directory.clear();
    story.learnt(RITA);
    assert_eq!(story.followed().iter().filter(|one| one.starts_with("note")).count(), 1);
    assert_eq!(story.deeds.len(), 3, "two marks and the quorum: {:?}", story.deeds);
}

#[test]
fn a_mark_taken_back_while_it_waits_never_counts() {
    let mut story = Story::shown();
    story.unknown(RITA).gives(RITA, reaction(), 2_001).takes(RITA, reaction(), 2_002);
    story.directory.clear();
    story.learnt(RITA);
    assert_eq!((&story.answer, story.approved()), (&Answer::Same, false));
    story.gives(RITA, reaction(), 2_001);
    assert!(!story.approved());
}

#[test]
fn a_mark_that_waits_over_a_change_of_text_does_not_count_and_is_told() {
    for how in [reaction(), press(1)] {
        let mut story = Story::shown();
        story.unknown(RITA).gives(RITA, how, 2_001).revise(Question::Load, "rare");
        story.directory.clear();
        story.learnt(RITA);
        assert_eq!(story.answer, Answer::NotCounted(NotCounted::OlderText));
        assert_eq!(story.followed(), ["quiet URITA older_text"]);
        assert!(!story.approved());
    }
}

#[test]
fn a_mark_that_waits_over_a_change_of_details_counts() {
    for how in [reaction(), press(1)] {
        let mut story = Story::shown();
        story.unknown(RITA).gives(RITA, how, 2_001).revise(Question::Length, "permanent");
        story.directory.clear();
        story.learnt(RITA);
        assert!(story.approved());
    }
}

#[test]
fn an_old_reaction_of_somebody_unknown_is_told_the_true_reason() {
    let mut story = Story::shown();
    story.known(NORA, Listed::Unknown, None).gives(NORA, reaction(), 1_999);
    assert_eq!(story.answer, Answer::Waiting);
    story.known(NORA, Listed::No, Some(PersonKind::Member)).learnt(NORA);
    assert_eq!(story.answer, Answer::NotCounted(NotCounted::NotAnApprover));
    story.unknown(RITA).gives(RITA, reaction(), 1_999);
    story.directory.clear();
    story.learnt(RITA);
    assert_eq!(story.answer, Answer::NotCounted(NotCounted::OlderText));
}

#[test]
fn a_reaction_between_an_update_and_its_fence_waits_for_it() {
    for (seconds, counts) in [(3_199, false), (3_200, false), (3_201, true)] {
        let mut story = Story::shown();
        story.revise(Question::Load, "rare");
        story.gives(RITA, reaction(), seconds);
        assert_eq!((&story.answer, story.effects.len()), (&Answer::Waiting, 0), "{seconds}");
        story.learnt(RITA);
        assert_eq!(story.answer, Answer::Waiting, "{seconds}: who it is does not say when");
        story.fence(2, 3_200);
        assert_eq!(story.followed(), ["learn URITA"], "{seconds}");
        story.learnt(RITA);
        assert_eq!(story.approved(), counts, "{seconds}");
        assert_eq!(story.told().len(), usize::from(!counts), "{seconds}");
    }
}

#[test]
fn a_press_waits_for_no_fence() {
    let mut story = Story::shown();
    story.revise(Question::Load, "rare");
    story.gives(RITA, press(2), 3_050);
    assert!(story.approved());
    story.fence(2, 3_200);
    assert!(story.approved() && story.effects.is_empty());
}

#[test]
fn unknown_people_beyond_the_bound_are_refused_but_no_known_approver_is() {
    let mut story = Story::shown();
    for number in 0..60 {
        let who = format!("UCROWD{number}");
        story.known(&who, Listed::Unknown, None).gives(&who, reaction(), 2_001 + number);
    }
    let waits =
        |story: &Story| story.posted().approval.marks.values().filter(|mark| mark.weight == Weight::Undecided).count();
    assert_eq!(waits(&story), 40);
    assert_eq!(story.answer, Answer::NotCounted(NotCounted::NotAnApprover));
    story.gives("UCROWD0", reaction(), 3_000);
    assert_eq!(story.answer, Answer::Waiting, "who waits already may go on waiting");
    story.unknown(RITA).gives(RITA, reaction(), 3_000);
    assert_eq!((&story.answer, waits(&story)), (&Answer::Waiting, 41));
}

#[test]
fn a_mark_that_waits_from_an_older_text_does_not_stand_against_one_of_this_text() {
    let mut story = Story::shown();
    story.unknown(RITA).gives(RITA, press(1), 3_500).revise(Question::Load, "rare");
    story.directory.clear();
    story.gives(RITA, press(2), 3_400);
    assert!(story.approved());
}
