//! What the commands on a store say, one function a sentence.

use std::path::Path;

use crate::app::forgetting::Forgotten;
use crate::domain::ids::UserId;
use crate::store::backup::Kind;
use crate::store::backup::folder::Manifest;

fn counted(number: u64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// The store stopped by itself.
pub const STORE_STOPPED: &str = "a write failed, so nothing more can be kept (see \"a write failed\" in the log): make room or \
    change the disk, and start again. Slack repeats events that were not acknowledged; people were asked to press again.";

/// What was deleted.
pub fn forgotten(person: &UserId, gone: Forgotten) -> String {
    let (drafts, posted) = (gone.drafts as u64, gone.posted as u64);
    format!(
        "{person}: {} and {} deleted. Their messages are taken back; ids in the audit stay. Backups made before hold the \
         texts until they are thinned out.",
        counted(drafts, "draft", "drafts"),
        counted(posted, "posted scope", "posted scopes"),
    )
}

/// What is sent again.
pub fn revived(rows: usize) -> String {
    format!("{} will be sent again.", counted(rows as u64, "message", "messages"))
}

/// What is in a backup, and where it lies.
pub fn backed_up(path: &Path, manifest: &Manifest) -> String {
    let rows: u64 = manifest.rows.values().sum();
    let scopes = manifest.rows.get(&Kind::Scope).copied().unwrap_or_default();
    let (rows, scopes) = (counted(rows, "row", "rows"), counted(scopes, "scope", "scopes"));
    format!("{}: {scopes}, {rows}, {} bytes", path.display(), manifest.bytes)
}

/// What was restored.
pub fn restored(from: &Path, to: &Path, manifest: &Manifest) -> String {
    let scopes = manifest.rows.get(&Kind::Scope).copied().unwrap_or_default();
    format!(
        "{} was restored from {}, as it stood at {}: {}, all read through and sound.",
        to.display(),
        from.display(),
        manifest.head.taken_at.0,
        counted(scopes, "scope", "scopes"),
    )
}

/// There is nothing to work upon.
pub fn no_store(dir: &Path) -> String {
    format!("There is no store in {}. Set SCOPEBOT_DATA_DIR to the data directory of the bot.", dir.display())
}

/// What was given is no user.
pub fn no_user(given: &str) -> String {
    format!("{given:?} is no user id (U… or W…). `scopebot check @handle` prints the id of a person.")
}

/// The bot waits for Slack.
pub fn not_started() -> &'static str {
    "The bot has not reached Slack yet. Try again when it has, or stop it and give the command then."
}

/// A line that asks for nothing known.
pub fn no_command() -> &'static str {
    "There is no such command. Is the running bot of another version?"
}

/// A directory that others may look into.
pub fn open_to_others(path: &Path, wanted: &str) -> String {
    format!("{} can be read by other users of this machine: {wanted} {}", path.display(), path.display())
}
