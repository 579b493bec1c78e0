//! This machine: the data directory, its disk, the addresses.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::net::TcpListener;

use super::report::Report;

/// Less free space than this is a failure: a full disk stops the store for good.
pub const LEAST_FREE: u64 = 200 << 20;

/// Whether the store could work in `dir`. Nothing is left behind, and no directory is made: whoever runs the check may
/// not be who runs the bot.
pub(super) fn data_dir(report: &mut Report, dir: &Path) {
    const NAME: &str = "data directory";
    let shown = dir.display();
    if dir.exists() && !dir.is_dir() {
        report.failed(NAME, format!("{shown} is no directory"), "Give SCOPEBOT_DATA_DIR a directory.");
        return;
    }
    let place = nearest(dir);
    if let Err(error) = probe(&place) {
        report.failed(
            NAME,
            format!("{} cannot be written to: {error}", place.display()),
            "Give it to the user who runs the bot, or set SCOPEBOT_DATA_DIR to a directory of that user.",
        );
        return;
    }
    match is_in_use(dir) {
        Ok(true) => report.failed(
            NAME,
            format!("{shown} is in use by a running bot"),
            "If that is this one, ask its /readyz instead; else stop it, or set another SCOPEBOT_DATA_DIR.",
        ),
        Ok(false) if dir.exists() => report.fine(NAME, format!("{shown} can be written to and is free")),
        Ok(false) => report.fine(NAME, format!("{shown} will be made")),
        Err(error) => report.failed(
            NAME,
            format!("the store in {shown} cannot be opened: {error}"),
            "Give its files to the user who runs the bot.",
        ),
    }
}

/// Whether there is room.
pub(super) fn disk(report: &mut Report, dir: &Path, least: u64) {
    const NAME: &str = "disk";
    let place = nearest(dir);
    match rustix::fs::statvfs(&place) {
        // Not a disk at all, as /proc is not.
        Ok(disk) if disk.f_blocks == 0 => report.unknown(NAME, "the system does not say how much is free"),
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let seen = format!("{} MB free", free >> 20);
            if free >= least {
                report.fine(NAME, seen);
            } else {
                report.failed(
                    NAME,
                    seen,
                    format!("Make room for {} MB at least: a full disk stops the bot.", least >> 20),
                );
            }
        }
        Err(error) => report.unknown(NAME, format!("the system does not say how much is free: {error}")),
    }
}

/// Whether an address could be listened on.
pub(super) async fn address(report: &mut Report, name: &'static str, variable: &str, address: SocketAddr) {
    match TcpListener::bind(address).await {
        Ok(_) => report.fine(name, format!("{address} is free")),
        Err(error) => report.failed(
            name,
            format!("{address} cannot be listened on: {error}"),
            format!("Stop what listens there (a running bot does), or set another {variable}."),
        ),
    }
}

/// The directory itself, or the nearest one above it that is there.
fn nearest(dir: &Path) -> PathBuf {
    let found = dir.ancestors().find(|above| above.is_dir()).filter(|found| !found.as_os_str().is_empty());
    found.map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Writes a file, syncs it and takes it away.
fn probe(place: &Path) -> io::Result<()> {
    let path = place.join(format!(".scopebot-check-{}", std::process::id()));
    let written = OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut file| {
        file.write_all(b"scopebot check\n")?;
        file.sync_all()
    });
    match (written, std::fs::remove_file(&path)) {
        (Ok(()), removed) => removed,
        (Err(error), _) => Err(error),
    }
}

/// Whether a process holds the lock of the store there.
fn is_in_use(dir: &Path) -> io::Result<bool> {
    let file = match File::open(dir.join("sled").join("db")) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_with_less_than_the_least_fails_and_names_how_much_it_takes() {
        let mut report = Report::default();
        disk(&mut report, Path::new("."), 0);
        assert_eq!(report.failures(), 0);
        disk(&mut report, Path::new("."), u64::MAX);
        assert_eq!(report.failures(), 1, "{report}");
    }

    #[test]
    fn a_directory_that_is_not_there_yet_is_judged_by_the_one_above_it_and_not_made() {
        let top = tempfile::tempdir().unwrap();
        let dir = top.path().join("a/b");
        let mut report = Report::default();
        data_dir(&mut report, &dir);
        assert_eq!(report.failures(), 0, "{report}");
        assert_eq!(std::fs::read_dir(top.path()).unwrap().count(), 0);
    }
}
