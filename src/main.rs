//! Parses arguments and calls `run`.

use std::process::ExitCode;

use clap::Parser;

/// One heap for all threads: what one of them frees serves the others. Why, in figures: docs/speed.md.
#[cfg(feature = "jemalloc")]
#[global_allocator]
static HEAP: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    scopebot::run::main(scopebot::run::args::Args::parse())
}
