//! Who is who, asked of Slack.

use std::time::Duration;

use async_trait::async_trait;

use super::Ports;
use crate::app::ports::{Registry, RegistryFault, SeenMessage};
use crate::domain::ids::{ChannelId, GroupId, Home, TeamId, Timestamp, UserId};
use crate::domain::person::{Channel, ChannelState, DirectoryRow, Group, Person, PersonKind};
use crate::domain::reconcile::{Named, SeenReaction};
use crate::slack::api::{ApiFailure, ReactedMessage};
use crate::slack::ids::ButtonValue;
use crate::slack::installation::Installation;
use crate::slack::payload::User;
use crate::store::Place;

/// Refusals that say who somebody is: nobody.
const NOBODY: [&str; 2] = ["user_not_found", "users_not_found"];
/// Refusals that say that somebody is of another company, out of this token's sight.
const STRANGER: [&str; 1] = ["user_not_visible"];
/// Refusals that say the same of a group.
const NO_GROUP: [&str; 2] = ["no_such_subteam", "subteam_not_found"];
/// Refusals by which a channel is not there, or not for the bot to see.
const NO_CHANNEL: [&str; 2] = ["channel_not_found", "method_not_supported_for_channel_type"];

/// Refusals by which a message is no more.
const NO_MESSAGE: [&str; 1] = ["message_not_found"];

/// How long Slack is left alone after it has refused the token.
const UNTIL_MENDED: Duration = Duration::from_secs(300);

fn is_one_of(failure: &ApiFailure, errors: &[&str]) -> bool {
    errors.iter().any(|error| failure.is_refused_with(error))
}

fn fault(failure: ApiFailure) -> RegistryFault {
    let later = |why: &ApiFailure, wait: Option<Duration>| RegistryFault::Later { why: why.to_string(), wait };
    match &failure {
        ApiFailure::RateLimited { retry_after } => later(&failure, Some(*retry_after)),
        ApiFailure::Passing { .. } | ApiFailure::InDoubt { .. } | ApiFailure::Unsent { .. } => later(&failure, None),
        // Or a user group would seem to have no members, and its approvers be refused.
        refused if refused.is_token_refused() => later(&failure, Some(UNTIL_MENDED)),
        ApiFailure::Refused(refusal) => RegistryFault::Never(refusal.to_string()),
    }
}

/// The row of a person.
pub fn person_row(user: &User, here: &Installation, now: Timestamp) -> DirectoryRow {
    DirectoryRow::Person(Person { id: user.id.clone(), kind: here.kind_of(user), read_at: now })
}

impl Ports {
    fn seen(&self, found: &ReactedMessage, place: &Place) -> SeenMessage {
        let own = found.user.as_ref() == Some(&self.installation.bot);
        let by_itself = found.thread_ts.as_ref().is_none_or(|thread| *thread == place.ts);
        let mut values = found.button_values.iter().filter_map(|value| ButtonValue::from_wire(Some(value)));
        let summary_of = values.find_map(|value| Some((value.scope?, value.revision?))).filter(|_| own && by_itself);
        let reactions = found.reactions.iter().map(|one| SeenReaction {
            emoji: one.name.split_once("::").map_or(one.name.as_str(), |(emoji, _tone)| emoji).to_owned(),
            people: one.users.iter().cloned().collect(),
            named: if one.count > one.users.len() { Named::Some } else { Named::All },
        });
        SeenMessage { summary_of, reactions: reactions.collect() }
    }

    /// The workspace that methods want named with a token of a whole organisation.
    fn named_team(&self) -> Option<&TeamId> {
        match &self.installation.home {
            Home::Team(_) => None,
            Home::Enterprise(_) => self.installation.team.as_ref(),
        }
    }
}

#[async_trait]
impl Registry for Ports {
    async fn person(&self, id: &UserId) -> Result<Option<Person>, RegistryFault> {
        let now = self.clock.now();
        match self.api.users_info(id).await {
            // Slack may know a person of another company by two ids; the one asked for is the one that acts.
            Ok(user) => Ok(Some(Person { id: id.clone(), kind: self.installation.kind_of(&user), read_at: now })),
            Err(failure) if is_one_of(&failure, &NOBODY) => Ok(None),
            Err(failure) if is_one_of(&failure, &STRANGER) => {
                Ok(Some(Person { id: id.clone(), kind: PersonKind::Outsider, read_at: now }))
            }
            Err(failure) => Err(fault(failure)),
        }
    }

    async fn group(&self, id: &GroupId) -> Result<Option<Group>, RegistryFault> {
        let now = self.clock.now();
        match self.api.usergroups_users_list(id, self.named_team()).await {
            Ok(members) => Ok(Some(Group { id: id.clone(), members: members.into_iter().collect(), read_at: now })),
            Err(failure) if is_one_of(&failure, &NO_GROUP) => Ok(None),
            Err(failure) => Err(fault(failure)),
        }
    }

    async fn channel(&self, id: &ChannelId) -> Result<Channel, RegistryFault> {
        let now = self.clock.now();
        let gone =
            || Channel { id: id.clone(), name: String::new(), state: ChannelState::Gone, shared: false, read_at: now };
        match self.api.conversations_info(id).await {
            Ok(found) => Ok(Channel {
                id: id.clone(),
                name: found.name.unwrap_or_default(),
                state: match (found.is_archived, found.is_member) {
                    (true, _) => ChannelState::Archived,
                    (false, true) => ChannelState::Ready,
                    (false, false) => ChannelState::NotIn,
                },
                shared: found.is_ext_shared,
                read_at: now,
            }),
            Err(failure) if is_one_of(&failure, &NO_CHANNEL) => Ok(gone()),
            Err(failure) => Err(fault(failure)),
        }
    }

    async fn message(&self, place: &Place) -> Result<Option<SeenMessage>, RegistryFault> {
        match self.api.reactions_get(&place.channel, &place.ts).await {
            Ok(found) => Ok(Some(self.seen(&found, place))),
            Err(failure) if is_one_of(&failure, &NO_MESSAGE) => Ok(None),
            Err(failure) => Err(fault(failure)),
        }
    }
}
