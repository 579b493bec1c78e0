//! `scopebot check`: whether a bot with this configuration would work, as a table with a remedy for each failure.
//! It changes nothing, neither here nor in Slack.

mod machine;
mod names;
mod people;
mod report;
mod workspace;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use crate::ambient::Clock;
use crate::config::{Settings, Transport, Vars, access, settings};
use crate::domain::wording::Words;
use crate::slack::api::{ApiFailure, SlackApi};
use crate::slack::installation::Installation;
use crate::slack::ports::{Ports, Readable};

use super::args::CheckArgs;
use super::{End, serve};

pub use machine::LEAST_FREE;
pub use report::{Finding, Report, Row};

/// Checks what `folder` and the environment say, or looks names up, and prints what it finds.
pub(super) async fn run(folder: &Path, args: CheckArgs) -> End {
    let vars = match Vars::of_process(folder) {
        Ok(vars) => vars,
        Err(problem) => return serve::said(&[problem]),
    };
    if !args.names.is_empty() {
        return match access(&vars) {
            Ok(access) => names::look_up(&access, &args.names).await,
            Err(problems) => serve::said(&problems),
        };
    }
    let settings = match settings(&vars) {
        Ok(settings) => settings,
        Err(problems) => return serve::said(&problems),
    };
    let Some(prompts) = serve::prompts(settings.prompts_dir.as_deref()) else { return End::Usage };
    let mut report = check(&settings, &Arc::new(prompts.words), &Clock::system()).await;
    machine::privacy(&mut report, ".env", &folder.join(".env"), "chmod 600");
    // Whoever reads no further, as `head` does, misses nothing that the exit code does not say.
    let _ = writeln!(std::io::stdout(), "{report}");
    if report.failures() == 0 { End::Well } else { End::Failed }
}

/// Looks at everything that these settings name.
pub async fn check(settings: &Settings, words: &Arc<Words>, clock: &Clock) -> Report {
    let mut report = Report::default();
    report.fine("configuration", "every setting makes sense");
    slack(&mut report, settings, words, clock).await;
    let running = machine::data_dir(&mut report, &settings.data_dir);
    if settings.data_dir.is_dir() {
        machine::privacy(&mut report, "data directory", &settings.data_dir, "chmod 700");
    }
    machine::disk(&mut report, &settings.data_dir, LEAST_FREE);
    machine::backups(&mut report, settings.backups.as_ref());
    if let Transport::Http { listen, .. } = &settings.slack.transport {
        machine::address(&mut report, "requests", "SCOPEBOT_LISTEN", *listen, running).await;
    }
    let (name, variable) = ("health and metrics", "SCOPEBOT_ADMIN_LISTEN");
    machine::address(&mut report, name, variable, settings.admin_listen, running).await;
    report
}

async fn slack(report: &mut Report, settings: &Settings, words: &Arc<Words>, clock: &Clock) {
    const NAME: &str = "bot token";
    let api = match SlackApi::new(settings.slack.api_url.as_str(), &settings.slack.bot_token) {
        Ok(api) => api,
        Err(fault) => return report.failed(NAME, fault.to_string(), "Check SLACK_API_URL and SLACK_BOT_TOKEN."),
    };
    let identity = match api.auth_test().await {
        Ok(identity) => identity,
        Err(failure) => {
            let remedy = match &failure {
                ApiFailure::Refused(_) => {
                    "Copy the Bot User OAuth Token again (OAuth & Permissions), or install the app in the workspace."
                }
                _ => "Check the network, HTTPS_PROXY and SLACK_API_URL from this machine, and Slack's status page.",
            };
            return report.failed(NAME, format!("Slack does not accept it: {failure}"), remedy);
        }
    };
    let Some(installation) = Installation::of(&identity) else {
        return report.failed(NAME, "Slack does not say which workspace it is for", "Check SLACK_API_URL.");
    };
    let address = identity.url.as_deref().unwrap_or("a workspace without an address");
    report.fine(NAME, format!("{} in {address} ({})", identity.user, installation.home));
    workspace::app(report, settings, &api, &identity).await;
    workspace::scopes(report, settings, &identity);
    workspace::skew(report, identity.said_at, clock.now());
    let channels = workspace::channels(report, settings, &api).await;
    let ports = Ports::new(api.clone(), Arc::clone(words), installation, clock.clone(), Readable::default());
    people::approvers(report, settings, &api, &ports, &channels).await;
}
