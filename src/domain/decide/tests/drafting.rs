//! Drafts begin, are reviewed, discarded, reminded of and expire.

use std::time::Duration;

use crate::domain::answers::Question;
use crate::domain::audit::Deed;
use crate::domain::command::Command;
use crate::domain::decide::{Answer, Refusal};
use crate::domain::draft::Draft;
use crate::domain::scope::{DueKind, Ending, Stage};

use super::story::*;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn words(story: &Story, question: Question) -> Option<&str> {
    story.scope.draft().and_then(|draft| draft.answers.words(question))
}

#[test]
fn a_command_with_text_begins_with_what_it_said_and_parks_the_language() {
    let mut story = Story::begun();
    story.scope =
        crate::domain::scope::Scope::fresh(story.scope.id.clone(), story.scope.home.clone(), user(ADA), story.now);
    let given = vec![said(Question::System, "a ledger")];
    let parked = vec!["Python".to_owned(), "Django".to_owned()];
    story.wish(Command::Start { given, parked: parked.clone(), window: window("w"), at: at(1_000) });
    assert_eq!(words(&story, Question::System), Some("a ledger"));
    assert_eq!(words(&story, Question::Language), Some("Python, Django"));
    assert_eq!(story.scope.draft().map(|draft| &draft.parked), Some(&parked));
    assert_eq!(story.deeds, [Deed::Started]);
}

#[test]
fn typing_wins_over_what_the_command_said_though_the_bots_clock_runs_ahead() {
    let mut story = Story::complete();
    // Opened at second 1000 by the bot's clock; Slack's own says 990.
    story.types(Question::System, "Routes parcels", 990);
    assert_eq!(words(&story, Question::System), Some("Routes parcels"));
}

#[test]
fn starting_a_scope_that_is_stored_changes_nothing() {
    let mut story = Story::shown();
    let before = story.scope.stage.clone();
    let given = vec![said(Question::System, "another")];
    story.wish(Command::Start { given, parked: vec![], window: window("w"), at: at(9_000) });
    assert_eq!((&story.answer, &story.scope.stage), (&Answer::Same, &before));
}

#[test]
fn a_repeated_keystroke_is_the_same_and_an_older_one_is_dropped() {
    let mut story = Story::begun();
    story.types(Question::System, "Streams", 1_010);
    assert_eq!(story.answer, Answer::Done);
    story.types(Question::System, "Streams", 1_010);
    assert_eq!(story.answer, Answer::Same);
    story.types(Question::System, "Stre", 1_005);
    assert_eq!(words(&story, Question::System), Some("Streams"));
}

#[test]
fn a_review_names_what_is_missing_in_order() {
    let mut story = Story::begun();
    let candidate = Box::new(Story::complete().candidate());
    story.types(Question::Speed, "hours", 1_001);
    story.wish(Command::Review { by: user(ADA), candidate });
    let missing = vec![Question::SystemType, Question::System, Question::Load, Question::Team];
    assert_eq!(story.answer, Answer::Missing(missing));
}

#[test]
fn the_same_review_again_is_the_same() {
    let mut story = Story::complete();
    let candidate = Box::new(story.candidate());
    story.wish(Command::Review { by: user(ADA), candidate: candidate.clone() });
    assert_eq!(story.answer, Answer::Done);
    story.wish(Command::Review { by: user(ADA), candidate });
    assert_eq!(story.answer, Answer::Same);
}

#[test]
fn two_reviews_made_at_once_never_share_a_number() {
    let mut story = Story::complete();
    let first = story.candidate();
    story.types(Question::System, "Settles payouts", 1_010);
    let second = story.candidate();
    assert_eq!(first.number, second.number, "both were made from the same stored draft");
    story.wish(Command::Review { by: user(ADA), candidate: Box::new(second) });
    story.wish(Command::Review { by: user(ADA), candidate: Box::new(first.clone()) });
    assert_eq!(story.answer, Answer::Moved);
    // The other way round: the number on the first screen never comes to mean the second text.
    let mut story = Story::complete();
    story.wish(Command::Review { by: user(ADA), candidate: Box::new(first) });
    story.types(Question::System, "Settles payouts", 1_010);
    let mut second = story.candidate();
    second.number = 1;
    story.wish(Command::Review { by: user(ADA), candidate: Box::new(second) });
    assert_eq!(story.answer, Answer::Moved);
    assert_eq!(story.post(1).answer, Answer::Moved);
}

#[test]
fn a_review_of_answers_that_moved_has_to_be_made_anew() {
    let mut story = Story::complete();
    let candidate = Box::new(story.candidate());
    story.types(Question::Load, "rare", 1_010);
    story.wish(Command::Review { by: user(ADA), candidate });
    assert_eq!(story.answer, Answer::Moved);
    assert_eq!(story.scope.draft().unwrap().candidate, None);
}

#[test]
fn a_mended_answer_stands_and_asks_for_a_new_generation_once() {
    let mut story = Story::reviewed();
    let mend = Command::Mend {
        by: user(ADA),
        window: window("first"),
        answer: said(Question::System, "Streams payments"),
        at: at(1_020),
    };
    story.wish(mend.clone());
    assert_eq!(words(&story, Question::System), Some("Streams payments"));
    assert_eq!(story.scope.draft().unwrap().generation, 1);
    story.wish(mend);
    assert_eq!(story.scope.draft().unwrap().generation, 1);
    assert_eq!(story.post(1).answer, Answer::Moved, "the review shown before is not what would be posted");
}

#[test]
fn a_discarded_draft_holds_no_text_and_stays_discarded() {
    let mut story = Story::reviewed();
    story.discard(ADA);
    assert!(story.holds_no_text());
    assert_eq!(story.deeds, [Deed::Discarded]);
    assert_eq!(story.discard(ADA).answer, Answer::Same);
    story.types(Question::System, "more", 1_100);
    assert_eq!(story.answer, Answer::Refused(Refusal::Over(Ending::Discarded)));
}

