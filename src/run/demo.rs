//! `scopebot demo`: the bot and a simulated workspace in one process; no token, nothing to configure.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::ambient::{Clock, Random, ShiftedClock};
use crate::config::{Settings, Vars, settings};
use crate::simulator::time::{RunsByItself, Wait};
use crate::simulator::{Config, Time, Transport, Workspace};
use crate::store::sled::{OpenOptions, SledStore};
use crate::telemetry::{Board, LogForm, start_logging};

use super::args::{DemoArgs, DemoTransport};
use super::bot::{Bot, Make};
use super::manifest::manifest;
use super::{End, on_signal, serve};

/// Where the demo's bot takes signed requests, when it does.
const DEMO_EVENTS: &str = "127.0.0.1:0";
/// The hiring channel of the demo.
const HIRING: &str = "C0DEMOHIRE";
/// Its approvers: the group of recruiters.
const APPROVERS: &str = "S0DEMORECR";

/// The bot's clock as the workspace's; it runs by itself, and the page can set it forward.
pub struct SharedTime(pub ShiftedClock);

impl Time for SharedTime {
    fn now(&self) -> Timestamp {
        self.0.clock().now()
    }
    fn sleep_until(&self, at: Timestamp) -> Wait {
        self.0.clock().sleep_until(at)
    }
    fn advance(&self, by: Duration) -> Result<(), RunsByItself> {
        self.0.advance(by);
        Ok(())
    }
    fn is_by_hand(&self) -> bool {
        true
    }
}

/// Runs until Ctrl-C.
pub(super) async fn demo(args: DemoArgs) -> End {
    if let Err(error) = start_logging("warn,scopebot=info", LogForm::Plain) {
        eprintln!("The demo cannot start: {error}");
        return End::Failed;
    }
    match run(args).await {
        Ok(()) => End::Well,
        Err(why) => {
            eprintln!("The demo stopped: {why}");
            End::Failed
        }
    }
}

async fn run(args: DemoArgs) -> Result<(), Box<dyn std::error::Error>> {
    if args.fresh {
        // What the demo made and nothing else: the folder may be anybody's.
        for made in ["workspace", "bot"].map(|name| args.dir.join(name)) {
            if made.exists() {
                std::fs::remove_dir_all(made)?;
            }
        }
    }
    let shifted = ShiftedClock::over(Clock::system());
    let clock = shifted.clock();
    let stop = on_signal();
    let config = Config {
        listen: args.listen,
        manifest: Some(manifest(None)),
        transport: Some(Transport::Socket),
        folder: Some(args.dir.join("workspace")),
        seed: Random::from_os().u64(),
        rate_limits: true,
    };
    let workspace = Workspace::start(config, Arc::new(SharedTime(shifted))).await?;
    let store = Arc::new(SledStore::open(&args.dir.join("bot"), OpenOptions::default()).await?);
    let Some(prompts) = serve::prompts(None) else { return Err("the words have faults".into()) };
    let settings = demo_settings(&workspace, args.transport, &args.dir, &[])?;
    let make = Make {
        settings,
        store: store.clone(),
        prompts,
        clock: clock.clone(),
        random: Random::from_os(),
        board: Board::default(),
    };
    let bot = Bot::start(make, &stop).await?;
    if let Some(address) = bot.address() {
        workspace.connect_http(&format!("http://{address}/slack/events")).await?;
    }
    println!("The demo is running. Open {} in a browser; Ctrl-C ends it.", workspace.url());
    println!(
        "Type /scope-backend in #hiring as Demo Manager Mara; then be a demo recruiter and react with a check mark."
    );
    let ended = tokio::select! {
        () = stop.cancelled() => Ok(()),
        why = bot.failed() => Err(why),
    };
    println!("Ending; the state is kept in {}.", args.dir.display());
    bot.stop().await;
    store.close().await?;
    workspace.stop().await?;
    ended.map_err(Into::into)
}

/// The settings of a bot that belongs to a simulated workspace; `change` comes over what the demo has.
pub fn demo_settings(
    workspace: &Workspace,
    transport: DemoTransport,
    dir: &Path,
    change: &[(&str, &str)],
) -> Result<Settings, Box<dyn std::error::Error>> {
    let (api, bot, app, secret) =
        (workspace.api_url(), workspace.bot_token(), workspace.app_token(), workspace.signing_secret());
    let data = dir.join("bot").display().to_string();
    let mut vars = vec![
        ("SLACK_API_URL", api.as_str()),
        ("SLACK_BOT_TOKEN", bot.as_str()),
        ("SCOPEBOT_HIRING_CHANNEL", HIRING),
        ("SCOPEBOT_APPROVERS", APPROVERS),
        ("SCOPEBOT_DATA_DIR", data.as_str()),
        ("SCOPEBOT_LISTEN", DEMO_EVENTS),
    ];
    vars.push(match transport {
        DemoTransport::Socket => ("SLACK_APP_TOKEN", app.as_str()),
        DemoTransport::Http => ("SLACK_SIGNING_SECRET", secret.as_str()),
    });
    // Of two values for one name the later one counts.
    vars.extend(change);
    settings(&Vars::of(vars)).map_err(|problems| {
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        said.join(" ").into()
    })
}

/// A clock that a test moves, for the bot and the workspace alike.
pub struct HandTime {
    /// What the bot waits on.
    pub clock: crate::ambient::TestClock,
}

impl Time for HandTime {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }
    fn sleep_until(&self, at: Timestamp) -> Wait {
        self.clock.clock().sleep_until(at)
    }
    fn advance(&self, by: Duration) -> Result<(), RunsByItself> {
        self.clock.advance(by);
        Ok(())
    }
    fn is_by_hand(&self) -> bool {
        true
    }
}
