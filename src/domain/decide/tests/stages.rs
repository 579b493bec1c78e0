//! Every command in every stage, as one table: the unhandled pair is designed.

use crate::domain::answers::{Question, Text};
use crate::domain::approval::{ChangeAsked, Gesture, Mark, Source};
use crate::domain::audit::Deed;
use crate::domain::command::{Command, Delivered};
use crate::domain::decide::{Answer, Refusal};
use crate::domain::draft::Save;
use crate::domain::ids::{Revision, UserId};
use crate::domain::life::{Hire, Step};
use crate::domain::person::{PersonKind, Presence};
use crate::domain::posting::Piece;
use crate::domain::scope::DueKind;

use super::story::*;

/// A stage's name, and how a story gets there.
type Begin = (&'static str, fn() -> Story);

pub const STAGES: [Begin; 11] = [
    ("partial", Story::begun),
    ("complete", Story::complete),
    ("reviewed", Story::reviewed),
    ("waiting", Story::waiting),
    ("shown", Story::shown),
    ("editing", Story::editing),
    ("claimed", Story::claimed),
    ("on hold", Story::on_hold),
    ("filled", Story::filled),
    ("closed", Story::closed),
    ("ended", Story::ended),
];

/// By the author, who is also among the approvers; marks and changes asked are Rita's.
const BY_THE_AUTHOR: &str = "
command       | partial    | complete   | reviewed   | waiting      | shown        | editing      | claimed          | on hold      | filled       | closed       | ended
start         | same       | same       | same       | same         | same         | same         | same             | same         | same         | same         | same
open          | done       | done       | done       | no_draft     | no_draft     | done         | no_draft         | no_draft     | no_draft     | no_draft     | discarded
edit          | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | search_over  | search_over  | discarded
save          | done       | done       | done       | no_draft     | no_draft     | done         | no_draft         | no_draft     | no_draft     | no_draft     | discarded
mend          | done       | done       | done       | no_draft     | no_draft     | done         | no_draft         | no_draft     | no_draft     | no_draft     | discarded
review        | missing    | done       | done       | no_draft     | no_draft     | done         | no_draft         | no_draft     | no_draft     | no_draft     | discarded
post          | missing    | moved      | posted     | posted       | posted       | posted       | posted           | posted       | posted       | posted       | discarded
post the next | missing    | moved      | moved      | no_draft     | no_draft     | moved        | no_draft         | no_draft     | search_over  | search_over  | discarded
post again    | not_posted | not_posted | not_posted | same         | same         | same         | same             | same         | same         | same         | not_posted
approve       | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | not_open     | not_open     | not_posted
react         | not_posted | not_posted | not_posted | waiting      | done         | done         | done             | done         | not_open     | not_open     | not_posted
withdraw      | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | done         | done         | not_posted
learnt        | same       | same       | same       | same         | same         | same         | same             | same         | same         | same         | same
ask           | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | search_over  | search_over  | not_posted
discard       | done       | done       | done       | same         | same         | done         | same             | same         | same         | same         | same
reminder      | same       | same       | same       | same         | same         | same         | same             | same         | same         | same         | same
expiry        | same       | same       | same       | same         | same         | same         | same             | same         | same         | same         | same
shown         | same       | same       | same       | done         | done         | done         | done             | done         | done         | done         | same
fence         | same       | same       | same       | done         | done         | done         | done             | done         | done         | done         | same
failed        | same       | same       | same       | done         | done         | done         | done             | done         | done         | done         | same
in doubt      | same       | same       | same       | done         | done         | done         | done             | done         | done         | done         | same
dropped       | done       | done       | done       | done         | done         | done         | done             | done         | done         | done         | done
claim         | not_posted | not_posted | not_posted | own_scope    | own_scope    | own_scope    | own_scope        | own_scope    | own_scope    | own_scope    | not_posted
rita claims   | not_posted | not_posted | not_posted | done         | done         | done         | same             | on_hold      | search_over  | search_over  | not_posted
rob claims    | not_posted | not_posted | not_posted | done         | done         | done         | claimed_by_other | on_hold      | search_over  | search_over  | not_posted
release       | not_posted | not_posted | not_posted | same         | same         | same         | done             | done         | search_over  | search_over  | not_posted
hold          | not_posted | not_posted | not_posted | done         | done         | done         | done             | same         | search_over  | search_over  | not_posted
resume        | not_posted | not_posted | not_posted | same         | same         | same         | same             | done         | search_over  | search_over  | not_posted
fill          | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | same         | search_over  | not_posted
fill anew     | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | done         | search_over  | not_posted
close         | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | search_over  | same         | not_posted
reopen        | not_posted | not_posted | not_posted | same         | same         | same         | same             | same         | done         | done         | not_posted
hand over     | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | done         | done         | not_posted
to a guest    | not_posted | not_posted | not_posted | not_a_member | not_a_member | not_a_member | not_a_member     | not_a_member | not_a_member | not_a_member | not_posted
nora takes    | not_posted | not_posted | not_posted | done         | done         | done         | done             | done         | done         | done         | not_posted
gus takes     | not_posted | not_posted | not_posted | not_a_member | not_a_member | not_a_member | not_a_member     | not_a_member | not_a_member | not_a_member | not_posted
takes early   | not_posted | not_posted | not_posted | author_stays | author_stays | author_stays | author_stays     | author_stays | author_stays | author_stays | not_posted
author left   | same       | same       | same       | done         | done         | done         | done             | done         | done         | done         | same
author back   | same       | same       | same       | same         | same         | same         | same             | same         | same         | same         | same
nudge         | same       | same       | same       | same         | same         | same         | same             | same         | same         | same         | same
before start  | same       | same       | same       | same         | same         | same         | same             | same         | same         | same         | same
";

pub fn command(name: &str, by: UserId, story: &Story) -> Command {
    let mark = |source, gesture| {
        Command::Mark(Mark { person: user(RITA), source, gesture, at: at(5_000), revision: Some(Revision(1)) })
    };
    let post = |candidate| Command::Post { by: by.clone(), candidate, on_purpose: None, channel: channel(HIRING) };
    let ts = crate::domain::ids::MessageTs::parse("2000.000000").unwrap();
    match name {
        "start" => Command::Start { given: vec![], parked: vec![], window: window("again"), at: at(4_000) },
        "open" => Command::Open { by, window: window("second"), at: at(4_000) },
        "edit" => Command::Edit { by, window: window("second"), at: at(4_000) },
        "save" => {
            let acted = Some((Question::Numbers, Some(said(Question::Numbers, "4,000 a second"))));
            Command::Save { by, save: Save { window: window("first"), at: at(4_000), acted, shown: vec![] } }
        }
        "mend" => {
            let answer = said(Question::System, "Streams payments");
            Command::Mend { by, window: window("first"), answer, at: at(4_000) }
        }
        "review" => {
            // Where there is nothing to review, any candidate will do.
            let whole = story.scope.draft().is_some_and(|draft| draft.answers.missing().is_empty());
            let candidate = if whole { story.candidate() } else { Story::complete().candidate() };
            Command::Review { by, candidate: Box::new(candidate) }
        }
        "post" => post(1),
        "post the next" => post(2),
        "post again" => Command::PostAgain { by },
        "approve" => mark(Source::Button, Gesture::Given),
        "react" => mark(Source::Reaction(CHECK.to_owned()), Gesture::Given),
        "withdraw" => mark(Source::Button, Gesture::Taken),
        "learnt" => Command::Learnt(user(RITA)),
        "ask" => {
            let ticks = [ChangeAsked::Load].into();
            Command::AskForChanges { by: user(RITA), ticks, comment: None, revision: None }
        }
        "discard" => Command::Discard { by },
        "reminder" => Command::Due(DueKind::Reminder),
        "expiry" => Command::Due(DueKind::Expiry),
        "shown" => Command::Delivered(Delivered::Shown {
            piece: Piece::Summary,
            channel: channel(HIRING),
            ts,
            revision: Revision(1),
        }),
        "fence" => Command::Delivered(Delivered::Fence { revision: Revision(1), at: at(2_000) }),
        "failed" => Command::Delivered(Delivered::Failed { piece: Piece::Summary, why: "not_in_channel".into() }),
        "in doubt" => Command::Delivered(Delivered::InDoubt(Piece::Summary)),
        "dropped" => Command::Delivered(Delivered::Dropped("cannot_dm_bot".into())),
        "hand over" => Command::HandOver { by, to: user(NORA), kind: Some(PersonKind::Member) },
        "to a guest" => Command::HandOver { by, to: user("UGUS"), kind: Some(PersonKind::Guest) },
        "nora takes" => take_over(NORA, PersonKind::Member, PersonKind::Deactivated),
        "gus takes" => take_over("UGUS", PersonKind::Guest, PersonKind::Deactivated),
        "takes early" => take_over(NORA, PersonKind::Member, PersonKind::Member),
        "author left" => Command::AuthorSeen(Presence::Left),
        "author back" => Command::AuthorSeen(Presence::Here),
        "nudge" => Command::Nudge(vec![user(RITA)]),
        "before start" => Command::Due(DueKind::BeforeStart),
        name => step(name, by),
    }
}

fn take_over(by: &str, kind: PersonKind, author: PersonKind) -> Command {
    Command::TakeOver { by: user(by), kind: Some(kind), author: Some(author) }
}

fn step(name: &str, by: UserId) -> Command {
    let (by, step) = match name {
        "claim" => (by, Step::Claim),
        "rita claims" => (user(RITA), Step::Claim),
        "rob claims" => (user(ROB), Step::Claim),
        "release" => (by, Step::Release),
        "hold" => (by, Step::Hold),
        "resume" => (by, Step::Resume),
        "fill" => (by, Step::Fill(grace())),
        "fill anew" => (by, Step::Fill(Hire::default())),
        "close" => (by, Step::Close(None)),
        "reopen" => (by, Step::Reopen),
        other => panic!("no command {other}"),
    };
    Command::Step { by, step }
}

fn word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Done => "done",
        Answer::Same => "same",
        Answer::Missing(_) => "missing",
        Answer::Moved => "moved",
        Answer::NeedsReason(_) => "needs_reason",
        Answer::Posted(_) => "posted",
        Answer::Waiting => "waiting",
        Answer::NotCounted(why) => why.key(),
        Answer::Refused(refusal) => refusal.key(),
    }
}

