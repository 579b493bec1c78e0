//! Somebody in front of the page: what they press, type, choose and read.

use std::fs;
use std::path::Path;

use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use serde_json::{Value, json};

use super::chromium::{Browser, Look};
use super::demo::Demo;
use super::wire::Beyond;

const FIND: &str = include_str!("find.js");
/// The key of an element in an answer. Source: WebDriver, section 12.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Milliseconds that something may take to appear; the machine may be busy with other tests.
const PATIENCE: u64 = 40_000;

/// Where something is read.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    Channel,
    Thread,
    Window,
    Home,
    Page,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Channel => "channel",
            Place::Thread => "thread",
            Place::Window => "window",
            Place::Home => "home",
            Place::Page => "page",
        }
    }
}

/// A demo, and its page in a browser.
pub struct Desk {
    pub browser: Browser,
    demo: Demo,
}

/// Runs a journey at a desk and holds it to what is true of every one: nothing on the console, the demo still there.
pub async fn at_a_desk(look: Look, journey: impl AsyncFnOnce(&Desk)) {
    let Some(browser) = Browser::open().await else { return };
    let mut desk = Desk { browser, demo: Demo::start() };
    desk.browser.looks(look).await;
    desk.browser.client.goto(&desk.demo.url).await.unwrap();
    desk.finds("css", ".channel .composer textarea", "").await;
    journey(&desk).await;
    assert_eq!(desk.complaints().await, Vec::<String>::new(), "the console has errors");
    assert!(desk.demo.runs(), "the demo has ended");
    desk.browser.client.clone().close().await.unwrap();
}

/// Whether an element may be there, and free, when it is looked for again.
fn passes(error: &CmdError) -> bool {
    let CmdError::Standard(fault) = error else { return false };
    matches!(
        fault.error,
        ErrorStatus::StaleElementReference | ErrorStatus::ElementClickIntercepted | ErrorStatus::ElementNotInteractable
    )
}

impl Desk {
    /// Opens the page anew, as somebody, somewhere; `at` is what stands in the address after "as".
    pub async fn goes_to(&self, who: &str, at: &str) {
        self.browser.client.goto(&format!("{}/?as={who}&{at}", self.demo.url.trim_end_matches('/'))).await.unwrap();
        self.finds("css", ".persona", "").await;
    }

    /// Switches to another person by the menu.
    pub async fn becomes(&self, name: &str) {
        self.clicks("css", ".persona", "").await;
        self.clicks(
            "css",
            &format!("[data-menu=persona] [role^=menuitem]:has(.who-name):nth-child({})", self.rank(name).await),
            "",
        )
        .await;
        self.finds("css", &format!(".persona[aria-label^=\"{name}\"]"), "").await;
    }

    async fn rank(&self, name: &str) -> u64 {
        self.finds("css", "[data-menu=persona]", "").await;
        let script = "return [...document.querySelectorAll('[data-menu=persona] .who-name')]\
                      .findIndex((each) => each.textContent === arguments[0]) + 1";
        self.asks(script, vec![json!(name)]).await.as_u64().filter(|rank| *rank > 0).expect("a persona of that name")
    }

    /// Types into the composer of the channel and sends.
    pub async fn says(&self, text: &str) {
        let composer = self.clicks("css", ".channel .composer textarea", "").await;
        composer.send_keys(&format!("{text}{}", char::from(Key::Enter))).await.unwrap();
    }

    /// Presses a button by what stands on it, in what lies on top; the newest of several.
    pub async fn presses(&self, name: &str) {
        self.clicks("button", name, "").await;
    }

    /// Chooses or ticks an option of a question.
    pub async fn chooses(&self, question: &str, option: &str) {
        self.clicks("option", option, question).await;
    }

    /// Types into the field of a question, behind what stands there.
    pub async fn writes(&self, question: &str, text: &str) {
        self.clicks("field", "", question).await.send_keys(text).await.unwrap();
    }

