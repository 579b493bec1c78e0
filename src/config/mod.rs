//! What the operator decided, read once at start from the environment and `.env` (the environment wins).
//!
//! All problems are reported at once, each with its variable and its remedy. Unknown `SCOPEBOT_…` names are problems
//! too: a misspelt setting must not be ignored. Secrets are [`SecretString`]s and never shown. The table of variables
//! is [`variable::VARIABLES`]; a test holds `.env.example` to it.

mod reading;
pub mod variable;
mod vars;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use crate::domain::policy::Policy;

pub use reading::{access, data_dir, settings};
pub use vars::Vars;

/// Everything the operator decided.
#[derive(Debug)]
pub struct Settings {
    /// How to reach Slack.
    pub slack: Slack,
    /// Who approves, how many, where, for how long.
    pub policy: Policy,
    /// Whether the history of the hiring channel may be read to find a message whose answer was lost.
    pub history: History,
    /// Where the store is.
    pub data_dir: PathBuf,
    /// Memory for pages of the store, in bytes.
    pub cache_bytes: u64,
    /// Where backups go, and when; `None` without any.
    pub backups: Option<Backups>,
    /// Where health and metrics are served.
    pub admin_listen: SocketAddr,
    /// A folder that overrides `prompts/` file by file.
    pub prompts_dir: Option<PathBuf>,
    /// What to log; `tracing`'s filter syntax.
    pub log: String,
}

/// Backups that the bot makes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    /// The folder they lie in.
    pub dir: PathBuf,
    /// The newest may be this old.
    pub every: Duration,
    /// How many are kept.
    pub keep: usize,
}

/// What it takes to ask Slack something, and no more.
#[derive(Debug)]
pub struct Access {
    /// `xoxb-…`.
    pub bot_token: SecretString,
    /// The base of the Web API, with `/api`, without a trailing slash.
    pub api_url: Url,
}

/// How to reach Slack and be reached.
#[derive(Debug)]
pub struct Slack {
    /// `xoxb-…`.
    pub bot_token: SecretString,
    /// The base of the Web API, with `/api`, without a trailing slash.
    pub api_url: Url,
    /// How Slack reaches the bot.
    pub transport: Transport,
}

/// How Slack reaches the bot.
#[derive(Debug)]
pub enum Transport {
    /// Socket Mode, with the app-level token `xapp-…`.
    Socket {
        /// The token.
        app_token: SecretString,
    },
    /// Signed HTTP requests to `/slack/events`.
    Http {
        /// The signing secret: 32 hexadecimal digits.
        signing_secret: SecretString,
        /// Where to listen.
        listen: SocketAddr,
    },
}

/// May the history be read?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// No: the default. The bot then has no scope for it.
    Closed,
    /// Yes.
    Readable,
}

/// One problem of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable}: {problem} {remedy}")]
pub struct Problem {
    /// The variable.
    pub variable: String,
    /// What is wrong, one sentence; never the value of a secret.
    pub problem: String,
    /// What to do, one sentence.
    pub remedy: String,
}

#[cfg(test)]
mod tests {
    use super::variable::VARIABLES;

    #[test]
    fn env_example_names_every_variable_with_its_example_in_order() {
        let example = include_str!("../../.env.example");
        let found: Vec<(&str, &str)> = example
            .lines()
            .map(|line| line.trim_start_matches("# "))
            .filter_map(|line| line.split_once('='))
            .filter(|(name, _)| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
            .collect();
        let wanted: Vec<(&str, &str)> = VARIABLES.iter().map(|variable| (variable.name, variable.example)).collect();
        assert_eq!(found, wanted);
    }
}
