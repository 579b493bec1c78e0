//! People act at once, and Slack delivers twice and out of order: whatever the order, the end is one that some order of
//! one after the other gives.
//!
//! `SCOPEBOT_TEST_CASES` says how many cases (3 unless told), `SCOPEBOT_TEST_SEED` with which seed they begin. The seed of
//! a case that fails is in its message.

use scopebot::ambient::Random;
use scopebot::simulator::{Fault, FaultKind, Persona};

use super::{Kind, World, posts};

const BOOKS: &str = "streaming ledger that books card payments";

/// Whose the scope is while people act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// Mara's, who has the edit open in several windows.
    Maras,
    /// Olga's, to whom Mara has handed it over: Mara's windows stand open still, and Olga goes on with the edit.
    Olgas,
}

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
    /// Mara posts from a third window, where an older review stands.
    PostsElsewhere,
    /// Rhea sends off "Ask for changes".
    AsksForChanges,
    /// Rhea presses "Approve" on the summary.
    Presses,
    /// Mara hands the scope over to Olga.
    HandsOver,
    /// Mara puts the search on hold.
    Holds,
    /// Mara closes the search.
    Closes,
    /// Olga posts the revision that is on her screen.
    OlgaRevises,
    /// Olga's other window reports a field of the edit.
    OlgaTypes,
}

impl Act {
    /// What can be done with a scope of theirs.
    fn all(whose: Whose) -> Vec<Act> {
        use Act::*;
        let by_anybody = [Reacts, TakesOff, OffAndOn, Revises, TypesElsewhere, PostsElsewhere, AsksForChanges, Presses];
        let by_its_author: &[Act] = match whose {
            Whose::Maras => &[HandsOver, Holds, Closes],
            Whose::Olgas => &[OlgaRevises, OlgaTypes],
        };
        by_anybody.iter().chain(by_its_author).copied().collect()
    }

    async fn done(self, people: &People) {
        let People { mara, rhea, ravi, olga, ts } = people;
        let check = "white_check_mark";
        let system = "What does it do, and what flows through it?";
        match self {
            Act::Reacts => drop(rhea.reacts("hiring", ts, check).await.unwrap()),
            Act::TakesOff => drop(ravi.unreacts("hiring", ts, check).await),
            Act::OffAndOn => {
                drop(ravi.unreacts("hiring", ts, check).await);
                drop(ravi.reacts("hiring", ts, check).await);
            }
            Act::Revises => drop(mara.submits().await.unwrap()),
            Act::TypesElsewhere => drop(mara.at("phone").fills(system, "nightly payouts").await.unwrap()),
            Act::PostsElsewhere => drop(mara.at("tablet").submits().await.unwrap()),
            Act::AsksForChanges => drop(rhea.at("desk two").submits().await.unwrap()),
            // Where the search is closed already, the button is gone.
            Act::Presses => drop(rhea.presses_on("hiring", ts, "Approve").await),
            Act::HandsOver => drop(mara.at("handing over").submits().await.unwrap()),
            Act::Holds => drop(mara.at("holding").presses_in("hiring", "Put on hold").await.unwrap()),
            Act::Closes => drop(mara.at("closing").submits().await.unwrap()),
            Act::OlgaRevises => drop(olga.submits().await.unwrap()),
            Act::OlgaTypes => drop(olga.at("phone").fills(system, "weekly refunds").await.unwrap()),
        }
    }
}

#[derive(Clone)]
struct People {
    mara: Persona,
    rhea: Persona,
    ravi: Persona,
    olga: Persona,
    ts: String,
}

/// Opens the edit in some window.
async fn edits(world: &World, who: &Persona) {
    who.presses_in("dm", "Edit the scope").await.unwrap();
    world.settle().await;
}

/// From the edit to the review of this speed.
async fn reviews_speed(world: &World, who: &Persona, speed: &str) {
    edits(world, who).await;
    who.chooses("How fast must it be?", speed).await.unwrap();
    world.settle().await;
    who.submits().await.unwrap();
    world.settle().await;
}