pub fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    BY_THE_AUTHOR.trim().lines().skip(1).map(|line| line.split('|').map(str::trim).collect())
}

#[test]
fn every_command_has_its_answer_in_every_stage() {
    let mut wrong = Vec::new();
    for row in rows() {
        let [name, expected @ ..] = row.as_slice() else { panic!("an empty row") };
        assert_eq!(expected.len(), STAGES.len(), "{name}");
        for ((stage, begin), expected) in STAGES.iter().zip(expected) {
            let mut story = begin();
            let command = command(name, user(ADA), &story);
            story.wish(command);
            if word(&story.answer) != *expected {
                wrong.push(format!("{name} in {stage}: {} instead of {expected}", word(&story.answer)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_refusal_changes_nothing_but_the_audit() {
    for (stage, begin) in STAGES {
        for row in rows() {
            let mut story = begin();
            let before = story.scope.clone();
            let command = command(row[0], user(ADA), &story);
            story.wish(command);
            if let Answer::Refused(refusal) = story.answer {
                story.scope.version = before.version;
                assert_eq!(story.scope, before, "{} in {stage}", row[0]);
                assert!(story.effects.is_empty(), "{} in {stage}", row[0]);
                // A keystroke after the end of a draft is ordinary; every other refusal is remembered.
                let late = row[0] == "save" && matches!(refusal, Refusal::NoDraft | Refusal::Over(_));
                let remembered = if late { vec![] } else { vec![Deed::Refused(refusal.key().into())] };
                assert_eq!(story.deeds, remembered, "{} in {stage}", row[0]);
            }
        }
    }
}

#[test]
fn nobody_but_the_author_changes_reviews_posts_or_discards() {
    for (stage, begin) in STAGES {
        for name in ["open", "edit", "save", "mend", "review", "post", "post the next", "post again", "discard"] {
            let mut story = begin();
            let command = command(name, user(RITA), &story);
            story.wish(command);
            assert_eq!(word(&story.answer), "not_yours", "{name} in {stage}");
        }
    }
}

#[test]
fn what_follows_is_committed_with_a_changed_scope_or_an_audit_row() {
    for (stage, begin) in STAGES {
        for row in rows() {
            let mut story = begin();
            let before = story.scope.clone();
            let command = command(row[0], user(ADA), &story);
            story.wish(command);
            story.scope.version = before.version;
            let committed = story.scope != before || !story.deeds.is_empty();
            assert!(committed || story.effects.is_empty(), "{} in {stage}: {:?}", row[0], story.followed());
        }
    }
}

#[test]
fn asking_for_changes_needs_a_tick_or_a_comment_in_every_stage() {
    for (stage, begin) in STAGES {
        let mut story = begin();
        story.asks(RITA, &[], None);
        assert_eq!(word(&story.answer), "nothing_asked", "{stage}");
        assert!(story.deeds.is_empty(), "{stage}: nobody tried what is not theirs");
    }
    let mut story = Story::shown();
    let comment = Text::parse("Who owns the ledger?", 300).unwrap();
    story.wish(Command::AskForChanges { by: user(RITA), ticks: [].into(), comment: Some(comment), revision: None });
    assert_eq!(story.answer, Answer::Done);
}
