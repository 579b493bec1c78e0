//! Reports against the store in memory.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Semaphore;

use super::*;
use crate::ambient::{Random, TestClock};
use crate::app::intent::{Reacted, What};
use crate::app::ports::no_windows::NoWindows;
use crate::app::ports::{Registry, SeenMessage};
use crate::app::{House, Queues};
use crate::domain::approval::{Mark, Source};
use crate::domain::effect::Dm;
use crate::domain::ids::{ChannelId, GroupId};
use crate::domain::person::{Channel, Group, Person};
use crate::domain::policy::{Connect, Guests, Policy};
use crate::store::contract::fixture::{
    at, channel, claim, draft, home, mark, of_rows, of_scope, place, posted, read, refresh, shown_at, stray, user,
    worker, write,
};
use crate::store::memory::MemoryStore;
use crate::store::{Place, Store, Stray};

/// Slack, where nothing is shown and nobody is known. It may show a message.
struct Nobody(Told);

/// What a question about a message is answered with.
type Answered = Result<Option<SeenMessage>, RegistryFault>;
/// Something done once while Slack answers.
type Meanwhile = Box<dyn Fn() -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// What Slack says of a message.
pub(in crate::app) struct Told {
    answer: Answered,
    meanwhile: Option<Meanwhile>,
}

impl Told {
    pub(in crate::app) fn message(seen: SeenMessage) -> Self {
        Told { answer: Ok(Some(seen)), meanwhile: None }
    }
    pub(in crate::app) fn nothing() -> Self {
        Told { answer: Ok(None), meanwhile: None }
    }
    pub(in crate::app) fn down() -> Self {
        Told { answer: Err(later()), meanwhile: None }
    }
    pub(in crate::app) fn meanwhile(
        self,
        what: impl Fn() -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync + 'static,
    ) -> Self {
        Told { meanwhile: Some(Box::new(what)), ..self }
    }
}

fn later() -> RegistryFault {
    RegistryFault::Later { why: "down".to_owned(), wait: None }
}

#[async_trait]
impl Registry for Nobody {
    async fn person(&self, _: &UserId) -> Result<Option<Person>, RegistryFault> {
        Err(later())
    }
    async fn group(&self, _: &GroupId) -> Result<Option<Group>, RegistryFault> {
        Err(later())
    }
    async fn channel(&self, _: &ChannelId) -> Result<Channel, RegistryFault> {
        Err(later())
    }
    async fn message(&self, _: &Place) -> Answered {
        if let Some(meanwhile) = &self.0.meanwhile {
            meanwhile().await;
        }
        self.0.answer.clone()
    }
}

fn app(store: &Arc<MemoryStore>, places: usize) -> App {
    house(store, places, Told::down())
}

/// An app over this store and this Slack.
pub(in crate::app) fn app_with(store: &Arc<MemoryStore>, told: Told) -> App {
    house(store, 9, told)
}

fn house(store: &Arc<MemoryStore>, places: usize, told: Told) -> App {
    let slack = Arc::new(Nobody(told));
    let prompts = crate::prompts::load(None).unwrap();
    let policy = Policy {
        approvers: BTreeSet::from([user(2)]),
        approver_groups: BTreeSet::new(),
        quorum: 1,
        reactions: BTreeSet::from(["white_check_mark".to_owned()]),
        hiring_channels: vec![channel(1)],
        guests: Guests::Refused,
        connect: Connect::Refused,
        draft_life: Duration::from_secs(1000),
        reminder_before: Duration::from_secs(100),
        nudge_after: None,
        closed_kept: None,
    };
    App::new(House {
        store: store.clone(),
        screens: Arc::new(NoWindows::default()),
        registry: slack,
        clock: TestClock::at(at(10)).clock(),
        random: Random::from_seed(1),
        words: Arc::new(prompts.words),
        coach: Arc::new(prompts.coach),
        policy,
        home: home(),
        bot: UserId::parse("UBOT").unwrap(),
        wake: Arc::default(),
        later: Default::default(),
        busy: Default::default(),
        places: Arc::new(Semaphore::new(places)),
        queues: Queues::default(),
        leaves: Default::default(),
        unkept: Default::default(),
        starts: Default::default(),
        rounds: Default::default(),
        homes: Default::default(),
    })
}

/// A scope whose summary is on its way, and its claimed row, said at `ts(1)`.
async fn said(store: &Arc<MemoryStore>) -> Intent {
    let scope = posted(draft(1), Slot::Waiting);
    write(store.as_ref(), of_scope(scope)).await;
    write(store.as_ref(), of_rows([refresh(1)])).await;
    let row = claim(store.as_ref(), "w", 10).await.remove(0);
    let delivery = Delivery::Said(Some((place(1), Revision::FIRST)));
    Intent { home: home(), key: None, what: What::Delivered(Delivered { row, holder: worker("w"), delivery }) }
}

#[tokio::test]
async fn a_report_is_taken_in_also_while_the_intake_is_full() {
    let store = Arc::new(MemoryStore::default());
    let report = said(&store).await;
    app(&store, 0).take_report(report).await;
    let rows = claim(store.as_ref(), "w", 500).await;
    assert_eq!(
        rows.iter().map(|row| &row.effect).collect::<Vec<_>>(),
        [&Effect::Dm(user(1), Dm::Posted)],
        "the row is settled"
    );
    assert!(read(store.as_ref(), 1).await.posted().unwrap().is_shown());
}

#[tokio::test]
async fn marks_quicker_than_their_message_are_in_the_write_that_makes_it_known() {
    let store = Arc::new(MemoryStore::default());
    let report = said(&store).await;
    let early = Stray { mark: mark(2, 1_700_000_000_000_009), ..stray(1, 2) };
    let change = Change { stray: Some(early), ..Change::new(home(), at(10)) };
    write(store.as_ref(), change).await;
    app(&store, 9).take_report(report).await;
    let scope = read(store.as_ref(), 1).await;
    assert_eq!(scope.posted().unwrap().approval.marks.len(), 1);
    assert!(store.strays(&home(), &place(1)).await.unwrap().is_empty());
    // Version 1 is the posted scope: place and mark came in one write.
    assert_eq!(scope.version.0, 2);
    let learning = claim(store.as_ref(), "w", 11).await;
    assert!(learning.iter().any(|row| row.effect == Effect::Learn(user(2))));
}

/// A process kept the reaction as a stray, with the key of its delivery, and ended before its message was known. Slack heard no
/// answer and brings it again, under the same key.
#[tokio::test]
async fn a_stray_of_a_process_that_ended_counts_when_slack_brings_it_again() {
    let store = Arc::new(MemoryStore::default());
    let key = crate::store::contract::fixture::seen("Ev1");
    let early = Stray { mark: mark(2, 1_700_000_000_000_009), ..stray(1, 2) };
    write(store.as_ref(), Change { stray: Some(early.clone()), seen: Some(key.clone()), ..Change::new(home(), at(9)) })
        .await;
    write(store.as_ref(), of_scope(posted(draft(1), shown_at(1)))).await;
    let Mark { person, source: Source::Reaction(emoji), gesture, at, .. } = early.mark else { panic!("a reaction") };
    let reacted = Reacted { person, place: place(1), emoji, gesture, at, author: None };
    let reply = app(&store, 9).handle(Intent { home: home(), key: Some(key), what: What::Reacted(reacted) }).await;
    assert_eq!(reply, crate::app::reply::Reply::Done);
    assert_eq!(read(store.as_ref(), 1).await.posted().unwrap().approval.marks.len(), 1);
    assert!(store.strays(&home(), &place(1)).await.unwrap().is_empty());
}
