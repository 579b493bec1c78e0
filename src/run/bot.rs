//! The bot put together: store, app, outbox, directory and one transport, from settings to a running whole.

mod behind;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::line::watch_socket;
use crate::ambient::{Clock, Random};
use crate::app::intent::{Delivered, Intent, What};
use crate::app::reply::Reply;
use crate::app::{App, Depth, Homes, House, Leaves, Once, Queues, Rounds, Starts};
use crate::config::{History, Settings, Transport};
use crate::domain::ids::Home;
use crate::outbox::{Listening, Outbox, Parts, Report};
use crate::prompts::Prompts;
use crate::slack::api::{ApiFailure, SetUpFault, SlackApi};
use crate::slack::handlers::{Handlers, Verbs};
use crate::slack::http::{HttpEdge, ServeLimits, serve};
use crate::slack::installation::Installation;
use crate::slack::intake::{Gate, Transport as Way};
use crate::slack::ports::{Ports, Readable};
use crate::slack::signature::Verifier;
use crate::slack::socket::{SocketReceiver, SocketSettings};
use crate::store::{Delivery, Row, Store, WorkerId};
use crate::telemetry::{Board, Busy, Part, State};

/// Deliveries in hand at once; more are asked to repeat. So many are done within the time for an answer by one slow core.
const AT_ONCE: usize = 1536;
/// Between two tries to reach Slack at start.
const TRY_AGAIN: Duration = Duration::from_secs(5);
/// What a bot is made from.
pub struct Make {
    /// The operator's decisions.
    pub settings: Settings,
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// The words and the lexicon.
    pub prompts: Prompts,
    /// Time.
    pub clock: Clock,
    /// Chance.
    pub random: Random,
    /// Where parts say how they are.
    pub board: Board,
}

/// Why a bot does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    /// The Web API client cannot be made.
    #[error("the Web API cannot be used: {0}")]
    Api(#[from] SetUpFault),
    /// Slack refuses the token.
    #[error(
        "Slack refuses the bot's token ({0}). Check SLACK_BOT_TOKEN, and that the app is installed in the workspace."
    )]
    Token(String),
    /// Slack's answer names no installation.
    #[error("Slack does not say which workspace the token is for. Check SLACK_API_URL.")]
    NoHome,
    /// The address is taken, or not ours.
    #[error("cannot listen on {0}: {1}. Check SCOPEBOT_LISTEN.")]
    Listen(SocketAddr, std::io::Error),
    /// It was stopped before it had started.
    #[error("stopped before it had started")]
    Stopped,
}

/// A running bot.
pub struct Bot {
    app: App,
    store: Arc<dyn Store>,
    clock: Clock,
    intake: CancellationToken,
    work: CancellationToken,
    receiving: TaskTracker,
    working: TaskTracker,
    later: TaskTracker,
    busy: Busy,
    address: Option<SocketAddr>,
    home: Home,
    failure: watch::Receiver<Option<String>>,
}

impl Bot {
    /// Puts everything together and starts it. Waits for Slack as long as it is not there, until `stop`.
    pub async fn start(make: Make, stop: &CancellationToken) -> Result<Bot, StartFault> {
        let Make { settings, store, prompts, clock, random, board } = make;
        let api = SlackApi::new(settings.slack.api_url.as_str(), &settings.slack.bot_token)?;
        let identity = identity(&api, &clock, &board, stop).await?;
        let home = identity.home().ok_or(StartFault::NoHome)?;
        let (words, coach) = (Arc::new(prompts.words), Arc::new(prompts.coach));
        let installation = Installation::of(&identity).ok_or(StartFault::NoHome)?;
        let readable = match settings.history {
            History::Readable => Readable::of(&identity.scopes),
            History::Closed => Readable::default(),
        };
        let ports = Ports::new(api.clone(), Arc::clone(&words), installation.clone(), clock.clone(), readable);
        let ports = Arc::new(ports.reporting(board.clone()));
        let (wake, later, busy) = (Arc::new(Notify::new()), TaskTracker::new(), Busy::default());
        let rounds = Arc::new(Rounds::default());
        let listening = Arc::new(Listening::since(clock.now()));
        let app = App::new(House {
            store: Arc::clone(&store),
            screens: ports.clone(),
            registry: ports.clone(),
            clock: clock.clone(),
            random: random.clone(),
            words: Arc::clone(&words),
            coach,
            policy: settings.policy,
            home: home.clone(),
            bot: identity.user.clone(),
            wake: Arc::clone(&wake),
            later: later.clone(),
            busy: busy.clone(),
            places: App::places(),
            queues: Queues::default(),
            leaves: Leaves::default(),
            unkept: Once::default(),
            starts: Starts::default(),
            rounds: Arc::clone(&rounds),
            homes: Homes::default(),
        });
        let outbox = Outbox::new(Parts {
            store: Arc::clone(&store),
            mouth: ports.clone(),
            report: Arc::new(Reporting(app.clone(), home.clone())),
            words: Arc::clone(&words),
            clock: clock.clone(),
            random: random.clone(),
            wake: Arc::clone(&wake),
            busy: busy.clone(),
            worker: WorkerId(format!("{:016x}", random.u64())),
            home: home.clone(),
            listening: Arc::clone(&listening),
        });
        let (intake, work) = (CancellationToken::new(), CancellationToken::new());
        let working = TaskTracker::new();
        behind::spawn(&working, &work, &app, &outbox, &store, &clock, &board);
        let (verbs, noted) = (Arc::new(Handling(app.clone())), board.clone());
        let handlers = Arc::new(Handlers::new(verbs, ports, words, installation, clock.clone(), later.clone(), noted));
        let receiving = TaskTracker::new();
        let (failing, failure) = watch::channel(None);
        let address = match settings.slack.transport {
            Transport::Socket { app_token } => {
                let gate = Gate::new(handlers, AT_ONCE, Way::Socket);
                let receiver = SocketReceiver::new(
                    api.with_token(&app_token)?,
                    gate,
                    clock.clone(),
                    random,
                    SocketSettings::default(),
                );
                let (time, heard) = (clock.clone(), Arc::clone(&listening));
                watch_socket(&receiving, &receiver, &board, move || {
                    heard.again(time.now());
                    rounds.wish(Depth::Slack);
                });
                let stop = intake.clone();
                receiving.spawn(async move {
                    if let Err(fatal) = receiver.run(stop).await {
                        failing.send_replace(Some(fatal.to_string()));
                    }
                });
                None
            }
            Transport::Http { signing_secret, listen } => {
                let listener = TcpListener::bind(listen).await.map_err(|error| StartFault::Listen(listen, error))?;
                let address = listener.local_addr().map_err(|error| StartFault::Listen(listen, error))?;
                let gate = Gate::new(handlers, AT_ONCE, Way::Http);
                let edge = HttpEdge::new(Verifier::new(signing_secret), gate, clock.clone());
                let (stop, clock) = (intake.clone(), clock.clone());
                receiving.spawn(async move {
                    serve(listener, edge.router(), ServeLimits::default(), clock, stop).await;
                    edge.finished().await;
                });
                board.report(Part::Transport, State::Ready);
                Some(address)
            }
        };
        board.report(Part::Intake, State::Ready);
        tracing::info!(home = %home, bot.user = %identity.user, "the bot is running");
        Ok(Bot { app, store, clock, intake, work, receiving, working, later, busy, address, home, failure })
    }

