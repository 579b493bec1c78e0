//! Where the transports meet the handlers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::sync::Semaphore;

use super::payload::Inbound;
use crate::ambient::failpoint::{Step, reached};

/// Takes in whatever came, from either transport.
#[async_trait]
pub trait Intake: Send + Sync {
    /// Acts on it and says what to acknowledge it with. Called once a delivery, so a repeat comes again: tell it by
    /// [`Inbound::key`]. Runs on a task of its own, which no lost connection cancels.
    async fn take(&self, inbound: Inbound) -> Ack;

    /// What to say when too much is in hand already: at once, without waiting for anything. A person is best told to try
    /// again; an event is best left unacknowledged, since Slack repeats it.
    fn when_full(&self, inbound: &Inbound) -> Ack {
        let _ = inbound;
        Ack::NotNow
    }
}

/// The answer to a delivery.
#[derive(Debug, Clone, PartialEq)]
pub enum Ack {
    /// Received, nothing more to say.
    Empty,
    /// Received; the body is a message, a `response_action` or options.
    Body(Value),
    /// Not received: 503 over HTTP, silence on the socket. Slack repeats an event.
    NotNow,
}

/// Which way a delivery came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// A signed request.
    Http,
    /// A Socket Mode envelope.
    Socket,
}

impl Transport {
    /// For labels and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Transport::Http => "http",
            Transport::Socket => "socket",
        }
    }
}

/// Guards an intake: no more than so many at once, unknown kinds answered here, panics caught.
#[derive(Clone)]
pub struct Gate {
    intake: Arc<dyn Intake>,
    places: Arc<Semaphore>,
    transport: Transport,
}

/// What the gate says to a delivery.
pub enum Admission {
    /// Acknowledge at once.
    Now(Ack),
    /// Run this, then acknowledge.
    Run(BoxFuture<'static, Ack>),
}

impl Gate {
    /// Lets at most `at_once` deliveries in at the same time.
    pub fn new(intake: Arc<dyn Intake>, at_once: usize, transport: Transport) -> Self {
        Gate { intake, places: Arc::new(Semaphore::new(at_once)), transport }
    }

    /// Admits a delivery, or says why not; never waits.
    pub fn admit(&self, inbound: Inbound) -> Admission {
        let (kind, transport) = (inbound.kind(), self.transport.as_str());
        metrics::counter!("scopebot_inbound_total", "transport" => transport, "kind" => kind).increment(1);
        if let Inbound::Unknown(unknown) = &inbound {
            let lacks = unknown.lacks.as_ref().map(tracing::field::display);
            tracing::info!(inbound.kind = %unknown.kind, inbound.lacks = lacks, transport, "unknown kind acknowledged");
            return Admission::Now(Ack::Empty);
        }
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            metrics::counter!("scopebot_inbound_refused_total", "transport" => transport).increment(1);
            tracing::warn!(inbound.kind = kind, transport, "intake full");
            return Admission::Now(self.intake.when_full(&inbound));
        };
        let intake = self.intake.clone();
        Admission::Run(Box::pin(async move {
            let _place = place;
            // A panic of a handler costs its own delivery and no other.
            let taken = AssertUnwindSafe(async { intake.take(inbound).await }).catch_unwind().await;
            reached(Step::Acknowledging);
            taken.unwrap_or_else(|_panic| {
                metrics::counter!("scopebot_inbound_panics_total", "transport" => transport).increment(1);
                tracing::error!(inbound.kind = kind, transport, "a handler panicked");
                Ack::NotNow
            })
        }))
    }
}
