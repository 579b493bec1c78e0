//! A draft that nobody touches: reminded of, kept, or gone.

use std::time::Duration;

use super::{World, journey, says, says_not, types};

const HALF_A_DAY: Duration = Duration::from_secs(12 * 3600);

async fn days(world: &World, days: u32) {
    world.lapses(HALF_A_DAY * 2 * days, HALF_A_DAY).await;
}

journey!(
    a_draft_expires_after_thirty_days_with_a_reminder_before => |world| {
        types(world, "mara", "nightly payout run").await;
        world.persona("mara").dismisses().await.unwrap();
        days(world, 26).await;
        assert!(world.dms("mara").is_empty(), "{:?}", world.dms("mara"));
        days(world, 2).await;
        let dms = world.dms("mara");
        assert_eq!(dms.len(), 1, "{dms:?}");
        says(&dms[0], "nightly payout run");
        says(&dms[0], "will be deleted on");
        days(world, 3).await;
        types(world, "mara", "drafts").await;
        says(&world.note("mara"), "You have no drafts");
        assert_eq!(world.dms("mara").len(), 2, "{:?}", world.dms("mara"));
    }
);

journey!(
    keep_keeps_it_for_as_long_again => |world| {
        types(world, "mara", "nightly payout run").await;
        world.persona("mara").dismisses().await.unwrap();
        days(world, 28).await;
        world.persona("mara").presses_in("dm", "Keep this draft").await.unwrap();
        world.settle().await;
        says(&world.dms("mara").join("\n"), "The draft stays until");
        days(world, 4).await;
        types(world, "mara", "drafts").await;
        says(&world.note("mara"), "nightly payout run");
        days(world, 24).await;
        assert_eq!(world.dms("mara").iter().filter(|said| said.contains("will be deleted on")).count(), 2);
    }
);

journey!(
    a_draft_that_fell_due_during_an_outage_is_reminded_of_before_it_goes => |world| {
        types(world, "mara", "nightly payout run").await;
        world.persona("mara").dismisses().await.unwrap();
        // Nothing is looked at in between, as when the bot is off for weeks.
        world.lapses(HALF_A_DAY * 80, HALF_A_DAY * 80).await;
        let dms = world.dms("mara");
        assert_eq!(dms.len(), 1, "{dms:?}");
        says(&dms[0], "nightly payout run");
        says(&dms[0], "will be deleted on");
        types(world, "mara", "drafts").await;
        says(&world.note("mara"), "nightly payout run");
        days(world, 4).await;
        says(&world.dms("mara").join("\n"), "The draft that you last changed on");
    }
);

journey!(
    an_open_window_on_an_expired_draft_says_so => |world| {
        types(world, "mara", "nightly payout run").await;
        days(world, 31).await;
        super::fills(world, "mara", "Numbers you know", "2 TB").await;
        super::answers(world, "mara", "nightly payout run").await;
        super::submits(world, "mara").await;
        says(&world.window("mara"), "This draft is no longer here");
        says_not(&world.window("mara"), "Check the scope");
    }
);
