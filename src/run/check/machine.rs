//! This machine: the data directory, its disk, the addresses.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::net::TcpListener;

use super::report::Report;
use crate::config::Backups;
use crate::run::serve::is_open_to_others;
use crate::store::backup::folder::newest;

/// Less free space than this is a failure: a full disk stops the store for good.
pub const LEAST_FREE: u64 = 200 << 20;

/// Whether a bot runs on the data directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Running {
    /// One holds its lock.
    Bot,
    /// None that can be seen.
    Nobody,
}

/// Whether the store could work in `dir`. Nothing is left behind, and no directory is made: whoever runs the check may
/// not be who runs the bot.
pub(super) fn data_dir(report: &mut Report, dir: &Path) -> Running {
    const NAME: &str = "data directory";
    let shown = dir.display();
    if dir.exists() && !dir.is_dir() {
        report.failed(NAME, format!("{shown} is no directory"), "Give SCOPEBOT_DATA_DIR a directory.");
        return Running::Nobody;
    }
    let place = nearest(dir);
    if let Err(error) = probe(&place) {
        report.failed(
            NAME,
            format!("{} cannot be written to: {error}", place.display()),
            "Give it to the user who runs the bot, or set SCOPEBOT_DATA_DIR to a directory of that user.",
        );
        return Running::Nobody;
    }
    match is_in_use(dir) {
        Ok(true) => {
            report
                .unknown(NAME, format!("a bot runs on {shown}: its /readyz says how it is; a second one cannot start"));
            return Running::Bot;
        }
        Ok(false) if dir.exists() => report.fine(NAME, format!("{shown} can be written to and is free")),
        Ok(false) => report.fine(NAME, format!("{shown} will be made")),
        Err(error) => report.failed(
            NAME,
            format!("the store in {shown} cannot be opened: {error}"),
            "Give its files to the user who runs the bot.",
        ),
    }
    Running::Nobody
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

/// Whether other users of the machine may read what is not for them; nothing is said of what is not there, or is well.
pub(super) fn privacy(report: &mut Report, name: &'static str, path: &Path, remedy: &str) {
    if is_open_to_others(path) {
        let shown = path.display();
        report.failed(name, format!("{shown} can be read by other users"), format!("{remedy} {shown}"));
    }
}

/// Whether backups could be made, and the newest there is.
pub(super) fn backups(report: &mut Report, backups: Option<&Backups>) {
    const NAME: &str = "backups";
    let Some(Backups { dir, .. }) = backups else {
        return report.unknown(NAME, "switched off by SCOPEBOT_BACKUP_HOURS=0");
    };
    let shown = dir.display();
    if let Err(error) = probe(&nearest(dir)) {
        let remedy = "Give it to the user who runs the bot, or set SCOPEBOT_BACKUP_DIR to a directory of that user.";
        return report.failed(NAME, format!("{shown} cannot be written to: {error}"), remedy);
    }
    match newest(dir) {
        Ok(Some(manifest)) => report.fine(NAME, format!("the newest in {shown} is of {}", manifest.head.taken_at.0)),
        Ok(None) => report.fine(NAME, format!("none yet in {shown}")),
        Err(error) => {
            let remedy = "Look at that folder: the newest backup there may be damaged.";
            report.failed(NAME, format!("{shown} cannot be read: {error}"), remedy);
        }
    }
}

/// Whether an address could be listened on; beside a running bot it is that one's.
pub(super) async fn address(
    report: &mut Report,
    name: &'static str,
    variable: &str,
    address: SocketAddr,
    running: Running,
) {
    match TcpListener::bind(address).await {
        Ok(_) => report.fine(name, format!("{address} is free")),
        Err(error) if running == Running::Bot && error.kind() == io::ErrorKind::AddrInUse => {
            report.unknown(name, format!("{address} is in use, as it has to be by the bot that runs"));
        }
        Err(error) => report.failed(
            name,
            format!("{address} cannot be listened on: {error}"),
            format!("Stop what listens there, or set another {variable}."),
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

    #[test]
    fn what_others_may_read_is_named_with_the_command_that_mends_it() {
        use std::os::unix::fs::PermissionsExt;
        let top = tempfile::tempdir().unwrap();
        let file = top.path().join(".env");
        let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let failures = |path: &Path| {
            let mut report = Report::default();
            privacy(&mut report, ".env", path, "chmod 600");
            (report.failures(), report.to_string())
        };
        assert_eq!(failures(&file).0, 0, "it is not there");
        std::fs::write(&file, "SLACK_BOT_TOKEN=x").unwrap();
        mode(0o600);
        assert_eq!(failures(&file).0, 0);
        mode(0o640);
        let (count, table) = failures(&file);
        assert!(count == 1 && table.contains("chmod 600 "), "{table}");
    }

    #[test]
    fn where_backups_cannot_be_made_is_said() {
        let top = tempfile::tempdir().unwrap();
        let to = |dir: PathBuf| Backups { dir, every: std::time::Duration::ZERO, keep: 1 };
        let mut report = Report::default();
        backups(&mut report, Some(&to(top.path().join("new"))));
        backups(&mut report, None);
        assert_eq!(report.failures(), 0, "{report}");
        assert!(report.to_string().contains("none yet"), "{report}");
        backups(&mut report, Some(&to(PathBuf::from("/proc/self/none"))));
        assert_eq!(report.failures(), 1, "{report}");
    }
}
