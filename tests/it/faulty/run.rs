//! One run: faults by chance, a clock that is moved whenever nothing can be done now, and the comparison.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::iter;
use scopebot::ambient::Random;
use scopebot::run::demo::HandTime;
use scopebot::simulator::actions::AppChange;
use scopebot::simulator::time::later;
use scopebot::simulator::{Deed, Fault, FaultKind, Time};

use crate::journeys::world::{Kind, World};
use crate::kill::variable;
use crate::stories::{Doubles, Plot, Stage, Story, Watch, account, play, repeat_words};
use crate::wall::WallTime;

/// Deliveries of a story, about.
const A_STORY: usize = 25;
const AT_ONCE: usize = 6;
/// Of the journey's clock.
const PATIENCE: Duration = Duration::from_secs(12 * 3600);
/// The clock is moved when nothing is under way, or after this long of the machine's time: what waits for an answer that
/// never comes is never quiet.
const AT_MOST: Duration = Duration::from_millis(25);
const STEP: Duration = Duration::from_millis(200);
const OUTAGE: Duration = Duration::from_secs(3600);

/// Whether the bot can recognise its own messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    Readable,
    None,
}

/// What a run came to.
#[derive(Debug)]
#[expect(dead_code, reason = "printed, and shown by a failing test")]
pub struct Figures {
    pub stories: usize,
    pub deliveries: usize,
    pub calls: usize,
    pub struck: usize,
    pub lost_answers: usize,
    /// Of these, messages that the bot came to know otherwise before it would have said them again, and used.
    pub adopted: usize,
    /// Without a trace: messages whose answer was lost and that the bot neither said again nor came to know.
    pub forgotten: Vec<String>,
    /// Rows said again although Slack's answer had come.
    pub needless: usize,
    pub repeated_deeds: usize,
    pub doubles: Doubles,
}

async fn world(kind: Kind, trace: Trace) -> World {
    let history = if trace == Trace::Readable { "on" } else { "off" };
    let mut world = World::with(kind, &[("SCOPEBOT_READ_HISTORY", history)]).await;
    world.stop_bot().await;
    let mut scopes = world.workspace.look(|world| world.state.app.scopes.iter().cloned().collect::<Vec<_>>());
    let mut change = AppChange { rate_limits: Some(false), ..AppChange::default() };
    if trace == Trace::Readable {
        scopes.extend(["channels:history", "groups:history", "im:history"].map(str::to_owned));
        change.scopes = Some(scopes);
    } else {
        change.metadata_events = Some(Vec::new());
    }
    world.workspace.act(Deed::App(change)).await.unwrap();
    world.start_bot().await;
    world
}

/// All that goes wrong by chance.
fn misbehaves(world: &World, trace: Trace) {
    let method = |method: &str, kind, chance| Fault::of_method(method, kind).with_chance(chance);
    let delivery = |delivery: &str, kind, chance| Fault::of_delivery(delivery, kind).with_chance(chance);
    let limited = Fault { retry_after: Some(3), ..method("*", FaultKind::RateLimited, 0.05) };
    let broken = Fault { status: Some(503), ..method("*", FaultKind::Status, 0.05) };
    let late = Fault { delay_ms: Some(1_500), ..method("*", FaultKind::Late, 0.05) };
    let slow = Fault { delay_ms: Some(2_000), ..delivery("*", FaultKind::Late, 0.05) };
    let mut faults = vec![
        limited,
        method("*", FaultKind::Refused, 0.05),
        method("chat.postMessage", FaultKind::AnswerLost, 0.08),
        method("chat.update", FaultKind::AnswerLost, 0.05),
        late,
        slow,
        delivery("*", FaultKind::Twice, 0.08),
        delivery("*", FaultKind::OutOfOrder, 0.05),
        delivery("*", FaultKind::CutSocket, 0.03),
        delivery("commands", FaultKind::Lost, 0.05),
        delivery("interactions", FaultKind::Lost, 0.03),
    ];
    if trace == Trace::Readable {
        // A server error after the post leaves as much doubt as a lost answer; where doubles are counted, only those are.
        faults.push(broken);
    }
    for fault in faults {
        world.workspace.fault(fault);
    }
}

