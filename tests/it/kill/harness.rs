//! The program, its killer, and the comparison.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;
use scopebot::ambient::Random;
use scopebot::ambient::failpoint::Step;
use scopebot::run::manifest::manifest;
use scopebot::simulator::actions::AppChange;
use scopebot::simulator::time::Wait;
use scopebot::simulator::{Config, Deed, Time, Transport, Workspace};
use scopebot::store::Store;
use scopebot::store::sled::{OpenOptions, SledStore};

use crate::process::child::Serving;
use crate::stories::{Doubles, Plot, Stage, Story, Watch, account, hiring_channels, play, repeat_words};
use crate::wall::WallTime;

/// Stories told at once.
const AT_ONCE: usize = 8;
const CHANNELS: usize = 8;
/// The program lives at most so long, from its start, before it is killed.
const LIVES_MS: (u64, u64) = (150, 2_200);
const PATIENCE: Duration = Duration::from_secs(70);

/// How Slack reaches the program, and whether it can recognise its own messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Socket,
    Http,
    /// Over sockets; Slack tells of no metadata, and the history may not be read.
    Traceless,
}

#[expect(clippy::disallowed_methods, reason = "a test harness is told its length by the environment")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The machine's clock, with Slack's long pauses shortened: a repeat after one minute comes after two seconds.
struct HurriedTime;

impl Time for HurriedTime {
    fn now(&self) -> Timestamp {
        WallTime.now()
    }

    fn sleep_until(&self, at: Timestamp) -> Wait {
        let now = self.now();
        let wait = Duration::try_from(at.duration_since(now)).unwrap_or_default();
        let wait = if wait >= Duration::from_secs(30) { wait / 30 } else { wait };
        WallTime.sleep_until(now.checked_add(wait).unwrap_or(Timestamp::MAX))
    }
}

/// What a run came to.
#[derive(Debug)]
#[expect(dead_code, reason = "printed, and shown by a failing test")]
pub struct Figures {
    pub kills: usize,
    pub stories: usize,
    pub deliveries: usize,
    pub repeated_deeds: usize,
    pub doubles: Doubles,
}

