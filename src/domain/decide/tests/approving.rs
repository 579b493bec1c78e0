//! Marks that count and marks that do not; changes asked for.

use crate::domain::approval::{ChangeAsked, Listed, NotCounted, Source};
use crate::domain::audit::Deed;
use crate::domain::decide::Answer;
use crate::domain::ids::Revision;
use crate::domain::person::PersonKind;
use crate::domain::policy::Policy;

use super::story::*;

#[test]
fn one_entitled_reaction_approves_and_is_said_in_thread_and_message() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001);
    assert_eq!(story.answer, Answer::Done);
    assert_eq!(
        story.followed(),
        ["refresh Summary", "note approved by URITA, 1 of 1", "dm UADA approved by URITA, 1 of 1", "refresh Kit"]
    );
    assert_eq!(story.deeds, [Deed::Approved(Source::Reaction(CHECK.to_owned())), Deed::QuorumReached]);
    assert_eq!(story.posted().approval.approved_at, Some(story.now));
}

#[test]
fn a_quorum_of_two_needs_two_people_not_two_marks() {
    let mut story = Story::shown_for_two();
    story.gives(RITA, reaction(), 2_001);
    assert_eq!(
        story.followed(),
        ["refresh Summary", "note approved by URITA, 1 of 2", "dm UADA approved by URITA, 1 of 2"]
    );
    assert_eq!(story.deeds, [Deed::Approved(Source::Reaction(CHECK.to_owned()))], "one of two is no quorum");
    story.gives(RITA, press(1), 2_002);
    assert_eq!((story.approvers(), story.approved()), (vec![RITA], false));
    assert_eq!(story.followed(), ["refresh Summary"], "the same person by another way is no news");
    story.gives(ROB, press(1), 2_003);
    assert_eq!((story.approvers(), story.approved()), (vec![RITA, ROB], true));
    assert_eq!(
        story.followed(),
        ["refresh Summary", "note approved by UROB, 2 of 2", "dm UADA approved by UROB, 2 of 2", "refresh Kit"]
    );
    assert_eq!(story.deeds, [Deed::Approved(Source::Button), Deed::QuorumReached]);
}

#[test]
fn who_does_not_count_hears_why_once_and_bots_and_leavers_hear_nothing() {
    use PersonKind::*;
    let table = [
        (ADA, Listed::Yes, Some(Member), NotCounted::Author, 1),
        (ADA, Listed::Yes, None, NotCounted::Author, 1),
        (NORA, Listed::No, Some(Member), NotCounted::NotAnApprover, 1),
        (RITA, Listed::Yes, Some(Guest), NotCounted::Guest, 1),
        (RITA, Listed::Yes, Some(Outsider), NotCounted::Outsider, 1),
        (RITA, Listed::Yes, Some(Bot), NotCounted::Bot, 0),
        (RITA, Listed::Yes, Some(Deactivated), NotCounted::Deactivated, 0),
        (NORA, Listed::Unknown, Some(Guest), NotCounted::Guest, 1),
    ];
    for (who, listed, kind, why, words) in table {
        let mut story = Story::shown();
        story.known(who, listed, kind);
        story.gives(who, reaction(), 2_001);
        assert_eq!(story.answer, Answer::NotCounted(why), "{who} {kind:?}");
        assert_eq!(story.deeds, [Deed::NotCounted(why)]);
        assert_eq!(story.told().len(), words, "{who} {kind:?}");
        story.gives(who, press(1), 2_002);
        assert_eq!((story.told().len(), story.approvers().len()), (0, 0), "{who} {kind:?}");
    }
}

#[test]
fn a_reaction_at_or_before_the_fence_never_counts() {
    for (seconds, counts) in [(1_999, false), (2_000, false), (2_001, true)] {
        let mut story = Story::shown();
        story.gives(RITA, reaction(), seconds);
        assert_eq!(story.approved(), counts, "{seconds}");
        if !counts {
            assert_eq!(story.followed(), ["quiet URITA older_text"]);
        }
    }
}

