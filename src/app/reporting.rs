//! What the outbox, Slack's traces and the clock report: committed in the write that settles the row.

use std::time::Duration;

use crate::domain::approval::Mark;
use crate::domain::command::{Command, Delivered as Told};
use crate::domain::decide::Answer;
use crate::domain::effect::{Effect, Note};
use crate::domain::ids::{Revision, ScopeId, Timestamp, UserId};
use crate::domain::person::DirectoryRow;
use crate::domain::posting::{Piece, Slot};
use crate::domain::scope::{DueKind, Posted, Scope};
use crate::store::{Change, Delivery, DueRow, Outcome, Place, Settle, StoreError, Stray};

use super::approving::at_place;
use super::engine::Plan;
use super::intent::{Delivered, Intent, Trace, TraceKind};
use super::ports::RegistryFault;
use super::reply::Reply;
use super::{App, Trouble};

/// How long a question to Slack waits before it is asked again, where Slack does not say.
const ASK_AGAIN: Duration = Duration::from_secs(20);
/// How long it waits when Slack says that it will never answer: until somebody has mended the installation.
const ASK_AGAIN_LATER: Duration = Duration::from_secs(300);
/// How long Slack is asked who somebody is before the marks that wait for it are dropped, with a word to them.
const LEARN_FOR: Duration = Duration::from_secs(24 * 3600);
/// How often a report of the outbox is tried while the store is busy, and the pause between: well within a lease.
const REPORT_TRIES: u32 = 20;
const REPORT_PAUSE: Duration = Duration::from_secs(1);
/// Early marks taken in with the place of their message; fewer than may wait undecided at once.
const EARLY_TAKEN: usize = 20;
/// Due things read at once.
const DUE_AT_ONCE: usize = 64;

/// A note comes after the update in its lane, so Slack has shown that text at the latest since then. Without it a
/// revision whose own event was lost would never have a fence, and its reactions would wait for ever.
fn fence_by_note(posted: &Posted, note: &Trace) -> Option<Command> {
    match &posted.posting.summary {
        Slot::Shown { channel, revision, .. } if *channel == note.place.channel => {
            let fence = Told::Fence { revision: *revision, at: note.place.ts.time() };
            Some(Command::Delivered(fence))
        }
        _ => None,
    }
}

/// Where the summary stands.
fn summary_of(scope: &Scope) -> Option<Place> {
    scope.summary_place().map(|(channel, ts)| Place { channel: channel.clone(), ts: ts.clone() })
}

impl App {
    /// Takes in what the bot itself reports. It is never turned away for a full intake and has no time for an answer:
    /// a message that was said and whose row is not settled would be said again.
    pub async fn take_report(&self, intent: Intent) {
        for _ in 0..REPORT_TRIES {
            match self.react(intent.clone()).await {
                Ok(_) => return,
                Err(trouble @ (Trouble::Store(StoreError::Busy) | Trouble::Contended)) => {
                    tracing::warn!(error = %trouble, "a report of the outbox waits for the store");
                    self.0.clock.sleep(REPORT_PAUSE).await;
                }
                Err(trouble) => {
                    tracing::error!(error = %trouble, "a report of the outbox was not kept");
                    return;
                }
            }
        }
        tracing::error!("a report of the outbox was not kept: the store stays busy");
    }

