//! Serving with limits that `axum::serve` does not have: on headers, on idle connections, on their number.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::ambient::Clock;

/// What a peer may use up.
#[derive(Debug, Clone, Copy)]
pub struct ServeLimits {
    /// Connections at once; more wait to be accepted.
    pub connections: usize,
    /// How long the head of a request may take, and how long a connection may stay idle.
    pub head_time: Duration,
    /// Header fields in a request; more get 431.
    pub headers: usize,
    /// Bytes of the head of a request; more get 431.
    pub head_bytes: usize,
    /// How long requests in hand have to finish once it is time to stop.
    pub drain: Duration,
}

impl Default for ServeLimits {
    fn default() -> Self {
        ServeLimits {
            connections: 2048,
            head_time: Duration::from_secs(30),
            headers: 64,
            head_bytes: 32 * 1024,
            drain: Duration::from_secs(10),
        }
    }
}

/// After a failed accept (usually: no file descriptors left) this long is waited.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// Serves until `stop`; then accepts nothing more, lets requests in hand finish for at most the drain time, and returns.
pub async fn serve(listener: TcpListener, router: Router, limits: ServeLimits, clock: Clock, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            accepted = next(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, place)) => {
                let connection = converse(stream, router.clone(), limits, stop.clone());
                connections.spawn(async move {
                    connection.await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(error = %error.kind(), "a connection could not be accepted");
                tokio::select! {
                    () = stop.cancelled() => break,
                    () = clock.sleep(ACCEPT_PAUSE) => {}
                }
            }
        }
    }
    drop(listener);
    connections.close();
    if clock.within(limits.drain, connections.wait()).await.is_none() {
        tracing::warn!(left = connections.len(), "stopped before every request was answered");
    }
}

async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(|_closed| io::ErrorKind::BrokenPipe)?;
    let (stream, _peer) = listener.accept().await?;
    Ok((stream, place))
}

async fn converse(stream: TcpStream, router: Router, limits: ServeLimits, stop: CancellationToken) {
    let _best_effort = stream.set_nodelay(true);
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_time)
            .max_headers(limits.headers)
            .max_buf_size(limits.head_bytes)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // Peers hang up all the time; the error says how, never what was sent.
        tracing::debug!(timed_out = error.is_timeout(), malformed = error.is_parse(), "a connection ended early");
    }
}
