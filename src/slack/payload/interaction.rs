//! What a person does with the bot's surfaces: a command, a press, a submission, a window closed, a shortcut.

use crate::domain::ids::{ChannelId, MessageTs, SlackTime};
use crate::slack::node::Node;

use super::Unreadable;
use super::handles::{Key, ResponseUrl, TriggerId, Typed};
use super::message::Message;
use super::origin::{Origin, Person};
use super::value::FieldValue;
use super::view::{Field, View, fields_in};

/// Slack sends one action a payload; more than a few would be no payload of Slack's.
const MOST_ACTIONS: usize = 50;
/// Likewise the conversations a submission may answer into.
const MOST_RESPONSE_URLS: usize = 50;

/// `/command text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlashCommand {
    /// From which installation.
    pub origin: Origin,
    /// Its key.
    pub key: Key,
    /// Who typed it; the team is the one it was typed in.
    pub person: Person,
    /// Opens a view, for three seconds.
    pub trigger: TriggerId,
    /// With its slash.
    pub command: String,
    /// What follows the command; empty if nothing.
    pub text: Typed,
    /// Where it was typed.
    pub channel: Option<ChannelId>,
    /// Takes a late answer.
    pub response_url: Option<ResponseUrl>,
}

/// One element pressed, chosen, or typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its block.
    pub block: String,
    /// Its element.
    pub action: String,
    /// Slack's name of the kind of element, as in `plain_text_input`.
    pub kind: String,
    /// What it now holds.
    pub value: FieldValue,
    /// When, by Slack's time.
    pub at: Option<SlackTime>,
}

/// On what a person acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On a view.
    View(Box<View>),
    /// On a message.
    Message(PressedMessage),
    /// On something else: an unfurl, a message whose channel or ts Slack left out.
    Elsewhere,
}

/// A message whose element was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PressedMessage {
    /// Its channel.
    pub channel: ChannelId,
    /// Its ts; an ephemeral one has a ts that names nothing.
    pub ts: MessageTs,
    /// The thread it stands in.
    pub thread_ts: Option<MessageTs>,
    /// Only the person sees it.
    pub is_ephemeral: bool,
    /// What its fields hold.
    pub fields: Vec<Field>,
}

/// `block_actions`: elements used on a view or message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockActions {
    /// From which installation.
    pub origin: Origin,
    /// Its key.
    pub key: Key,
    /// Who did it.
    pub person: Person,
    /// Opens a view, for three seconds.
    pub trigger: TriggerId,
    /// On what.
    pub place: Place,
    /// What was used, at least one.
    pub actions: Vec<Action>,
    /// Takes a late answer; none on a view.
    pub response_url: Option<ResponseUrl>,
}

/// `view_submission`: a form sent off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewSubmission {
    /// From which installation.
    pub origin: Origin,
    /// Its key.
    pub key: Key,
    /// Who sent it.
    pub person: Person,
    /// Opens a view, for three seconds.
    pub trigger: TriggerId,
    /// The view with all its values.
    pub view: View,
    /// Where it may answer, for views with a `response_url_enabled` select.
    pub response_urls: Vec<ResponseUrl>,
}

/// `view_closed`. It has no key, since Slack gives it none, and no values: it changes nothing that a repeat would change again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewClosed {
    /// From which installation.
    pub origin: Origin,
    /// Who closed it.
    pub person: Person,
    /// The view, without values.
    pub view: View,
    /// The whole stack went, by its x.
    pub is_cleared: bool,
}

/// `shortcut`: from anywhere in Slack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlobalShortcut {
    /// From which installation.
    pub origin: Origin,
    /// Its key.
    pub key: Key,
    /// Who used it.
    pub person: Person,
    /// Opens a view, for three seconds.
    pub trigger: TriggerId,
    /// The bot's own name for it.
    pub callback_id: String,
    /// When, by Slack's time.
    pub at: Option<SlackTime>,
}

/// `message_action`: a shortcut on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageAction {
    /// From which installation.
    pub origin: Origin,
    /// Its key.
    pub key: Key,
    /// Who used it.
    pub person: Person,
    /// Opens a view, for three seconds.
    pub trigger: TriggerId,
    /// The bot's own name for it.
    pub callback_id: String,
    /// The message.
    pub message: Message,
    /// Takes a late answer.
    pub response_url: Option<ResponseUrl>,
    /// When, by Slack's time.
    pub at: Option<SlackTime>,
}

fn trigger_of(payload: Node<'_>) -> Result<(Key, TriggerId), Unreadable> {
    let trigger: TriggerId = payload.at("trigger_id").parsed().ok_or(Unreadable::Lacks("trigger_id"))?;
    Ok((Key::trigger(&trigger), trigger))
}

