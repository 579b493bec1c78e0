//! A disk that takes ten seconds for a write, hangs or is full: everybody is answered within two and a half seconds of the
//! test clock, nobody is told that something is saved which is not, and what the words say comes true afterwards.

use std::pin::pin;
use std::time::Duration;

use scopebot::app::intent::{Intent, What};
use scopebot::app::reply::Reply;
use scopebot::domain::ids::UserId;
use scopebot::domain::person::{DirectoryRow, Person, PersonKind};
use scopebot::run::args::DemoTransport;
use scopebot::simulator::{Done, Refused};
use scopebot::store::wrappers::Disk;

use super::{Kind, World, posts, presses, reviews, says, says_not, submits, types};

const SLOW: Disk = Disk::Slow(Duration::from_secs(10));
/// A person is answered within this time, whatever the disk does.
const IN_TIME: Duration = Duration::from_millis(2500);
/// Then Slack waits no longer.
const TOO_LATE: Duration = Duration::from_secs(3);
const SYSTEM: &str = "What does it do, and what flows through it?";
const BOOKS: &str = "streaming ledger that books card payments";
const RUNS: &str = "nightly payout run for 40 shops";
const TICK: &str = "white_check_mark";
const NOT_SAVED: &str = "Not saved yet. Please press again";
const UNKEPT: &str = "This form cannot be saved";

/// A moment at which nothing else ends: what the bot does every so often ends at whole seconds.
const APART: Duration = Duration::from_millis(7);

/// What somebody does while the disk is ill, answered by the bot in time: the clock moves no further than that, so that a later answer would hang.
async fn in_time(world: &World, deed: impl Future<Output = Result<Done, Refused>>) -> Done {
    world.clock.advance(APART);
    let due = world.clock.now().checked_add(IN_TIME).unwrap();
    let mut deed = pin!(deed);
    tokio::select! {
        biased;
        done = &mut deed => return done.unwrap(),
        () = world.clock.until_asleep_till(due) => {}
    }
    world.clock.advance_to(due);
    deed.await.unwrap()
}

/// What somebody does and the bot does not acknowledge: over HTTP it says so in time, on a socket it is silent.
async fn unacknowledged(world: &World, deed: impl Future<Output = Result<Done, Refused>>) {
    world.clock.advance(APART);
    let began = world.clock.now();
    let done = if world.kind.transport == DemoTransport::Http {
        in_time(world, deed).await
    } else {
        let mut deed = pin!(deed);
        let over = began.checked_add(TOO_LATE).unwrap();
        tokio::select! {
            biased;
            done = &mut deed => panic!("answered with {:?}", done.unwrap().delivered),
            () = world.clock.until_asleep_till(over) => {}
        }
        for at in [began.checked_add(IN_TIME).unwrap(), over] {
            goes_on(world).await;
            world.clock.advance_to(at);
        }
        deed.await.unwrap()
    };
    let wanted = if world.kind.transport == DemoTransport::Http { "refused" } else { "timed_out" };
    assert!(done.delivered.iter().all(|one| one.outcome == wanted), "{:?}", done.delivered);
}

/// As much of the machine's time as a few questions and answers take; the clock stands still.
async fn goes_on(world: &World) {
    for _ in 0..5 {
        world.looks().await;
    }
}

/// Until it is so; the clock stands still.
async fn until(world: &World, what: &str, so: impl Fn() -> bool) {
    for _ in 0..2_000 {
        if so() {
            return;
        }
        world.looks().await;
    }
    panic!("not {what}\n{}", world.traffic());
}

/// The disk is well, and what still waits for it is written.
async fn catches_up(world: &World) {
    world.disk().set(Disk::Well);
    for looks in 1..=10_000 {
        world.looks().await;
        if world.disk().waiting() == 0 && world.bot().is_quiet().await {
            return world.settle().await;
        }
        // Time goes on for what sleeps, and is given to what works.
        if looks % 20 == 0 {
            world.clock.advance(Duration::from_millis(500));
        }
    }
    panic!("the disk does not catch up\n{}", world.traffic());
}

/// Whatever the disk does to it: a command is answered in time, and what was typed is given back.
async fn types_in_vain(world: &World) {
    let mara = world.persona("mara");
    in_time(world, mara.types("/scope-backend", "hiring", RUNS)).await;
    says(&world.note("mara"), NOT_SAVED);
    says(&world.note("mara"), RUNS);
    until(world, "opened", || mara.modal().is_some()).await;
}

async fn approves_in_vain(world: &World) {
    in_time(world, world.persona("rhea").presses_in("hiring", "Approve")).await;
    until(world, "told", || world.note("rhea").contains(NOT_SAVED)).await;
    says_not(&world.summary().says(), "Approved by");
}

