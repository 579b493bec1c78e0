//! Two messages of one summary: whichever people use counts, and one of the two says that the other is kept up to date.

use scopebot::simulator::actions::AppChange;
use scopebot::simulator::{Deed, Fault, FaultKind};

use super::{World, journey, posts_unanswered, says, says_not, submits};

const BOOKS: &str = "streaming ledger that books card payments";

/// The answer to the post is lost and no trace comes: the summary stands twice. Their places, the lost one first.
async fn twins(world: &World) -> [String; 2] {
    posts_unanswered(world, BOOKS, None).await;
    world.passes(70).await;
    let all: Vec<String> = world.summaries().iter().map(|one| one.ts().to_owned()).collect();
    all.try_into().unwrap()
}

fn at(world: &World, ts: &str) -> String {
    let all = world.summaries();
    all.iter().find(|one| one.ts() == ts).map(|one| one.says()).unwrap_or_default()
}

journey!(
    a_reaction_to_a_twin_counts_and_the_twin_says_that_it_is_superseded => |world| {
        let [lost, kept] = twins(world).await;
        world.persona("rhea").reacts("hiring", &lost, "white_check_mark").await.unwrap();
        world.passes(10).await;
        says(&at(world, &kept), "Approved by");
        says(&at(world, &lost), "stands in this channel twice");
        says_not(&at(world, &lost), BOOKS);
        // Taken off again, there where it was put.
        world.persona("rhea").unreacts("hiring", &lost, "white_check_mark").await.unwrap();
        world.passes(5).await;
        says_not(&at(world, &kept), "Approved by");
        // From now on that message shows no text that could be approved.
        world.persona("rhea").reacts("hiring", &lost, "white_check_mark").await.unwrap();
        world.passes(5).await;
        says_not(&at(world, &kept), "Approved by");
        says(&world.note("rhea"), "press the button");
    }
);

journey!(
    a_reaction_to_a_twin_counts_also_when_the_bot_is_started_again_before_it_asks_what_it_is => |world| {
        let [lost, kept] = twins(world).await;
        world.persona("rhea").reacts("hiring", &lost, "white_check_mark").await.unwrap();
        world.settle().await;
        world.stop_bot().await;
        world.start_bot().await;
        world.reached().await;
        world.passes(10).await;
        says(&at(world, &kept), "Approved by");
    }
);

journey!(
    a_reaction_and_then_a_press_on_a_twin_are_one_approval => |world| {
        let [lost, kept] = twins(world).await;
        world.workspace.fault(Fault::of_method("reactions.get", FaultKind::Refused).times(2));
        world.persona("rhea").reacts("hiring", &lost, "white_check_mark").await.unwrap();
        world.passes(4).await;
        says_not(&at(world, &kept), "Approved by");
        world.persona("rhea").presses_on("hiring", &lost, "Approve").await.unwrap();
        world.passes(5).await;
        says(&at(world, &kept), "Approved by");
        says(&at(world, &lost), "stands in this channel twice");
        world.persona("rhea").presses_on("hiring", &kept, "Withdraw my approval").await.unwrap();
        world.passes(5).await;
        says(&at(world, &kept), "Approved by");
        world.persona("rhea").unreacts("hiring", &lost, "white_check_mark").await.unwrap();
        world.passes(5).await;
        says_not(&at(world, &kept), "Approved by");
    }
);

journey!(
    a_press_on_a_twin_and_then_a_reaction_to_the_other_are_one_approval => |world| {
        let [lost, kept] = twins(world).await;
        world.persona("rhea").presses_on("hiring", &lost, "Approve").await.unwrap();
        world.passes(5).await;
        world.persona("rhea").reacts("hiring", &kept, "white_check_mark").await.unwrap();
        world.passes(5).await;
        assert_eq!(world.dms("mara").iter().filter(|said| said.contains("is approved")).count(), 1);
        says(&at(world, &kept), "Approved by");
    }
);