impl SlashCommand {
    pub(super) fn of(fields: Node<'_>) -> Result<Self, Unreadable> {
        let (key, trigger) = trigger_of(fields)?;
        Ok(SlashCommand {
            origin: Origin::of_command(fields),
            key,
            person: Person {
                id: fields.at("user_id").parsed().ok_or(Unreadable::Lacks("user_id"))?,
                team: fields.at("team_id").parsed(),
            },
            trigger,
            command: fields.at("command").string().ok_or(Unreadable::Lacks("command"))?,
            text: Typed::new(fields.at("text").string().unwrap_or_default()),
            channel: fields.at("channel_id").parsed(),
            response_url: fields.at("response_url").parsed(),
        })
    }
}

impl Place {
    fn of(payload: Node<'_>) -> Result<Self, Unreadable> {
        if payload.at("view").is_given() {
            return Ok(Place::View(Box::new(View::of(payload.at("view"))?)));
        }
        let (container, message) = (payload.at("container"), payload.at("message"));
        let channel = container.at("channel_id").or(payload.at("channel").at("id")).parsed();
        let ts = container.at("message_ts").or(message.at("ts")).parsed();
        Ok(match (channel, ts) {
            (Some(channel), Some(ts)) => Place::Message(PressedMessage {
                channel,
                ts,
                thread_ts: container.at("thread_ts").or(message.at("thread_ts")).parsed(),
                is_ephemeral: container.at("is_ephemeral").flag(),
                fields: fields_in(payload.at("state")),
            }),
            _ => Place::Elsewhere,
        })
    }
}

impl BlockActions {
    pub(super) fn of(payload: Node<'_>) -> Result<Self, Unreadable> {
        let (key, trigger) = trigger_of(payload)?;
        let actions: Vec<Action> = payload
            .at("actions")
            .list(MOST_ACTIONS)
            .filter_map(|element| {
                Some(Action {
                    block: element.at("block_id").string().unwrap_or_default(),
                    action: element.at("action_id").string()?,
                    kind: element.at("type").string().unwrap_or_default(),
                    value: FieldValue::of(element),
                    at: element.at("action_ts").parsed(),
                })
            })
            .collect();
        if actions.is_empty() {
            return Err(Unreadable::Lacks("actions"));
        }
        Ok(BlockActions {
            origin: Origin::of_interaction(payload),
            key,
            person: Person::of(payload.at("user"))?,
            trigger,
            place: Place::of(payload)?,
            actions,
            response_url: payload.at("response_url").parsed(),
        })
    }
}

impl ViewSubmission {
    pub(super) fn of(payload: Node<'_>) -> Result<Self, Unreadable> {
        let (key, trigger) = trigger_of(payload)?;
        let urls = payload.at("response_urls").list(MOST_RESPONSE_URLS);
        Ok(ViewSubmission {
            origin: Origin::of_interaction(payload),
            key,
            person: Person::of(payload.at("user"))?,
            trigger,
            view: View::of(payload.at("view"))?,
            response_urls: urls.filter_map(|one| one.at("response_url").parsed()).collect(),
        })
    }
}

impl ViewClosed {
    pub(super) fn of(payload: Node<'_>) -> Result<Self, Unreadable> {
        Ok(ViewClosed {
            origin: Origin::of_interaction(payload),
            person: Person::of(payload.at("user"))?,
            view: View::of(payload.at("view"))?,
            is_cleared: payload.at("is_cleared").flag(),
        })
    }
}

impl GlobalShortcut {
    pub(super) fn of(payload: Node<'_>) -> Result<Self, Unreadable> {
        let (key, trigger) = trigger_of(payload)?;
        Ok(GlobalShortcut {
            origin: Origin::of_interaction(payload),
            key,
            person: Person::of(payload.at("user"))?,
            trigger,
            callback_id: payload.at("callback_id").string().unwrap_or_default(),
            at: payload.at("action_ts").parsed(),
        })
    }
}

impl MessageAction {
    pub(super) fn of(payload: Node<'_>) -> Result<Self, Unreadable> {
        let (key, trigger) = trigger_of(payload)?;
        let channel = payload.at("channel").at("id").parsed().ok_or(Unreadable::Lacks("channel.id"))?;
        let ts = payload.at("message_ts").or(payload.at("message").at("ts"));
        Ok(MessageAction {
            origin: Origin::of_interaction(payload),
            key,
            person: Person::of(payload.at("user"))?,
            trigger,
            callback_id: payload.at("callback_id").string().unwrap_or_default(),
            message: Message::of(payload.at("message"), channel, ts)?,
            response_url: payload.at("response_url").parsed(),
            at: payload.at("action_ts").parsed(),
        })
    }
}
