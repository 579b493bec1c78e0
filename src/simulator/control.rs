//! The control surface: plain HTTP and JSON under `/sim/…`, the same actions as the page. Its shapes: docs/simulator.md.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, Request, State};
use axum::middleware::Next;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream::{Stream, unfold};
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::{Value, json};

use super::actions::{Done, Refused, read_order, shown};
use super::coverage;
use super::engine::Engine;
use super::look::{self, Around};
use super::state::{Person, Window};

/// All routes under `/sim`.
pub fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/sim/state", get(state))
        .route("/sim/thread", get(thread))
        .route("/sim/events", get(events))
        .route("/sim/act", post(act))
        .route("/sim/transcript", get(transcript))
        .route("/sim/faults", get(faults))
        .route("/sim/coverage", get(coverage_table))
        .route("/sim/app", get(app))
        .route("/sim/quiet", get(quiet))
        .route("/sim/state.json", get(whole))
}

/// Refuses what a foreign web page sends to this machine's loopback address: another origin, or a name that is not this address.
pub async fn only_from_here(headers: HeaderMap, request: Request, next: Next) -> Response {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    let foreign_origin =
        text(header::ORIGIN).is_some_and(|origin| origin.split_once("://").is_none_or(|(_, rest)| rest != host));
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok();
    if foreign_origin || !(is_address || name == "localhost") {
        return (StatusCode::FORBIDDEN, "only from the page of this workspace").into_response();
    }
    next.run(request).await
}

#[derive(Debug, Deserialize)]
struct Viewer {
    persona: Option<String>,
    #[serde(default)]
    window: Window,
    channel: Option<String>,
    ts: Option<String>,
}

fn refused(refused: Refused) -> Response {
    (StatusCode::BAD_REQUEST, axum::Json(shown(&Err(refused)))).into_response()
}

fn around(engine: &Engine) -> Around {
    Around {
        version: engine.version(),
        clock: engine.now().to_string(),
        by_hand: engine.time().is_by_hand(),
        connections: engine.sockets.connections(),
        in_flight: engine.in_flight(),
    }
}

fn viewer(engine: &Engine, name: Option<&str>) -> Result<Person, Refused> {
    engine.look(|world| Ok(world.state.person(name.unwrap_or("mara"))?.clone()))
}

async fn state(State(engine): State<Arc<Engine>>, Query(query): Query<Viewer>) -> Response {
    let around = around(&engine);
    match viewer(&engine, query.persona.as_deref()) {
        Ok(person) => {
            let state =
                engine.look(|world| look::state_for(world, &around, &person, &query.window, query.channel.as_deref()));
            axum::Json(state).into_response()
        }
        Err(why) => refused(why),
    }
}

async fn thread(State(engine): State<Arc<Engine>>, Query(query): Query<Viewer>) -> Response {
    let messages = viewer(&engine, query.persona.as_deref()).and_then(|person| {
        engine.look(|world| {
            let name = query.channel.as_deref().unwrap_or_default();
            let channel = look::channel_seen(world, &person, name)
                .ok_or_else(|| Refused::because("not_found", format!("no channel is called {name:?}")))?;
            Ok(look::thread(world, &person, channel, query.ts.as_deref().unwrap_or_default()))
        })
    });
    match messages {
        Ok(messages) => axum::Json(json!({"ok": true, "messages": messages})).into_response(),
        Err(why) => refused(why),
    }
}

async fn events(State(engine): State<Arc<Engine>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = engine.watch_version();
    let stream = unfold((changes, Arc::clone(&engine), true), |(mut changes, engine, first)| async move {
        if !first {
            tokio::select! {
                changed = changes.changed() => changed.ok()?,
                () = engine.closing.cancelled() => return None,
            }
        }
        let version = *changes.borrow_and_update();
        let event = Event::default().event("changed").data(json!({"version": version}).to_string());
        Some((Ok(event), (changes, engine, false)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// How a refusal is told: `?refusals=200` for pages, whose browsers report each answer of 400 as a fault of the page.
#[derive(Debug, Default, Deserialize)]
struct Telling {
    refusals: Option<u16>,
}

async fn act(State(engine): State<Arc<Engine>>, Query(telling): Query<Telling>, body: Bytes) -> Response {
    let Ok(given) = serde_json::from_slice::<Value>(&body) else {
        return refused(Refused::because("unreadable", "the body is not JSON"));
    };
    let orders = match given.get("actions").and_then(Value::as_array) {
        Some(several) => several.clone(),
        None => vec![given],
    };
    let mut last = Ok(Done::default());
    for given in &orders {
        last = one(&engine, given).await;
        if last.is_err() {
            break;
        }
    }
    let status = if last.is_ok() || telling.refusals == Some(200) { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    (status, axum::Json(shown(&last))).into_response()
}

async fn one(engine: &Arc<Engine>, given: &Value) -> Result<Done, Refused> {
    let order = read_order(given)?;
    let doing = engine.act(&order).await?;
    if given.get("wait") == Some(&Value::Bool(false)) {
        return Ok(Done { ts: doing.ts, ..Done::default() });
    }
    Ok(doing.done().await)
}

#[derive(Debug, Deserialize)]
struct Pages {
    after: Option<u64>,
    limit: Option<usize>,
}

async fn transcript(State(engine): State<Arc<Engine>>, Query(pages): Query<Pages>) -> Response {
    let limit = pages.limit.unwrap_or(200);
    let entries = engine.look(|world| match pages.after {
        Some(after) => world.transcript.after(after, limit),
        None => world.transcript.newest(limit),
    });
    let next = entries.last().map(|entry| entry.id).or(pages.after).unwrap_or(0);
    axum::Json(json!({"ok": true, "entries": entries, "next": next})).into_response()
}

async fn faults(State(engine): State<Arc<Engine>>) -> Response {
    axum::Json(engine.look(|world| json!({"ok": true, "faults": world.faults.all(), "seed": world.chance.seed()})))
        .into_response()
}

async fn coverage_table() -> Response {
    axum::Json(coverage::table()).into_response()
}

async fn app(State(engine): State<Arc<Engine>>) -> Response {
    let app = engine.look(|world| {
        let app = &world.state.app;
        json!({
            "ok": true, "api_url": format!("{}/api", world.base), "bot_token": app.bot_token, "app_token": app.app_token,
            "signing_secret": app.signing_secret, "app_id": app.id, "bot_user": app.bot_user, "team": world.state.team.id,
        })
    });
    axum::Json(app).into_response()
}

async fn quiet(State(engine): State<Arc<Engine>>) -> Response {
    engine.quiet().await;
    axum::Json(json!({"ok": true})).into_response()
}

async fn whole(State(engine): State<Arc<Engine>>) -> Response {
    let state = engine.look(|world| serde_json::to_value(&world.state).unwrap_or(Value::Null));
    axum::Json(state).into_response()
}
