//! Looking after what is posted: reactions that nobody told of, summaries that were deleted, channels that are closed,
//! approvers that are gone. Rounds go over the index of posted scopes, one question to Slack at a time: pages of the newest,
//! by turns with pages from somewhere else, so that old ones are looked at too where rounds are broken off by restarts.
//!
//! A round follows a start, a line that was down, an hour of silence, and else every six hours. Nothing is guessed: what
//! Slack shows is compared with the scope as it was before the question, and a scope that changed meanwhile is asked about
//! again.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::domain::approval::{Gesture, Listed as Named, Mark};
use crate::domain::command::{Command, Delivered as Told};
use crate::domain::ids::{ScopeId, SlackTime, Timestamp};
use crate::domain::person::{ChannelState, PersonKind};
use crate::domain::posting::{Hindrance, Twin};
use crate::domain::reconcile::{missed, missed_on_twins};
use crate::domain::scope::Scope;
use crate::store::{Listed, Place};

use super::engine::Plan;
use super::intent::Stale;
use super::ports::RegistryFault;
use super::rounds::{Depth, StrayPlace, WAITING_KEPT, order_of};
use super::{App, Trouble};

/// Between two questions about summaries. `reactions.get` is Tier 3, fifty and more a minute; half of that is taken.
const BETWEEN: Duration = Duration::from_millis(2400);
/// A round without a cause.
const EVERY: Duration = Duration::from_secs(6 * 3600);
/// Scopes read at once.
const PAGE: usize = 50;
/// Scopes that one round asks Slack about; the others are only compared with what is known.
const MOST_ASKED: usize = 2000;
/// Scopes that one round compares with what is known, the newest.
const MOST_COMPARED: usize = 20_000;
/// A question that failed is asked again after this, where Slack names no pause.
const ASK_AGAIN: Duration = Duration::from_secs(20);
/// So often; then the round goes on without it, and the next one asks.
const TRIES: u32 = 5;
/// A message that nobody knows is asked about so often, about an hour.
const STRAY_TRIES: u32 = 180;

/// What came of a question.
enum Looked {
    /// It is as Slack shows it.
    Done,
    /// It changed meanwhile, or Slack did not answer: again after this.
    Again(Duration),
}

impl App {
    /// Looks after what is posted, for as long as it is not stopped.
    pub async fn watch_posted(&self, stop: tokio_util::sync::CancellationToken) {
        self.0.rounds.wish(Depth::Slack);
        tokio::select! {
            () = stop.cancelled() => {}
            () = self.look_for_ever() => {}
        }
    }

    async fn look_for_ever(&self) {
        // Acknowledged by a process that ended before it knew their message.
        match self.0.store.stray_places(&self.0.home, WAITING_KEPT).await {
            Ok(places) => places.into_iter().for_each(|place| self.0.rounds.stray(place, self.0.clock.now())),
            Err(trouble) => tracing::error!(error = %trouble, "which reactions wait for their message was not read"),
        }
        let mut next_round = self.later(EVERY);
        loop {
            self.look_at_wishes().await;
            if let Some(depth) = self.0.rounds.next_round() {
                if depth == Depth::Slack {
                    next_round = self.later(EVERY);
                }
                if let Err(trouble) = self.round(depth).await {
                    tracing::error!(error = %trouble, "a round over posted scopes was broken off");
                }
                continue;
            }
            let until = self.0.rounds.next_due().map_or(next_round, |due| due.min(next_round));
            tokio::select! {
                () = self.0.rounds.woken() => {}
                () = self.0.clock.sleep_until(until) => {
                    if self.0.clock.now() >= next_round {
                        self.0.rounds.wish(Depth::Slack);
                    }
                }
            }
        }
    }

    fn later(&self, wait: Duration) -> Timestamp {
        self.0.clock.now().checked_add(wait).unwrap_or(Timestamp::MAX)
    }

    /// Scopes and messages that somebody wants looked at now.
    async fn look_at_wishes(&self) {
        while let Some(stray) = self.0.rounds.next_stray(self.0.clock.now()) {
            let _looking = self.0.busy.take();
            if let Err(trouble) = self.identify(stray).await {
                tracing::error!(error = %trouble, "whose message it is was not found out");
            }
        }
        while let Some(scope) = self.0.rounds.next_scope() {
            self.look_until_done(&scope).await;
        }
    }

