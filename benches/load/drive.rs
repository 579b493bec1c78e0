//! What is driven: each kind of work by itself, so many at once, then all of it mixed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join_all;

use crate::bot::{Bot, approver};
use crate::clock::{Watch, within};
use crate::figures::Phase;
use crate::payload::{SYSTEM, Window, command, reaction};
use crate::slack::Slack;
use crate::wire::{Ack, Line};

/// A piece of work, done once for each number.
#[async_trait]
pub trait Work: Send + Sync {
    /// Does it; each acknowledgement is noted.
    async fn once(&self, n: usize, line: &mut Line, notes: &mut Notes);
}

/// What one of those who act at once has seen.
#[derive(Default)]
pub struct Notes {
    times: Vec<u64>,
    refused: usize,
}

impl Notes {
    fn ack(&mut self, ack: Ack) -> Option<serde_json::Value> {
        match ack.answer {
            Some(answer) => {
                self.times.push(ack.micros);
                Some(answer)
            }
            None => {
                self.refused += 1;
                None
            }
        }
    }
}

/// Does `count` pieces of work, `at_once` at a time; each begins when the one before it is acknowledged.
pub async fn drive(
    name: &'static str,
    at_once: usize,
    count: usize,
    bot: &Bot,
    slack: &Arc<Slack>,
    work: Arc<dyn Work>,
) -> Phase {
    let next = Arc::new(AtomicUsize::new(0));
    let before = bot.used();
    let watch = Watch::start();
    let acting = (0..at_once).map(|_| {
        let (next, work, mut line) = (Arc::clone(&next), Arc::clone(&work), Line::to(bot, slack));
        tokio::spawn(async move {
            let mut notes = Notes::default();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= count {
                    return notes;
                }
                work.once(n, &mut line, &mut notes).await;
            }
        })
    });
    let notes: Vec<Notes> = join_all(acting.collect::<Vec<_>>()).await.into_iter().map(Result::unwrap).collect();
    let took = watch.so_far();
    let processor = bot.used().processor.saturating_sub(before.processor);
    let refused = notes.iter().map(|notes| notes.refused).sum();
    let mut times: Vec<u64> = notes.into_iter().flat_map(|notes| notes.times).collect();
    times.sort_unstable();
    Phase { name, at_once, took, times, refused, processor }
}

/// Scopes under way: whose, and the window that is open on each.
pub struct Desk {
    slack: Arc<Slack>,
    /// Told apart from other desks by this, so that no leave is used twice.
    name: String,
    windows: Vec<Mutex<Option<Window>>>,
    trigger: AtomicUsize,
}