#[test]
fn whoever_may_not_approve_is_never_offered_the_button_for_a_newer_text() {
    let mut story = Story::shown();
    story.gives(NORA, reaction(), 1_999);
    assert_eq!(story.answer, Answer::NotCounted(NotCounted::NotAnApprover));
    story.known("UBOT", Listed::No, Some(PersonKind::Bot)).gives("UBOT", reaction(), 1_999);
    assert_eq!((&story.answer, story.told().len()), (&Answer::NotCounted(NotCounted::Bot), 0));
}

#[test]
fn an_emoji_that_is_not_accepted_is_nothing() {
    let mut story = Story::shown();
    story.gives(RITA, (Source::Reaction("eyes".to_owned()), None), 2_001);
    assert_eq!(story.answer, Answer::Same);
}

#[test]
fn a_press_counts_for_the_revision_it_names() {
    for (named, counts) in [(None, false), (Some(0), false), (Some(1), true), (Some(2), false)] {
        let mut story = Story::shown();
        story.gives(RITA, (Source::Button, named.map(Revision)), 2_001);
        assert_eq!(story.approved(), counts, "{named:?}");
    }
}

#[test]
fn a_redelivered_mark_changes_nothing_a_second_time() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).gives(RITA, reaction(), 2_001);
    assert_eq!(story.answer, Answer::Same);
    story.takes(RITA, reaction(), 2_002).takes(RITA, reaction(), 2_002);
    assert_eq!(story.answer, Answer::Same);
    let mut story = Story::shown();
    story.gives(NORA, reaction(), 2_001);
    let before = story.scope.stage.clone();
    story.gives(NORA, reaction(), 2_001);
    assert_eq!((&story.scope.stage, story.effects.len()), (&before, 0));
    assert_eq!(story.answer, Answer::NotCounted(NotCounted::NotAnApprover), "answered as the first was");
}

#[test]
fn pressing_again_is_success_without_a_second_effect() {
    let mut story = Story::shown();
    story.gives(RITA, press(1), 2_001).gives(RITA, press(1), 2_010);
    assert_eq!((&story.answer, story.effects.len(), story.deeds.len()), (&Answer::Done, 0, 0));
    story.takes(RITA, press(1), 2_005);
    assert!(story.approved(), "the press after the withdrawal stands");
}

#[test]
fn pressing_again_while_nobody_knows_the_person_takes_nothing_away() {
    let mut story = Story::shown();
    story.gives(RITA, press(1), 2_001).unknown(RITA).gives(RITA, press(1), 2_010);
    assert!(story.approved());
    assert!(story.effects.is_empty());
}

#[test]
fn withdrawing_is_said_and_a_late_older_gift_changes_nothing() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).takes(RITA, reaction(), 2_005);
    assert_eq!(
        story.followed(),
        ["refresh Summary", "note withdrawn by URITA, 0 of 1", "dm UADA withdrawn by URITA, 0 of 1"]
    );
    assert_eq!(story.deeds, [Deed::Withdrew(Source::Reaction(CHECK.to_owned())), Deed::QuorumLost]);
    story.gives(RITA, reaction(), 2_004);
    assert_eq!((&story.answer, story.approved()), (&Answer::Same, false));
    story.gives(RITA, reaction(), 2_006);
    assert!(story.approved());
}

#[test]
fn a_withdrawal_that_overtakes_its_gift_holds() {
    let mut story = Story::shown();
    story.takes(RITA, reaction(), 2_005);
    assert_eq!((&story.answer, story.effects.len()), (&Answer::Done, 0));
    story.gives(RITA, reaction(), 2_004);
    assert!(!story.approved());
}

#[test]
fn approved_while_one_mark_stands() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001).gives(RITA, press(1), 2_002).takes(RITA, press(1), 2_003);
    assert!(story.approved());
    story.takes(RITA, reaction(), 2_004);
    assert!(!story.approved());
}

