//! kill -9: the real program under mixed load over either transport, killed at random moments and started again. What was
//! acknowledged is there, and what people see of each scope is what they see without any kill.
//!
//! Eight kills in the short form; `KILL_ROUNDS` asks for more. The seed of the moments is printed; `KILL_SEED` repeats it
//! as far as timing allows.

#![cfg(feature = "simulator")]

mod harness;

use harness::{Way, killed, variable};

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