    /// Over everything posted: first by what is known, which costs nothing, then by asking Slack.
    async fn round(&self, depth: Depth) -> Result<(), Trouble> {
        let (mut pages, mut left) = (Vec::new(), MOST_COMPARED);
        let mut cursor = None;
        loop {
            let page = self.page_of_posted(cursor.as_ref()).await?;
            for listed in &page {
                self.compare(&listed.id).await;
            }
            pages.push(cursor);
            left = left.saturating_sub(page.len());
            match page.last() {
                Some(last) if page.len() == PAGE && left > 0 => cursor = Some(last.clone()),
                _ => break,
            }
        }
        if depth < Depth::Slack {
            return Ok(());
        }
        let chance = if pages.len() > 1 { self.0.random.u64() } else { 0 };
        for at in order_of(pages.len(), chance).take(MOST_ASKED / PAGE) {
            let Some(cursor) = pages.get(at) else { continue };
            for listed in self.page_of_posted(cursor.as_ref()).await? {
                self.look_until_done(&listed.id).await;
                self.0.clock.sleep(BETWEEN).await;
                self.look_at_wishes().await;
            }
        }
        Ok(())
    }

    async fn page_of_posted(&self, cursor: Option<&Listed>) -> Result<Vec<Listed>, Trouble> {
        let _looking = self.0.busy.take();
        Ok(self.0.store.standing(&self.0.home, cursor, PAGE).await?)
    }

    /// One scope against what is known of its channel and its approvers.
    async fn compare(&self, id: &ScopeId) {
        let _looking = self.0.busy.take();
        if let Err(trouble) = self.hinder(id).await {
            tracing::error!(error = %trouble, scope.id = %id, "what stands in the way of a scope was not found out");
        }
    }

    async fn hinder(&self, id: &ScopeId) -> Result<(), Trouble> {
        let Some(scope) = self.0.store.scope(&self.0.home, id).await? else { return Ok(()) };
        let found = self.hindrances(&scope).await?;
        if scope.posted().is_some_and(|posted| posted.is_shown() && posted.posting.hindered != found) {
            self.act(Plan::new(None, id.clone(), Command::Hindered(found))).await?;
        }
        Ok(())
    }

    /// What stands in the way, by the rows of the directory alone; what is not known stands in no way.
    async fn hindrances(&self, scope: &Scope) -> Result<BTreeSet<Hindrance>, Trouble> {
        let mut found = BTreeSet::new();
        let Some(posted) = scope.posted() else { return Ok(found) };
        let channel = self.0.store.channel(&self.0.home, &posted.channel).await?;
        match channel.map(|channel| channel.state) {
            Some(ChannelState::NotIn) => drop(found.insert(Hindrance::NotIn)),
            Some(ChannelState::Archived) => drop(found.insert(Hindrance::Archived)),
            Some(ChannelState::Gone) => drop(found.insert(Hindrance::Gone)),
            Some(ChannelState::Ready) | None => {}
        }
        let revision = posted.shown.revision;
        if posted.approval.quorum > 0 && !posted.approval.reached(revision) {
            let (able, all_known) = self.able_approvers(&scope.author).await?;
            let given = posted.approval.standing(revision);
            let more = able.iter().filter(|person| !given.contains(person)).count();
            if all_known && given.len() + more < posted.approval.quorum as usize {
                found.insert(Hindrance::TooFew);
            }
        }
        Ok(found)
    }

    async fn look_until_done(&self, id: &ScopeId) {
        for _ in 0..TRIES {
            let looked = {
                let _looking = self.0.busy.take();
                self.look_after(id).await
            };
            match looked {
                Ok(Looked::Done) => return,
                Ok(Looked::Again(wait)) => self.0.clock.sleep(wait).await,
                Err(trouble) => {
                    tracing::error!(error = %trouble, scope.id = %id, "a scope was not looked after");
                    return;
                }
            }
        }
    }

