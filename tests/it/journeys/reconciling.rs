//! What happened while nobody listened is found out afterwards; nothing is guessed.

use std::time::Duration;

use scopebot::simulator::{Deed, Fault, FaultKind};

use super::{World, journey, posts, posts_unanswered, says, says_not, submits};

const BOOKS: &str = "streaming ledger that books card payments";
const STEP: Duration = Duration::from_secs(60);

/// Slack's word of all that happens is lost until it is healed.
fn deaf(world: &World) {
    world.workspace.fault(Fault::of_delivery("events", FaultKind::Lost));
}

/// The bot is stopped and started again.
macro_rules! restarts {
    ($world:ident) => {
        $world.stop_bot().await;
        $world.start_bot().await;
        $world.reached().await;
        $world.passes(12).await;
    };
}

journey!(
    reactions_that_nobody_told_of_count_after_a_restart => |world| {
        posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        let ts = world.summary().ts().to_owned();
        deaf(world);
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        // Somebody who may not approve hears nothing of it now.
        world.persona("milo").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says_not(&world.summary().says(), "Approved by");
        world.workspace.heal();
        restarts!(world);
        says(&world.summary().says(), "Approved by");
        assert!(world.note("milo").is_empty(), "{}", world.note("milo"));
        assert_eq!(world.thread().iter().filter(|said| said.contains("approved")).count(), 1);
    }
);

journey!(
    a_reaction_that_was_taken_off_meanwhile_takes_the_approval_back_and_a_button_stands
        with [("SCOPEBOT_QUORUM", "2")] => |world| {
        posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.persona("ravi").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        says(&world.thread().join("\n"), "the search can start");
        deaf(world);
        world.persona("rhea").unreacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(90).await;
        world.workspace.heal();
        restarts!(world);
        says(&world.summary().says(), "1 of 2");
        says(&world.thread().join("\n"), "took the approval back");
    }
);

journey!(
    after_a_revision_a_reaction_of_unknown_time_counts_for_nothing => |world| {
        posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        let ts = world.summary().ts().to_owned();
        deaf(world);
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(2).await;
        world.workspace.heal();
        world.persona("mara").presses_in("dm", "Edit the scope").await.unwrap();
        world.settle().await;
        super::chooses(world, "mara", "How fast must it be?", "Under 1 second").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(3).await;
        restarts!(world);
        says_not(&world.summary().says(), "Approved by");
        assert!(world.note("rhea").is_empty());
    }
);

journey!(
    a_summary_deleted_while_nobody_listened_is_told_and_posted_again_with_its_approvals => |world| {
        posts(world, "mara", BOOKS).await;
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        deaf(world);
        world.persona("olga").does(Deed::DeleteMessage { channel: "hiring".into(), ts }).await.unwrap();
        world.passes(3).await;
        world.workspace.heal();
        says_not(&world.dms("mara").join("\n"), "was deleted");
        restarts!(world);
        says(&world.dms("mara").join("\n"), "was deleted from the channel");
        world.persona("mara").presses_in("dm", "Post it again").await.unwrap();
        world.passes(5).await;
        says(&world.summary().says(), "Approved by");
        says(&world.thread().join("\n"), "Evaluation kit");
        // No reaction stands under the new message, and nobody took one off.
        world.passes(70).await;
        restarts!(world);
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    a_summary_that_is_deleted_is_told_at_once => |world| {
        posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        let ts = world.summary().ts().to_owned();
        world.persona("olga").does(Deed::DeleteMessage { channel: "hiring".into(), ts }).await.unwrap();
        world.passes(3).await;
        says(&world.dms("mara").join("\n"), "was deleted from the channel");
    }
);

journey!(
    without_any_cause_what_was_missed_is_found_within_six_hours_and_slack_s_pauses_are_kept => |world| {
        posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        let ts = world.summary().ts().to_owned();
        deaf(world);
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        world.workspace.heal();
        let mut pause = Fault::of_method("reactions.get", FaultKind::RateLimited).times(2);
        pause.retry_after = Some(30);
        world.workspace.fault(pause);
        world.lapses(Duration::from_secs(6 * 3600 + 300), STEP).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    a_doubt_of_before_the_restart_waits_for_its_trace_from_then_on => |world| {
        posts_unanswered(world, BOOKS, Some(130_000)).await;
        world.passes(5).await;
        world.stop_bot().await;
        world.clock.advance(Duration::from_secs(100));
        world.start_bot().await;
        // Over a minute old, but the process has listened for a few seconds only: the trace is on its way.
        world.passes(50).await;
        assert_eq!(world.summaries().len(), 1, "{}", world.traffic());
        says_not(&world.summary().says(), "may appear twice");
    }
);

journey!(
    whoever_slack_never_names_is_told_so_after_a_day_and_can_press_again => |world| {
        posts(world, "mara", BOOKS).await;
        // No word of who approves: the reaction waits.
        world.lapses(Duration::from_secs(1200), STEP).await;
        world.workspace.fault(Fault::of_method("users.info", FaultKind::Refused));
        world.lapses(Duration::from_secs(1200), STEP).await;
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.lapses(Duration::from_secs(25 * 3600), Duration::from_secs(300)).await;
        says(&world.note("rhea"), "could not tell me who you are");
        world.workspace.heal();
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(30).await;
        says(&world.summary().says(), "Approved by");
    }
);