    /// Types into the field of a question, in place of what stands there.
    pub async fn writes_anew(&self, question: &str, text: &str) {
        let all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        let field = self.clicks("field", "", question).await;
        field.send_keys(&all).await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Waits until exactly this stands in the field of a question.
    pub async fn holds(&self, question: &str, text: &str) {
        self.finds("held", text, question).await;
    }

    /// Waits until this is read there.
    pub async fn reads(&self, place: Place, words: &str) {
        self.finds("said", words, place.name()).await;
    }

    /// Waits until this is not read there any more.
    pub async fn reads_no_more(&self, place: Place, words: &str) {
        self.finds("unsaid", words, place.name()).await;
    }

    /// Waits for an error beside a question.
    pub async fn is_told(&self, question: &str, words: &str) {
        self.finds("error", words, question).await;
    }

    /// Takes off, or sets, a reaction that stands under the newest message with it.
    pub async fn toggles_reaction(&self) {
        self.clicks("css", ".channel .reaction", "").await;
    }

    /// Reacts to the newest message from the app.
    pub async fn reacts(&self, emoji: &str) {
        self.clicks("css", ".channel .message.from-app [aria-label='React with an emoji']", "").await;
        self.clicks("css", &format!(".emoji-grid [aria-label='{emoji}']"), "").await;
    }

    /// Keeps what is seen now as a picture in target/screenshots/.
    pub async fn keeps_picture(&self, name: &str) {
        // The caret blinks.
        self.asks("document.activeElement?.style?.setProperty('caret-color', 'transparent')", vec![]).await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{name}.png")), self.browser.client.screenshot().await.unwrap()).unwrap();
    }

    /// Scrolls the newest of what a selector names so that its start or its end is seen.
    pub async fn scrolls_to(&self, selector: &str, edge: &str) {
        self.finds("css", selector, "").await;
        let script = "const [selector, block] = arguments;\
                      [...document.querySelectorAll(selector)].at(-1).scrollIntoView({block})";
        self.asks(script, vec![json!(selector), json!(edge)]).await;
    }

    pub async fn asks(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.browser.client.execute(script, arguments).await.unwrap()
    }

    /// What the console was told that is an error.
    pub async fn complaints(&self) -> Vec<String> {
        let lines = self.browser.client.issue_cmd(Beyond::console()).await.unwrap();
        let lines = lines.as_array().unwrap().iter();
        lines
            .filter(|line| line["level"] != "INFO" && line["level"] != "DEBUG")
            .map(|line| line["message"].to_string())
            .collect()
    }

    async fn found(&self, what: &str, name: &str, question: &str, patience: u64) -> Option<Element> {
        let arguments = vec![json!(what), json!(name), json!(question), json!(patience)];
        let found = self.browser.client.execute_async(FIND, arguments).await.unwrap();
        let id = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.browser.client.clone(), ElementRef::from(id)))
    }

    pub async fn finds(&self, what: &str, name: &str, question: &str) -> Element {
        match self.found(what, name, question, PATIENCE).await {
            Some(element) => element,
            None => {
                self.keeps_picture("not-found").await;
                let seen = self.asks("return document.body.innerText", vec![]).await;
                panic!(
                    "no {what} {name:?} {question:?} (see target/screenshots/not-found.png) on:\n{}",
                    seen.as_str().unwrap_or_default()
                );
            }
        }
    }

    /// A click where it is. What is drawn anew under the hand, or lies under something that is just leaving, is tried again.
    pub async fn clicks(&self, what: &str, name: &str, question: &str) -> Element {
        let mut why: Option<CmdError> = None;
        for _ in 0..20 {
            let element = self.finds(what, name, question).await;
            match element.click().await {
                Ok(()) => return element,
                Err(error) if passes(&error) => why = Some(error),
                Err(error) => panic!("{what} {name:?} {question:?}: {error}"),
            }
        }
        panic!("{what} {name:?} {question:?} cannot be clicked: {why:?}");
    }
}
