//! What Slack refuses for good is kept, counted, and sent again by a command.

use scopebot::simulator::{Fault, FaultKind};
use scopebot::telemetry::Part;

use super::{World, journey, posts, says};

const SYSTEM: &str = "ledger of parking permits";

/// What `/readyz` says besides, of the outbox.
async fn noted(world: &World) -> String {
    // It is looked at every five seconds.
    world.passes(6).await;
    world.board().notes().into_iter().filter(|(part, _)| *part == Part::Outbox).map(|(_, note)| note).collect()
}

journey!(
    what_was_given_up_is_counted_and_sent_again_by_a_command => |world| {
        let mut refusal = Fault::of_method("chat.postMessage", FaultKind::Error).times(1);
        refusal.error = Some("restricted_action".to_owned());
        world.workspace.fault(refusal);
        posts(world, "mara", SYSTEM).await;
        assert!(world.summaries().is_empty(), "Slack refused it");
        assert_eq!(noted(world).await, "1 message was given up; `scopebot retry` sends it again");
        assert_eq!(world.bot().app().retry().await.unwrap(), 1);
        world.settle().await;
        says(&world.summary().says(), SYSTEM);
        assert_eq!(noted(world).await, "");
        assert_eq!(world.bot().app().retry().await.unwrap(), 0);
        // It is an ordinary summary: an approval counts.
        world.persona("rhea").reacts("hiring", world.summary().ts(), "white_check_mark").await.unwrap();
        world.passes(5).await;
        says(&world.summary().says(), "Approved by");
    }
);
