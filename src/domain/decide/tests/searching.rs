//! The search behind a posted scope: who may do what with it, what follows, who hears of it.

use std::time::Duration;

use crate::domain::answers::{Question, Text};
use crate::domain::approval::{ChangeAsked, Listed, NotCounted};
use crate::domain::audit::Deed;
use crate::domain::command::Command;
use crate::domain::decide::{Answer, Refusal};
use crate::domain::ids::UserId;
use crate::domain::life::{Hire, Life, Step, StepKind};
use crate::domain::person::{PersonKind, Presence};
use crate::domain::policy::Policy;
use crate::domain::posting::{Piece, Slot};
use crate::domain::scope::DueKind;

use super::story::*;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn starting(day: &str) -> Hire {
    Hire { name: None, starts: Some(day.parse().unwrap()) }
}
fn has_it(story: &Story) -> Option<&str> {
    story.posted().life.claimed().map(|(who, _)| who.as_str())
}
fn hands_over(story: &mut Story, to: &str) {
    let command = Command::HandOver { by: user(ADA), to: user(to), kind: Some(PersonKind::Member) };
    story.wish(command);
}
fn takes_over(story: &mut Story, who: &str) {
    let (kind, author) = (Some(PersonKind::Member), Some(PersonKind::Deactivated));
    story.wish(Command::TakeOver { by: user(who), kind, author });
}
fn nudge(story: &mut Story) -> Vec<String> {
    story.wish(Command::Nudge([RITA, ROB, ADA].map(user).to_vec())).followed()
}

#[test]
fn each_step_is_said_in_the_channel_and_to_whom_it_concerns() {
    let mut story = Story::shown();
    story.steps(RITA, Step::Claim);
    assert_eq!(story.followed(), ["refresh Summary", "note URITA claimed", "dm UADA URITA claimed"]);
    assert_eq!(story.deeds, [Deed::Stepped(StepKind::Claimed)]);
    story.steps(ADA, Step::Hold);
    assert_eq!(story.followed(), ["refresh Summary", "note UADA on_hold", "dm URITA UADA on_hold"]);
    story.steps(ROB, Step::Resume);
    let told = ["refresh Summary", "note UROB resumed", "dm UADA UROB resumed", "dm URITA UROB resumed"];
    assert_eq!((story.followed(), has_it(&story)), (told.map(str::to_owned).to_vec(), Some(RITA)));
    story.steps(RITA, Step::Release);
    assert_eq!(story.followed(), ["refresh Summary", "note URITA released", "dm UADA URITA released"]);
    assert_eq!(story.posted().life, Life::Open);
}

#[test]
fn the_same_step_twice_is_success_and_says_nothing() {
    for step in [Step::Claim, Step::Hold, Step::Fill(grace()), Step::Close(None)] {
        let mut story = Story::shown();
        story.steps(RITA, step.clone());
        assert_eq!(story.answer, Answer::Done, "{step:?}");
        story.steps(RITA, step.clone());
        assert_eq!((&story.answer, story.effects.len()), (&Answer::Same, 0), "{step:?}");
    }
}

#[test]
fn recruiters_and_the_author_move_a_search_and_nobody_else() {
    for kind in StepKind::ALL {
        let step = match kind {
            StepKind::Claimed => Step::Claim,
            StepKind::Released => Step::Release,
            StepKind::OnHold => Step::Hold,
            StepKind::Resumed => Step::Resume,
            StepKind::Filled => Step::Fill(grace()),
            StepKind::Closed => Step::Close(None),
            StepKind::Reopened => Step::Reopen,
        };
        let mut story = Story::shown();
        story.steps(NORA, step.clone());
        assert_eq!(story.answer, Answer::Refused(Refusal::NotARecruiter), "{kind:?}");
        story.known(NORA, Listed::Yes, Some(PersonKind::Guest)).steps(NORA, step.clone());
        assert_eq!(story.answer, Answer::Refused(Refusal::NotARecruiter), "{kind:?} by a guest who is named");
        story.known(NORA, Listed::Unknown, None).steps(NORA, step.clone());
        assert_eq!(story.answer, Answer::Refused(Refusal::NotKnownYet), "{kind:?}");
        story.steps(ADA, step);
        let own = Answer::Refused(Refusal::OwnScope);
        assert_eq!(story.answer == own, *kind == StepKind::Claimed, "{kind:?} by the author");
    }
}