    pub(super) async fn delivered(&self, delivered: Delivered) -> Result<Reply, Trouble> {
        let Delivered { row, holder, delivery } = delivered;
        let scope = row.scope().clone();
        let settle = |outcome| Some(Settle { row: row.id, holder: Some(holder.clone()), outcome });
        let piece = match &row.effect {
            Effect::Refresh(piece) => Some(*piece),
            _ => None,
        };
        let mut plan = Plan::on(scope.clone());
        match delivery {
            Delivery::Said(place) => {
                plan.settle = settle(Outcome::Over);
                plan.regardless = true;
                match (piece, &row.effect, place) {
                    (None, Effect::Supersede(ts), _) => {
                        plan.commands.push(Command::Delivered(Told::Superseded(ts.clone())));
                        self.act(plan).await?;
                    }
                    (Some(piece), _, Some((place, revision))) => self.now_shown(plan, piece, place, revision).await?,
                    (None, Effect::Note(Note::Revised(revised)), Some((place, _))) => {
                        let fence = Told::Fence { revision: revised.revision, at: place.ts.time() };
                        plan.commands.push(Command::Delivered(fence));
                        self.act(plan).await?;
                    }
                    _ => {
                        // A mark that came in the moment its message became known may have been left by a crash right
                        // after: whatever is said of the scope next takes it in.
                        let acted = self.act(plan).await?;
                        let place = acted.and_then(|acted| summary_of(&acted.scope));
                        if let Some(place) = place {
                            self.take_in_strays(&scope, place, &[]).await?;
                        }
                    }
                }
                return Ok(Reply::Done);
            }
            Delivery::Idle => plan.settle = settle(Outcome::Over),
            Delivery::Again(at) => plan.settle = settle(Outcome::Again(at)),
            Delivery::InDoubt(until) => {
                plan.settle = settle(Outcome::InDoubt(until));
                plan.commands.extend(piece.map(|piece| Command::Delivered(Told::InDoubt(piece))));
            }
            Delivery::GivenUp(why) => {
                // A quiet word that comes late is worse than none, and a message that is no more holds no text; all else
                // can be sent again.
                let kept = match &row.effect {
                    Effect::QuietWord(..) | Effect::Supersede(_) => false,
                    Effect::Retract(..) => why != "message_not_found",
                    _ => true,
                };
                plan.settle = settle(if kept { Outcome::SetAside } else { Outcome::Over });
                plan.commands.push(Command::Delivered(match (piece, &row.effect) {
                    (Some(piece), _) => Told::Failed { piece, why },
                    // It cannot be changed any more; that it is there no more is known by looking.
                    (None, Effect::Supersede(ts)) if why != "message_not_found" => Told::Superseded(ts.clone()),
                    (None, Effect::Supersede(ts)) => Told::TwinGone(ts.clone()),
                    (None, _) => Told::Dropped(why),
                }));
            }
            Delivery::ToLearn => {
                let Effect::Learn(person) = &row.effect else { return Ok(Reply::Done) };
                match self.learn(person).await {
                    Ok(rows) => self.take_in_person(&mut plan, person, rows).await?,
                    Err(fault) if self.is_older(row.created, LEARN_FOR) => {
                        tracing::error!(user.id = %person, error = %fault, "Slack did not say who this is for a day; the mark is dropped");
                        plan.commands.push(Command::Unknowable(person.clone()));
                    }
                    Err(fault) => {
                        tracing::warn!(user.id = %person, error = %fault, "Slack did not say who this is; the mark waits");
                        plan.settle = settle(Outcome::Again(self.ask_again(&fault)));
                    }
                }
                if plan.settle.is_none() {
                    plan.settle = settle(Outcome::Over);
                }
            }
        }
        self.act(plan).await?;
        Ok(Reply::Done)
    }

    fn is_older(&self, since: Timestamp, age: Duration) -> bool {
        since.checked_add(age).is_ok_and(|end| self.0.clock.now() >= end)
    }

    /// A kept message stands in Slack: its scope knows the place now, and marks that were quicker find their scope.
    pub(super) async fn now_shown(
        &self,
        mut plan: Plan,
        piece: Piece,
        place: Place,
        revision: Revision,
    ) -> Result<(), Trouble> {
        let Place { channel, ts } = place.clone();
        plan.commands.push(Command::Delivered(Told::Shown { piece, channel, ts, revision }));
        let scope = plan.scope.clone();
        let mut early = Vec::new();
        if piece == Piece::Summary {
            early = self.0.store.strays(&self.0.home, &place).await?;
            early.truncate(EARLY_TAKEN);
        }
        // In the same write, to be decided later: a crash right after it loses none of them.
        let (marks, at) = (early.clone(), place.clone());
        let plan = plan
            .then(move |scope, _| marks.iter().map(|mark| Command::Mark(at_place(scope, &at, mark.clone()))).collect());
        let acted = self.act(plan).await?;
        if acted.is_none_or(|acted| acted.answer == Answer::Same) {
            early.clear();
        }
        if piece == Piece::Summary {
            self.take_in_strays(&scope, place, &early).await?;
        }
        Ok(())
    }

    /// Decides the marks that came before their message was known, but for those taken in already; then forgets them.
    pub(super) async fn take_in_strays(&self, scope: &ScopeId, place: Place, taken: &[Mark]) -> Result<(), Trouble> {
        loop {
            let strays = self.0.store.strays(&self.0.home, &place).await?;
            if strays.is_empty() {
                return Ok(());
            }
            for mark in strays.iter().filter(|mark| !taken.contains(mark)) {
                self.mark_at(None, scope.clone(), place.clone(), mark.clone()).await?;
            }
            let found = strays.into_iter().map(|mark| Stray { place: place.clone(), mark }).collect();
            self.commit(Change { found, ..self.change() }).await?;
        }
    }

