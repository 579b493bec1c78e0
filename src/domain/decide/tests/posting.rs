//! Posting: exactly what was reviewed, once, and never past an open warning.

use crate::domain::answers::Question;
use crate::domain::audit::Deed;
use crate::domain::command::Command;
use crate::domain::decide::{Answer, Refusal};
use crate::domain::draft::Warning;
use crate::domain::ids::Revision;
use crate::domain::policy::Policy;
use crate::domain::posting::{Piece, Slot};
use crate::domain::scope::DueKind;

use super::story::*;

#[test]
fn posting_what_was_reviewed_makes_the_first_revision() {
    let mut story = Story::reviewed();
    let candidate = story.scope.draft().unwrap().candidate.clone().unwrap();
    story.post(1);
    assert_eq!(story.answer, Answer::Posted([].into()));
    assert_eq!(story.followed(), ["refresh Summary"]);
    assert_eq!(story.deeds, [Deed::Posted]);
    let posted = story.posted();
    assert_eq!(posted.shown.revision, Revision::FIRST);
    assert_eq!((&posted.shown.sentences, &posted.shown.title), (&candidate.sentences, &candidate.title));
    assert_eq!((&posted.posting.summary, posted.approval.fence), (&Slot::Waiting, None));
    let due: Vec<&DueKind> = story.scope.due.keys().collect();
    assert_eq!(due, [&DueKind::Nudge], "what is posted does not expire, and approvers are reminded of it");
}

#[test]
fn posting_twice_is_success_and_has_no_second_effect() {
    for begin in [Story::waiting, Story::shown, Story::editing] {
        let mut story = begin();
        let before = story.scope.stage.clone();
        story.post(1);
        assert_eq!(story.answer, Answer::Posted([].into()));
        assert!(story.effects.is_empty() && story.deeds.is_empty());
        assert_eq!(story.scope.stage, before);
    }
}

#[test]
fn posting_an_edit_twice_is_success_also_when_it_changed_nothing() {
    let mut story = Story::editing();
    story.review().post(2);
    assert_eq!(story.answer, Answer::Posted([].into()));
    assert_eq!(story.posted().shown.revision, Revision(1), "nothing changed, so there is no new revision");
    assert!(story.effects.is_empty());
    story.post(2);
    assert_eq!(story.answer, Answer::Posted([].into()));
    let mut story = Story::shown();
    story.revise(Question::Load, "rare");
    story.post(2);
    assert_eq!((&story.answer, story.effects.len()), (&Answer::Posted([].into()), 0));
}

#[test]
fn answers_that_moved_since_the_review_are_not_posted() {
    let mut story = Story::reviewed();
    story.types(Question::Load, "rare", 1_010);
    assert_eq!(story.post(1).answer, Answer::Moved);
    story.types(Question::Load, "thousands", 1_020);
    assert_eq!(story.post(1).answer, Answer::Posted([].into()), "they are back to what the review showed");
}

#[test]
fn only_the_newest_review_can_be_posted() {
    let mut story = Story::reviewed();
    story.review();
    assert_eq!(story.post(1).answer, Answer::Moved);
    assert_eq!(story.post(2).answer, Answer::Posted([].into()));
    assert_eq!(Story::reviewed().post(0).answer, Answer::Moved);
    assert_eq!(Story::reviewed().post(u32::MAX).answer, Answer::Moved);
}

#[test]
fn the_screen_of_a_discarded_edit_never_posts_another_edit() {
    let mut story = Story::editing();
    story.types_in("edit", Question::System, "First thought", 3_001).review();
    let on_screen = story.scope.draft().unwrap().reviews;
    story.discard(ADA).edit();
    story.types_in("edit", Question::System, "Second thought", 3_010).review();
    story.post(on_screen);
    assert_eq!(story.answer, Answer::Moved);
    assert_eq!(story.posted().shown.revision, Revision(1));
}

#[test]
fn a_warning_needs_a_reason_once() {
    let mut story = Story::complete();
    story.review_with(&["language_first"]);
    story.post(1);
    let open = vec![Warning { rule: "language_first".to_owned(), words: 7 }];
    assert_eq!(story.answer, Answer::NeedsReason(open));
    assert!(story.scope.posted().is_none() && story.deeds.is_empty());
    story.post_on_purpose(1, Some("The library exists in Rust only"));
    assert_eq!(story.deeds, [Deed::Posted, Deed::Overrode("language_first".to_owned())]);
    assert_eq!(story.posted().shown.acknowledged[0].reason.as_str(), "The library exists in Rust only");
    // The same words in an edit ask for nothing again, other words do.
    story.edit();
    story.types_in("edit", Question::Load, "rare", 3_001).review_with(&["language_first"]);
    assert!(matches!(story.post(2).answer, Answer::Posted(_)));
    story.edit();
    story.types_in("edit", Question::Load, "ones", 3_002);
    let mut candidate = story.candidate();
    candidate.warnings = vec![Warning { rule: "language_first".to_owned(), words: 8 }];
    story.wish(Command::Review { by: user(ADA), candidate: Box::new(candidate) });
    assert!(matches!(story.post(3).answer, Answer::NeedsReason(_)));
}

#[test]
fn a_reason_for_nothing_is_not_kept() {
    let mut story = Story::reviewed();
    story.post_on_purpose(1, Some("because"));
    assert!(story.posted().shown.acknowledged.is_empty());
    assert_eq!(story.deeds, [Deed::Posted]);
}

#[test]
fn a_scope_goes_to_a_hiring_channel_or_stays_ready() {
    let mut story = Story::reviewed();
    let post = |to| Command::Post { by: user(ADA), candidate: 1, on_purpose: None, channel: channel(to) };
    story.wish(post("CELSEWHERE"));
    assert_eq!(story.answer, Answer::Refused(Refusal::NotAHiringChannel));
    story.wish(post(HIRING));
    assert_eq!(story.answer, Answer::Posted([].into()));
}

#[test]
fn an_edit_can_be_posted_though_the_hiring_channels_have_changed() {
    let mut story = Story::shown();
    story.policy.hiring_channels = vec![channel("CNEW")];
    story.revise(Question::Load, "rare");
    assert!(matches!(story.answer, Answer::Posted(_)));
    assert_eq!(story.posted().channel, channel(HIRING));
}

#[test]
fn quorum_and_emoji_are_fixed_at_posting() {
    let mut story = Story::shown_for_two();
    story.policy = Policy { quorum: 1, reactions: ["eyes".to_owned()].into(), ..policy() };
    story.gives(RITA, reaction(), 2_001);
    assert!(!story.approved());
    story.gives(ROB, reaction(), 2_002);
    assert!(story.approved());
}

#[test]
fn a_quorum_of_none_is_one() {
    let story = Story::shown_under(Policy { quorum: 0, ..policy() });
    assert_eq!(story.posted().approval.quorum, 1);
    assert!(!story.approved());
}

#[test]
fn a_summary_that_failed_can_be_posted_again() {
    let mut story = Story::waiting();
    story.fails(Piece::Summary, "not_in_channel");
    story.wish(Command::PostAgain { by: user(ADA) });
    assert_eq!((&story.answer, story.followed()), (&Answer::Done, vec!["refresh Summary".to_owned()]));
    story.wish(Command::PostAgain { by: user(ADA) });
    assert_eq!(story.answer, Answer::Same);
}
