//! Defects, rows of others, and doubt, against the store in memory.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::ambient::TestClock;
use crate::domain::document::Document;
use crate::domain::ids::{ChannelId, Revision, UserId};
use crate::domain::posting::Slot;
use crate::store::contract::fixture::{at, draft, home, of_rows, of_scope, other_home, place, posted, refresh, write};
use crate::store::memory::MemoryStore;
use crate::store::{Change, RowId};

/// How Slack answers, and how the app takes a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Well,
    Panics,
    LosesAnswers,
}

struct Slack {
    way: Way,
    posts: AtomicU32,
}

#[async_trait]
impl Mouth for Slack {
    async fn post(&self, _: &To, _: &Message) -> Result<Place, Failure> {
        self.posts.fetch_add(1, Ordering::SeqCst);
        match self.way {
            Way::Well => Ok(place(1)),
            Way::Panics => panic!("a defect, on purpose"),
            Way::LosesAnswers => Err(Failure::InDoubt("no answer in time".to_owned())),
        }
    }
    async fn update(&self, _: &Place, _: &Message) -> Result<(), Failure> {
        Ok(())
    }
    async fn quiet(&self, _: &ChannelId, _: &UserId, _: &Document) -> Result<(), Failure> {
        Ok(())
    }
    async fn find(&self, _: &To, _: RowId, _: Timestamp) -> Result<Option<(Place, Revision)>, Failure> {
        Ok(None)
    }
    async fn link(&self, _: &Place) -> Result<String, Failure> {
        Err(Failure::Refused("message_not_found".to_owned()))
    }
}

/// Settles rows as the app does, or panics.
struct Taking {
    store: Arc<MemoryStore>,
    way: Way,
    told: Mutex<Vec<Delivery>>,
}

#[async_trait]
impl Report for Taking {
    async fn delivered(&self, row: Row, holder: WorkerId, delivery: Delivery) {
        self.told.lock().unwrap().push(delivery.clone());
        assert!(self.way != Way::Panics, "a defect, on purpose");
        let outcome = match delivery {
            Delivery::Again(at) => crate::store::Outcome::Again(at),
            Delivery::InDoubt(at) => crate::store::Outcome::InDoubt(at),
            _ => crate::store::Outcome::Over,
        };
        let settle = crate::store::Settle { row: row.id, holder: Some(holder), outcome };
        write(self.store.as_ref(), Change { settle: Some(settle), ..Change::new(row.home, at(0)) }).await;
    }
}

struct Desk {
    outbox: Outbox,
    store: Arc<MemoryStore>,
    slack: Arc<Slack>,
    app: Arc<Taking>,
    clock: TestClock,
    pace: Pace,
}

impl Desk {
    fn new(slack: Way, app: Way) -> Self {
        let (store, clock) = (Arc::new(MemoryStore::default()), TestClock::at(at(10)));
        let slack = Arc::new(Slack { way: slack, posts: AtomicU32::new(0) });
        let app = Arc::new(Taking { store: store.clone(), way: app, told: Mutex::default() });
        let outbox = Outbox::new(Parts {
            store: store.clone(),
            mouth: slack.clone(),
            report: app.clone(),
            words: Arc::new(crate::prompts::load(None).unwrap().words),
            clock: clock.clock(),
            random: Random::from_seed(1),
            wake: Arc::default(),
            busy: Busy::default(),
            worker: WorkerId("w".to_owned()),
            home: home(),
            listening: Arc::new(Listening::since(at(10))),
        });
        let pace = Pace::new(clock.clock());
        Desk { outbox, store, slack, app, clock, pace }
    }

    /// Everything that is due is claimed and dealt with; how many rows.
    async fn deals(&self) -> usize {
        let rows = self.store.claim(&WorkerId("w".to_owned()), self.clock.now(), LEASE, 10).await.unwrap();
        let dealt = rows.len();
        for row in rows {
            self.outbox.deal_with(row, &self.pace).await;
        }
        dealt
    }

    async fn rows(&self) -> usize {
        self.store.depth().await.unwrap().rows
    }

    fn posts(&self) -> u32 {
        self.slack.posts.load(Ordering::SeqCst)
    }
}

/// A scope whose summary waits to be said.
async fn waiting(store: &MemoryStore) {
    write(store, of_scope(posted(draft(1), Slot::Waiting))).await;
    write(store, of_rows([refresh(1)])).await;
}

#[tokio::test]
async fn what_was_said_is_not_said_again_though_the_report_meets_a_defect() {
    let desk = Desk::new(Way::Well, Way::Panics);
    waiting(&desk.store).await;
    assert_eq!(desk.deals().await, 1);
    desk.clock.advance(Duration::from_secs(24 * 3600));
    assert_eq!((desk.deals().await, desk.posts(), desk.rows().await), (0, 1, 0));
}

#[tokio::test]
async fn a_row_that_always_meets_a_defect_is_given_up_after_a_few_tries() {
    let desk = Desk::new(Way::Panics, Way::Well);
    waiting(&desk.store).await;
    for _ in 0..20 {
        desk.deals().await;
        desk.clock.advance(Duration::from_secs(600));
    }
    assert_eq!((desk.rows().await, desk.posts()), (0, 5));
    let told = desk.app.told.lock().unwrap();
    assert_eq!(told.last(), Some(&Delivery::GivenUp("defect".to_owned())));
    assert!(told.iter().rev().skip(1).all(|delivery| matches!(delivery, Delivery::InDoubt(_))), "{told:?}");
}

#[tokio::test]
async fn a_row_of_another_installation_waits_and_is_dropped_when_it_is_old() {
    let desk = Desk::new(Way::Well, Way::Well);
    let scope = Scope { home: other_home(), ..posted(draft(1), Slot::Waiting) };
    let outbox = vec![refresh(1)];
    write(desk.store.as_ref(), Change { scope: Some(scope), outbox, ..Change::new(other_home(), at(0)) }).await;
    assert_eq!((desk.deals().await, desk.rows().await), (1, 1));
    assert_eq!(desk.deals().await, 0, "it waits for an hour");
    desk.clock.advance(Duration::from_secs(3600));
    assert_eq!((desk.deals().await, desk.rows().await), (1, 1));
    desk.clock.advance(Duration::from_secs(24 * 3600));
    assert_eq!((desk.deals().await, desk.rows().await), (1, 0));
    assert_eq!(desk.posts(), 0);
    assert!(desk.app.told.lock().unwrap().is_empty(), "no scope of this installation hears of it");
}

#[tokio::test]
async fn a_doubt_is_repeated_after_a_minute_of_listening_and_then_ever_more_rarely() {
    let desk = Desk::new(Way::LosesAnswers, Way::Well);
    waiting(&desk.store).await;
    let mut at_minutes = Vec::new();
    for second in 0..1500u32 {
        let before = desk.posts();
        desk.deals().await;
        if desk.posts() > before {
            at_minutes.push(second / 60);
        }
        desk.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(at_minutes, [0, 1, 3, 7, 12, 17, 22]);
}
