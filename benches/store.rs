//! What a commit and a read cost: `cargo bench --bench store`. Prints figures and ratios of one run on one machine; keeps
//! no bar.
//!
//! 1. One flush for many: throughput rises with the number of committers, while a commit alone takes one sync.
//! 2. Flat: keys and bytes read per request are equal at every size; times are printed beside them.
//!
//! `cargo bench --bench store -- 1000 1000000` sets other sizes than 1,000 and 100,000 scopes.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use futures_util::future::join_all;
use scopebot::ambient::Clock;
use scopebot::domain::answers::{Answer, Question, Text};
use scopebot::domain::audit::{AuditRow, Deed};
use scopebot::domain::ids::{Home, ScopeId, SlackTime, Timestamp, UserId, Version};
use scopebot::domain::scope::{DueKind, Scope};
use scopebot::store::sled::{OpenOptions, Reads, SledStore};
use scopebot::store::{Change, Committed, SeenKey, Shelf, Store};
use tempfile::TempDir;

/// Scopes of one author.
const EACH: u32 = 5;
/// Requests measured at a time; the smallest store has as many scopes, so that each is written once.
const REQUESTS: u32 = 1_000;

fn home() -> Home {
    Home::parse("T0BENCH").unwrap()
}
fn id(n: u32) -> ScopeId {
    // Scattered, as keys are that nobody sorts.
    ScopeId::parse(&format!("01J9{:022}", u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15))).unwrap()
}
fn user(n: u32) -> UserId {
    UserId::parse(&format!("U{n:07}")).unwrap()
}
fn at(second: u32) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + i64::from(second)).unwrap()
}

/// A draft of about a kilobyte.
fn draft(n: u32) -> Scope {
    let mut scope = Scope::fresh(id(n), home(), user(n / EACH), at(n % 100_000));
    let words = "Orders arrive from shops, are priced, checked and handed on; every event counts once. ";
    if let Some(draft) = scope.draft_mut() {
        for (question, length) in [(Question::System, 300), (Question::Numbers, 150), (Question::Language, 150)] {
            let text: String = words.chars().cycle().take(length).collect();
            let text = Text::parse(&text, question.limit()).unwrap();
            draft.answers.set(question, Some(Answer::Words(question, text)), SlackTime(u64::from(n)));
        }
    }
    scope.due.insert(DueKind::Expiry, at(n % 100_000));
    scope
}

fn change(n: u32) -> Change {
    Change {
        scope: Some(draft(n)),
        audit: vec![AuditRow { at: at(1), by: Some(user(n / EACH)), revision: None, deed: Deed::Started }],
        seen: SeenKey::parse(&format!("Ev{n:010}")),
        ..Change::new(home(), at(n % 100_000))
    }
}

async fn open(dir: &Path) -> SledStore {
    SledStore::open(dir, OpenOptions::default()).await.unwrap()
}

/// Microseconds, sorted.
struct Times(Vec<i64>);

impl Times {
    fn of(mut times: Vec<i64>) -> Self {
        times.sort_unstable();
        Times(times)
    }
    fn at(&self, share: f64) -> i64 {
        let last = self.0.len() - 1;
        self.0[((last as f64) * share) as usize]
    }
}

fn micros_since(clock: &Clock, start: Timestamp) -> i64 {
    i64::try_from(clock.now().duration_since(start).as_micros()).unwrap()
}

/// One sync of a block of the same disk, for comparison.
fn plain_sync(dir: &Path, clock: &Clock) -> Times {
    let file = File::create(dir.join("plain")).unwrap();
    file.set_len(4096).unwrap();
    file.sync_all().unwrap();
    let sync = |n: u8| {
        let start = clock.now();
        file.write_all_at(&[n; 4096], 0).unwrap();
        file.sync_data().unwrap();
        micros_since(clock, start)
    };
    Times::of((0..=200).map(sync).collect())
}