#[test]
fn where_nobody_is_named_every_member_is_a_recruiter() {
    let mut story = Story::shown_under(Policy { approvers: [].into(), ..policy() });
    story.steps(NORA, Step::Claim);
    assert_eq!((&story.answer, has_it(&story)), (&Answer::Done, Some(NORA)));
    story.known("UGUS", Listed::No, Some(PersonKind::Guest)).steps("UGUS", Step::Release);
    assert_eq!(story.answer, Answer::Refused(Refusal::NotARecruiter));
    story.unknown("UGUS").steps("UGUS", Step::Hold);
    assert_eq!(story.answer, Answer::Refused(Refusal::NotKnownYet), "they may be a guest");
}

#[test]
fn whoever_has_it_may_give_it_back_even_if_no_recruiter_any_more() {
    let mut story = Story::claimed();
    story.known(RITA, Listed::No, Some(PersonKind::Member)).steps(RITA, Step::Release);
    assert_eq!(story.posted().life, Life::Open);
}

#[test]
fn filled_brings_the_plan_once_and_revisions_rewrite_it() {
    let mut story = Story::claimed();
    story.steps(RITA, Step::Fill(grace()));
    let told = ["refresh Summary", "note URITA filled", "refresh ThirtyDays", "dm UADA URITA filled"];
    assert_eq!(story.followed(), told);
    assert_eq!(story.posted().posting.thirty_days, Slot::Waiting);
    story.steps(RITA, Step::Fill(starting("1970-02-20")));
    assert!(!story.followed().contains(&"refresh ThirtyDays".to_owned()), "put right, not planned anew");
    story.steps(ADA, Step::Reopen).revise(Question::Load, "rare");
    assert!(story.followed().contains(&"refresh ThirtyDays".to_owned()));
    story.fails(Piece::ThirtyDays, "channel_not_found").steps(ROB, Step::Fill(grace()));
    assert!(story.followed().contains(&"refresh ThirtyDays".to_owned()), "what could not be said is tried again");
}

#[test]
fn a_week_before_the_start_author_and_recruiter_are_reminded_once() {
    let mut story = Story::filled();
    let due = story.scope.due[&DueKind::BeforeStart];
    assert_eq!(due.to_string(), "1970-02-03T10:00:00Z");
    story.passes(DAY * 33);
    assert_eq!(story.due(DueKind::BeforeStart).answer, Answer::Same, "not yet");
    story.passes(DAY);
    assert_eq!(story.due(DueKind::BeforeStart).followed(), ["dm UADA before the start", "dm URITA before the start"]);
    assert_eq!(story.due(DueKind::BeforeStart).answer, Answer::Same);
}

#[test]
fn a_start_that_is_past_or_unknown_reminds_nobody_and_a_near_one_at_once() {
    for (day, expected) in [("1970-01-01", Some("1970-01-01T00:16:40Z")), ("1969-12-31", None)] {
        let mut story = Story::claimed();
        story.steps(RITA, Step::Fill(starting(day)));
        let due = story.scope.due.get(&DueKind::BeforeStart).map(ToString::to_string);
        assert_eq!(due.as_deref(), expected, "{day}");
    }
    let mut story = Story::filled();
    story.steps(RITA, Step::Fill(Hire::default()));
    assert!(!story.scope.due.contains_key(&DueKind::BeforeStart), "the day was taken back");
    let mut story = Story::filled();
    story.steps(ADA, Step::Reopen);
    assert!(!story.scope.due.contains_key(&DueKind::BeforeStart) && has_it(&story) == Some(RITA));
}

