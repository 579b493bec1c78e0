//! Parses arguments and calls `run`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    scopebot::run::main(scopebot::run::args::Args::parse())
}
