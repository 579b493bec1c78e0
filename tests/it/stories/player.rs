//! Somebody plays a story: each deed again until it is acknowledged.

use std::future::Future;
use std::sync::Mutex;

use scopebot::simulator::{Deed, Done, Persona, Refused};

use super::{Plot, Stage, Story, account};

const TICK: &str = "white_check_mark";
const SYSTEM: &str = "What does it do, and what flows through it?";
const SPEED: &str = "How fast must it be?";
/// What somebody is told whose press was not taken in time: `not_saved` of `prompts/refusals.toml`.
const NOT_SAVED: &str = "Not saved yet. Please press again";
/// Between two tries of a person.
const PAUSE_MS: u64 = 150;

/// Plays it to its end.
pub async fn play(stage: &Stage<'_>, story: Story) {
    let (handle, name) = (story.manager(), format!("Demo Manager {}", story.number));
    stage.workspace.act(Deed::AddPerson { handle: handle.clone(), name, kind: None }).await.unwrap();
    stage.workspace.act(Deed::Invite { channel: "hiring".into(), person: handle.clone() }).await.unwrap();
    let recruiter = if story.number.is_multiple_of(2) { "rhea" } else { "ravi" };
    let recruiter = stage.workspace.persona(recruiter).at(&format!("window{}", story.number));
    let player =
        Player { stage, story, manager: stage.workspace.persona(&handle), recruiter, refused: Mutex::default() };
    player.fills_the_form().await;
    if story.plot == Plot::Reopens {
        player.leaves_and_comes_back().await;
    }
    player.posts().await;
    match story.plot {
        Plot::Reacts | Plot::Reopens => player.reacts().await,
        Plot::Presses => {
            player.approves("Approve").await;
            player.until("Approved by").await;
            player.withdraws().await;
            player.reacts().await;
        }
        Plot::Revises => {
            player.reacts().await;
            player.revises().await;
            player.approves("Approve revision 2").await;
        }
    }
    player.until("Approved by").await;
}

struct Player<'a> {
    stage: &'a Stage<'a>,
    story: Story,
    manager: Persona,
    recruiter: Persona,
    refused: Mutex<String>,
}

fn is_acknowledged(done: &Done) -> bool {
    done.delivered.iter().all(|one| one.outcome == "acknowledged")
}

