//! Scopes, rows and changes for tests of stores; everything is named by small numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::answers::{Answer, Answers, Detail, Load, Question, Speed, SystemType, Team, Text};
use crate::domain::approval::{Approval, Gesture, Mark, Source};
use crate::domain::audit::{AuditRow, Deed};
use crate::domain::brief::Brief;
use crate::domain::effect::{Counted, Dm, Effect, Note};
use crate::domain::ids::{ChannelId, Home, MessageTs, Revision, ScopeId, SlackTime, Timestamp, UserId, Version};
use crate::domain::life::Life;
use crate::domain::person::Presence;
use crate::domain::posting::{Piece, Posting, Slot};
use crate::domain::scope::{Posted, Scope, Shown, Stage};
use crate::store::{
    Change, Committed, Lane, NewRow, Outcome, Place, Row, RowId, SeenKey, Settle, Store, Stray, WorkerId,
};

pub fn home() -> Home {
    Home::parse("T0HOME").unwrap()
}
pub fn other_home() -> Home {
    Home::parse("E0OTHER").unwrap()
}
pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}
pub fn id(n: u32) -> ScopeId {
    ScopeId::parse(&format!("01J9{n:022}")).unwrap()
}
pub fn user(n: u32) -> UserId {
    UserId::parse(&format!("U{n:04}")).unwrap()
}
pub fn channel(n: u32) -> ChannelId {
    ChannelId::parse(&format!("C{n:04}")).unwrap()
}
pub fn ts(n: u32) -> MessageTs {
    MessageTs::parse(&format!("1700000000.{n:06}")).unwrap()
}
pub fn place(n: u32) -> Place {
    Place { channel: channel(1), ts: ts(n) }
}
pub fn worker(name: &str) -> WorkerId {
    WorkerId(name.to_owned())
}
pub fn text(words: &str) -> Text {
    Text::parse(words, usize::MAX).unwrap()
}

/// A fresh draft of user 1.
pub fn draft(n: u32) -> Scope {
    Scope::fresh(id(n), home(), user(1), at(0))
}

/// Answers to everything, each of `words`.
pub fn answers(words: &str) -> Answers {
    let mut answers = Answers::default();
    let given = [
        Answer::SystemType(SystemType::EventPipeline),
        Answer::Speed(Speed::Under100Ms),
        Answer::Load(Load::Hundreds),
        Answer::Team(Team::OneOrTwo),
    ];
    let written = [Question::System, Question::Numbers, Question::Language, Question::Title]
        .into_iter()
        .chain(Detail::ALL.iter().copied().map(Question::Detail))
        .map(|question| Answer::Words(question, text(words)));
    for answer in given.into_iter().chain(written) {
        answers.set(answer.question(), Some(answer), SlackTime(1_700_000_000_000_001));
    }
    answers
}

/// What a draft becomes when its summary stands at a place, or waits for one.
pub fn posted(mut scope: Scope, summary: Slot) -> Scope {
    scope.stage = Stage::Posted(Box::new(Posted {
        shown: Shown {
            revision: Revision::FIRST,
            candidate: 1,
            brief: Brief::of(&answers("moves orders")).unwrap(),
            title: "Backend engineer, orders".into(),
            sentences: ["One.", "Two.", "Three."].map(str::to_owned),
            acknowledged: Vec::new(),
            posted_at: at(5),
        },
        channel: channel(1),
        edit: None,
        reviews: 1,
        acknowledged: Vec::new(),
        approval: Approval {
            quorum: 1,
            reactions: BTreeSet::from(["white_check_mark".to_owned()]),
            since: Revision::FIRST,
            fence: None,
            marks: BTreeMap::new(),
            told: BTreeSet::new(),
            changes_asked: BTreeSet::new(),
            approved_at: None,
        },
        wishes: Vec::new(),
        posting: Posting { summary, ..Posting::default() },
        life: Life::Open,
        author: Presence::Here,
        nudges: 0,
    }));
    scope
}
pub fn shown_at(n: u32) -> Slot {
    Slot::Shown { channel: channel(1), ts: ts(n), revision: Revision::FIRST }
}

pub fn change(second: i64) -> Change {
    Change::new(home(), at(second))
}
pub fn of_scope(scope: Scope) -> Change {
    Change { scope: Some(scope), ..change(0) }
}
pub fn of_rows(rows: impl IntoIterator<Item = NewRow>) -> Change {
    Change { outbox: rows.into_iter().collect(), ..change(0) }
}
pub fn refresh(scope: u32) -> NewRow {
    NewRow { lane: Lane::Channel(id(scope)), effect: Effect::Refresh(Piece::Summary), not_before: at(0) }
}
pub fn note(scope: u32, by: u32) -> NewRow {
    let effect = Effect::Note(Note::Withdrawn(Counted { by: user(by), given: 0, quorum: 1 }));
    NewRow { lane: Lane::Channel(id(scope)), effect, not_before: at(0) }
}
pub fn dm(scope: u32, to: u32) -> NewRow {
    let effect = Effect::Dm(user(to), Dm::Expiring);
    NewRow { lane: Lane::Person(id(scope), user(to)), effect, not_before: at(0) }
}
pub fn settle(row: &Row, holder: &str, outcome: Outcome) -> Change {
    settle_by(row.id, Some(worker(holder)), outcome)
}
pub fn settle_by(row: RowId, holder: Option<WorkerId>, outcome: Outcome) -> Change {
    Change { settle: Some(Settle { row, holder, outcome }), ..change(0) }
}
pub fn seen(key: &str) -> SeenKey {
    SeenKey::parse(key).unwrap()
}
pub fn mark(person: u32, micros: u64) -> Mark {
    Mark {
        person: user(person),
        source: Source::Reaction("white_check_mark".into()),
        gesture: Gesture::Given,
        at: SlackTime(micros),
        revision: None,
    }
}
pub fn stray(n: u32, person: u32) -> Stray {
    Stray { place: place(n), mark: mark(person, u64::from(person)) }
}
pub fn audit(second: i64, deed: Deed) -> AuditRow {
    AuditRow { at: at(second), by: Some(user(1)), revision: None, deed }
}

/// Commits, and the version written.
pub async fn write(store: &dyn Store, change: Change) -> Version {
    match store.commit(change).await {
        Ok(Committed::Written(version)) => version,
        other => panic!("not written: {other:?}"),
    }
}
/// A scope that has to be there.
pub async fn read(store: &dyn Store, n: u32) -> Scope {
    store.scope(&home(), &id(n)).await.unwrap().expect("the scope is there")
}
/// Claims for a minute, as many as there are.
pub async fn claim(store: &dyn Store, by: &str, second: i64) -> Vec<Row> {
    store.claim(&worker(by), at(second), std::time::Duration::from_secs(60), 100).await.unwrap()
}
