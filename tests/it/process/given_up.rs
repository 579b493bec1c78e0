//! What Slack refuses for good, as an operator meets it: on `/readyz`, in the metrics, in the export, and sent again by a command.

use std::path::Path;
use std::process::Command;

use scopebot::simulator::{Fault, FaultKind};
use serde_json::Value;

use super::site::Site;
use crate::wall::soon;

const SYSTEM: &str = "streaming ledger for card payments";

/// A command beside the running program; what it said.
fn does(folder: &Path, args: &[&str]) -> String {
    let done =
        Command::new(env!("CARGO_BIN_EXE_scopebot")).args(args).current_dir(folder).env_clear().output().unwrap();
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Asks until the answer is so; it is looked at every five seconds.
async fn until(site: &Site, path: &str, so: impl Fn(&str) -> bool) -> String {
    for _ in 0..300 {
        let said = site.asks(path).await;
        if so(&said) {
            return said;
        }
        soon().await;
    }
    panic!("{path} stays {}", site.asks(path).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_slack_refuses_for_good_is_seen_everywhere_and_sent_again_by_a_command() {
    let site = Site::new().await;
    let serving = site.starts("warn,scopebot=info").await;
    let refusal =
        |word: &str| Fault { error: Some(word.to_owned()), ..Fault::of_method("chat.postMessage", FaultKind::Error) };
    site.workspace.fault(refusal("restricted_action").times(1));
    let mara = site.workspace.persona("mara");
    mara.types("/scope-backend", "hiring", &format!("{SYSTEM}, 40k events/s, under 100 ms")).await.unwrap();
    site.workspace.until_noted("The app called views.open").await.unwrap();
    site.workspace.quiet().await;
    mara.chooses("Which team do they join?", "A larger backend team").await.unwrap();
    mara.fills("What does it do, and what flows through it?", SYSTEM).await.unwrap();
    mara.submits().await.unwrap();
    mara.submits().await.unwrap();

    // On /readyz, which stays well, and in the metrics.
    let noted = until(&site, "/readyz", |said| said.contains("given up")).await;
    let noted: Value = serde_json::from_str(&noted).unwrap();
    assert_eq!(noted["outbox"], "ready", "{noted}");
    assert_eq!(noted["notes"]["outbox"], "1 message was given up; `scopebot retry` sends it again", "{noted}");
    let metrics = site.asks("/metrics").await;
    assert!(metrics.contains("scopebot_outbox_given_up 1"), "{metrics}");
    assert!(metrics.contains("scopebot_outbox_total{outcome=\"given_up\"} 1"), "{metrics}");
    // In the audit, with Slack's own word.
    let exported: Value = serde_json::from_str(&does(site.folder.path(), &["export"])).unwrap();
    let audit = exported["history"].to_string();
    assert!(audit.contains("not_delivered") && audit.contains("restricted_action"), "{exported}");
    let rhea = site.workspace.persona("rhea");
    assert!(rhea.newest("hiring").is_none_or(|message| !message.is_from_app()), "Slack refused it");
    assert!(mara.reads("dm").iter().any(|message| message.is_from_app()), "the author hears of it");

    // Refused again, it is given up again; and once Slack takes it, it is sent.
    site.workspace.fault(refusal("restricted_action").times(1));
    assert!(does(site.folder.path(), &["retry"]).starts_with("1 message will be sent again"));
    until(&site, "/metrics", |said| said.contains("scopebot_outbox_total{outcome=\"given_up\"} 2")).await;
    assert!(does(site.folder.path(), &["retry"]).starts_with("1 message will be sent again"));
    site.workspace
        .until(|state| {
            state.channel("hiring").is_ok_and(|channel| channel.messages.iter().any(|one| one.bot_id.is_some()))
        })
        .await
        .unwrap();
    site.workspace.quiet().await;
    assert!(rhea.newest("hiring").unwrap().says().contains(SYSTEM));
    until(&site, "/readyz", |said| !said.contains("given up")).await;
    assert!(does(site.folder.path(), &["retry"]).starts_with("0 messages"));
    serving.asked_to_end();
    let end = tokio::task::spawn_blocking(move || serving.ended()).await.unwrap();
    assert_eq!(end.code, Some(0), "{}", end.said);
    assert!(end.said.contains("\"outcome\":\"given_up\""), "{}", end.said);
}
