//! Stories told while Slack misbehaves: limits, server errors, lost and late answers, cut connections, deliveries twice,
//! late, lost and out of order, and an hour without Slack. What people see at the end is what they see without faults.
//!
//! About 300 deliveries a run in the short form; `FAULT_DELIVERIES` asks for more. The seed is printed; `FAULT_SEED`
//! repeats the same chances.

#![cfg(feature = "simulator")]

mod run;

use scopebot::run::args::DemoTransport;

use crate::journeys::world::{Keeps, Kind};
use run::{Trace, faulty};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_http_the_end_is_the_one_without_faults() {
    let figures = faulty(Kind { transport: DemoTransport::Http, keeps: Keeps::Sled }, Trace::Readable).await;
    assert!(figures.struck > 20, "{figures:?}");
    assert_eq!(figures.doubles.doubles, 0, "{figures:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_sockets_the_end_is_the_one_without_faults() {
    let figures = faulty(Kind { transport: DemoTransport::Socket, keeps: Keeps::Memory }, Trace::Readable).await;
    assert!(figures.struck > 20, "{figures:?}");
    assert_eq!(figures.doubles.doubles, 0, "{figures:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_any_trace_doubles_and_adopted_messages_are_as_many_as_lost_answers_and_each_double_says_so() {
    let figures = faulty(Kind { transport: DemoTransport::Http, keeps: Keeps::Memory }, Trace::None).await;
    assert!(figures.lost_answers > 0, "{figures:?}");
    // A message in doubt is said again, unless a press or reaction on it has shown before that it stands.
    assert_eq!(figures.doubles.doubles + figures.adopted, figures.lost_answers, "{figures:?}");
    assert_eq!(figures.needless, 0, "{figures:?}");
    assert_eq!(figures.doubles.marked, figures.doubles.doubles, "{figures:?}");
}
