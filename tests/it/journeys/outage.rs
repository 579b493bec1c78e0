//! Slack is away, or its lines break: what was said is said afterwards, once.

use std::time::Duration;

use scopebot::run::args::DemoTransport;
use scopebot::simulator::delivery::LineOrder;
use scopebot::simulator::{Fault, FaultKind};

use super::{Kind, World, journey, posts, reviews, says, submits, types};

const BOOKS: &str = "streaming ledger that books card payments";
const STEP: Duration = Duration::from_secs(10);

journey!(
    after_an_hour_without_slack_the_summary_is_posted_once_and_reactions_count => |world| {
        posts(world, "milo", "nightly payout run for 40 shops").await;
        let earlier = world.summary().ts().to_owned();
        reviews(world, "mara", BOOKS).await;
        world.workspace.fault(Fault::of_method("*", FaultKind::Refused));
        submits(world, "mara").await;
        assert_eq!(world.persona("mara").stack_depth(), 0, "acknowledged: it will be posted");
        world.lapses(Duration::from_secs(3500), STEP).await;
        // Slack takes the reaction; asking Slack who that is fails.
        world.persona("rhea").reacts("hiring", &earlier, "white_check_mark").await.unwrap();
        world.lapses(Duration::from_secs(100), STEP).await;
        assert_eq!(world.summaries().len(), 1, "nothing can be posted");
        world.workspace.heal();
        world.lapses(Duration::from_secs(600), STEP).await;
        assert_eq!(world.summaries().len(), 2);
        says(&world.summary().says(), BOOKS);
        let earlier = world.summaries().into_iter().find(|summary| summary.ts() == earlier).unwrap();
        says(&earlier.says(), "Approved by");
    }
);

/// What is in doubt over one transport never reached the bot over the other, so what is said differs; what counts does not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_that_found_nobody_are_taken_when_slack_brings_them_again() {
    for kind in Kind::ALL {
        let world = &World::start(kind).await;
        posts(world, "mara", BOOKS).await;
        world.workspace.goes_down();
        world.settle().await;
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(90).await;
        world.workspace.heal();
        world.lapses(Duration::from_secs(600), STEP).await;
        says(&world.summary().says(), "Approved by");
        assert_eq!(world.summaries().len(), 1);
        assert_eq!(world.thread().iter().filter(|said| said.contains("approved")).count(), 1, "{:?}", world.thread());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sockets_are_dropped_refreshed_and_cut_and_nothing_is_lost() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.transport == DemoTransport::Socket) {
        let world = World::start(kind).await;
        types(&world, "mara", "").await;
        super::answers(&world, "mara", BOOKS).await;
        for order in [LineOrder::Drop, LineOrder::Refresh, LineOrder::Warn] {
            world.workspace.sockets(order);
            world.passes(20).await;
            world.reached().await;
        }
        submits(&world, "mara").await;
        submits(&world, "mara").await;
        world.passes(10).await;
        assert_eq!(world.summaries().len(), 1, "{}", world.traffic());
        world.workspace.fault(Fault::of_delivery("reaction_added", FaultKind::CutSocket).once());
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(90).await;
        says(&world.summary().says(), "Approved by");
        world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_sockets_alone_everything_goes_through() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.transport == DemoTransport::Socket) {
        let world = World::start(kind).await;
        world.lapses(Duration::from_secs(1800), STEP).await;
        assert!(world.workspace.connections() >= 1);
        posts(&world, "mara", BOOKS).await;
        says(&world.summary().says(), BOOKS);
        world.end().await;
    }
}
