//! What is run and compared.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use scopebot::domain::ids::{ChannelId, Home, Timestamp};
use scopebot::store::sled::{OpenOptions, SledStore};
use tempfile::TempDir;

use crate::Args;
use crate::bot::{Bot, CHANNEL, Make, Way};
use crate::clock::now;
use crate::drive::{Commands, Desk, Forms, Keystrokes, Mix, Posts, Reactions, Work, drive};
use crate::figures::{Phase, head, median};
use crate::fill::{Sample, fill, places};
use crate::payload::TEAM;
use crate::slack::{Mood, Slack};

/// Scopes in a store whose size is not the question.
pub const SCOPES: usize = 10_000;

/// A bot with its store, and the Slack it speaks to.
pub struct Stage {
    pub bot: Bot,
    slack: Arc<Slack>,
    pub dir: TempDir,
    places: Vec<String>,
}

impl Stage {
    pub async fn set(make: &Make, way: Way, scopes: usize) -> Stage {
        let dir = TempDir::new().unwrap();
        let store = SledStore::open(&dir.path().join("data"), OpenOptions::default()).await.unwrap();
        let now = Timestamp::from_second(now().as_secs() as i64).unwrap();
        let sample = Sample::new(Home::parse(TEAM).unwrap(), ChannelId::parse(CHANNEL).unwrap(), now);
        fill(&store, &sample, scopes).await;
        store.close().await.unwrap();
        drop(store);
        Stage::over(make, way, dir, scopes).await
    }
    pub async fn over(make: &Make, way: Way, dir: TempDir, scopes: usize) -> Stage {
        let slack = Slack::start().await;
        let bot = Bot::start(make, dir.path(), &slack.api(), way).await;
        bot.has_read_through().await;
        bot.rests().await;
        assert!(way == Way::Http || slack.is_linked(), "no connection came about");
        Stage { bot, slack, dir, places: places(scopes) }
    }

    /// Every kind of work and how often, in an order in which each leaves what the next one needs.
    fn kinds(&mut self, name: &str, count: usize) -> Vec<(&'static str, usize, Arc<dyn Work>)> {
        let (desk, mixed) = (Desk::new(name, &self.slack, count), count.div_ceil(4));
        let mix = Desk::new(&format!("M{name}"), &self.slack, mixed);
        vec![
            ("commands", count, Arc::new(Commands(Arc::clone(&desk)))),
            ("keystrokes", 2 * count, Arc::new(Keystrokes(Arc::clone(&desk)))),
            ("forms", count, Arc::new(Forms(Arc::clone(&desk)))),
            ("posts", count, Arc::new(Posts(Arc::clone(&desk)))),
            ("reactions", count, Arc::new(Reactions(desk, self.fresh(count)))),
            ("mix", mixed, Arc::new(Mix(mix, self.fresh(mixed)))),
        ]
    }

    /// Every kind of work at this many at once.
    async fn work(&mut self, name: &str, at_once: usize, count: usize) -> Vec<Phase> {
        let mut phases = Vec::new();
        for (kind, count, work) in self.kinds(name, count) {
            phases.push(drive(kind, at_once, count, &self.bot, &self.slack, work).await);
        }
        phases
    }

    /// Summaries that nobody has reacted to yet.
    fn fresh(&mut self, count: usize) -> Vec<String> {
        let left = self.places.len().saturating_sub(count);
        self.places.split_off(left)
    }

    fn memory(&self, when: &str) {
        let used = self.bot.used();
        println!(
            "memory {when}: {:.1} MB of its own, {:.1} MB resident, {:.1} MB at most, {} threads",
            used.own_kb as f64 / 1024.0,
            used.resident_kb as f64 / 1024.0,
            used.peak_kb as f64 / 1024.0,
            used.threads
        );
    }
}

/// How many pieces of work are enough for so many at once.
fn count_for(args: &Args, at_once: usize) -> usize {
    match at_once {
        0..=1 => args.count.div_ceil(8),
        2..=10 => args.count.div_ceil(2),
        11..=100 => args.count,
        _ => args.count.max(2 * at_once),
    }
}

fn shown(args: &Args, phases: &[Phase]) {
    for phase in phases.iter().filter(|phase| args.only.as_deref().is_none_or(|only| only == phase.name)) {
        phase.print();
    }
}

/// Each number at once, one after the other, over one store.
pub async fn levels(args: &Args, way: Way) {
    let counts: Vec<usize> = args.at_once.iter().map(|at_once| count_for(args, *at_once)).collect();
    let scopes = SCOPES.max(3 * counts.iter().sum::<usize>());
    let mut stage = Stage::set(&args.make(), way, scopes).await;
    println!("{}: {scopes} scopes, ready after {} ms", way.name(), stage.bot.ready_after.as_millis());
    stage.memory("idle");
    head();
    for (nth, (at_once, count)) in args.at_once.iter().zip(&counts).enumerate() {
        let phases = stage.work(&format!("L{nth}"), *at_once, *count).await;
        shown(args, &phases);
    }
    stage.bot.rests().await;
    stage.memory("after");
    stage.bot.end().await;
}