#[test]
fn what_is_over_takes_no_approval_and_no_edit_and_loses_none() {
    for begin in [Story::filled, Story::closed] {
        let mut story = begin();
        story.gives(ROB, press(1), 4_000);
        assert_eq!((&story.answer, story.told()), (&Answer::NotCounted(NotCounted::NotOpen), vec![ROB]));
        story.gives(ROB, reaction(), 4_001);
        assert!(story.told().is_empty() && !story.approved(), "told once");
        for who in [ADA, NORA] {
            story.asks(who, &[ChangeAsked::Load], None);
            assert_eq!(story.answer, Answer::Refused(Refusal::SearchOver));
        }
        story.steps(ADA, Step::Reopen).gives(ROB, press(1), 4_002);
        assert!(story.approved(), "open again, it counts");
    }
}

#[test]
fn an_approval_taken_back_after_the_end_is_kept_and_announced_to_nobody() {
    let mut story = Story::shown();
    story.gives(ROB, reaction(), 2_001).steps(RITA, Step::Close(None)).takes(ROB, reaction(), 2_002);
    assert_eq!((story.approved(), story.followed()), (false, vec!["refresh Summary".to_owned()]));
    let mut story = Story::shown();
    story.unknown(ROB).gives(ROB, reaction(), 2_001).steps(RITA, Step::Close(None));
    story.directory.clear();
    story.learnt(ROB);
    assert!(story.approved(), "it was made before the end");
    assert!(!story.followed().iter().any(|said| said.starts_with("note") || said.starts_with("dm")));
}

#[test]
fn on_hold_approvals_count_and_edits_are_posted() {
    let mut story = Story::on_hold();
    story.gives(ROB, reaction(), 2_001);
    assert!(story.approved());
    story.revise(Question::Load, "rare");
    assert!(matches!(story.answer, Answer::Posted(_)) && !story.approved());
}

#[test]
fn an_edit_that_was_under_way_at_the_end_is_kept_and_posted_once_it_goes_on() {
    let mut story = Story::editing();
    story.types_in("edit", Question::Numbers, "4,000 a second", 3_001).review();
    story.steps(RITA, Step::Close(None));
    let number = story.scope.draft().unwrap().reviews;
    story.post(number);
    assert_eq!(story.answer, Answer::Refused(Refusal::SearchOver));
    story.steps(ADA, Step::Reopen).post(number);
    assert!(matches!(story.answer, Answer::Posted(_)));
}

#[test]
fn a_scope_handed_over_is_its_new_authors_who_neither_approves_nor_has_it() {
    let mut story = Story::claimed();
    story.gives(RITA, reaction(), 2_001);
    hands_over(&mut story, RITA);
    assert_eq!(story.deeds, [Deed::HandedOver(user(RITA)), Deed::QuorumLost]);
    let said = ["refresh Summary", "note HandedOver UADA to URITA, 1", "dm URITA UADA to URITA"];
    assert_eq!(story.followed(), said);
    assert_eq!((story.approved(), has_it(&story), story.scope.author.as_str()), (false, None, RITA));
    assert_eq!(story.edit().answer, Answer::Refused(Refusal::NotYours));
    story.wish(Command::Edit { by: user(RITA), window: window("hers"), at: at(4_000) });
    assert_eq!(story.answer, Answer::Done);
    hands_over(&mut story, RITA);
    assert_eq!(story.answer, Answer::Same, "pressed twice");
    hands_over(&mut story, NORA);
    assert_eq!(story.answer, Answer::Refused(Refusal::NotYours));
}

#[test]
fn whoever_has_it_hears_of_a_new_author() {
    let mut story = Story::claimed();
    hands_over(&mut story, NORA);
    assert!(story.followed().ends_with(&["dm UNORA UADA to UNORA".into(), "dm URITA UADA to UNORA".into()]));
    assert_eq!(has_it(&story), Some(RITA));
}