#[test]
fn an_approval_beyond_the_quorum_is_said_and_moves_nothing_else() {
    let mut story = Story::shown();
    story.gives(RITA, reaction(), 2_001);
    let when = story.posted().approval.approved_at;
    story.passes(std::time::Duration::from_secs(60)).gives(ROB, reaction(), 2_002);
    assert_eq!(
        story.followed(),
        ["refresh Summary", "note approved by UROB, 2 of 1", "dm UADA approved by UROB, 2 of 1"]
    );
    assert_eq!(story.deeds, [Deed::Approved(Source::Reaction(CHECK.to_owned()))]);
    assert_eq!(story.posted().approval.approved_at, when);
    story.takes(RITA, reaction(), 2_003);
    assert_eq!(
        story.followed(),
        ["refresh Summary", "note withdrawn by URITA, 1 of 1", "dm UADA withdrawn by URITA, 1 of 1"]
    );
    assert_eq!(story.deeds, [Deed::Withdrew(Source::Reaction(CHECK.to_owned()))]);
    assert_eq!((story.posted().approval.approved_at, story.approved()), (when, true));
}

#[test]
fn where_nobody_is_asked_nobody_approves() {
    let nobody = Policy { approvers: [].into(), ..policy() };
    let mut story = Story::shown_under(nobody);
    story.gives(RITA, reaction(), 2_001);
    assert_eq!(story.answer, Answer::NotCounted(NotCounted::NobodyAsked));
    story.known("UBOT", Listed::No, Some(PersonKind::Bot)).gives("UBOT", reaction(), 2_001);
    assert!(story.told().is_empty(), "bots hear nothing");
    // Approvers that are configured later do not change what was said at posting.
    story.policy = policy();
    story.gives(ROB, reaction(), 2_002);
    assert_eq!(story.answer, Answer::NotCounted(NotCounted::NobodyAsked));
    assert!(story.posted().approval.marks.is_empty());
}

#[test]
fn somebody_else_s_row_proves_nothing() {
    let mut story = Story::shown();
    let row = story.standing(&user(ROB));
    story.directory.insert(user(RITA), row);
    story.gives(RITA, reaction(), 2_001);
    assert_eq!(story.answer, Answer::Waiting);
}

#[test]
fn changes_asked_for_reach_message_thread_and_author() {
    let mut story = Story::shown();
    story.asks(RITA, &[ChangeAsked::Load], Some("Is it per day?"));
    assert_eq!(story.followed(), ["refresh Summary", "note URITA asks for changes", "dm UADA URITA asks for changes"]);
    assert_eq!(story.deeds, [Deed::AskedForChanges]);
    assert!(story.posted().approval.changes_asked.contains(&user(RITA)));
}

#[test]
fn a_crowd_leaves_the_record_bounded() {
    let mut story = Story::shown();
    for number in 0..600 {
        let who = format!("UCROWD{number}");
        story.known(&who, Listed::Unknown, None);
        story.gives(&who, reaction(), 3_000 + number);
        if number % 2 == 0 {
            story.takes(&who, reaction(), 4_000 + number);
        }
        story.asks(&who, &[ChangeAsked::Team], None);
        story.known(&who, Listed::No, Some(PersonKind::Member)).gives(&who, press(1), 3_000 + number);
    }
    let approval = &story.posted().approval;
    assert!(approval.marks.len() <= 100, "{} marks", approval.marks.len());
    assert!(approval.told.len() <= 200, "{} told", approval.told.len());
    assert!(approval.changes_asked.len() <= 60, "{} asked", approval.changes_asked.len());
    let wishes: Vec<&str> = story.posted().wishes.iter().map(|wish| wish.asked.by.as_str()).collect();
    assert_eq!((wishes.len(), wishes.last()), (8, Some(&"UCROWD599")), "the newest are kept in words");
    story.gives(RITA, reaction(), 2_500);
    assert!(story.approved(), "an approver counts beside any crowd");
}