async fn posts_in_vain(world: &World) {
    in_time(world, world.persona("mara").submits()).await;
    says(&world.persona("mara").modal().unwrap().0["errors"].to_string(), NOT_SAVED);
    assert!(world.summaries().is_empty());
}

/// A reaction is not acknowledged, in time; Slack brings it again.
async fn reacts_in_vain(world: &World) {
    world.clock.advance(APART);
    let (ts, due) = (world.summary().ts().to_owned(), world.clock.now().checked_add(IN_TIME).unwrap());
    world.persona("rhea").reacts("hiring", &ts, TICK).await.unwrap();
    let refused = || world.workspace.look(|world| world.transcript.has("The app refused reaction_added"));
    if world.kind.transport == DemoTransport::Http {
        if !matches!(world.disk().disk(), Disk::Full) {
            world.clock.until_asleep_till(due).await;
            world.clock.advance_to(due);
        }
        until(world, "refused", refused).await;
    } else {
        // On a socket it is silent, until Slack waits no longer.
        for _ in 0..3 {
            goes_on(world).await;
            world.clock.advance(Duration::from_secs(1));
        }
        goes_on(world).await;
    }
    says_not(&world.summary().says(), "Approved by");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_slow_disk_a_command_and_what_is_typed_are_not_called_saved_and_are_kept_when_it_comes_to_it() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        world.disk().set(SLOW);
        types_in_vain(world).await;
        unacknowledged(world, world.persona("mara").fills(SYSTEM, BOOKS)).await;
        says_not(&world.window("mara"), UNKEPT);
        catches_up(world).await;
        presses(world, "mara", "Save").await;
        says(&world.window("mara"), "Saved at");
        world.persona("mara").dismisses().await.unwrap();
        types(world, "mara", "").await;
        says(&world.fields("mara"), BOOKS);
        world.persona("mara").dismisses().await.unwrap();
        types(world, "mara", "drafts").await;
        assert_eq!(super::times(&world.note("mara"), BOOKS), 1, "{}", world.note("mara"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_slow_disk_a_submission_says_that_it_is_not_saved_yet_and_is_posted_once() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        reviews(world, "mara", BOOKS).await;
        world.disk().set(SLOW);
        posts_in_vain(world).await;
        catches_up(world).await;
        world.passes(5).await;
        says(&world.summary().says(), BOOKS);
        submits(world, "mara").await;
        world.passes(5).await;
        assert_eq!((world.persona("mara").stack_depth(), world.summaries().len(), world.dms("mara").len()), (0, 1, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_slow_disk_a_press_and_a_reaction_count_once_it_is_written_and_once_only() {
    for kind in Kind::ALL {
        for reacts in [true, false] {
            let world = &World::start(kind).await;
            posts(world, "mara", BOOKS).await;
            world.passes(2).await;
            world.disk().set(SLOW);
            if reacts {
                reacts_in_vain(world).await
            } else {
                approves_in_vain(world).await
            }
            catches_up(world).await;
            world.lapses(Duration::from_secs(400), Duration::from_secs(10)).await;
            says(&world.summary().says(), "Approved by");
            let said = world.thread();
            assert_eq!(said.iter().filter(|said| said.contains("approved")).count(), 1, "{said:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_slow_disk_changes_that_are_asked_for_again_are_said_once() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        posts(world, "mara", BOOKS).await;
        let rhea = world.persona("rhea");
        rhea.presses_in("hiring", "Ask for changes").await.unwrap();
        world.settle().await;
        super::fills(world, "rhea", "In your words", "Is 40,000 measured, or hoped for?").await;
        world.disk().set(SLOW);
        in_time(world, rhea.submits()).await;
        says(&rhea.modal().unwrap().0["errors"].to_string(), NOT_SAVED);
        catches_up(world).await;
        submits(world, "rhea").await;
        world.passes(5).await;
        assert_eq!(rhea.stack_depth(), 0, "{}", world.window("rhea"));
        let asked = |said: &[String]| said.iter().filter(|said| said.contains("measured, or hoped for")).count();
        assert_eq!((asked(&world.thread()), asked(&world.dms("mara"))), (1, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_a_form_whose_draft_is_lost_says_what_to_do_and_keeps_the_words() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        let mara = world.persona("mara");
        world.disk().set(Disk::Full);
        types_in_vain(world).await;
        unacknowledged(world, mara.fills(SYSTEM, BOOKS)).await;
        until(world, "told", || world.window("mara").contains(UNKEPT)).await;
        says(&world.fields("mara"), BOOKS);
        world.disk().set(Disk::Well);
        // Whatever else is chosen there is not kept either, and says no more of it.
        for (field, option) in [
            ("How fast must it be?", "Under 100 milliseconds"),
            ("How much at a busy moment?", "10,000 to 100,000 a second"),
            ("Which team do they join?", "One or two other backend engineers"),
        ] {
            unacknowledged(world, mara.chooses(field, option)).await;
        }
        submits(world, "mara").await;
        says(&mara.modal().unwrap().0["errors"].to_string(), UNKEPT);
        says(&world.fields("mara"), BOOKS);
        presses(world, "mara", "Save").await;
        says(&world.window("mara"), UNKEPT);
        mara.dismisses().await.unwrap();
        types(world, "mara", "drafts").await;
        says_not(&world.note("mara"), RUNS);
        posts(world, "mara", BOOKS).await;
        says(&world.summary().says(), BOOKS);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_nothing_is_posted_and_pressing_again_works_once_there_is_room() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        reviews(world, "mara", BOOKS).await;
        world.disk().set(Disk::Full);
        posts_in_vain(world).await;
        world.passes(60).await;
        assert!(world.summaries().is_empty(), "what was not saved is not posted");
        world.disk().set(Disk::Well);
        submits(world, "mara").await;
        world.passes(5).await;
        assert_eq!((world.persona("mara").stack_depth(), world.summaries().len()), (0, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_nothing_is_approved_and_once_there_is_room_a_press_works_and_a_reaction_comes_again() {
    for kind in Kind::ALL {
        for reacts in [true, false] {
            let world = &World::start(kind).await;
            posts(world, "mara", BOOKS).await;
            world.passes(2).await;
            world.disk().set(Disk::Full);
            if reacts {
                reacts_in_vain(world).await
            } else {
                approves_in_vain(world).await
            }
            world.disk().set(Disk::Well);
            if reacts {
                world.lapses(Duration::from_secs(400), Duration::from_secs(10)).await;
            } else {
                world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
                world.passes(3).await;
            }
            says(&world.summary().says(), "Approved by");
            let said = world.thread();
            assert_eq!(said.iter().filter(|said| said.contains("approved")).count(), 1, "{said:?}");
        }
    }
}

/// Fills every place for intents with news of people that wait for the disk, as both transports hand them on.
async fn fills_up(world: &World) -> Vec<tokio::task::JoinHandle<Reply>> {
    let mut taken = Vec::new();
    while world.bot().app().load().intents < 2_048 {
        let id = UserId::parse(&format!("U0CROWD{:04}", taken.len())).unwrap();
        let row = DirectoryRow::Person(Person { id, kind: PersonKind::Member, read_at: world.clock.now() });
        let intent = Intent { home: world.bot().home().clone(), key: None, what: What::DirectoryChanged(vec![row]) };
        let app = world.bot().app().clone();
        taken.push(tokio::spawn(async move { app.handle(intent).await }));
        tokio::task::yield_now().await;
    }
    taken
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_every_place_taken_everybody_is_answered_at_once_and_pressing_again_works_afterwards() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        posts(world, "milo", RUNS).await;
        reviews(world, "mara", BOOKS).await;
        let summaries = world.summaries().len();
        world.disk().set(Disk::Hangs);
        let taken = fills_up(world).await;
        let before = world.clock.now();
        // The clock stands still: who waited for a place would wait for ever.
        world.persona("rhea").types("/scope-backend", "hiring", RUNS).await.unwrap();
        says(&world.note("rhea"), NOT_SAVED);
        assert!(world.persona("rhea").modal().is_none());
        world.persona("mara").submits().await.unwrap();
        says(&world.persona("mara").modal().unwrap().0["errors"].to_string(), NOT_SAVED);
        world.persona("ravi").presses_in("hiring", "Approve").await.unwrap();
        until(world, "told", || world.note("ravi").contains(NOT_SAVED)).await;
        assert_eq!((world.clock.now(), world.summaries().len()), (before, summaries));
        assert_eq!(world.bot().app().load().intents, 2_048);
        unacknowledged(world, world.persona("mara").presses("More for recruiters")).await;
        world.clock.advance_to(before.checked_add(IN_TIME).unwrap());
        for one in taken {
            // Those that hold the places are answered too, whatever becomes of them.
            one.await.unwrap();
        }
        catches_up(world).await;
        assert_eq!(world.bot().app().load().intents, 0);
        submits(world, "mara").await;
        world.passes(5).await;
        assert_eq!((world.persona("mara").stack_depth(), world.summaries().len()), (0, summaries + 1));
    }
}
