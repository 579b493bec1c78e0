//! Closed in the middle, and found again.

use super::chromium::Look;
use super::desk::{Place, at_a_desk};
use super::scoping::{KIND, LEDGER, SYSTEM};

#[tokio::test(flavor = "multi_thread")]
async fn a_form_closed_in_the_middle_is_resumed_with_all_that_was_typed() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form("").await;
        desk.chooses(KIND, "Event pipeline, in real time").await;
        desk.writes(SYSTEM, LEDGER).await;
        desk.presses("Dismiss").await;
        desk.reads_no_more(Place::Page, "Which team do they join?").await;

        // Another day: the page is opened anew.
        desk.goes_to("mara", "in=hiring").await;
        desk.opens_form("").await;
        desk.reads(Place::Window, "This is your draft from").await;
        desk.holds(SYSTEM, LEDGER).await;
        desk.finds("css", ".option:has(:checked)", "").await;
        desk.keeps_picture("resumed").await;
        desk.chooses_the_rest().await;
        desk.goes_to_review().await;
        desk.presses("Back").await;
        desk.holds(SYSTEM, LEDGER).await;
        desk.goes_to_review().await;
        desk.posts().await;
        desk.reads(Place::Channel, LEDGER).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_said_beside_its_question() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form("").await;
        desk.writes(SYSTEM, LEDGER).await;
        desk.presses("Review").await;
        desk.finds("css", ".question.wrong .error", "").await;
        desk.keeps_picture("missing").await;
        desk.holds(SYSTEM, LEDGER).await;
        desk.answers(LEDGER).await;
        desk.goes_to_review().await;
    })
    .await;
}
