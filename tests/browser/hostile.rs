//! Text that would like to be more than text.

use serde_json::json;

use super::chromium::Look;
use super::desk::{Place, at_a_desk};
use super::scoping::{NUMBERS, RECRUITER};

const HOSTILE: &str = "<!channel> *bold* _slanted_ <script>document.title = 'mine'</script> <https://evil.example|a link> &lt;b&gt; <@U0DEMORHEA> :tada: ledger";

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_is_shown_as_it_was_typed() {
    at_a_desk(Look::Light, async |desk| {
        desk.opens_form("").await;
        desk.answers(HOSTILE).await;
        desk.writes(NUMBERS, "<!here> `code` <script>alert(1)</script>").await;
        desk.goes_to_review().await;
        desk.reads(Place::Window, HOSTILE).await;
        desk.posts().await;
        desk.becomes(RECRUITER).await;
        desk.reads(Place::Channel, HOSTILE).await;
        desk.reads(Place::Channel, "<!here> `code` <script>alert(1)</script>").await;
        desk.keeps_picture("hostile").await;
        let inside = "return [...document.querySelectorAll('.from-app .message-body :is(.mention.loud, script, a)')].length";
        assert_eq!(desk.asks(inside, vec![]).await, json!(0), "nothing of it became markup");
        let bold = "return [...document.querySelectorAll('.from-app strong, .from-app b, .from-app em, .from-app code')]\
                    .filter((each) => /^(bold|slanted|code|a link)$/.test(each.textContent)).length";
        assert_eq!(desk.asks(bold, vec![]).await, json!(0), "nothing of it became style");
        assert_ne!(desk.asks("return document.title", vec![]).await, json!("mine"), "no script ran");
    })
    .await;
}
