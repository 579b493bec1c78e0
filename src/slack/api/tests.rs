//! Against a fake Slack on loopback that answers as it is told.

mod calls;
mod failures;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde_json::Value;

use super::{ApiTimes, SlackApi};

/// What came in.
#[derive(Debug, Clone)]
struct Heard {
    path: String,
    headers: HeaderMap,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
    fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.body.as_bytes()).into_owned().collect()
    }
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

type Rule = Box<dyn Fn(&Heard) -> Response + Send + Sync>;

type Shared = (Arc<Mutex<Vec<Heard>>>, Arc<Rule>);

/// A Slack that answers by a rule.
struct FakeSlack {
    base: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl FakeSlack {
    async fn that(rule: impl Fn(&Heard) -> Response + Send + Sync + 'static) -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let state: Shared = (heard.clone(), Arc::new(Box::new(rule)));
        let router = Router::new().fallback(hear).with_state(state);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/api", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        FakeSlack { base, heard }
    }

    /// One that always gives this JSON.
    async fn saying(answer: Value) -> Self {
        Self::that(move |_| axum::Json(answer.clone()).into_response()).await
    }

    fn api(&self) -> SlackApi {
        api(&self.base)
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

async fn hear(State((heard, rule)): State<Shared>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let one = Heard {
        path: head.uri.path().to_owned(),
        headers: head.headers,
        body: String::from_utf8(bytes.to_vec()).unwrap(),
    };
    heard.lock().unwrap().push(one.clone());
    rule(&one)
}

fn api(base: &str) -> SlackApi {
    SlackApi::with_times(base, &token(), times()).unwrap()
}

fn token() -> SecretString {
    SecretString::from("xoxb-secret")
}

fn times() -> ApiTimes {
    ApiTimes { connect: std::time::Duration::from_secs(2), call: std::time::Duration::from_millis(300) }
}

fn status(status: u16, body: &str) -> Response {
    (StatusCode::from_u16(status).unwrap(), Body::from(body.to_owned())).into_response()
}
