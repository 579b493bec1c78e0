//! A bot written with Slack's own library (Bolt for Python) against the simulated workspace, over both transports. Where the two
//! disagree, the workspace is wrong.

#![cfg(feature = "simulator")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use scopebot::simulator::delivery::LineOrder;
use scopebot::simulator::{Config, Deed, Fault, FaultKind, Workspace};
use serde_json::json;

use crate::wall::WallTime;

/// The interpreter of a virtual environment under `target/` that holds slack_bolt; made on first use.
fn python() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = root.join("target/bolt-venv");
    let wanted = root.join("tests/bolt/requirements.txt");
    let stamp = home.join("installed.txt");
    let python = home.join("bin/python");
    if std::fs::read(&stamp).ok() == std::fs::read(&wanted).ok() && python.exists() {
        return python;
    }
    // Several tests may come here at once: each makes its own and moves it into place.
    let own = root.join(format!("target/bolt-venv-{}", std::process::id()));
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&own));
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    run(Command::new(own.join("bin/python")).args(pip).arg(&wanted));
    std::fs::copy(&wanted, own.join("installed.txt")).unwrap();
    if std::fs::rename(&own, &home).is_err() {
        // Another test was first, or an older one lies there: either is replaced by what is in use for this run alone.
        return own.join("bin/python");
    }
    python
}

fn run(command: &mut Command) {
    let said = format!("{command:?}");
    let done = command.stdin(Stdio::null()).output();
    let failed = match &done {
        Ok(output) if output.status.success() => return,
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(why) => why.to_string(),
    };
    panic!(
        "Slack's own library could not be installed, so nothing holds the simulated workspace to it.\n\
         Needed: python3 with venv, and a package index that has slack_bolt.\n{said}\n{failed}"
    );
}

struct Bot {
    child: Child,
    port: u16,
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn bot(workspace: &Workspace, transport: &str) -> Bot {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bolt/bot.py");
    let mut command = tokio::task::spawn_blocking(|| Command::new(python())).await.unwrap();
    command
        .arg(script)
        .arg(transport)
        .env("SLACK_API_URL", workspace.api_url())
        .env("SLACK_BOT_TOKEN", workspace.bot_token())
        .env("SLACK_APP_TOKEN", workspace.app_token())
        .env("SLACK_SIGNING_SECRET", workspace.signing_secret())
        .stdout(Stdio::piped());
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"] {
        command.env_remove(proxy);
    }
    tokio::task::spawn_blocking(move || {
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let ready = lines.find_map(|line| line.strip_prefix("READY ").map(str::to_owned));
        let port = ready.expect("the bot ended before it was ready").trim().parse().unwrap();
        // The bot goes on printing; a closed pipe would end it.
        std::thread::spawn(move || lines.for_each(drop));
        Bot { child, port }
    })
    .await
    .unwrap()
}

