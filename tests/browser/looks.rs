//! The page at a desk and on a phone, light and dark: the whole job can be done, and axe-core finds nothing grave.

use super::chromium::Look;
use super::desk::{Desk, Place, at_a_desk};
use super::scoping::{KIT, LEDGER, RECRUITER};

/// The whole job, looked at on the way.
async fn walk(desk: &Desk, name: &str, phone: bool) {
    desk.is_accessible("an empty channel").await;
    desk.opens_form("").await;
    desk.is_accessible("the form").await;
    desk.keeps_picture(&format!("{name}-form")).await;
    desk.answers("Go service that takes card payments and keeps the ledger").await;
    desk.goes_to_review().await;
    desk.reads(Place::Window, "You wrote “Go").await;
    desk.is_accessible("the review").await;
    desk.keeps_picture(&format!("{name}-review")).await;
    desk.writes_anew("Your answer, to change here", LEDGER).await;
    desk.presses("Post it").await;
    desk.reads(Place::Window, "Your answers changed").await;
    desk.presses("More for recruiters").await;
    desk.reads(Place::Window, "Must have").await;
    desk.is_accessible("the window with more").await;
    desk.keeps_picture(&format!("{name}-more")).await;
    desk.presses("Back").await;
    desk.posts().await;
    desk.is_accessible("a summary").await;
    desk.keeps_picture(&format!("{name}-summary")).await;

    desk.becomes(RECRUITER).await;
    desk.presses("Evaluation kit").await;
    desk.reads(Place::Window, KIT).await;
    desk.is_accessible("the evaluation kit").await;
    desk.keeps_picture(&format!("{name}-kit")).await;
    desk.presses("Close").await;
    desk.presses("Ask for changes").await;
    desk.reads(Place::Window, "Ask for changes").await;
    desk.is_accessible("the window that asks for changes").await;
    desk.keeps_picture(&format!("{name}-changes")).await;
    desk.presses("Cancel").await;
    desk.reacts("white check mark").await;
    desk.reads(Place::Channel, "Approved by @Demo Recruiter Rhea").await;
    desk.clicks("css", ".channel .replies", "").await;
    desk.reads(Place::Thread, KIT).await;
    desk.scrolls_to("#thread .day", "start").await;
    desk.is_accessible("the thread").await;
    desk.keeps_picture(&format!("{name}-thread")).await;

    if phone {
        desk.presses("Close panel").await;
        desk.presses("Channels").await;
        desk.is_accessible("the list of channels").await;
        desk.keeps_picture(&format!("{name}-channels")).await;
    }
    desk.goes_to("mara", "at=home").await;
    desk.reads(Place::Home, "My scopes").await;
    desk.is_accessible("Home").await;
    desk.keeps_picture(&format!("{name}-home")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_in_light_shows_nothing_that_is_hard_to_reach() {
    at_a_desk(Look::Light, async |desk| walk(desk, "light", false).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_in_dark_shows_nothing_that_is_hard_to_reach() {
    at_a_desk(Look::Dark, async |desk| walk(desk, "dark", false).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_does_the_whole_job() {
    at_a_desk(Look::Phone, async |desk| walk(desk, "narrow", true).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_in_dark_does_the_whole_job() {
    at_a_desk(Look::DarkPhone, async |desk| walk(desk, "narrow-dark", true).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_on_the_page_is_heard() {
    at_a_desk(Look::Light, async |desk| {
        desk.asks("setTimeout(() => { throw new Error('heard'); })", vec![]).await;
        desk.asks("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')", vec![]).await;
        desk.finds("css", "body", "").await;
        let complaints = desk.complaints().await.join("\n");
        assert!(complaints.contains("heard"), "an error that nobody catches: {complaints}");
        assert!(complaints.contains("Content Security Policy"), "a script that the policy refuses: {complaints}");
    })
    .await;
}
