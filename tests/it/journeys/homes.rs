//! App Home: what a person finds there, and that it follows what happens.

use super::{World, journey, posts, says, says_not, submits, types};

const BOOKS: &str = "streaming ledger that books card payments";
const TITLE: &str = "Backend engineer, streaming ledger";

async fn opens(world: &World, who: &str) -> String {
    world.persona(who).opens_home().await.unwrap();
    world.settle().await;
    home(world, who)
}

fn home(world: &World, who: &str) -> String {
    world.persona(who).home().map(|view| view.says()).unwrap_or_default()
}

async fn presses(world: &World, who: &str, button: &str) {
    world.persona(who).presses_home(button).await.unwrap();
    world.settle().await;
}

journey!(
    a_newcomer_learns_at_home_what_this_is_and_begins_there => |world| {
        let first = opens(world, "mara").await;
        says(&first, "Three questions");
        says(&first, "What is kept");
        says_not(&first, "Waiting for me");
        presses(world, "mara", "Scope a backend role").await;
        says(&world.window("mara"), "What kind of system is it?");
        world.persona("mara").closes().await.unwrap();
        world.settle().await;
        let begun = home(world, "mara");
        says(&begun, "0 of 5 answers");
        says_not(&begun, "Three questions");
    }
);

journey!(
    help_at_home_opens_in_a_window => |world| {
        opens(world, "mara").await;
        presses(world, "mara", "Help").await;
        says(&world.window("mara"), "/scope-backend drafts");
    }
);

journey!(
    a_draft_is_gone_on_with_or_discarded_from_home => |world| {
        types(world, "mara", BOOKS).await;
        world.persona("mara").closes().await.unwrap();
        world.settle().await;
        says(&opens(world, "mara").await, BOOKS);
        presses(world, "mara", "Continue").await;
        says(&world.fields("mara"), BOOKS);
        world.persona("mara").closes().await.unwrap();
        presses(world, "mara", "Discard").await;
        says_not(&home(world, "mara"), BOOKS);
        assert_eq!(world.persona("mara").stack_depth(), 0, "Home itself shows that it is gone");
    }
);

journey!(
    what_waits_is_shown_to_approvers_until_it_is_decided => |world| {
        let before = opens(world, "rhea").await;
        says(&before, "Waiting for me");
        says(&before, "Nothing waits for your decision");
        opens(world, "mara").await;
        posts(world, "mara", BOOKS).await;
        says(&home(world, "rhea"), TITLE);
        says(&home(world, "mara"), "waiting for approval");
        let link = format!("p{}", world.summary().ts().replace('.', ""));
        for who in ["rhea", "mara"] {
            says(&world.persona(who).home().map(|view| view.0.to_string()).unwrap_or_default(), &link);
        }
        world.persona("rhea").reacts("hiring", world.summary().ts(), "white_check_mark").await.unwrap();
        world.settle().await;
        says(&home(world, "rhea"), "Nothing waits for your decision");
        says(&home(world, "mara"), "approved");
        says_not(&opens(world, "olga").await, "Waiting for me");
    }
);

journey!(
    one_approval_of_two_leaves_it_waiting_for_the_other_alone with [("SCOPEBOT_QUORUM", "2")] => |world| {
        posts(world, "mara", BOOKS).await;
        for who in ["rhea", "ravi"] {
            says(&opens(world, who).await, TITLE);
        }
        world.persona("rhea").reacts("hiring", world.summary().ts(), "white_check_mark").await.unwrap();
        world.settle().await;
        says_not(&home(world, "rhea"), TITLE);
        says(&home(world, "ravi"), TITLE);
        types(world, "ravi", "status").await;
        says(&world.note("ravi"), "Waiting for you");
    }
);

journey!(
    an_approver_reads_and_decides_at_home => |world| {
        posts(world, "mara", BOOKS).await;
        opens(world, "rhea").await;
        presses(world, "rhea", "Read and decide").await;
        says(&world.window("rhea"), BOOKS);
        says(&world.window("rhea"), "Waiting for one approval");
        world.persona("rhea").presses("Approve").await.unwrap();
        world.settle().await;
        says(&world.window("rhea"), "Approved by");
        says(&home(world, "rhea"), "Nothing waits for your decision");
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    what_does_not_fit_at_home_is_shown_by_button_part_by_part => |world| {
        for n in 1..=11 {
            types(world, "mara", &format!("draft number {n} of a ledger")).await;
            world.persona("mara").dismisses().await.unwrap();
            world.passes(1).await;
        }
        for n in 1..=11 {
            posts_kept(world, &format!("scope number {n} of a ledger")).await;
        }
        let page = opens(world, "mara").await;
        says(&page, "draft number 11 of");
        says_not(&page, "draft number 1 of");
        says(&page, "And 1 more.");
        presses(world, "mara", "Show more drafts").await;
        says(&world.window("mara"), "draft number 1 of");
        says_not(&world.window("mara"), "draft number 2 of");
        world.persona("mara").presses("Continue").await.unwrap();
        world.settle().await;
        says(&world.fields("mara"), "draft number 1 of");
        world.persona("mara").dismisses().await.unwrap();
        presses(world, "mara", "Show more scopes").await;
        says(&world.window("mara"), "waiting for approval");
        world.persona("mara").presses("Edit the scope").await.unwrap();
        world.settle().await;
        says(&world.fields("mara"), "scope number 1 of");
        world.persona("mara").dismisses().await.unwrap();
        opens(world, "rhea").await;
        presses(world, "rhea", "Show more that wait").await;
        world.persona("rhea").presses("Read and decide").await.unwrap();
        world.settle().await;
        says(&world.window("rhea"), "scope number 1 of");
    }
);

/// Posts beside the drafts that she keeps.
async fn posts_kept(world: &World, system: &str) {
    types(world, "mara", system).await;
    super::answers(world, "mara", system).await;
    submits(world, "mara").await;
    submits(world, "mara").await;
    world.passes(2).await;
}

journey!(
    reminders_are_turned_off_and_on_at_home => |world| {
        says(&opens(world, "mara").await, "Reminders are on");
        presses(world, "mara", "Turn reminders off").await;
        says(&home(world, "mara"), "Reminders are off");
        presses(world, "mara", "Turn reminders on").await;
        says(&home(world, "mara"), "Reminders are on");
    }
);

journey!(
    what_somebody_wrote_is_deleted_from_home_and_what_others_wrote_stays => |world| {
        posts(world, "milo", "nightly payout run for 40 shops").await;
        posts(world, "mara", BOOKS).await;
        types(world, "mara", "another need").await;
        world.persona("mara").closes().await.unwrap();
        says(&opens(world, "mara").await, TITLE);
        presses(world, "mara", "Delete what I wrote").await;
        world.passes(5).await;
        let left = home(world, "mara");
        says_not(&left, TITLE);
        says_not(&left, "another need");
        let said: Vec<String> = world.summaries().iter().map(|message| message.says()).collect();
        says_not(&said.join("\n"), BOOKS);
        says(&said.join("\n"), "nightly payout run");
    }
);
