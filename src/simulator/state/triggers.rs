//! What Slack hands out for a short while: triggers (three seconds, one use) and response addresses (30 minutes, five uses).
//! Source: docs.slack.dev/interactivity/handling-user-interaction.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::State;
use super::views::Window;
use crate::simulator::time::later;

const TRIGGER_LIFE: Duration = Duration::from_secs(3);
const RESPONSE_LIFE: Duration = Duration::from_secs(30 * 60);
const RESPONSE_USES: u32 = 5;

/// What the person did when the trigger was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    Command,
    Message,
    Modal,
    Home,
    Shortcut,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    pub person: String,
    pub window: Window,
    pub origin: Origin,
    made_at_micros: i64,
    used: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TriggerFault {
    Invalid,
    Expired,
    Exchanged,
}

impl TriggerFault {
    /// As Slack spells it. Source: docs.slack.dev/reference/methods/views.open.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            TriggerFault::Invalid => "invalid_trigger_id",
            TriggerFault::Expired => "expired_trigger_id",
            TriggerFault::Exchanged => "exchanged_trigger_id",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseUrl {
    pub channel: String,
    pub person: String,
    /// The message something was pressed on; a slash command has none.
    pub message: Option<String>,
    /// The thread it belongs to.
    pub thread: Option<String>,
    made_at_micros: i64,
    uses: u32,
}

impl Trigger {
    fn made_at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.made_at_micros).unwrap_or(Timestamp::MIN)
    }
}

impl ResponseUrl {
    fn made_at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.made_at_micros).unwrap_or(Timestamp::MIN)
    }
}

impl State {
    pub fn new_trigger(&mut self, person: &str, window: &Window, origin: Origin, now: Timestamp) -> String {
        self.triggers.retain(|_, trigger| now < later(trigger.made_at(), Duration::from_secs(600)));
        self.serial += 1;
        let id = format!("{}.{}.{:032x}", self.serial, self.app.id.len() * 1_000 + 337, self.serial * 0x9E37_79B9);
        self.triggers.insert(
            id.clone(),
            Trigger {
                person: person.to_owned(),
                window: window.clone(),
                origin,
                made_at_micros: now.as_microsecond(),
                used: false,
            },
        );
        id
    }

    /// Uses a trigger up.
    ///
    /// # Errors
    /// Unknown, older than three seconds, or used already.
    pub fn take_trigger(&mut self, id: &str, now: Timestamp) -> Result<Trigger, TriggerFault> {
        let trigger = self.triggers.get_mut(id).ok_or(TriggerFault::Invalid)?;
        if trigger.used {
            return Err(TriggerFault::Exchanged);
        }
        if now > later(trigger.made_at(), TRIGGER_LIFE) {
            return Err(TriggerFault::Expired);
        }
        trigger.used = true;
        Ok(trigger.clone())
    }

    /// A new response address; its path below the base URL.
    pub fn new_response_url(
        &mut self,
        channel: &str,
        person: &str,
        message: Option<&str>,
        thread: Option<&str>,
        now: Timestamp,
    ) -> String {
        self.response_urls.retain(|_, url| now < later(url.made_at(), RESPONSE_LIFE));
        let key = self.new_id("R");
        self.response_urls.insert(
            key.clone(),
            ResponseUrl {
                channel: channel.to_owned(),
                person: person.to_owned(),
                message: message.map(str::to_owned),
                thread: thread.map(str::to_owned),
                made_at_micros: now.as_microsecond(),
                uses: 0,
            },
        );
        format!("/response/{}/{key}", self.team.id)
    }

    /// Counts one use. `Err` holds Slack's words: `used_url` after five uses, `expired_url` after 30 minutes.
    ///
    /// # Errors
    /// See above.
    pub fn take_response_url(&mut self, key: &str, now: Timestamp) -> Result<ResponseUrl, &'static str> {
        let url = self.response_urls.get_mut(key).ok_or("expired_url")?;
        if now > later(url.made_at(), RESPONSE_LIFE) {
            return Err("expired_url");
        }
        if url.uses >= RESPONSE_USES {
            return Err("used_url");
        }
        url.uses += 1;
        Ok(url.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::state::first_day;

    #[test]
    fn a_trigger_serves_once_and_for_three_seconds() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let mut state = first_day(now);
        let one = state.new_trigger("U0DEMOMARA", &Window::default(), Origin::Command, now);
        let two = state.new_trigger("U0DEMOMARA", &Window::default(), Origin::Command, now);
        let edge = later(now, Duration::from_secs(3));
        assert!(state.take_trigger(&one, edge).is_ok());
        assert_eq!(state.take_trigger(&one, edge), Err(TriggerFault::Exchanged));
        assert_eq!(state.take_trigger(&two, later(edge, Duration::from_millis(1))), Err(TriggerFault::Expired));
        assert_eq!(state.take_trigger("nonsense", now), Err(TriggerFault::Invalid));
    }

    #[test]
    fn a_response_address_serves_five_times_within_half_an_hour() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let mut state = first_day(now);
        let path = state.new_response_url("C0DEMOHIRE", "U0DEMOMARA", None, None, now);
        let key = path.rsplit('/').next().unwrap().to_owned();
        for _ in 0..5 {
            assert!(state.take_response_url(&key, now).is_ok());
        }
        assert_eq!(state.take_response_url(&key, now), Err("used_url"));
        let path = state.new_response_url("C0DEMOHIRE", "U0DEMOMARA", None, None, now);
        let key = path.rsplit('/').next().unwrap().to_owned();
        assert_eq!(state.take_response_url(&key, later(now, Duration::from_secs(1801))), Err("expired_url"));
    }
}
