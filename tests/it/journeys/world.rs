//! A bot beside a simulated workspace, with one clock for both; every journey runs in every world.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use jiff::Timestamp;
use scopebot::ambient::{Random, TestClock};
use scopebot::run::args::DemoTransport;
use scopebot::run::bot::{Bot, Make};
use scopebot::run::demo::{HandTime, demo_settings};
use scopebot::run::manifest::manifest;
use scopebot::simulator::{Config, Persona, SeenMessage, Transport, Workspace};
use scopebot::store::Store;
use scopebot::store::memory::MemoryStore;
use scopebot::store::sled::{OpenOptions, SledStore};
use scopebot::store::wrappers::AilingStore;
use scopebot::telemetry::Board;
use tokio_util::sync::CancellationToken;

/// How Slack reaches the bot, and where the bot keeps things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    pub transport: DemoTransport,
    pub keeps: Keeps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    Memory,
    Sled,
}

impl Kind {
    pub const ALL: [Kind; 4] = [
        Kind { transport: DemoTransport::Http, keeps: Keeps::Memory },
        Kind { transport: DemoTransport::Socket, keeps: Keeps::Memory },
        Kind { transport: DemoTransport::Http, keeps: Keeps::Sled },
        Kind { transport: DemoTransport::Socket, keeps: Keeps::Sled },
    ];
}

/// A world that is not done by then hangs: the machine's own time, since the journey's stands still.
const HANGS_AFTER: Duration = Duration::from_secs(100);

enum Kept {
    Memory(Arc<MemoryStore>),
    Sled(PathBuf),
}

/// One world.
pub struct World {
    pub kind: Kind,
    pub workspace: Workspace,
    pub clock: TestClock,
    bot: Option<Bot>,
    board: Board,
    sled: Option<Arc<SledStore>>,
    disk: Option<Arc<AilingStore>>,
    kept: Kept,
    dir: tempfile::TempDir,
    change: Vec<(&'static str, String)>,
    client: reqwest::Client,
    /// Dropped with the world: then nobody waits for it to hang any more.
    _watched: Sender<()>,
}

impl World {
    pub async fn start(kind: Kind) -> World {
        World::with(kind, &[]).await
    }

