//! What the app and the outbox need of Slack, over the Web API: windows, quiet words, who is who, messages.
//!
//! One value implements all three ports, since they share the client, the words and what is known of direct messages. No
//! call is repeated here: pacing and repeats are the outbox's.

mod mouth;
mod registry;
mod screens;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use registry::person_row;

use tokio::sync::Semaphore;

use crate::ambient::Clock;
use crate::domain::ids::{ChannelId, UserId};
use crate::domain::wording::Words;
use crate::slack::api::{ApiFailure, SlackApi};
use crate::slack::installation::Installation;
use crate::telemetry::{Board, Part, State};

/// Direct messages remembered; Slack is asked again for those forgotten.
const DIRECT_KEPT: usize = 10_000;
/// Quiet words on their way at once.
const WHISPERS: usize = 64;

/// Slack, as the app and the outbox see it.
pub struct Ports {
    api: SlackApi,
    words: Arc<Words>,
    installation: Installation,
    clock: Clock,
    readable: Readable,
    /// The direct message with each person. Slack never changes it, so it is asked for once.
    direct: Mutex<HashMap<UserId, ChannelId>>,
    board: Board,
    /// Quiet words on their way.
    whispers: Semaphore,
}

/// Where the bot may read what was said, by the scopes of its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readable {
    /// In channels, public or private.
    pub channels: bool,
    /// In its direct messages.
    pub direct: bool,
}

impl Readable {
    /// By the scopes that Slack names.
    pub fn of(scopes: &[String]) -> Self {
        let has = |name: &str| scopes.iter().any(|scope| scope == name);
        Readable { channels: has("channels:history") || has("groups:history"), direct: has("im:history") }
    }
}

impl Ports {
    /// Ports over a client with the bot's token.
    pub fn new(api: SlackApi, words: Arc<Words>, installation: Installation, clock: Clock, readable: Readable) -> Self {
        Ports {
            api,
            words,
            installation,
            clock,
            readable,
            direct: Mutex::default(),
            board: Board::default(),
            whispers: Semaphore::new(WHISPERS),
        }
    }

    /// Says on this board whether Slack takes the token; it has just taken it, or there would be no installation.
    #[must_use]
    pub fn reporting(mut self, board: Board) -> Self {
        board.report(Part::Installed, State::Ready);
        self.board = board;
        self
    }

    /// Notes whether Slack took the token of a call.
    fn noted<T>(&self, answer: Result<T, ApiFailure>) -> Result<T, ApiFailure> {
        match &answer {
            Ok(_) => self.board.recovered(Part::Installed),
            Err(refused) if refused.is_token_refused() => {
                self.board.report(Part::Installed, State::NotReady(format!("Slack refuses the token: {refused}")));
            }
            Err(_) => {}
        }
        answer
    }

    fn direct_known(&self, person: &UserId) -> Option<ChannelId> {
        self.direct.lock().unwrap_or_else(PoisonError::into_inner).get(person).cloned()
    }

    fn remember_direct(&self, person: &UserId, channel: &ChannelId) {
        let mut direct = self.direct.lock().unwrap_or_else(PoisonError::into_inner);
        if direct.len() >= DIRECT_KEPT {
            direct.clear();
        }
        direct.insert(person.clone(), channel.clone());
    }
}
