//! Rows of the directory.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::ids::{ChannelId, GroupId, Timestamp, UserId};
use crate::domain::person::{Channel, ChannelState, Group, Person, PersonKind, Preference, Reminders};

use super::spelt::{spelt, unspelt};
use super::{Record, Spelt};

/// A [`Person`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonRecord {
    kind: Spelt<PersonKind>,
    read_at: Spelt<Timestamp>,
}

impl Record for PersonRecord {
    const KIND: &'static str = "person";
    const SCHEMA: u16 = 1;
}

impl PersonRecord {
    /// The stored form.
    pub fn into_record(person: &Person) -> Self {
        PersonRecord { kind: Spelt(person.kind), read_at: Spelt(person.read_at) }
    }
    /// The person; the id is that of the key.
    pub fn from_record(record: Self, id: UserId) -> Person {
        Person { id, kind: record.kind.0, read_at: record.read_at.0 }
    }
}

/// A [`Group`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRecord {
    members: BTreeSet<Spelt<UserId>>,
    read_at: Spelt<Timestamp>,
}

impl Record for GroupRecord {
    const KIND: &'static str = "group";
    const SCHEMA: u16 = 1;
    /// Room for 20,000 members, [`crate::domain::person::MEMBERS_KEPT`].
    const PARTS: usize = 56;
}

impl GroupRecord {
    /// The stored form.
    pub fn into_record(group: &Group) -> Self {
        GroupRecord { members: spelt(group.members.iter().cloned()), read_at: Spelt(group.read_at) }
    }
    /// The group; the id is that of the key.
    pub fn from_record(record: Self, id: GroupId) -> Group {
        Group { id, members: unspelt(record.members), read_at: record.read_at.0 }
    }
}

/// A [`Channel`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelRecord {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    state: Spelt<ChannelState>,
    shared: bool,
    read_at: Spelt<Timestamp>,
}

impl Record for ChannelRecord {
    const KIND: &'static str = "channel";
    const SCHEMA: u16 = 1;
}

impl ChannelRecord {
    /// The stored form.
    pub fn into_record(channel: &Channel) -> Self {
        ChannelRecord {
            name: channel.name.clone(),
            state: Spelt(channel.state),
            shared: channel.shared,
            read_at: Spelt(channel.read_at),
        }
    }
    /// The channel; the id is that of the key.
    pub fn from_record(record: Self, id: ChannelId) -> Channel {
        Channel { id, name: record.name, state: record.state.0, shared: record.shared, read_at: record.read_at.0 }
    }
}

/// A [`Preference`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreferenceRecord {
    reminders: Spelt<Reminders>,
    read_at: Spelt<Timestamp>,
}

impl Record for PreferenceRecord {
    const KIND: &'static str = "preference";
    const SCHEMA: u16 = 1;
}

impl PreferenceRecord {
    /// The stored form.
    pub fn into_record(preference: &Preference) -> Self {
        PreferenceRecord { reminders: Spelt(preference.reminders), read_at: Spelt(preference.read_at) }
    }
    /// What they wish; the id is that of the key.
    pub fn from_record(record: Self, id: UserId) -> Preference {
        Preference { id, reminders: record.reminders.0, read_at: record.read_at.0 }
    }
}

/// Only the moment of reading, read past the rest of any directory row.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadAt {
    read_at: Spelt<Timestamp>,
}

impl Record for ReadAt {
    const KIND: &'static str = "directory row";
    const SCHEMA: u16 = 1;
    const PARTS: usize = GroupRecord::PARTS;
}

impl ReadAt {
    /// When Slack was asked.
    pub fn at(&self) -> Timestamp {
        self.read_at.0
    }
}
