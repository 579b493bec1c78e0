//! Commands to a running bot, over a socket in its data directory: who may open the directory may give them, nobody over
//! the network. One line asks; lines answer; an answer that begins with `! ` says why not.
//!
//! | line | answer |
//! |---|---|
//! | `backup` | the lines of a backup |
//! | `forget USER` | one sentence |
//! | `retry` | one sentence |

use std::fs::{self, File, Permissions};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::ambient::Clock;
use crate::app::App;
use crate::app::forgetting::AskedBy;
use crate::domain::ids::UserId;
use crate::store::sled::SledStore;

use super::sentences;

const SOCKET: &str = "control.sock";
/// What begins an answer that says why not.
pub const NOT_DONE: &str = "! ";
/// A line that asks is no longer than this.
const ASKED_BYTES: u64 = 256;
/// Whoever asks and then neither asks nor listens is left after this long.
const PATIENCE: Duration = Duration::from_secs(60);
/// The system takes no longer path for a socket.
const LONGEST_PATH: usize = 100;

/// What commands work upon.
#[derive(Clone)]
pub struct Control {
    /// What is kept.
    pub store: Arc<SledStore>,
    /// The verbs, once the bot has started.
    pub app: Arc<OnceLock<App>>,
    /// Time.
    pub clock: Clock,
}

/// The path of the socket, and what has to stay open while it is used: a long path is gone round by way of an open directory.
fn socket_in(dir: &Path) -> io::Result<(PathBuf, Option<File>)> {
    let path = dir.join(SOCKET);
    if path.as_os_str().len() <= LONGEST_PATH {
        return Ok((path, None));
    }
    let open = File::open(dir)?;
    Ok((PathBuf::from(format!("/proc/self/fd/{}/{SOCKET}", open.as_raw_fd())), Some(open)))
}

/// The socket in a data directory, for its owner alone. The store there must be open: then nobody else listens, and what
/// an earlier run left behind may go.
pub fn listen(dir: &Path) -> io::Result<UnixListener> {
    let (path, _open) = socket_in(dir)?;
    if path.symlink_metadata().is_ok() {
        fs::remove_file(&path)?;
    }
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Answers until it is stopped.
pub async fn serve(listener: UnixListener, control: Control, stop: CancellationToken) {
    let answering = TaskTracker::new();
    loop {
        let taken = tokio::select! {
            () = stop.cancelled() => break,
            taken = listener.accept() => taken,
        };
        match taken {
            Ok((stream, _)) => {
                let (control, stop) = (control.clone(), stop.clone());
                answering.spawn(async move {
                    tokio::select! {
                        () = stop.cancelled() => {}
                        done = answer(stream, &control) => if let Err(error) = done {
                            tracing::warn!(%error, "a command was not answered");
                        }
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a command could not be taken");
                control.clock.sleep(Duration::from_secs(1)).await;
            }
        }
    }
    answering.close();
    answering.wait().await;
}

async fn answer(stream: UnixStream, control: &Control) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut asked = String::new();
    let mut bounded = BufReader::new(read.take(ASKED_BYTES));
    match control.clock.within(PATIENCE, bounded.read_line(&mut asked)).await {
        Some(read) => drop(read?),
        None => return Err(io::Error::other("nothing was asked")),
    }
    tracing::info!(command = asked.split_whitespace().next().unwrap_or_default(), "a command came");
    let said = match asked.trim().split_once(' ').unwrap_or((asked.trim(), "")) {
        ("backup", "") => return backup(&mut write, control).await,
        ("forget", person) => match (UserId::parse(person), control.app.get()) {
            (Err(_), _) => Err(sentences::no_user(person)),
            (_, None) => Err(sentences::not_started().to_owned()),
            (Ok(person), Some(app)) => {
                let gone = app.forget(&person, AskedBy::Operator).await;
                gone.map(|gone| sentences::forgotten(&person, gone)).map_err(|error| error.to_string())
            }
        },
        ("retry", "") => match control.app.get() {
            None => Err(sentences::not_started().to_owned()),
            Some(app) => app.retry().await.map(sentences::revived).map_err(|error| error.to_string()),
        },
        _ => Err(sentences::no_command().to_owned()),
    };
    let line = said.unwrap_or_else(|why| format!("{NOT_DONE}{why}"));
    write.write_all(format!("{line}\n").as_bytes()).await
}

async fn backup(write: &mut (impl AsyncWriteExt + Unpin), control: &Control) -> io::Result<()> {
    let mut lines = control.store.snapshot(control.clock.now());
    while let Some(some) = lines.recv().await {
        let some = some.unwrap_or_else(|error| format!("{NOT_DONE}{error}\n"));
        match control.clock.within(PATIENCE, write.write_all(some.as_bytes())).await {
            Some(written) => written?,
            None => return Err(io::Error::other("nobody listens any more")),
        }
    }
    Ok(())
}

/// Asks the bot that runs on this data directory; `None` when none does.
pub async fn ask(dir: &Path, wish: &str) -> io::Result<Option<BufReader<UnixStream>>> {
    let reached = match socket_in(dir) {
        Ok((path, _open)) => UnixStream::connect(&path).await,
        Err(error) => Err(error),
    };
    let mut stream = match reached {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    stream.write_all(format!("{wish}\n").as_bytes()).await?;
    Ok(Some(BufReader::new(stream)))
}
