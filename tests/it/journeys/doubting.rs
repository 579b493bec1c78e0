//! Slack's answers are late, lost or refused: said once, or said again and marked.

use scopebot::simulator::{Deed, Fault, FaultKind};

use super::{World, journey, posts_unanswered, reviews, says, says_not, submits, types};

const BOOKS: &str = "streaming ledger that books card payments";

async fn approves(world: &World) {
    let ts = world.summary().ts().to_owned();
    world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
    world.passes(3).await;
    says(&world.summary().says(), "Approved by");
}

/// When `chat.postMessage` was called for the hiring channel, in seconds since the first.
fn posted_at(world: &World) -> Vec<i64> {
    let calls = world.workspace.transcript();
    let times: Vec<i64> = calls
        .iter()
        .filter(|entry| entry.raw["method"] == "chat.postMessage" && entry.raw["args"]["channel"] == "C0DEMOHIRE")
        .map(|entry| entry.at.parse::<jiff::Timestamp>().unwrap().as_second())
        .collect();
    let first = times.first().copied().unwrap_or_default();
    times.into_iter().map(|at| at - first).collect()
}

journey!(
    a_pause_that_slack_asks_for_is_kept => |world| {
        reviews(world, "mara", BOOKS).await;
        let mut pause = Fault::of_method("chat.postMessage", FaultKind::RateLimited).once();
        pause.retry_after = Some(30);
        world.workspace.fault(pause);
        submits(world, "mara").await;
        world.passes(29).await;
        assert!(world.summaries().is_empty());
        world.passes(4).await;
        assert_eq!(world.summaries().len(), 1);
        approves(world).await;
    }
);

journey!(
    a_failing_slack_is_asked_again_and_the_summary_stands_once => |world| {
        reviews(world, "mara", BOOKS).await;
        let mut broken = Fault::of_method("chat.postMessage", FaultKind::Status).times(3);
        broken.status = Some(503);
        world.workspace.fault(broken);
        submits(world, "mara").await;
        world.lapses(std::time::Duration::from_secs(600), std::time::Duration::from_secs(5)).await;
        approves(world).await;
        assert!(world.summaries().len() <= 2);
    }
);

journey!(
    a_lost_answer_is_settled_by_its_trace_and_nothing_is_said_twice => |world| {
        reviews(world, "mara", BOOKS).await;
        // Its trace comes, and then the answer to the message to the author is lost too.
        world.workspace.fault(Fault::of_method("chat.postMessage", FaultKind::AnswerLost).times(2));
        submits(world, "mara").await;
        world.passes(150).await;
        assert_eq!(world.summaries().len(), 1);
        says_not(&world.summary().says(), "may appear twice");
        approves(world).await;
        assert_eq!(world.dms("mara").iter().filter(|said| said.contains("is posted in")).count(), 1);
    }
);

journey!(
    without_a_trace_it_is_said_again_after_a_minute_and_says_so => |world| {
        posts_unanswered(world, BOOKS, None).await;
        world.passes(58).await;
        assert!(world.dms("mara").is_empty(), "it is not said to be posted before it surely is");
        world.passes(6).await;
        let said: Vec<String> = world.summaries().iter().map(|one| one.says()).collect();
        assert_eq!(said.len(), 2, "one double for one lost answer: {said:?}");
        says_not(&said[0], "may appear twice");
        says(&said[1], "may appear twice");
        assert_eq!(world.dms("mara").len(), 1);
        assert!(posted_at(world)[1] >= 60, "{:?}", posted_at(world));
        approves(world).await;
    }
);

journey!(
    a_lost_answer_to_an_update_is_repeated_without_doubles => |world| {
        super::posts(world, "mara", BOOKS).await;
        world.workspace.fault(Fault::of_method("chat.update", FaultKind::AnswerLost).once());
        approves(world).await;
        world.passes(60).await;
        assert_eq!(world.summaries().len(), 1);
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    a_trigger_that_ran_out_leaves_a_button_and_the_words => |world| {
        let mut late = Fault::of_delivery("commands", FaultKind::Late).once();
        late.delay_ms = Some(3_500);
        world.workspace.fault(late);
        let need = Deed::Command { channel: "hiring".into(), text: "/scope-backend nightly payout run".into() };
        world.persona("mara").starts(need).await.unwrap();
        world.passes(6).await;
        assert!(world.persona("mara").modal().is_none());
        assert!(!world.note("mara").is_empty(), "{}", world.traffic());
        says(&world.note("mara"), "The form did not open in time");
        world.persona("mara").presses_in("hiring", "Open the form").await.unwrap();
        world.settle().await;
        says(&world.fields("mara"), "nightly payout run");
    }
);

journey!(
    a_window_whose_opening_slack_did_not_confirm_is_of_use_all_the_same => |world| {
        world.workspace.fault(Fault::of_method("views.open", FaultKind::AnswerLost).once());
        types(world, "mara", "nightly payout run").await;
        world.passes(3).await;
        says(&world.fields("mara"), "nightly payout run");
        super::answers(world, "mara", "nightly payout run").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        says(&world.summary().says(), "nightly payout run");
        assert_eq!(world.summaries().len(), 1);
    }
);

journey!(
    a_window_that_slack_refuses_to_open_leaves_a_button => |world| {
        for error in ["internal_error", "expired_trigger_id", "exchanged_trigger_id"] {
            let mut refusal = Fault::of_method("views.open", FaultKind::Error).once();
            refusal.error = Some(error.to_owned());
            world.workspace.fault(refusal);
            types(world, "mara", &format!("payout run after {error}")).await;
            assert!(world.persona("mara").modal().is_none());
            world.persona("mara").presses_in("hiring", "Open the form").await.unwrap();
            world.settle().await;
            says(&world.fields("mara"), &format!("payout run after {error}"));
            world.persona("mara").dismisses().await.unwrap();
        }
    }
);

journey!(
    the_form_opens_though_slack_answers_nothing_else_before => |world| {
        world.workspace.fault(Fault::of_method("*", FaultKind::WithholdUntilOpened));
        world.persona("mara").types("/scope-backend", "hiring", "nightly payout run").await.unwrap();
        world.settle().await;
        says(&world.fields("mara"), "nightly payout run");
        world.persona("mara").dismisses().await.unwrap();
        world.persona("milo").types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        says(&world.window("milo"), "What kind of system is it?");
        world.workspace.heal();
    }
);

journey!(
    the_button_on_either_of_two_twins_counts => |world| {
        posts_unanswered(world, BOOKS, None).await;
        world.passes(90).await;
        let twins = world.summaries();
        assert_eq!(twins.len(), 2);
        world.persona("rhea").presses_on("hiring", twins[0].ts(), "Approve").await.unwrap();
        world.passes(3).await;
        let said: String = world.summaries().iter().map(|one| one.says()).collect();
        says(&said, "Approved by");
    }
);

journey!(
    what_could_not_be_posted_is_listed_so_and_gone_on_with_from_there => |world| {
        let mut refusal = Fault::of_method("chat.postMessage", FaultKind::Error).times(2);
        refusal.error = Some("restricted_action".to_owned());
        world.workspace.fault(refusal);
        super::posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        assert!(world.summaries().is_empty());
        world.workspace.heal();
        types(world, "mara", "status").await;
        says(&world.note("mara"), "could not be posted");
        world.persona("mara").presses_in("hiring", "Continue").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), BOOKS);
        types(world, "mara", "status").await;
        says(&world.note("mara"), "waiting for approval");
    }
);
