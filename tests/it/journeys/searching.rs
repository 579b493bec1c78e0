//! What happens to a posted scope: taken, on hold, filled, closed, passed on.

use std::time::Duration;

use scopebot::simulator::state::PersonKind;
use scopebot::simulator::{Deed, Fault, FaultKind};

use super::{World, chooses, fills, journey, posts, says, says_not, submits, times, types};

const BOOKS: &str = "streaming ledger that books card payments";
const HALF_A_DAY: Duration = Duration::from_secs(12 * 3600);

/// Presses a button of the newest message that has it, and lets all come of it.
async fn presses_in(world: &World, who: &str, channel: &str, button: &str) {
    world.persona(who).presses_in(channel, button).await.unwrap();
    world.passes(3).await;
}

async fn becomes(world: &World, who: &str, kind: PersonKind) {
    let edit = Deed::EditPerson { person: who.into(), name: None, title: None, kind: Some(kind), tz: None };
    world.workspace.act(edit).await.unwrap();
    world.passes(3).await;
}

/// How often somebody was told so by direct message.
fn told(world: &World, who: &str, words: &str) -> usize {
    times(&world.dms(who).join("\n"), words)
}

journey!(
    a_search_is_taken_held_and_filled_and_a_week_before_the_start_its_people_hear_of_it => |world| {
        posts(world, "mara", BOOKS).await;
        presses_in(world, "ravi", "hiring", "Approve").await;
        says_not(&world.summary().says(), "To approve, react");
        presses_in(world, "rhea", "hiring", "I have this one").await;
        says(&world.summary().says(), "has this one, since");
        says(&world.dms("mara").join("\n"), "and will look for people");
        presses_in(world, "mara", "hiring", "Put on hold").await;
        says(&world.summary().says(), "On hold, by");
        says(&world.dms("rhea").join("\n"), "on hold");
        assert!(world.persona("rhea").presses_in("hiring", "I have this one").await.is_err(), "it rests");
        presses_in(world, "rhea", "hiring", "Take off hold").await;
        says(&world.summary().says(), "has this one, since");
        presses_in(world, "rhea", "hiring", "Filled").await;
        fills(world, "rhea", "Who starts?", "Grace").await;
        chooses(world, "rhea", "On which day?", "2025-12-05").await;
        submits(world, "rhea").await;
        world.passes(3).await;
        assert!(world.persona("rhea").modal().is_none(), "{}", world.window("rhea"));
        let summary = world.summary().says();
        says(&summary, "Filled: Grace, starting on");
        says_not(&summary, "To approve, react");
        let thread = world.thread().join("\n");
        for said in ["has this one.", "on hold.", "off hold.", "marked this as filled: Grace"] {
            assert_eq!(times(&thread, said), 1, "{said:?} in {thread}");
        }
        assert_eq!(times(&thread, "The first 30 days"), 1, "{thread}");
        world.lapses(HALF_A_DAY * 9, HALF_A_DAY).await;
        for who in ["mara", "rhea"] {
            let dms = world.dms(who).join("\n");
            let order = ["Access:", "Context:", "Scope:"].map(|said| dms.find(said).unwrap_or_else(|| panic!("{said}: {dms}")));
            assert!(order.is_sorted(), "{who} reads access, context, scope");
            assert_eq!(told(world, who, "Somebody starts on"), 1, "{who}");
        }
        assert_eq!(told(world, "ravi", "Somebody starts on"), 0);
    }
);

