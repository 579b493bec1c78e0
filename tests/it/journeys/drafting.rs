//! Drafts: saved as typed, found again.

use scopebot::simulator::{Deed, Fault, FaultKind};

use super::world::Keeps;
use super::{Kind, World, answers, chooses, fills, journey, presses, says, says_not, submits, types};

const SYSTEM: &str = "What does it do, and what flows through it?";

journey!(
    a_closed_window_loses_nothing_and_the_draft_is_resumed_with_its_age => |world| {
        let mara = world.persona("mara");
        types(world, "mara", "").await;
        mara.chooses("What kind of system is it?", "Batch data processing").await.unwrap();
        mara.writes(SYSTEM, "nightly payout run").await.unwrap();
        mara.dismisses().await.unwrap();
        world.settle().await;
        let since = world.clock.now().as_second();
        world.passes(90).await;
        types(world, "mara", "").await;
        says(&world.fields("mara"), "nightly payout run");
        says(&world.fields("mara"), "\"batch_processing\"");
        says(&world.window("mara"), "your draft from");
        says(&mara.modal().unwrap().0.to_string(), &since.to_string());
        presses(world, "mara", "Start a new one").await;
        says_not(&world.fields("mara"), "nightly payout run");
    }
);

journey!(
    save_answers_for_certain_and_leaves_what_is_typed_meanwhile => |world| {
        types(world, "mara", "").await;
        fills(world, "mara", SYSTEM, "nightly payout").await;
        world.persona("mara").starts(Deed::Press { button: "Save".into(), place: None }).await.unwrap();
        fills(world, "mara", SYSTEM, "nightly payout run").await;
        says(&world.window("mara"), "Saved at");
        says(&world.fields("mara"), "nightly payout run");
        world.persona("mara").dismisses().await.unwrap();
        types(world, "mara", "").await;
        says(&world.fields("mara"), "nightly payout run");
    }
);

journey!(
    two_windows_do_not_fight => |world| {
        let (desk, phone) = (world.persona("mara"), world.persona("mara").at("phone"));
        types(world, "mara", "").await;
        fills(world, "mara", SYSTEM, "nightly payout run").await;
        phone.types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        phone.chooses("How fast must it be?", "Hours are fine").await.unwrap();
        world.settle().await;
        // The desk still shows no speed, and shows that again with every key.
        desk.fills(SYSTEM, "nightly payout run for 40 shops").await.unwrap();
        world.settle().await;
        // The phone still shows the old sentence, and shows that again with every choice.
        phone.chooses("Which team do they join?", "Nobody: the only backend engineer").await.unwrap();
        world.settle().await;
        desk.dismisses().await.unwrap();
        phone.dismisses().await.unwrap();
        types(world, "mara", "").await;
        let fields = world.fields("mara");
        for held in ["nightly payout run for 40 shops", "\"hours\"", "\"solo\""] {
            says(&fields, held);
        }
    }
);

journey!(
    a_keystroke_that_is_overtaken_does_not_win => |world| {
        let mara = world.persona("mara");
        types(world, "mara", "").await;
        world.workspace.fault(Fault::of_delivery("block_actions", FaultKind::OutOfOrder).once());
        let typing = |text: &str| Deed::Set { field: SYSTEM.into(), value: text.to_owned(), by: Default::default() };
        mara.starts(typing("nightly payout ru")).await.unwrap();
        world.settle().await;
        mara.does(typing("nightly payout run")).await.unwrap();
        world.passes(4).await;
        mara.dismisses().await.unwrap();
        types(world, "mara", "").await;
        says(&world.fields("mara"), "\"nightly payout run\"");
    }
);

journey!(
    a_field_emptied_by_hand_stays_empty => |world| {
        types(world, "mara", "").await;
        fills(world, "mara", "Numbers you know", "2 TB a night").await;
        fills(world, "mara", "Numbers you know", "").await;
        world.persona("mara").dismisses().await.unwrap();
        types(world, "mara", "").await;
        says_not(&world.fields("mara"), "2 TB a night");
    }
);

journey!(
    what_slack_leaves_out_of_a_submission_is_not_lost => |world| {
        types(world, "mara", "streaming ledger for card payments, 40k events/s, under 100 ms").await;
        chooses(world, "mara", "Which team do they join?", "A larger backend team").await;
        world.workspace.fault(Fault::of_delivery("view_submission", FaultKind::InitialValuesAbsent).once());
        submits(world, "mara").await;
        assert_eq!(world.persona("mara").stack_depth(), 2, "{}", world.persona("mara").modal().unwrap().0["errors"]);
        says(&world.window("mara"), "streaming ledger for card payments");
    }
);

journey!(
    a_draft_is_its_authors_alone => |world| {
        types(world, "mara", "nightly payout run").await;
        types(world, "milo", "").await;
        says_not(&world.fields("milo"), "nightly payout run");
        world.persona("milo").dismisses().await.unwrap();
        types(world, "milo", "drafts").await;
        says_not(&world.note("milo"), "nightly payout run");
    }
);

/// In every world that keeps its store over a restart.
async fn restarted(mut world: World) -> World {
    world.stop_bot().await;
    world.start_bot().await;
    world.reached().await;
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_loses_nothing_that_was_acknowledged() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.keeps == Keeps::Sled) {
        let world = World::start(kind).await;
        types(&world, "mara", "streaming ledger, 40k events/s").await;
        world.persona("mara").dismisses().await.unwrap();
        world.settle().await;
        let world = restarted(world).await;
        types(&world, "mara", "").await;
        says(&world.fields("mara"), "streaming ledger");
        says(&world.fields("mara"), "\"tens_of_thousands\"");
        world.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_window_goes_on_after_a_restart_and_so_does_the_approval() {
    for kind in Kind::ALL {
        let world = World::start(kind).await;
        types(&world, "mara", "").await;
        answers(&world, "mara", "streaming ledger that books card payments").await;
        let world = restarted(world).await;
        submits(&world, "mara").await;
        let world = restarted(world).await;
        submits(&world, "mara").await;
        says(&world.summary().says(), "streaming ledger that books card payments");
        let world = restarted(world).await;
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
        assert_eq!(world.summaries().len(), 1);
        world.end().await;
    }
}