async fn commits(clock: &Clock) {
    let dir = TempDir::new().unwrap();
    let sync = plain_sync(dir.path(), clock);
    println!("plain sync of one block: p50 {} us, p99 {} us", sync.at(0.5), sync.at(0.99));
    println!("{:>10} {:>12} {:>10} {:>10}", "committers", "commits/s", "p50 us", "p99 us");
    let mut alone = None;
    let store = Arc::new(open(dir.path()).await);
    let mut next = 0;
    for committers in [1u32, 10, 100] {
        let each = (400 + committers * 100) / committers;
        let start = clock.now();
        let tasks = (0..committers).map(|task| {
            let (store, clock, first) = (Arc::clone(&store), clock.clone(), next + task * each);
            tokio::spawn(async move {
                let mut times = Vec::new();
                for n in first..first + each {
                    let start = clock.now();
                    assert_eq!(store.commit(change(n)).await.unwrap(), Committed::Written(Version(1)));
                    times.push(micros_since(&clock, start));
                }
                times
            })
        });
        let times = join_all(tasks.collect::<Vec<_>>()).await.into_iter().flat_map(Result::unwrap).collect();
        let took = micros_since(clock, start);
        next += committers * each;
        let times = Times::of(times);
        let rate = f64::from(committers * each) * 1e6 / took as f64;
        let times_alone = rate / *alone.get_or_insert(rate);
        println!(
            "{committers:>10} {rate:>12.0} {:>10} {:>10}   {times_alone:.1} times the throughput of one",
            times.at(0.5),
            times.at(0.99)
        );
    }
}

#[derive(Debug, PartialEq)]
struct Cost {
    name: &'static str,
    keys: u64,
    bytes: u64,
    p50: i64,
}

async fn cost<F: Future>(name: &'static str, clock: &Clock, store: &SledStore, ask: impl Fn(u32) -> F) -> Cost {
    let before = store.reads();
    let mut times = Vec::new();
    for n in 0..REQUESTS {
        let start = clock.now();
        ask(n).await;
        times.push(i64::try_from(clock.now().duration_since(start).as_nanos()).unwrap());
    }
    let Reads { keys, bytes } = store.reads();
    let each = |count: u64| count / u64::from(REQUESTS);
    Cost { name, keys: each(keys - before.keys), bytes: each(bytes - before.bytes), p50: Times::of(times).at(0.5) }
}

async fn reads(size: u32, clock: &Clock) -> Vec<Cost> {
    let dir = TempDir::new().unwrap();
    let store = open(dir.path()).await;
    let start = clock.now();
    for first in (0..size).step_by(500) {
        let some = join_all((first..size.min(first + 500)).map(|n| store.commit(change(n)))).await;
        assert!(some.into_iter().all(|one| matches!(one, Ok(Committed::Written(_)))));
    }
    let filled = micros_since(clock, start) / 1000;
    drop(store);
    let start = clock.now();
    let store = open(dir.path()).await;
    println!("{size} scopes: filled in {filled} ms, opened in {} ms", micros_since(clock, start) / 1000);
    let (store, home) = (&store, &home());
    let pick = |n: u32| (u64::from(n) * 7919 % u64::from(size)) as u32;
    let commit = |n: u32| async move {
        let scope = Scope { version: Version(1), touched: at(n), ..draft(pick(n)) };
        let change = Change { scope: Some(scope), ..Change::new(home.clone(), at(n)) };
        assert_eq!(store.commit(change).await.unwrap(), Committed::Written(Version(2)));
    };
    vec![
        cost("scope", clock, store, |n| async move { store.scope(home, &id(pick(n))).await.unwrap().unwrap() }).await,
        cost("drafts of a person", clock, store, |n| async move {
            let listed = store.shelf(home, &user(pick(n) / EACH), Shelf::Drafts, None, 5).await.unwrap();
            assert_eq!(listed.len(), EACH as usize);
        })
        .await,
        cost("seen key", clock, store, |n| async move {
            let key = SeenKey::parse(&format!("Ev{:010}", pick(n))).unwrap();
            assert!(store.seen(home, &key).await.unwrap());
        })
        .await,
        cost("due", clock, store, |_| async move { store.due(home, at(0), 10).await.unwrap() }).await,
        cost("commit", clock, store, commit).await,
    ]
}

#[tokio::main]
async fn main() {
    let clock = Clock::system();
    let sizes: Vec<u32> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 100_000] } else { sizes };
    commits(&clock).await;
    let mut first: Option<Vec<Cost>> = None;
    for size in sizes {
        let costs = reads(size, &clock).await;
        let smallest = first.get_or_insert_with(|| costs.iter().map(|cost| Cost { ..*cost }).collect());
        println!("{:>20} {:>6} {:>8} {:>10}", "request", "keys", "bytes", "p50 us");
        for (cost, small) in costs.iter().zip(smallest) {
            let ratio = cost.p50 as f64 / small.p50.max(1) as f64;
            let p50 = cost.p50 as f64 / 1000.0;
            println!("{:>20} {:>6} {:>8} {p50:>10.1}   {ratio:.1} times", cost.name, cost.keys, cost.bytes);
        }
    }
}