#[test]
fn discarding_an_edit_leaves_what_is_shown_and_its_approval() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_100).edit();
    story.types_in("edit", Question::System, "Something else", 3_001);
    story.discard(ADA);
    assert_eq!(story.posted().edit, None);
    assert_eq!(story.posted().shown.brief.system.as_str(), "Streams card payments into a ledger");
    assert!(story.approved());
}

#[test]
fn an_unripe_reminder_says_nothing_and_a_ripe_one_speaks_once() {
    let mut story = Story::begun();
    story.passes(DAY * 11).due(DueKind::Reminder);
    assert_eq!(story.answer, Answer::Same);
    story.passes(DAY).due(DueKind::Reminder);
    assert_eq!(story.followed(), ["dm UADA expiring"]);
    story.due(DueKind::Reminder);
    assert_eq!(story.answer, Answer::Same);
}

#[test]
fn a_reminder_that_comes_late_puts_the_end_off_whichever_fell_due_first() {
    for first in [DueKind::Reminder, DueKind::Expiry] {
        let mut story = Story::begun();
        story.passes(DAY * 40).due(first);
        assert_eq!(story.followed(), ["dm UADA expiring"], "{first:?}");
        assert_eq!(story.due(DueKind::Expiry).due(DueKind::Reminder).answer, Answer::Same, "{first:?}");
        assert!(matches!(story.scope.stage, Stage::Draft(_)), "{first:?}");
        story.passes(DAY * 2).due(DueKind::Expiry);
        assert_eq!(story.followed(), ["dm UADA expired"], "{first:?}");
    }
}

#[test]
fn with_no_day_between_there_is_no_reminder() {
    let mut policy = policy();
    policy.reminder_before = Duration::ZERO;
    let mut story = Story::begun_under(policy, &[]);
    story.passes(DAY * 14).due(DueKind::Reminder).due(DueKind::Expiry);
    assert_eq!(story.followed(), ["dm UADA expired"]);
}

#[test]
fn typing_puts_reminder_and_expiry_off() {
    let mut story = Story::begun();
    story.passes(DAY * 12).due(DueKind::Reminder);
    story.passes(DAY).types(Question::System, "still here", 2_000);
    story.passes(DAY * 2).due(DueKind::Expiry);
    assert_eq!(story.answer, Answer::Same);
    story.passes(DAY * 10).due(DueKind::Reminder);
    assert_eq!(story.followed(), ["dm UADA expiring"], "a new period has its own reminder");
}

#[test]
fn reading_and_repeating_put_nothing_off() {
    let mut story = Story::begun();
    story.types(Question::System, "Streams", 1_010);
    let due = story.scope.due.clone();
    story.passes(DAY);
    story.wish(Command::Open { by: user(ADA), window: window("second"), at: at(1_020) });
    story.types(Question::System, "Streams", 1_010);
    assert_eq!(story.scope.due, due);
}

#[test]
fn an_expired_draft_holds_no_text_and_its_author_is_told() {
    let mut story = Story::reviewed();
    story.passes(DAY * 12).due(DueKind::Reminder);
    story.passes(DAY * 2).due(DueKind::Expiry);
    assert_eq!(story.scope.stage, Stage::Ended(Ending::Expired));
    assert!(story.holds_no_text());
    assert_eq!(story.followed(), ["dm UADA expired"]);
    assert_eq!(story.deeds, [Deed::Expired]);
    assert_eq!(story.due(DueKind::Expiry).answer, Answer::Same);
    assert_eq!(story.post(1).answer, Answer::Refused(Refusal::Over(Ending::Expired)));
}

#[test]
fn a_posted_scope_never_expires() {
    let mut story = Story::shown();
    story.passes(DAY * 400);
    for kind in [DueKind::Reminder, DueKind::Expiry] {
        assert!(!story.scope.due.contains_key(&kind));
        assert_eq!(story.due(kind).answer, Answer::Same);
    }
}

#[test]
fn a_life_beyond_all_time_is_the_last_moment_there_is() {
    let mut policy = policy();
    policy.draft_life = Duration::MAX;
    let story = Story::begun_under(policy, &[]);
    assert_eq!(story.scope.due[&DueKind::Expiry], jiff::Timestamp::MAX);
}

#[test]
fn an_edit_begins_with_every_answer_that_is_shown() {
    let mut story = Story::complete();
    let optional = [
        (Question::Numbers, "4,000 a second"),
        (Question::Language, "Rust"),
        (Question::Ramp, "weeks"),
        (Question::Code, "existing_coupled"),
        (Question::Length, "permanent"),
        (Question::Breadth, "backend"),
        (Question::Title, "ledger"),
    ];
    let details = crate::domain::answers::Detail::ALL.iter().map(|detail| (Question::Detail(*detail), "some words"));
    for (question, text) in optional.into_iter().chain(details) {
        story.types(question, text, 1_010);
    }
    let before: Draft = story.scope.draft().unwrap().clone();
    assert_eq!(before.answers.given().count(), Question::all().count(), "every question is answered");
    story.review().post(1).edit();
    let edit = story.scope.draft().unwrap();
    assert!(edit.answers.say_the_same(&before.answers));
    assert_eq!(story.deeds, [Deed::EditBegun]);
    story.types_in("edit", Question::Title, "payouts", 900);
    story.wish(Command::Edit { by: user(ADA), window: window("other"), at: at(3_100) });
    assert_eq!(words(&story, Question::Title), Some("payouts"), "going on with an edit keeps it");
    assert!(story.deeds.is_empty());
}
