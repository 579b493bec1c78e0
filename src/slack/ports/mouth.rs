//! Messages: posted with a mark, changed in place, said to one alone, found again.

use async_trait::async_trait;
use serde_json::{Map, Value, json};

use super::Ports;
use crate::domain::document::Document;
use crate::domain::ids::{ChannelId, MessageTs, Revision, SlackTime, Timestamp, UserId};
use crate::outbox::mouth::{Failure, Message, Mouth, To};
use crate::slack::api::ApiFailure;
use crate::slack::blocks::said;
use crate::slack::mark::{mark_in, metadata_of};
use crate::slack::payload;
use crate::store::{Place, RowId};

/// How many of the newest messages are looked through for a trace: a minute of a busy channel.
const LOOKED_THROUGH: u16 = 200;
/// Slack's clock and the bot's may differ by this, in microseconds.
const CLOCKS_APART: u64 = 60_000_000;

fn failure(failure: ApiFailure) -> Failure {
    match failure {
        // Kept for the day on which the token is good again, and given up only with everything that waits for a day.
        refused if refused.is_token_refused() => Failure::Passing(refused.to_string()),
        ApiFailure::RateLimited { retry_after } => Failure::Paused(retry_after),
        ApiFailure::Refused(refusal) => Failure::Refused(refusal.error),
        ApiFailure::Passing { why } | ApiFailure::Unsent { why } => Failure::Passing(why.to_string()),
        ApiFailure::InDoubt { why } => Failure::InDoubt(why.to_string()),
    }
}

/// The fields of a message with its mark.
fn marked(message: &Message) -> Map<String, Value> {
    let mut fields = said(&message.document).into_fields();
    fields.insert("metadata".to_owned(), metadata_of(&message.mark));
    fields
}

impl Ports {
    /// The direct message with somebody; opened once and remembered.
    async fn direct(&self, person: &UserId) -> Result<ChannelId, Failure> {
        if let Some(channel) = self.direct_known(person) {
            return Ok(channel);
        }
        let channel = self.api.conversations_open(person).await.map_err(failure)?;
        self.remember_direct(person, &channel);
        Ok(channel)
    }

    /// The newest messages where this one would stand; `None` where they may not be read.
    async fn newest(&self, to: &To, since: Timestamp) -> Result<Option<Vec<payload::Message>>, Failure> {
        let oldest = SlackTime(SlackTime::of(since).0.saturating_sub(CLOCKS_APART));
        let oldest = MessageTs::parse(&oldest.to_string()).ok();
        let read = match to {
            To::Channel(channel) if self.readable.channels => {
                self.api.conversations_history(channel, oldest.as_ref(), LOOKED_THROUGH).await
            }
            To::Thread(place) if self.readable.channels => {
                self.api.conversations_replies(&place.channel, &place.ts, oldest.as_ref(), LOOKED_THROUGH).await
            }
            To::Person(person) if self.readable.direct => {
                let channel = self.direct(person).await?;
                self.api.conversations_history(&channel, oldest.as_ref(), LOOKED_THROUGH).await
            }
            _ => return Ok(None),
        };
        match read {
            Ok(messages) => Ok(Some(messages)),
            // Not in the channel, or a private one without its scope: as good as not allowed.
            Err(ApiFailure::Refused(_)) => Ok(None),
            Err(other) => Err(failure(other)),
        }
    }
}

#[async_trait]
impl Mouth for Ports {
    async fn post(&self, to: &To, message: &Message) -> Result<Place, Failure> {
        let mut fields = marked(message);
        let channel = match to {
            To::Channel(channel) => channel.clone(),
            To::Thread(place) => {
                fields.insert("thread_ts".to_owned(), json!(place.ts.as_str()));
                place.channel.clone()
            }
            To::Person(person) => self.direct(person).await?,
        };
        fields.insert("channel".to_owned(), json!(channel.as_str()));
        let posted = self.noted(self.api.chat_post_message(Value::Object(fields)).await).map_err(failure)?;
        Ok(Place { channel: posted.channel, ts: posted.ts })
    }

    async fn update(&self, place: &Place, message: &Message) -> Result<(), Failure> {
        let mut fields = marked(message);
        fields.insert("channel".to_owned(), json!(place.channel.as_str()));
        fields.insert("ts".to_owned(), json!(place.ts.as_str()));
        self.noted(self.api.chat_update(Value::Object(fields)).await).map(drop).map_err(failure)
    }

    async fn quiet(&self, channel: &ChannelId, person: &UserId, document: &Document) -> Result<(), Failure> {
        let mut fields = said(document).into_fields();
        fields.insert("channel".to_owned(), json!(channel.as_str()));
        fields.insert("user".to_owned(), json!(person.as_str()));
        self.api.chat_post_ephemeral(Value::Object(fields)).await.map(drop).map_err(failure)
    }

    async fn find(&self, to: &To, row: RowId, since: Timestamp) -> Result<Option<(Place, Revision)>, Failure> {
        let Some(messages) = self.newest(to, since).await? else { return Ok(None) };
        let own = messages.into_iter().filter(|message| message.user.as_ref() == Some(&self.installation.bot));
        let found = own.filter_map(|message| {
            let mark = message.metadata.as_ref().and_then(mark_in).filter(|mark| mark.row == row)?;
            Some((Place { channel: message.channel, ts: message.ts }, mark.revision))
        });
        // Were it there twice, the older is the one that was sent first.
        Ok(found.min_by_key(|(place, _)| place.ts.time()))
    }

    async fn link(&self, place: &Place) -> Result<String, Failure> {
        self.api.chat_get_permalink(&place.channel, &place.ts).await.map_err(failure)
    }
}
