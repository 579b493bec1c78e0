//! The one handler set of both transports: what came in becomes an intent, the reply becomes an acknowledgement.
//!
//! Nothing is decided here. The bot's own events are dropped (its marked messages excepted: they are traces), events of
//! other installations are dropped and counted, and whatever is not understood is acknowledged and counted, since Slack
//! would only repeat it.

mod answering;
mod directory;
mod events;
mod interactions;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use tokio_util::task::TaskTracker;

use crate::ambient::Clock;
use crate::app::intent::{Intent, What};
use crate::app::ports::Screens;
use crate::app::reply::Reply;
use crate::domain::digest::digest;
use crate::domain::ids::Timestamp;
use crate::domain::wording::Words;
use crate::slack::installation::Installation;
use crate::slack::intake::{Ack, Intake};
use crate::slack::payload::{Inbound, Key};
use crate::store::SeenKey;
use crate::telemetry::{Board, Part, State};

/// The verbs of the product, as the app has them.
#[async_trait]
pub trait Verbs: Send + Sync {
    /// Deals with what happened, within 2.5 seconds.
    async fn handle(&self, intent: Intent) -> Reply;
}

/// Takes in what both transports bring.
pub struct Handlers {
    verbs: Arc<dyn Verbs>,
    screens: Arc<dyn Screens>,
    words: Arc<Words>,
    installation: Installation,
    clock: Clock,
    later: TaskTracker,
    board: Board,
}

impl Handlers {
    /// Handlers of one installation. `screens` is used to tell somebody that a press was not taken, nothing else; that
    /// goes on in `later`, which `run` waits for at the end. `board` is told when Slack takes the installation away.
    pub fn new(
        verbs: Arc<dyn Verbs>,
        screens: Arc<dyn Screens>,
        words: Arc<Words>,
        installation: Installation,
        clock: Clock,
        later: TaskTracker,
        board: Board,
    ) -> Self {
        Handlers { verbs, screens, words, installation, clock, later, board }
    }
}

/// What was made of something that came in: the app has to deal with it, or there is nothing to do.
type Read = Result<What, Ignored>;

/// Why something is acknowledged and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ignored {
    /// Done by the bot itself.
    Own,
    /// Of an installation that this token is not for.
    OtherInstallation,
    /// A window, button or field that is none of the bot's, or of a release that it does not know.
    NotOurs,
    /// Understood, and of no concern.
    NoConcern,
    /// The bot's token is no good any more.
    TakenAway,
}

/// For operators, on `/readyz`. What waits in the outbox is kept meanwhile.
const TAKEN_AWAY: &str = "Slack has taken the installation away: install the app again and set its new token";

impl Ignored {
    fn key(self) -> &'static str {
        match self {
            Ignored::Own => "own",
            Ignored::OtherInstallation => "other_installation",
            Ignored::NotOurs => "not_ours",
            Ignored::NoConcern => "no_concern",
            Ignored::TakenAway => "taken_away",
        }
    }
}

/// Reads what came in. `now` stands in for a time that Slack left out.
fn read(inbound: &Inbound, here: &Installation, now: Timestamp) -> Read {
    // An event names its installation otherwise, and is asked for itself.
    if !inbound.is_event() && inbound.origin().is_some_and(|origin| here.is_elsewhere(origin)) {
        return Err(Ignored::OtherInstallation);
    }
    match inbound {
        Inbound::SlashCommand(command) => interactions::command(command, here),
        Inbound::GlobalShortcut(shortcut) => interactions::shortcut(shortcut, here),
        Inbound::MessageAction(shortcut) => interactions::message_shortcut(shortcut, here),
        Inbound::BlockActions(actions) => interactions::actions(actions, here, now),
        Inbound::ViewSubmission(submission) => interactions::submission(submission, here),
        Inbound::ViewClosed(closed) => interactions::closed(closed, here),
        Inbound::Event(event) => events::happened(event, here, now),
        Inbound::Unknown(_) => Err(Ignored::NotOurs),
    }
}

/// The key by which a repeat is recognised. One that is too long for the store is told apart by its fingerprint.
fn seen_key(key: &Key) -> Option<SeenKey> {
    SeenKey::parse(key.as_str()).or_else(|| {
        let head = key.as_str().get(..180).unwrap_or_default();
        SeenKey::parse(&format!("{head}#{:016x}", digest(key.as_str().as_bytes())))
    })
}

#[async_trait]
impl Intake for Handlers {
    async fn take(&self, inbound: Inbound) -> Ack {
        let what = match read(&inbound, &self.installation, self.clock.now()) {
            Ok(what) => what,
            Err(why) => {
                if why == Ignored::TakenAway {
                    self.board.report(Part::Installed, State::NotReady(TAKEN_AWAY.to_owned()));
                }
                let (kind, key) = (inbound.kind(), why.key());
                metrics::counter!("scopebot_ignored_total", "kind" => kind, "why" => key).increment(1);
                tracing::debug!(inbound.kind = kind, why = key, "nothing to do");
                return self.unread(&inbound, why);
            }
        };
        let key = inbound.key().and_then(seen_key);
        let reply = self.verbs.handle(Intent { home: self.installation.home.clone(), key, what }).await;
        self.answer(&inbound, reply)
    }

    fn when_full(&self, inbound: &Inbound) -> Ack {
        metrics::counter!("scopebot_intake_full_total").increment(1);
        self.answer(inbound, Reply::NotNow)
    }
}
