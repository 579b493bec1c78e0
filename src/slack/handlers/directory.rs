//! What Slack tells of people, groups and channels: a row where it tells all, else the word that it has to be read again.

use std::collections::BTreeSet;

use super::{Ignored, Read};
use crate::app::intent::{Stale, What};
use crate::domain::ids::{ChannelId, Timestamp};
use crate::domain::person::{self, DirectoryRow};
use crate::slack::installation::Installation;
use crate::slack::payload::{ChannelChange, Group, Membership};

pub(super) fn changed(row: DirectoryRow) -> Read {
    Ok(What::DirectoryChanged(vec![row]))
}

pub(super) fn gone_stale(stale: Stale) -> Read {
    Ok(What::DirectoryStale(stale))
}

/// A group: a disabled one has no members, whatever the list says; without a list it has to be read.
pub(super) fn group(group: &Group, now: Timestamp) -> Read {
    let members = match (&group.users, group.is_disabled) {
        (_, true) => BTreeSet::new(),
        (Some(users), false) => users.iter().cloned().collect(),
        (None, false) => return gone_stale(Stale::Group(group.id.clone())),
    };
    changed(DirectoryRow::Group(person::Group { id: group.id.clone(), members, read_at: now }))
}

/// Who else is in a channel is of no concern; whether the bot is decides if it can post there.
pub(super) fn membership(membership: &Membership, here: &Installation) -> Read {
    if membership.user == here.bot {
        gone_stale(Stale::Channel(membership.channel.clone()))
    } else {
        Err(Ignored::NoConcern)
    }
}

/// A channel changed; what it is now is read. One that became another is read under its new name too, by its own events.
pub(super) fn channel(channel: &ChannelId, _change: &ChannelChange) -> Read {
    gone_stale(Stale::Channel(channel.clone()))
}
