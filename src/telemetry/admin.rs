//! `/healthz`, `/readyz`, `/metrics` on their own address, apart from what Slack reaches.

use axum::extract::State as Shared;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::health::{Board, State};

#[derive(Clone)]
struct Admin {
    board: Board,
    metrics: PrometheusHandle,
}

/// Serves until it is stopped.
pub async fn serve_admin(
    listener: TcpListener,
    board: Board,
    metrics: PrometheusHandle,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let router = Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(printed))
        .with_state(Admin { board, metrics });
    axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await
}

async fn ready(Shared(admin): Shared<Admin>) -> Response {
    let mut parts: serde_json::Map<String, serde_json::Value> = admin
        .board
        .parts()
        .into_iter()
        .map(|(part, state)| {
            let said = match state {
                State::Ready => "ready".to_owned(),
                State::NotReady(why) => why,
            };
            (part.key().to_owned(), said.into())
        })
        .collect();
    let notes: serde_json::Map<String, serde_json::Value> =
        admin.board.notes().into_iter().map(|(part, note)| (part.key().to_owned(), note.into())).collect();
    if !notes.is_empty() {
        parts.insert("notes".to_owned(), notes.into());
    }
    let status = if admin.board.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(parts)).into_response()
}

async fn printed(Shared(admin): Shared<Admin>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], admin.metrics.render()).into_response()
}