    /// Decides the waiting marks of somebody by rows that Slack has just given.
    async fn take_in_person(&self, plan: &mut Plan, person: &UserId, rows: Vec<DirectoryRow>) -> Result<(), Trouble> {
        self.commit(Change { directory: rows, ..self.change() }).await?;
        plan.standing = self.standing(person).await?;
        plan.commands.push(Command::Learnt(person.clone()));
        Ok(())
    }

    fn ask_again(&self, fault: &RegistryFault) -> Timestamp {
        let wait = match fault {
            RegistryFault::Later { wait, .. } => wait.unwrap_or(ASK_AGAIN),
            RegistryFault::Never(_) => ASK_AGAIN_LATER,
        };
        self.0.clock.now().checked_add(wait).unwrap_or(Timestamp::MAX)
    }

    /// Slack shows one of our messages. Where its answer was lost, this is the trace that settles the row.
    pub(super) async fn trace_seen(&self, trace: Trace) -> Result<Reply, Trouble> {
        let Some(scope) = self.0.store.scope(&self.0.home, &trace.scope).await? else { return Ok(Reply::Done) };
        let mut plan = Plan::on(trace.scope.clone());
        let Some(posted) = scope.posted() else {
            if let (TraceKind::Posted, Some(piece)) = (trace.kind, trace.piece) {
                let Place { channel, ts } = trace.place;
                let shown = Told::Shown { piece, channel, ts, revision: trace.revision };
                plan.commands.push(Command::Delivered(shown));
                self.act(plan).await?;
            }
            return Ok(Reply::Done);
        };
        match (trace.kind, trace.piece) {
            (TraceKind::Posted, piece) => {
                plan.settle = Some(Settle { row: trace.row, holder: None, outcome: Outcome::Over });
                // Its row may have been given up, or said again meanwhile: the message stands all the same.
                plan.regardless = true;
                let stands = |piece| posted.posting.slot(piece).place();
                match piece {
                    Some(piece) if stands(piece) == Some((&trace.place.channel, &trace.place.ts)) => {}
                    Some(piece) => self.now_shown(plan, piece, trace.place, trace.revision).await?,
                    None => {
                        plan.commands.extend(fence_by_note(posted, &trace));
                        self.act(plan).await?;
                    }
                }
            }
            (TraceKind::Updated, Some(Piece::Summary)) => {
                let fence = Told::Fence { revision: trace.revision, at: trace.at };
                plan.commands.push(Command::Delivered(fence));
                self.act(plan).await?;
            }
            (TraceKind::Updated, _) => {}
            // The word that its mark is gone may mean several things; what stands there is looked at.
            (TraceKind::Deleted, _) => self.0.rounds.look(trace.scope),
        }
        Ok(Reply::Done)
    }

    pub(super) async fn fell_due(&self, due: DueRow) -> Result<Reply, Trouble> {
        match due.kind {
            DueKind::Nudge => self.nudge(due.scope).await?,
            kind => self.act(Plan::new(None, due.scope, Command::Due(kind))).await?,
        };
        Ok(Reply::Done)
    }

    /// Sends what falls due to itself, for as long as it is not stopped.
    pub async fn watch_due(&self, stop: tokio_util::sync::CancellationToken) {
        loop {
            let woken = self.0.wake.notified();
            let next = match self.send_due().await {
                Ok(next) => next,
                Err(trouble) => {
                    tracing::error!(error = %trouble, "what is due could not be read");
                    self.0.clock.now().checked_add(ASK_AGAIN).ok()
                }
            };
            let wait = async {
                match next {
                    Some(at) => self.0.clock.sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = woken => {}
                () = wait => {}
            }
        }
    }

    /// Deals with what is due and says when to look again.
    async fn send_due(&self) -> Result<Option<Timestamp>, Trouble> {
        let _looking = self.0.busy.take();
        // Every commit rings, and mostly nothing is due: one row is read then.
        match self.0.store.next_due(&self.0.home).await? {
            Some(at) if at <= self.0.clock.now() => {}
            next => return Ok(next),
        }
        let due = self.0.store.due(&self.0.home, self.0.clock.now(), DUE_AT_ONCE).await?;
        let mut pause = Duration::from_secs(1);
        for row in due {
            let scope = row.scope.clone();
            // One scope that cannot be read keeps no other from its reminder.
            if let Err(trouble) = self.fell_due(row).await {
                tracing::error!(error = %trouble, scope.id = %scope, "what is due was not dealt with");
                pause = ASK_AGAIN;
            }
        }
        // Never at once again: a row that stays due for whatever reason must not spin.
        let soon = self.0.clock.now().checked_add(pause).unwrap_or(Timestamp::MAX);
        Ok(self.0.store.next_due(&self.0.home).await?.map(|next| next.max(soon)))
    }
}

#[cfg(test)]
pub(super) mod tests;
