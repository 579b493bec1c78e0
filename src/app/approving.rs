//! Reactions and presses: committed as marks first, decided when the directory holds the person.

use crate::domain::approval::{Gesture, Mark, Source};
use crate::domain::command::Command;
use crate::domain::decide::Answer;
use crate::store::{Change, SeenKey, Stray};

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
                self.mark(key, scope.clone(), mark).await?;
                // Kept as a stray when it first came, by a process that ended before it looked again: its key is known.
                self.take_in_strays(&scope, place, &[]).await?;
            }
            // The reaction may be quicker than Slack's answer to the post: it is kept until the message is known.
            None if ours && self.0.policy.reactions.contains(&emoji) => {
                let hiring = self.0.policy.hiring_channels.contains(&place.channel);
                if hiring {
                    let stray = Some(Stray { place: place.clone(), mark: mark.clone() });
                    self.commit(Change { stray, seen: key, ..self.change() }).await?;
                    // Its message may have become known between the look and the write; then nobody looks for it again.
                    if let Some(scope) = self.0.store.scope_at(&self.0.home, &place).await? {
                        self.mark(None, scope, mark).await?;
                    }
                }
            }
            None => {}
        }
        Ok(Reply::Done)
    }

    /// Commits a mark; whether it counts is decided now if the directory knows the person, else once it does.
    pub(super) async fn mark(
        &self,
        key: Option<SeenKey>,
        scope: crate::domain::ids::ScopeId,
        mark: Mark,
    ) -> Result<(), Trouble> {
        let standing = match mark.gesture {
            Gesture::Given | Gesture::Taken => self.standing(&mark.person).await?,
        };
        let acted = self.act(Plan::new(key, scope, Command::Mark(mark)).knowing(standing)).await?;
        if let Some(Answer::NotCounted(why)) = acted.map(|acted| acted.answer) {
            // The audit names a person once a scope; how often they go on is a figure.
            metrics::counter!("scopebot_not_counted_total", "why" => why.key()).increment(1);
        }
        Ok(())
    }
}
