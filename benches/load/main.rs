//! The real program under load: `cargo bench --bench load`. Figures and ratios of one run on one machine; no bar.
//!
//! `scopebot serve` runs as a child, over HTTP and over Socket Mode, with a store of its own, against a Web API that
//! answers at once. Each kind of work is driven at 1, 10, 100 and 1,000 at once, in a closed loop: whoever acts begins
//! anew when the acknowledgement is there, and an acknowledgement is only given once what it stands for is on disk.
//! Driver and bot share the machine, so the figures are lower than a bot alone would reach; compare, do not quote.
//!
//! ```text
//! cargo bench --bench load -- [--way http|socket] [--at-once 1,10,100,1000] [--count 2000] [--only posts]
//! cargo bench --bench load -- --against PATH          another binary, pair by pair: this, that, that, this
//! cargo bench --bench load -- --var NAME=VALUE        the same binary with another setting, pair by pair
//! cargo bench --bench load -- --sizes 1000,100000     the same work over stores of these sizes, with --var if given
//! cargo bench --bench load -- --slow                  Slack late by 2 s, then limiting: nobody else waits
//! cargo bench --bench load -- --instructions          of each kind of work, counted by valgrind
//! cargo bench --bench load -- --small                 the binary, its dependencies, the start, an idle minute
//! cargo bench --bench load -- --program PATH          another binary instead of this one
//! ```

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

mod bot;
mod clock;
mod drive;
mod figures;
mod fill;
mod payload;
mod plan;
mod slack;
mod small;
mod wire;

use std::path::PathBuf;

use bot::{Make, Way};
use clap::Parser;

/// Drives the real program and prints what it costs.
#[derive(Debug, Parser)]
struct Args {
    /// One way only: http or socket.
    #[arg(long)]
    way: Option<String>,
    /// How many act at once.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 10, 100, 1000])]
    at_once: Vec<usize>,
    /// Pieces of work of each kind, at 100 at once; fewer are done by fewer.
    #[arg(long, default_value_t = 2000)]
    count: usize,
    /// Prints this kind of work alone; what it needs is done nevertheless.
    #[arg(long)]
    only: Option<String>,
    /// The binary.
    #[arg(long, default_value = env!("CARGO_BIN_EXE_scopebot"))]
    program: PathBuf,
    /// Another binary, to be compared pair by pair.
    #[arg(long)]
    against: Option<PathBuf>,
    /// A setting of the other side, to be compared pair by pair; may be given again.
    #[arg(long)]
    var: Vec<String>,
    /// Rounds of a comparison, of four runs each.
    #[arg(long, default_value_t = 2)]
    rounds: usize,
    /// Compares stores of these sizes.
    #[arg(long, value_delimiter = ',')]
    sizes: Vec<usize>,
    /// Shows that a slow Slack delays nobody.
    #[arg(long)]
    slow: bool,
    /// Prints how small it is; a binary as it is published is given by --program.
    #[arg(long)]
    small: bool,
    /// Counts instructions by valgrind; slow, so --count 100 is enough.
    #[arg(long)]
    instructions: bool,
    /// Shows what the bot logs.
    #[arg(long)]
    log: bool,
    /// Passed by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

impl Args {
    fn ways(&self) -> Vec<Way> {
        match self.way.as_deref() {
            Some("http") => vec![Way::Http],
            Some("socket") => vec![Way::Socket],
            _ if self.small => vec![Way::Http],
            _ => Way::BOTH.to_vec(),
        }
    }
    fn make(&self) -> Make {
        Make { program: self.program.clone(), vars: Vec::new(), is_counted: false }
    }
    /// The other side of a comparison, if one is asked for.
    fn other(&self) -> Option<Make> {
        let program = self.against.clone().unwrap_or_else(|| self.program.clone());
        let vars: Vec<_> = self.var.iter().filter_map(|var| var.split_once('=')).collect();
        let vars = vars.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        (self.against.is_some() || !self.var.is_empty()).then_some(Make { program, vars, is_counted: false })
    }
}

/// A thousand at once are a connection each, and Slack's side beside it; the usual limit is 1,024 files.
fn allow_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::Nofile).maximum;
    let current = Some(maximum.map_or(OPEN_FILES, |most| most.min(OPEN_FILES)));
    setrlimit(Resource::Nofile, Rlimit { current, maximum }).unwrap();
}

const OPEN_FILES: u64 = 8192;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let args = Args::parse();
    allow_open_files();
    for way in args.ways() {
        match args.other() {
            other if !args.sizes.is_empty() => plan::sizes(&args, way, &other.unwrap_or_else(|| args.make())).await,
            Some(other) => plan::pairs(&args, way, &other).await,
            None if args.instructions => plan::instructions(&args, way).await,
            None if args.small => small::small(&args, way).await,
            None if args.slow => plan::slow(&args, way).await,
            None => plan::levels(&args, way).await,
        }
    }
}
