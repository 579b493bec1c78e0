//! `scopebot check` against the simulated workspace: that nothing fails where nothing is wrong, and each failure by itself.

#![cfg(feature = "simulator")]

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::Duration;

use scopebot::ambient::{Clock, ShiftedClock, TestClock};
use scopebot::domain::wording::Words;
use scopebot::run::args::DemoTransport;
use scopebot::run::check::{Finding, Report, check};
use scopebot::run::demo::{SharedTime, demo_settings};
use scopebot::run::manifest::{SCOPES, manifest};
use scopebot::simulator::actions::AppChange;
use scopebot::simulator::state::{Folder, first_day};
use scopebot::simulator::{Config, Deed, Fault, FaultKind, Workspace};
use scopebot::store::sled::{OpenOptions, SledStore};
use serde_json::json;

/// A workspace with nothing wrong, in the machine's own time: Slack's `Date` header is compared with it.
struct World {
    workspace: Workspace,
    words: Arc<Words>,
    dir: tempfile::TempDir,
}

impl World {
    async fn start() -> World {
        World::start_in(None).await
    }

    async fn start_in(folder: Option<PathBuf>) -> World {
        let config = Config { manifest: Some(manifest(None)), rate_limits: false, folder, ..Config::default() };
        let workspace =
            Workspace::start(config, Arc::new(SharedTime(ShiftedClock::over(Clock::system())))).await.unwrap();
        let words = Arc::new(scopebot::prompts::load(None).unwrap().words);
        World { workspace, words, dir: tempfile::tempdir().unwrap() }
    }

    async fn checked(&self, change: &[(&str, &str)]) -> Report {
        self.checked_by(DemoTransport::Socket, change, &Clock::system()).await
    }

    async fn checked_by(&self, transport: DemoTransport, change: &[(&str, &str)], clock: &Clock) -> Report {
        let change: Vec<(&str, &str)> =
            [("SCOPEBOT_ADMIN_LISTEN", "127.0.0.1:0")].into_iter().chain(change.iter().copied()).collect();
        let settings = demo_settings(&self.workspace, transport, self.dir.path(), &change).unwrap();
        check(&settings, &self.words, clock).await
    }

    async fn does(&self, deed: serde_json::Value) {
        let deed: Deed = serde_json::from_value(deed).unwrap();
        self.workspace.act(deed).await.unwrap();
    }

    /// The program itself, with these variables alone.
    fn program(&self, args: &[&str], change: &[(&str, &str)]) -> Output {
        let api = self.workspace.api_url();
        let (bot, app) = (self.workspace.bot_token(), self.workspace.app_token());
        let data = self.dir.path().join("bot").display().to_string();
        Command::new(env!("CARGO_BIN_EXE_scopebot"))
            .args(["check"])
            .args(args)
            .current_dir(self.dir.path())
            .env_clear()
            .envs([
                ("SLACK_API_URL", api.as_str()),
                ("SLACK_BOT_TOKEN", bot.as_str()),
                ("SLACK_APP_TOKEN", app.as_str()),
                ("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE"),
                ("SCOPEBOT_APPROVERS", "S0DEMORECR"),
                ("SCOPEBOT_ADMIN_LISTEN", "127.0.0.1:0"),
                ("SCOPEBOT_DATA_DIR", data.as_str()),
            ])
            .envs(change.iter().copied())
            .output()
            .unwrap()
    }
}

/// That this row, and no other, failed, with these words.
fn only(report: &Report, name: &str, words: &str) {
    let failed: Vec<_> = report.rows().iter().filter(|row| matches!(row.finding, Finding::Failed { .. })).collect();
    assert!(!failed.is_empty() && failed.iter().all(|row| row.name == name), "{name} should fail alone:\n{report}");
    assert!(failed.iter().any(|row| row.seen.contains(words)), "{words:?} is not said:\n{report}");
    for row in failed {
        assert!(matches!(&row.finding, Finding::Failed { remedy } if remedy.ends_with('.')), "{row:?}");
    }
}

fn found(report: &Report, name: &str) -> Vec<Finding> {
    report.rows().iter().filter(|row| row.name == name).map(|row| row.finding.clone()).collect()
}

#[tokio::test]
async fn nothing_fails_where_nothing_is_wrong_and_nothing_is_left_behind() {
    let world = World::start().await;
    let report = world.checked(&[]).await;
    assert_eq!(report.failures(), 0, "{report}");
    for name in ["bot token", "app token", "one app", "scopes", "clock", "hiring channel", "quorum", "disk"] {
        assert_eq!(found(&report, name), [Finding::Fine], "{name}:\n{report}");
    }
    let http = world.checked_by(DemoTransport::Http, &[], &Clock::system()).await;
    assert_eq!(http.failures(), 0, "{http}");
    assert_eq!(found(&http, "signing secret"), [Finding::Unknown]);
    assert_eq!(found(&http, "requests"), [Finding::Fine]);
    assert!(!world.dir.path().join("bot").exists(), "the check made the data directory");
    let text = report.to_string() + &http.to_string();
    for secret in [world.workspace.bot_token(), world.workspace.app_token(), world.workspace.signing_secret()] {
        assert!(!text.contains(&secret), "the table shows a secret");
    }
}

