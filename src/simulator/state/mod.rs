//! The workspace as data: people, groups, channels with their messages, views, the installed app. All of it is `Serialize`, since the
//! workspace is kept between runs as one JSON file; all changes are plain functions on it, given the time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

mod app;
mod cast;
mod channels;
mod disk;
mod messages;
mod people;
mod triggers;
pub mod values;
mod views;

pub use app::{App, Command, EVERY_EVENT, Shortcut, Transport};
pub use cast::first_day;
pub use channels::{Channel, ChannelKind};
pub use disk::{Folder, Unreadable};
pub use messages::{Changed, Message, Reaction, Shown, WithMetadata};
pub use people::{Group, Person, PersonKind, WithEmail};
pub use triggers::{Origin, ResponseUrl, Trigger, TriggerFault};
pub use views::{HowMany, Stack, View, ViewFault, ViewState, Window};

/// Slack's own workspace record, as far as apps see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub id: String,
    pub name: String,
    pub domain: String,
    pub enterprise: String,
}

/// Everything that is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct State {
    pub team: Team,
    pub people: BTreeMap<String, Person>,
    pub groups: BTreeMap<String, Group>,
    pub channels: BTreeMap<String, Channel>,
    pub app: App,
    pub views: BTreeMap<String, View>,
    /// Open modals, by person and window.
    pub stacks: Vec<Stack>,
    /// Published Home views, by person: the id of a view.
    pub homes: BTreeMap<String, String>,
    pub triggers: BTreeMap<String, Trigger>,
    pub response_urls: BTreeMap<String, ResponseUrl>,
    /// Messages to be posted when their time has come.
    pub scheduled: Vec<Scheduled>,
    serial: u64,
    last_ts_micros: i64,
}

/// A message that waits for its time, in seconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scheduled {
    pub channel: String,
    pub at: i64,
    pub message: Message,
}

/// Whatever has no place in the workspace: an id or name that nobody has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no {what} is called {name:?}")]
pub struct Nobody {
    pub what: &'static str,
    pub name: String,
}

impl State {
    /// A new id: prefix and a serial number in Slack's alphabet, so that runs of one order give equal ids.
    pub fn new_id(&mut self, prefix: &str) -> String {
        self.serial += 1;
        let mut rest = self.serial;
        let mut digits = Vec::new();
        while rest > 0 || digits.len() < 8 {
            digits
                .push(char::from_digit(u32::try_from(rest % 36).unwrap_or(0), 36).unwrap_or('0').to_ascii_uppercase());
            rest /= 36;
        }
        format!("{prefix}0{}", digits.iter().rev().collect::<String>())
    }

    /// A message or event time: seconds and microseconds, never the same twice, never going back.
    pub fn next_ts(&mut self, now: Timestamp) -> String {
        self.last_ts_micros = now.as_microsecond().max(self.last_ts_micros + 1);
        ts_of_micros(self.last_ts_micros)
    }

    /// The person of that id or handle, `@` allowed.
    ///
    /// # Errors
    /// [`Nobody`].
    pub fn person(&self, name: &str) -> Result<&Person, Nobody> {
        let bare = name.trim_start_matches('@');
        self.people
            .get(bare)
            .or_else(|| self.people.values().find(|person| person.handle == bare))
            .ok_or_else(|| Nobody { what: "person", name: name.to_owned() })
    }

    /// The channel of that id or name, `#` allowed.
    ///
    /// # Errors
    /// [`Nobody`].
    pub fn channel(&self, name: &str) -> Result<&Channel, Nobody> {
        let bare = name.trim_start_matches('#');
        self.channels
            .get(bare)
            .or_else(|| self.channels.values().find(|channel| channel.name == bare && !channel.is_dm()))
            .ok_or_else(|| Nobody { what: "channel", name: name.to_owned() })
    }

    /// The user group of that id or handle.
    ///
    /// # Errors
    /// [`Nobody`].
    pub fn group(&self, name: &str) -> Result<&Group, Nobody> {
        let bare = name.trim_start_matches('@');
        self.groups
            .get(bare)
            .or_else(|| self.groups.values().find(|group| group.handle == bare))
            .ok_or_else(|| Nobody { what: "user group", name: name.to_owned() })
    }

    /// Puts this app in the place of the installed one; its bot user takes the app's name.
    pub fn adopt(&mut self, app: App) {
        if let Some(bot) = self.people.get_mut(&app.bot_user) {
            bot.name.clone_from(&app.name);
        }
        self.app = app;
    }

    pub fn schedule(&mut self, channel: &str, at: i64, message: Message) {
        self.scheduled.push(Scheduled { channel: channel.to_owned(), at, message });
    }

    /// When the next scheduled message is due.
    #[must_use]
    pub fn next_scheduled(&self) -> Option<Timestamp> {
        self.scheduled.iter().map(|each| each.at).min().and_then(|at| Timestamp::from_second(at).ok())
    }

    /// Takes out what is due.
    pub fn due(&mut self, now: Timestamp) -> Vec<Scheduled> {
        let (due, waiting) =
            std::mem::take(&mut self.scheduled).into_iter().partition(|each| each.at <= now.as_second());
        self.scheduled = waiting;
        due
    }

    /// The app's direct channel with a person, opened if there is none.
    pub fn dm_with(&mut self, person: &str, now: Timestamp) -> String {
        if let Some(found) = self.channels.values().find(|channel| channel.with.as_deref() == Some(person)) {
            return found.id.clone();
        }
        let id = self.new_id("D");
        let channel = Channel::direct(&id, person, &self.app.bot_user, now);
        self.channels.insert(id.clone(), channel);
        id
    }
}

/// `1700000000.000100` as Slack writes times.
#[must_use]
pub fn ts_of_micros(micros: i64) -> String {
    format!("{}.{:06}", micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000))
}

/// The time a `ts` names.
#[must_use]
pub fn time_of_ts(ts: &str) -> Option<Timestamp> {
    let (seconds, micros) = ts.split_once('.')?;
    let micros = seconds.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(micros.parse().ok()?)?;
    Timestamp::from_microsecond(micros).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_messages_never_repeat_and_never_go_back() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let mut state = first_day(now);
        let first = state.next_ts(now);
        let second = state.next_ts(now);
        let third = state.next_ts(Timestamp::from_second(1_600_000_000).unwrap());
        assert_eq!(first, "1700000000.000000");
        assert!(first < second && second < third);
        assert_eq!(time_of_ts(&first), Some(now));
    }

    #[test]
    fn people_and_channels_answer_to_id_and_name() {
        let state = first_day(Timestamp::UNIX_EPOCH);
        assert_eq!(state.person("@mara").unwrap().id, "U0DEMOMARA");
        assert_eq!(state.channel("#hiring").unwrap().id, "C0DEMOHIRE");
        assert!(state.person("nobody").is_err());
    }
}
