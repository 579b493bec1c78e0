//! Over real loopback connections: what is answered, and what a bad peer can use up.

mod answers;
mod limits;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Response;
use secrecy::SecretString;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{HttpEdge, ServeLimits, serve};
use crate::ambient::TestClock;
use crate::slack::intake::{Gate, Intake, Transport};
use crate::slack::signature::Verifier;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const NOW: i64 = 1_700_000_000;

/// A served edge.
struct Served {
    address: std::net::SocketAddr,
    clock: TestClock,
    edge: HttpEdge,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    client: reqwest::Client,
}

fn verifier() -> Verifier {
    Verifier::new(SecretString::from("signing-secret"))
}

impl Served {
    async fn with(intake: Arc<dyn Intake>, at_once: usize, limits: ServeLimits) -> Self {
        let clock = TestClock::at(Timestamp::from_second(NOW).unwrap());
        let edge = HttpEdge::new(verifier(), Gate::new(intake, at_once, Transport::Http), clock.clock());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let serving = tokio::spawn(serve(listener, edge.router(), limits, clock.clock(), stop.clone()));
        let _already = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        Served { address, clock, edge, stop, serving, client }
    }

    async fn new(intake: Arc<dyn Intake>) -> Self {
        Self::with(intake, 16, ServeLimits::default()).await
    }

    fn url(&self) -> String {
        format!("http://{}/slack/events", self.address)
    }

    /// A request as Slack would send it.
    fn signed(&self, content_type: &str, body: impl Into<Vec<u8>>) -> reqwest::RequestBuilder {
        let body = body.into();
        let timestamp = NOW.to_string();
        let signature = verifier().signature(&timestamp, &body);
        self.unsigned(content_type, body)
            .header("x-slack-request-timestamp", timestamp)
            .header("x-slack-signature", signature)
    }

    fn unsigned(&self, content_type: &str, body: impl Into<Vec<u8>>) -> reqwest::RequestBuilder {
        self.client.post(self.url()).header("content-type", content_type).body(body.into())
    }
}

async fn said(response: Response) -> (u16, String) {
    (response.status().as_u16(), response.text().await.unwrap())
}
