//! `scopebot backup` and what a running bot does of it by itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use crate::ambient::Clock;
use crate::config::Backups;
use crate::store::StoreError;
use crate::store::backup::folder::{Backup, FolderFault, Manifest, Unfinished, newest, thin_out};
use crate::store::sled::SledStore;
use crate::telemetry::{Board, Part};

use super::args::BackupArgs;
use super::sentences;
use super::source::{Lines, Why};

/// The bot looks this often whether a backup is due.
const LOOK_EVERY: Duration = Duration::from_secs(5 * 60);

/// A backup of the store in `dir`, whether a bot runs on it or not.
pub(super) async fn backup(dir: &Path, args: &BackupArgs, clock: &Clock) -> Result<String, Why> {
    let mut lines = Lines::of(dir, clock).await?;
    let mut unfinished = Unfinished::begin(&args.dir)?;
    while let Some(line) = lines.next().await? {
        unfinished.write(line.as_bytes())?;
    }
    let (path, manifest) = unfinished.finish()?;
    if let Some(keep) = args.keep {
        thin_out(&args.dir, keep)?;
    }
    Ok(sentences::backed_up(&path, &manifest))
}

/// Why the bot made no backup.
#[derive(Debug, thiserror::Error)]
enum NoBackup {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Folder(#[from] FolderFault),
}

async fn take(store: &SledStore, to: &Backups, clock: &Clock) -> Result<(PathBuf, Manifest), NoBackup> {
    let mut lines = store.snapshot(clock.now());
    let mut unfinished = Unfinished::begin(&to.dir)?;
    while let Some(some) = lines.recv().await {
        unfinished.write(some?.as_bytes())?;
    }
    let made = tokio::task::spawn_blocking(move || unfinished.finish()).await;
    let made = made.map_err(|error| StoreError::Driver { doing: "finish a backup", why: error.to_string() })??;
    thin_out(&to.dir, to.keep)?;
    Ok(made)
}

/// Makes a backup whenever the newest is older than it may be, until it is stopped. A failure is told on `/readyz`, in the
/// log and in metrics, and tried again; earlier backups stay.
pub(super) async fn watch(store: Arc<SledStore>, to: Backups, clock: Clock, board: Board, stop: CancellationToken) {
    loop {
        if is_due(&to, &clock) {
            let outcome = match take(&store, &to, &clock).await {
                Ok((path, manifest)) => {
                    let rows: u64 = manifest.rows.values().sum();
                    tracing::info!(path = %path.display(), rows, bytes = manifest.bytes, "a backup was made");
                    board.note(Part::Store, None);
                    "made"
                }
                Err(error) => {
                    tracing::error!(%error, "no backup was made; earlier ones stay");
                    board.note(Part::Store, Some(format!("no backup was made: {error}")));
                    "failed"
                }
            };
            metrics::counter!("scopebot_backups_total", "outcome" => outcome).increment(1);
        }
        if let Some(age) = age(&to.dir, &clock) {
            metrics::gauge!("scopebot_backup_age_seconds").set(age.as_secs_f64());
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = clock.sleep(LOOK_EVERY) => {}
        }
    }
}

/// How old the newest backup is; `None` without one.
fn age(dir: &Path, clock: &Clock) -> Option<SignedDuration> {
    let manifest = newest(dir).ok().flatten()?;
    Some(clock.now().duration_since(manifest.head.taken_at.0))
}

fn is_due(to: &Backups, clock: &Clock) -> bool {
    age(&to.dir, clock).is_none_or(|age| Duration::try_from(age).is_ok_and(|age| age >= to.every))
}

/// The newest backup, for whoever has to restore it; a sentence.
pub(super) fn newest_for(to: Option<&Backups>) -> String {
    let found = to.and_then(|to| Backup::find(&to.dir).ok());
    match found {
        Some(backup) => format!(" The newest backup is {}.", backup.path.display()),
        None => String::new(),
    }
}
