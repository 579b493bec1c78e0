//! Reading the inner event by its type.

use crate::domain::ids::{ChannelId, SlackTime};
use crate::slack::node::Node;

use super::Unreadable;
use super::event::{ChannelChange, Event, Group, Happening, HomeOpened, HomeTab, MarkedMessage, Membership, Reaction};
use super::handles::Key;
use super::message::{Message, Metadata};
use super::origin::Origin;
use super::user::User;
use super::view::View;

/// The most members of a group that one event can name.
pub(super) const MOST_MEMBERS: usize = 20_000;

/// What reading an event came to.
pub(super) enum Read {
    /// A kind the bot knows.
    Known(Box<Event>),
    /// A kind it does not know, or one that lacks what makes it that kind.
    Strange { kind: String, key: Option<Key>, lacks: Option<Unreadable> },
}

/// Reads an `event_callback`.
pub(super) fn event_of(wrapper: Node<'_>) -> Result<Read, Unreadable> {
    let id = wrapper.at("event_id").text().ok_or(Unreadable::Lacks("event_id"))?;
    let key = Key::event(id).map_err(|_| Unreadable::Lacks("event_id"))?;
    let inner = wrapper.at("event");
    let kind = inner.at("type").text().ok_or(Unreadable::Lacks("event.type"))?;
    let strange = |lacks| Read::Strange { kind: kind.to_owned(), key: Some(key.clone()), lacks };
    Ok(match happening_of(kind, inner) {
        Some(Ok(happening)) => Read::Known(Box::new(Event {
            origin: Origin::of_event(wrapper),
            key: Some(key),
            at: inner.at("event_ts").parsed().or_else(|| {
                let second = u64::try_from(wrapper.at("event_time").whole()?).ok()?;
                Some(SlackTime(second.checked_mul(1_000_000)?))
            }),
            is_ext_shared_channel: wrapper.at("is_ext_shared_channel").flag(),
            happening,
        })),
        Some(Err(lacks)) => strange(Some(lacks)),
        None => strange(None),
    })
}

/// Reads `app_rate_limited`, which stands where the wrapper else is.
pub(super) fn rate_limit_of(outer: Node<'_>) -> Event {
    Event {
        origin: Origin::of_event(outer),
        key: None,
        at: None,
        is_ext_shared_channel: false,
        happening: Happening::AppRateLimited {
            team: outer.at("team_id").parsed(),
            minute: outer.at("minute_rate_limited").whole(),
        },
    }
}

fn happening_of(kind: &str, inner: Node<'_>) -> Option<Result<Happening, Unreadable>> {
    Some(match kind {
        "reaction_added" => reaction_of(inner).map(Happening::ReactionAdded),
        "reaction_removed" => reaction_of(inner).map(Happening::ReactionRemoved),
        "app_home_opened" => home_of(inner).map(Happening::AppHomeOpened),
        "message_metadata_posted" => marked_of(inner, inner.at("metadata")).map(Happening::MetadataPosted),
        "message_metadata_updated" => marked_of(inner, inner.at("metadata")).map(Happening::MetadataUpdated),
        "message_metadata_deleted" => {
            marked_of(inner, inner.at("previous_metadata").or(inner.at("metadata"))).map(Happening::MetadataDeleted)
        }
        "user_change" => User::of(inner.at("user")).map(Happening::UserChanged).ok_or(Unreadable::Lacks("user.id")),
        "subteam_created" => Group::of(inner.at("subteam")).map(Happening::GroupCreated),
        "subteam_updated" => Group::of(inner.at("subteam")).map(Happening::GroupUpdated),
        "subteam_members_changed" => members_of(inner),
        "member_joined_channel" => membership_of(inner).map(Happening::MemberJoined),
        "member_left_channel" => membership_of(inner).map(Happening::MemberLeft),
        "message" => message_of(inner),
        "tokens_revoked" => Ok(Happening::TokensRevoked {
            users: inner.at("tokens").at("oauth").all(MOST_MEMBERS),
            bots: inner.at("tokens").at("bot").all(MOST_MEMBERS),
        }),
        "app_uninstalled" => Ok(Happening::AppUninstalled),
        _ => return channel_change_of(kind, inner),
    })
}

