//! Identifiers: each its own type, none of them a claim to authority.
//!
//! `parse` may refuse what came from outside; `new` wraps what is already known to be sound. The
//! shapes are Slack's own (`U…`, `C…`, `1700000000.000100`); a [`ScopeId`] is a ULID in text form.

use std::fmt;
use std::str::FromStr;

/// A moment in absolute time.
pub use jiff::Timestamp;

/// Why a text is no identifier of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not {wanted}")]
pub struct IdFault {
    /// What was wanted, in words ("a Slack user id").
    pub wanted: &'static str,
}

macro_rules! slack_id {
    ($(#[$doc:meta])* $name:ident, $wanted:literal, $($prefix:literal)|+) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Accepts Slack's spelling only: a known first letter, then capitals and digits, 32 at most.
            pub fn parse(text: &str) -> Result<Self, IdFault> {
                let sound = text.len() >= 2
                    && text.len() <= 32
                    && text.starts_with([$($prefix),+])
                    && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
                if sound { Ok(Self(text.to_owned())) } else { Err(IdFault { wanted: $wanted }) }
            }
            /// The id as Slack spells it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl FromStr for $name {
            type Err = IdFault;
            fn from_str(text: &str) -> Result<Self, IdFault> {
                Self::parse(text)
            }
        }
    };
}

slack_id!(/// A person or bot user.
    UserId, "a Slack user id (U… or W…)", 'U' | 'W');
slack_id!(/// A user group.
    GroupId, "a Slack user group id (S…)", 'S');
slack_id!(/// A channel, private channel or direct message.
    ChannelId, "a Slack channel id (C…, G… or D…)", 'C' | 'G' | 'D');
slack_id!(/// A workspace.
    TeamId, "a Slack workspace id (T…)", 'T');
slack_id!(/// An Enterprise Grid organisation.
    EnterpriseId, "a Slack enterprise id (E…)", 'E');

/// The installation a thing belongs to: the first part of every key in the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// Installed in one workspace.
    Team(TeamId),
    /// Installed for a whole organisation; payloads then carry `team: null`.
    Enterprise(EnterpriseId),
}

impl Home {
    /// The id as Slack spells it, `T…` or `E…`.
    pub fn as_str(&self) -> &str {
        match self {
            Home::Team(id) => id.as_str(),
            Home::Enterprise(id) => id.as_str(),
        }
    }
    /// Reads what [`Home::as_str`] wrote.
    pub fn parse(text: &str) -> Result<Self, IdFault> {
        if text.starts_with('E') {
            EnterpriseId::parse(text).map(Home::Enterprise)
        } else {
            TeamId::parse(text).map(Home::Team)
        }
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A scope: a ULID as 26 characters of Crockford's alphabet, sortable by the time it was made.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(String);

impl ScopeId {
    /// Accepts the canonical upper-case form only.
    pub fn parse(text: &str) -> Result<Self, IdFault> {
        let sound = text.len() == 26 && text.bytes().all(|b| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&b));
        if sound { Ok(Self(text.to_owned())) } else { Err(IdFault { wanted: "a scope id" }) }
    }
    /// Wraps a canonical ULID just made (`crate::ambient::Random::ulid`).
    pub(crate) fn new(ulid: String) -> Self {
        Self(ulid)
    }
    /// The 26 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ScopeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for ScopeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Slack's own time, in microseconds since 1970: `action_ts`, `event_ts` and message `ts` alike.
///
/// Only ever compared with another of Slack's, so that the bot's clock never decides an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SlackTime(pub u64);

impl SlackTime {
    /// Reads `seconds.micros`, as in `1700000000.000100`; up to six decimals, fewer are padded.
    pub fn parse(text: &str) -> Result<Self, IdFault> {
        let fault = IdFault { wanted: "a Slack timestamp (seconds.micros)" };
        let (seconds, micros) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if seconds.is_empty() || seconds.len() > 11 || micros.len() > 6 || !digits(seconds) || !digits(micros) {
            return Err(fault);
        }
        let whole: u64 = seconds.parse().map_err(|_| fault.clone())?;
        let part: u64 = format!("{micros:0<6}").parse().map_err(|_| fault)?;
        Ok(SlackTime(whole * 1_000_000 + part))
    }
    /// As absolute time, to be shown.
    pub fn timestamp(self) -> Timestamp {
        i64::try_from(self.0).ok().and_then(|micros| Timestamp::from_microsecond(micros).ok()).unwrap_or(Timestamp::MAX)
    }
    /// The bot's own time in the same measure, for what carries no time of Slack's (a submission is stamped on arrival).
    pub fn of(now: Timestamp) -> Self {
        SlackTime(u64::try_from(now.as_microsecond()).unwrap_or(0))
    }
}

impl FromStr for SlackTime {
    type Err = IdFault;
    fn from_str(text: &str) -> Result<Self, IdFault> {
        Self::parse(text)
    }
}

impl fmt::Display for SlackTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

/// The `ts` of a message: its name within a channel, kept as Slack wrote it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageTs(String);

impl MessageTs {
    /// Accepts what [`SlackTime::parse`] can read.
    pub fn parse(text: &str) -> Result<Self, IdFault> {
        SlackTime::parse(text).map(|_| MessageTs(text.to_owned()))
    }
    /// As Slack wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// When Slack made the message.
    pub fn time(&self) -> SlackTime {
        SlackTime::parse(&self.0).unwrap_or_default()
    }
}

impl FromStr for MessageTs {
    type Err = IdFault;
    fn from_str(text: &str) -> Result<Self, IdFault> {
        Self::parse(text)
    }
}

impl fmt::Display for MessageTs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for MessageTs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Counts the commits of one scope; a write names the version it is based on. 0 means "not stored yet".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Version(pub u64);

/// Counts the posted forms of one scope, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u32);

impl Revision {
    /// What a scope is posted as first.
    pub const FIRST: Revision = Revision(1);
    /// The one after.
    pub fn next(self) -> Revision {
        Revision(self.0.saturating_add(1))
    }
}

/// One opened window (modal) on a draft, so that two windows of one person do not fight.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WindowId(String);

impl WindowId {
    /// Accepts 1 to 32 letters and digits.
    pub fn parse(text: &str) -> Result<Self, IdFault> {
        let sound = (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if sound { Ok(Self(text.to_owned())) } else { Err(IdFault { wanted: "a window id" }) }
    }
    /// Wraps an id just made (`crate::ambient::Random::window_id`).
    pub(crate) fn new(id: String) -> Self {
        Self(id)
    }
    /// As made.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