impl Player<'_> {
    fn system(&self) -> String {
        format!("streaming ledger {} that books card payments and feeds finance", self.story.word())
    }

    /// Again and again, until `step` says that it has come to that.
    async fn until_so<F: Future<Output = bool>>(&self, what: &str, step: impl Fn() -> F) {
        let mut tries = 0;
        let started = self.stage.time.now();
        while !step().await {
            tries += 1;
            self.stage.waits(PAUSE_MS).await;
            let waited = self.stage.time.now().duration_since(started).unsigned_abs();
            assert!(waited < self.stage.patience, "{:?}: not {what} after {tries} tries\n{}", self.story, self.sees());
        }
    }

    /// A deed, again until it is acknowledged.
    async fn does<F: Future<Output = Result<Done, Refused>>>(&self, what: &str, deed: impl Fn() -> F) {
        self.until_so(what, || async {
            let acknowledged = self.tries(deed()).await;
            if !acknowledged {
                self.stage.did_again();
            }
            acknowledged
        })
        .await;
    }

    /// A deed once; whether it was acknowledged. What cannot be done is kept for a failure to tell.
    async fn tries(&self, deed: impl Future<Output = Result<Done, Refused>>) -> bool {
        match deed.await {
            Ok(done) => is_acknowledged(&done),
            Err(refused) => {
                *self.refused.lock().unwrap() = refused.to_string();
                false
            }
        }
    }

    /// What they have before them, for a failure.
    fn sees(&self) -> String {
        let window =
            self.manager.modal().map(|view| format!("{} {:?} {}", view.says(), view.failure(), view.0["errors"]));
        let traffic = self.stage.workspace.look(|world| world.transcript.newest(40));
        let traffic: Vec<String> = traffic.into_iter().map(|entry| format!("{} {}", entry.at, entry.words)).collect();
        format!(
            "{window:?}\n{:?}\n{:?}\n{}",
            self.refused,
            account(self.stage.workspace, self.story),
            traffic.join("\n")
        )
    }

    async fn has_a_window_soon(&self) -> bool {
        for _ in 0..10 {
            if self.manager.modal().is_some() {
                return true;
            }
            self.stage.waits(PAUSE_MS / 3).await;
        }
        false
    }

    async fn opens(&self) {
        self.until_so("opened", || async {
            if self.manager.modal().is_some() {
                return true;
            }
            // Refused while a window is on its way.
            self.tries(self.manager.types("/scope-backend", "hiring", "")).await;
            self.has_a_window_soon().await
        })
        .await;
    }

    async fn chooses(&self, field: &str, option: &str) {
        self.does("chosen", || self.manager.chooses(field, option)).await;
    }

    /// Opens the form and answers its first question. A window that opened while its draft was not kept acknowledges
    /// nothing, and says so: it is closed and opened again.
    async fn begins(&self) {
        self.until_so("begun", || async {
            self.opens().await;
            let started = self.stage.time.now();
            while self.stage.time.now().duration_since(started).as_secs() < 8 {
                let kind = self.manager.chooses("What kind of system is it?", "Event pipeline, in real time");
                if self.tries(kind).await {
                    return true;
                }
                self.stage.did_again();
                self.stage.waits(PAUSE_MS).await;
            }
            self.tries(self.manager.dismisses()).await;
            false
        })
        .await;
    }

    async fn fills_the_form(&self) {
        self.begins().await;
        let system = self.system();
        self.does("filled", || self.manager.fills(SYSTEM, &system)).await;
        self.chooses(SPEED, "Under 100 milliseconds").await;
        self.chooses("How much at a busy moment?", "10,000 to 100,000 a second").await;
        self.chooses("Which team do they join?", "One or two other backend engineers").await;
    }

    async fn leaves_and_comes_back(&self) {
        self.manager.dismisses().await.unwrap();
        self.opens().await;
        let fields = self.manager.modal().unwrap().0["values"].to_string();
        for kept in [self.story.word().as_str(), "event_pipeline", "finance"] {
            assert!(fields.contains(kept), "{:?}: {kept} was acknowledged and is lost: {fields}", self.story);
        }
    }

    /// From the form to the message in the channel.
    async fn posts(&self) {
        let channel = self.story.channel(self.stage.channels);
        let id = self.stage.workspace.look(|world| world.state.channel(&channel).unwrap().id.clone());
        self.until_so("reviewed", || async {
            if self.manager.stack_depth() < 2 {
                self.tries(self.manager.submits()).await;
            }
            self.manager.stack_depth() == 2
        })
        .await;
        // An edit stays where its scope is.
        if self.manager.modal().is_some_and(|view| view.says().contains("Where should it appear?")) {
            self.chooses("Where should it appear?", &format!("<#{id}>")).await;
        }
        self.until_so("posted", || async {
            if self.manager.stack_depth() == 2 {
                self.tries(self.manager.submits()).await;
            }
            if self.manager.stack_depth() == 1 {
                self.tries(self.manager.submits()).await;
            }
            self.manager.stack_depth() == 0
        })
        .await;
        self.until(&self.story.word()).await;
        if self.stage.hesitates_ms > 0 {
            self.stage.waits(self.stage.hesitates_ms).await;
        }
    }

    /// Until a summary of this story says so.
    async fn until(&self, words: &str) {
        self.until_so(words, || async { self.says(words) }).await;
    }

    /// The places where a person may react or press: one, or the twins.
    fn summaries(&self) -> Vec<String> {
        account(self.stage.workspace, self.story).summaries.into_iter().map(|(ts, _)| ts).collect()
    }

    async fn reacts(&self) {
        let channel = self.story.channel(self.stage.channels);
        let place = self.summaries().pop().unwrap();
        self.recruiter.reacts(&channel, &place, TICK).await.unwrap();
        self.until_so("Approved by", || async {
            if !self.says("Approved by") && self.was_given_up(&place) {
                // The button comes to the same, whether or not the reaction was taken.
                self.stage.did_again();
                self.approves("Approve").await;
            }
            self.says("Approved by")
        })
        .await;
    }

    /// Whether Slack has given up bringing the reaction to this message: each of its four tries met a bot that was ending, or
    /// not there. One that was acknowledged counts, however long that takes.
    fn was_given_up(&self, place: &str) -> bool {
        let given_up = "Slack gave up bringing event reaction_added";
        self.stage.workspace.look(|world| world.transcript.has_sent(given_up, place))
    }

    /// The button goes with the approval, so it is not there to be pressed again when the answer to the press was lost.
    async fn withdraws(&self) {
        let channel = self.story.channel(self.stage.channels);
        self.until_so("withdrawn", || async {
            let found = account(self.stage.workspace, self.story).summaries;
            if found.iter().any(|(_, said)| said.contains("Waiting for")) {
                return true;
            }
            for (place, _) in found {
                self.tries(self.recruiter.presses_on(&channel, &place, "Withdraw my approval")).await;
            }
            false
        })
        .await;
    }

    /// An approval may count although nobody acknowledged the press: then its button is gone, and the summary says so. One
    /// that was acknowledged counts, unless they were told to press again.
    async fn approves(&self, button: &str) {
        self.until_so("approved", || async {
            let asked = self.asked_to_repeat();
            if self.says("Approved by") {
                return true;
            }
            if !self.tries(self.pressed(button)).await {
                self.stage.did_again();
                return false;
            }
            self.until_so("counted", || async { self.says("Approved by") || self.asked_to_repeat() > asked }).await;
            self.says("Approved by")
        })
        .await;
    }

    /// Whether a summary of this story says so.
    fn says(&self, words: &str) -> bool {
        account(self.stage.workspace, self.story).summaries.iter().any(|(_, said)| said.contains(words))
    }

    /// How often the recruiter was told, here, that a press was not taken.
    fn asked_to_repeat(&self) -> usize {
        let notes = self.recruiter.notes(&self.story.channel(self.stage.channels));
        notes.iter().filter(|note| note.says().contains(NOT_SAVED)).count()
    }

    async fn pressed(&self, button: &str) -> Result<Done, Refused> {
        let channel = self.story.channel(self.stage.channels);
        let mut pressed = Err(Refused { error: "no_summary", why: String::new() });
        for place in self.summaries() {
            pressed = self.recruiter.presses_on(&channel, &place, button).await;
            if pressed.is_ok() {
                break;
            }
        }
        pressed
    }

    async fn revises(&self) {
        self.until_so("editing", || async {
            if self.manager.modal().is_some() {
                return true;
            }
            self.tries(self.manager.types("/scope-backend", "hiring", "status")).await;
            self.tries(self.manager.presses_in("hiring", "Edit the scope")).await;
            self.has_a_window_soon().await
        })
        .await;
        self.chooses(SPEED, "Under 1 second").await;
        self.posts().await;
        self.until("revision 2").await;
    }
}
