//! kill -9: a child process commits and says what was acknowledged; it is killed at a random moment; everything it said
//! is there when the store is opened again.
//!
//! The child is this test binary, running [`child`] alone. Fifteen rounds in the short form; `STORE_KILL_ROUNDS` asks for
//! more. A failure prints the seed; `STORE_KILL_SEED` repeats it as far as timing allows.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use scopebot::ambient::Random;
use scopebot::domain::audit::{AuditRow, Deed};
use scopebot::domain::effect::{Dm, Effect};
use scopebot::domain::ids::{Home, ScopeId, Timestamp, UserId, Version};
use scopebot::domain::scope::Scope;
use scopebot::store::sled::{OpenOptions, SledStore};
use scopebot::store::{Change, Committed, Lane, NewRow, Outcome, SeenKey, Settle, Shelf, Store, WorkerId};

const DIR: &str = "STORE_KILL_DIR";
/// Scopes that the child writes at once, each by a task of its own.
const TASKS: u32 = 8;

#[expect(clippy::disallowed_methods, reason = "a test harness speaks to its child through the environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn home() -> Home {
    Home::parse("T0KILL").unwrap()
}
fn id(n: u32) -> ScopeId {
    ScopeId::parse(&format!("01J9{n:022}")).unwrap()
}
fn user(n: u32) -> UserId {
    UserId::parse(&format!("U{n:04}")).unwrap()
}
fn at(second: u64) -> Timestamp {
    Timestamp::from_second(i64::try_from(second).unwrap()).unwrap()
}

/// What one acknowledged commit of a task leaves behind, all of it or nothing: version `n` of the task's scope, `n` audit
/// rows, a seen key, a place on the shelf; and one waiting row, which the next commit settles.
fn change(task: u32, based_on: u64) -> Change {
    let scope = Scope {
        version: Version(based_on),
        touched: at(based_on),
        ..Scope::fresh(id(task), home(), user(task), at(0))
    };
    let row = NewRow {
        lane: Lane::Person(id(task), user(task)),
        effect: Effect::Dm(user(task), Dm::NotPosted(format!("{}", based_on + 1))),
        not_before: at(0),
    };
    Change {
        scope: Some(scope),
        outbox: vec![row],
        audit: vec![AuditRow { at: at(based_on), by: None, revision: None, deed: Deed::Posted }],
        seen: Some(seen(task, based_on + 1)),
        ..Change::new(home(), at(0))
    }
}
fn seen(task: u32, version: u64) -> SeenKey {
    SeenKey::parse(&format!("{task}-{version}")).unwrap()
}

/// Commits for ever, as a child of the test below; does nothing in an ordinary run.
#[test]
fn child() {
    let Some(dir) = variable(DIR) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Arc::new(SledStore::open(Path::new(&dir), OpenOptions::default()).await.unwrap());
        let tasks = (0..TASKS).map(|task| tokio::spawn(write_for_ever(Arc::clone(&store), task)));
        for task in tasks.collect::<Vec<_>>() {
            task.await.unwrap();
        }
    });
}

async fn write_for_ever(store: Arc<SledStore>, task: u32) {
    let mut version = store.scope(&home(), &id(task)).await.unwrap().map_or(0, |scope| scope.version.0);
    loop {
        assert_eq!(store.commit(change(task, version)).await.unwrap(), Committed::Written(Version(version + 1)));
        version += 1;
        println!("ack {task} {version}");
        // The oldest waiting row of this task is claimed and done.
        let worker = WorkerId(task.to_string());
        let rows = store.claim(&worker, at(0), Duration::from_secs(60), TASKS as usize).await.unwrap();
        for row in rows {
            let settle = Settle { row: row.id, holder: Some(worker.clone()), outcome: Outcome::Over };
            let outcome = store.commit(Change { settle: Some(settle), ..Change::new(home(), at(0)) }).await.unwrap();
            assert_eq!(outcome, Committed::Written(Version(0)));
            println!("over {}", row.id.0);
        }
    }
}

/// What a child said before it was killed.
#[derive(Debug)]
struct Said {
    versions: Vec<u64>,
    over: Vec<u64>,
    lines: usize,
}

fn run_child_and_kill(dir: &Path, chance: &Random) -> Said {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store_kill::child", "--nocapture", "--test-threads=1"])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = Said { versions: vec![0; TASKS as usize], over: Vec::new(), lines: 0 };
    let mut output = BufReader::new(child.stdout.take().unwrap());
    // The moment is an amount of work, drawn anew; the writer is somewhere between two groups then.
    let enough = 20 + chance.u64() % 400;
    let mut line = String::new();
    while said.lines < usize::try_from(enough).unwrap() && output.read_line(&mut line).unwrap() > 0 {
        said.hear(&line);
        line.clear();
    }
    child.kill().unwrap();
    // What was said before the kill and not yet heard counts too.
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    child.wait().unwrap();
    for line in rest.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        said.hear(line);
    }
    said
}

impl Said {
    fn hear(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["ack", task, version] => {
                let task: usize = task.parse().unwrap();
                self.versions[task] = self.versions[task].max(version.parse().unwrap());
            }
            ["over", row] => self.over.push(row.parse().unwrap()),
            _ => return,
        }
        self.lines += 1;
    }
}

async fn assert_all_is_there(dir: &Path, said: &Said) {
    let store = SledStore::open(dir, OpenOptions::default()).await.unwrap();
    for task in 0..TASKS {
        let acknowledged = said.versions[task as usize];
        let stored = store.scope(&home(), &id(task)).await.unwrap().map_or(0, |scope| scope.version.0);
        assert!(stored >= acknowledged, "task {task}: {stored} stored, {acknowledged} acknowledged");
        // Nothing by halves: as many audit rows and seen keys as versions, one place on the shelf.
        let audit = store.audit(&home(), &id(task), usize::MAX).await.unwrap();
        assert_eq!(audit.len() as u64, stored, "task {task}");
        for version in [1, acknowledged, stored].into_iter().filter(|version| *version > 0) {
            assert!(store.seen(&home(), &seen(task, version)).await.unwrap(), "task {task} version {version}");
        }
        assert!(!store.seen(&home(), &seen(task, stored + 1)).await.unwrap());
        let shelf = store.shelf(&home(), &user(task), Shelf::Drafts, None, 10).await.unwrap();
        assert_eq!(shelf.len(), usize::from(stored > 0), "task {task}");
    }
    let waiting = store.claim(&WorkerId("check".into()), at(0), Duration::ZERO, 1000).await.unwrap();
    for row in waiting {
        assert!(!said.over.contains(&row.id.0), "row {} was over, and is back", row.id.0);
    }
    let report = store.scrub().await.unwrap();
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    store.close().await.unwrap();
}

#[tokio::test]
async fn whatever_was_acknowledged_is_there_after_kill_9() {
    let rounds: u32 = variable("STORE_KILL_ROUNDS").map_or(15, |rounds| rounds.parse().unwrap());
    let seed = variable("STORE_KILL_SEED").map_or_else(|| Random::from_os().u64(), |seed| seed.parse().unwrap());
    println!("STORE_KILL_SEED={seed}");
    let chance = Random::from_seed(seed);
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged = 0;
    for _ in 0..rounds {
        let said = run_child_and_kill(dir.path(), &chance);
        assert!(said.lines > 0, "the child said nothing");
        assert_all_is_there(dir.path(), &said).await;
        acknowledged += said.lines;
    }
    println!("{rounds} kills, {acknowledged} acknowledgements, none lost");
}
