//! An orderly end, and one that is not.

use scopebot::simulator::{Fault, FaultKind};

use super::child::{Ended, Serving};
use super::sockets::{serving, workspace};

const SYSTEM: &str = "What does it do, and what flows through it?";

async fn ended(serving: Serving) -> Ended {
    tokio::task::spawn_blocking(move || serving.ended()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_to_end_it_finishes_what_is_in_hand_and_ends_well() {
    let workspace = workspace().await;
    let folder = tempfile::tempdir().unwrap();
    let running = serving(&workspace, folder.path(), ("SCOPEBOT_DATA_DIR", "data")).await;
    let mara = workspace.persona("mara");
    mara.types("/scope-backend", "hiring", "streaming ledger for card payments, 40k events/s, under 100 ms")
        .await
        .unwrap();
    workspace.until_noted("The app called views.open").await.unwrap();
    workspace.quiet().await;
    mara.chooses("Which team do they join?", "A larger backend team").await.unwrap();
    mara.fills(SYSTEM, "streaming ledger for card payments").await.unwrap();
    mara.submits().await.unwrap();
    // Slack takes the summary and is slow to say so; the bot is asked to end meanwhile.
    let mut late = Fault::of_method("chat.postMessage", FaultKind::Late).times(2);
    late.delay_ms = Some(1_500);
    workspace.fault(late);
    mara.submits().await.unwrap();
    workspace.until_noted("The app called chat.postMessage").await.unwrap();
    running.asked_to_end();
    let end = ended(running).await;
    assert_eq!(end.code, Some(0), "{}", end.said);
    assert!(!end.said.contains("streaming ledger"), "no words of people in the log:\n{}", end.said);

    // The next run knows that it stands: nothing is said twice, and an approval finds it.
    let running = serving(&workspace, folder.path(), ("SCOPEBOT_DATA_DIR", "data")).await;
    let rhea = workspace.persona("rhea");
    let summary = rhea.newest("hiring").unwrap();
    rhea.reacts("hiring", summary.ts(), "white_check_mark").await.unwrap();
    workspace.until_noted("The app called chat.update").await.unwrap();
    workspace.quiet().await;
    running.asked_to_end();
    assert_eq!(ended(running).await.code, Some(0));
    let summaries: Vec<String> = rhea.reads("hiring").iter().map(|message| message.says()).collect();
    assert_eq!(summaries.len(), 1, "{summaries:?}");
    assert!(summaries[0].contains("Approved by"), "{summaries:?}");
    workspace.stop().await.unwrap();
}
