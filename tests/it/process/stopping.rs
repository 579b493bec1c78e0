use std::path::Path;
use std::sync::Arc;

use scopebot::run::manifest::manifest;
use scopebot::simulator::{Config, Fault, FaultKind, Transport, Workspace};

use super::child::{Ended, Serving};
use crate::wall::WallTime;

const SYSTEM: &str = "What does it do, and what flows through it?";

async fn workspace() -> Workspace {
    let config = Config { manifest: Some(manifest(None)), transport: Some(Transport::Socket), ..Config::default() };
    Workspace::start(config, Arc::new(WallTime)).await.unwrap()
}

async fn serving(workspace: &Workspace, folder: &Path) -> Serving {
    let (api, bot, app) = (workspace.api_url(), workspace.bot_token(), workspace.app_token());
    let vars = [
        ("SLACK_BOT_TOKEN", bot.as_str()),
        ("SLACK_APP_TOKEN", app.as_str()),
        ("SLACK_API_URL", api.as_str()),
        ("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE"),
        ("SCOPEBOT_APPROVERS", "S0DEMORECR"),
        ("SCOPEBOT_ADMIN_LISTEN", "127.0.0.1:0"),
        ("SCOPEBOT_DATA_DIR", "data"),
    ];
    let serving = Serving::start(folder, &vars);
    workspace.until_connections(1).await.unwrap();
    serving
}

async fn ended(serving: Serving) -> Ended {
    tokio::task::spawn_blocking(move || serving.ended()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asked_to_end_it_finishes_what_is_in_hand_and_ends_well() {
    let workspace = workspace().await;
    let folder = tempfile::tempdir().unwrap();
    let running = serving(&workspace, folder.path()).await;
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
    let running = serving(&workspace, folder.path()).await;
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