journey!(
    a_filled_scope_is_put_right_opened_again_and_its_plan_follows_a_revision => |world| {
        posts(world, "mara", BOOKS).await;
        presses_in(world, "ravi", "hiring", "Approve").await;
        presses_in(world, "ravi", "hiring", "Filled").await;
        submits(world, "ravi").await;
        world.passes(3).await;
        says(&world.summary().says(), "Marked as filled by");
        presses_in(world, "mara", "hiring", "Change who or when").await;
        fills(world, "mara", "Who starts?", "Ada <!here>").await;
        submits(world, "mara").await;
        world.passes(3).await;
        says(&world.summary().says(), "Filled: Ada");
        types(world, "mara", "status").await;
        says(&world.note("mara"), "filled");
        presses_in(world, "mara", "hiring", "Open it again").await;
        says_not(&world.summary().says(), "Filled:");
        says(&world.note("mara"), "approved");
        let plans = |world: &World| world.thread().into_iter().filter(|said| said.contains("The first 30 days")).collect::<Vec<_>>();
        says(&plans(world)[0], "most senior backend engineer");
        presses_in(world, "mara", "dm", "Edit the scope").await;
        chooses(world, "mara", "Which team do they join?", "Nobody: the only backend engineer").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(5).await;
        assert_eq!(plans(world).len(), 1, "rewritten in place");
        says(&plans(world)[0], "no senior colleague");
        says(&world.summary().says(), "Waiting for one approval");
    }
);

journey!(
    a_closed_search_takes_no_approval_and_no_edit_and_may_be_opened_again => |world| {
        posts(world, "mara", BOOKS).await;
        presses_in(world, "rhea", "hiring", "Approve").await;
        presses_in(world, "olga", "hiring", "Close without a hire").await;
        says(&world.note("olga"), "Only approvers can do this");
        assert!(world.persona("olga").modal().is_none(), "she need not fill what would be refused");
        presses_in(world, "rhea", "hiring", "Close without a hire").await;
        fills(world, "rhea", "Why?", "The budget moved to *next* year").await;
        submits(world, "rhea").await;
        world.passes(3).await;
        says(&world.summary().says(), "Closed without a hire, by");
        says(&world.thread().join("\n"), "The budget moved to *next* year");
        says(&world.dms("mara").join("\n"), "The budget moved to *next* year");
        let ts = world.summary().ts().to_owned();
        world.persona("ravi").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.note("ravi"), "This search is over");
        presses_in(world, "mara", "dm", "Edit the scope").await;
        says(&world.dms("mara").join("\n"), "To go on with it, open it again first");
        presses_in(world, "olga", "hiring", "Open it again").await;
        says(&world.note("olga"), "Only approvers can do this");
        presses_in(world, "ravi", "hiring", "Open it again").await;
        says_not(&world.summary().says(), "Closed without a hire, by");
        says(&world.dms("mara").join("\n"), "again. The search goes on");
    }
);

journey!(
    a_scope_taken_twice_stays_with_the_first_who_may_give_it_back => |world| {
        posts(world, "mara", BOOKS).await;
        presses_in(world, "rhea", "hiring", "Approve").await;
        // The message is not rewritten yet: both see the button.
        let mut pause = Fault::of_method("chat.update", FaultKind::RateLimited).once();
        pause.retry_after = Some(5);
        world.workspace.fault(pause);
        world.persona("rhea").presses_in("hiring", "I have this one").await.unwrap();
        world.settle().await;
        world.persona("ravi").presses_in("hiring", "I have this one").await.unwrap();
        world.passes(8).await;
        assert_eq!(times(&world.thread().join("\n"), "has this one."), 1);
        says(&world.note("ravi"), "Somebody else has this one already");
        assert_eq!(world.note("rhea"), "");
        presses_in(world, "mara", "hiring", "Give it back").await;
        says(&world.thread().join("\n"), "Who takes it?");
        says_not(&world.summary().says(), "has this one, since");
    }
);

journey!(
    where_nobody_is_named_a_guest_whom_nobody_knows_yet_moves_no_search with [("SCOPEBOT_APPROVERS", "")] => |world| {
        posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        for said in ["Slack has not told me yet who you are", "Only approvers can do this"] {
            presses_in(world, "gus", "hiring", "I have this one").await;
            says(&world.note("gus"), said);
        }
        for _ in 0..2 {
            presses_in(world, "olga", "hiring", "I have this one").await;
        }
        says(&world.summary().says(), "has this one, since");
        assert_eq!(world.thread().len(), 1, "{:?}", world.thread());
    }
);

