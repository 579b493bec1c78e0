//! Reminders: of approvers whose word is waited for, and turned off by whoever wants none.

use std::time::Duration;

use super::{World, journey, posts, says, says_not, times, types};

const BOOKS: &str = "streaming ledger that books card payments";
const HALF_A_DAY: Duration = Duration::from_secs(12 * 3600);

async fn days(world: &World, days: u32) {
    world.lapses(HALF_A_DAY * 2 * days, HALF_A_DAY).await;
}

fn nudges(world: &World, who: &str) -> usize {
    times(&world.dms(who).join("\n"), "has waited for an approval since")
}

journey!(
    approvers_are_reminded_twice_and_never_in_the_channel => |world| {
        posts(world, "mara", BOOKS).await;
        let (before, thread) = (world.summaries().len(), world.thread().len());
        days(world, 1).await;
        assert_eq!(["rhea", "ravi", "mara"].map(|who| nudges(world, who)), [0, 0, 0]);
        days(world, 2).await;
        assert_eq!(["rhea", "ravi", "mara"].map(|who| nudges(world, who)), [1, 1, 0]);
        says(&world.dms("rhea").join("\n"), BOOKS);
        world.persona("rhea").presses_in("dm", "Turn reminders off").await.unwrap();
        world.settle().await;
        says(&world.dms("rhea").join("\n"), "Reminders are off");
        days(world, 2).await;
        assert_eq!(["rhea", "ravi"].map(|who| nudges(world, who)), [1, 2]);
        days(world, 5).await;
        assert_eq!(["rhea", "ravi"].map(|who| nudges(world, who)), [1, 2], "reminders end");
        assert_eq!((world.summaries().len(), world.thread().len()), (before, thread), "the channel hears nothing");
        world.persona("ravi").presses_in("dm", "Approve").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    nobody_is_reminded_of_what_is_approved_on_hold_or_changed_by_wish with [("SCOPEBOT_NUDGE_DAYS", "1")] => |world| {
        posts(world, "mara", "streaming ledger that books card payments").await;
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        posts(world, "milo", "nightly run that settles payouts of shops").await;
        types(world, "milo", "status").await;
        world.persona("milo").presses_in("hiring", "Put on hold").await.unwrap();
        world.passes(3).await;
        days(world, 3).await;
        assert_eq!(["rhea", "ravi"].map(|who| nudges(world, who)), [0, 0]);
        types(world, "milo", "status").await;
        world.persona("milo").presses_in("hiring", "Take off hold").await.unwrap();
        world.passes(3).await;
        days(world, 2).await;
        assert_eq!(["rhea", "ravi"].map(|who| nudges(world, who) > 0), [true, true]);
        says_not(&world.dms("rhea").join("\n"), "books card payments");
    }
);

journey!(
    nobody_is_reminded_where_the_operator_wants_none with [("SCOPEBOT_NUDGE_DAYS", "0")] => |world| {
        posts(world, "mara", BOOKS).await;
        days(world, 5).await;
        assert_eq!(["rhea", "ravi"].map(|who| nudges(world, who)), [0, 0]);
    }
);

journey!(
    a_draft_expires_without_a_reminder_for_whoever_wants_none_until_they_want_them_again => |world| {
        types(world, "mara", "nightly payout run").await;
        world.persona("mara").dismisses().await.unwrap();
        days(world, 28).await;
        says(&world.dms("mara").join("\n"), "will be deleted on");
        world.persona("mara").presses_in("dm", "Turn reminders off").await.unwrap();
        world.settle().await;
        world.persona("mara").presses_in("dm", "Keep this draft").await.unwrap();
        world.settle().await;
        days(world, 28).await;
        assert_eq!(times(&world.dms("mara").join("\n"), "will be deleted on"), 1);
        world.persona("mara").opens_home().await.unwrap();
        world.settle().await;
        world.persona("mara").presses_home("Turn reminders on").await.unwrap();
        world.settle().await;
        assert!(world.persona("mara").presses_home("Turn reminders off").await.is_ok());
    }
);
