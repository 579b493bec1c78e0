//! Backup, export, forgetting and restoring as an operator does them, beside a running bot and after it.

use std::path::Path;
use std::process::Command;

use scopebot::simulator::Workspace;

use super::sockets::{serving, workspace};

const SYSTEM: &str = "streaming ledger for card payments";

/// A command in a folder, and what it said; standard output and error apart.
fn said(folder: &Path, args: &[&str], vars: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_scopebot"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs(vars.iter().copied())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[track_caller]
fn does(folder: &Path, args: &[&str], vars: &[(&str, &str)]) -> String {
    let (code, out, err) = said(folder, args, vars);
    assert_eq!(code, Some(0), "{args:?}: {out}{err}");
    out
}

async fn posts(workspace: &Workspace) {
    let mara = workspace.persona("mara");
    mara.types("/scope-backend", "hiring", &format!("{SYSTEM}, 40k events/s, under 100 ms")).await.unwrap();
    workspace.until_noted("The app called views.open").await.unwrap();
    workspace.quiet().await;
    mara.chooses("Which team do they join?", "A larger backend team").await.unwrap();
    mara.fills("What does it do, and what flows through it?", SYSTEM).await.unwrap();
    mara.submits().await.unwrap();
    mara.submits().await.unwrap();
    workspace.until_noted("The app called chat.postMessage").await.unwrap();
    workspace.quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_bot_is_backed_up_exported_and_made_to_forget_and_a_backup_is_restored() {
    let workspace = workspace().await;
    let top = tempfile::tempdir().unwrap();
    // Longer than the system takes for the path of a socket.
    let folder = top.path().join("d".repeat(100));
    std::fs::create_dir(&folder).unwrap();
    let mut running = serving(&workspace, &folder, ("SCOPEBOT_BACKUP_DIR", "own")).await;
    running.until_said("a backup was made");
    posts(&workspace).await;

    let made = does(&folder, &["backup", "copies"], &[]);
    assert!(made.contains(": 1 scope, ") && made.starts_with("copies/scopebot-"), "{made}");
    let lines = does(&folder, &["export"], &[]);
    let scope: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!((scope["state"].as_str(), scope["author"].as_str()), (Some("posted"), Some("U0DEMOMARA")), "{lines}");
    assert!(scope["sentences"][0].as_str().unwrap().contains(SYSTEM), "{lines}");
    let id = scope["id"].as_str().unwrap();
    does(&folder, &["export", "--format", "markdown", "--scope", id, "--out", "pages"], &[]);
    let page = std::fs::read_to_string(folder.join(format!("pages/{id}.md"))).unwrap();
    assert!(page.contains(SYSTEM), "{page}");
    let (code, _, err) = said(&folder, &["export", "--format", "markdown", "--out", "pages"], &[]);
    assert_eq!((code, err.contains("exists")), (Some(1), true), "{err}");
    assert!(does(&folder, &["retry"], &[]).starts_with("0 messages"));

    let (code, _, err) = said(&folder, &["forget", "mara"], &[]);
    assert_eq!((code, err.contains("no user id")), (Some(1), true), "{err}");
    let gone = does(&folder, &["forget", "U0DEMOMARA"], &[]);
    assert!(gone.starts_with("U0DEMOMARA: 0 drafts and 1 posted scope deleted."), "{gone}");
    workspace.until_noted("The app called chat.update").await.unwrap();
    workspace.quiet().await;
    assert!(workspace.persona("rhea").newest("hiring").unwrap().says().contains("This scope was deleted"));
    assert!(does(&folder, &["forget", "U0DEMOMARA"], &[]).contains("0 drafts and 0 posted scopes"));
    assert!(!does(&folder, &["export"], &[]).contains(SYSTEM));
    assert!(does(&folder, &["export", "--from", "copies"], &[]).contains(SYSTEM));

    let (code, _, err) = said(&folder, &["restore", "copies"], &[]);
    assert_eq!((code, err.contains("is not empty")), (Some(1), true), "never over what is there: {err}");
    running.asked_to_end();
    let ended = tokio::task::spawn_blocking(move || running.ended()).await.unwrap();
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(!ended.said.contains(SYSTEM), "no words of people in the log:\n{}", ended.said);

    // Without a bot the same commands work upon the directory itself.
    assert!(does(&folder, &["backup", "copies", "--keep", "1"], &[]).contains("1 scope"));
    assert_eq!(std::fs::read_dir(folder.join("copies")).unwrap().count(), 1);
    assert!(!does(&folder, &["export", "--from", "copies"], &[]).contains(SYSTEM));
    let elsewhere = [("SCOPEBOT_DATA_DIR", "new")];
    assert!(does(&folder, &["restore", "copies"], &elsewhere).contains("1 scope, all read through and sound"));
    assert_eq!(does(&folder, &["export"], &elsewhere), does(&folder, &["export"], &[]));
    let (code, _, err) = said(&folder, &["export"], &[("SCOPEBOT_DATA_DIR", "nowhere")]);
    assert_eq!((code, err.contains("There is no store in nowhere")), (Some(1), true), "{err}");
    assert!(!folder.join("nowhere").exists());
    workspace.stop().await.unwrap();
}
