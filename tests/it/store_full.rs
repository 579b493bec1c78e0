//! A full disk and a read-only one, as they are: a small file system of its own (Linux, `unshare`), with this test binary,
//! running [`child`] alone, inside. Where the system gives no such name space, the test says so and is not run.

use std::path::Path;
use std::process::Command;

use scopebot::domain::answers::{Answer, Question, Text};
use scopebot::domain::ids::{Home, ScopeId, SlackTime, Timestamp, UserId};
use scopebot::domain::scope::{Scope, Stage};
use scopebot::store::sled::{OpenOptions, SledStore};
use scopebot::store::{Change, Committed, Store, StoreError};

const DIR: &str = "STORE_FULL_DIR";

#[expect(clippy::disallowed_methods, reason = "a test harness speaks to its child through the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Runs a script in a name space of its own, in which `$DIR` is a file system of a few megabytes.
fn inside(script: &str) -> Option<(bool, String)> {
    let top = tempfile::tempdir().unwrap();
    let mounted = format!("mount -t tmpfs -o size=6m,mode=700 none \"$DIR\" || exit 77\n{script}");
    let done = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &mounted])
        .env("DIR", top.path())
        .env(DIR, top.path().join("store"))
        .env("CHILD", std::env::current_exe().unwrap())
        .output();
    match done {
        Ok(done) if (done.status.success() || !done.stdout.is_empty()) && done.status.code() != Some(77) => {
            let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
            Some((done.status.success(), said))
        }
        _ => None,
    }
}

const RUN: &str = "\"$CHILD\" --exact store_full::child --nocapture";

fn scope(n: u32) -> Scope {
    let (home, author) = (Home::parse("T0FULL").unwrap(), UserId::parse("U1").unwrap());
    let id = ScopeId::parse(&format!("01J9{n:022}")).unwrap();
    let mut scope = Scope::fresh(id, home, author, Timestamp::UNIX_EPOCH);
    if let Stage::Draft(draft) = &mut scope.stage {
        // Nothing that sled could make smaller: it does not compress.
        let words = Text::parse(&format!("{n} ").repeat(800), usize::MAX).unwrap();
        draft.answers.set(Question::System, Some(Answer::Words(Question::System, words)), SlackTime(1));
    }
    scope
}

/// Writes until nothing more can be written, says the error, makes room, and looks whether all of it is there.
#[tokio::test]
async fn child() {
    let Some(dir) = variable(DIR) else { return };
    let dir = Path::new(&dir);
    let ballast = dir.with_file_name("ballast");
    let opened = SledStore::open(dir, OpenOptions::default()).await;
    let store = match opened {
        Ok(store) => store,
        Err(error) => return println!("not opened: {error}"),
    };
    std::fs::write(&ballast, vec![1; 1 << 20]).unwrap();
    let mut acknowledged = 0;
    let error = loop {
        let new = scope(acknowledged);
        match store.commit(Change { scope: Some(new.clone()), ..Change::new(new.home, Timestamp::UNIX_EPOCH) }).await {
            Ok(Committed::Written(_)) => acknowledged += 1,
            Ok(other) => panic!("{other:?}"),
            Err(error) => break error,
        }
    };
    println!("after {acknowledged} commits: {error}");
    // Reading may be what fails, since sled makes room for a page by writing another: that ends nothing.
    let read = matches!(&error, StoreError::Driver { doing: "read", .. });
    let new = scope(acknowledged);
    match store.commit(Change { scope: Some(new.clone()), ..Change::new(new.home, Timestamp::UNIX_EPOCH) }).await {
        Ok(_) => {
            assert!(read, "after a failed write nothing more is written");
            acknowledged += 1;
        }
        Err(error) => println!("and again: {error}"),
    }
    drop(store);
    match SledStore::open(dir, OpenOptions::default()).await {
        Ok(_) => println!("opened while the disk is full"),
        Err(error) => println!("while the disk is full: {error}"),
    }
    std::fs::remove_file(&ballast).unwrap();
    let store = SledStore::open(dir, OpenOptions::default()).await.unwrap();
    for n in 0..acknowledged {
        let wanted = scope(n);
        let found = store.scope(&wanted.home, &wanted.id).await.unwrap().expect("what was acknowledged is there");
        assert_eq!(found.stage, wanted.stage);
    }
    let report = store.scrub().await.unwrap();
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    println!("all {acknowledged} are there once there is room");
}

#[test]
fn a_full_disk_stops_the_store_and_loses_nothing_that_was_acknowledged() {
    let Some((well, said)) = inside(RUN) else {
        return println!("NOT CHECKED: the system gives no name space with a file system of its own");
    };
    println!("{said}");
    assert!(well, "{said}");
    let count = said.lines().find_map(|line| line.strip_prefix("all ")?.split(' ').next()?.parse::<u32>().ok());
    assert!(count.is_some_and(|count| count > 50), "{said}");
    assert!(said.contains("after ") && said.contains("the store cannot"), "{said}");
}

#[test]
fn a_read_only_disk_is_told_in_a_sentence() {
    let script = "mkdir -m 700 \"$DIR/store\" && mount -o remount,ro \"$DIR\" && ".to_owned() + RUN;
    let Some((well, said)) = inside(&script) else {
        return println!("NOT CHECKED: the system gives no name space with a file system of its own");
    };
    assert!(well, "{said}");
    assert!(said.contains("not opened: ") && said.contains("it must be on a local disk"), "{said}");
    assert!(said.to_lowercase().contains("read-only"), "{said}");
}
