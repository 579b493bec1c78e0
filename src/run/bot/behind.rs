//! What goes on behind the answers: saying, falling due, reading the directory, sweeping, watching.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::ambient::Clock;
use crate::app::App;
use crate::outbox::Outbox;
use crate::store::Store;
use crate::telemetry::{Board, Part, State};

/// Rows of the directory are read again this often, before they grow old.
const DIRECTORY_EVERY: Duration = Duration::from_secs(10 * 60);
/// What is no longer needed is swept this often.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);
/// Rows swept at once.
const SWEEP_ROWS: usize = 1000;
/// The outbox is looked at this often.
const WATCH_EVERY: Duration = Duration::from_secs(5);
/// An outbox whose oldest row is older than this is not well.
const OUTBOX_LATE: Duration = Duration::from_secs(15 * 60);

/// Starts all of it; it ends with `stop`.
pub(super) fn spawn(
    working: &TaskTracker,
    stop: &CancellationToken,
    app: &App,
    outbox: &Outbox,
    store: &Arc<dyn Store>,
    clock: &Clock,
    board: &Board,
) {
    let (saying, token) = (outbox.clone(), stop.clone());
    working.spawn(async move { saying.work(token).await });
    let (due, token) = (app.clone(), stop.clone());
    working.spawn(async move { due.watch_due(token).await });
    let (looking, token) = (app.clone(), stop.clone());
    working.spawn(async move { looking.watch_posted(token).await });
    let filling = app.clone();
    // The bot is not at rest before the directory has been read once.
    let first = Mutex::new(Some(app.in_hand()));
    every(working, stop, clock, DIRECTORY_EVERY, move || {
        let app = filling.clone();
        let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        async move {
            app.fill_directory().await;
            drop(first);
        }
    });
    let (swept, now) = (Arc::clone(store), clock.clone());
    every(working, stop, clock, SWEEP_EVERY, move || {
        let (store, now) = (Arc::clone(&swept), now.now());
        async move {
            // Every keystroke leaves a key, so one helping an hour would not do.
            loop {
                match store.sweep(now, SWEEP_ROWS).await {
                    Ok(gone) if gone >= SWEEP_ROWS => {}
                    Ok(_) => return,
                    Err(error) => {
                        return tracing::error!(%error, "what is no longer needed could not be swept");
                    }
                }
            }
        }
    });
    let (watched, board, now, loaded) = (Arc::clone(store), board.clone(), clock.clone(), app.clone());
    let broken = Arc::new(AtomicBool::new(false));
    every(working, stop, clock, WATCH_EVERY, move || {
        let load = loaded.load();
        for (what, count) in [("intents", load.intents), ("behind", load.behind)] {
            metrics::gauge!("scopebot_in_hand", "what" => what).set(u32::try_from(count).unwrap_or(u32::MAX));
        }
        let (store, board, now, broken) = (Arc::clone(&watched), board.clone(), now.now(), Arc::clone(&broken));
        async move {
            match store.depth().await {
                Ok(depth) => {
                    metrics::gauge!("scopebot_outbox_given_up").set(u32::try_from(depth.given_up).unwrap_or(u32::MAX));
                    board.note(Part::Outbox, given_up(depth.given_up));
                    metrics::gauge!("scopebot_outbox_rows").set(u32::try_from(depth.rows).unwrap_or(u32::MAX));
                    let late = depth.oldest.is_some_and(|oldest| {
                        Duration::try_from(now.duration_since(oldest)).is_ok_and(|age| age > OUTBOX_LATE)
                    });
                    // Only what was reported here is taken back here: holes that the scrub has found stay reported.
                    if broken.swap(false, Ordering::Relaxed) {
                        board.report(Part::Store, State::Ready);
                    }
                    board.report(
                        Part::Outbox,
                        if late { State::NotReady("messages have waited for long".to_owned()) } else { State::Ready },
                    );
                }
                Err(error) => {
                    broken.store(true, Ordering::Relaxed);
                    board.report(Part::Store, State::NotReady(error.to_string()));
                }
            }
        }
    });
}

/// Does something now and then again and again, until it is stopped.
fn every<F>(
    working: &TaskTracker,
    stop: &CancellationToken,
    clock: &Clock,
    pause: Duration,
    what: impl Fn() -> F + Send + 'static,
) where
    F: Future<Output = ()> + Send,
{
    let (stop, clock) = (stop.clone(), clock.clone());
    working.spawn(async move {
        loop {
            let once = what();
            // All of it may be broken off: a Slack that does not answer must not hold up the end.
            tokio::select! {
                () = stop.cancelled() => return,
                () = async { once.await; clock.sleep(pause).await } => {}
            }
        }
    });
}

/// What operators have to know of a part that is well; `None` when there is nothing.
fn given_up(messages: usize) -> Option<String> {
    match messages {
        0 => None,
        1 => Some("1 message was given up; `scopebot retry` sends it again".to_owned()),
        many => Some(format!("{many} messages were given up; `scopebot retry` sends them again")),
    }
}
