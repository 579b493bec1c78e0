//! From variables to settings, collecting every problem on the way.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use secrecy::SecretString;
use tracing_subscriber::EnvFilter;
use url::Url;

use crate::domain::ids::{ChannelId, GroupId, UserId};
use crate::domain::policy::{Connect, Guests, Policy};

use super::variable::{Unset, VARIABLES, variable_of};
use super::{Access, Backups, History, Problem, Settings, Slack, Transport, Vars};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// The settings, or every problem at once.
pub fn settings(vars: &Vars) -> Result<Settings, Vec<Problem>> {
    let mut reading = Reading { vars, problems: Vec::new() };
    reading.unknown_names();
    let slack = reading.slack();
    let policy = reading.policy();
    let history = if reading.switch("SCOPEBOT_READ_HISTORY") { History::Readable } else { History::Closed };
    let data_dir = reading.text("SCOPEBOT_DATA_DIR").map(PathBuf::from);
    let cache_mb = reading.number("SCOPEBOT_CACHE_MB", 1, 65_536);
    let backups = reading.backups();
    let admin_listen = reading.address("SCOPEBOT_ADMIN_LISTEN");
    let prompts_dir = reading.folder("SCOPEBOT_PROMPTS_DIR");
    let log = reading.parsed::<EnvFilter>("RUST_LOG", "a filter").and(reading.text("RUST_LOG")).map(str::to_owned);
    if vars.value("SCOPEBOT_DATABASE_URL").is_some() {
        reading.problem("SCOPEBOT_DATABASE_URL", "Postgres is not supported by this version.");
    }
    match (slack, policy, data_dir.zip(cache_mb), admin_listen, log) {
        (Some(slack), Some(policy), Some((data_dir, cache_mb)), Some(admin_listen), Some(log))
            if reading.problems.is_empty() =>
        {
            let cache_bytes = u64::from(cache_mb) << 20;
            Ok(Settings { slack, policy, history, data_dir, cache_bytes, backups, admin_listen, prompts_dir, log })
        }
        _ => Err(reading.problems),
    }
}

/// Access to Slack alone, whatever else is missing; or every problem of that.
pub fn access(vars: &Vars) -> Result<Access, Vec<Problem>> {
    let mut reading = Reading { vars, problems: Vec::new() };
    let (bot_token, api_url) = (reading.bot_token(), reading.api_url());
    match (bot_token, api_url) {
        (Some(bot_token), Some(api_url)) => Ok(Access { bot_token, api_url }),
        _ => Err(reading.problems),
    }
}

/// The data directory alone, for commands that need nothing else; or what is wrong with its name.
pub fn data_dir(vars: &Vars) -> Result<PathBuf, Vec<Problem>> {
    let mut reading = Reading { vars, problems: Vec::new() };
    let data_dir = reading.text("SCOPEBOT_DATA_DIR").map(PathBuf::from);
    data_dir.ok_or(reading.problems)
}

/// Whether a text can be a token of this kind.
fn is_token(text: &str, prefix: &str) -> bool {
    text.len() > prefix.len() && text.starts_with(prefix) && text.bytes().all(|b| b.is_ascii_graphic())
}

/// Slack's secrets are 32 hexadecimal digits today; the one in its documentation is not. Refused is a token, or a few letters or words.
fn is_signing_secret(text: &str) -> bool {
    let token = text.starts_with("xox") || text.starts_with("xapp-");
    text.len() >= 16 && !token && text.bytes().all(|b| b.is_ascii_graphic())
}

