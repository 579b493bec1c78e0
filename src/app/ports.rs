//! What the app needs done outside: windows shown, quiet words said, Slack asked who is who. Implemented by the Slack room.

use async_trait::async_trait;

use super::intent::{ReplyTo, Trigger};
use super::screen::Screen;
use crate::domain::document::Document;
use crate::domain::ids::{ChannelId, GroupId, Revision, ScopeId, UserId};
use crate::domain::person::{Channel, Group, Person};
use crate::domain::reconcile::SeenReaction;
use crate::store::Place;

/// Windows and quiet words. At most once each: none of it is repeated, none of it promises anything.
#[async_trait]
pub trait Screens: Send + Sync {
    /// Opens a window.
    async fn open(&self, trigger: &Trigger, screen: &Screen) -> Result<(), ScreenFault>;
    /// Puts a window on top of the one the trigger came from.
    async fn push(&self, trigger: &Trigger, screen: &Screen) -> Result<(), ScreenFault>;
    /// Replaces what a window shows; `hash` refuses it over something newer.
    async fn update(&self, view: &str, hash: Option<&str>, screen: &Screen) -> Result<(), ScreenFault>;
    /// Publishes somebody's Home.
    async fn home(&self, person: &UserId, document: &Document) -> Result<(), ScreenFault>;
    /// The address of a message, where it can be told without asking Slack.
    fn link(&self, place: &Place) -> Option<String>;
    /// Whether there is room now for one more quiet word.
    fn can_whisper(&self) -> bool {
        true
    }
    /// Answers somebody quietly.
    async fn whisper(&self, to: &ReplyTo, document: &Document) -> Result<(), ScreenFault>;
}

/// Why a window was not shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScreenFault {
    /// The trigger is too old or was used: a fresh press is needed.
    #[error("the trigger is gone")]
    TriggerGone,
    /// The window is gone, or something newer stands in it.
    #[error("the window is gone")]
    ViewGone,
    /// Anything else; Slack's own word, or the kind of failure.
    #[error("{0}")]
    Failed(String),
}

/// Who is who, and what stands where.
#[async_trait]
pub trait Registry: Send + Sync {
    /// A person; `None` when Slack knows nobody of that id.
    async fn person(&self, id: &UserId) -> Result<Option<Person>, RegistryFault>;
    /// A user group and its members.
    async fn group(&self, id: &GroupId) -> Result<Option<Group>, RegistryFault>;
    /// A channel; one that Slack does not show is [`crate::domain::person::ChannelState::Gone`].
    async fn channel(&self, id: &ChannelId) -> Result<Channel, RegistryFault>;
    /// A message as Slack shows it now; `None` when there is none at that place any more.
    async fn message(&self, place: &Place) -> Result<Option<SeenMessage>, RegistryFault>;
}

/// A message as Slack shows it now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeenMessage {
    /// For one of the bot's own that stands in a channel by itself and names a scope in its buttons: which, and the
    /// revision they name.
    pub summary_of: Option<(ScopeId, Revision)>,
    /// What is reacted with.
    pub reactions: Vec<SeenReaction>,
}

/// Why Slack did not say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegistryFault {
    /// It will, later.
    #[error("{why}")]
    Later {
        /// Slack's own word, or the kind of failure.
        why: String,
        /// How long it wants to be left alone.
        wait: Option<std::time::Duration>,
    },
    /// It never will (a scope is missing, a plan without user groups).
    #[error("{0}")]
    Never(String),
}

#[cfg(test)]
pub(crate) mod no_windows;
