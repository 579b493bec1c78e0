//! The journeys of DESIGN section 2, each over both transports and both stores; the transcripts have to be equal.

mod approving;
mod asking;
mod channels;
mod corpus;
mod counting;
mod doubting;
mod drafting;
mod entitled;
mod expiring;
mod flat;
mod flood;
mod forgetting;
mod giving_up;
mod homes;
mod hostile;
mod ill_disk;
mod interleaving;
mod leading;
mod never_late;
mod nudging;
mod outage;
mod personas;
mod posting;
mod reconciling;
mod repeated;
mod review_fences;
mod review_windows;
mod reviewing;
mod revising;
mod searching;
mod sorting;
mod strangers;
mod trails;
mod twins;
pub mod world;

use scopebot::simulator::actions::AppChange;
use scopebot::simulator::{Deed, Fault, FaultKind};
use world::{Kind, World};

/// Runs a journey in every world and compares what the workspace saw.
macro_rules! journey {
    ($(#[$doc:meta])* $name:ident => |$world:ident| $body:block) => {
        journey!($(#[$doc])* $name with [] => |$world| $body);
    };
    ($(#[$doc:meta])* $name:ident with $settings:expr => |$world:ident| $body:block) => {
        $(#[$doc])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let mut first: Option<(super::Kind, Vec<String>)> = None;
            for kind in super::Kind::ALL {
                let settings: &[(&'static str, &str)] = &$settings;
                eprintln!("{kind:?}");
                let mut kept = super::World::with(kind, settings).await;
                let $world = &mut kept;
                $body
                let words = super::comparable(kept.end().await);
                match &first {
                    None => first = Some((kind, words)),
                    Some((other, wanted)) => super::assert_same(wanted, &words, *other, kind),
                }
            }
        }
    };
}
use journey;

/// The transcript, by who sees what where: within each the order is kept, between them there is none.
fn comparable(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|line| line.split(':').next().unwrap_or_default().to_owned());
    words
}

fn assert_same(wanted: &[String], found: &[String], other: Kind, kind: Kind) {
    for (at, (wanted, found)) in wanted.iter().zip(found).enumerate() {
        assert_eq!(wanted, found, "line {at} differs between {other:?} and {kind:?}");
    }
    assert_eq!(wanted.len(), found.len(), "{kind:?} says more or less than {other:?}");
}

/// Fills the form as a careful manager does, after the command has opened it.
async fn answers(world: &World, who: &str, system: &str) {
    let manager = world.persona(who);
    manager.chooses("What kind of system is it?", "Event pipeline, in real time").await.unwrap();
    manager.fills("What does it do, and what flows through it?", system).await.unwrap();
    manager.chooses("How fast must it be?", "Under 100 milliseconds").await.unwrap();
    manager.chooses("How much at a busy moment?", "10,000 to 100,000 a second").await.unwrap();
    manager.chooses("Which team do they join?", "One or two other backend engineers").await.unwrap();
}

/// From nothing to a posted scope.
async fn posts(world: &World, who: &str, system: &str) {
    world.persona(who).types("/scope-backend", "hiring", "").await.unwrap();
    world.settle().await;
    answers(world, who, system).await;
    world.persona(who).submits().await.unwrap();
    world.settle().await;
    world.persona(who).submits().await.unwrap();
    world.settle().await;
}

/// What somebody's newest words to the bot come to: `/scope-backend TEXT` in #hiring.
async fn types(world: &World, who: &str, text: &str) {
    world.persona(who).types("/scope-backend", "hiring", text).await.unwrap();
    world.settle().await;
}

/// Sends off the window on top.
async fn submits(world: &World, who: &str) {
    world.persona(who).submits().await.unwrap();
    world.settle().await;
}

/// Fills a field of the window on top.
async fn fills(world: &World, who: &str, field: &str, words: &str) {
    world.persona(who).fills(field, words).await.unwrap();
    world.settle().await;
}

/// Presses a button of the window on top.
async fn presses(world: &World, who: &str, button: &str) {
    world.persona(who).presses(button).await.unwrap();
    world.settle().await;
}

/// Chooses in the window on top.
async fn chooses(world: &World, who: &str, field: &str, option: &str) {
    world.persona(who).chooses(field, option).await.unwrap();
    world.settle().await;
}

/// From the command to the review, which is on top then.
async fn reviews(world: &World, who: &str, system: &str) {
    types(world, who, "").await;
    answers(world, who, system).await;
    submits(world, who).await;
}

/// Mara posts, and Slack's answer is lost. The trace comes so many milliseconds later, or, with `None`, never.
async fn posts_unanswered(world: &World, system: &str, trace_ms: Option<u64>) {
    if let Some(delay) = trace_ms {
        let mut late = Fault::of_delivery("message_metadata_posted", FaultKind::Late).once();
        late.delay_ms = Some(delay);
        world.workspace.fault(late);
    } else {
        let deaf = AppChange { metadata_events: Some(Vec::new()), ..AppChange::default() };
        world.workspace.act(Deed::App(deaf)).await.unwrap();
    }
    reviews(world, "mara", system).await;
    world.workspace.fault(Fault::of_method("chat.postMessage", FaultKind::AnswerLost).once());
    submits(world, "mara").await;
}

/// As a reader has it: rich text comes in pieces, one a line.
fn flat(said: &str) -> String {
    said.replace('\n', "")
}

/// How often these words are said.
fn times(said: &str, words: &str) -> usize {
    flat(said).matches(words).count()
}

/// Holds that these words are said.
#[track_caller]
fn says(said: &str, words: &str) {
    assert!(times(said, words) > 0, "{words:?} is not in:\n{}", flat(said));
}

/// Holds that these words are not said.
#[track_caller]
fn says_not(said: &str, words: &str) {
    assert!(times(said, words) == 0, "{words:?} is in:\n{}", flat(said));
}
