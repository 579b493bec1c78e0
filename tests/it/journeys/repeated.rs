//! Slack delivers twice: nothing happens twice.

use scopebot::simulator::{Fault, FaultKind};

use super::{World, answers, journey, posts, presses, says, submits, types};

const BOOKS: &str = "streaming ledger that books card payments";

fn twice(world: &World, delivery: &str) {
    world.workspace.fault(Fault::of_delivery(delivery, FaultKind::Twice).once());
}

journey!(
    a_command_that_comes_twice_starts_one_draft_and_says_nothing_of_it => |world| {
        twice(world, "commands");
        types(world, "mara", "nightly payout run").await;
        assert_eq!(world.persona("mara").stack_depth(), 1);
        assert!(world.persona("mara").notes("hiring").is_empty(), "{}", world.note("mara"));
        world.persona("mara").dismisses().await.unwrap();
        types(world, "mara", "drafts").await;
        assert_eq!(world.note("mara").matches("nightly payout run").count(), 1);
    }
);

journey!(
    submissions_that_come_twice_post_once => |world| {
        types(world, "mara", "").await;
        answers(world, "mara", BOOKS).await;
        twice(world, "view_submission");
        submits(world, "mara").await;
        assert_eq!(world.persona("mara").stack_depth(), 2);
        twice(world, "view_submission");
        submits(world, "mara").await;
        world.passes(5).await;
        assert_eq!(world.summaries().len(), 1);
        assert_eq!(world.persona("mara").stack_depth(), 0, "{}", world.window("mara"));
        assert_eq!(world.dms("mara").len(), 1);
    }
);

journey!(
    a_reaction_that_comes_twice_counts_once with [("SCOPEBOT_QUORUM", "2")] => |world| {
        posts(world, "mara", BOOKS).await;
        twice(world, "reaction_added");
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(5).await;
        says(&world.summary().says(), "1 of 2");
        assert_eq!(world.thread().len(), 1, "{:?}", world.thread());
    }
);

journey!(
    presses_that_come_twice_do_once => |world| {
        posts(world, "mara", BOOKS).await;
        twice(world, "block_actions");
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        assert_eq!(world.thread().iter().filter(|said| said.contains("approved")).count(), 1, "{:?}", world.thread());
        twice(world, "block_actions");
        world.persona("rhea").presses_in("hiring", "Withdraw my approval").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Waiting for one approval");
        twice(world, "block_actions");
        world.persona("rhea").presses_in("hiring", "Evaluation kit").await.unwrap();
        world.settle().await;
        assert_eq!(world.persona("rhea").stack_depth(), 1);
    }
);

journey!(
    a_window_above_that_is_asked_for_twice_opens_once => |world| {
        super::reviews(world, "mara", BOOKS).await;
        twice(world, "block_actions");
        presses(world, "mara", "More for recruiters").await;
        assert_eq!(world.persona("mara").stack_depth(), 3);
        submits(world, "mara").await;
        assert_eq!(world.persona("mara").stack_depth(), 2);
    }
);

journey!(
    everything_twice_comes_to_the_same => |world| {
        world.workspace.fault(Fault::of_delivery("*", FaultKind::Twice));
        posts(world, "mara", BOOKS).await;
        assert_eq!(world.persona("mara").stack_depth(), 0, "{} {}", world.window("mara"), world.traffic());
        world.passes(3).await;
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(5).await;
        says(&world.summary().says(), "Approved by");
        assert_eq!((world.summaries().len(), world.thread().len(), world.dms("mara").len()), (1, 2, 2), "{:?}", world.thread());
    }
);
