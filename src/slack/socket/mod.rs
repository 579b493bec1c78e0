//! Slack over Socket Mode: our own receiver.
//!
//! Two connections, opened a little apart, so that one is there while the other is replaced. When Slack warns that it
//! will end one, another is opened first and the old one goes on being read. A connection that hears nothing is given
//! up; what fails is tried again with growing, uneven pauses; what cannot succeed ([`Fatal`]) ends the receiver and says
//! why. A delivery is acknowledged once its handler has answered, never when the answer is [`Ack::NotNow`]: Slack then
//! repeats it. The address of a connection holds a ticket and is never logged.
//!
//! [`Ack::NotNow`]: super::intake::Ack::NotNow

mod backoff;
mod connection;
mod frame;
mod health;
mod keeper;
#[cfg(test)]
mod tests;

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use health::{Fatal, SocketHealth, SocketState};

use self::health::Health;
use self::keeper::Keeper;
use super::api::SlackApi;
use super::intake::Gate;
use crate::ambient::{Clock, Random};

/// At `debug` and `trace` tungstenite logs the address with its ticket, and every message with its words. Cargo.toml caps
/// the `log` facade, which it uses; should the cap go, this does not compile.
const _: () = assert!(log::STATIC_MAX_LEVEL as usize <= log::LevelFilter::Info as usize);

/// Times and numbers, all on the [`Clock`] handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocketSettings {
    /// Connections kept open; Slack allows ten.
    pub connections: u32,
    /// Between the first openings of two connections.
    pub stagger: Duration,
    /// Between two pings of our own.
    pub ping_every: Duration,
    /// How long a connection that Slack said it would end is read on, if Slack does not end it.
    pub linger: Duration,
    /// How long what is in hand has to finish once it is time to stop.
    pub drain: Duration,
}

impl Default for SocketSettings {
    fn default() -> Self {
        SocketSettings {
            connections: 2,
            stagger: Duration::from_secs(5),
            ping_every: Duration::from_secs(10),
            linger: Duration::from_secs(30),
            drain: Duration::from_secs(10),
        }
    }
}

/// Receives until told to stop.
pub struct SocketReceiver {
    api: SlackApi,
    gate: Gate,
    clock: Clock,
    random: Random,
    settings: SocketSettings,
    health: Health,
}

impl SocketReceiver {
    /// Receives by `api`, which holds the app's token (`xapp-…`), and hands on to `gate`.
    pub fn new(api: SlackApi, gate: Gate, clock: Clock, random: Random, settings: SocketSettings) -> Self {
        SocketReceiver { api, gate, clock, random, settings, health: Health::new() }
    }

    /// How it stands.
    pub fn health(&self) -> watch::Receiver<SocketHealth> {
        self.health.watch()
    }

    /// Runs until `stop`: then takes nothing more, finishes what is in hand, sends its acknowledgements, closes and
    /// returns. An error means that trying again cannot help; connections are ended in the same orderly way before.
    pub async fn run(self, stop: CancellationToken) -> Result<(), Fatal> {
        let ending = stop.child_token();
        let (connections, handlers) = (TaskTracker::new(), TaskTracker::new());
        let keeper = Keeper {
            api: self.api,
            gate: self.gate,
            clock: self.clock.clone(),
            random: self.random,
            settings: self.settings,
            health: self.health.clone(),
            stop: ending.clone(),
            connections: connections.clone(),
            handlers: handlers.clone(),
        };
        let mut keepers = JoinSet::new();
        for place in 0..self.settings.connections.max(1) {
            keepers.spawn(keeper.clone().keep(self.settings.stagger.saturating_mul(place)));
        }
        drop(keeper);
        let (mut fatal, mut told) = (None, false);
        loop {
            tokio::select! {
                () = ending.cancelled(), if !told => {
                    told = true;
                    if fatal.is_none() {
                        self.health.enter(SocketState::Stopping);
                    }
                }
                ended = keepers.join_next() => match ended {
                    Some(Ok(Err(why))) => {
                        tracing::error!(why = %why, "Socket Mode ends");
                        self.health.enter(SocketState::Failed(why.clone()));
                        fatal.get_or_insert(why);
                        ending.cancel();
                    }
                    Some(_) => {}
                    None => break,
                },
            }
        }
        connections.close();
        connections.wait().await;
        handlers.close();
        if self.clock.within(self.settings.drain, handlers.wait()).await.is_none() {
            tracing::warn!(left = handlers.len(), "stopped before every handler had finished");
        }
        match fatal {
            None => {
                self.health.enter(SocketState::Stopped);
                Ok(())
            }
            Some(why) => Err(why),
        }
    }
}
