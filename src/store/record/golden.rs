//! What is on disks: one file a kind and schema number, written once and readable for ever. A scope that is generated
//! comes back whole.

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::prelude::*;

use super::approval::MarkRecord;
use super::audit::AuditRecord;
use super::directory::{ChannelRecord, GroupRecord, PersonRecord, PreferenceRecord};
use super::envelope::{seal, unseal};
use super::kept::{SeenRecord, StrayRecord};
use super::outbox::RowRecord;
use super::scope::{PlaceRecord, RevisionRecord, ScopeRecord};
use super::strategies::scopes;
use super::{Record, Spelt};
use crate::domain::answers::{Answer, Answers, Code, Load, Question};
use crate::domain::approval::{ChangeAsked, Entitled, Gesture, Mark, NotCounted, Source, Standmark, Weight};
use crate::domain::audit::{AuditRow, Deed};
use crate::domain::brief::Brief;
use crate::domain::draft::{Acknowledged, Candidate, Conflict, Draft, Warning, Window};
use crate::domain::effect::{ChangesAsked, Counted, Dm, Effect, Note, Passed, Passing, Revised, Stepped};
use crate::domain::ids::{GroupId, Revision, SlackTime, Version, WindowId};
use crate::domain::life::{Hire, Life, Step, StepKind};
use crate::domain::person::{Channel, ChannelState, Group, Person, PersonKind, Preference, Presence, Reminders};
use crate::domain::posting::{Hindrance, Piece, Slot, Twin, TwinText};
use crate::domain::scope::{Axis, DueKind, Ending, Scope, Stage};
use crate::domain::wish::Wish;
use crate::store::contract::fixture::{answers, at, channel, draft, home, id, place, posted, shown_at, text, ts, user};
use crate::store::{Lane, NewRow, RowId};

/// The file reads as `sample`, and `sample` is written as the file.
fn assert_golden<R: Record + PartialEq + Debug>(file: &str, sample: &R) {
    let written = serde_json::to_value(sample).unwrap();
    let golden: serde_json::Value = serde_json::from_str(file).unwrap();
    assert_eq!(written, golden, "what is written has changed:\n{}", serde_json::to_string_pretty(sample).unwrap());
    assert_eq!(&serde_json::from_str::<R>(file).unwrap(), sample);
}

pub fn full_draft() -> Draft {
    let mut answers = answers("moves *orders*\nand \"money\"");
    answers.set(Question::Code, Some(Answer::Code(Code::Coupled)), SlackTime(1_700_000_000_000_002));
    answers.set(Question::Ramp, None, SlackTime(1_700_000_000_000_003));
    let seen = [(Question::System, (u64::MAX, SlackTime(1_700_000_000_000_001)))].into();
    Draft {
        candidate: Some(Candidate {
            number: 2,
            answers: 77,
            brief: Brief::of(&answers).unwrap(),
            title: "Backend engineer, orders".into(),
            sentences: ["One.", "Two.", "Three."].map(str::to_owned),
            warnings: vec![Warning { rule: "language_first".into(), words: 5 }],
            conflict: Some(Conflict {
                words: 6,
                by_words: Answer::Load(Load::Thousands),
                by_choice: Answer::Load(Load::Ones),
            }),
        }),
        answers,
        parked: vec!["Rust".into()],
        windows: vec![Window { id: WindowId::parse("w1").unwrap(), last: SlackTime(1_700_000_000_000_001), seen }],
        generation: 3,
        reviews: 2,
        acknowledged: vec![Acknowledged { rule: "language_first".into(), words: 5, reason: text("it is a port") }],
        channel: Some(channel(1)),
    }
}

fn grace() -> Hire {
    Hire { name: Some(text("Grace")), starts: Some("2027-03-01".parse().unwrap()) }
}

