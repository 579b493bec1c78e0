//! Reactions and presses: committed as marks first, decided when the directory holds the person.

use crate::domain::approval::{Mark, Source};
use crate::domain::command::Command;
use crate::domain::decide::Answer;
use crate::domain::ids::{Revision, ScopeId};
use crate::domain::posting::{Piece, TwinText};
use crate::domain::scope::Scope;
use crate::store::{Change, Place, SeenKey, Stray};

use super::engine::Plan;
use super::intent::Reacted;
use super::reply::Reply;
use super::{App, Trouble};

impl App {
    pub(super) async fn reacted(&self, key: Option<SeenKey>, reacted: Reacted) -> Result<Reply, Trouble> {
        let Reacted { person, place, emoji, gesture, at, author } = reacted;
        if person == self.0.bot {
            return Ok(Reply::Done);
        }
        let ours = author.as_ref().is_none_or(|author| *author == self.0.bot);
        let mark = Mark { person, source: Source::Reaction(emoji.clone()), gesture, at, revision: None };
        match self.0.store.scope_at(&self.0.home, &place).await? {
            Some(scope) => {
                self.mark_at(key, scope.clone(), place.clone(), mark).await?;
                // Kept as a stray when it first came, by a process that ended before it looked again: its key is known.
                self.take_in_strays(&scope, place, &[]).await?;
            }
            // The reaction may be quicker than Slack's answer to the post, or that answer was lost: it is kept until the
            // message is known, and if nobody tells of it, Slack is asked.
            None if ours && self.0.policy.reactions.contains(&emoji) => {
                let hiring = self.0.policy.hiring_channels.contains(&place.channel);
                if hiring {
                    let stray = Some(Stray { place: place.clone(), mark: mark.clone() });
                    self.commit(Change { stray, seen: key, ..self.change() }).await?;
                    // Its message may have become known between the look and the write; then nobody looks for it again.
                    match self.0.store.scope_at(&self.0.home, &place).await? {
                        Some(scope) => self.mark_at(None, scope, place, mark).await?,
                        None => self.0.rounds.stray(place, self.0.clock.now()),
                    }
                }
            }
            None => {}
        }
        Ok(Reply::Done)
    }

    /// Commits a mark made by a reaction to the message there: the summary, or a twin of it.
    pub(super) async fn mark_at(
        &self,
        key: Option<SeenKey>,
        scope: ScopeId,
        place: Place,
        mark: Mark,
    ) -> Result<(), Trouble> {
        let standing = self.standing(&mark.person).await?;
        let mut plan = Plan::on(scope).knowing(standing);
        plan.key = key;
        let plan = plan.then(move |scope, _| vec![Command::Mark(at_place(scope, &place, mark.clone()))]);
        self.marked(plan).await
    }

    /// A press on a message that no scope knows: one of its own, whose answer was lost. The press makes it known.
    pub(super) async fn adopt(&self, id: &ScopeId, place: &Place, revision: Revision) -> Result<(), Trouble> {
        if self.0.store.scope_at(&self.0.home, place).await?.is_some() {
            return Ok(());
        }
        let Some(scope) = self.0.store.scope(&self.0.home, id).await? else { return Ok(()) };
        let here = scope.posted().is_some_and(|posted| {
            // In the thread and in direct messages there are buttons too; those are no summaries.
            let other = [Piece::Kit, Piece::ThirtyDays].map(|piece| posted.posting.slot(piece).place());
            posted.channel == place.channel && !other.contains(&Some((&place.channel, &place.ts)))
        });
        if here {
            metrics::counter!("scopebot_adopted_total").increment(1);
            self.now_shown(Plan::on(id.clone()), Piece::Summary, place.clone(), revision).await?;
        }
        Ok(())
    }

    /// Commits a mark; whether it counts is decided now if the directory knows the person, else once it does.
    pub(super) async fn mark(&self, key: Option<SeenKey>, scope: ScopeId, mark: Mark) -> Result<(), Trouble> {
        let standing = self.standing(&mark.person).await?;
        self.marked(Plan::new(key, scope, Command::Mark(mark)).knowing(standing)).await
    }

    async fn marked(&self, plan: Plan) -> Result<(), Trouble> {
        if let Some(Answer::NotCounted(why)) = self.act(plan).await?.map(|acted| acted.answer) {
            // The audit names a person once a scope; how often they go on is a figure.
            metrics::counter!("scopebot_not_counted_total", "why" => why.key()).increment(1);
        }
        Ok(())
    }
}

/// A mark by reaction, as the message that it was made on tells: a twin shows one revision, for as long as it shows any.
pub(super) fn at_place(scope: &Scope, place: &Place, mark: Mark) -> Mark {
    let twin = scope.posted().and_then(|posted| posted.posting.twin_at(&place.channel, &place.ts));
    match (twin, mark.source) {
        (Some(twin), Source::Reaction(emoji)) => {
            let revision = (twin.text == TwinText::Shown).then_some(twin.revision);
            Mark { source: Source::Twin(emoji), revision, ..mark }
        }
        (_, source) => Mark { source, ..mark },
    }
}