/// A workspace, and the settings of a program for it.
struct Site {
    workspace: Workspace,
    folder: tempfile::TempDir,
    vars: Vec<(&'static str, String)>,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Site {
    async fn new(way: Way) -> Site {
        let listen = format!("127.0.0.1:{}", free_port());
        let transport = match way {
            Way::Http => Transport::RequestUrl(format!("http://{listen}/slack/events")),
            Way::Socket | Way::Traceless => Transport::Socket,
        };
        let (manifest, transport) = (Some(manifest(None)), Some(transport));
        let config = Config { manifest, transport, rate_limits: false, ..Config::default() };
        let workspace = Workspace::start(config, Arc::new(HurriedTime)).await.unwrap();
        let mut scopes = workspace.look(|world| world.state.app.scopes.iter().cloned().collect::<Vec<_>>());
        let mut change = AppChange::default();
        if way == Way::Traceless {
            change.metadata_events = Some(Vec::new());
        } else {
            scopes.extend(["channels:history", "groups:history", "im:history"].map(str::to_owned));
            change.scopes = Some(scopes);
        }
        workspace.act(Deed::App(change)).await.unwrap();
        let channels = hiring_channels(&workspace, CHANNELS).await;
        let mut vars = vec![
            ("SLACK_BOT_TOKEN", workspace.bot_token()),
            ("SLACK_API_URL", workspace.api_url()),
            ("SCOPEBOT_HIRING_CHANNEL", channels),
            ("SCOPEBOT_APPROVERS", "S0DEMORECR".to_owned()),
            ("SCOPEBOT_ADMIN_LISTEN", "127.0.0.1:0".to_owned()),
            ("SCOPEBOT_DATA_DIR", "data".to_owned()),
            ("FAILPOINT_WAIT_MS", "600".to_owned()),
        ];
        match way {
            Way::Http => {
                vars.extend([("SLACK_SIGNING_SECRET", workspace.signing_secret()), ("SCOPEBOT_LISTEN", listen)]);
            }
            Way::Socket | Way::Traceless => vars.push(("SLACK_APP_TOKEN", workspace.app_token())),
        }
        if way != Way::Traceless {
            vars.push(("SCOPEBOT_READ_HISTORY", "on".to_owned()));
        }
        let mut folder = tempfile::tempdir().unwrap();
        if variable("KILL_KEEP").is_some() {
            folder.disable_cleanup(true);
            println!("{}", folder.path().display());
        }
        Site { workspace, folder, vars }
    }

    fn starts(&self) -> Serving {
        self.starts_with(&[])
    }

    fn starts_with(&self, more: &[(&str, &str)]) -> Serving {
        let vars = self.vars.iter().map(|(name, value)| (*name, value.as_str()));
        Serving::start(self.folder.path(), &vars.chain(more.iter().copied()).collect::<Vec<_>>())
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// Ends the program in good order and looks into its store: how many rows of the outbox wait.
    async fn ends(&self, serving: Serving) -> usize {
        serving.asked_to_end();
        let end = tokio::task::spawn_blocking(move || serving.ended()).await.unwrap();
        assert_eq!(end.code, Some(0), "{}", end.said);
        sound(&self.data()).await
    }
}

/// The rows of the outbox that wait in a store that is whole.
async fn sound(data: &Path) -> usize {
    let store = SledStore::open(data, OpenOptions::default()).await.unwrap();
    let report = store.scrub().await.unwrap();
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    let rows = store.depth().await.unwrap().rows;
    store.close().await.unwrap();
    rows
}

/// Tells stories while the program is killed so often; the program that lives at the end.
async fn told(site: &Site, stage: &Stage<'_>, kills: usize, chance: &Random) -> (Serving, usize) {
    let (killing, next) = (AtomicBool::new(true), AtomicUsize::new(0));
    let killer = async {
        let mut serving = site.starts();
        for _ in 0..kills {
            let (least, most) = LIVES_MS;
            stage.waits(least + chance.u64() % (most - least)).await;
            let said = serving.killed();
            let defect = said.iter().find(|line| line.contains("a defect") || line.contains("\"ERROR\""));
            assert_eq!(defect, None);
            serving = site.starts();
        }
        killing.store(false, Ordering::Relaxed);
        serving
    };
    let tellers = join_all((0..AT_ONCE).map(|_| async {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            play(stage, Story::of(number)).await;
            if !killing.load(Ordering::Relaxed) && next.load(Ordering::Relaxed) >= Plot::ALL.len() {
                return;
            }
        }
    }));
    let (serving, _) = tokio::join!(killer, tellers);
    (serving, next.load(Ordering::Relaxed))
}

/// Waits until nothing waits to be said.
async fn settled(site: &Site, stage: &Stage<'_>, serving: Serving) {
    let mut serving = serving;
    for pause in [2_500, 4_000, 8_000, 16_000, 30_000] {
        site.workspace.quiet().await;
        stage.waits(pause).await;
        if site.ends(serving).await == 0 {
            return;
        }
        serving = site.starts();
    }
    panic!("the outbox does not become empty");
}

/// What each plot comes to when nothing is killed.
pub async fn expected(way: Way) -> BTreeMap<Plot, Vec<String>> {
    let site = Site::new(way).await;
    let stage = Stage::new(&site.workspace, Arc::new(HurriedTime), PATIENCE, CHANNELS);
    let serving = site.starts();
    join_all((0..Plot::ALL.len()).map(|number| play(&stage, Story::of(number)))).await;
    settled(&site, &stage, serving).await;
    let words = |number| account(&site.workspace, Story::of(number)).in_words(Story::of(number), CHANNELS);
    (0..Plot::ALL.len()).map(|number| (Story::of(number).plot, words(number))).collect()
}

/// Kills the program so often; fails on the first scope that does not look as it does without.
pub async fn killed(way: Way, kills: usize) -> Figures {
    let seed = variable("KILL_SEED").map_or_else(|| Random::from_os().u64(), |seed| seed.parse().unwrap());
    println!("KILL_SEED={seed} {way:?}");
    let wanted = expected(way).await;
    let site = Site::new(way).await;
    // While it is killed all the time, little gets done between two kills.
    let patience = PATIENCE + Duration::from_millis(LIVES_MS.1) * u32::try_from(kills.min(100)).unwrap();
    let mut stage = Stage::new(&site.workspace, Arc::new(HurriedTime), patience, CHANNELS);
    if way == Way::Traceless {
        stage.hesitates_ms = 4_000;
    }
    let (mut watch, chance, over) = (Watch::default(), Random::from_seed(seed), AtomicBool::new(false));
    let telling = async {
        let (serving, stories) = told(&site, &stage, kills, &chance).await;
        settled(&site, &stage, serving).await;
        over.store(true, Ordering::Relaxed);
        stories
    };
    let watching = async {
        while !over.load(Ordering::Relaxed) {
            watch.look(&site.workspace, repeat_words());
            stage.waits(500).await;
        }
    };
    let (stories, ()) = tokio::join!(telling, watching);
    watch.look(&site.workspace, repeat_words());
    let doubles = watch.doubles();
    let repeated_deeds = stage.repeated.load(Ordering::Relaxed);
    let figures = Figures { kills, stories, deliveries: watch.deliveries, repeated_deeds, doubles };
    println!("{way:?}: {figures:?}");
    for number in 0..stories {
        compare(&site, Story::of(number), &wanted, way);
    }
    figures
}

/// One story of each plot; the program ends itself when it reaches that step for the `nth` time, and is started again.
/// Whether it came to that.
pub async fn stopped_at(step: Step, nth: u32, way: Way, wanted: &BTreeMap<Plot, Vec<String>>) -> bool {
    let site = Site::new(way).await;
    let stage = Stage::new(&site.workspace, Arc::new(HurriedTime), PATIENCE, CHANNELS);
    let point = format!("{}:{nth}", step.key());
    let serving = site.starts_with(&[("FAILPOINT", &point)]);
    let over = AtomicBool::new(false);
    let starting_again = async {
        let mut serving = serving;
        let mut stopped = false;
        while !over.load(Ordering::Relaxed) {
            if !stopped && serving.has_ended() {
                stopped = true;
                serving = site.starts();
            }
            stage.waits(50).await;
        }
        (serving, stopped)
    };
    let telling = async {
        join_all((0..Plot::ALL.len()).map(|number| play(&stage, Story::of(number)))).await;
        over.store(true, Ordering::Relaxed);
    };
    let ((serving, stopped), ()) = tokio::join!(starting_again, telling);
    settled(&site, &stage, serving).await;
    for number in 0..Plot::ALL.len() {
        compare(&site, Story::of(number), wanted, way);
    }
    let mut watch = Watch::default();
    watch.look(&site.workspace, repeat_words());
    let doubles = watch.doubles();
    assert_eq!(doubles.doubles, 0, "{step:?} {nth}: {doubles:?}");
    stopped
}

fn compare(site: &Site, story: Story, wanted: &BTreeMap<Plot, Vec<String>>, way: Way) {
    let (found, wanted) = (account(&site.workspace, story).in_words(story, CHANNELS), &wanted[&story.plot]);
    // With twins about, what is wanted has to be there, and nothing else but twins.
    let lacking: Vec<&String> = wanted.iter().filter(|line| !found.contains(line)).collect();
    let strange: Vec<&String> = found.iter().filter(|line| !wanted.contains(line)).collect();
    match way {
        Way::Traceless => assert!(lacking.is_empty(), "{story:?} lacks {lacking:#?}; it has {strange:#?}"),
        Way::Http | Way::Socket => {
            assert!(lacking.is_empty() && strange.is_empty(), "{story:?} lacks {lacking:#?}; it has {strange:#?}");
            assert_eq!(&found, wanted, "{story:?}: the order");
        }
    }
}