pub fn full_posted() -> Scope {
    let mut scope = posted(draft(1), shown_at(1));
    scope.version = Version(9);
    scope.due = DueKind::ALL.iter().zip([10, 20, 30, 40, 50]).map(|(kind, second)| (*kind, at(second))).collect();
    let posted = scope.posted_mut().unwrap();
    posted.wishes = vec![Wish { at: at(8), asked: asked() }];
    posted.edit = Some(Draft { answers: Answers::default(), ..Draft::default() });
    posted.posting.kit = Slot::InDoubt;
    posted.posting.twins =
        vec![Twin { channel: channel(1), ts: ts(8), revision: Revision(1), text: TwinText::Superseded }];
    posted.posting.hindered = [Hindrance::NotIn].into();
    posted.acknowledged = full_draft().acknowledged;
    posted.posting.thirty_days = Slot::Failed { why: "is_archived".into() };
    posted.shown.acknowledged = full_draft().acknowledged;
    let mark = |weight| Standmark { at: SlackTime(8), revision: Revision(1), weight };
    posted.approval.marks = [
        ((user(2), Source::Button), mark(Weight::Counts(Entitled::from_record(user(2))))),
        ((user(3), Source::Reaction("white_check_mark".into())), mark(Weight::Undecided)),
        ((user(4), Source::Button), mark(Weight::Taken)),
    ]
    .into();
    posted.approval.fence = Some(SlackTime(7));
    posted.approval.told = BTreeSet::from([user(5)]);
    posted.approval.changes_asked = BTreeSet::from([user(6)]);
    posted.approval.approved_at = Some(at(30));
    posted.life = Life::Filled { by: (user(2), at(40)), hire: grace(), claimed: Some((user(3), at(35))) };
    posted.author = Presence::Left;
    posted.nudges = 2;
    scope
}

#[test]
fn scopes_are_stored_as_the_golden_files_say() {
    let drafted = Scope { stage: Stage::Draft(Box::new(full_draft())), ..draft(1) };
    assert_golden(include_str!("golden/scope-draft.1.json"), &ScopeRecord::into_record(&drafted));
    let mut posted = full_posted();
    assert_golden(include_str!("golden/scope-posted.2.json"), &ScopeRecord::into_record(&posted));
    posted.posted_mut().unwrap().wishes.clear();
    assert_golden(include_str!("golden/scope-posted.1.json"), &ScopeRecord::into_record(&posted));
    let (_, revision) = RevisionRecord::of(&full_posted()).unwrap();
    assert_golden(include_str!("golden/revision.1.json"), &revision);
    let ended = Scope { stage: Stage::Ended(Ending::Discarded), ..draft(1) };
    assert_golden(include_str!("golden/scope-ended.1.json"), &ScopeRecord::into_record(&ended));
    assert_golden(include_str!("golden/place.1.json"), &PlaceRecord { scope: Spelt(id(1)) });
}

fn asked() -> ChangesAsked {
    ChangesAsked {
        by: user(2),
        ticks: ChangeAsked::ALL.iter().copied().collect(),
        comment: Some(text("too vague")),
        revision: Revision(1),
    }
}

pub fn effects() -> Vec<Effect> {
    let asked = asked();
    let revised =
        Revised { revision: Revision(2), axes: Axis::ALL.iter().copied().collect(), by: user(1), approvals: 1 };
    let counted = Counted { by: user(2), given: 1, quorum: 2 };
    let stepped = |step| Effect::Note(Note::Stepped(Stepped { by: user(2), step }));
    let passed = Passed { from: user(1), to: user(2), voided: 1, how: Passing::HandedOver };
    vec![
        Effect::Refresh(Piece::Summary),
        Effect::Refresh(Piece::Kit),
        Effect::Refresh(Piece::ThirtyDays),
        Effect::Note(Note::Approved(counted.clone())),
        Effect::Note(Note::Withdrawn(counted.clone())),
        Effect::Note(Note::ChangesAsked(asked.clone())),
        Effect::Note(Note::Revised(revised.clone())),
        Effect::Dm(user(1), Dm::Posted),
        Effect::Dm(user(1), Dm::Approved(counted.clone())),
        Effect::Dm(user(1), Dm::Withdrawn(counted)),
        Effect::Dm(user(1), Dm::ChangesAsked(asked)),
        Effect::Dm(user(1), Dm::NotPosted("not_in_channel".into())),
        Effect::Dm(user(1), Dm::Expiring),
        Effect::Dm(user(1), Dm::Expired),
        Effect::Dm(user(2), Dm::Voided(revised)),
        Effect::QuietWord(user(4), NotCounted::Guest),
        Effect::Learn(user(4)),
        stepped(Step::Claim),
        stepped(Step::Release),
        stepped(Step::Hold),
        stepped(Step::Resume),
        stepped(Step::Fill(grace())),
        stepped(Step::Close(Some(text("the budget moved")))),
        stepped(Step::Close(None)),
        stepped(Step::Reopen),
        Effect::Note(Note::Passed(passed.clone())),
        Effect::Note(Note::AuthorLeft(user(1))),
        Effect::Dm(user(1), Dm::Stepped(Stepped { by: user(2), step: Step::Claim })),
        Effect::Dm(user(2), Dm::Passed(passed)),
        Effect::Dm(user(2), Dm::Nudge),
        Effect::Dm(user(1), Dm::BeforeStart),
        Effect::Retract(channel(1), ts(1)),
        Effect::Supersede(ts(9)),
        Effect::Dm(user(1), Dm::Hindered(Hindrance::Archived)),
    ]
}

