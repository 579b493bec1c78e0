//! A scope that leads with a language: warned, then mended, or meant and given a reason.

use super::chromium::Look;
use super::desk::{Place, at_a_desk};
use super::scoping::{KIND, SYSTEM};

const MEND: &str = "Your answer, to change here";
const KEEP: &str = "Or leave it as it is";
const LANGUAGE: &str = "Language and framework";
const SHORT: &str = "Senior Python dev asap";
const MENDED: &str = "Moves payment events from the shops to the ledger";
const LEADING: &str = "Python service for our payment events";

#[tokio::test(flavor = "multi_thread")]
async fn a_language_typed_after_the_command_is_kept_for_the_last_question() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form(SHORT).await;
        desk.reads(Place::Window, "I kept “Python").await;
        // The system is asked for, not guessed from a language.
        desk.holds(SYSTEM, "").await;
        desk.keeps_picture("parked").await;
        desk.answers(MENDED).await;
        desk.goes_to_review().await;
        desk.reads_no_more(Place::Window, "You wrote").await;
        desk.posts().await;
        desk.reads(Place::Channel, "Python").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scope_that_leads_with_a_language_is_warned_and_rewritten() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form("").await;
        desk.answers(SHORT).await;
        desk.goes_to_review().await;
        desk.reads(Place::Window, "You wrote “Python”").await;
        desk.reads(Place::Window, "Say first what is built and what flows through it").await;
        desk.keeps_picture("review").await;

        desk.presses("Post it").await;
        desk.is_told(KEEP, "Please change the answer above, or tick the box and give a reason.").await;
        desk.keeps_picture("review-refused").await;

        desk.reads(Place::Window, "“Takes in [what flows through it] for [who uses it]”").await;
        desk.presses("Use this wording").await;
        desk.reads(Place::Window, "What stands in [brackets] is a blank to fill.").await;
        // The language moved to its own question.
        desk.holds(LANGUAGE, "Python").await;
        desk.keeps_picture("review-rewritten").await;
        desk.presses("Post it").await;
        desk.is_told(MEND, "Please fill what stands in [brackets] first").await;
        desk.writes_anew(MEND, MENDED).await;
        desk.presses("Post it").await;
        // The answers moved: the new text is shown once, then posted.
        desk.reads(Place::Window, "Your answers changed").await;
        desk.reads(Place::Window, MENDED).await;
        desk.reads_no_more(Place::Window, "You wrote").await;
        desk.posts().await;
        desk.reads(Place::Channel, MENDED).await;
        desk.reads(Place::Channel, "Language: Python").await;
        desk.reads_no_more(Place::Channel, "on purpose").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_a_manager_are_offered_with_the_system_first() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form("").await;
        desk.answers(LEADING).await;
        desk.goes_to_review().await;
        desk.reads(Place::Window, "A way to say it with the system first: “Service for our payment events”").await;
        desk.presses("Use this wording").await;
        desk.reads_no_more(Place::Window, "You wrote").await;
        desk.holds(LANGUAGE, "Python").await;
        desk.posts().await;
        desk.reads(Place::Channel, "Event pipeline, in real time: Service for our payment events.").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_first_scope_is_posted_on_purpose_with_a_reason() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form("").await;
        desk.chooses(KIND, "Connecting systems").await;
        desk.writes(SYSTEM, LEADING).await;
        desk.chooses_the_rest().await;
        desk.goes_to_review().await;
        desk.chooses(KEEP, "Post it this way, on purpose").await;
        desk.writes("Why", "300,000 lines of Python that cannot be split in time").await;
        desk.posts().await;
        desk.reads(Place::Channel, "Leads with a language, on purpose").await;
        desk.reads(Place::Channel, "300,000 lines of Python that cannot be split in time").await;
    })
    .await;
}