#[test]
fn a_scope_goes_to_members_alone() {
    for (kind, refusal) in [
        (None, Refusal::NotKnownYet),
        (Some(PersonKind::Guest), Refusal::NotAMember),
        (Some(PersonKind::Deactivated), Refusal::NotAMember),
    ] {
        let mut story = Story::shown();
        story.wish(Command::HandOver { by: user(ADA), to: user(NORA), kind });
        assert_eq!(story.answer, Answer::Refused(refusal), "{kind:?}");
    }
}

#[test]
fn a_leavers_scope_says_so_and_passes_to_whoever_takes_it_over() {
    let mut story = Story::claimed();
    story.wish(Command::AuthorSeen(Presence::Left));
    assert_eq!(story.followed(), ["refresh Summary", "note UADA left"]);
    takes_over(&mut story, NORA);
    let said = ["refresh Summary", "note TakenOver UADA to UNORA, 0", "dm URITA UADA to UNORA"];
    assert_eq!((story.followed(), story.posted().author), (said.map(str::to_owned).to_vec(), Presence::Here));
    assert_eq!(story.deeds, [Deed::TookOver(user(ADA))]);
    takes_over(&mut story, NORA);
    assert_eq!(story.answer, Answer::Same, "pressed twice");
    story.wish(Command::TakeOver { by: user(ROB), kind: None, author: Some(PersonKind::Member) });
    assert_eq!(story.answer, Answer::Refused(Refusal::AuthorStays), "the second is told");
}

#[test]
fn approvers_who_have_not_decided_are_reminded_twice_and_no_more() {
    let mut story = Story::shown_for_two();
    story.passes(DAY * 3).gives(RITA, reaction(), 2_001);
    assert_eq!(nudge(&mut story), ["dm UROB nudge"]);
    assert_eq!(story.deeds, [Deed::Nudged]);
    assert!(nudge(&mut story).is_empty() && story.answer == Answer::Same, "once a period");
    story.passes(DAY * 3);
    assert_eq!(nudge(&mut story), ["dm UROB nudge"]);
    assert!(!story.scope.due.contains_key(&DueKind::Nudge), "reminders end");
    story.revise(Question::Load, "rare");
    assert!(story.scope.due.contains_key(&DueKind::Nudge), "a new text waits anew");
}

#[test]
fn nobody_is_reminded_of_what_does_not_wait_for_them() {
    type Does = fn(&mut Story);
    let reasons: [(&str, Does); 5] = [
        ("approved", |story| _ = story.gives(RITA, reaction(), 2_001)),
        ("on hold", |story| _ = story.steps(ADA, Step::Hold)),
        ("filled", |story| _ = story.steps(ADA, Step::Fill(Hire::default()))),
        ("closed", |story| _ = story.steps(ADA, Step::Close(None))),
        ("changes asked", |story| _ = story.asks(ROB, &[ChangeAsked::Load], None)),
    ];
    for (why, does) in reasons {
        let mut story = Story::shown();
        does(&mut story);
        assert!(!story.scope.due.contains_key(&DueKind::Nudge), "{why}");
    }
    for quiet in [Policy { nudge_after: None, ..policy() }, Policy { approvers: [].into(), ..policy() }] {
        assert!(Story::shown_under(quiet).scope.due.is_empty());
    }
    let mut story = Story::shown();
    story.steps(ADA, Step::Hold).passes(DAY * 9).steps(ADA, Step::Resume);
    let due = story.scope.due[&DueKind::Nudge];
    assert!(due > story.now, "after the rest they have their time again");
}

#[test]
fn what_was_typed_goes_with_the_note_and_nowhere_into_the_audit() {
    let mut story = Story::shown();
    story.steps(RITA, Step::Close(Some(Text::parse("A secret budget", 300).unwrap())));
    assert_eq!(story.deeds, [Deed::Stepped(StepKind::Closed)]);
    let by: &UserId = &user(RITA);
    assert!(matches!(&story.posted().life, Life::Closed { by: (who, _), why: Some(_), .. } if who == by));
}