#[test]
fn outbox_rows_are_stored_as_the_golden_file_says_and_come_back() {
    let mut rows = Vec::new();
    for (n, effect) in effects().into_iter().enumerate() {
        let lane = match &effect {
            Effect::Learn(who) => Lane::Learning(id(1), who.clone()),
            _ if n % 2 == 0 => Lane::Channel(id(1)),
            _ => Lane::Person(id(1), user(1)),
        };
        let row = NewRow { lane: lane.clone(), effect: effect.clone(), not_before: at(3) };
        let mut record = RowRecord::into_record(&row, at(2));
        if n == 1 {
            record.claim(at(4));
            record.claim(at(5));
        }
        let back = RowRecord::from_record(record.clone(), home(), RowId(7));
        assert_eq!((back.lane, back.effect, back.created), (lane, effect, at(2)));
        rows.push(record);
    }
    let golden: Vec<serde_json::Value> = serde_json::from_str(include_str!("golden/outbox.1.json")).unwrap();
    assert_eq!(golden.len(), rows.len(), "{}", serde_json::to_string_pretty(&rows).unwrap());
    for (golden, row) in golden.iter().zip(&rows) {
        assert_golden(&golden.to_string(), row);
    }
}

fn deeds() -> Vec<Deed> {
    vec![
        Deed::Started,
        Deed::Posted,
        Deed::Overrode("language_first".into()),
        Deed::Approved(Source::Button),
        Deed::Withdrew(Source::Reaction("eyes".into())),
        Deed::NotCounted(NotCounted::Author),
        Deed::QuorumReached,
        Deed::QuorumLost,
        Deed::AskedForChanges,
        Deed::EditBegun,
        Deed::Discarded,
        Deed::Expired,
        Deed::Refused("not_yours".into()),
        Deed::NotDelivered("is_archived".into()),
        Deed::Stepped(StepKind::Claimed),
        Deed::Stepped(StepKind::Released),
        Deed::Stepped(StepKind::OnHold),
        Deed::Stepped(StepKind::Resumed),
        Deed::Stepped(StepKind::Filled),
        Deed::Stepped(StepKind::Closed),
        Deed::Stepped(StepKind::Reopened),
        Deed::HandedOver(user(2)),
        Deed::TookOver(user(1)),
        Deed::AuthorSeen(Presence::Left),
        Deed::AuthorSeen(Presence::Here),
        Deed::Nudged,
        Deed::Erased,
        Deed::Lapsed,
    ]
}

#[test]
fn audit_rows_are_stored_as_the_golden_file_says_and_come_back() {
    let golden: Vec<serde_json::Value> = serde_json::from_str(include_str!("golden/audit.1.json")).unwrap();
    let mut rows = Vec::new();
    for deed in deeds() {
        let row = AuditRow { at: at(1), by: Some(user(1)), revision: Some(Revision(2)), deed };
        let record = AuditRecord::into_record(&row);
        assert_eq!(AuditRecord::from_record(record.clone()), Ok(row));
        rows.push(record);
    }
    assert_eq!(golden.len(), rows.len(), "{}", serde_json::to_string_pretty(&rows).unwrap());
    for (golden, row) in golden.iter().zip(&rows) {
        assert_golden(&golden.to_string(), row);
    }
    let unheard = r#"{"at":"2026-01-01T00:00:00Z","deed":"sang"}"#;
    assert!(AuditRecord::from_record(serde_json::from_str(unheard).unwrap()).is_err());
}

