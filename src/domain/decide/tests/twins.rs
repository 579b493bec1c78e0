//! Two messages of one summary, since Slack's answer to the first was lost; and messages that are no more.

use crate::domain::answers::Question;
use crate::domain::approval::{Gesture, Mark, NotCounted, Source};
use crate::domain::command::{Command, Delivered};
use crate::domain::decide::Answer;
use crate::domain::ids::{MessageTs, Revision};
use crate::domain::posting::{Hindrance, Piece, Slot, TwinText};

use super::story::*;

fn ts(seconds: u64) -> MessageTs {
    MessageTs::parse(&at(seconds).to_string()).unwrap()
}

fn on_twin(revision: Option<u32>) -> (Source, Option<Revision>) {
    (Source::Twin(CHECK.to_owned()), revision.map(Revision))
}

/// Shown at 2000; the answer to an earlier post, at 1900, had been lost.
fn with_a_twin() -> Story {
    let mut story = Story::shown();
    story.is_shown(1, 1_900);
    story
}

fn deleted(story: &mut Story, seconds: u64) {
    story.wish(Command::Delivered(Delivered::Deleted { channel: channel(HIRING), ts: ts(seconds) }));
}

#[test]
fn the_first_that_becomes_known_stays_the_summary_and_the_other_is_superseded() {
    let story = with_a_twin();
    assert_eq!(story.scope.summary_place().map(|(_, at)| at.clone()), Some(ts(2_000)));
    assert_eq!(story.followed(), ["supersede 1900.000000"]);
    let mut again = story.clone();
    again.is_shown(1, 1_900);
    assert!(again.effects.is_empty() && again.posted().posting.twins.len() == 1, "told once");
    again.wish(Command::Delivered(Delivered::Superseded(ts(1_900))));
    assert_eq!(again.posted().posting.twins[0].text, TwinText::Superseded);
    again.wish(Command::Delivered(Delivered::TwinGone(ts(1_900))));
    assert!(again.posted().posting.twins.is_empty());
}

#[test]
fn a_reaction_to_a_twin_counts_for_the_text_it_shows() {
    let mut story = with_a_twin();
    // Before the other was posted: the fence of the summary says nothing of it.
    story.gives(RITA, on_twin(Some(1)), 1_950);
    assert_eq!(story.approvers(), [RITA]);
    story.takes(RITA, on_twin(Some(1)), 1_960);
    assert!(story.approvers().is_empty());
}

#[test]
fn reactions_to_both_are_two_marks_of_one_person() {
    let mut story = with_a_twin();
    story.gives(RITA, on_twin(Some(1)), 2_001).gives(RITA, reaction(), 2_002);
    assert_eq!(story.followed(), ["refresh Summary"], "the same person by another way");
    story.takes(RITA, on_twin(Some(1)), 2_003);
    assert_eq!(story.approvers(), [RITA], "the other one stands");
}

#[test]
fn a_reaction_to_a_twin_never_counts_for_a_text_it_does_not_show() {
    let mut story = with_a_twin();
    story.revise(Question::Load, "rare").is_shown(2, 2_000).fence(2, 3_200);
    for revision in [Some(1), None] {
        let mut story = story.clone();
        story.gives(RITA, on_twin(revision), 3_300);
        assert_eq!(story.answer, Answer::NotCounted(NotCounted::OlderText), "{revision:?}");
    }
    // Nor one of somebody whom Slack had to be asked about, made before the change.
    let mut story = with_a_twin();
    story.unknown(RITA).gives(RITA, on_twin(Some(1)), 2_001).revise(Question::Load, "rare");
    story.known(RITA, crate::domain::approval::Listed::Yes, Some(crate::domain::person::PersonKind::Member));
    story.learnt(RITA);
    assert!(story.approvers().is_empty());
    assert_eq!(story.told(), [RITA]);
}

#[test]
fn a_twin_takes_the_place_of_a_summary_that_is_deleted() {
    let mut story = with_a_twin();
    story.gives(RITA, reaction(), 2_001);
    story.wish(shown_kit());
    deleted(&mut story, 2_000);
    assert_eq!(story.scope.summary_place().map(|(_, at)| at.clone()), Some(ts(1_900)));
    assert_eq!(story.followed(), ["refresh Summary", "refresh Kit"], "nobody has to be told");
    assert!(story.posted().posting.twins.is_empty() && story.approved());
}

fn shown_kit() -> Command {
    let (piece, revision) = (Piece::Kit, Revision(1));
    Command::Delivered(Delivered::Shown { piece, channel: channel(HIRING), ts: ts(2_002), revision })
}

#[test]
fn a_deleted_summary_is_told_to_its_author_and_posted_again_with_its_kit() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).wish(shown_kit());
    deleted(&mut story, 2_000);
    assert_eq!(story.followed(), ["dm UADA not posted message_not_found"]);
    deleted(&mut story, 2_000);
    assert_eq!(story.answer, Answer::Same, "told once");
    story.wish(Command::PostAgain { by: user(ADA) });
    assert_eq!(story.followed(), ["refresh Summary", "refresh Kit"]);
    story.is_shown(1, 5_000);
    assert_eq!(story.followed(), ["dm UADA posted"]);
    assert!(story.approved(), "what was approved still counts");
}

