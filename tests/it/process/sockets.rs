//! A simulated workspace and the program for it, over Socket Mode.

use std::path::Path;
use std::sync::Arc;

use scopebot::run::manifest::manifest;
use scopebot::simulator::{Config, Transport, Workspace};

use super::child::Serving;
use crate::wall::WallTime;

pub async fn workspace() -> Workspace {
    let config = Config { manifest: Some(manifest(None)), transport: Some(Transport::Socket), ..Config::default() };
    Workspace::start(config, Arc::new(WallTime)).await.unwrap()
}

/// Starts the program in a folder, with one variable of the caller's own, and waits until it is connected.
pub async fn serving(workspace: &Workspace, folder: &Path, own: (&str, &str)) -> Serving {
    let (api, bot, app) = (workspace.api_url(), workspace.bot_token(), workspace.app_token());
    let vars = [
        ("SLACK_BOT_TOKEN", bot.as_str()),
        ("SLACK_APP_TOKEN", app.as_str()),
        ("SLACK_API_URL", api.as_str()),
        ("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE"),
        ("SCOPEBOT_APPROVERS", "S0DEMORECR"),
        ("SCOPEBOT_ADMIN_LISTEN", "127.0.0.1:0"),
        own,
    ];
    let serving = Serving::start(folder, &vars);
    workspace.until_connections(1).await.unwrap();
    serving
}