/// Command, modal, errors, update, push, submission, post, reaction, metadata, response_url, Home, shortcuts, closing.
async fn whole_conversation(ws: &Workspace) -> Vec<String> {
    let (mara, rhea) = (ws.persona("mara"), ws.persona("rhea"));

    mara.types("/echo", "hiring", "hello <there>").await.unwrap();
    assert_eq!(mara.notes("hiring")[0].text(), "You said: hello <there>");

    mara.types("/ask", "hiring", "").await.unwrap();
    assert_eq!(mara.modal().expect("the form is open").title(), "Ask");
    let incomplete = mara.submits().await.unwrap_err();
    assert_eq!(incomplete.error, "incomplete");
    mara.writes("What does it do?", "short").await.unwrap();
    mara.chooses("Kind", "Pipeline").await.unwrap();
    ws.quiet().await;
    ws.until(|state| {
        state
            .views
            .values()
            .any(|view| view.blocks().iter().any(|block| block.to_string().contains("Chosen: Pipeline")))
    })
    .await
    .unwrap();
    let form = mara.modal().unwrap();
    assert_eq!(form.value("sentence", "typed").unwrap()["value"], "short", "typed text survives the update");

    mara.submits().await.unwrap();
    assert_eq!(mara.modal().unwrap().error("sentence"), Some("A little more, please"));

    mara.presses("Deeper").await.unwrap();
    assert_eq!((mara.stack_depth(), mara.modal().unwrap().title().to_owned()), (2, "Deeper".to_owned()));
    mara.closes().await.unwrap();
    assert_eq!(mara.modal().unwrap().title(), "Ask");

    mara.fills("What does it do?", "moves money between ledgers").await.unwrap();
    mara.submits().await.unwrap();
    assert!(mara.modal().is_none());
    ws.until(|state| state.channel("hiring").unwrap().messages.iter().any(|each| each.metadata.is_some()))
        .await
        .unwrap();
    let post = rhea.newest("hiring").unwrap();
    assert_eq!(post.says(), "*pipeline*: moves money between ledgers\nThank");

    rhea.presses_on("hiring", post.ts(), "Thank").await.unwrap();
    ws.until(|state| state.channel("hiring").unwrap().messages.iter().any(|each| each.text.starts_with("Thank you")))
        .await
        .unwrap();
    assert_eq!(rhea.notes("hiring")[0].text(), "Thank you, Demo Recruiter Rhea");
    assert!(mara.notes("hiring").iter().all(|note| !note.text().contains("Rhea")), "only Rhea sees it");

    rhea.reacts("hiring", post.ts(), "+1::skin-tone-4").await.unwrap();
    ws.until(|state| {
        state.channel("hiring").unwrap().messages.iter().any(|each| each.text.starts_with("Now approved"))
    })
    .await
    .unwrap();
    assert_eq!(rhea.newest("hiring").unwrap().text(), "Approved by <@U0DEMORHEA>");
    assert_eq!(rhea.reads_thread("hiring", post.ts())[1].text(), "Now approved, was pipeline");

    mara.opens_home().await.unwrap();
    ws.until(|state| !state.homes.is_empty()).await.unwrap();
    assert_eq!(mara.home().unwrap().says(), "Home of Demo Manager Mara, tab home");

    mara.does(Deed::Shortcut { callback_id: "new_ask".into() }).await.unwrap();
    assert!(mara.modal().unwrap().says().contains("By shortcut"));
    mara.dismisses().await.unwrap();
    ws.until(|state| {
        state
            .channels
            .values()
            .any(|each| each.is_dm() && each.messages.iter().any(|each| each.text.contains("cleared: True")))
    })
    .await
    .unwrap();

    let about =
        Deed::MessageShortcut { callback_id: "about".into(), channel: "hiring".into(), ts: Some(post.ts().to_owned()) };
    rhea.does(about).await.unwrap();
    ws.until(|state| state.channel("hiring").unwrap().messages.iter().any(|each| each.text.contains("was written by")))
        .await
        .unwrap();
    ws.quiet().await;
    ws.in_words()
}

async fn workspace() -> Workspace {
    Workspace::start(Config::default(), Arc::new(WallTime)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bolt_bot_holds_the_same_conversation_over_http_and_socket_mode() {
    let over_http = {
        let ws = workspace().await;
        let bot = bot(&ws, "http").await;
        ws.connect_http(&format!("http://127.0.0.1:{}/slack/events", bot.port)).await.unwrap();
        whole_conversation(&ws).await
    };
    let over_socket = {
        let ws = workspace().await;
        let _bot = bot(&ws, "socket").await;
        ws.until_connections(1).await.unwrap();
        whole_conversation(&ws).await
    };
    assert_eq!(over_http, over_socket);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bolt_bot_reconnects_after_a_refresh_and_its_other_connection_takes_what_was_cut_off() {
    let ws = workspace().await;
    let _first = bot(&ws, "socket").await;
    ws.until_connections(1).await.unwrap();
    ws.sockets(LineOrder::Refresh);
    ws.until_connections(0).await.unwrap();
    ws.until_connections(1).await.unwrap();
    let _second = bot(&ws, "socket").await;
    ws.until_connections(2).await.unwrap();
    ws.fault(Fault::of_delivery("app_home_opened", FaultKind::CutSocket).once());
    ws.persona("mara").opens_home().await.unwrap();
    ws.until(|state| !state.homes.is_empty()).await.unwrap();
    let words: Vec<String> = ws.transcript().into_iter().map(|entry| entry.words).collect();
    assert!(words.iter().any(|words| words.contains("delivered again on another")), "{words:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bolt_bot_hears_of_wrong_tokens_scopes_and_views_in_slacks_words() {
    let ws = workspace().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let call = async |method: &str, token: &str, body: serde_json::Value| -> serde_json::Value {
        let answer =
            client.post(format!("{}/{method}", ws.api_url())).bearer_auth(token).json(&body).send().await.unwrap();
        answer.json().await.unwrap()
    };
    let bot = ws.bot_token();
    assert_eq!(call("auth.test", "xoxb-wrong", json!({})).await["error"], "invalid_auth");
    assert_eq!(call("apps.connections.open", &bot, json!({})).await["error"], "not_allowed_token_type");
    assert_eq!(call("chat.imaginary", &bot, json!({})).await["error"], "unknown_method");
    assert_eq!(
        call("users.info", &bot, json!({"user": "U0DEMOMARA"})).await["error"],
        "user_not_found",
        "JSON is dropped"
    );
}
