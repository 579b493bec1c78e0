//! A simulated workspace and the settings of a program for it, over HTTP.

use std::net::TcpListener;
use std::sync::Arc;

use scopebot::run::manifest::manifest;
use scopebot::simulator::delivery::signature;
use scopebot::simulator::{Config, Time, Transport, Workspace};

use super::child::Serving;
use crate::wall::{WallTime, soon};

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const JSON: &str = "application/json";

/// Waits until somebody has a window before them.
pub async fn opens(workspace: &Workspace, who: &str) {
    for _ in 0..100 {
        if workspace.persona(who).modal().is_some() {
            return;
        }
        soon().await;
    }
    let newest = workspace.look(|world| world.transcript.newest(15));
    let words: Vec<String> = newest.into_iter().map(|entry| entry.words).collect();
    panic!("{who} has no window:\n{}\n{:?}", words.join("\n"), workspace.persona(who).notes("hiring"));
}

/// Waits until the program runs.
pub async fn runs(mut serving: Serving) -> Serving {
    tokio::task::spawn_blocking(move || {
        serving.until_said("the bot is running");
        serving
    })
    .await
    .unwrap()
}

/// The two of them.
pub struct Site {
    pub workspace: Workspace,
    pub folder: tempfile::TempDir,
    pub listen: String,
    pub admin: String,
    client: reqwest::Client,
}

pub fn free_address() -> String {
    format!("127.0.0.1:{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port())
}

impl Site {
    pub async fn new() -> Site {
        let (listen, admin) = (free_address(), free_address());
        let transport = Some(Transport::RequestUrl(format!("http://{listen}/slack/events")));
        let config = Config { manifest: Some(manifest(None)), transport, ..Config::default() };
        let workspace = Workspace::start(config, Arc::new(WallTime)).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Site { workspace, folder: tempfile::tempdir().unwrap(), listen, admin, client }
    }

    /// Starts the program and waits until it runs.
    pub async fn starts(&self, log: &str) -> Serving {
        self.starts_with(log, &[]).await
    }

    /// With more variables.
    pub async fn starts_with(&self, log: &str, more: &[(&str, &str)]) -> Serving {
        let vars = self.vars(log);
        let own = vars.iter().map(|(name, value)| (*name, value.as_str()));
        let vars: Vec<(&str, &str)> = own.chain(more.iter().copied()).collect();
        runs(Serving::start(self.folder.path(), &vars)).await
    }

    /// The settings of a program here.
    pub fn vars(&self, log: &str) -> Vec<(&'static str, String)> {
        vec![
            ("SLACK_BOT_TOKEN", self.workspace.bot_token()),
            ("SLACK_SIGNING_SECRET", self.workspace.signing_secret()),
            ("SLACK_API_URL", self.workspace.api_url()),
            ("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE".to_owned()),
            ("SCOPEBOT_APPROVERS", "S0DEMORECR".to_owned()),
            ("SCOPEBOT_LISTEN", self.listen.clone()),
            ("SCOPEBOT_ADMIN_LISTEN", self.admin.clone()),
            ("SCOPEBOT_DATA_DIR", "data".to_owned()),
            ("RUST_LOG", log.to_owned()),
        ]
    }

    /// A request, signed as Slack would; status and answer.
    pub async fn signed(&self, body: Vec<u8>, kind: &str) -> (u16, String) {
        let at = WallTime.now().as_second();
        // The simulator signs texts; what is none is signed as its lossy reading and so refused, which is right too.
        let sign = signature(&self.workspace.signing_secret(), at, &String::from_utf8_lossy(&body));
        self.sent(body, kind, at, &sign).await
    }

    pub async fn sent(&self, body: Vec<u8>, kind: &str, at: i64, sign: &str) -> (u16, String) {
        self.tried(body, kind, at, sign).await.unwrap()
    }

    /// The same, where the program may hang up while somebody still sends.
    pub async fn tried(&self, body: Vec<u8>, kind: &str, at: i64, sign: &str) -> Result<(u16, String), reqwest::Error> {
        let answer = self
            .client
            .post(format!("http://{}/slack/events", self.listen))
            .header("content-type", kind)
            .header("x-slack-request-timestamp", at.to_string())
            .header("x-slack-signature", sign)
            .body(body)
            .send()
            .await?;
        let status = answer.status().as_u16();
        Ok((status, answer.text().await.unwrap_or_default()))
    }

    /// What the program says on its own address.
    pub async fn asks(&self, path: &str) -> String {
        self.client.get(format!("http://{}{path}", self.admin)).send().await.unwrap().text().await.unwrap()
    }
}
