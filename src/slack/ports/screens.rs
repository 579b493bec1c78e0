//! Windows, Home and quiet words.

use async_trait::async_trait;
use serde_json::Value;

use super::Ports;
use crate::app::intent::{ReplyTo, Trigger};
use crate::app::ports::{ScreenFault, Screens};
use crate::app::screen::Screen;
use crate::domain::document::Document;
use crate::domain::ids::UserId;
use crate::slack::api::{ApiFailure, ViewTarget};
use crate::slack::blocks::said;
use crate::slack::payload::{ResponseUrl, TriggerId, ViewId};
use crate::slack::screens::{home_of, view_of};
use crate::store::Place;

/// Refusals that mean: there is nothing to show it in any more, or something newer stands there.
const VIEW_GONE: [&str; 3] = ["not_found", "hash_conflict", "view_not_found"];

fn fault(failure: ApiFailure) -> ScreenFault {
    if failure.is_trigger_gone() {
        ScreenFault::TriggerGone
    } else if VIEW_GONE.iter().any(|gone| failure.is_refused_with(gone)) {
        ScreenFault::ViewGone
    } else {
        ScreenFault::Failed(failure.to_string())
    }
}

fn trigger_id(trigger: &Trigger) -> Result<TriggerId, ScreenFault> {
    // The trigger came from Slack and passed the parser; one that does not pass again is no trigger.
    trigger.0.parse().map_err(|_| ScreenFault::TriggerGone)
}

#[async_trait]
impl Screens for Ports {
    async fn open(&self, trigger: &Trigger, screen: &Screen) -> Result<(), ScreenFault> {
        let view = view_of(screen, &self.words);
        self.api.views_open(&trigger_id(trigger)?, &view).await.map(drop).map_err(fault)
    }

    async fn push(&self, trigger: &Trigger, screen: &Screen) -> Result<(), ScreenFault> {
        let view = view_of(screen, &self.words);
        self.api.views_push(&trigger_id(trigger)?, &view).await.map(drop).map_err(fault)
    }

    async fn update(&self, view: &str, hash: Option<&str>, screen: &Screen) -> Result<(), ScreenFault> {
        let id: ViewId = view.parse().map_err(|_| ScreenFault::ViewGone)?;
        let drawn = view_of(screen, &self.words);
        self.api.views_update(&ViewTarget::Id(id), hash, &drawn).await.map(drop).map_err(fault)
    }

    async fn home(&self, person: &UserId, document: &Document) -> Result<(), ScreenFault> {
        self.api.views_publish(person, None, &home_of(document)).await.map(drop).map_err(fault)
    }

    fn link(&self, place: &Place) -> Option<String> {
        self.installation.link(&place.channel, &place.ts)
    }

    fn can_whisper(&self) -> bool {
        self.whispers.available_permits() > 0
    }

    async fn whisper(&self, to: &ReplyTo, document: &Document) -> Result<(), ScreenFault> {
        // Tried once and promising nothing: when there is no place, the word is not said rather than kept waiting.
        let Ok(_place) = self.whispers.try_acquire() else {
            metrics::counter!("scopebot_whispers_dropped_total").increment(1);
            return Err(ScreenFault::Failed("too many quiet words at once".to_owned()));
        };
        let url = match to {
            ReplyTo::Url(url) => url,
            ReplyTo::Window(trigger) => {
                let title = self.words.form.title.as_str().to_owned();
                return self.open(trigger, &Screen::Reading { title, document: document.clone() }).await;
            }
        };
        let url: ResponseUrl = url.parse().map_err(|_| ScreenFault::Failed("no response_url".to_owned()))?;
        let mut message = said(document).into_fields();
        message.insert("response_type".to_owned(), "ephemeral".into());
        // The message that was pressed on stays as it is.
        message.insert("replace_original".to_owned(), false.into());
        self.api.respond(&url, &Value::Object(message)).await.map_err(fault)
    }
}