journey!(
    a_guest_whom_nobody_knows_yet_asks_for_no_changes => |world| {
        posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        presses_in(world, "gus", "hiring", "Ask for changes").await;
        world.persona("gus").ticks("What should be looked at again?", "Speed or load looks like a guess").await.unwrap();
        submits(world, "gus").await;
        says(&world.window("gus"), "Only approvers can do this");
        says_not(&world.summary().says(), "asks for changes");
    }
);

journey!(
    an_author_hands_a_scope_over_and_it_is_the_others_from_then_on => |world| {
        posts(world, "mara", BOOKS).await;
        presses_in(world, "rhea", "hiring", "Approve").await;
        types(world, "mara", "status").await;
        presses_in(world, "mara", "hiring", "Hand it over").await;
        chooses(world, "mara", "Who goes on with this scope?", "gus").await;
        submits(world, "mara").await;
        world.passes(2).await;
        submits(world, "mara").await;
        says(&world.persona("mara").modal().unwrap().0.to_string(), "Only members of this workspace");
        chooses(world, "mara", "Who goes on with this scope?", "olga").await;
        submits(world, "mara").await;
        says(&world.persona("mara").modal().unwrap().0.to_string(), "Slack has not told me yet who this is");
        world.passes(2).await;
        submits(world, "mara").await;
        world.passes(3).await;
        assert!(world.persona("mara").modal().is_none());
        says(&world.thread().join("\n"), "handed this over to");
        says(&world.dms("olga").join("\n"), "over to you. You can edit it");
        says(&world.summary().says(), "Approved by");
        presses_in(world, "mara", "dm", "Edit the scope").await;
        says(&world.dms("mara").join("\n"), "Only the person who asked for this scope can change it");
        presses_in(world, "olga", "dm", "Edit the scope").await;
        says(&world.fields("olga"), BOOKS);
        world.persona("olga").dismisses().await.unwrap();
        types(world, "olga", "status").await;
        says(&world.note("olga"), "approved");
        types(world, "mara", "status").await;
        says(&world.note("mara"), "You have not posted a scope yet");
    }
);

journey!(
    a_leavers_scope_passes_to_whoever_takes_it_over_and_their_approval_goes => |world| {
        posts(world, "mara", BOOKS).await;
        presses_in(world, "rhea", "hiring", "Approve").await;
        assert!(world.persona("rhea").presses_in("hiring", "Take it over").await.is_err(), "she is still here");
        becomes(world, "mara", PersonKind::Deactivated).await;
        says(&world.summary().says(), "has left the workspace");
        says(&world.thread().join("\n"), "has left the workspace");
        presses_in(world, "gus", "hiring", "Take it over").await;
        says(&world.note("gus"), "Slack has not told me yet who you are");
        presses_in(world, "gus", "hiring", "Take it over").await;
        says(&world.note("gus"), "Only members of this workspace");
        presses_in(world, "rhea", "hiring", "Take it over").await;
        let summary = world.summary().says();
        says_not(&summary, "has left the workspace");
        says(&summary, "Waiting for one approval");
        says(&world.thread().join("\n"), "takes this over from");
        says(&world.thread().join("\n"), "Their own approval does not count any more");
        types(world, "rhea", "status").await;
        says(&world.note("rhea"), "waiting for approval");
    }
);

journey!(
    somebody_who_comes_back_has_their_scope_still => |world| {
        posts(world, "mara", BOOKS).await;
        becomes(world, "mara", PersonKind::Deactivated).await;
        says(&world.summary().says(), "has left the workspace");
        becomes(world, "mara", PersonKind::Member).await;
        says_not(&world.summary().says(), "has left the workspace");
        assert!(world.persona("olga").presses_in("hiring", "Take it over").await.is_err());
    }
);
