//! What operators see: structured log lines with ids and never typed text, metrics with closed labels, health.
//!
//! The "never" list of logging is in docs/LOGGING.md.

mod admin;
mod busy;
mod health;

use std::io::IsTerminal;

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::TryInitError;
use tracing_subscriber::{fmt, layer::SubscriberExt, util::SubscriberInitExt};

pub use admin::serve_admin;
pub use busy::{Busy, InHand};
pub use health::{Board, Part, State};

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogForm {
    /// One JSON object a line, for collectors.
    Json,
    /// For a person at a terminal.
    Plain,
}

/// Why telemetry cannot start.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The log filter makes no sense.
    #[error("RUST_LOG is not a filter: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// Logging is set up already.
    #[error("logging cannot start: {0}")]
    Logging(#[from] TryInitError),
    /// Metrics are set up already.
    #[error("metrics cannot start: {0}")]
    Metrics(#[from] BuildError),
}

/// Starts logging to standard error; a panic becomes a log line, with its place and without its payload.
pub fn start_logging(filter: &str, form: LogForm) -> Result<(), TelemetryError> {
    let filter = EnvFilter::builder().parse(filter)?;
    let registry = tracing_subscriber::registry().with(filter);
    match form {
        LogForm::Json => {
            registry.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).try_init()?
        }
        LogForm::Plain => {
            // Colours are for eyes: none in a file or a pipe.
            let colours = std::io::stderr().is_terminal();
            let layer = fmt::layer().compact().with_target(false).with_ansi(colours).with_writer(std::io::stderr);
            registry.with(layer).try_init()?
        }
    }
    std::panic::set_hook(Box::new(|panic| {
        // The payload may quote data from outside; the place is enough to find the defect.
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        tracing::error!(panic.place = place, "a defect: this thread of work stopped");
    }));
    Ok(())
}

/// Starts metrics; the handle prints them.
pub fn start_metrics() -> Result<PrometheusHandle, TelemetryError> {
    Ok(PrometheusBuilder::new().install_recorder()?)
}
