//! What changed from revision to revision, and costs: read in windows, by those who may.

use scopebot::app::forgetting::AskedBy;
use scopebot::domain::ids::UserId;

use super::world::Keeps;
use super::{World, fills, journey, posts, presses, reviews, says, says_not, submits};

const BOOKS: &str = "streaming ledger that books card payments";

async fn reads(world: &World, who: &str, button: &str) -> String {
    world.persona(who).presses_on("hiring", world.summary().ts(), button).await.unwrap();
    world.settle().await;
    world.window(who)
}

journey!(
    a_revision_can_be_read_in_the_old_words_and_the_new => |world| {
        posts(world, "mara", BOOKS).await;
        world.persona("rhea").reacts("hiring", world.summary().ts(), "white_check_mark").await.unwrap();
        // Whoever has acted is known from then on.
        for who in ["olga", "gus"] {
            world.persona(who).reacts("hiring", world.summary().ts(), "white_check_mark").await.unwrap();
        }
        world.settle().await;
        world.persona("mara").presses_in("dm", "Edit the scope").await.unwrap();
        world.settle().await;
        fills(world, "mara", "What does it do, and what flows through it?", "books refunds and card payments").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        world.passes(3).await;
        let trail = reads(world, "rhea", "What changed").await;
        for said in ["Revision 2", "Revision 1", "the system", "Before", "books refunds and card payments", BOOKS] {
            says(&trail, said);
        }
        for said in ["approved (", "no longer approved", "not on the list of approvers"] {
            says(&trail, said);
        }
        let spared = reads(world, "olga", "What changed").await;
        says(&spared, "books refunds and card payments");
        says_not(&spared, "not on the list of approvers");
        says(&reads(world, "gus", "What changed").await, "Only members of this workspace can read this");
    }
);

journey!(
    what_was_asked_to_be_changed_is_read_beside_the_revision_until_whoever_asked_is_forgotten => |world| {
        posts(world, "mara", BOOKS).await;
        for words in ["who *owns* the ledger?", "still unclear"] {
            world.persona("rhea").presses_in("hiring", "Ask for changes").await.unwrap();
            world.settle().await;
            let rhea = world.persona("rhea");
            rhea.ticks("What should be looked at again?", "Speed or load looks like a guess").await.unwrap();
            fills(world, "rhea", "In your words", words).await;
            submits(world, "rhea").await;
            world.passes(2).await;
        }
        reads(world, "ravi", "Brief").await;
        presses(world, "ravi", "What changed").await;
        let trail = world.window("ravi");
        says(&trail, "asked for changes (");
        says(&trail, "Speed or load looks like a guess; “who *owns* the ledger?”");
        says(&trail, "“still unclear”");
        if world.kind.keeps == Keeps::Sled {
            says(&world.backup().await, "who *owns* the ledger?");
        }
        world.persona("ravi").dismisses().await.unwrap();
        let id = UserId::parse("U0DEMORHEA").unwrap();
        world.bot().app().forget(&id, AskedBy::Operator).await.unwrap();
        world.settle().await;
        reads(world, "ravi", "Brief").await;
        presses(world, "ravi", "What changed").await;
        let trail = world.window("ravi");
        says_not(&trail, "owns");
        says(&trail, "asked for changes; the words are in the thread");
        if world.kind.keeps == Keeps::Sled {
            says_not(&world.backup().await, "who *owns* the ledger?");
        }
    }
);

journey!(
    a_scope_posted_once_tells_from_its_brief_that_nothing_has_changed => |world| {
        posts(world, "mara", BOOKS).await;
        reads(world, "rhea", "Brief").await;
        presses(world, "rhea", "What changed").await;
        says(&world.window("rhea"), "Nothing has changed since it was posted");
        assert_eq!(world.persona("rhea").stack_depth(), 2);
    }
);

journey!(
    costs_and_times_are_read_from_the_review_and_from_the_kit => |world| {
        reviews(world, "mara", BOOKS).await;
        presses(world, "mara", "Costs and time to hire").await;
        let figures = world.window("mara");
        for said in ["60 to 90 days", "3 to 5 months", "120 to 165 US dollars an hour", "90 to 200 US dollars an hour", "2026"] {
            says(&figures, said);
        }
        assert_eq!(world.persona("mara").stack_depth(), 3);
        world.persona("mara").closes().await.unwrap();
        submits(world, "mara").await;
        reads(world, "rhea", "Evaluation kit").await;
        presses(world, "rhea", "Costs and time to hire").await;
        says(&world.window("rhea"), "distributed systems in the upper part");
    }
);
