//! The verbs of the product: [`App::handle`] takes an [`intent::Intent`] and gives a [`reply::Reply`].
//!
//! Order, always: decide, commit to disk, acknowledge, and then the outbox speaks. The one direct call is opening a
//! window, since Slack's leave to do so lives three seconds. This room never names a concrete store, a transport or a
//! Slack type; what it needs of the outside is in [`ports`]. Every answer to a person comes within 2.5 seconds.

mod approving;
mod coaching;
mod directory;
mod engine;
pub mod forgetting;
mod home;
pub mod intent;
mod listing;
mod looking;
mod once;
mod opening;
pub mod ports;
mod pressing;
mod queue;
mod reading;
pub mod reply;
mod reporting;
mod reviewing;
mod rewriting;
mod rounds;
pub mod screen;
mod searching;
mod starts;
mod unkept;
mod writing;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

use crate::ambient::{Clock, Random};
use crate::domain::ids::{Home, UserId};
use crate::domain::policy::Policy;
use crate::domain::wording::Words;
use crate::prompts::coach::CoachTools;
use crate::store::{Store, StoreError};
use crate::telemetry::{Busy, InHand};

pub use home::Homes;
use intent::{Intent, What};
pub use once::{Leaves, Once};
use ports::{Registry, Screens};
pub use queue::Queues;
use reply::Reply;
pub use rounds::{Depth, Rounds};
pub use starts::Starts;

/// A person is answered within this time, whatever the disk does.
const ANSWER_WITHIN: Duration = Duration::from_millis(2500);
/// Intents in hand at once; beyond it the sender is asked to repeat.
const IN_HAND: usize = 2048;
/// What goes on after answers, intents in hand included, beyond which the sender is asked to repeat: windows and quiet words
/// that Slack is slow to take.
const BEHIND: usize = 4096;

/// Everything the verbs work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<House>);

/// What `run` hands in.
pub struct House {
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// Windows and quiet words.
    pub screens: Arc<dyn Screens>,
    /// Who is who.
    pub registry: Arc<dyn Registry>,
    /// Time.
    pub clock: Clock,
    /// Chance, for ids.
    pub random: Random,
    /// The words.
    pub words: Arc<Words>,
    /// The coach.
    pub coach: Arc<CoachTools>,
    /// The operator's decisions.
    pub policy: Policy,
    /// The installation served.
    pub home: Home,
    /// The bot's own user.
    pub bot: UserId,
    /// Rung after a commit that gave the outbox or the due loop something to do.
    pub wake: Arc<Notify>,
    /// What goes on after the answer; `run` waits for it at the end.
    pub later: TaskTracker,
    /// Counts it.
    pub busy: Busy,
    /// Places for intents in hand.
    pub places: Arc<Semaphore>,
    /// One at a time for each scope.
    pub queues: Queues,
    /// Windows are opened once, however often Slack brings the same thing.
    pub leaves: Leaves,
    /// Windows that have been told that what they hold is not kept, by Slack's id of the view.
    pub unkept: Once<String>,
    /// Drafts on their way to the disk.
    pub starts: Starts,
    /// What has to be looked after; `run` wishes for a round when a line was down.
    pub rounds: Arc<Rounds>,
    /// Who has had their Home open lately.
    pub homes: Homes,
}

/// How much is in hand; each number has a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Intents, 2,048 at most.
    pub intents: usize,
    /// All that goes on, intents included: no more than 4,096 when an intent is taken in, and the few that it begins.
    pub behind: usize,
    /// Drafts on their way to the disk, one an intent at most.
    pub starts: usize,
    /// Leaves and windows remembered, 2,048 each at most.
    pub remembered: usize,
}

/// Why something was not done; the sender is asked to repeat.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Others were quicker, again and again.
    #[error("the scope changed under our hands too often")]
    Contended,
}

impl App {
    /// An app over what `run` hands in.
    pub fn new(house: House) -> Self {
        App(Arc::new(house))
    }

