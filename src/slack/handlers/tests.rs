mod acks;
mod intents;
mod workspace;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use serde_json::{Value, json};
use tokio_util::task::TaskTracker;

use super::*;
use crate::ambient::TestClock;
use crate::app::intent::{ReplyTo, Trigger};
use crate::app::ports::no_windows::NoWindows;
use crate::app::screen::Screen;
use crate::domain::document::Document;
use crate::domain::ids::{Home, TeamId, UserId};
use crate::slack::payload::{of_envelope, of_request};
use crate::slack::samples;

/// Verbs that answer as told and remember what they were asked.
#[derive(Default)]
struct FakeVerbs {
    seen: Mutex<Vec<Intent>>,
    reply: Mutex<Option<Reply>>,
}

#[async_trait]
impl Verbs for FakeVerbs {
    async fn handle(&self, intent: Intent) -> Reply {
        self.seen.lock().unwrap().push(intent);
        self.reply.lock().unwrap().clone().unwrap_or(Reply::Done)
    }
}

struct Desk {
    handlers: Handlers,
    verbs: Arc<FakeVerbs>,
    screens: Arc<NoWindows>,
    later: TaskTracker,
    board: crate::telemetry::Board,
}

impl Desk {
    fn new() -> Self {
        let (verbs, screens) = (Arc::new(FakeVerbs::default()), Arc::new(NoWindows::default()));
        let team = TeamId::parse("T1").unwrap();
        let here = Installation {
            home: Home::Team(team.clone()),
            team: Some(team),
            enterprise: None,
            bot: UserId::parse("UBOT").unwrap(),
            url: None,
        };
        let (clock, later) = (TestClock::at(samples::moment()).clock(), TaskTracker::new());
        let (words, board) = (Arc::new(samples::words().clone()), crate::telemetry::Board::default());
        let handlers = Handlers::new(verbs.clone(), screens.clone(), words, here, clock, later.clone(), board.clone());
        Desk { handlers, verbs, screens, later, board }
    }

    fn replying(reply: Reply) -> Self {
        let desk = Self::new();
        *desk.verbs.reply.lock().unwrap() = Some(reply);
        desk
    }

    /// Takes in something; the acknowledgement.
    async fn take(&self, inbound: Inbound) -> Ack {
        let ack = self.handlers.take(inbound).await;
        self.later.close();
        self.later.wait().await;
        self.later.reopen();
        ack
    }

    /// Takes in something that happens; what the app was told, if anything.
    async fn told(&self, inbound: Inbound) -> Option<What> {
        self.take(inbound).await;
        self.verbs.seen.lock().unwrap().pop().map(|intent| intent.what)
    }

    fn whispered(&self) -> Vec<(String, String)> {
        let whispered = self.screens.whispered.lock().unwrap();
        let plain = |document: &Document| document.to_plain(&crate::domain::document::Ids);
        whispered.iter().map(|(to, document)| (to.clone(), plain(document))).collect()
    }
}

const RESPONSE_URL: &str = "https://hooks.slack.com/actions/T1/1/secret";

fn interactive(payload: Value) -> Inbound {
    of_envelope("interactive", &payload).unwrap()
}

fn event(inner: Value) -> Inbound {
    event_for(json!([{ "team_id": "T1", "user_id": "UBOT", "is_bot": true }]), inner)
}

fn event_for(authorizations: Value, inner: Value) -> Inbound {
    let wrapper = json!({
        "type": "event_callback", "event_id": "Ev1", "event_time": 1_700_000_000, "team_id": "T1", "api_app_id": "A1",
        "authorizations": authorizations, "event": inner,
    });
    of_envelope("events_api", &wrapper).unwrap()
}

fn command(text: &str) -> Inbound {
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("command", "/scope-backend"),
            ("text", text),
            ("user_id", "U0MARA"),
            ("team_id", "T1"),
            ("channel_id", "C0HIRING"),
            ("trigger_id", "1.2.abc"),
            ("response_url", RESPONSE_URL),
        ])
        .finish();
    match of_request(Some("application/x-www-form-urlencoded"), form.as_bytes()).unwrap() {
        crate::slack::payload::Request::Delivery(inbound) => *inbound,
        other => panic!("{other:?}"),
    }
}

/// A view of ours, with these values.
fn view(screen: crate::app::intent::ScreenKind, values: Value) -> Value {
    json!({
        "id": "V1", "type": "modal", "hash": "1.a", "root_view_id": "V0",
        "callback_id": crate::slack::ids::callback_id(screen),
        "private_metadata": metadata().into_wire(),
        "state": { "values": values },
    })
}

fn metadata() -> crate::slack::ids::Metadata {
    crate::slack::ids::Metadata {
        scope: Some(samples::scope()),
        window: Some(samples::window()),
        candidate: Some(2),
        generation: crate::slack::ids::Generation(3),
        revision: None,
    }
}

fn submission(view: Value) -> Inbound {
    interactive(json!({
        "type": "view_submission", "team": { "id": "T1" }, "user": { "id": "U0MARA", "team_id": "T1" },
        "trigger_id": "1.3.abc", "view": view,
    }))
}

fn press_in_message(action_id: &str, value: Option<&str>) -> Inbound {
    interactive(json!({
        "type": "block_actions", "team": { "id": "T1" }, "user": { "id": "U0RICK", "team_id": "T1" },
        "trigger_id": "1.4.abc", "response_url": RESPONSE_URL,
        "container": { "type": "message", "message_ts": "1700000000.000100", "channel_id": "C0HIRING" },
        "channel": { "id": "C0HIRING" }, "message": { "ts": "1700000000.000100" },
        "actions": [{ "type": "button", "action_id": action_id, "block_id": "b", "value": value,
            "action_ts": "1700000005.000100" }],
    }))
}

fn acted_in_view(view: Value, action: Value) -> Inbound {
    interactive(json!({
        "type": "block_actions", "team": { "id": "T1" }, "user": { "id": "U0MARA", "team_id": "T1" },
        "trigger_id": "1.5.abc", "container": { "type": "view", "view_id": "V1" }, "view": view, "actions": [action],
    }))
}
