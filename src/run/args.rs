//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use url::Url;

/// A Slack bot that runs the scoping conversation for hiring a backend engineer.
#[derive(Debug, Parser)]
#[command(name = "scopebot", version, about)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Run the bot, configured by the environment and .env (see .env.example)
    Serve,
    /// Try everything in a browser: the bot and a simulated workspace in one process, no token, nothing to configure
    #[cfg(feature = "simulator")]
    Demo(DemoArgs),
    /// Say whether a bot with this configuration would work, each failure with its remedy; or look up ids by names
    Check(CheckArgs),
    /// Read statements or role descriptions and say what a good recruiter would say about them
    Coach(CoachArgs),
    /// Run the simulated workspace alone, for any bot
    #[cfg(feature = "simulator")]
    Workspace(WorkspaceArgs),
    /// Write all scopes out, as JSON lines or as Markdown, whether the bot runs or not
    Export(ExportArgs),
    /// Make a backup, whether the bot runs or not
    Backup(BackupArgs),
    /// Make a store from a backup, in a data directory that is empty or not there yet
    Restore(RestoreArgs),
    /// Delete everything of one person: drafts, posted scopes and their messages
    Forget(ForgetArgs),
    /// Send again what was given up: messages that Slack refused, or that did not go through for a day
    Retry,
    /// Print the Slack app manifest, and on standard error why it asks for each scope
    Manifest(ManifestArgs),
}

/// Where the demo runs and what it keeps.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Where the page is served
    #[arg(long, default_value = "127.0.0.1:8765")]
    pub listen: SocketAddr,
    /// Where the workspace and the bot keep their state between runs
    #[arg(long, default_value = "data/demo")]
    pub dir: PathBuf,
    /// Forget the state of earlier runs
    #[arg(long)]
    pub fresh: bool,
    /// How Slack reaches the bot
    #[arg(long, value_enum, default_value = "socket")]
    pub transport: DemoTransport,
}

/// How Slack reaches the bot in the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum DemoTransport {
    /// Socket Mode
    Socket,
    /// Signed HTTP
    Http,
}

/// What to check.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Instead of the check: names whose ids to print, as in '#hiring' @recruiters
    pub names: Vec<String>,
}

/// What the coach reads and how it answers.
#[derive(Debug, clap::Args)]
pub struct CoachArgs {
    /// One statement a line in, one JSON object a line out; the exit code is 0 whatever is found
    #[arg(long)]
    pub json: bool,
    /// A folder whose files replace those of prompts/, file by file
    #[arg(long)]
    pub prompts: Option<PathBuf>,
    /// Files to read; standard input without any
    pub files: Vec<PathBuf>,
}

/// The simulated workspace alone.
#[derive(Debug, clap::Args)]
pub struct WorkspaceArgs {
    /// Where the workspace is served
    #[arg(long, default_value = "127.0.0.1:8765")]
    pub listen: SocketAddr,
    /// Where the bot takes Slack's requests; without it the workspace speaks Socket Mode
    #[arg(long)]
    pub request_url: Option<String>,
    /// The app's manifest, a JSON file; without it every scope, event and command is there
    #[arg(long)]
    pub manifest: Option<PathBuf>,
    /// Where the workspace keeps its state between runs; without it nothing is kept
    #[arg(long)]
    pub dir: Option<PathBuf>,
    /// Print what of Slack it imitates (methods, events, blocks) and what not, and end
    #[arg(long)]
    pub coverage: bool,
}

/// Which manifest.
#[derive(Debug, clap::Args)]
pub struct ManifestArgs {
    /// The address that Slack shall send requests to; without it the manifest is for Socket Mode
    #[arg(long, value_parser = request_url)]
    pub request_url: Option<Url>,
}

fn request_url(text: &str) -> Result<Url, &'static str> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or("give the whole address, as in https://scopebot.example.com/slack/events")
}

/// What is written out, and where to.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// One JSON object a line, or one Markdown page a scope
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ExportFormat,
    /// One scope alone, by its id
    #[arg(long)]
    pub scope: Option<String>,
    /// A folder to write to, made if need be; - for standard output
    #[arg(long, default_value = "-")]
    pub out: PathBuf,
    /// A backup to read instead of the store: its folder, or the one it lies in
    #[arg(long)]
    pub from: Option<PathBuf>,
}

/// How scopes are written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    /// One JSON object a line
    Jsonl,
    /// Markdown to read
    Markdown,
}

/// Where a backup goes.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    /// The folder that backups lie in, made if need be; each gets a folder of its own there, named by its moment
    pub dir: PathBuf,
    /// Keep so many of the newest backups there, and take the others away
    #[arg(long)]
    pub keep: Option<usize>,
}

/// Where a backup is.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The folder of a backup, or the one that backups lie in: then the newest is taken
    pub dir: PathBuf,
}

/// Who is to be forgotten.
#[derive(Debug, clap::Args)]
pub struct ForgetArgs {
    /// The id of the user (U… or W…)
    pub user: String,
}
