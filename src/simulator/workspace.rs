//! A workspace that runs: started with a configuration and a clock, spoken to over HTTP or through [`Persona`]s, stopped.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{any, get, post};
use serde_json::Value;
use tokio::net::TcpListener;

use super::actions::{AppChange, Deed, Done, Order, Refused};
use super::chance::Chance;
use super::delivery::{Answer, LineOrder, Utterance, link};
use super::engine::{Engine, World};
use super::faults::{Fault, FaultKind, Faults, Target};
use super::limits::Limits;
use super::persona::Persona;
use super::state::{Folder, State, Transport, Unreadable, Window, first_day};
use super::time::Time;
use super::transcript::{Entry, Transcript};
use super::wire::{Gate, Wire};
use super::{control, look, page, webapi};

/// How a workspace is to be.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The app's manifest; without one every scope, event and command is there.
    pub manifest: Option<Value>,
    /// Overrides the manifest. An address given here is not asked to verify itself: the app may start later.
    pub transport: Option<Transport>,
    /// Where the workspace is kept between runs; none keeps nothing.
    pub folder: Option<PathBuf>,
    pub seed: u64,
    pub rate_limits: bool,
}

impl Default for Config {
    fn default() -> Config {
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        Config { listen, manifest: None, transport: None, folder: None, seed: 7, rate_limits: true }
    }
}

