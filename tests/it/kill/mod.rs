//! kill -9: the real program under mixed load over either transport, killed at random moments and started again. What was
//! acknowledged is there, and what people see of each scope is what they see without any kill.
//!
//! Eleven kills in the short form; `KILL_ROUNDS` asks for more, `KILL_KEEP` keeps the data. The seed is printed; `KILL_SEED` repeats it
//! as far as timing allows.

#![cfg(feature = "simulator")]

mod harness;

use futures_util::StreamExt;
use futures_util::stream::iter;
pub use harness::variable;
use harness::{Way, expected, killed, stopped_at};
use scopebot::ambient::failpoint::Step;

fn rounds(short: usize) -> usize {
    variable("KILL_ROUNDS").map_or(short, |rounds| rounds.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_at_random_over_sockets_nothing_acknowledged_is_lost_and_nothing_is_said_twice() {
    let figures = killed(Way::Socket, rounds(4)).await;
    assert_eq!(figures.doubles.doubles, 0, "{figures:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_at_random_over_http_nothing_acknowledged_is_lost_and_nothing_is_said_twice() {
    let figures = killed(Way::Http, rounds(4)).await;
    assert_eq!(figures.doubles.doubles, 0, "{figures:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_at_random_without_any_trace_each_message_said_twice_says_so() {
    let figures = killed(Way::Traceless, rounds(3)).await;
    assert_eq!(figures.doubles.doubles, figures.doubles.marked, "{figures:?}");
}

/// Between any two steps: decide, commit, acknowledge, claim, deliver, settle. `FAILPOINT_ROUNDS` asks for more moments
/// of each step than one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stopped_between_any_two_steps_nothing_is_lost_and_nothing_is_said_twice() {
    let rounds: u32 = variable("FAILPOINT_ROUNDS").map_or(1, |rounds| rounds.parse().unwrap());
    let wanted = &expected(Way::Http).await;
    let points = (0..rounds).flat_map(|round| Step::ALL.into_iter().map(move |step| (step, 2 + 3 * round)));
    let stopped: Vec<(Step, u32, bool)> = iter(points)
        .map(|(step, nth)| async move { (step, nth, stopped_at(step, nth, Way::Http, wanted).await) })
        .buffer_unordered(4)
        .collect()
        .await;
    println!("{} stops, each step in {rounds}", stopped.iter().filter(|(_, _, stopped)| *stopped).count());
    for (step, nth, stopped) in stopped {
        assert!(stopped || nth > 2, "{step:?} is never reached");
    }
}
