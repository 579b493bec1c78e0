//! Nobody waits for anybody else's message: by order, since time stands still until the test moves it.

use std::time::Duration;

use scopebot::simulator::{Deed, Fault, FaultKind};

use super::{Kind, World, chooses, posts, reviews, says, submits};

const BOOKS: &str = "streaming ledger that books card payments";
const RUNS: &str = "nightly payout run for 40 shops";
const REST: &str = "stock service that shops ask for prices";

/// Lets what is late come: a few seconds of the clock, far from the minute after which a message is said again, and
/// after each as much of the machine's time as it takes.
async fn late_answers_come(world: &World) {
    world.workspace.heal();
    for _ in 0..5 {
        world.clock.advance(Duration::from_secs(2));
        for _ in 0..100 {
            if world.bot().is_quiet().await {
                return world.passes(10).await;
            }
            world.goes_round().await;
        }
    }
    panic!("the answers do not come\n{}", world.traffic());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_slack_takes_its_time_with_one_answer_everybody_else_is_acknowledged() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        reviews(world, "milo", RUNS).await;
        reviews(world, "mara", BOOKS).await;
        let mut late = Fault::of_method("*", FaultKind::Late);
        late.delay_ms = Some(2_000);
        world.workspace.fault(late);
        world.persona("mara").submits().await.unwrap();
        world.workspace.until_noted("The app called chat.postMessage").await.unwrap();
        // From here on no call of the bot's is answered: time stands still. Were an acknowledgement to wait for one, this
        // would never end.
        let before = world.clock.now();
        world.persona("milo").submits().await.unwrap();
        world.persona("rhea").types("/scope-backend", "hiring", "drafts").await.unwrap();
        world.persona("gus").types("/scope-backend", "hiring", "help").await.unwrap();
        assert_eq!(world.clock.now(), before);
        assert_eq!(
            (world.persona("mara").stack_depth(), world.persona("milo").stack_depth()),
            (0, 0),
            "both are posted"
        );
        assert!(!world.bot().is_quiet().await, "{kind:?}: Slack has still not answered");
        late_answers_come(world).await;
        let said: String = world.summaries().iter().map(|summary| summary.says()).collect();
        says(&said, BOOKS);
        says(&said, RUNS);
        assert_eq!(world.summaries().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_slack_limits_the_bot_submissions_are_acknowledged_and_come_out_once_afterwards() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        reviews(world, "milo", RUNS).await;
        reviews(world, "mara", BOOKS).await;
        let mut limited = Fault::of_method("chat.postMessage", FaultKind::RateLimited);
        limited.retry_after = Some(30);
        world.workspace.fault(limited);
        submits(world, "mara").await;
        submits(world, "milo").await;
        assert_eq!((world.persona("mara").stack_depth(), world.persona("milo").stack_depth()), (0, 0));
        assert!(world.summaries().is_empty());
        world.workspace.heal();
        world.passes(40).await;
        assert_eq!(world.summaries().len(), 2, "{}", world.traffic());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_channel_holds_up_no_other() {
    let settings = [("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE,C0DEMOGEN")];
    for kind in Kind::ALL {
        let world = &World::with(kind, &settings).await;
        world.workspace.act(Deed::Invite { channel: "general".into(), person: "app".into() }).await.unwrap();
        world.settle().await;
        // Five in a row: one is said at once, the others have to wait for their seconds.
        for _ in 0..5 {
            posts(world, "milo", RUNS).await;
        }
        reviews(world, "mara", REST).await;
        chooses(world, "mara", "Where should it appear?", "C0DEMOGEN").await;
        submits(world, "mara").await;
        if world.persona("mara").stack_depth() > 0 {
            // The bot had not yet heard that it was invited.
            submits(world, "mara").await;
        }
        let general = world.persona("rhea").reads("general");
        assert!(general.iter().any(|message| message.says().contains(REST)), "{kind:?}: at once\n{}", world.traffic());
        assert_eq!(world.summaries().len(), 1, "one a second");
        // Each of those that wait comes at its own second.
        for posted in 2..=5 {
            world.passes(1).await;
            assert_eq!(world.summaries().len(), posted, "{kind:?}");
        }
    }
}
