//! The real program on a disk that becomes full: it calls nothing saved that is not, ends by itself, and goes on once there is
//! room, started again by a script as a service manager would. The disk is a small file system in a name space of its own
//! (Linux, `unshare`); where the system gives none, the test says so and is not run.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use scopebot::simulator::Deed;
use scopebot::simulator::actions::AppChange;

use super::child::Serving;
use super::site::{Site, opens, runs};
use crate::wall::soon;

const SYSTEM: &str = "streaming ledger for card payments";
const SEARCH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/// Starts the program again after a failure, as `Restart=on-failure` does.
const MANAGER: &str = r#"
mount -t tmpfs -o size=12m,mode=700 none disk || exit 77
trap 'stopping=yes; kill -TERM $child' TERM
while :; do
    "$PROGRAM" serve & child=$!
    wait $child; code=$?
    [ -z "$stopping" ] || { wait $child; exit $?; }
    echo "ended with $code" >&2
    [ $code = 1 ] || exit $code
    sleep 0.3
done"#;

fn unshared() -> Command {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c"]);
    command
}

/// Whether there is a name space to be had.
fn is_possible(folder: &Path) -> bool {
    let tried = unshared().arg("mount -t tmpfs none disk").current_dir(folder).output();
    tried.is_ok_and(|tried| tried.status.success())
}

/// What is left free on the disk: some drafts, and no more.
const ROOM: u64 = 768 * 1024;

/// Takes all other room there is.
fn fills(ballast: &Path) {
    let mut file = File::create(ballast).unwrap();
    while file.write_all(&[1; 4096]).is_ok() {}
    file.set_len(file.metadata().unwrap().len() - ROOM).unwrap();
}

async fn posts(site: &Site, who: &str, system: &str) {
    let manager = site.workspace.persona(who);
    manager.types("/scope-backend", "hiring", &format!("{system}, 40k events/s, under 100 ms")).await.unwrap();
    opens(&site.workspace, who).await;
    manager.chooses("Which team do they join?", "A larger backend team").await.unwrap();
    manager.fills("What does it do, and what flows through it?", system).await.unwrap();
    manager.submits().await.unwrap();
    manager.submits().await.unwrap();
    assert_eq!(manager.stack_depth(), 0);
    let stands = |state: &scopebot::simulator::state::State| {
        state
            .channel("hiring")
            .is_ok_and(|channel| channel.messages.iter().any(|one| one.bot_id.is_some() && one.text.contains(system)))
    };
    site.workspace.until(stands).await.unwrap();
}

/// How often the program has said this.
fn times(serving: &mut Serving, words: &str) -> usize {
    serving.heard().iter().filter(|line| line.contains(words)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_the_program_ends_and_goes_on_once_there_is_room() {
    let site = Site::new().await;
    site.workspace.act(Deed::App(AppChange { rate_limits: Some(false), ..AppChange::default() })).await.unwrap();
    let folder = site.folder.path();
    std::fs::create_dir(folder.join("disk")).unwrap();
    if !is_possible(folder) {
        return println!("NOT CHECKED: the system gives no name space with a file system of its own");
    }
    let vars = site.vars("warn,scopebot=info");
    let more = [("SCOPEBOT_DATA_DIR", "disk/data"), ("SCOPEBOT_BACKUP_DIR", "copies"), ("PATH", SEARCH)];
    let vars: Vec<(&str, &str)> = vars.iter().map(|(name, value)| (*name, value.as_str())).chain(more).collect();
    let mut serving = runs(Serving::below(unshared().arg(MANAGER), folder, &vars)).await;
    posts(&site, "mara", SYSTEM).await;
    let ballast = PathBuf::from(format!("/proc/{}/root", serving.pid()))
        .join(folder.join("disk/ballast").strip_prefix("/").unwrap());
    fills(&ballast);

    // Each of these is kept or said not to be.
    let (milo, mut kept) = (site.workspace.persona("milo"), 0);
    let refused = loop {
        let need = format!("nightly run {kept} for forty shops, {}", "one word more ".repeat(15));
        milo.types("/scope-backend", "hiring", &need).await.unwrap();
        let newest = milo.notes("hiring").last().map(|note| note.says()).unwrap_or_default();
        if newest.contains("Not saved yet") {
            break newest;
        }
        assert!(kept < 2_000, "the disk never becomes full");
        opens(&site.workspace, "milo").await;
        milo.dismisses().await.unwrap();
        kept += 1;
    };
    assert!(refused.contains("nightly run"), "what was typed is given back: {refused}");
    while times(&mut serving, "ended with 1") == 0 {
        soon().await;
    }
    assert!(times(&mut serving, "a write failed, so nothing more can be kept") > 0);

    std::fs::remove_file(&ballast).unwrap();
    // People press again; and it works.
    let rhea = site.workspace.persona("rhea");
    for tries in 0.. {
        assert!(tries < 150, "it does not come back: {:?}", serving.heard());
        // Refused while nobody listens.
        let _perhaps = rhea.presses_in("hiring", "Approve").await;
        soon().await;
        if rhea.newest("hiring").is_some_and(|summary| summary.says().contains("Approved by")) {
            break;
        }
    }
    while times(&mut serving, "the store is whole") < 2 {
        soon().await;
    }
    posts(&site, "mara", "stock service that shops ask for prices").await;
    println!(
        "{kept} drafts kept before the disk was full; started again {} times",
        times(&mut serving, "ended with 1")
    );
    serving.asked_to_end();
    let end = tokio::task::spawn_blocking(move || serving.ended()).await.unwrap();
    assert_eq!(end.code, Some(0), "{}", end.said);
    assert!(!end.said.contains("a defect"), "{}", end.said);
}
