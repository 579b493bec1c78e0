//! From the command to the summary in the channel.

use super::{answers, journey, posts};

journey!(
    a_manager_posts_a_scope_and_a_recruiter_approves_it_with_a_reaction => |world| {
        posts(world, "mara", "streaming ledger that books card payments and feeds finance").await;
        let summary = world.summary();
        let says = summary.says();
        assert!(says.contains("streaming ledger"), "{says}");
        assert_eq!(world.persona("mara").stack_depth(), 0, "all windows are closed");

        world.persona("rhea").reacts("hiring", summary.ts(), "white_check_mark").await.unwrap();
        world.passes(5).await;
        let says = world.summary().says();
        assert!(says.contains("Approved by"), "{says}");
        let thread = world.persona("rhea").reads_thread("hiring", summary.ts());
        let thread: Vec<String> = thread.iter().map(|message| message.says()).collect();
        assert!(thread.iter().any(|said| said.contains("approved")), "{thread:?}");
        assert!(thread.iter().any(|said| said.contains("Evaluation kit")), "{thread:?}");
        let dms: Vec<String> = world.persona("mara").reads("dm").iter().map(|message| message.says()).collect();
        assert!(dms.iter().any(|said| said.contains("approved")), "{dms:?}");
    }
);

journey!(
    what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost => |world| {
        let mara = world.persona("mara");
        mara.types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        mara.fills("What does it do, and what flows through it?", "nightly settlement of card payments").await.unwrap();
        assert!(mara.submits().await.is_err(), "the client itself holds back a form with required fields open");
        answers(world, "mara", "nightly settlement of card payments").await;
        mara.submits().await.unwrap();
        world.settle().await;
        assert_eq!(mara.stack_depth(), 2);
        let review = mara.modal().unwrap();
        assert!(review.says().contains("nightly settlement of card payments"), "{}", review.says());
    }
);
