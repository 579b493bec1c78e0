//! What the program says and keeps, at its finest level, through a whole story with errors: no secret in it, and no words
//! of people above the level for them. And where it listens.

use std::path::Path;

use scopebot::simulator::state::State;
use scopebot::simulator::{Fault, FaultKind};

use super::site::{Site, opens};
use crate::stories::{Plot, Stage, Story, play};
use crate::wall::soon;

/// Every byte of the files below a folder.
fn bytes_under(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            bytes.extend(bytes_under(&path));
        } else if path.is_file() {
            bytes.extend(std::fs::read(&path).unwrap());
        }
    }
    bytes
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

/// Addresses on which a process of this machine listens, of those of this process's own sockets.
fn listens(pid: u32) -> Vec<String> {
    let own: Vec<String> = std::fs::read_dir(format!("/proc/{pid}/fd"))
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
        .filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect();
    let mut found = Vec::new();
    for table in ["tcp", "tcp6"] {
        let text = std::fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default();
        for fields in text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>()) {
            // Source: proc_pid_net(5): local address, state (0A listens), inode.
            if let [_, local, _, "0A", _, _, _, _, _, inode, ..] = fields[..]
                && own.iter().any(|known| known == inode)
            {
                found.push(local.to_owned());
            }
        }
    }
    found.sort();
    found
}

/// As `/proc` writes an address of this machine.
fn written(address: &str) -> String {
    let port: u16 = address.rsplit(':').next().unwrap().parse().unwrap();
    format!("0100007F:{port:04X}")
}

/// Typed by people, each in a place of its own; found nowhere else.
const TYPED: [&str; 7] =
    ["qzcommandqz", "qznumbersqz", "qzsystemqz", "qzcommentqz", "qzpayqz", "qzhireqz", "qzreasonqz"];
const IN_A_PANIC: &str = "qzpanicqz";

async fn until(holds: impl Fn() -> bool) {
    for _ in 0..100 {
        if holds() {
            return;
        }
        soon().await;
    }
    panic!("it does not come to that");
}

/// It goes the whole way, into the channel.
async fn is_said(site: &Site, typed: &str) {
    let said =
        |state: &State| state.channel("hiring").is_ok_and(|channel| format!("{:?}", channel.messages).contains(typed));
    site.workspace.until(said).await.unwrap();
}

/// People type in every kind of field.
async fn types_everywhere(site: &Site) {
    let [command, numbers, system, comment, pay, hire, reason] = TYPED;
    let (milo, rhea) = (site.workspace.persona("milo"), site.workspace.persona("rhea"));
    milo.types("/scope-backend", "hiring", &format!("{command} ledger for card payments")).await.unwrap();
    opens(&site.workspace, "milo").await;
    milo.fills("What does it do, and what flows through it?", system).await.unwrap();
    milo.fills("Numbers you know", numbers).await.unwrap();
    rhea.presses_in("hiring", "Ask for changes").await.unwrap();
    opens(&site.workspace, "rhea").await;
    rhea.fills("In your words", comment).await.unwrap();
    rhea.submits().await.unwrap();
    for (field, option) in [
        ("What kind of system is it?", "Event pipeline, in real time"),
        ("How fast must it be?", "Under 100 milliseconds"),
        ("How much at a busy moment?", "10,000 to 100,000 a second"),
        ("Which team do they join?", "One or two other backend engineers"),
    ] {
        milo.chooses(field, option).await.unwrap();
    }
    milo.submits().await.unwrap();
    milo.presses("More for recruiters").await.unwrap();
    until(|| milo.stack_depth() == 3).await;
    milo.fills("Pay band", pay).await.unwrap();
    milo.submits().await.unwrap();
    milo.submits().await.unwrap();
    for (button, field, words) in [("Filled", "Who starts?", hire), ("Close without a hire", "Why?", reason)] {
        rhea.presses_in("hiring", button).await.unwrap();
        opens(&site.workspace, "rhea").await;
        rhea.fills(field, words).await.unwrap();
        rhea.submits().await.unwrap();
        is_said(site, words).await;
    }
    is_said(site, comment).await;
    is_said(site, pay).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_its_finest_level_the_program_tells_no_secret_and_keeps_none() {
    let site = Site::new().await;
    // In the middle of it a defect stops a request, and quotes what somebody typed.
    let panics = format!("decided:9:{IN_A_PANIC}");
    let serving = site.starts_with("trace", &[("FAILPOINT", &panics)]).await;
    let mut wanted = vec![written(&site.listen), written(&site.admin)];
    wanted.sort();
    assert_eq!(listens(serving.pid()), wanted, "it listens where it is told to and nowhere else");

    site.workspace.fault(Fault::of_method("users.info", FaultKind::Refused).once());
    site.workspace.fault(Fault::of_method("views.open", FaultKind::AnswerLost).once());
    let time = std::sync::Arc::new(crate::wall::WallTime);
    let stage = Stage::new(&site.workspace, time, std::time::Duration::from_secs(60), 1);
    let story = Story { plot: Plot::Revises, number: 1 };
    play(&stage, story).await;
    let limited = Fault { retry_after: Some(1), ..Fault::of_method("chat.postMessage", FaultKind::RateLimited) };
    site.workspace.fault(limited.once());
    play(&stage, Story { plot: Plot::Presses, number: 2 }).await;
    types_everywhere(&site).await;
    site.signed(b"payload=%7B".to_vec(), super::site::FORM).await;
    site.sent(b"x".to_vec(), super::site::FORM, 1, "v0=no").await;

    let mut told =
        format!("{}\n{}\n{}", site.asks("/metrics").await, site.asks("/readyz").await, site.asks("/healthz").await);
    serving.asked_to_end();
    let end = tokio::task::spawn_blocking(move || serving.ended()).await.unwrap();
    assert!(end.said.lines().any(|line| line.contains("\"TRACE\"") || line.contains("\"DEBUG\"")), "it spoke finely");
    told.push_str(&end.said);
    let kept = bytes_under(&site.folder.path().join("data"));

    let mut secrets = vec![site.workspace.bot_token(), site.workspace.app_token(), site.workspace.signing_secret()];
    let urls = site.workspace.look(|world| world.state.response_urls.keys().cloned().collect::<Vec<_>>());
    assert!(!urls.is_empty());
    secrets.extend(urls);
    let triggers = site.workspace.look(|world| world.state.triggers.keys().cloned().collect::<Vec<_>>());
    for secret in &secrets {
        assert!(!told.contains(secret.as_str()), "a secret was told");
        assert!(!holds(&kept, secret), "a secret is kept");
    }
    for trigger in triggers {
        assert!(!told.contains(&trigger), "a trigger was told");
    }
    // Words of people: at no level at all.
    let (word, another) = (story.word(), Story { plot: Plot::Presses, number: 2 }.word());
    let words = [word.as_str(), another.as_str(), "books card payments", "Demo Manager", IN_A_PANIC];
    for words in words.into_iter().chain(TYPED) {
        let line = told.lines().find(|line| line.contains(words));
        assert_eq!(line, None, "words of people");
    }
    // The defect is told by its place, and in the metrics.
    let panicked: Vec<&str> =
        told.lines().filter(|line| line.contains("a defect: this thread of work stopped")).collect();
    assert!(matches!(panicked[..], [line] if line.contains("failpoint.rs:")), "{panicked:?}");
    assert!(told.contains("a defect stopped the handling"));
}
