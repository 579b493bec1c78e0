//! "Ask for changes": reaches the author, with an Edit button.

use super::{journey, posts, says, submits};

const BOOKS: &str = "streaming ledger that books card payments";

journey!(
    a_recruiter_asks_for_changes_and_the_author_edits_from_the_message => |world| {
        posts(world, "mara", BOOKS).await;
        let rhea = world.persona("rhea");
        rhea.presses_in("hiring", "Ask for changes").await.unwrap();
        world.settle().await;
        submits(world, "rhea").await;
        says(&rhea.modal().unwrap().0["errors"].to_string(), "Please tick something or write a few words");
        let ticks = "What should be looked at again?";
        let options = rhea.modal().unwrap().says();
        let load = options.lines().find(|line| line.to_lowercase().contains("load")).unwrap().to_owned();
        rhea.ticks(ticks, &load).await.unwrap();
        super::fills(world, "rhea", "In your words", "Is 40,000 measured, or hoped for?").await;
        submits(world, "rhea").await;
        assert_eq!(rhea.stack_depth(), 0);
        world.passes(3).await;
        says(&world.summary().says(), "asked for changes; the author has been told");
        let thread = world.thread().join("\n");
        says(&thread, "asks for changes");
        says(&thread, "Is 40,000 measured, or hoped for?");
        let told = world.dms("mara").join("\n");
        says(&told, "Is 40,000 measured, or hoped for?");
        says(&told, &load);
        world.persona("mara").presses_in("dm", "Edit the scope").await.unwrap();
        world.settle().await;
        says(&world.window("mara"), "Your changes become revision 2");
        says(&world.fields("mara"), BOOKS);
        super::chooses(world, "mara", "How much at a busy moment?", "100 to 1,000 a second").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(3).await;
        let summary = world.summary().says();
        says(&summary, "revision 2");
        super::says_not(&summary, "asked for changes");
        assert_eq!(world.summaries().len(), 1, "in place");
    }
);

journey!(
    nobody_but_the_author_edits => |world| {
        posts(world, "mara", BOOKS).await;
        world.persona("rhea").presses_in("hiring", "Ask for changes").await.unwrap();
        world.settle().await;
        super::fills(world, "rhea", "In your words", "Who is on the team?").await;
        submits(world, "rhea").await;
        world.passes(3).await;
        // A button names a scope, and gives no right to it: the same press by somebody else.
        let dm = world.persona("mara").reads("dm").pop().unwrap();
        says(&dm.says(), "Edit the scope");
        super::types(world, "milo", "status").await;
        says(&world.note("milo"), "You have not posted a scope yet");
    }
);

journey!(
    whoever_asks_for_changes_from_home_sees_in_the_window_that_it_was_heard => |world| {
        posts(world, "mara", BOOKS).await;
        let rhea = world.persona("rhea");
        rhea.opens_home().await.unwrap();
        world.settle().await;
        rhea.presses_home("Read and decide").await.unwrap();
        world.settle().await;
        super::presses(world, "rhea", "Ask for changes").await;
        assert_eq!(rhea.stack_depth(), 2);
        super::fills(world, "rhea", "In your words", "Who is on the team?").await;
        submits(world, "rhea").await;
        assert_eq!(rhea.stack_depth(), 1);
        says(&world.window("rhea"), "asked for changes; the author has been told");
    }
);