    /// Where Slack's requests are taken, with HTTP.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// The verbs, for what does not come from Slack.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The installation it serves.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Resolves with a sentence when the bot can no longer work and a repeat cannot help; else never.
    pub async fn failed(&self) -> String {
        let mut failure = self.failure.clone();
        let found = failure.wait_for(Option::is_some).await.ok().and_then(|why| why.clone());
        match found {
            Some(why) => why,
            None => std::future::pending().await,
        }
    }

    /// Resolves when nothing is in hand and nothing waits that could be said now.
    pub async fn quiet(&self) {
        let mut busy = self.busy.watch();
        loop {
            busy.mark_unchanged();
            if self.is_quiet().await {
                return;
            }
            if busy.changed().await.is_err() {
                return;
            }
        }
    }

    /// Whether nothing is in hand and nothing waits that could be said or done now.
    pub async fn is_quiet(&self) -> bool {
        let now = self.clock.now();
        let is_past = |next: Option<jiff::Timestamp>| next.is_some_and(|at| at <= now);
        let to_say = self.store.next_claim().await.is_ok_and(is_past);
        let fell_due = self.store.next_due(&self.home).await.is_ok_and(is_past);
        self.busy.count() == 0 && !to_say && !fell_due
    }

    /// Stops the intake, finishes what is in hand, and returns.
    pub async fn stop(self) {
        self.intake.cancel();
        self.receiving.close();
        self.receiving.wait().await;
        self.later.close();
        self.later.wait().await;
        self.work.cancel();
        self.working.close();
        self.working.wait().await;
    }
}

/// Asks Slack who we are, again and again while it is not there.
async fn identity(
    api: &SlackApi,
    clock: &Clock,
    board: &Board,
    stop: &CancellationToken,
) -> Result<crate::slack::api::Identity, StartFault> {
    loop {
        match api.auth_test().await {
            Ok(identity) => return Ok(identity),
            Err(ApiFailure::Refused(refusal)) => return Err(StartFault::Token(refusal.error)),
            Err(failure) => {
                tracing::warn!(error = failure.kind(), "Slack cannot be reached; trying again");
                board.report(Part::Transport, State::NotReady("Slack cannot be reached".to_owned()));
            }
        }
        tokio::select! {
            () = clock.sleep(TRY_AGAIN) => {}
            () = stop.cancelled() => return Err(StartFault::Stopped),
        }
    }
}

/// The handlers speak to the app.
struct Handling(App);

#[async_trait]
impl Verbs for Handling {
    async fn handle(&self, intent: Intent) -> Reply {
        self.0.handle(intent).await
    }
}

/// The outbox reports to the app.
struct Reporting(App, Home);

#[async_trait]
impl Report for Reporting {
    async fn delivered(&self, row: Row, holder: WorkerId, delivery: Delivery) {
        let what = What::Delivered(Delivered { row, holder, delivery });
        self.0.take_report(Intent { home: self.1.clone(), key: None, what }).await;
    }
}
