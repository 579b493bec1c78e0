//! What one person alone sees: lists, help, and the quiet word to somebody whose approval does not count.

use super::chromium::Look;
use super::desk::{Place, at_a_desk};
use super::scoping::{LEDGER, RECRUITER};

const QUIET: &str = "You asked for this scope, so somebody else has to approve it.";

#[tokio::test(flavor = "multi_thread")]
async fn lists_and_quiet_words_are_marked_as_seen_by_one_person_alone() {
    at_a_desk(Look::Light, async |desk| {
        desk.says("/scope-backend help").await;
        desk.reads(Place::Channel, "Only visible to you").await;
        desk.reads(Place::Channel, "Good to know").await;
        desk.is_accessible("help").await;
        desk.keeps_picture("help").await;
        desk.presses("Dismiss message").await;

        desk.opens_form("nightly settlement of card payments").await;
        desk.presses("Dismiss").await;
        desk.says("/scope-backend drafts").await;
        desk.reads(Place::Channel, "Your drafts").await;
        desk.is_accessible("drafts").await;
        desk.keeps_picture("drafts").await;
        desk.presses("Continue").await;
        desk.reads(Place::Window, "This is your draft from").await;
        desk.answers(LEDGER).await;
        desk.goes_to_review().await;
        desk.posts().await;

        desk.reacts("white check mark").await;
        desk.reads(Place::Channel, QUIET).await;
        desk.keeps_picture("quiet-word").await;
        desk.says("/scope-backend status").await;
        desk.reads(Place::Channel, "Your scopes").await;
        desk.keeps_picture("status").await;

        desk.becomes(RECRUITER).await;
        desk.reads_no_more(Place::Channel, QUIET).await;
        desk.presses("Brief").await;
        desk.reads(Place::Window, LEDGER).await;
        desk.is_accessible("the brief").await;
        desk.keeps_picture("brief").await;
        desk.presses("Close").await;

        desk.presses("Ask for changes").await;
        desk.chooses("What should be looked at again?", "Speed or load looks like a guess").await;
        desk.writes("In your words", "Is the load measured?").await;
        desk.presses("Send").await;
        desk.reads(Place::Channel, "asked for changes").await;
        desk.goes_to("mara", "in=hiring").await;
        desk.clicks("css", ".sidebar .unread", "").await;
        desk.reads(Place::Channel, "Is the load measured?").await;
        desk.keeps_picture("changes-asked").await;
        desk.presses("Edit the scope").await;
        desk.reads(Place::Window, "Your changes become revision 2").await;
        desk.keeps_picture("editing").await;
    })
    .await;
}