fn channel_change_of(kind: &str, inner: Node<'_>) -> Option<Result<Happening, Unreadable>> {
    let change = match kind {
        "channel_archive" | "group_archive" => ChannelChange::Archived,
        "channel_unarchive" | "group_unarchive" => ChannelChange::Unarchived,
        "channel_deleted" | "group_deleted" => ChannelChange::Deleted,
        "channel_rename" | "group_rename" => ChannelChange::Renamed,
        "channel_left" | "group_left" => ChannelChange::Left,
        "channel_shared" => ChannelChange::Shared,
        "channel_unshared" => ChannelChange::Unshared,
        "channel_convert_to_private" | "channel_convert_to_public" => ChannelChange::Converted,
        "channel_id_changed" => match inner.at("new_channel_id").parsed() {
            Some(new) => ChannelChange::Became(new),
            None => return Some(Err(Unreadable::Lacks("new_channel_id"))),
        },
        _ => return None,
    };
    // A rename carries an object where the others carry an id.
    let channel = inner.at("channel").parsed().or_else(|| inner.at("channel").at("id").parsed());
    let channel = channel.or_else(|| inner.at("old_channel_id").parsed());
    Some(match channel {
        Some(channel) => Ok(Happening::ChannelChanged { channel, change }),
        None => Err(Unreadable::Lacks("channel")),
    })
}

fn reaction_of(inner: Node<'_>) -> Result<Reaction, Unreadable> {
    let item = inner.at("item");
    Ok(Reaction {
        user: inner.at("user").parsed().ok_or(Unreadable::Lacks("user"))?,
        name: inner.at("reaction").string().ok_or(Unreadable::Lacks("reaction"))?,
        // A reaction on a file has neither.
        channel: item.at("channel").parsed().ok_or(Unreadable::Lacks("item.channel"))?,
        ts: item.at("ts").parsed().ok_or(Unreadable::Lacks("item.ts"))?,
        item_user: inner.at("item_user").parsed(),
    })
}

fn home_of(inner: Node<'_>) -> Result<HomeOpened, Unreadable> {
    Ok(HomeOpened {
        user: inner.at("user").parsed().ok_or(Unreadable::Lacks("user"))?,
        channel: inner.at("channel").parsed(),
        tab: match inner.at("tab").text() {
            Some("home") | None => HomeTab::Home,
            Some("messages") => HomeTab::Messages,
            Some(_) => HomeTab::Other,
        },
        view: View::of(inner.at("view")).ok().map(Box::new),
    })
}

fn marked_of(inner: Node<'_>, metadata: Node<'_>) -> Result<MarkedMessage, Unreadable> {
    Ok(MarkedMessage {
        channel: inner.at("channel_id").or(inner.at("channel")).parsed().ok_or(Unreadable::Lacks("channel_id"))?,
        ts: inner.at("message_ts").parsed().ok_or(Unreadable::Lacks("message_ts"))?,
        metadata: Metadata::of(metadata).ok_or(Unreadable::Lacks("metadata"))?,
        user: inner.at("user_id").or(inner.at("user")).parsed(),
        app: inner.at("app_id").string(),
    })
}

fn members_of(inner: Node<'_>) -> Result<Happening, Unreadable> {
    Ok(Happening::GroupMembersChanged {
        group: inner.at("subteam_id").parsed().ok_or(Unreadable::Lacks("subteam_id"))?,
        added: inner.at("added_users").all(MOST_MEMBERS),
        removed: inner.at("removed_users").all(MOST_MEMBERS),
    })
}

fn membership_of(inner: Node<'_>) -> Result<Membership, Unreadable> {
    Ok(Membership {
        user: inner.at("user").parsed().ok_or(Unreadable::Lacks("user"))?,
        channel: inner.at("channel").parsed().ok_or(Unreadable::Lacks("channel"))?,
    })
}

/// A change or a deletion names the message it is about inside; that one is read, under the outer subtype.
fn message_of(inner: Node<'_>) -> Result<Happening, Unreadable> {
    let channel: ChannelId = inner.at("channel").parsed().ok_or(Unreadable::Lacks("channel"))?;
    let subject = match inner.at("subtype").text() {
        Some("message_changed") => inner.at("message"),
        Some("message_deleted") => inner.at("previous_message"),
        _ => inner,
    };
    let ts = inner.at("deleted_ts").or(subject.at("ts"));
    let mut message = Message::of(subject, channel, ts)?;
    message.subtype = inner.at("subtype").string();
    Ok(Happening::MessagePosted(Box::new(message)))
}
