//! How the connections stand, for readiness, metrics and the operator.

use jiff::Timestamp;
use tokio::sync::watch;

/// A value to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketHealth {
    /// Whether deliveries can come in.
    pub state: SocketState,
    /// Connections of this process that Slack greeted and that are not ended.
    pub open: usize,
    /// When any frame last came, on any connection; Slack's pings count, so that a quiet workspace is no dead one.
    pub last_frame: Option<Timestamp>,
    /// Connections of the app that Slack counted at the last greeting. More than `open`: another process uses the token
    /// and takes a share of what comes in.
    pub num_connections: Option<u64>,
}

/// Whether deliveries can come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketState {
    /// No connection yet, or none any more; being tried again.
    Connecting,
    /// At least one connection.
    Live,
    /// Taking nothing more, finishing what is in hand.
    Stopping,
    /// Ended as asked.
    Stopped,
    /// Ended since trying again cannot help.
    Failed(Fatal),
}

/// Why trying again cannot help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fatal {
    /// Slack refuses the app's token for good, with that code.
    #[error("Slack refuses SLACK_APP_TOKEN ({0}): make a new app-level token with the scope connections:write")]
    Token(String),
    /// Socket Mode is switched off.
    #[error(
        "Socket Mode is switched off: switch it on in the settings of the app, or unset SLACK_APP_TOKEN to use HTTP"
    )]
    Disabled,
}

/// Refusals of `apps.connections.open` that a repeat will meet again.
const FATAL: [&str; 14] = [
    "access_denied",
    "account_inactive",
    "ekm_access_denied",
    "forbidden_team",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "team_access_not_granted",
    "team_disabled",
    "token_expired",
    "token_revoked",
    "user_removed_from_team",
];

impl Fatal {
    /// Whether a refusal with that code is final.
    pub(super) fn of_refusal(error: &str) -> Option<Self> {
        match error {
            "link_disabled" | "socket_mode_disabled" => Some(Fatal::Disabled),
            _ => FATAL.contains(&error).then(|| Fatal::Token(error.to_owned())),
        }
    }
}

/// The writing side.
#[derive(Clone)]
pub(super) struct Health(watch::Sender<SocketHealth>);

impl Health {
    pub(super) fn new() -> Self {
        let first = SocketHealth { state: SocketState::Connecting, open: 0, last_frame: None, num_connections: None };
        Health(watch::Sender::new(first))
    }

    pub(super) fn watch(&self) -> watch::Receiver<SocketHealth> {
        self.0.subscribe()
    }

    pub(super) fn frame(&self, now: Timestamp) {
        self.0.send_modify(|health| health.last_frame = Some(now));
    }

    pub(super) fn greeted(&self, connections: Option<u64>) {
        self.0.send_modify(|health| {
            health.open += 1;
            health.num_connections = connections;
            if health.state == SocketState::Connecting {
                health.state = SocketState::Live;
            }
            metrics::gauge!("scopebot_socket_connections").set(health.open as f64);
            if connections.is_some_and(|counted| counted > health.open as u64) {
                // A connection about to be replaced, or one that Slack has not yet missed, is counted too for a while.
                tracing::info!(
                    open = health.open,
                    counted = connections,
                    "Slack counts more connections than are ours"
                );
            }
        });
    }

    pub(super) fn ended(&self) {
        self.0.send_modify(|health| {
            health.open = health.open.saturating_sub(1);
            if health.open == 0 && health.state == SocketState::Live {
                health.state = SocketState::Connecting;
            }
            metrics::gauge!("scopebot_socket_connections").set(health.open as f64);
        });
    }

    pub(super) fn enter(&self, state: SocketState) {
        self.0.send_modify(|health| health.state = state);
    }
}
