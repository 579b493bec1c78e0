//! Since when Slack shows a revision, when Slack's own word of it is lost.

use scopebot::simulator::{Fault, FaultKind};

use super::{journey, posts};

journey!(
    a_reaction_to_a_revision_counts_also_when_the_event_of_its_update_was_lost => |world| {
        posts(world, "mara", "streaming ledger that books card payments").await;
        world.passes(3).await;
        world.workspace.fault(Fault::of_delivery("message_metadata_updated", FaultKind::Lost));
        let mara = world.persona("mara");
        mara.presses_in("dm", "Edit the scope").await.unwrap();
        world.settle().await;
        mara.chooses("How much at a busy moment?", "1,000 to 10,000 a second").await.unwrap();
        mara.submits().await.unwrap();
        world.settle().await;
        mara.submits().await.unwrap();
        world.passes(5).await;
        let summary = world.summary();
        assert!(summary.says().contains("revision 2"), "{}", summary.says());
        world.persona("rhea").reacts("hiring", summary.ts(), "white_check_mark").await.unwrap();
        world.passes(5).await;
        assert!(world.summary().says().contains("Approved by"), "{}", world.summary().says());
    }
);