#[tokio::test]
async fn tokens_that_slack_does_not_accept_are_told_apart() {
    let world = World::start().await;
    only(&world.checked(&[("SLACK_BOT_TOKEN", "xoxb-another-one")]).await, "bot token", "invalid_auth");
    only(&world.checked(&[("SLACK_APP_TOKEN", "xapp-1-A0DEMOAPP-another")]).await, "app token", "invalid_auth");
    world.workspace.fault(Fault::of_method("auth.test", FaultKind::Refused));
    let report = world.checked(&[]).await;
    only(&report, "bot token", "");
    assert_eq!(found(&report, "scopes"), [], "what was not looked at has no row");
}

#[tokio::test]
async fn socket_mode_that_is_off_and_tokens_of_two_apps_are_found() {
    let world = World::start().await;
    world.does(json!({"do": "sockets", "order": "link_disabled"})).await;
    only(&world.checked(&[]).await, "app token", "forbidden_team");
    world.does(json!({"do": "sockets", "order": "link_enabled"})).await;
    // A workspace that takes the app-level token of another app than the bot's.
    let mut state = first_day(Clock::system().now());
    state.app.app_token = "xapp-1-A0OTHERAPP-simulated-workspace-app-token".to_owned();
    let folder = tempfile::tempdir().unwrap();
    Folder::at(folder.path()).save(|| state).unwrap();
    let mixed = World::start_in(Some(folder.path().to_owned())).await;
    only(&mixed.checked(&[]).await, "one app", "A0OTHERAPP");
}

#[tokio::test]
async fn each_scope_that_is_missing_is_named_with_what_it_is_for() {
    let world = World::start().await;
    let set = |scopes: Vec<&str>| AppChange {
        scopes: Some(scopes.into_iter().map(str::to_owned).collect()),
        ..AppChange::default()
    };
    let all: Vec<&str> = SCOPES.iter().map(|(scope, _)| *scope).collect();
    for scope in &all {
        let others = all.iter().copied().filter(|other| other != scope).collect();
        world.workspace.act(Deed::App(set(others))).await.unwrap();
        let report = world.checked(&[]).await;
        let row = report.rows().iter().find(|row| row.name == "scopes").unwrap();
        assert!(matches!(row.finding, Finding::Failed { .. }) && row.seen.contains(scope), "{scope}:\n{report}");
    }
    world.workspace.act(Deed::App(set(all.iter().copied().chain(["team:read"]).collect()))).await.unwrap();
    let report = world.checked(&[]).await;
    assert!(report.to_string().contains("not needed: team:read"), "{report}");
    only(&world.checked(&[("SCOPEBOT_READ_HISTORY", "on")]).await, "scopes", "channels:history");
}

#[tokio::test]
async fn a_hiring_channel_that_cannot_take_a_summary_is_said_with_the_remedy() {
    let world = World::start().await;
    let on = |id: &'static str| [("SCOPEBOT_HIRING_CHANNEL", id)];
    for (id, words) in [
        ("C0NOSUCH", "is not there"),
        ("C0DEMOLEAD", "private and the bot is not in it"),
        ("C0DEMORAND", "the bot is not in #random"),
        ("C0DEMOPART", "shared with another company"),
    ] {
        only(&world.checked(&on(id)).await, "hiring channel", words);
    }
    let shared = world.checked(&[on("C0DEMOPART")[0], ("SCOPEBOT_CONNECT_CHANNELS", "on")]).await;
    assert_eq!(shared.failures(), 0, "{shared}");
    only(&world.checked(&on("C0DEMOHIRE,C0DEMORAND")).await, "hiring channel", "#random");
    world.does(json!({"do": "edit_channel", "channel": "hiring", "archived": true})).await;
    only(&world.checked(&[]).await, "hiring channel", "#hiring is archived");
}

