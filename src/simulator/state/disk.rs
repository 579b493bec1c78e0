//! The workspace kept between runs: one JSON file, written beside itself and moved into place.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::State;

/// The folder that holds `workspace.json`.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    /// One writer at a time, each with the newest state.
    writing: Arc<Mutex<()>>,
}

/// The kept workspace could not be read or written; the message names the file.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("cannot use {file}: {why}")]
    Disk { file: PathBuf, why: std::io::Error },
    #[error("{file} holds no workspace of this version ({why}); remove it to begin with the first day")]
    Content { file: PathBuf, why: serde_json::Error },
}

impl Folder {
    #[must_use]
    pub fn at(path: &Path) -> Folder {
        Folder { path: path.to_owned(), writing: Arc::default() }
    }

    fn file(&self) -> PathBuf {
        self.path.join("workspace.json")
    }

    /// The kept workspace, if there is one.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn load(&self) -> Result<Option<State>, Unreadable> {
        let file = self.file();
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => bytes,
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(why) => return Err(Unreadable::Disk { file, why }),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|why| Unreadable::Content { file, why })
    }

    /// Writes what `state` gives once it is this writer's turn; a crash in the middle leaves the former one.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn save(&self, state: impl FnOnce() -> State) -> Result<(), Unreadable> {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let state = state();
        let file = self.file();
        let fresh = self.path.join("workspace.json.new");
        let bytes = serde_json::to_vec(&state).map_err(|why| Unreadable::Content { file: file.clone(), why })?;
        let write = || -> std::io::Result<()> {
            std::fs::create_dir_all(&self.path)?;
            let mut out = std::fs::File::create(&fresh)?;
            out.write_all(&bytes)?;
            out.sync_all()?;
            std::fs::rename(&fresh, &file)
        };
        write().map_err(|why| Unreadable::Disk { file: file.clone(), why })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::state::{Message, first_day};
    use jiff::Timestamp;

    #[test]
    fn the_workspace_survives_a_restart_and_a_damaged_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Folder::at(folder.path());
        assert!(kept.load().unwrap().is_none());
        let mut state = first_day(Timestamp::UNIX_EPOCH);
        let ts = state.next_ts(Timestamp::UNIX_EPOCH);
        let message = Message::of(ts.clone(), "U0DEMOMARA", "hello");
        state.channels.get_mut("C0DEMOHIRE").unwrap().messages.push(message);
        kept.save(|| state).unwrap();
        let back = kept.load().unwrap().unwrap();
        assert_eq!(back.channel("hiring").unwrap().message(&ts).unwrap().text, "hello");
        std::fs::write(folder.path().join("workspace.json"), "{").unwrap();
        assert!(kept.load().unwrap_err().to_string().contains("workspace.json"));
    }
}