#[test]
fn a_deleted_kit_or_twin_is_forgotten_and_a_strange_message_is_nothing() {
    let mut story = with_a_twin();
    story.wish(shown_kit());
    deleted(&mut story, 2_002);
    assert!(matches!(story.posted().posting.kit, Slot::Failed { .. }) && story.effects.is_empty());
    deleted(&mut story, 1_900);
    assert!(story.posted().posting.twins.is_empty() && story.effects.is_empty());
    deleted(&mut story, 7_000);
    assert_eq!(story.answer, Answer::Same);
}

#[test]
fn a_kit_without_a_place_is_asked_for_again_with_the_summary() {
    let mut story = Story::waiting();
    story.fails(Piece::Summary, "not_in_channel").fails(Piece::Kit, "no_summary");
    story.wish(Command::PostAgain { by: user(ADA) });
    assert_eq!(story.followed(), ["refresh Summary", "refresh Kit"]);
}

#[test]
fn the_author_hears_once_what_stands_in_the_way_and_the_summary_follows_when_it_is_gone() {
    let found = |all: &[Hindrance]| Command::Hindered(all.iter().copied().collect());
    let mut story = Story::shown();
    story.wish(found(&[Hindrance::Archived]));
    assert_eq!(story.followed(), ["dm UADA hindered archived"]);
    assert_eq!(story.wish(found(&[Hindrance::Archived])).answer, Answer::Same);
    story.wish(found(&[Hindrance::Archived, Hindrance::TooFew]));
    assert_eq!(story.followed(), ["dm UADA hindered too_few"]);
    story.wish(found(&[Hindrance::TooFew]));
    assert_eq!(story.followed(), ["refresh Summary"]);
    story.wish(found(&[]));
    assert!(story.effects.is_empty() && story.answer == Answer::Done);
    assert_eq!(Story::complete().wish(found(&[Hindrance::Gone])).answer, Answer::Same, "a draft has no channel");
}

#[test]
fn marks_of_somebody_nobody_knows_are_dropped_with_a_word() {
    let mut story = Story::shown();
    story.unknown(RITA).gives(RITA, reaction(), 2_001);
    story.wish(Command::Unknowable(user(RITA)));
    assert_eq!(story.answer, Answer::NotCounted(NotCounted::Unknown));
    assert_eq!(story.told(), [RITA]);
    assert!(story.posted().approval.marks.is_empty());
    assert_eq!(story.wish(Command::Unknowable(user(RITA))).answer, Answer::Same);
    // What counts already is not touched.
    story.known(ROB, crate::domain::approval::Listed::Yes, Some(crate::domain::person::PersonKind::Member));
    story.gives(ROB, reaction(), 2_002).wish(Command::Unknowable(user(ROB)));
    assert_eq!(story.approvers(), [ROB]);
}

#[test]
fn changes_asked_of_an_earlier_text_reach_the_author_and_say_nothing_of_the_new_one() {
    let ask = |revision| Command::AskForChanges {
        by: user(RITA),
        ticks: [crate::domain::approval::ChangeAsked::Load].into(),
        comment: None,
        revision: Some(Revision(revision)),
    };
    let mut story = Story::shown();
    story.revise(Question::Load, "rare");
    story.wish(ask(1));
    assert_eq!(story.followed(), ["note URITA asks for changes", "dm UADA URITA asks for changes"]);
    assert!(story.posted().approval.changes_asked.is_empty());
    story.wish(ask(2));
    assert_eq!(story.followed().first().map(String::as_str), Some("refresh Summary"));
    assert!(story.posted().approval.changes_asked.contains(&user(RITA)));
    // Details are no other text.
    let mut story = Story::shown();
    story.revise(Question::Length, "permanent").wish(ask(1));
    assert!(story.posted().approval.changes_asked.contains(&user(RITA)));
}

#[test]
fn what_was_once_posted_on_purpose_is_not_asked_about_two_revisions_later() {
    let mut story = Story::complete();
    story.review_with(&["language_first"]).post_on_purpose(1, Some("It exists in Rust only")).is_shown(1, 2_000);
    story.revise(Question::Load, "rare");
    assert!(story.posted().shown.acknowledged.is_empty(), "revision 2 did without it");
    story.edit().types_in("edit", Question::Load, "ones", 3_100).review_with(&["language_first"]).post(3);
    assert!(matches!(story.answer, Answer::Posted(_)), "{:?}", story.answer);
    assert_eq!(story.posted().shown.acknowledged.len(), 1);
}

#[test]
fn an_edit_is_always_of_the_revision_shown() {
    // Its own posting is the one way to a new revision, and takes it in the same write.
    let mut story = Story::editing();
    story.types_in("edit", Question::Load, "rare", 3_001).review().post(2);
    assert!(story.posted().edit.is_none());
    let mark = Mark {
        person: user(RITA),
        source: Source::Button,
        gesture: Gesture::Given,
        at: at(3_500),
        revision: Some(Revision(2)),
    };
    story.edit().wish(Command::Mark(mark));
    assert!(story.posted().edit.is_some() && story.posted().shown.revision == Revision(2));
}

#[test]
fn a_discarded_edit_that_is_discarded_again_is_no_refusal() {
    let mut story = Story::editing();
    story.discard(ADA);
    assert_eq!(story.discard(ADA).answer, Answer::Same);
}
