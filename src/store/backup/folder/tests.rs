use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::domain::ids::Timestamp;
use crate::store::backup::{FORMAT, line_of};
use crate::store::record::Spelt;

fn stream(second: i64) -> String {
    let head = Head {
        scopebot_backup: FORMAT,
        program: "0.1.0".into(),
        layout: 1,
        taken_at: Spelt(Timestamp::from_second(1_700_000_000 + second).unwrap()),
        commits: 1,
        last_row: 0,
        serial: 0,
    };
    let row = r#"{"home":"T1","kind":"seen","key":["Ev1"],"schema":1,"record":{"until":"2026-01-01T00:00:00Z"}}"#;
    let row: serde_json::Value = serde_json::from_str(row).unwrap();
    let end = End { rows: [(Kind::Seen, 1)].into() };
    line_of(&head).unwrap() + &line_of(&row).unwrap() + &line_of(&end).unwrap()
}

fn written(within: &Path, stream: &str) -> Result<(PathBuf, Manifest), FolderFault> {
    let mut unfinished = Unfinished::begin(within)?;
    unfinished.write(stream.as_bytes())?;
    unfinished.finish()
}

#[test]
fn a_backup_is_named_by_its_moment_and_its_owners_alone() {
    let top = tempfile::tempdir().unwrap();
    let within = top.path().join("backups");
    let (path, manifest) = written(&within, &stream(0)).unwrap();
    assert_eq!(path.file_name().unwrap(), "scopebot-2023-11-14T22-13-20.000Z");
    assert_eq!(manifest.rows, [(Kind::Seen, 1)].into());
    for (path, mode) in [(&within, 0o700), (&path, 0o700), (&path.join(ROWS), 0o600), (&path.join(MANIFEST), 0o600)] {
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
    }
    assert!(matches!(written(&within, &stream(0)), Err(FolderFault::There { .. })), "never overwritten");
    assert_eq!(Backup::find(&path).unwrap().manifest, manifest);
    assert_eq!(fs::read_dir(&within).unwrap().count(), 1, "nothing unfinished is left");
}

#[test]
fn the_newest_is_found_and_the_oldest_go() {
    let within = tempfile::tempdir().unwrap();
    for second in [30, 10, 20] {
        written(within.path(), &stream(second)).unwrap();
    }
    fs::create_dir(within.path().join("scopebot-2999-01-01T00-00-00.000Z")).unwrap();
    let newest = Backup::find(within.path()).unwrap();
    assert_eq!(newest.manifest.head.taken_at.0.as_second(), 1_700_000_030, "what has no manifest is no backup");
    assert_eq!(thin_out(within.path(), 2).unwrap().len(), 1);
    let left: Vec<_> = finished(within.path()).unwrap();
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|path| !path.ends_with("scopebot-2023-11-14T22-13-30.000Z") || *path == newest.path));
    thin_out(within.path(), 0).unwrap();
    assert_eq!(finished(within.path()).unwrap(), [newest.path], "one always stays");
}

/// As one made by root is to the user who runs the bot; root itself reads everything, so a circle of names stands in for it.
#[test]
fn a_newer_backup_that_cannot_be_looked_into_is_not_passed_over_for_an_older_one() {
    let within = tempfile::tempdir().unwrap();
    written(within.path(), &stream(10)).unwrap();
    let newer = within.path().join("scopebot-2999-01-01T00-00-00.000Z");
    fs::create_dir(&newer).unwrap();
    std::os::unix::fs::symlink(newer.join(MANIFEST), newer.join(MANIFEST)).unwrap();
    let refused = Backup::find(within.path()).unwrap_err();
    assert!(matches!(&refused, FolderFault::Io { path, .. } if *path == newer), "{refused}");
    assert!(newest(within.path()).unwrap().is_some(), "the bot's own rounds go by what they can read");
}

#[test]
fn a_stream_that_was_cut_or_changed_becomes_no_backup() {
    let within = tempfile::tempdir().unwrap();
    let whole = stream(0);
    let ends: Vec<usize> = whole.match_indices('\n').map(|(at, _)| at + 1).collect();
    let cut = written(within.path(), &whole[..ends[1]]).unwrap_err().to_string();
    assert!(cut.contains("line 3 should follow"), "{cut}");
    let lost = whole[..ends[0]].to_owned() + &whole[ends[1]..];
    assert!(written(within.path(), &lost).unwrap_err().to_string().contains("other rows"));
    let changed = whole.replace("Ev1", "Ev2");
    assert!(written(within.path(), &changed).unwrap_err().to_string().contains("line 2 is damaged"));
    let newer = line_of(&serde_json::json!({"scopebot_backup": FORMAT + 1, "unheard": "of"})).unwrap();
    assert!(written(within.path(), &newer).unwrap_err().to_string().contains("newer"));
    assert_eq!(fs::read_dir(within.path()).unwrap().count(), 0);
}

#[test]
fn a_backup_that_changed_on_disk_is_refused() {
    let within = tempfile::tempdir().unwrap();
    let (path, _) = written(within.path(), &stream(0)).unwrap();
    let rows = fs::read_to_string(path.join(ROWS)).unwrap();
    fs::write(path.join(ROWS), rows.clone() + "\n").unwrap();
    assert!(matches!(Backup::find(&path), Err(FolderFault::Differs { .. })));
    fs::write(path.join(ROWS), rows).unwrap();
    assert!(Backup::find(&path).is_ok());
    let manifest = fs::read_to_string(path.join(MANIFEST)).unwrap();
    fs::write(path.join(MANIFEST), manifest.replace("\"seen\": 1", "\"seen\": 2")).unwrap();
    assert!(matches!(Backup::find(&path), Err(FolderFault::Differs { .. })));
    fs::remove_file(path.join(MANIFEST)).unwrap();
    assert!(matches!(Backup::find(&path), Err(FolderFault::None { .. })));
}
