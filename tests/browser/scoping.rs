//! The main job: a manager scopes and posts, a recruiter approves, in the browser.

use super::chromium::Look;
use super::desk::{Desk, Place, at_a_desk};

pub const MANAGER: &str = "Demo Manager Mara";
pub const RECRUITER: &str = "Demo Recruiter Rhea";

pub const KIND: &str = "What kind of system is it?";
pub const SYSTEM: &str = "What does it do, and what flows through it?";
pub const SPEED: &str = "How fast must it be?";
pub const LOAD: &str = "How much at a busy moment?";
pub const NUMBERS: &str = "Numbers you know";
pub const TEAM: &str = "Which team do they join?";

/// How an evaluation kit begins.
pub const KIT: &str = "Three conversations, in this order";

/// A system in the words of a manager.
pub const LEDGER: &str = "streaming ledger that books card payments and feeds the finance reports";

impl Desk {
    /// The command, until the form is there.
    pub async fn opens_form(&self, text: &str) {
        self.says(&format!("/scope-backend {text}")).await;
        self.reads(Place::Window, TEAM).await;
    }

    /// The five required answers.
    pub async fn answers(&self, system: &str) {
        self.chooses(KIND, "Event pipeline, in real time").await;
        self.writes_anew(SYSTEM, system).await;
        self.chooses_the_rest().await;
    }

    /// Speed, load and team.
    pub async fn chooses_the_rest(&self) {
        self.chooses(SPEED, "Under 100 milliseconds").await;
        self.chooses(LOAD, "1,000 to 10,000 a second").await;
        self.chooses(TEAM, "One or two other backend engineers").await;
    }

    /// From the form to the review.
    pub async fn goes_to_review(&self) {
        self.presses("Review").await;
        self.reads(Place::Window, "The channel will read").await;
    }

    /// From the review to the summary in the channel.
    pub async fn posts(&self) {
        self.presses("Post it").await;
        self.reads(Place::Channel, "Asked for by").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_scopes_and_posts_and_a_recruiter_approves() {
    at_a_desk(Look::Light, async |desk| {
        // The page itself says where to start.
        desk.presses("Try it").await;
        desk.presses("Send").await;
        desk.reads(Place::Window, TEAM).await;
        desk.keeps_picture("form").await;
        desk.answers(LEDGER).await;
        desk.scrolls_to("[data-label='How much at a busy moment?']", "start").await;
        desk.keeps_picture("form-middle").await;
        desk.scrolls_to(".sheet-body .block", "end").await;
        desk.keeps_picture("form-end").await;
        desk.writes(NUMBERS, "99 of 100 answers in 80 ms").await;
        desk.goes_to_review().await;
        desk.reads(Place::Window, LEDGER).await;
        desk.reads(Place::Window, "It will appear in #hiring").await;
        desk.reads(Place::Window, "People who can approve it: 2").await;
        desk.keeps_picture("review-clean").await;
        desk.scrolls_to(".sheet-body .block", "end").await;
        desk.keeps_picture("review-end").await;
        desk.posts().await;
        desk.reads(Place::Channel, LEDGER).await;
        desk.reads(Place::Channel, "Waiting for one approval").await;

        desk.becomes(RECRUITER).await;
        desk.presses("Evaluation kit").await;
        desk.reads(Place::Window, KIT).await;
        desk.presses("Close").await;
        desk.reacts("white check mark").await;
        desk.reads(Place::Channel, "Approved by @Demo Recruiter Rhea").await;
        desk.presses("Close panel").await;
        desk.scrolls_to(".channel .message.from-app", "end").await;
        desk.keeps_picture("summary").await;
        desk.clicks("css", ".channel .replies", "").await;
        desk.reads(Place::Thread, "The scope is approved and the search can start").await;
        desk.reads(Place::Thread, KIT).await;
        desk.scrolls_to("#thread .day", "start").await;
        desk.keeps_picture("thread").await;

        desk.becomes(MANAGER).await;
        desk.clicks("css", ".sidebar .unread", "").await;
        desk.reads(Place::Channel, "The last approval came from @Demo Recruiter Rhea").await;
        desk.keeps_picture("direct").await;
        desk.presses("Home").await;
        desk.reads(Place::Home, "My scopes").await;
        desk.keeps_picture("home").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_taken_back_no_longer_stands_in_the_message() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form("").await;
        desk.answers(LEDGER).await;
        desk.goes_to_review().await;
        desk.posts().await;
        desk.becomes(RECRUITER).await;
        desk.reacts("white check mark").await;
        desk.reads(Place::Channel, "Approved by @Demo Recruiter Rhea").await;
        desk.toggles_reaction().await;
        desk.reads(Place::Channel, "Waiting for one approval").await;
        desk.reads_no_more(Place::Channel, "Approved by").await;
        desk.clicks("css", ".channel .replies", "").await;
        desk.reads(Place::Thread, "took the approval back").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_and_a_choice_that_disagree_are_shown_as_a_choice() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form("").await;
        desk.answers(LEDGER).await;
        desk.writes(NUMBERS, "40,000 events a second").await;
        desk.goes_to_review().await;
        let which = "Your words and your choice name different loads. Which one is right?";
        desk.finds("option", "10,000 to 100,000 a second", which).await;
        desk.reads(Place::Window, "at 10,000 to 100,000 events a second").await;
        desk.keeps_picture("conflict").await;
        desk.chooses(which, "1,000 to 10,000 a second").await;
        desk.presses("Post it").await;
        // The choice moved the sentence: it is shown once more.
        desk.reads(Place::Window, "Your answers changed").await;
        desk.posts().await;
        desk.reads(Place::Channel, "at 1,000 to 10,000 events a second").await;
    })
    .await;
}
