//! People act at once, and Slack delivers twice and out of order: whatever the order, the end is one that some order of
//! one after the other gives.
//!
//! `SCOPEBOT_TEST_CASES` says how many cases (3 unless told), `SCOPEBOT_TEST_SEED` with which seed they begin. The seed of
//! a case that fails is in its message.

use scopebot::ambient::Random;
use scopebot::simulator::{Fault, FaultKind, Persona};

use super::{Kind, World, chooses, posts, submits};

const BOOKS: &str = "streaming ledger that books card payments";

/// One thing that somebody does. All of them are prepared, so that each is one delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Rhea reacts to the summary.
    Reacts,
    /// Ravi, whose reaction stands, takes it off.
    TakesOff,
    /// Ravi takes it off and puts it on again.
    OffAndOn,
    /// Mara posts the revision that is on her screen.
    Revises,
    /// Mara's other window reports a field of the edit.
    TypesElsewhere,
    /// Rhea sends off "Ask for changes".
    AsksForChanges,
    /// Rhea presses "Approve" on the summary.
    Presses,
}

impl Act {
    const ALL: [Act; 7] = [
        Act::Reacts,
        Act::TakesOff,
        Act::OffAndOn,
        Act::Revises,
        Act::TypesElsewhere,
        Act::AsksForChanges,
        Act::Presses,
    ];

    async fn done(self, people: &People) {
        let People { mara, phone, rhea, ravi, ts } = people;
        let check = "white_check_mark";
        match self {
            Act::Reacts => drop(rhea.reacts("hiring", ts, check).await.unwrap()),
            Act::TakesOff => drop(ravi.unreacts("hiring", ts, check).await),
            Act::OffAndOn => {
                drop(ravi.unreacts("hiring", ts, check).await);
                drop(ravi.reacts("hiring", ts, check).await);
            }
            Act::Revises => drop(mara.submits().await.unwrap()),
            Act::TypesElsewhere => {
                drop(phone.fills("What does it do, and what flows through it?", "nightly payouts").await.unwrap());
            }
            Act::AsksForChanges => drop(rhea.at("desk two").submits().await.unwrap()),
            Act::Presses => drop(rhea.presses_on("hiring", ts, "Approve").await.unwrap()),
        }
    }
}

#[derive(Clone)]
struct People {
    mara: Persona,
    phone: Persona,
    rhea: Persona,
    ravi: Persona,
    ts: String,
}

/// Posted, reacted to by Ravi, with an edit on review, a second window on that edit and the question for changes open.
async fn prepared(world: &World) -> People {
    posts(world, "mara", BOOKS).await;
    world.passes(2).await;
    let ts = world.summary().ts().to_owned();
    world.persona("ravi").reacts("hiring", &ts, "white_check_mark").await.unwrap();
    world.passes(2).await;
    let phone = world.persona("mara").at("phone");
    phone.presses_in("dm", "Edit the scope").await.unwrap();
    world.settle().await;
    world.persona("mara").presses_in("dm", "Edit the scope").await.unwrap();
    world.settle().await;
    chooses(world, "mara", "How fast must it be?", "Under 1 second").await;
    submits(world, "mara").await;
    let asking = world.persona("rhea").at("desk two");
    asking.presses_in("hiring", "Ask for changes").await.unwrap();
    world.settle().await;
    asking.ticks("What should be looked at again?", "Speed or load looks like a guess").await.unwrap();
    world.settle().await;
    let [mara, rhea, ravi] = ["mara", "rhea", "ravi"].map(|who| world.persona(who));
    People { mara, phone, rhea, ravi, ts }
}

/// How it ended, as people see it: the summary, how many there are, whether the author still has an edit to post.
async fn end(world: World) -> String {
    world.passes(8).await;
    world.workspace.heal();
    world.passes(8).await;
    // A window of hers may be open still.
    world.persona("mara").at("later").types("/scope-backend", "hiring", "status").await.unwrap();
    world.settle().await;
    let said = format!("{} summaries\n{}\n{}", world.summaries().len(), world.summary().says(), world.note("mara"));
    world.end().await;
    said
}

/// A world of its own for each; what they share is the order of time.
fn kind_of(seed: u64) -> Kind {
    Kind::ALL[usize::try_from(seed).unwrap_or_default() % 2]
}

async fn one_after_the_other(seed: u64, acts: &[Act]) -> String {
    let world = World::with(kind_of(seed), &[("SCOPEBOT_QUORUM", "2")]).await;
    let people = prepared(&world).await;
    for act in acts {
        act.done(&people).await;
        world.settle().await;
    }
    end(world).await
}

async fn at_once(seed: u64, acts: &[Act]) -> String {
    let world = World::with(kind_of(seed), &[("SCOPEBOT_QUORUM", "2")]).await;
    let people = prepared(&world).await;
    let chance = Random::from_seed(seed);
    if seed.is_multiple_of(3) {
        world.workspace.fault(Fault::of_delivery("*", FaultKind::Twice));
    }
    if seed.is_multiple_of(2) {
        world.workspace.fault(Fault::of_delivery("events", FaultKind::OutOfOrder).times(1));
    }
    let tasks: Vec<_> = acts
        .iter()
        .map(|act| {
            let (act, people, wait) = (*act, people.clone(), chance.u64() % 40);
            tokio::spawn(async move {
                for _ in 0..wait {
                    tokio::task::yield_now().await;
                }
                act.done(&people).await;
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    end(world).await
}

fn orders(acts: &[Act]) -> Vec<Vec<Act>> {
    if acts.len() < 2 {
        return vec![acts.to_vec()];
    }
    let mut all = Vec::new();
    for (at, first) in acts.iter().enumerate() {
        let rest: Vec<Act> = acts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, act)| *act).collect();
        all.extend(orders(&rest).into_iter().map(|order| [vec![*first], order].concat()));
    }
    all
}

fn drawn(chance: &Random) -> Vec<Act> {
    let mut left = Act::ALL.to_vec();
    (0..3).map(|_| left.remove(usize::try_from(chance.u64() % left.len() as u64).unwrap_or_default())).collect()
}

#[expect(clippy::disallowed_methods, reason = "how long a generated test runs is said in the environment")]
fn told(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|told| told.parse().ok()).unwrap_or(otherwise)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_at_once_ends_as_some_order_of_it_does() {
    let first = told("SCOPEBOT_TEST_SEED", 1);
    for seed in first..first + told("SCOPEBOT_TEST_CASES", 3) {
        let acts = drawn(&Random::from_seed(seed));
        eprintln!("seed {seed}: {acts:?} at once");
        let found = at_once(seed, &acts).await;
        let mut ends = Vec::new();
        for order in orders(&acts) {
            let wanted = one_after_the_other(seed, &order).await;
            if wanted == found {
                ends.clear();
                break;
            }
            ends.push((order, wanted));
        }
        assert!(
            ends.is_empty(),
            "seed {seed}: {acts:?} at once end in\n{found}\nand one after the other in\n{ends:#?}"
        );
    }
}
