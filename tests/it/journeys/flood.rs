//! Thousands of deliveries while the disk hangs: each that finds no place is answered at once, what is in hand stays at its
//! bounds, and all of it comes to rest once the disk is well. `FLOOD_DELIVERIES` asks for more than the short form has.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::iter;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use scopebot::run::args::DemoTransport;
use scopebot::simulator::delivery::{Answer, Utterance, signature};
use scopebot::store::Store;
use scopebot::store::wrappers::Disk;
use serde_json::{Value, json};

use super::{Kind, World, posts};
use crate::journeys::world::Keeps;
use crate::kill::variable;

/// Deliveries in hand at once (`src/run/bot.rs`), and intents (`src/app/mod.rs`).
const AT_ONCE: usize = 1_536;
const INTENTS: usize = 2_048;
/// Who sends: some more than are let in.
const SENDERS: usize = AT_ONCE + 100;

/// A payload of each kind as Slack has sent it.
struct Samples(Vec<(&'static str, Value)>);

impl Samples {
    async fn of(world: &World) -> Samples {
        posts(world, "mara", "streaming ledger that books card payments").await;
        let rhea = world.persona("rhea");
        let ts = world.summary().ts().to_owned();
        rhea.presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        rhea.reacts("hiring", &ts, "white_check_mark").await.unwrap();
        super::types(world, "milo", "nightly payout run for 40 shops").await;
        world.passes(3).await;
        let sent = world.workspace.transcript();
        let newest = |what: &str| {
            let found = sent.iter().rev().find(|entry| entry.raw["what"] == what && !entry.raw["payload"].is_null());
            found.unwrap_or_else(|| panic!("no {what} was sent")).raw["payload"].clone()
        };
        let kinds =
            [("slash_commands", "slash_command"), ("interactive", "block_actions"), ("events_api", "reaction_added")];
        Samples(kinds.into_iter().map(|(family, what)| (family, newest(what))).collect())
    }

    /// The `number`th delivery, unlike every other.
    fn delivery(&self, number: usize) -> (&'static str, Value) {
        let (family, mut payload) = self.0[number % self.0.len()].clone();
        let later = format!("{}.{number:06}", 1_764_001_000 + number);
        for (at, value) in [
            ("/trigger_id", format!("1.{number}.flood")),
            ("/event_id", format!("EvFLOOD{number}")),
            ("/actions/0/action_ts", later.clone()),
            ("/event/event_ts", later),
        ] {
            if let Some(place) = payload.pointer_mut(at) {
                *place = json!(value);
            }
        }
        (family, payload)
    }
}

/// What one delivery was answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// Words, or the word that a quiet one comes.
    Answer,
    /// 503.
    NotNow,
}

struct Sender<'a> {
    world: &'a World,
    samples: Samples,
    client: reqwest::Client,
    answers: AtomicUsize,
    refusals: AtomicUsize,
    saved: AtomicUsize,
}

impl Sender<'_> {
    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Answer => self.answers.fetch_add(1, Ordering::SeqCst),
            Heard::NotNow => self.refusals.fetch_add(1, Ordering::SeqCst),
        };
    }

    fn heard(&self) -> usize {
        self.answers.load(Ordering::SeqCst) + self.refusals.load(Ordering::SeqCst)
    }

    /// Over HTTP every delivery is answered.
    async fn sends(&self, number: usize) {
        let (family, payload) = self.samples.delivery(number);
        let (body, kind) = match family {
            "events_api" => (payload.to_string(), "application/json"),
            "slash_commands" => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                for (name, value) in payload.as_object().unwrap() {
                    form.append_pair(name, value.as_str().unwrap_or_default());
                }
                (form.finish(), "application/x-www-form-urlencoded")
            }
            _ => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                (form.append_pair("payload", &payload.to_string()).finish(), "application/x-www-form-urlencoded")
            }
        };
        let at = self.world.clock.now().as_second();
        let address = self.world.bot().address().unwrap();
        let answer = self
            .client
            .post(format!("http://{address}/slack/events"))
            .header("content-type", kind)
            .header("x-slack-request-timestamp", at.to_string())
            .header("x-slack-signature", signature(&self.world.workspace.signing_secret(), at, &body))
            .body(body)
            .send()
            .await
            .unwrap();
        match answer.status().as_u16() {
            200 => {
                let said = answer.text().await.unwrap();
                self.tells(family, &said);
                self.hear(Heard::Answer);
            }
            503 => self.hear(Heard::NotNow),
            other => panic!("{family} was answered with {other}"),
        }
    }

    /// A command is never answered as if all were well, and an event not acknowledged at all.
    fn tells(&self, family: &str, said: &str) {
        let is_saved = match family {
            "slash_commands" => !said.contains("Not saved yet"),
            "events_api" => true,
            _ => false,
        };
        self.saved.fetch_add(usize::from(is_saved), Ordering::SeqCst);
    }

    /// Over a socket events, and presses that nobody can be told of, are answered with silence.
    fn utters(&self, number: usize, answers: &tokio::sync::mpsc::UnboundedSender<(&'static str, Answer)>) {
        let (family, payload) = self.samples.delivery(number);
        let envelope = format!("flood-{number}");
        let accepts = family == "slash_commands";
        let frame =
            json!({ "envelope_id": envelope, "type": family, "payload": payload, "accepts_response_payload": accepts });
        let answer = self.world.workspace.utters(&envelope, Utterance::Text(frame.to_string())).unwrap();
        let answers = answers.clone();
        tokio::spawn(async move {
            if let Ok(answer) = answer.await {
                // The test may be over.
                let _over = answers.send((family, answer));
            }
        });
    }
}