/// Two sides, pair by pair: this, that, that, this.
pub async fn pairs(args: &Args, way: Way, other: &Make) {
    let this = args.make();
    println!(
        "{}: this is {}, that is {} {:?}",
        way.name(),
        this.program.display(),
        other.program.display(),
        other.vars
    );
    let level = args.at_once.iter().copied().find(|at_once| *at_once == 100).or(args.at_once.first().copied());
    let level = level.unwrap_or(100);
    let mut sides: [Vec<Run>; 2] = [Vec::new(), Vec::new()];
    for round in 0..args.rounds.max(1) {
        for side in [0, 1, 1, 0] {
            let make = if side == 0 { &this } else { other };
            let mut stage = Stage::set(make, way, SCOPES.max(3 * args.count)).await;
            let (idle_kb, own_kb) = (stage.bot.used().resident_kb, stage.bot.used().own_kb);
            let phases = stage.work(&format!("P{round}"), level, args.count).await;
            stage.bot.rests().await;
            let after_kb = stage.bot.used().resident_kb;
            if let Some(side) = sides.get_mut(side) {
                side.push(Run { phases, idle_kb, own_kb, after_kb, ready_after: stage.bot.ready_after });
            }
            stage.bot.end().await;
        }
    }
    let [these, those] = &sides;
    println!("{:>24} {:>10} {:>10}", format!("at {level} at once"), "this", "that");
    let line = |name: &str, unit: &str, value: Value<'_>| {
        let of = |side: &[Run]| median(side.iter().map(value).collect());
        let (this, that) = (of(these), of(those));
        println!("{name:>24} {this:>10.2} {that:>10.2} {unit:<10} that is {:.2} times this", that / this);
    };
    line("idle memory", "MB", &|run| run.idle_kb as f64 / 1024.0);
    line("of its own", "MB", &|run| run.own_kb as f64 / 1024.0);
    line("memory after", "MB", &|run| run.after_kb as f64 / 1024.0);
    line("ready after", "ms", &|run| run.ready_after.as_secs_f64() * 1e3);
    let kinds: Vec<&str> =
        these.first().map(|run| run.phases.iter().map(|phase| phase.name).collect()).unwrap_or_default();
    for (at, kind) in kinds.iter().enumerate() {
        let figure = |figure: fn(&Phase) -> f64| move |run: &Run| run.phases.get(at).map_or(f64::NAN, figure);
        line(&format!("{kind}: rate"), "a second", &figure(Phase::rate));
        line(&format!("{kind}: p99"), "ms", &figure(|phase| phase.within(0.99)));
        line(&format!("{kind}: cpu"), "ms/1k", &figure(Phase::processor_per_thousand));
    }
}

/// One run of one side.
struct Run {
    phases: Vec<Phase>,
    idle_kb: u64,
    own_kb: u64,
    after_kb: u64,
    ready_after: Duration,
}

/// A figure of a run.
type Value<'a> = &'a dyn Fn(&Run) -> f64;

/// The same work over stores of several sizes.
pub async fn sizes(args: &Args, way: Way, make: &Make) {
    let mut smallest: Option<Vec<Phase>> = None;
    for scopes in &args.sizes {
        let stage = Stage::set(make, way, *scopes).await;
        let bytes = size_of(stage.dir.path());
        println!(
            "{}: {scopes} scopes, {:.1} MB on disk, {} bytes a scope; ready after {} ms",
            way.name(),
            bytes as f64 / 1e6,
            bytes / *scopes as u64,
            stage.bot.ready_after.as_millis()
        );
        // Again, since the first start was right after the filling, with everything in the machine's cache.
        let Stage { bot, dir, .. } = stage;
        bot.end().await;
        let mut stage = Stage::over(make, way, dir, *scopes).await;
        println!("ready again after {} ms", stage.bot.ready_after.as_millis());
        stage.memory("idle");
        head();
        let phases = stage.work("S", 10, args.count.min(scopes / 4)).await;
        shown(args, &phases);
        stage.bot.rests().await;
        stage.memory("after");
        match &smallest {
            None => smallest = Some(phases),
            Some(small) => {
                for (phase, small) in phases.iter().zip(small) {
                    let times = phase.within(0.5) / small.within(0.5);
                    println!("{:>12}: p50 is {times:.2} times that of the smallest store", phase.name);
                }
            }
        }
        stage.bot.end().await;
    }
}

fn size_of(dir: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
    let size = |entry: std::fs::DirEntry| match entry.metadata() {
        Ok(data) if data.is_dir() => size_of(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    };
    entries.flatten().map(size).sum()
}

/// A Slack that is late, and one that limits: the acknowledgements of everybody are as quick as ever.
pub async fn slow(args: &Args, way: Way) {
    let mut stage = Stage::set(&args.make(), way, SCOPES).await;
    let count = args.count.min(1000);
    for (nth, (said, mood)) in
        [("at once", Mood::AtOnce), ("2 s late", Mood::Late(Duration::from_secs(2))), ("with 429", Mood::Limiting)]
            .into_iter()
            .enumerate()
    {
        stage.slack.answers(mood);
        println!("{}: Slack answers {said}", way.name());
        head();
        let phases = stage.work(&format!("W{nth}"), 100, count).await;
        shown(args, &phases);
        println!("Slack was called {} times so far", stage.slack.calls());
    }
    stage.bot.rests().await;
    stage.memory("after");
    stage.bot.end().await;
}

/// Instructions of each kind of work, counted by valgrind, one at a time; what follows behind the acknowledgement is
/// counted with it. Unlike times they hardly differ from run to run.
pub async fn instructions(args: &Args, way: Way) {
    let mut stage = Stage::set(&args.make().counted(), way, 3 * args.count + 100).await;
    println!("{}: {:>14} {:>20}", way.name(), "count", "instructions each");
    for (kind, count, work) in stage.kinds("I", args.count) {
        stage.bot.rests().await;
        stage.bot.counts_from_zero();
        let phase = drive(kind, 1, count, &stage.bot, &stage.slack, work).await;
        stage.bot.rests().await;
        let each = stage.bot.counted(kind) / phase.times.len().max(1) as u64;
        println!("{kind:>12} {:>12} {each:>20}", phase.times.len());
    }
    println!("by function: callgrind_annotate --inclusive=yes {}", stage.bot.counts_in("forms").display());
    stage.bot.end().await;
}