impl Desk {
    pub fn new(name: &str, slack: &Arc<Slack>, count: usize) -> Arc<Desk> {
        let windows = (0..count).map(|_| Mutex::new(None)).collect();
        Arc::new(Desk { slack: Arc::clone(slack), name: name.to_owned(), windows, trigger: AtomicUsize::new(0) })
    }
    fn trigger(&self) -> String {
        format!("{}.{}", self.name, self.trigger.fetch_add(1, Ordering::Relaxed))
    }
    fn user(&self, n: usize) -> String {
        format!("U0{}{n:06}", self.name)
    }
    fn window(&self, n: usize) -> Option<Window> {
        self.windows.get(n % self.windows.len().max(1))?.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    fn put(&self, n: usize, window: Option<Window>) {
        if let Some(place) = self.windows.get(n) {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = window;
        }
    }

    /// The command, acknowledged; then its window, filled.
    async fn command(&self, n: usize, line: &mut Line, notes: &mut Notes) -> Option<Window> {
        let trigger = self.trigger();
        let opened = self.slack.opening(&trigger);
        notes.ack(line.deliver(&command(&self.user(n), &trigger, SYSTEM)).await)?;
        let view = within(Duration::from_secs(10), opened).await?.ok()?;
        Some(Window::of(&view, format!("V0{trigger}").replace('.', "")).filled(&view))
    }
    async fn typing(&self, n: usize, window: &Window, line: &mut Line, notes: &mut Notes) {
        let trigger = self.trigger();
        let text = format!("{SYSTEM}, {trigger}");
        notes.ack(line.deliver(&window.typing(&self.user(n), &trigger, &text)).await);
    }
    async fn form(&self, n: usize, window: &Window, line: &mut Line, notes: &mut Notes) -> Option<Window> {
        let trigger = self.trigger();
        let answer = notes.ack(line.deliver(&window.sent(&self.user(n), &trigger)).await)?;
        assert_eq!(answer["response_action"], "push", "the form leads to the review: {answer}");
        Some(Window::of(&answer["view"], format!("V0{trigger}").replace('.', "")))
    }
    async fn post(&self, n: usize, review: &Window, line: &mut Line, notes: &mut Notes) {
        let trigger = self.trigger();
        if let Some(answer) = notes.ack(line.deliver(&review.sent(&self.user(n), &trigger)).await) {
            assert_eq!(answer["response_action"], "clear", "the review leads to the channel: {answer}");
        }
    }
}

/// `/scope-backend TEXT`, a fresh scope each time.
pub struct Commands(pub Arc<Desk>);
/// A keystroke in a window.
pub struct Keystrokes(pub Arc<Desk>);
/// The form is sent off.
pub struct Forms(pub Arc<Desk>);
/// The review is sent off: posted.
pub struct Posts(pub Arc<Desk>);
/// ✅ to summaries that stand, each once.
pub struct Reactions(pub Arc<Desk>, pub Vec<String>);
/// A whole scope from the command to the reaction, with three keystrokes.
pub struct Mix(pub Arc<Desk>, pub Vec<String>);

#[async_trait]
impl Work for Commands {
    async fn once(&self, n: usize, line: &mut Line, notes: &mut Notes) {
        let window = self.0.command(n, line, notes).await;
        self.0.put(n, window);
    }
}
#[async_trait]
impl Work for Keystrokes {
    async fn once(&self, n: usize, line: &mut Line, notes: &mut Notes) {
        let scope = n % self.0.windows.len().max(1);
        if let Some(window) = self.0.window(scope) {
            self.0.typing(scope, &window, line, notes).await;
        }
    }
}
#[async_trait]
impl Work for Forms {
    async fn once(&self, n: usize, line: &mut Line, notes: &mut Notes) {
        if let Some(window) = self.0.window(n) {
            let review = self.0.form(n, &window, line, notes).await;
            self.0.put(n, review);
        }
    }
}
#[async_trait]
impl Work for Posts {
    async fn once(&self, n: usize, line: &mut Line, notes: &mut Notes) {
        if let Some(review) = self.0.window(n) {
            self.0.post(n, &review, line, notes).await;
        }
    }
}

async fn react(desk: &Desk, n: usize, places: &[String], line: &mut Line, notes: &mut Notes) {
    if let Some(ts) = places.get(n % places.len().max(1)) {
        let event = format!("Ev{}", desk.trigger());
        notes.ack(line.deliver(&reaction(&approver(n), ts, &event)).await);
    }
}

#[async_trait]
impl Work for Reactions {
    async fn once(&self, n: usize, line: &mut Line, notes: &mut Notes) {
        react(&self.0, n, &self.1, line, notes).await;
    }
}
#[async_trait]
impl Work for Mix {
    async fn once(&self, n: usize, line: &mut Line, notes: &mut Notes) {
        let desk = &self.0;
        let Some(window) = desk.command(n, line, notes).await else { return };
        for _ in 0..3 {
            desk.typing(n, &window, line, notes).await;
        }
        let Some(review) = desk.form(n, &window, line, notes).await else { return };
        desk.post(n, &review, line, notes).await;
        react(desk, n, &self.1, line, notes).await;
    }
}