    /// Asks Slack about the summary of one scope, and the twins of it.
    async fn look_after(&self, id: &ScopeId) -> Result<Looked, Trouble> {
        let Some(scope) = self.0.store.scope(&self.0.home, id).await? else { return Ok(Looked::Done) };
        let Some((channel, ts)) = scope.summary_place() else { return Ok(Looked::Done) };
        let place = Place { channel: channel.clone(), ts: ts.clone() };
        let seen = match self.0.registry.message(&place).await {
            Ok(Some(seen)) => seen,
            Ok(None) => {
                let Place { channel, ts } = place;
                self.act(Plan::new(None, id.clone(), Command::Delivered(Told::Deleted { channel, ts }))).await?;
                return Ok(Looked::Done);
            }
            Err(RegistryFault::Later { wait, .. }) => return Ok(Looked::Again(wait.unwrap_or(ASK_AGAIN))),
            Err(RegistryFault::Never(why)) => {
                tracing::warn!(scope.id = %id, error = %why, "a summary cannot be looked at");
                self.read_row(&Stale::Channel(place.channel)).await;
                self.hinder(id).await?;
                return Ok(Looked::Done);
            }
        };
        let Some(posted) = scope.posted() else { return Ok(Looked::Done) };
        let mut twins = Vec::new();
        for twin in &posted.posting.twins {
            let Twin { channel, ts, .. } = twin.clone();
            match self.0.registry.message(&Place { channel: channel.clone(), ts: ts.clone() }).await {
                Ok(Some(seen)) => twins.push((twin.clone(), seen.reactions)),
                Ok(None) => {
                    self.act(Plan::new(None, id.clone(), Command::Delivered(Told::Deleted { channel, ts }))).await?;
                    return Ok(Looked::Again(Duration::from_secs(1)));
                }
                Err(RegistryFault::Later { wait, .. }) => return Ok(Looked::Again(wait.unwrap_or(ASK_AGAIN))),
                Err(RegistryFault::Never(why)) => {
                    tracing::warn!(scope.id = %id, error = %why, "a twin of a summary cannot be looked at");
                    twins.clear();
                    break;
                }
            }
        }
        let now = SlackTime::of(self.0.clock.now());
        let mut marks = missed(posted, &seen.reactions, now);
        marks.extend(missed_on_twins(posted, &twins, now));
        if marks.is_empty() {
            return Ok(Looked::Done);
        }
        let now = self.0.store.scope(&self.0.home, id).await?;
        if now.is_none_or(|now| now.version != scope.version) {
            return Ok(Looked::Again(Duration::from_secs(1)));
        }
        for mark in marks {
            self.reconciled(&scope, mark).await?;
        }
        Ok(Looked::Done)
    }

    /// A mark that was missed. Whoever cannot approve hears nothing: their attempt may be old.
    async fn reconciled(&self, scope: &Scope, mark: Mark) -> Result<(), Trouble> {
        if mark.gesture == Gesture::Given {
            let standing = self.standing(&mark.person).await?;
            let person = standing.person.map(|person| person.kind);
            let may = standing.listed != Named::No
                && mark.person != scope.author
                && mark.person != self.0.bot
                && matches!(person, None | Some(PersonKind::Member));
            if !may {
                return Ok(());
            }
        }
        metrics::counter!("scopebot_reconciled_total").increment(1);
        tracing::info!(scope.id = %scope.id, user.id = %mark.person, gesture = ?mark.gesture, "a reaction was missed");
        self.mark(None, scope.id.clone(), mark).await
    }

    /// Whose message it is that somebody reacted to: a twin of a summary, or none of ours to know.
    async fn identify(&self, stray: StrayPlace) -> Result<(), Trouble> {
        let StrayPlace { place, asked, .. } = stray;
        if let Some(scope) = self.0.store.scope_at(&self.0.home, &place).await? {
            // The process that made it known may have ended before it took in what had just come to it.
            return self.take_in_strays(&scope, place, &[]).await;
        }
        match self.0.registry.message(&place).await {
            Ok(seen) => match seen.and_then(|seen| seen.summary_of) {
                Some((scope, revision)) => {
                    self.adopt(&scope, &place, revision).await?;
                    if self.0.store.scope_at(&self.0.home, &place).await?.is_none() {
                        self.0.rounds.stranger(place);
                    }
                }
                None => self.0.rounds.stranger(place),
            },
            Err(RegistryFault::Later { wait, .. }) if asked < STRAY_TRIES => {
                let due = self.later(wait.unwrap_or(ASK_AGAIN));
                self.0.rounds.stray_again(StrayPlace { place, due, asked: asked + 1 });
            }
            Err(fault) => {
                tracing::warn!(error = %fault, "Slack does not say whose message a reaction is for");
                self.0.rounds.stranger(place);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