/// Posted, reacted to by Ravi, with an edit under review in two windows and open in a third, and with windows in which
/// there is only to send off what is asked, handed over, closed.
async fn prepared(world: &World, whose: Whose) -> People {
    posts(world, "mara", BOOKS).await;
    world.passes(2).await;
    let ts = world.summary().ts().to_owned();
    let [mara, rhea, ravi, olga] = ["mara", "rhea", "ravi", "olga"].map(|who| world.persona(who));
    ravi.reacts("hiring", &ts, "white_check_mark").await.unwrap();
    world.passes(2).await;
    edits(world, &mara.at("phone")).await;
    reviews_speed(world, &mara.at("tablet"), "Within a minute").await;
    reviews_speed(world, &mara, "Under 1 second").await;
    let asking = rhea.at("desk two");
    asking.presses_in("hiring", "Ask for changes").await.unwrap();
    world.settle().await;
    asking.ticks("What should be looked at again?", "Speed or load looks like a guess").await.unwrap();
    world.settle().await;
    // Buttons for her alone stand in what she asked for.
    mara.at("list").types("/scope-backend", "hiring", "status").await.unwrap();
    world.settle().await;
    mara.at("closing").presses_in("hiring", "Close without a hire").await.unwrap();
    world.settle().await;
    let handing = mara.at("handing over");
    handing.presses_in("hiring", "Hand it over").await.unwrap();
    world.settle().await;
    handing.chooses("Who goes on with this scope?", "olga").await.unwrap();
    // Nobody knows Olga yet; the next time she is known.
    handing.submits().await.unwrap();
    world.passes(2).await;
    if whose == Whose::Olgas {
        handing.submits().await.unwrap();
        world.passes(3).await;
        edits(world, &olga.at("phone")).await;
        reviews_speed(world, &olga, "Under 10 milliseconds").await;
    }
    People { mara, rhea, ravi, olga, ts }
}

/// How it ended, as people see it: the summary, how many there are, whose it is and what they can do with it.
async fn end(world: World) -> String {
    world.passes(8).await;
    world.workspace.heal();
    world.passes(8).await;
    let mut said = format!("{} summaries\n{}", world.summaries().len(), world.summary().says());
    for who in ["mara", "olga"] {
        // A window of theirs may be open still.
        world.persona(who).at("later").types("/scope-backend", "hiring", "status").await.unwrap();
        world.settle().await;
        said = format!("{said}\n{}", world.note(who));
    }
    world.end().await;
    said
}

/// A world of its own for each; what they share is the order of time.
fn kind_of(seed: u64) -> Kind {
    Kind::ALL[usize::try_from(seed).unwrap_or_default() % 2]
}

/// Every other one with a scope that has changed hands.
fn whose_of(seed: u64) -> Whose {
    if (seed / 2).is_multiple_of(2) { Whose::Maras } else { Whose::Olgas }
}

async fn one_after_the_other(seed: u64, acts: &[Act]) -> String {
    let world = World::with(kind_of(seed), &[("SCOPEBOT_QUORUM", "2")]).await;
    let people = prepared(&world, whose_of(seed)).await;
    for act in acts {
        act.done(&people).await;
        world.settle().await;
    }
    end(world).await
}

/// What Slack does beside: it says everything twice, tells in another order, wants a pause, loses an answer.
fn disturb(world: &World, seed: u64) {
    // The first that strikes a delivery is the one.
    match seed % 4 {
        0 => {
            let mut late = Fault::of_delivery("reaction_removed", FaultKind::Late);
            late.delay_ms = Some(2_500);
            world.workspace.fault(late);
        }
        2 => drop(world.workspace.fault(Fault::of_delivery("events", FaultKind::OutOfOrder).times(1))),
        _ => {}
    }
    if seed.is_multiple_of(3) {
        world.workspace.fault(Fault::of_delivery("*", FaultKind::Twice));
    }
    match seed % 5 {
        0 => {
            let mut pause = Fault::of_method("chat.update", FaultKind::RateLimited).once();
            pause.retry_after = Some(3);
            world.workspace.fault(pause);
        }
        1 => drop(world.workspace.fault(Fault::of_method("chat.update", FaultKind::AnswerLost).once())),
        _ => {}
    }
}

async fn at_once(seed: u64, acts: &[Act]) -> String {
    let world = World::with(kind_of(seed), &[("SCOPEBOT_QUORUM", "2")]).await;
    let people = prepared(&world, whose_of(seed)).await;
    let chance = Random::from_seed(seed);
    disturb(&world, seed);
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

fn drawn(chance: &Random, whose: Whose) -> Vec<Act> {
    let mut left = Act::all(whose);
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
        let acts = drawn(&Random::from_seed(seed), whose_of(seed));
        eprintln!("seed {seed}: {acts:?} at once, {:?}", whose_of(seed));
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
