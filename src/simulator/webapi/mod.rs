//! The Web API: `POST` or `GET /api/METHOD`, form or JSON, with Slack's tokens, scopes, rates and errors.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::engine::{Engine, World};
use super::faults::{Fault, FaultKind, Struck};
use super::transcript::EntryKind;
use super::wire::Wire;

mod args;
mod catalog;
mod chat;
mod conversations;
mod history;
mod people;
mod post;
mod reactions;
mod reply;
mod respond;
mod views;

pub use args::Args;
pub use catalog::METHODS;
pub use post::escaped;
pub use reactions::is_emoji_name;
pub use reply::{Refusal, Reply};
pub use respond::{Said, respond};

use catalog::{Asks, Json, Method};

/// One call, already allowed.
pub struct Call<'a> {
    pub world: &'a mut World,
    pub args: &'a Args,
    pub now: Timestamp,
}

impl Call<'_> {
    /// A required text argument.
    ///
    /// # Errors
    /// `invalid_arguments` naming it.
    pub fn need(&self, key: &str) -> Result<String, Refusal> {
        self.args.text(key).map(str::to_owned).ok_or_else(|| Refusal::missing_field(key))
    }

    /// The scope of that family of channels and word, if the app has it.
    ///
    /// # Errors
    /// `missing_scope`.
    pub fn need_scope(&self, scope: &str) -> Result<(), Refusal> {
        let app = &self.world.state.app;
        if app.may(scope) { Ok(()) } else { Err(Refusal::missing_scope(scope, &app.scope_list())) }
    }
}

/// An answer on its way out.
struct Answered {
    status: u16,
    retry_after: Option<u32>,
    body: Value,
}

/// The handler of every method.
pub async fn method(
    State(engine): State<Arc<Engine>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    Path(name): Path<String>,
    verb: http::Method,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut flight = Some(engine.take_off());
    let name = name.as_str();
    let struck = engine.change(|world| world.faults.strike(Struck::Method(name), &mut world.chance));
    if let Some(fault) = &struck {
        match before_work(&engine, name, fault) {
            Before::Cut => {
                wire.cut();
                return StatusCode::BAD_GATEWAY.into_response();
            }
            Before::Never => {
                drop(flight.take());
                std::future::pending::<()>().await;
            }
            Before::Answer(answered) => return into_response(&engine, name, answered),
            Before::Work => {}
        }
    }
    let (args, read) = read_arguments(name, &verb, query.as_deref(), &headers, &body);
    let token = token_of(&headers, &args);
    let answered = engine.change(|world| {
        let now = engine.now();
        let answered = match read {
            Err(fault) => refused(&Refusal::because(fault)),
            Ok(()) => match answer(world, now, name, token.as_deref(), &args) {
                Ok(mut fields) => {
                    fields.insert("ok".into(), json!(true));
                    Answered { status: 200, retry_after: None, body: Value::Object(fields) }
                }
                Err(refusal) => refused(&refusal),
            },
        };
        note_call(world, now, name, &args, &answered, struck.as_ref());
        answered
    });
    issue_ticket(&engine, name, &answered);
    if name == "views.open" {
        engine.view_opened();
    } else if engine.look(|world| world.faults.withholds(name)) {
        drop(flight.take());
        engine.while_withheld(name).await;
    }
    match struck.as_ref().map(|fault| (fault.kind, fault)) {
        Some((FaultKind::AnswerLost, _)) => {
            wire.cut();
            StatusCode::BAD_GATEWAY.into_response()
        }
        Some((FaultKind::Late, fault)) => {
            drop(flight.take());
            engine.sleep(Duration::from_millis(fault.delay_ms.unwrap_or(1_000))).await;
            into_response(&engine, name, answered)
        }
        Some((FaultKind::Status, fault)) => into_response(&engine, name, broken_server(fault)),
        _ => into_response(&engine, name, answered),
    }
}

enum Before {
    Cut,
    Never,
    Answer(Answered),
    Work,
}

