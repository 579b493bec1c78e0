//! A simulated workspace and the settings of a program for it, over HTTP.

use std::net::TcpListener;
use std::sync::Arc;

use scopebot::run::manifest::manifest;
use scopebot::simulator::delivery::signature;
use scopebot::simulator::{Config, Time, Transport, Workspace};

use super::child::Serving;
use crate::wall::WallTime;

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const JSON: &str = "application/json";

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
        let (token, api, secret) =
            (self.workspace.bot_token(), self.workspace.api_url(), self.workspace.signing_secret());
        let vars = [
            ("SLACK_BOT_TOKEN", token.as_str()),
            ("SLACK_SIGNING_SECRET", secret.as_str()),
            ("SLACK_API_URL", api.as_str()),
            ("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE"),
            ("SCOPEBOT_APPROVERS", "S0DEMORECR"),
            ("SCOPEBOT_LISTEN", self.listen.as_str()),
            ("SCOPEBOT_ADMIN_LISTEN", self.admin.as_str()),
            ("SCOPEBOT_DATA_DIR", "data"),
            ("RUST_LOG", log),
        ];
        let mut serving = Serving::start(self.folder.path(), &vars);
        tokio::task::spawn_blocking(move || {
            serving.until_said("the bot is running");
            serving
        })
        .await
        .unwrap()
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