/// Both ends of each connection are in this process.
fn allow_open_files() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = u64::try_from(SENDERS * 2 + 500).unwrap();
    if current.is_some_and(|current| current < wanted) {
        setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum }).unwrap();
    }
}

/// Until it is so; the clock stands still.
async fn until(world: &World, what: &str, so: impl Fn() -> bool) {
    for _ in 0..20_000 {
        if so() {
            return;
        }
        world.looks().await;
    }
    panic!("not {what}: {:?}", world.bot().app().load());
}

fn within_bounds(world: &World) {
    let load = world.bot().app().load();
    assert!(load.intents <= INTENTS && load.starts <= load.intents && load.remembered <= INTENTS, "{load:?}");
    // What an intent begins behind its answer: a window, a quiet word, a Home.
    assert!(load.behind <= 4_096 + INTENTS, "{load:?}");
    assert!(world.disk().waiting() <= INTENTS + 16, "{} writes wait", world.disk().waiting());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_disk_hangs_thousands_of_deliveries_are_answered_and_what_is_in_hand_stays_bounded() {
    allow_open_files();
    let deliveries: usize = variable("FLOOD_DELIVERIES").map_or(4_000, |number| number.parse().unwrap());
    for kind in Kind::ALL.into_iter().filter(|kind| kind.keeps == Keeps::Memory) {
        let world = &World::start(kind).await;
        let samples = Samples::of(world).await;
        let rows = world.disk().depth().await.unwrap().rows;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let (answers, refusals, saved) = Default::default();
        let sender = Sender { world, samples, client, answers, refusals, saved };
        world.disk().set(Disk::Hangs);
        let most = if kind.transport == DemoTransport::Http {
            floods_over_http(&sender, deliveries).await
        } else {
            floods_a_socket(&sender, deliveries).await
        };
        assert_eq!(sender.saved.load(Ordering::SeqCst), 0, "nothing was called saved");
        assert!(most > AT_ONCE, "places were filled");
        println!(
            "{kind:?}: {deliveries} deliveries, {} answered in words, {} with 503, {most} intents in hand at most",
            sender.answers.load(Ordering::SeqCst),
            sender.refusals.load(Ordering::SeqCst)
        );
        assert_eq!(world.disk().depth().await.unwrap().rows, rows, "nothing got into the outbox");
        world.disk().set(Disk::Well);
        until(world, "at rest", || world.bot().app().load().behind == 0).await;
        let load = world.bot().app().load();
        assert_eq!((load.intents, load.starts), (0, 0), "{load:?}");
        // And it works as before, once Slack's limits of what was asked meanwhile are over.
        world.passes(70).await;
        posts(world, "mara", "stock service that shops ask for prices").await;
        assert!(world.summary().says().contains("stock service"), "{}", world.summary().says());
    }
}

/// Lets those answer that wait for the disk: their time is over.
fn time_is_over(world: &World) {
    world.clock.advance(Duration::from_millis(2_500));
}

async fn floods_over_http(sender: &Sender<'_>, deliveries: usize) -> usize {
    let world = sender.world;
    let sending = async {
        iter(0..deliveries).for_each_concurrent(SENDERS, |number| sender.sends(number)).await;
    };
    let watching = async {
        // Those beyond the places are answered while time stands still.
        until(world, "answered", || sender.heard() >= deliveries - AT_ONCE).await;
        within_bounds(world);
        time_is_over(world);
        until(world, "all answered", || sender.heard() == deliveries).await;
        within_bounds(world);
    };
    tokio::join!(sending, watching);
    // Their work goes on, so that there are fewer places now.
    let more = 1_000;
    let sending = async {
        iter(deliveries..deliveries + more).for_each_concurrent(SENDERS, |number| sender.sends(number)).await;
    };
    let watching = async {
        until(world, "answered", || sender.heard() >= deliveries + more - (INTENTS - AT_ONCE)).await;
        within_bounds(world);
        let most = world.bot().app().load().intents;
        time_is_over(world);
        most
    };
    tokio::join!(sending, watching).1
}

async fn floods_a_socket(sender: &Sender<'_>, deliveries: usize) -> usize {
    let world = sender.world;
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let commands = |from: usize, to: usize| (from..to).filter(|number| number % 3 == 0).count();
    let counted = Arc::new(AtomicUsize::new(0));
    let mut hears = async |wanted: usize| {
        while counted.load(Ordering::SeqCst) < wanted {
            let (family, answer): (&str, Answer) = told.recv().await.unwrap();
            let said = match &answer {
                Answer::Empty => String::new(),
                Answer::Json(said) => said.to_string(),
                Answer::Text(said) => said.clone(),
            };
            sender.tells(family, &said);
            sender.hear(Heard::Answer);
            counted.fetch_add(usize::from(family == "slash_commands"), Ordering::SeqCst);
        }
    };
    (0..deliveries).for_each(|number| sender.utters(number, &tell));
    hears(commands(AT_ONCE, deliveries)).await;
    within_bounds(world);
    time_is_over(world);
    hears(commands(0, deliveries)).await;
    within_bounds(world);
    let more = 1_000;
    (deliveries..deliveries + more).for_each(|number| sender.utters(number, &tell));
    until(world, "full", || world.bot().app().load().intents == INTENTS).await;
    within_bounds(world);
    let most = world.bot().app().load().intents;
    time_is_over(world);
    hears(commands(0, deliveries + more)).await;
    most
}