#[test]
fn the_directory_and_what_is_kept_are_stored_as_the_golden_files_say() {
    let person = Person { id: user(1), kind: PersonKind::Outsider, read_at: at(1) };
    let record = PersonRecord::into_record(&person);
    assert_golden(include_str!("golden/person.1.json"), &record);
    assert_eq!(PersonRecord::from_record(record, user(1)), person);

    let group = Group { id: GroupId::parse("S1").unwrap(), members: [user(1), user(2)].into(), read_at: at(1) };
    let record = GroupRecord::into_record(&group);
    assert_golden(include_str!("golden/group.1.json"), &record);
    assert_eq!(GroupRecord::from_record(record, group.id.clone()), group);

    let state = ChannelState::NotIn;
    let known = Channel { id: channel(1), name: "hiring".into(), state, shared: true, read_at: at(1) };
    let record = ChannelRecord::into_record(&known);
    assert_golden(include_str!("golden/channel.1.json"), &record);
    assert_eq!(ChannelRecord::from_record(record, channel(1)), known);

    let wish = Preference { id: user(1), reminders: Reminders::Off, read_at: at(1) };
    let record = PreferenceRecord::into_record(&wish);
    assert_golden(include_str!("golden/preference.1.json"), &record);
    assert_eq!(PreferenceRecord::from_record(record, user(1)), wish);

    let mark = Mark {
        person: user(2),
        source: Source::Reaction("white_check_mark".into()),
        gesture: Gesture::Taken,
        at: SlackTime(5),
        revision: Some(Revision(1)),
    };
    let record = StrayRecord::into_record(&mark, at(9));
    assert_golden(include_str!("golden/stray.1.json"), &record);
    assert_eq!(StrayRecord::from_record(record), mark);
    assert_eq!(MarkRecord::from_record(MarkRecord::into_record(&mark)), mark);
    assert_golden(include_str!("golden/seen.1.json"), &SeenRecord { until: Spelt(at(9)) });
    assert_eq!(place(1).channel, channel(1));
}

#[test]
fn a_field_that_nobody_knows_is_refused_not_dropped() {
    let strange = include_str!("golden/seen.1.json").replacen('{', "{\"later\": 1,", 1);
    assert!(serde_json::from_str::<SeenRecord>(&strange).is_err());
}

#[test]
fn typed_words_stay_out_of_errors() {
    let wrong = include_str!("golden/scope-draft.1.json").replace("\"event_pipeline\"", "\"a secret plan\"");
    let key = b"T1\0s";
    let error = super::envelope::read_payload::<ScopeRecord>(key, 1, wrong.as_bytes());
    let error = error.and_then(|record| {
        ScopeRecord::from_record(record, home(), id(1)).map_err(|nonsense| super::envelope::damaged(key, nonsense))
    });
    let told = error.unwrap_err().to_string();
    assert!(told.contains("T1\\x00s") && !told.contains("secret"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]
    #[test]
    fn every_scope_comes_back_as_it_was(scope in scopes()) {
        let key = b"key";
        let rows = seal(key, &ScopeRecord::into_record(&scope)).unwrap();
        let record: ScopeRecord = match rows.as_slice() {
            [(_, row)] => unseal(key, row).unwrap(),
            rows => {
                let parts = rows.iter().map(|(key, row)| super::envelope::open_part(key, row).unwrap().1);
                super::envelope::read_payload(key, 1, &parts.collect::<Vec<_>>().concat()).unwrap()
            }
        };
        let back = ScopeRecord::from_record(record, scope.home.clone(), scope.id.clone()).unwrap();
        prop_assert_eq!(back, scope);
    }
}
