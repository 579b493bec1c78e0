//! `scopebot serve`: the bot, from the environment to a clean stop.

use std::io::IsTerminal;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::ambient::{Clock, Random};
use crate::config::{Problem, Settings, Vars, settings};
use crate::prompts::{Prompts, load};
use crate::store::sled::{OpenOptions, SledStore};
use crate::telemetry::{Board, LogForm, Part, State, serve_admin, start_logging, start_metrics};

use super::bot::{Bot, Make};
use super::control::{self, Control};
use super::{End, backup, on_signal, sentences};

/// Open files wished for: every connection taken, and some.
const OPEN_FILES: u64 = 8192;

/// Reads the configuration of `folder` and the environment, and runs until it is told to stop.
pub(super) async fn serve(folder: &Path) -> End {
    let read = Vars::of_process(folder).map_err(|problem| vec![problem]).and_then(|vars| settings(&vars));
    let settings = match read {
        Ok(settings) => settings,
        Err(problems) => return said(&problems),
    };
    let form = if std::io::stderr().is_terminal() { LogForm::Plain } else { LogForm::Json };
    if let Err(error) = start_logging(&settings.log, form) {
        eprintln!("scopebot cannot start: {error}");
        return End::Usage;
    }
    allow_open_files();
    // The words are read while the store is opened: each takes about as long.
    let dir = settings.prompts_dir.clone();
    let words = tokio::task::spawn_blocking(move || prompts(dir.as_deref()));
    let stop = on_signal();
    match run(settings, words, &stop).await {
        Ok(end) => end,
        Err(why) => {
            eprintln!("scopebot stopped: {why}");
            End::Failed
        }
    }
}

/// As many open files as the system lets this process have: each connection is one, and the usual limit of 1,024 is there
/// for programs that nobody reads any more.
fn allow_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.map_or(OPEN_FILES, |most| most.min(OPEN_FILES));
    if current.is_some_and(|current| current < wanted)
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum })
    {
        tracing::warn!(%error, "no more files may be open than the system began with");
    }
}

/// Every problem of the configuration, on standard error.
pub(super) fn said(problems: &[Problem]) -> End {
    eprintln!("scopebot cannot start. {} to mend:", counted(problems.len()));
    for problem in problems {
        eprintln!("  {problem}");
    }
    End::Usage
}

fn counted(problems: usize) -> String {
    if problems == 1 { "One thing".to_owned() } else { format!("{problems} things") }
}

/// The words, or every fault in them on standard error.
pub(super) fn prompts(dir: Option<&Path>) -> Option<Prompts> {
    match load(dir) {
        Ok(prompts) => Some(prompts),
        Err(faults) => {
            eprintln!("scopebot cannot start. The words have faults:");
            for fault in faults {
                eprintln!("  {fault}");
            }
            None
        }
    }
}

async fn run(
    settings: Settings,
    words: JoinHandle<Option<Prompts>>,
    stop: &CancellationToken,
) -> Result<End, Box<dyn std::error::Error>> {
    let metrics = start_metrics()?;
    let board = Board::default();
    board.report(Part::Intake, State::NotReady("starting".to_owned()));
    let admin = TcpListener::bind(settings.admin_listen).await.map_err(|error| {
        format!("cannot listen on {}: {error}. Check SCOPEBOT_ADMIN_LISTEN.", settings.admin_listen)
    })?;
    let admin_stop = CancellationToken::new();
    let serving = tokio::spawn(serve_admin(admin, board.clone(), metrics, admin_stop.clone()));
    let options = OpenOptions { cache_bytes: settings.cache_bytes, ..OpenOptions::default() };
    let opened = SledStore::open(&settings.data_dir, options).await;
    let store = Arc::new(opened.map_err(|error| format!("{error}.{}", backup::newest_for(settings.backups.as_ref())))?);
    let Some(prompts) = words.await? else {
        store.close().await?;
        return Ok(End::Usage);
    };
    warn_of_readers(&settings.data_dir);
    let working = CancellationToken::new();
    let app = Arc::new(OnceLock::new());
    let commands = match control::listen(&settings.data_dir) {
        Ok(listener) => {
            let control = Control { store: store.clone(), app: app.clone(), clock: Clock::system() };
            Some(tokio::spawn(control::serve(listener, control, working.clone())))
        }
        Err(error) => {
            tracing::error!(%error, "commands (backup, export, forget, retry) cannot reach this bot");
            None
        }
    };
    let backing_up = settings
        .backups
        .clone()
        .map(|to| tokio::spawn(backup::watch(store.clone(), to, Clock::system(), board.clone(), working.clone())));
    board.report(Part::Store, State::Ready);
    let make = Make {
        settings,
        store: store.clone(),
        prompts,
        clock: Clock::system(),
        random: Random::from_os(),
        board: board.clone(),
    };
    let bot = match Bot::start(make, stop).await {
        Ok(bot) => bot,
        Err(super::bot::StartFault::Stopped) => {
            working.cancel();
            store.close().await?;
            return Ok(End::Well);
        }
        Err(fault) => {
            store.close().await?;
            return Err(fault.into());
        }
    };
    // Nobody else sets it.
    let _set = app.set(bot.app().clone());
    let scrubbing = scrub_behind(&store, &board);
    let ended = tokio::select! {
        () = stop.cancelled() => Ok(()),
        why = bot.failed() => Err(why),
        // A start reads what the disk really holds; until then everybody would be asked to repeat in vain.
        () = store.stopped() => Err(sentences::STORE_STOPPED.to_owned()),
    };
    board.report(Part::Intake, State::NotReady("stopping".to_owned()));
    tracing::info!("stopping: finishing what is in hand");
    bot.stop().await;
    scrubbing.abort();
    working.cancel();
    for task in [commands, backing_up].into_iter().flatten() {
        task.await?;
    }
    store.close().await?;
    admin_stop.cancel();
    serving.await??;
    tracing::info!("stopped");
    ended.map(|()| End::Well).map_err(Into::into)
}

/// Says so when other users of the machine may read what is not for them.
fn warn_of_readers(data_dir: &Path) {
    for (path, remedy) in [(data_dir, "chmod 700"), (Path::new(".env"), "chmod 600")] {
        if is_open_to_others(path) {
            tracing::warn!("{}", sentences::open_to_others(path, remedy));
        }
    }
}

/// Whether others than its owner may read or enter it; not where there is none.
pub(super) fn is_open_to_others(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Reads the whole store once after the start, so that damage is found before somebody needs the row.
fn scrub_behind(store: &Arc<SledStore>, board: &Board) -> tokio::task::JoinHandle<()> {
    let (store, board) = (Arc::clone(store), board.clone());
    tokio::spawn(async move {
        match store.scrub_gently(&Clock::system()).await {
            Ok(report) if report.is_sound() => {
                tracing::info!(rows = report.rows, "the store is whole");
                board.report(Part::Scrub, State::Ready);
            }
            Ok(report) => {
                tracing::error!(rows = report.rows, faults = report.fault_count, "the store has holes");
                board.report(Part::Scrub, State::NotReady("the store has holes; restore a backup".to_owned()));
            }
            Err(error) => tracing::error!(%error, "the store could not be read through"),
        }
    })
}
