use crate::domain::approval::Weight;
use crate::domain::decide::tests::story::*;

use super::*;

const NOW: u64 = 9_000;

fn seen(people: &[&str], named: Named) -> Vec<SeenReaction> {
    vec![SeenReaction { emoji: CHECK.to_owned(), people: people.iter().map(|who| user(who)).collect(), named }]
}

/// What is missed, as "who given/taken second".
fn told(story: &Story, seen: &[SeenReaction]) -> Vec<String> {
    let marks = missed(story.posted(), seen, at(NOW));
    marks.iter().map(|mark| format!("{} {:?} {}", mark.person, mark.gesture, mark.at.0)).collect()
}

#[test]
fn a_reaction_that_nobody_told_of_is_given_right_after_the_text_was_shown() {
    let story = Story::shown();
    assert_eq!(told(&story, &seen(&[RITA], Named::All)), ["URITA Given 2000000001"]);
    assert_eq!(told(&story, &seen(&[RITA], Named::Some)), ["URITA Given 2000000001"]);
    assert!(told(&story, &[]).is_empty());
    let eyes = vec![SeenReaction { emoji: "eyes".to_owned(), ..seen(&[RITA], Named::All).remove(0) }];
    assert!(told(&story, &eyes).is_empty(), "not among the emoji that approve");
}

#[test]
fn what_is_known_is_not_missed() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001);
    assert!(told(&story, &seen(&[RITA], Named::All)).is_empty());
    story.unknown(ROB).gives(ROB, reaction(), 2_002);
    assert!(told(&story, &seen(&[RITA, ROB], Named::All)).is_empty(), "one that waits is known too");
}

#[test]
fn a_reaction_put_on_again_comes_after_the_one_taken_off() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).takes(RITA, reaction(), 2_005);
    assert_eq!(told(&story, &seen(&[RITA], Named::All)), ["URITA Given 2005000001"]);
}

#[test]
fn a_reaction_that_is_gone_takes_the_approval_back_only_if_slack_names_all() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).gives(ROB, press(1), 2_002);
    assert_eq!(told(&story, &seen(&[], Named::All)), ["URITA Taken 2001000001"]);
    assert_eq!(told(&story, &[]), ["URITA Taken 2001000001"], "no such emoji under the message");
    assert!(told(&story, &seen(&[], Named::Some)).is_empty(), "she may be among those not named");
    assert!(missed(story.posted(), &[], at(2_050)).is_empty(), "Slack may not show it everywhere yet");
    for mark in missed(story.posted(), &[], at(NOW)) {
        story.wish(crate::domain::command::Command::Mark(mark));
    }
    assert_eq!(story.approvers(), [ROB], "the button stands");
}

#[test]
fn two_tones_of_one_emoji_are_one_and_each_may_hide_somebody() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001);
    let tones = |second| [seen(&[ROB], Named::All), seen(&[], second)].concat();
    assert_eq!(told(&story, &tones(Named::All)), ["UROB Given 2000000001", "URITA Taken 2001000001"]);
    assert_eq!(told(&story, &tones(Named::Some)), ["UROB Given 2000000001"]);
}

#[test]
fn after_a_revision_nobody_is_added_and_whoever_is_gone_is_still_taken_back() {
    let mut story = Story::shown();
    story.revise(crate::domain::answers::Question::Load, "rare").is_shown(2, 2_000).fence(2, 3_200);
    assert!(told(&story, &seen(&[RITA], Named::All)).is_empty(), "nobody can say for which text it was made");
    story.gives(RITA, reaction(), 3_300);
    assert_eq!(story.approvers(), [RITA]);
    assert_eq!(told(&story, &[]), ["URITA Taken 3300000001"]);
}

#[test]
fn an_approval_under_a_message_that_was_deleted_is_not_looked_for_under_the_next() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).fails(crate::domain::posting::Piece::Summary, "message_not_found");
    story.wish(crate::domain::command::Command::PostAgain { by: user(ADA) }).is_shown(1, 5_000);
    assert_eq!(story.approvers(), [RITA]);
    assert!(told(&story, &[]).is_empty());
}

#[test]
fn whatever_slack_tells_later_comes_after_what_was_reconciled() {
    let mut story = Story::shown();
    for mark in missed(story.posted(), &seen(&[RITA], Named::All), at(NOW)) {
        story.wish(crate::domain::command::Command::Mark(mark));
    }
    assert!(story.approved());
    // The events were late, not lost.
    story.gives(RITA, reaction(), 2_400);
    assert!(story.effects.is_empty() && story.approved());
    story.takes(RITA, reaction(), 2_500);
    assert!(!story.approved());
    assert!(story.posted().approval.marks.values().all(|mark| mark.weight == Weight::Taken));
}
