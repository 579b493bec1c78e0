//! A posted scope is edited: revisions in place, and approvals that belong to a text.

use super::{World, chooses, fills, journey, posts, presses, says, says_not, submits, types};

const BOOKS: &str = "streaming ledger that books card payments";

/// Opens the edit from the list of one's scopes.
async fn edits(world: &World) {
    types(world, "mara", "status").await;
    world.persona("mara").presses_in("hiring", "Edit the scope").await.unwrap();
    world.settle().await;
}

/// Changes the speed and posts the revision.
async fn revises(world: &World, speed: &str) {
    edits(world).await;
    chooses(world, "mara", "How fast must it be?", speed).await;
    submits(world, "mara").await;
    submits(world, "mara").await;
    world.passes(3).await;
}

journey!(
    a_reaction_left_standing_over_an_edit_counts_no_more_and_the_button_does => |world| {
        posts(world, "mara", BOOKS).await;
        let ts = world.summary().ts().to_owned();
        let rhea = world.persona("rhea");
        rhea.reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
        edits(world).await;
        chooses(world, "mara", "How fast must it be?", "Under 1 second").await;
        submits(world, "mara").await;
        says(&world.window("mara"), "Approvals given so far will not count for this revision");
        says(&world.summary().says(), "Approved by");
        submits(world, "mara").await;
        world.passes(3).await;

        let summary = world.summary();
        assert_eq!((summary.ts(), world.summaries().len()), (ts.as_str(), 1), "in place");
        let said = summary.says();
        says(&said, "revision 2");
        says_not(&said, "Approved by");
        says(&said, "Approve revision 2");
        let thread = world.thread().join("\n");
        says(&thread, "Revision 2. Changed:");
        says(&thread, "Approvals of the earlier text do not count for this one");
        let told = world.dms("rhea").join("\n");
        says(&told, "It is now revision 2, and this changed");

        world.persona("rhea").presses_in("dm", "Approve revision 2").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    taken_off_and_put_on_again_a_reaction_counts_for_the_new_text => |world| {
        posts(world, "mara", BOOKS).await;
        let ts = world.summary().ts().to_owned();
        let rhea = world.persona("rhea");
        rhea.reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        revises(world, "Under 1 second").await;
        says_not(&world.summary().says(), "Approved by");
        rhea.unreacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(2).await;
        says_not(&world.summary().says(), "Approved by");
        rhea.reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    details_void_nothing_and_are_named_in_the_thread => |world| {
        posts(world, "mara", BOOKS).await;
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        edits(world).await;
        submits(world, "mara").await;
        presses(world, "mara", "More for recruiters").await;
        fills(world, "mara", "Pay band", "85,000 to 105,000 euros").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(3).await;
        let summary = world.summary().says();
        says(&summary, "85,000 to 105,000 euros");
        says(&summary, "revision 2");
        says(&summary, "Approved by");
        says(&world.thread().join("\n"), "Approvals stay as they are");
    }
);

journey!(
    an_edit_that_changes_nothing_makes_no_revision => |world| {
        posts(world, "mara", BOOKS).await;
        edits(world).await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(3).await;
        says_not(&world.summary().says(), "revision 2");
        assert!(world.thread().is_empty(), "{:?}", world.thread());
        assert_eq!(world.persona("mara").stack_depth(), 0);
    }
);

journey!(
    while_an_edit_is_open_the_shown_revision_is_approved => |world| {
        posts(world, "mara", BOOKS).await;
        edits(world).await;
        chooses(world, "mara", "How fast must it be?", "Under 1 second").await;
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(3).await;
        says_not(&world.summary().says(), "Approved by");
    }
);

journey!(
    the_button_of_an_earlier_revision_counts_for_nothing_and_offers_the_new_one => |world| {
        posts(world, "mara", BOOKS).await;
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        revises(world, "Under 1 second").await;
        revises(world, "Within a minute").await;
        // The direct message still offers revision 2.
        world.persona("rhea").presses_in("dm", "Approve revision 2").await.unwrap();
        world.passes(3).await;
        says_not(&world.summary().says(), "Approved by");
        let note = world.note("rhea");
        says(&note, "Your approval was for an earlier text");
        world.persona("rhea").presses_in("hiring", "Approve revision 3").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    the_kit_is_rewritten_in_place => |world| {
        posts(world, "mara", BOOKS).await;
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        let kit = |world: &World| world.thread().into_iter().filter(|said| said.contains("Evaluation kit")).collect::<Vec<_>>();
        let before = kit(world);
        edits(world).await;
        chooses(world, "mara", "What kind of system is it?", "Batch data processing").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(5).await;
        let after = kit(world);
        assert_eq!((before.len(), after.len()), (1, 1));
        assert_ne!(before, after, "the kit follows the text");
    }
);

journey!(
    an_edit_begun_and_not_posted_says_so_and_can_be_thrown_away => |world| {
        posts(world, "mara", "streaming ledger that books card payments").await;
        let mara = world.persona("mara");
        let edits = || async {
            mara.presses_in("dm", "Edit the scope").await.unwrap();
            world.settle().await;
        };
        edits().await;
        says(&world.window("mara"), "This scope is posted");
        says_not(&world.window("mara"), "Discard");
        super::fills(world, "mara", "Numbers you know", "40 shops").await;
        mara.dismisses().await.unwrap();
        edits().await;
        says(&world.window("mara"), "You changed this scope and have not posted it yet");
        super::presses(world, "mara", "Discard").await;
        says(&world.window("mara"), "The draft is deleted");
        mara.dismisses().await.unwrap();
        edits().await;
        says(&world.window("mara"), "This scope is posted");
        says_not(&world.fields("mara"), "40 shops");
    }
);