/// Moves the clock for as long as stories are told; Slack goes away for an hour once half of them are over.
async fn drives(world: &World, over: &AtomicBool, told: &AtomicUsize, stories: usize, watch: &mut Watch, trace: Trace) {
    let (mut outage, mut back) = (None, false);
    let mut rounds = 0_u64;
    while !over.load(Ordering::Relaxed) {
        tokio::select! {
            () = world.settle() => {}
            () = WallTime.sleep_until(later(WallTime.now(), AT_MOST)) => {}
        }
        let now = world.clock.now();
        match outage {
            None if trace == Trace::Readable && told.load(Ordering::Relaxed) >= stories / 2 => {
                world.workspace.goes_down();
                outage = Some(later(now, OUTAGE));
            }
            Some(until) if now >= until && !back => {
                back = true;
                world.workspace.heal();
                misbehaves(world, trace);
            }
            _ => {}
        }
        let away = outage.is_some_and(|until| now < until);
        // Nobody does anything any more once all is told, or while Slack is away.
        let idle = away || told.load(Ordering::Relaxed) >= stories;
        world.clock.advance(if idle { STEP * 50 } else { STEP });
        rounds += 1;
        if rounds.is_multiple_of(100) {
            watch.look(&world.workspace, repeat_words());
        }
    }
    watch.look(&world.workspace, repeat_words());
}

async fn tells(world: &World, stories: usize, watch: &mut Watch, trace: Trace) -> usize {
    let time = Arc::new(HandTime { clock: world.clock.clone() });
    let mut stage = Stage::new(&world.workspace, time, PATIENCE, 1);
    if trace == Trace::None {
        stage.hesitates_ms = 150_000;
    }
    let (over, told) = (AtomicBool::new(false), AtomicUsize::new(0));
    let telling = async {
        iter(0..stories)
            .for_each_concurrent(AT_ONCE, |number| {
                let (stage, told) = (&stage, &told);
                async move {
                    play(stage, Story::of(number)).await;
                    told.fetch_add(1, Ordering::Relaxed);
                }
            })
            .await;
        // Slack is well again, and all that waits is said.
        world.workspace.heal();
        stage.waits(20 * 60 * 1000).await;
        over.store(true, Ordering::Relaxed);
    };
    tokio::join!(telling, drives(world, &over, &told, stories, watch, trace));
    world.settle().await;
    stage.repeated.load(Ordering::Relaxed)
}

/// Tells stories while Slack misbehaves, and compares.
pub async fn faulty(kind: Kind, trace: Trace) -> Figures {
    let seed = variable("FAULT_SEED").map_or_else(|| Random::from_os().u64(), |seed| seed.parse().unwrap());
    let wanted_deliveries: usize = variable("FAULT_DELIVERIES").map_or(300, |number| number.parse().unwrap());
    println!("FAULT_SEED={seed} {kind:?} {trace:?}");
    let stories = (wanted_deliveries / A_STORY).max(Plot::ALL.len());
    let calm = world(kind, trace).await;
    tells(&calm, Plot::ALL.len(), &mut Watch::default(), Trace::None).await;
    let words = |world: &World, number| account(&world.workspace, Story::of(number)).in_words(Story::of(number), 1);
    let wanted: BTreeMap<Plot, Vec<String>> =
        (0..Plot::ALL.len()).map(|number| (Story::of(number).plot, words(&calm, number))).collect();
    calm.end().await;

    let ill = world(kind, trace).await;
    ill.workspace.reseed(seed);
    misbehaves(&ill, trace);
    let mut watch = Watch::default();
    let repeated_deeds = tells(&ill, stories, &mut watch, trace).await;
    let doubles = watch.doubles();
    let (adopted, needless) = (watch.adopted(), watch.needless());
    let forgotten = if trace == Trace::None { watch.forgotten() } else { Vec::new() };
    let Watch { deliveries, calls, struck, lost_answers, .. } = watch;
    let figures = Figures {
        stories,
        deliveries,
        calls,
        struck,
        lost_answers,
        adopted,
        forgotten,
        needless,
        repeated_deeds,
        doubles,
    };
    println!("{kind:?} {trace:?}: {figures:?}");
    for number in 0..stories {
        let (found, wanted) = (words(&ill, number), &wanted[&Story::of(number).plot]);
        let lacking: Vec<&String> = wanted.iter().filter(|line| !found.contains(line)).collect();
        if trace == Trace::Readable {
            let strange: Vec<&String> = found.iter().filter(|line| !wanted.contains(line)).collect();
            assert!(lacking.is_empty() && strange.is_empty(), "{number}: lacks {lacking:#?}, has {strange:#?}");
            assert_eq!(&found, wanted, "{number}: the order");
        }
    }
    ill.end().await;
    figures
}