journey!(
    a_press_on_the_message_in_doubt_makes_it_the_summary_and_nothing_is_said_twice => |world| {
        posts_unanswered(world, BOOKS, None).await;
        world.passes(5).await;
        // To read it is enough; an approval would race with the direct message, which tells how the scope stands when it is said.
        world.persona("rhea").presses_in("hiring", "Brief").await.unwrap();
        world.passes(5).await;
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(90).await;
        assert_eq!(world.summaries().len(), 1);
        says(&world.summary().says(), "Approved by");
        assert_eq!(world.dms("mara").iter().filter(|said| said.contains("is posted in")).count(), 1);
    }
);

journey!(
    a_trace_that_comes_after_the_repeat_makes_the_twin_known => |world| {
        posts_unanswered(world, BOOKS, Some(80_000)).await;
        world.passes(70).await;
        let all: Vec<String> = world.summaries().iter().map(|one| one.ts().to_owned()).collect();
        let [lost, kept] = all.try_into().unwrap();
        says_not(&at(world, &lost), "stands in this channel twice");
        world.passes(20).await;
        says(&at(world, &lost), "stands in this channel twice");
        says(&at(world, &kept), BOOKS);
    }
);

journey!(
    a_twin_takes_the_place_of_the_summary_that_is_deleted => |world| {
        let [lost, kept] = twins(world).await;
        world.persona("rhea").presses_on("hiring", &lost, "Approve").await.unwrap();
        world.passes(5).await;
        let ours = scopebot::run::manifest::manifest(None);
        let kind = ours["settings"]["event_subscriptions"]["metadata_subscriptions"][0]["event_type"].as_str().unwrap().to_owned();
        let hearing = AppChange { metadata_events: Some(vec![kind]), ..AppChange::default() };
        world.workspace.act(Deed::App(hearing)).await.unwrap();
        world.persona("olga").does(Deed::DeleteMessage { channel: "hiring".into(), ts: kept }).await.unwrap();
        world.passes(8).await;
        says(&at(world, &lost), "Approved by");
        says(&at(world, &lost), BOOKS);
        says_not(&world.dms("mara").join("\n"), "was deleted");
    }
);

journey!(
    what_nobody_told_of_reactions_to_a_twin_is_found_by_looking => |world| {
        let [lost, kept] = twins(world).await;
        world.persona("ravi").reacts("hiring", &lost, "white_check_mark").await.unwrap();
        world.passes(70).await;
        says(&at(world, &kept), "Approved by");
        world.workspace.fault(Fault::of_delivery("events", FaultKind::Lost));
        world.persona("ravi").unreacts("hiring", &lost, "white_check_mark").await.unwrap();
        world.passes(3).await;
        world.workspace.heal();
        says(&at(world, &kept), "Approved by");
        world.stop_bot().await;
        world.start_bot().await;
        world.reached().await;
        world.passes(12).await;
        says_not(&at(world, &kept), "Approved by");
        says(&world.dms("mara").join("\n"), "took back the approval of");
    }
);

journey!(
    changes_asked_of_a_text_that_changed_meanwhile_name_the_revision => |world| {
        super::posts(world, "mara", BOOKS).await;
        world.passes(2).await;
        let rhea = world.persona("rhea");
        rhea.presses_in("hiring", "Ask for changes").await.unwrap();
        world.settle().await;
        rhea.ticks("What should be looked at again?", "Speed or load looks like a guess").await.unwrap();
        world.persona("mara").presses_in("dm", "Edit the scope").await.unwrap();
        world.settle().await;
        super::chooses(world, "mara", "How fast must it be?", "Under 1 second").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(3).await;
        submits(world, "rhea").await;
        world.passes(3).await;
        says(&world.thread().join("\n"), "asks for changes of revision 1");
        says_not(&world.summary().says(), "asks for changes");
    }
);