/// What a fault does before anything is done.
fn before_work(engine: &Arc<Engine>, name: &str, fault: &Fault) -> Before {
    let (before, words) = match fault.kind {
        FaultKind::Refused => (Before::Cut, "is cut off before anything is done"),
        FaultKind::NoAnswer => (Before::Never, "is never answered; nothing is done"),
        FaultKind::RateLimited => (
            Before::Answer(refused(&Refusal::rate_limited("ratelimited", fault.retry_after.unwrap_or(1)))),
            "is rate limited",
        ),
        FaultKind::Error => {
            let error = fault.error.as_deref().unwrap_or("internal_error");
            (Before::Answer(refused(&Refusal::because(error))), "fails; nothing is done")
        }
        FaultKind::Status if !fault.done => {
            (Before::Answer(broken_server(fault)), "meets a server error; nothing is done")
        }
        _ => return Before::Work,
    };
    engine.change(|world| {
        world.note(engine.now(), EntryKind::Fault, format!("Fault: {name} {words}"), None, json!(fault));
    });
    before
}

fn broken_server(fault: &Fault) -> Answered {
    Answered { status: fault.status.unwrap_or(500), retry_after: None, body: Value::Null }
}

fn refused(refusal: &Refusal) -> Answered {
    Answered { status: refusal.status, retry_after: refusal.retry_after, body: refusal.body() }
}

/// A JSON body is read only by methods that take one; a query counts unless a JSON body does.
fn read_arguments(
    name: &str,
    verb: &http::Method,
    query: Option<&str>,
    headers: &HeaderMap,
    body: &[u8],
) -> (Args, Result<(), &'static str>) {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    let mut args = Args::default();
    if *verb == http::Method::GET || !is_json {
        args.absorb(Args::from_form(query.unwrap_or_default().as_bytes()));
    }
    if *verb == http::Method::GET {
        return (args, Ok(()));
    }
    if !is_json {
        args.absorb(Args::from_form(body));
        return (args, Ok(()));
    }
    if catalog::find(name).is_some_and(|method| method.json == Json::Dropped) {
        return (args, Ok(()));
    }
    match Args::from_json(body) {
        Ok(read) => {
            args.absorb(read);
            (args, Ok(()))
        }
        Err(args::ArgsFault::Json) => (args, Err("invalid_json")),
        Err(args::ArgsFault::NotObject) => (args, Err("json_not_object")),
    }
}

fn token_of(headers: &HeaderMap, args: &Args) -> Option<String> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    bearer.or_else(|| args.text("token")).map(|token| token.trim().to_owned())
}

/// Token, scope, rate, then the method itself.
fn answer(world: &mut World, now: Timestamp, name: &str, token: Option<&str>, args: &Args) -> Reply {
    let Some(method) = catalog::find(name) else {
        return Err(Refusal::because("unknown_method").with("req_method", json!(name)));
    };
    allow(world, method, token)?;
    if world.state.app.rate_limits {
        let channel = args.text("channel");
        world.limits.take(name, method.tier, channel, now).map_err(|seconds| {
            let error = if name == "chat.postMessage" { "rate_limited" } else { "ratelimited" };
            Refusal::rate_limited(error, seconds)
        })?;
    }
    let mut call = Call { world, args, now };
    match name {
        "apps.connections.open" => people::connections_open(&mut call),
        "auth.test" => people::auth_test(&call),
        "bots.info" => people::bots_info(&call),
        "team.info" => people::team_info(&call),
        "users.info" => people::users_info(&call),
        "users.list" => people::users_list(&call),
        "usergroups.list" => people::usergroups_list(&call),
        "usergroups.users.list" => people::usergroups_users_list(&call),
        "chat.delete" => chat::delete(&mut call),
        "chat.getPermalink" => chat::get_permalink(&call),
        "chat.postEphemeral" => chat::post_ephemeral(&mut call),
        "chat.postMessage" => chat::post_message(&mut call),
        "chat.scheduleMessage" => chat::schedule_message(&mut call),
        "chat.update" => chat::update(&mut call),
        "conversations.history" => history::history(&call),
        "conversations.replies" => history::replies(&call),
        "conversations.info" => conversations::info(&call),
        "conversations.join" => conversations::join(&mut call),
        "conversations.list" => conversations::list(&call),
        "conversations.members" => conversations::members(&call),
        "conversations.open" => conversations::open(&mut call),
        "users.conversations" => conversations::of_user(&call),
        "reactions.add" => reactions::add(&mut call),
        "reactions.get" => reactions::get(&call),
        "reactions.remove" => reactions::remove(&mut call),
        "views.open" => views::open(&mut call),
        "views.publish" => views::publish(&mut call),
        "views.push" => views::push(&mut call),
        "views.update" => views::update(&mut call),
        _ => Err(Refusal::because("unknown_method").with("req_method", json!(name))),
    }
}

