//! Against a fake Slack on loopback that answers each method as it is told.

mod asking;
mod saying;
mod showing;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::*;
use crate::ambient::TestClock;
use crate::domain::ids::{Home, TeamId};
use crate::slack::samples;

/// What came in: the path below the base, and the fields.
type Heard = (String, Value);

#[derive(Default)]
struct Told {
    heard: Mutex<Vec<Heard>>,
    answers: Mutex<BTreeMap<String, (u16, Value)>>,
}

/// Slack, as far as these tests need it.
struct FakeSlack {
    base: String,
    told: Arc<Told>,
}

impl FakeSlack {
    async fn start() -> Self {
        let told = Arc::new(Told::default());
        let router = Router::new().fallback(hear).with_state(told.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        FakeSlack { base, told }
    }

    /// From now on the method answers this.
    fn answers(&self, method: &str, answer: Value) -> &Self {
        self.answers_with(method, 200, answer)
    }

    fn answers_with(&self, method: &str, status: u16, answer: Value) -> &Self {
        self.told.answers.lock().unwrap().insert(method.to_owned(), (status, answer));
        self
    }

    fn refuses(&self, method: &str, error: &str) -> &Self {
        self.answers(method, json!({ "ok": false, "error": error }))
    }

    fn ports(&self) -> Ports {
        self.ports_reading(Readable { channels: true, direct: true })
    }

    fn ports_reading(&self, readable: Readable) -> Ports {
        let api = SlackApi::new(&format!("{}/api", self.base), &SecretString::from("xoxb-1")).unwrap();
        let team = TeamId::parse("T1").unwrap();
        let here = Installation {
            home: Home::Team(team.clone()),
            team: Some(team),
            enterprise: None,
            bot: UserId::parse("UBOT").unwrap(),
            url: None,
        };
        let clock = TestClock::at(samples::moment()).clock();
        Ports::new(api, Arc::new(samples::words().clone()), here, clock, readable)
    }

    /// What was asked of a method, in order.
    fn heard(&self, method: &str) -> Vec<Value> {
        let heard = self.told.heard.lock().unwrap();
        heard.iter().filter(|(path, _)| path == method).map(|(_, fields)| fields.clone()).collect()
    }
}

async fn hear(State(told): State<Arc<Told>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches("/api").trim_start_matches('/').to_owned();
    let bytes = to_bytes(request.into_body(), usize::MAX).await.unwrap();
    let fields = serde_json::from_slice(&bytes).unwrap_or_else(|_| {
        let pairs = form_urlencoded::parse(&bytes).into_owned().map(|(name, value)| (name, Value::String(value)));
        Value::Object(pairs.collect())
    });
    told.heard.lock().unwrap().push((path.clone(), fields));
    let (status, answer) = told.answers.lock().unwrap().get(&path).cloned().unwrap_or((200, json!({ "ok": true })));
    let headers = [("retry-after", "7")];
    (StatusCode::from_u16(status).unwrap(), headers, axum::Json(answer)).into_response()
}