/// A workspace could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartFault {
    #[error("cannot listen on {address}: {why}; choose another address or end what listens there")]
    Listen { address: SocketAddr, why: std::io::Error },
    #[error(transparent)]
    Kept(#[from] Unreadable),
    #[error("cannot make an HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

const UNTIL_AT_MOST: Duration = Duration::from_secs(30);

/// A running workspace. Dropping it ends it.
pub struct Workspace {
    engine: Arc<Engine>,
    folder: Option<Folder>,
}

impl Workspace {
    /// Starts one.
    ///
    /// # Errors
    /// [`StartFault`].
    pub async fn start(config: Config, time: Arc<dyn Time>) -> Result<Workspace, StartFault> {
        let Config { listen, manifest, transport, folder, seed, rate_limits } = config;
        // Somebody else in the process may have chosen one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(2)).no_proxy().build()?;
        let folder = folder.as_deref().map(Folder::at);
        let kept = folder.as_ref().map(Folder::load).transpose()?.flatten();
        let mut state = kept.unwrap_or_else(|| first_day(time.now()));
        let mut app = state.app.clone();
        if let Some(manifest) = &manifest {
            app.configure(manifest);
        }
        if let Some(transport) = transport {
            app.transport = transport;
        }
        app.rate_limits = rate_limits;
        app.link_enabled = true;
        state.adopt(app);
        state.views.values_mut().for_each(|view| view.busy = false);
        let listener = TcpListener::bind(listen).await.map_err(|why| StartFault::Listen { address: listen, why })?;
        let address = listener.local_addr().map_err(|why| StartFault::Listen { address: listen, why })?;
        let world = World {
            state,
            faults: Faults::default(),
            limits: Limits::default(),
            transcript: Transcript::default(),
            chance: Chance::from_seed(seed),
            outgoing: Vec::new(),
            base: format!("http://{address}"),
        };
        let engine = Engine::new(world, time, client);
        let service = router(&engine).into_make_service_with_connect_info::<Wire>();
        let closing = engine.closing.clone();
        tokio::spawn(async move {
            let serving =
                axum::serve(Gate(listener), service).with_graceful_shutdown(async move { closing.cancelled().await });
            if let Err(why) = serving.await {
                tracing::error!(%why, "the workspace stopped serving");
            }
        });
        let scheduler = Arc::clone(&engine);
        engine.spawn(async move { post_scheduled(&scheduler).await });
        let workspace = Workspace { engine, folder };
        workspace.keep_saving();
        Ok(workspace)
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        self.engine.look(|world| world.base.clone())
    }

    /// The base of the Web API, `/api` included.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}/api", self.url())
    }

    #[must_use]
    pub fn bot_token(&self) -> String {
        self.engine.look(|world| world.state.app.bot_token.clone())
    }

    #[must_use]
    pub fn app_token(&self) -> String {
        self.engine.look(|world| world.state.app.app_token.clone())
    }

    #[must_use]
    pub fn signing_secret(&self) -> String {
        self.engine.look(|world| world.state.app.signing_secret.clone())
    }

    /// Somebody of the workspace, by handle or id.
    #[must_use]
    pub fn persona(&self, name: &str) -> Persona {
        Persona::new(Arc::clone(&self.engine), name)
    }

    /// Does what nobody in particular does: knobs, the administrator's deeds.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn act(&self, deed: Deed) -> Result<Done, Refused> {
        Ok(self.engine.act(&Order { who: None, window: Window::default(), deed }).await?.done().await)
    }

    /// Sends deliveries to that address from now on, after Slack's own check of it.
    ///
    /// # Errors
    /// `url_not_verified`.
    pub async fn connect_http(&self, request_url: &str) -> Result<(), Refused> {
        let transport = Some(Transport::RequestUrl(request_url.to_owned()));
        self.act(Deed::App(AppChange { transport, ..AppChange::default() })).await.map(drop)
    }

    /// Sends deliveries over Socket Mode from now on.
    ///
    /// # Errors
    /// None that occur.
    pub async fn connect_sockets(&self) -> Result<(), Refused> {
        self.act(Deed::App(AppChange { transport: Some(Transport::Socket), ..AppChange::default() })).await.map(drop)
    }

    /// How many sockets are open.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.engine.sockets.connections()
    }

    /// Says something on the oldest connection that no Slack would say; resolves to the acknowledgement of `envelope`.
    #[must_use]
    pub fn utters(&self, envelope: &str, said: Utterance) -> Option<tokio::sync::oneshot::Receiver<Answer>> {
        self.engine.sockets.utter(envelope, said)
    }

    pub fn sockets(&self, order: LineOrder) {
        self.engine.order_sockets(order);
    }

    /// Turns a knob; its id.
    pub fn fault(&self, fault: Fault) -> u64 {
        self.engine.change(|world| world.faults.set(fault))
    }

    /// Begins chance anew from another seed.
    pub fn reseed(&self, seed: u64) {
        self.engine.change(|world| world.chance = Chance::from_seed(seed));
    }

    /// Slack is down: every call and response address is cut off, every socket breaks. [`Workspace::heal`] brings it back.
    pub fn goes_down(&self) {
        self.fault(Fault::of_method("*", FaultKind::Refused));
        self.fault(Fault::on(Target::ResponseUrl(true), FaultKind::Refused));
        self.sockets(LineOrder::Drop);
    }

    /// Turns all knobs back.
    pub fn heal(&self) {
        self.engine.change(|world| world.faults.heal(None));
        self.engine.recheck_withheld();
    }

    /// Moves a hand clock.
    ///
    /// # Errors
    /// `clock_runs`.
    pub async fn advance(&self, by: Duration) -> Result<(), Refused> {
        self.act(Deed::Advance { seconds: by.as_secs_f64() }).await.map(drop)
    }

    /// Whether nothing is in flight at this moment.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.engine.is_quiet()
    }

    /// Resolves when no delivery and no call is in flight.
    pub async fn quiet(&self) {
        self.engine.quiet().await;
    }

    /// Resolves when `holds` is true of the workspace; checked after each change. `holds` looks at what it is given and must not ask
    /// this workspace or its personas: the lock is held meanwhile.
    ///
    /// # Errors
    /// `not_yet`, with the newest traffic in words, after thirty seconds of the workspace's own clock.
    pub async fn until(&self, holds: impl Fn(&State) -> bool + Send + Sync) -> Result<(), Refused> {
        self.until_engine(|engine| engine.look(|world| holds(&world.state))).await
    }

    /// Resolves when the transcript holds an entry with these words.
    ///
    /// # Errors
    /// As [`Workspace::until`].
    pub async fn until_noted(&self, words: &str) -> Result<(), Refused> {
        self.until_engine(|engine| engine.look(|world| world.transcript.has(words))).await
    }

    /// Resolves when so many sockets are open.
    ///
    /// # Errors
    /// As [`Workspace::until`].
    pub async fn until_connections(&self, connections: usize) -> Result<(), Refused> {
        self.until_engine(|engine| engine.sockets.connections() == connections).await
    }

    async fn until_engine(&self, holds: impl Fn(&Engine) -> bool + Send + Sync) -> Result<(), Refused> {
        let mut version = self.engine.watch_version();
        let mut late = self.engine.sleep(UNTIL_AT_MOST);
        while !holds(&self.engine) {
            let waiting = tokio::select! {
                changed = version.changed() => changed.is_ok(),
                () = &mut late => false,
            };
            if !waiting {
                let newest = self.engine.look(|world| world.transcript.newest(15));
                let words: Vec<String> = newest.into_iter().map(|entry| entry.words).collect();
                return Err(Refused::because(
                    "not_yet",
                    format!("it has not come to that; the newest traffic:\n{}", words.join("\n")),
                ));
            }
        }
        Ok(())
    }

    /// What just happened, oldest first.
    #[must_use]
    pub fn transcript(&self) -> Vec<Entry> {
        self.engine.look(|world| world.transcript.newest(usize::MAX))
    }

    /// Every channel in words, without times and ids.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        self.engine.look(look::in_words)
    }

    /// Looks at everything.
    pub fn look<R>(&self, with: impl FnOnce(&World) -> R) -> R {
        self.engine.look(with)
    }

    /// What somebody who starts an app needs, line by line.
    #[must_use]
    pub fn announcement(&self) -> String {
        let seed = self.engine.look(|world| world.chance.seed());
        format!(
            "Simulated workspace: {}\nSLACK_API_URL={}\nSLACK_BOT_TOKEN={}\nSLACK_APP_TOKEN={}\nSLACK_SIGNING_SECRET={}\nSeed of chance: {seed}",
            self.url(),
            self.api_url(),
            self.bot_token(),
            self.app_token(),
            self.signing_secret()
        )
    }

    /// Ends it; what is to be kept is kept.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub async fn stop(self) -> Result<(), Unreadable> {
        self.engine.closing.cancel();
        match &self.folder {
            Some(folder) => folder.save(|| self.engine.look(|world| world.state.clone())),
            None => Ok(()),
        }
    }

    fn keep_saving(&self) {
        let Some(folder) = self.folder.clone() else { return };
        let engine = Arc::clone(&self.engine);
        self.engine.spawn(async move {
            let mut version = engine.watch_version();
            while version.changed().await.is_ok() {
                let (folder, engine) = (folder.clone(), Arc::clone(&engine));
                let newest = move || engine.look(|world| world.state.clone());
                let saved = tokio::task::spawn_blocking(move || folder.save(newest)).await;
                if let Ok(Err(why)) = saved {
                    tracing::error!(%why, "the workspace is not kept");
                }
            }
        });
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        self.engine.closing.cancel();
    }
}

fn router(engine: &Arc<Engine>) -> Router {
    let guarded = Router::new()
        .route("/", get(page::index))
        .route("/assets/{*path}", get(page::asset))
        .merge(control::routes())
        .layer(axum::middleware::from_fn(control::only_from_here));
    Router::new()
        .route("/api/{method}", any(webapi::method))
        .route("/response/{team}/{key}", post(webapi::respond))
        .route("/link/", get(link))
        .merge(guarded)
        .with_state(Arc::clone(engine))
}

/// Posts scheduled messages when their time has come.
async fn post_scheduled(engine: &Arc<Engine>) {
    let mut version = engine.watch_version();
    loop {
        let next = engine.look(|world| world.state.next_scheduled());
        let due = async {
            match next {
                Some(at) => engine.time().sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = due => engine.change(|world| {
                let now = engine.now();
                for each in world.state.due(now) {
                    let ts = world.state.next_ts(now);
                    let mut message = each.message;
                    message.ts = ts;
                    world.post(now, &each.channel, message);
                }
            }),
            changed = version.changed() => if changed.is_err() { return },
        }
    }
}