struct Reading<'a> {
    vars: &'a Vars,
    problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    fn problem(&mut self, name: &str, problem: impl Into<String>) {
        let remedy = variable_of(name).map_or("", |variable| variable.remedy);
        self.problems.push(Problem { variable: name.to_owned(), problem: problem.into(), remedy: remedy.to_owned() });
    }

    fn unknown_names(&mut self) {
        let unknown: Vec<String> = self
            .vars
            .names()
            .filter(|name| name.starts_with("SCOPEBOT_") && variable_of(name).is_none())
            .map(str::to_owned)
            .collect();
        for name in unknown {
            let near = VARIABLES
                .iter()
                .map(|variable| variable.name)
                .min_by_key(|known| strsim::osa_distance(known, &name))
                .unwrap_or_default();
            self.problems.push(Problem {
                variable: name,
                problem: "There is no such setting.".to_owned(),
                remedy: format!("Did you mean {near}? Otherwise take it out."),
            });
        }
    }

    /// The value, or the default; a required one that is missing is a problem.
    fn text(&mut self, name: &'static str) -> Option<&'a str> {
        if let Some(value) = self.vars.value(name) {
            return Some(value);
        }
        match variable_of(name).map(|variable| variable.unset) {
            Some(Unset::Default(default)) => Some(default),
            Some(Unset::Required) => {
                self.problem(name, "It is missing.");
                None
            }
            Some(Unset::Off) | None => None,
        }
    }

    fn parsed<T: FromStr>(&mut self, name: &'static str, wanted: &str) -> Option<T> {
        let text = self.text(name)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(_) => {
                self.problem(name, format!("It is not {wanted}."));
                None
            }
        }
    }

    fn address(&mut self, name: &'static str) -> Option<SocketAddr> {
        self.parsed(name, "an IP address and a port")
    }

    fn number(&mut self, name: &'static str, from: u32, to: u32) -> Option<u32> {
        let number: u32 = self.parsed(name, "a whole number")?;
        if !(from..=to).contains(&number) {
            self.problem(name, format!("It is not between {from} and {to}."));
            return None;
        }
        Some(number)
    }

    fn switch(&mut self, name: &'static str) -> bool {
        match self.text(name) {
            Some("on") => true,
            Some("off") | None => false,
            Some(_) => {
                self.problem(name, "It is neither on nor off.");
                false
            }
        }
    }

    fn folder(&mut self, name: &'static str) -> Option<PathBuf> {
        let folder = PathBuf::from(self.text(name)?);
        if !folder.is_dir() {
            self.problem(name, "There is no such folder.");
            return None;
        }
        Some(folder)
    }

    fn backups(&mut self) -> Option<Backups> {
        let dir = self.text("SCOPEBOT_BACKUP_DIR").map(PathBuf::from);
        let hours = self.number("SCOPEBOT_BACKUP_HOURS", 0, 720)?;
        let keep = self.number("SCOPEBOT_BACKUP_KEEP", 1, 1000)?;
        if hours > 0 && dir.as_deref() == self.text("SCOPEBOT_DATA_DIR").map(Path::new) {
            self.problem("SCOPEBOT_BACKUP_DIR", "It is the data directory.");
        }
        let every = Duration::from_secs(3600) * hours;
        (hours > 0).then_some(Backups { dir: dir?, every, keep: keep as usize })
    }

    fn list(&mut self, name: &'static str) -> Vec<&'a str> {
        let text = self.text(name).unwrap_or_default();
        text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
    }

    fn secret(&mut self, name: &'static str, sound: impl Fn(&str) -> bool) -> Option<SecretString> {
        let text = self.text(name)?;
        if !sound(text) {
            self.problem(name, "It does not look like one.");
            return None;
        }
        Some(SecretString::from(text.to_owned()))
    }

    fn slack(&mut self) -> Option<Slack> {
        let bot_token = self.bot_token();
        let app_set = self.vars.value("SLACK_APP_TOKEN").is_some();
        let app_token = self.secret("SLACK_APP_TOKEN", |text| is_token(text, "xapp-"));
        let signing_set = self.vars.value("SLACK_SIGNING_SECRET").is_some();
        let signing_secret = self.secret("SLACK_SIGNING_SECRET", is_signing_secret);
        let listen = self.address("SCOPEBOT_LISTEN");
        let transport = match (app_set, signing_set) {
            (true, _) => app_token.map(|app_token| Transport::Socket { app_token }),
            (false, true) => {
                signing_secret.zip(listen).map(|(signing_secret, listen)| Transport::Http { signing_secret, listen })
            }
            (false, false) => {
                self.problem(
                    "SLACK_APP_TOKEN",
                    "Neither it nor SLACK_SIGNING_SECRET is set, so Slack cannot reach the bot.",
                );
                None
            }
        };
        let api_url = self.api_url();
        Some(Slack { bot_token: bot_token?, api_url: api_url?, transport: transport? })
    }

    fn bot_token(&mut self) -> Option<SecretString> {
        self.secret("SLACK_BOT_TOKEN", |text| is_token(text, "xoxb-"))
    }

    fn api_url(&mut self) -> Option<Url> {
        let mut url: Url = self.parsed("SLACK_API_URL", "a URL")?;
        let path = url.path().trim_end_matches('/').to_owned();
        let plain = url.scheme() == "http" || url.scheme() == "https";
        if !plain || url.host_str().is_none() || !path.ends_with("/api") {
            self.problem("SLACK_API_URL", "It is not an http or https URL that ends in /api.");
            return None;
        }
        url.set_path(&path);
        Some(url)
    }

    fn policy(&mut self) -> Option<Policy> {
        let mut hiring_channels = Vec::new();
        if self.text("SCOPEBOT_HIRING_CHANNEL").is_some() {
            let items = self.list("SCOPEBOT_HIRING_CHANNEL");
            if items.is_empty() {
                self.problem("SCOPEBOT_HIRING_CHANNEL", "It names no channel.");
            }
            for item in items {
                match ChannelId::parse(item) {
                    Ok(id) if !item.starts_with('D') => hiring_channels.push(id),
                    _ => self.problem("SCOPEBOT_HIRING_CHANNEL", format!("{item:?} is no channel id.")),
                }
            }
        }
        let (mut approvers, mut approver_groups) = (BTreeSet::new(), BTreeSet::new());
        for item in self.list("SCOPEBOT_APPROVERS") {
            match (UserId::parse(item), GroupId::parse(item)) {
                (Ok(id), _) => drop(approvers.insert(id)),
                (_, Ok(id)) => drop(approver_groups.insert(id)),
                _ => self.problem("SCOPEBOT_APPROVERS", format!("{item:?} is neither a user id nor a user group id.")),
            }
        }
        let quorum = self.number("SCOPEBOT_QUORUM", 1, 20);
        if let Some(quorum) = quorum
            && approver_groups.is_empty()
            && !approvers.is_empty()
            && (approvers.len() as u32) < quorum
        {
            self.problem(
                "SCOPEBOT_QUORUM",
                format!("It asks for {quorum}, and SCOPEBOT_APPROVERS names fewer people."),
            );
        }
        let reactions = self.reactions();
        let guests = if self.switch("SCOPEBOT_GUESTS") { Guests::Allowed } else { Guests::Refused };
        let connect = if self.switch("SCOPEBOT_CONNECT_CHANNELS") { Connect::Allowed } else { Connect::Refused };
        let draft_days = self.number("SCOPEBOT_DRAFT_DAYS", 1, 365);
        let reminder_days = self.number("SCOPEBOT_REMINDER_DAYS", 0, 364);
        let closed_days = self.number("SCOPEBOT_CLOSED_DAYS", 0, 3650);
        if let (Some(draft), Some(reminder)) = (draft_days, reminder_days)
            && reminder >= draft
        {
            self.problem("SCOPEBOT_REMINDER_DAYS", "It is not fewer than SCOPEBOT_DRAFT_DAYS.");
        }
        let nudge_days = self.number("SCOPEBOT_NUDGE_DAYS", 0, 60);
        Some(Policy {
            approvers,
            approver_groups,
            quorum: quorum?,
            reactions,
            hiring_channels,
            guests,
            connect,
            draft_life: DAY * draft_days?,
            reminder_before: DAY * reminder_days?,
            nudge_after: nudge_days.map(|days| (days > 0).then_some(DAY * days))?,
            closed_kept: Some(closed_days?).filter(|days| *days > 0).map(|days| DAY * days),
        })
    }

    fn reactions(&mut self) -> BTreeSet<String> {
        let mut reactions = BTreeSet::new();
        for item in self.list("SCOPEBOT_APPROVE_REACTIONS") {
            let sound = item.len() <= 100
                && item.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_+-'".contains(&b));
            if sound {
                reactions.insert(item.to_owned());
            } else {
                self.problem("SCOPEBOT_APPROVE_REACTIONS", format!("{item:?} is no emoji name."));
            }
        }
        reactions
    }
}

#[cfg(test)]
mod tests;