fn allow(world: &World, method: &Method, token: Option<&str>) -> Result<(), Refusal> {
    let app = &world.state.app;
    let token = token.ok_or_else(|| Refusal::because("not_authed"))?;
    let (is_bot, is_app) = (token == app.bot_token, token == app.app_token);
    if !is_bot && !is_app {
        return Err(Refusal::because("invalid_auth"));
    }
    if is_app != (method.asks == Asks::AppToken) {
        return Err(Refusal::because("not_allowed_token_type"));
    }
    if !app.installed {
        return Err(Refusal::because("account_inactive"));
    }
    if !app.token_valid {
        return Err(Refusal::because("token_revoked"));
    }
    match method.asks {
        Asks::Scope(scope) if !app.may(scope) => Err(Refusal::missing_scope(scope, &app.scope_list())),
        _ => Ok(()),
    }
}

fn note_call(world: &mut World, now: Timestamp, name: &str, args: &Args, answered: &Answered, struck: Option<&Fault>) {
    let error = answered.body.get("error").and_then(Value::as_str);
    let mut words = match error {
        None => format!("The app called {name}"),
        Some(error) => format!("The app called {name}: {error}"),
    };
    match struck.map(|fault| fault.kind) {
        Some(FaultKind::AnswerLost) => words.push_str(" (done; the answer is lost)"),
        Some(FaultKind::Late) => words.push_str(" (done; the answer comes late)"),
        Some(FaultKind::Status) => words.push_str(" (done; a server error is answered)"),
        _ => {}
    }
    let mut shown = args.0.clone();
    shown.remove("token");
    let raw = json!({"method": name, "args": shown, "status": answered.status, "answer": answered.body});
    world.note(now, EntryKind::Call, words, None, raw);
}

/// The ticket of a fresh socket address must be known before the address is used.
fn issue_ticket(engine: &Arc<Engine>, name: &str, answered: &Answered) {
    if name != "apps.connections.open" {
        return;
    }
    let url = answered.body.get("url").and_then(Value::as_str).unwrap_or_default();
    if let Some((_, rest)) = url.split_once("ticket=") {
        engine.sockets.issue(rest.split('&').next().unwrap_or_default().to_owned());
    }
}

fn into_response(engine: &Arc<Engine>, name: &str, answered: Answered) -> Response {
    let scopes = engine.look(|world| world.state.app.scope_list());
    let asks = match catalog::find(name).map(|method| method.asks) {
        Some(Asks::Scope(scope)) => scope.to_owned(),
        Some(Asks::ByChannel(word)) => format!("channels:{word},groups:{word},im:{word}"),
        Some(Asks::AppToken) => "connections:write".to_owned(),
        _ => String::new(),
    };
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = if answered.body.is_null() { String::new() } else { answered.body.to_string() };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    };
    set("content-type", "application/json; charset=utf-8".to_owned());
    set("x-oauth-scopes", scopes);
    set("x-accepted-oauth-scopes", asks);
    if let Some(seconds) = answered.retry_after {
        set("retry-after", seconds.to_string());
    }
    response
}

/// The `ok` fields of a map, for callers that build one.
#[must_use]
pub fn fields(value: Value) -> Map<String, Value> {
    reply::fields(value)
}
