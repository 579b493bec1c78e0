//! What reading costs: `cargo bench --bench coach`. Prints microseconds per text and how the cost grows with length.

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use scopebot::prompts::coach::{CoachFiles, coach_of};

const SIXTY_WORDS: &str = "We need a senior backend engineer for the telemetry pipeline of our truck fleet: about 20k \
    trackers send a position every ten seconds, events must reach the dispatch map within two seconds, and nothing may be \
    lost when a broker restarts. Today it is Python and RabbitMQ, the language is open. You would join two other backend \
    engineers in the platform squad.";

fn now() -> Duration {
    SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default()
}

/// The least time of several rounds, in microseconds a call.
fn cost(rounds: usize, calls: usize, mut work: impl FnMut()) -> f64 {
    (0..rounds)
        .map(|_| {
            let start = now();
            (0..calls).for_each(|_| work());
            (now() - start).as_secs_f64() * 1e6 / calls as f64
        })
        .fold(f64::INFINITY, f64::min)
}

fn repeated(text: &str, bytes: usize) -> String {
    text.chars().cycle().take(bytes / text.chars().map(char::len_utf8).max().unwrap_or(1)).collect()
}

fn main() {
    let start = now();
    let tools = coach_of(&CoachFiles::embedded()).unwrap_or_else(|faults| panic!("{faults:?}"));
    println!("compile lexicon and vocabulary: {:.1} ms", (now() - start).as_secs_f64() * 1e3);
    let coach = &tools.coach;
    let read = |text: &str| black_box(coach.read(black_box(text)));
    println!("statement of 60 words: {:.1} us", cost(20, 200, || drop(read(SIXTY_WORDS))));
    let thousand = format!("{SIXTY_WORDS}\n").repeat(17);
    println!("role description of 1,000 words: {:.1} us", cost(10, 20, || drop(read(&thousand))));
    println!("hostile inputs, us at 8, 16, 32, 64 KiB, and the growth from 8 to 64 (linear is 8):");
    for (name, text) in [
        ("one letter", "a"),
        ("names", "Kafka pipeline "),
        ("doubtful names", "Go/Rust/"),
        ("vendors in one sentence", "SAP and Xero sync "),
        ("numbers", "10 million thousand "),
        ("digits", "1,000"),
        ("no end of sentence", "solo team of alone "),
        ("blurbs", "we help. we need. "),
        ("nested phrases", "real time event stream processing pipeline "),
        ("brackets", "(Go) "),
        ("scripts", "パイソン Питон 爪哇 "),
        ("marks", "e\u{301}\u{301}\u{301} "),
        ("quotes", "'s's's"),
    ] {
        let costs: Vec<f64> = [8, 16, 32, 64]
            .iter()
            .map(|kib| repeated(text, kib * 1024))
            .map(|text| cost(3, 1, || drop(read(&text))))
            .collect();
        println!(
            "  {name:<24} {}  x{:.1}",
            costs.iter().map(|c| format!("{c:>9.0}")).collect::<String>(),
            costs[3] / costs[0]
        );
    }
}