#[tokio::test]
async fn approvers_who_cannot_approve_and_a_quorum_out_of_reach_are_found() {
    let world = World::start().await;
    for (id, words) in [
        ("U0DEMOGUS", "is a guest"),
        ("U0DEMOPIA", "is of another company"),
        ("U0DEMODORA", "is deactivated"),
        ("U0DEMOROBO", "is a bot"),
        ("U0NOSUCH", "is nobody that Slack knows"),
        ("S0NOSUCH", "there is no user group S0NOSUCH"),
    ] {
        let approvers = format!("U0DEMORHEA,U0DEMORAVI,{id}");
        only(&world.checked(&[("SCOPEBOT_APPROVERS", &approvers)]).await, "approvers", words);
    }
    only(&world.checked(&[("SCOPEBOT_QUORUM", "3")]).await, "quorum", "3 needed, 2 can approve");
    let two = world.checked(&[("SCOPEBOT_QUORUM", "2")]).await;
    assert_eq!(two.failures(), 0, "{two}");
    assert!(two.to_string().contains("a scope of one of them cannot be approved"), "{two}");
    let nobody = world.checked(&[("SCOPEBOT_APPROVERS", "")]).await;
    assert!(nobody.failures() == 0 && nobody.to_string().contains("nobody is asked"), "{nobody}");
    world.does(json!({"do": "edit_group", "group": "recruiters", "members": []})).await;
    let empty = world.checked(&[("SCOPEBOT_APPROVERS", "S0DEMORECR,U0DEMORHEA")]).await;
    only(&empty, "approvers", "is empty");
    world.does(json!({"do": "edit_group", "group": "recruiters", "members": ["rhea"], "disabled": true})).await;
    let disabled = world.checked(&[("SCOPEBOT_APPROVERS", "S0DEMORECR,U0DEMORHEA")]).await;
    only(&disabled, "approvers", "or it is disabled");
}

#[tokio::test]
async fn approvers_who_cannot_see_a_private_channel_are_found() {
    let world = World::start().await;
    world.does(json!({"do": "invite", "channel": "leads", "person": "app"})).await;
    let leads = [("SCOPEBOT_HIRING_CHANNEL", "C0DEMOLEAD")];
    only(&world.checked(&leads).await, "approvers", "0 of them are in the private #leads");
    world.does(json!({"do": "invite", "channel": "leads", "person": "rhea"})).await;
    assert_eq!(world.checked(&leads).await.failures(), 0);
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_found() {
    let world = World::start().await;
    let late = TestClock::at(Clock::system().now() - Duration::from_secs(600));
    only(&world.checked_by(DemoTransport::Socket, &[], &late.clock()).await, "clock", "s apart from Slack's");
}

#[tokio::test]
async fn a_store_in_the_way_and_a_taken_address_are_found_and_a_running_bot_is_no_failure() {
    let world = World::start().await;
    let dir = world.dir.path().join("bot");
    let store = SledStore::open(&dir, OpenOptions::default()).await.unwrap();
    let _admin = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let admin = _admin.local_addr().unwrap().to_string();
    let beside = world.checked(&[("SCOPEBOT_ADMIN_LISTEN", &admin)]).await;
    assert_eq!(beside.failures(), 0, "beside a running bot nothing is wrong: {beside}");
    assert!(beside.to_string().contains("a bot runs on") && beside.to_string().contains("as it has to be"), "{beside}");
    store.close().await.unwrap();
    drop(store);
    let free = world.checked(&[]).await;
    assert_eq!(free.failures(), 0, "{free}");

    let file = world.dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let report = world.checked(&[("SCOPEBOT_DATA_DIR", &file.display().to_string())]).await;
    only(&report, "data directory", "is no directory");
    // Nobody writes here, whoever runs the tests.
    only(&world.checked(&[("SCOPEBOT_DATA_DIR", "/proc/scopebot")]).await, "data directory", "cannot be written to");

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let _held = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let held = _held.local_addr().unwrap().to_string();
    only(&world.checked(&[("SCOPEBOT_ADMIN_LISTEN", &held)]).await, "health and metrics", "cannot be listened on");
    assert_eq!(world.checked(&[("SCOPEBOT_ADMIN_LISTEN", &taken.to_string())]).await.failures(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_exit_code_tells_failure_from_configuration() {
    let world = World::start().await;
    let says = |output: &Output| {
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let fine = world.program(&[], &[]);
    assert_eq!(fine.status.code(), Some(0), "{}", says(&fine));
    let failed = world.program(&[], &[("SCOPEBOT_HIRING_CHANNEL", "C0DEMORAND")]);
    assert_eq!(failed.status.code(), Some(1), "{}", says(&failed));
    assert!(says(&failed).contains("-> Type /invite @scopebot in #random."), "{}", says(&failed));
    let wrong = world.program(&[], &[("SCOPEBOT_HIRING_CHANNEL", "#hiring")]);
    assert_eq!(wrong.status.code(), Some(2), "{}", says(&wrong));
    assert!(says(&wrong).contains("SCOPEBOT_HIRING_CHANNEL"), "{}", says(&wrong));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_looked_up_before_the_configuration_is_complete() {
    let world = World::start().await;
    let found = world.program(&["#hiring", "@rhea", "@recruiters", "leads"], &[("SCOPEBOT_HIRING_CHANNEL", "")]);
    let said = String::from_utf8_lossy(&found.stdout).into_owned();
    assert_eq!(said, "#hiring  C0DEMOHIRE\n@rhea  U0DEMORHEA\n@recruiters  S0DEMORECR\n");
    assert!(String::from_utf8_lossy(&found.stderr).starts_with("leads  nobody"), "the bot is not in it");
    assert_eq!(found.status.code(), Some(1));
}