    /// With settings of its own.
    pub async fn with(kind: Kind, change: &[(&'static str, &str)]) -> World {
        let clock = TestClock::at(Timestamp::from_second(1_764_000_000).unwrap());
        let transport = Some(Transport::Socket);
        let config = Config { manifest: Some(manifest(None)), transport, ..Config::default() };
        let workspace = Workspace::start(config, Arc::new(HandTime { clock: clock.clone() })).await.unwrap();
        let dir = tempfile::tempdir().unwrap();
        let kept = match kind.keeps {
            Keeps::Memory => Kept::Memory(Arc::new(MemoryStore::default())),
            Keeps::Sled => Kept::Sled(dir.path().join("bot")),
        };
        let change = change.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
        let _watched = watched(kind);
        let mut world = World {
            kind,
            workspace,
            clock,
            bot: None,
            board: Board::default(),
            sled: None,
            disk: None,
            kept,
            dir,
            change,
            client,
            _watched,
        };
        world.start_bot().await;
        world
    }

    /// Starts the bot over what was kept.
    pub async fn start_bot(&mut self) {
        let store: Arc<dyn Store> = match &self.kept {
            Kept::Memory(store) => store.clone(),
            Kept::Sled(dir) => {
                let store = Arc::new(SledStore::open(dir, OpenOptions::default()).await.unwrap());
                self.sled = Some(store.clone());
                store
            }
        };
        let store = Arc::new(AilingStore::new(store, self.clock.clock()));
        self.disk = Some(store.clone());
        let changed: Vec<(&str, &str)> = self.change.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let settings = demo_settings(&self.workspace, self.kind.transport, self.dir.path(), &changed).unwrap();
        let make = Make {
            settings,
            store,
            prompts: scopebot::prompts::load(None).unwrap(),
            clock: self.clock.clock(),
            random: Random::from_seed(11),
            board: self.board.clone(),
        };
        let bot = Bot::start(make, &CancellationToken::new()).await.unwrap();
        match bot.address() {
            Some(address) => {
                self.workspace.connect_http(&format!("http://{address}/slack/events")).await.unwrap();
            }
            None => self.workspace.until_connections(1).await.unwrap(),
        }
        self.bot = Some(bot);
        self.settle().await;
    }

    /// Stops the bot in good order.
    pub async fn stop_bot(&mut self) {
        if let Some(bot) = self.bot.take() {
            bot.stop().await;
        }
        self.disk = None;
        if let Some(sled) = self.sled.take() {
            sled.close().await.unwrap();
        }
    }

    /// Where the bot's parts say how they are.
    pub fn board(&self) -> &Board {
        &self.board
    }

    pub fn bot(&self) -> &Bot {
        self.bot.as_ref().unwrap()
    }

    /// What the store is written to, to be made ill and well again.
    pub fn disk(&self) -> &AilingStore {
        self.disk.as_ref().unwrap()
    }

    /// The store on disk, in a world that has one.
    pub fn sled(&self) -> &SledStore {
        self.sled.as_ref().unwrap()
    }

    /// What is kept, as the stream of a backup.
    pub async fn backup(&self) -> String {
        let store = self.sled.as_ref().expect("this world keeps things in a directory");
        let (mut lines, mut stream) = (store.snapshot(self.clock.now()), String::new());
        while let Some(some) = lines.recv().await {
            stream.push_str(&some.unwrap());
        }
        stream
    }

    pub fn persona(&self, name: &str) -> Persona {
        self.workspace.persona(name)
    }

    /// Until nothing is under way that could be done now.
    pub async fn settle(&self) {
        loop {
            self.workspace.quiet().await;
            self.bot().quiet().await;
            // One side may have woken the other meanwhile.
            tokio::task::yield_now().await;
            let mut still = true;
            for _ in 0..3 {
                still = still && self.workspace.is_quiet() && self.bot().is_quiet().await;
            }
            if still {
                return;
            }
        }
    }

    /// Lets lines come about, break and be seen to: that is counted nowhere, so a few questions go over lines of their own,
    /// and time stands still until they are answered.
    async fn breathes(&self) {
        self.settle().await;
        for _ in 0..3 {
            self.goes_round().await;
        }
        self.settle().await;
    }

    /// Once over a line of its own and back, when nothing is on its way from Slack.
    pub async fn goes_round(&self) {
        self.asks("quiet").await;
    }

    /// The same, whatever is on its way.
    pub async fn looks(&self) {
        self.asks("app").await;
    }

    async fn asks(&self, what: &str) {
        let answer = self.client.get(format!("{}/sim/{what}", self.workspace.url())).send().await;
        assert!(answer.is_ok_and(|answer| answer.status().is_success()));
    }

    /// Lets time pass, a second at a time, so that everything falls due in its order.
    pub async fn passes(&self, seconds: u64) {
        for _ in 0..seconds {
            self.breathes().await;
            self.clock.advance(Duration::from_secs(1));
        }
        self.breathes().await;
    }

    /// Lets long times pass, in such steps; sockets that were given up on the way are open again afterwards.
    pub async fn lapses(&self, time: Duration, step: Duration) {
        let until = self.clock.now().checked_add(time).unwrap();
        while self.clock.now() < until {
            self.breathes().await;
            self.clock.advance(step);
        }
        self.breathes().await;
        self.reached().await;
    }

    /// Until Slack reaches the bot: over sockets that both sides still think well of.
    pub async fn reached(&self) {
        if self.kind.transport == DemoTransport::Socket {
            self.passes(45).await;
        }
        self.settle().await;
        while self.kind.transport == DemoTransport::Socket && self.workspace.connections() == 0 {
            self.passes(1).await;
            tokio::task::yield_now().await;
        }
    }

    /// The newest summary in #hiring.
    pub fn summary(&self) -> SeenMessage {
        self.persona("rhea").newest("hiring").expect("a summary stands in #hiring")
    }

    /// All that the bot has said in #hiring for everybody, threads apart.
    pub fn summaries(&self) -> Vec<SeenMessage> {
        let all = self.persona("rhea").reads("hiring");
        all.into_iter().filter(|message| message.is_from_app() && !message.is_only_for_me()).collect()
    }

    /// What stands in the thread of the newest summary, the summary apart.
    pub fn thread(&self) -> Vec<String> {
        let thread = self.persona("rhea").reads_thread("hiring", self.summary().ts());
        thread.iter().skip(1).map(SeenMessage::says).collect()
    }

    /// What the bot has said to somebody alone, in their direct messages.
    pub fn dms(&self, who: &str) -> Vec<String> {
        self.persona(who).reads("dm").iter().map(SeenMessage::says).collect()
    }

    /// The newest note in #hiring that only they see.
    pub fn note(&self, who: &str) -> String {
        self.persona(who).notes("hiring").last().map(SeenMessage::says).unwrap_or_default()
    }

    /// What somebody reads in their window.
    pub fn window(&self, who: &str) -> String {
        self.persona(who).modal().map(|view| view.says()).unwrap_or_default()
    }

    /// All that stands in the fields of somebody's window.
    pub fn fields(&self, who: &str) -> String {
        self.persona(who).modal().map(|view| view.0["values"].to_string()).unwrap_or_default()
    }

    /// The newest traffic in words, for a failing test.
    pub fn traffic(&self) -> String {
        let all = self.workspace.transcript();
        let newest = all.iter().skip(all.len().saturating_sub(40));
        newest.map(|entry| format!("{} {}\n", entry.at, entry.words)).collect()
    }

    pub async fn end(mut self) -> Vec<String> {
        self.settle().await;
        let words = self.workspace.in_words();
        self.stop_bot().await;
        self.workspace.stop().await.unwrap();
        words
    }
}

/// The long forms of tests take as long as they take.
fn hangs_after() -> Duration {
    let long = ["FAULT_DELIVERIES", "APPROVAL_DEEDS", "FLOOD_DELIVERIES"]
        .iter()
        .any(|name| crate::kill::variable(name).is_some());
    if long { HANGS_AFTER * 100 } else { HANGS_AFTER }
}

/// Ends the whole process with a message when the world outlives its time; a hanging test says nothing.
fn watched(kind: Kind) -> Sender<()> {
    let (alive, gone) = channel::<()>();
    let name = std::thread::current().name().unwrap_or("a journey").to_owned();
    std::thread::spawn(move || {
        if gone.recv_timeout(hangs_after()) == Err(RecvTimeoutError::Timeout) {
            eprintln!("{name} hangs in {kind:?}");
            std::process::abort();
        }
    });
    alive
}
