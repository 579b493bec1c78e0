//! A draft that ends in one window while another still shows it.

use super::journey;

journey!(
    save_in_a_window_whose_draft_is_over_says_so_and_leaves_what_is_typed_in_sight => |world| {
        let mara = world.persona("mara");
        mara.types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        mara.writes("What does it do, and what flows through it?", "nightly payout run").await.unwrap();
        let phone = mara.at("phone");
        phone.types("/scope-backend", "hiring", "drafts").await.unwrap();
        world.settle().await;
        phone.presses_in("hiring", "Discard").await.unwrap();
        world.settle().await;
        mara.presses("Save").await.unwrap();
        world.settle().await;
        let top = mara.modal().unwrap();
        assert!(top.says().contains("no longer here"), "{}", top.says());
        assert_eq!(mara.stack_depth(), 2, "the form is still beneath");
    }
);
