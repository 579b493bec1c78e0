//! Guests and people of other companies: they start nothing that is posted.

use super::{World, answers, journey, says, types};

const BOOKS: &str = "streaming ledger that books card payments";

/// Slack names a guest only when asked, and a window cannot wait for that: the form may open once.
async fn starts_nothing(world: &World, who: &str, channel: &str) {
    let person = world.persona(who);
    person.types("/scope-backend", channel, "").await.unwrap();
    world.settle().await;
    if person.modal().is_some() {
        answers(world, who, BOOKS).await;
        person.submits().await.unwrap();
        world.settle().await;
        says(&world.window(who), "Guests cannot start a scope in this workspace");
        person.dismisses().await.unwrap();
    }
    person.types("/scope-backend", channel, "").await.unwrap();
    world.settle().await;
    assert!(person.modal().is_none());
    assert!(world.summaries().is_empty());
}

journey!(
    a_guest_starts_nothing => |world| {
        starts_nothing(world, "gus", "hiring").await;
        says(&world.note("gus"), "Guests cannot start a scope in this workspace");
    }
);

journey!(
    somebody_of_another_company_starts_nothing => |world| {
        starts_nothing(world, "pia", "partner-hiring").await;
    }
);

journey!(
    where_guests_may_a_guest_posts with [("SCOPEBOT_GUESTS", "on")] => |world| {
        super::posts(world, "gus", BOOKS).await;
        says(&world.summary().says(), BOOKS);
        types(world, "gus", "status").await;
        says(&world.note("gus"), "waiting for approval");
    }
);
