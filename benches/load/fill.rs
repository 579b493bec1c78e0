//! A store of any size, made quickly: large groups of commits by the store itself.

use futures_util::future::join_all;
use scopebot::domain::answers::Answers;
use scopebot::domain::approval::Approval;
use scopebot::domain::brief::Brief;
use scopebot::domain::draft::Draft;
use scopebot::domain::ids::{ChannelId, Home, MessageTs, Revision, ScopeId, SlackTime, Timestamp, UserId};
use scopebot::domain::life::Life;
use scopebot::domain::person::{DirectoryRow, Person, PersonKind, Presence};
use scopebot::domain::posting::{Posting, Slot};
use scopebot::domain::scope::{DueKind, Posted, Scope, Shown, Stage};
use scopebot::store::{Change, Committed, Store};

#[path = "answers.rs"]
mod answers;
use answers::{SYSTEM, answers};

/// Scopes of one author.
const EACH: usize = 5;
/// Commits waited for together.
const TOGETHER: usize = 512;

/// Of three scopes two are posted and one is a draft.
fn is_draft(n: usize) -> bool {
    n % 3 == 2
}

/// When the summary of a scope was posted, as Slack has it: long ago, each at a time of its own.
fn ts(n: usize) -> String {
    format!("{}.{:06}", 1_700_000_000 + n / 1000, n % 1000)
}

/// The places of the posted summaries among so many scopes.
pub fn places(scopes: usize) -> Vec<String> {
    (0..scopes).filter(|n| !is_draft(*n)).map(ts).collect()
}

/// Whose scope it is.
pub fn author(n: usize) -> String {
    format!("U0FILLED{:07}", n / EACH)
}

/// What the scopes are made from.
pub struct Sample {
    home: Home,
    channel: ChannelId,
    answers: Answers,
    brief: Brief,
    now: Timestamp,
}

impl Sample {
    /// Of this installation and hiring channel, about `now`.
    pub fn new(home: Home, channel: ChannelId, now: Timestamp) -> Self {
        let answers = answers();
        let brief = Brief::of(&answers).unwrap();
        Sample { home, channel, answers, brief, now }
    }

    /// The author is known since their first scope.
    fn people(&self, n: usize) -> Vec<DirectoryRow> {
        let id = UserId::parse(&author(n)).unwrap();
        let person = Person { id, kind: PersonKind::Member, read_at: self.now };
        if n.is_multiple_of(EACH) { vec![DirectoryRow::Person(person)] } else { Vec::new() }
    }

    fn scope(&self, n: usize) -> Scope {
        // Scattered, as keys are that nobody sorts.
        let id = ScopeId::parse(&format!("01J8{:022}", (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))).unwrap();
        let touched = self.now - jiff::SignedDuration::from_secs(86_400 + (n % 100_000) as i64);
        let mut scope = Scope::fresh(id, self.home.clone(), UserId::parse(&author(n)).unwrap(), touched);
        if is_draft(n) {
            scope.stage = Stage::Draft(Box::new(Draft { answers: self.answers.clone(), ..Draft::default() }));
            scope.due.insert(DueKind::Expiry, self.now + jiff::SignedDuration::from_hours(24 * 10));
            return scope;
        }
        let sentence = format!("A back end that {SYSTEM}.");
        scope.stage = Stage::Posted(Box::new(Posted {
            shown: Shown {
                revision: Revision::FIRST,
                candidate: 1,
                brief: self.brief.clone(),
                title: "Backend engineer, ledger of card payments".to_owned(),
                sentences: [sentence.clone(), sentence.clone(), sentence],
                acknowledged: Vec::new(),
                posted_at: touched,
            },
            channel: self.channel.clone(),
            edit: None,
            reviews: 1,
            acknowledged: Vec::new(),
            approval: Approval {
                quorum: 1,
                reactions: ["white_check_mark".to_owned()].into(),
                since: Revision::FIRST,
                fence: Some(SlackTime(1)),
                marks: Default::default(),
                told: Default::default(),
                changes_asked: Default::default(),
                approved_at: None,
            },
            wishes: Vec::new(),
            posting: Posting {
                summary: Slot::Shown {
                    channel: self.channel.clone(),
                    ts: MessageTs::parse(&ts(n)).unwrap(),
                    revision: Revision::FIRST,
                },
                ..Posting::default()
            },
            life: Life::Open,
            author: Presence::Here,
            nudges: 0,
        }));
        scope
    }
}

/// Puts so many scopes into a store.
pub async fn fill(store: &dyn Store, sample: &Sample, scopes: usize) {
    for first in (0..scopes).step_by(TOGETHER) {
        let some = (first..scopes.min(first + TOGETHER)).map(|n| {
            let change = Change {
                scope: Some(sample.scope(n)),
                directory: sample.people(n),
                ..Change::new(sample.home.clone(), sample.now)
            };
            store.commit(change)
        });
        assert!(join_all(some).await.into_iter().all(|one| matches!(one, Ok(Committed::Written(_)))));
    }
}