    /// Places for intents in hand, as many as the house takes.
    pub fn places() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(IN_HAND))
    }

    /// Deals with what happened and says what to answer. What is begun is finished even when the answer does not wait
    /// for it: the repeat then finds it done.
    pub async fn handle(&self, intent: Intent) -> Reply {
        let place = Arc::clone(&self.0.places).try_acquire_owned();
        let Some(place) = place.ok().filter(|_| self.0.later.len() < BEHIND) else {
            metrics::counter!("scopebot_intake_full_total").increment(1);
            return Reply::NotNow;
        };
        let kind = intent.what.kind();
        self.0.rounds.heard(self.0.clock.now());
        let app = self.clone();
        // In a box, since it is large and would be moved from hand to hand several times.
        let task = self.behind(Box::pin(async move {
            let reply = app.react(intent).await;
            drop(place);
            reply
        }));
        match self.0.clock.within(ANSWER_WITHIN, task).await {
            Some(Ok(Ok(reply))) => reply,
            Some(Ok(Err(trouble))) => {
                tracing::error!(intent.kind = kind, error = %trouble, "not done; the sender is asked to repeat");
                Reply::NotNow
            }
            Some(Err(_panic)) => {
                tracing::error!(intent.kind = kind, "a defect stopped the handling; the sender is asked to repeat");
                Reply::NotNow
            }
            None => {
                tracing::warn!(intent.kind = kind, "not known within the time for an answer");
                Reply::NotNow
            }
        }
    }

    /// How much is in hand.
    pub fn load(&self) -> Load {
        Load {
            intents: IN_HAND.saturating_sub(self.0.places.available_permits()),
            behind: self.0.later.len(),
            starts: self.0.starts.len(),
            remembered: self.0.leaves.len().max(self.0.unkept.len()),
        }
    }

    /// Something goes on; until it is dropped the bot is not at rest.
    pub fn in_hand(&self) -> InHand {
        self.0.busy.take()
    }

    /// Does something beside or after the answer.
    fn behind<T: Send + 'static>(&self, what: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
        let in_hand = self.0.busy.take();
        self.0.later.spawn(async move {
            let done = what.await;
            drop(in_hand);
            done
        })
    }

    async fn react(&self, intent: Intent) -> Result<Reply, Trouble> {
        let Intent { home, key, what } = intent;
        if home != self.0.home {
            metrics::counter!("scopebot_foreign_total").increment(1);
            return Ok(Reply::Done);
        }
        match what {
            What::Reacted(reacted) => self.reacted(key, reacted).await,
            What::Delivered(delivered) => self.delivered(delivered).await,
            What::TraceSeen(trace) => self.trace_seen(trace).await,
            What::Due(due) => self.fell_due(due).await,
            What::DirectoryChanged(rows) => self.directory_changed(rows).await,
            What::DirectoryStale(stale) => self.directory_stale(stale).await,
            What::CommandTyped(typed) | What::ShortcutUsed(typed) => self.command_typed(key, typed).await,
            What::FieldsReported(fields) => self.fields_reported(key, fields).await,
            What::Pressed(pressed) => self.pressed(key, pressed).await,
            What::FormSubmitted(fields) => self.form_submitted(key, fields).await,
            What::ReviewSubmitted(submitted) => self.review_submitted(key, submitted).await,
            What::MoreSubmitted(fields) => self.more_submitted(key, fields).await,
            What::ChangesSubmitted(submitted) => self.changes_submitted(key, submitted).await,
            What::StepSubmitted(submitted) => self.step_submitted(key, submitted).await,
            What::HandOverSubmitted(submitted) => self.hand_over_submitted(key, submitted).await,
            What::ReviewLeft(fields) => self.review_left(fields).await,
            What::HomeOpened(who) => self.home_opened(who).await,
            What::ForgetMe(who) => self.forget_me(who).await,
        }
    }
}
