//! The journeys of DESIGN section 2, each over both transports and both stores; the transcripts have to be equal.

mod approving;
mod drafting;
mod posting;
mod review_fences;
mod review_windows;
mod world;

use world::{Kind, World};

/// Runs a journey in every world and compares what the workspace saw.
macro_rules! journey {
    ($(#[$doc:meta])* $name:ident => |$world:ident| $body:block) => {
        $(#[$doc])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let mut first: Option<(super::Kind, Vec<String>)> = None;
            for kind in super::Kind::ALL {
                let mut kept = super::World::start(kind).await;
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
