//! Keeps one connection open: opens it, replaces it when Slack warns, and waits longer each time it fails.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::SocketSettings;
use super::backoff::Backoff;
use super::connection::{Connection, End, fault};
use super::health::{Fatal, Health};
use crate::ambient::{Clock, Random};
use crate::slack::api::{ApiFailure, SlackApi};
use crate::slack::intake::Gate;

/// The largest message of Slack's that is read.
const MESSAGE_LIMIT: usize = 4 * 1024 * 1024;
/// How long a connection may take to come about.
const CONNECT_TIME: Duration = Duration::from_secs(8);
/// A connection that lived this long was a good one: the next follows at once.
const SETTLED_AFTER: Duration = Duration::from_secs(30);

/// What all keepers of a receiver share.
#[derive(Clone)]
pub(super) struct Keeper {
    pub(super) api: SlackApi,
    pub(super) gate: Gate,
    pub(super) clock: Clock,
    pub(super) random: Random,
    pub(super) settings: SocketSettings,
    pub(super) health: Health,
    pub(super) stop: CancellationToken,
    pub(super) connections: TaskTracker,
    pub(super) handlers: TaskTracker,
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Why no connection came about.
enum OpenFault {
    Fatal(Fatal),
    /// Try again, not before this.
    Later(Duration),
}

impl Keeper {
    /// Keeps a connection until told to stop, or until trying again cannot help. Its last connection may outlive it, on
    /// the tracker.
    pub(super) async fn keep(self, first_after: Duration) -> Result<(), Fatal> {
        let mut backoff = Backoff::default();
        let mut pause = first_after;
        loop {
            if self.stop.run_until_cancelled(self.clock.sleep(pause)).await.is_none() {
                return Ok(());
            }
            let socket = match self.stop.run_until_cancelled(self.open()).await {
                None => return Ok(()),
                Some(Ok(socket)) => socket,
                Some(Err(OpenFault::Fatal(fatal))) => return Err(fatal),
                Some(Err(OpenFault::Later(at_least))) => {
                    pause = backoff.after_failure(self.random.fraction()).max(at_least);
                    tracing::info!(socket.pause_ms = pause.as_millis() as u64, "no connection, trying again");
                    continue;
                }
            };
            let began = self.clock.now();
            let end = self.until_replaced(socket).await;
            if self.stop.is_cancelled() || end == Some(End::Stopped) {
                return Ok(());
            }
            if end == Some(End::Disabled) {
                return Err(Fatal::Disabled);
            }
            let lived = Duration::try_from(self.clock.now().duration_since(began)).unwrap_or_default();
            // A warning, or an end after a good while, is ordinary. What ends young is not met with haste.
            let failed = matches!(end, Some(End::TooMany | End::Mute));
            pause = if lived >= SETTLED_AFTER && !failed {
                backoff.reset();
                Duration::ZERO
            } else {
                backoff.after_failure(self.random.fraction())
            };
        }
    }

    /// Runs a connection until it ended, or, with `None`, until Slack said that it will: then it goes on beside the next.
    async fn until_replaced(&self, socket: Socket) -> Option<End> {
        let leaving = CancellationToken::new();
        let connection = Connection {
            gate: self.gate.clone(),
            clock: self.clock.clone(),
            settings: self.settings,
            health: self.health.clone(),
            stop: self.stop.clone(),
            leaving: leaving.clone(),
            handlers: self.handlers.clone(),
        };
        let running = self.connections.spawn(connection.run(socket));
        tokio::select! {
            biased;
            ended = running => Some(ended.unwrap_or(End::Lost)),
            () = leaving.cancelled() => None,
        }
    }

    async fn open(&self) -> Result<Socket, OpenFault> {
        let address = self.api.apps_connections_open().await.map_err(|failure| match failure {
            ApiFailure::RateLimited { retry_after } => OpenFault::Later(retry_after),
            ApiFailure::Refused(refusal) => match Fatal::of_refusal(&refusal.error) {
                Some(fatal) => OpenFault::Fatal(fatal),
                None => {
                    tracing::error!(error = %refusal.error, "Slack gives no connection");
                    OpenFault::Later(Duration::ZERO)
                }
            },
            _ => OpenFault::Later(Duration::ZERO),
        })?;
        match self.clock.within(CONNECT_TIME, self.connect(&address)).await {
            Some(Some(socket)) => Ok(socket),
            Some(None) => Err(OpenFault::Later(Duration::ZERO)),
            None => {
                tracing::info!("a connection took too long to come about");
                Err(OpenFault::Later(Duration::ZERO))
            }
        }
    }

    async fn connect(&self, address: &SecretString) -> Option<Socket> {
        let address = address.expose_secret();
        let plain_beside_plain = self.api.is_plain() && address.starts_with("ws://");
        if !plain_beside_plain && !address.starts_with("wss://") {
            tracing::error!("the address for the connection is not encrypted, so it is not used");
            return None;
        }
        let config =
            WebSocketConfig::default().max_message_size(Some(MESSAGE_LIMIT)).max_frame_size(Some(MESSAGE_LIMIT));
        let request = address.into_client_request().ok()?;
        match connect_async_with_config(request, Some(config), true).await {
            Ok((socket, _response)) => Some(socket),
            Err(error) => {
                tracing::info!(socket.fault = fault(&error), "no connection came about");
                None
            }
        }
    }
}
