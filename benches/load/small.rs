//! How small it is: the binary, its dependencies, the start, and what it takes while nobody wants anything.

use std::process::Command;
use std::time::Duration;

use crate::Args;
use crate::bot::Way;
use crate::clock::nap;
use crate::figures::median;
use crate::plan::{SCOPES, Stage};

/// Starts of which the middle is told.
const STARTS: usize = 5;
/// So long nothing is wanted of it.
const IDLE: Duration = Duration::from_secs(60);

/// Prints all of it.
pub async fn small(args: &Args, way: Way) {
    let bytes = std::fs::metadata(&args.program).unwrap().len();
    println!("binary: {:.1} MB, {}", bytes as f64 / 1e6, args.program.display());
    println!("dependencies: {} crates in a production build", dependencies());
    println!(
        "{:>12} {:>10} {:>12} {:>12} {:>8} {:>22} {:>24}",
        "scopes", "ready ms", "own MB", "resident MB", "threads", "cpu ms until at rest", "cpu ms in a minute idle"
    );
    for scopes in [0, SCOPES] {
        let mut stage = Stage::set(&args.make(), way, scopes).await;
        let mut ready = Vec::new();
        for _ in 1..STARTS {
            let Stage { bot, dir, .. } = stage;
            ready.push(bot.ready_after.as_secs_f64() * 1e3);
            bot.end().await;
            stage = Stage::over(&args.make(), way, dir, scopes).await;
        }
        ready.push(stage.bot.ready_after.as_secs_f64() * 1e3);
        let used = stage.bot.used();
        let rested = used.processor;
        nap(IDLE).await;
        let idle = stage.bot.used().processor.saturating_sub(rested);
        println!(
            "{scopes:>12} {:>10.0} {:>12.1} {:>12.1} {:>8} {:>22} {:>24}",
            median(ready),
            used.own_kb as f64 / 1024.0,
            used.resident_kb as f64 / 1024.0,
            used.threads,
            rested.as_millis(),
            idle.as_millis(),
        );
        stage.bot.end().await;
    }
}

/// Crates that a production build is made of, itself not counted.
fn dependencies() -> usize {
    let tree = "tree --no-default-features --features jemalloc -e normal --prefix none --offline --locked";
    let told = Command::new(env!("CARGO")).args(tree.split(' ')).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let crates: std::collections::BTreeSet<&str> = told.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    crates.len().saturating_sub(1)
}
