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

fn twin(second: u64, text: TwinText) -> Twin {
    let ts = format!("{second}.000000");
    let channel = crate::domain::ids::ChannelId::parse("CHIRING").unwrap();
    Twin { channel, ts: crate::domain::ids::MessageTs::parse(&ts).unwrap(), revision: Revision::FIRST, text }
}

/// What is missed on twins, each with who reacts to it.
fn told_of_twins(story: &Story, twins: &[(Twin, &[&str])]) -> Vec<String> {
    let seen: Vec<_> = twins.iter().map(|(twin, people)| (twin.clone(), seen(people, Named::All))).collect();
    let marks = missed_on_twins(story.posted(), &seen, at(NOW));
    marks.iter().map(|mark| format!("{} {:?} {} {:?}", mark.person, mark.gesture, mark.at.0, mark.revision)).collect()
}

#[test]
fn a_reaction_to_a_twin_counts_for_what_it_shows_and_for_nothing_once_it_is_superseded() {
    let mut story = Story::shown();
    let shows = |text| [(twin(1_990, text), &[RITA][..])];
    assert_eq!(told_of_twins(&story, &shows(TwinText::Shown)), ["URITA Given 1990000001 Some(Revision(1))"]);
    assert!(told_of_twins(&story, &shows(TwinText::Superseded)).is_empty(), "nobody can say what she read");
    story.revise(crate::domain::answers::Question::Load, "rare");
    assert!(told_of_twins(&story, &shows(TwinText::Shown)).is_empty(), "it shows an older text");
}

#[test]
fn a_reaction_that_stands_under_no_twin_any_more_takes_the_approval_back() {
    let mut story = Story::shown();
    let to_twin = Source::Twin(CHECK.to_owned());
    for who in [RITA, ROB] {
        let given = Mark { revision: Some(Revision::FIRST), ..mark(&user(who), &to_twin, at(2_001)) };
        story.wish(crate::domain::command::Command::Mark(given));
    }
    assert_eq!(story.approvers(), [RITA, ROB]);
    let twins = [(twin(1_990, TwinText::Superseded), &[RITA][..]), (twin(1_995, TwinText::Superseded), &[][..])];
    assert_eq!(told_of_twins(&story, &twins), ["UROB Taken 2001000002 None"]);
    assert!(told_of_twins(&story, &[]).is_empty(), "where no twin was looked at nothing is known");
    assert!(told(&story, &[]).is_empty(), "the summary tells nothing of them");
}

#[test]
fn under_a_twin_that_becomes_the_summary_its_reactions_are_the_ones_that_count() {
    let mut story = Story::shown();
    story.gives(ROB, reaction(), 2_001);
    let given =
        Mark { revision: Some(Revision::FIRST), ..mark(&user(RITA), &Source::Twin(CHECK.to_owned()), at(2_001)) };
    story.wish(crate::domain::command::Command::Mark(given));
    story.scope.posted_mut().unwrap().posting.twins = vec![twin(1_990, TwinText::Superseded)];
    story.fails(crate::domain::posting::Piece::Summary, "message_not_found");
    assert_eq!(story.approvers(), [RITA, ROB], "what was approved stays so");
    assert!(told(&story, &seen(&[RITA], Named::All)).is_empty(), "Rob reacted to the one that is gone");
    story.takes(RITA, reaction(), 2_500);
    assert_eq!(story.approvers(), [ROB]);
}
