//! `scopebot restore`: a store from a backup, into an empty directory, read through afterwards.

use std::path::Path;

use crate::store::backup::folder::Backup;
use crate::store::sled::{OpenOptions, SledStore, rebuild};

use super::args::RestoreArgs;
use super::sentences;
use super::source::Why;

/// Restores into `dir`.
pub(super) async fn restore(dir: &Path, args: &RestoreArgs) -> Result<String, Why> {
    let backup = Backup::find(&args.dir)?;
    let (rows, into) = (backup.rows()?, dir.to_owned());
    tokio::task::spawn_blocking(move || rebuild(&into, rows)).await??;
    let store = SledStore::open(dir, OpenOptions::default()).await?;
    let report = store.scrub().await?;
    store.close().await?;
    if !report.is_sound() {
        return Err(format!("what was restored is not sound: {report}").into());
    }
    Ok(sentences::restored(&backup.path, dir, &backup.manifest))
}
