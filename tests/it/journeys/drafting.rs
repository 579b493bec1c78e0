//! Drafts: saved as typed, found again.

use super::world::Keeps;
use super::{Kind, World, journey};

journey!(
    a_closed_window_loses_nothing_and_the_draft_is_resumed => |world| {
        let mara = world.persona("mara");
        mara.types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        mara.chooses("What kind of system is it?", "Batch data processing").await.unwrap();
        mara.writes("What does it do, and what flows through it?", "nightly payout run").await.unwrap();
        mara.dismisses().await.unwrap();
        world.settle().await;
        mara.types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        let form = mara.modal().unwrap();
        assert!(form.0.to_string().contains("nightly payout run"), "{}", form.says());
        assert!(form.says().contains("your draft from"), "{}", form.says());
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_loses_nothing_that_was_acknowledged() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.keeps == Keeps::Sled) {
        let mut world = World::start(kind).await;
        let mara = world.persona("mara");
        mara.types("/scope-backend", "hiring", "streaming ledger, 40k events/s").await.unwrap();
        world.settle().await;
        mara.dismisses().await.unwrap();
        world.settle().await;
        world.stop_bot().await;
        world.start_bot().await;
        let mara = world.persona("mara");
        mara.types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        let form = mara.modal().unwrap();
        assert!(form.0.to_string().contains("streaming ledger"), "{}", form.says());
        world.end().await;
    }
}
