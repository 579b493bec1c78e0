//! Modals and the App Home.

use serde::Serialize;
use serde_json::{Value, json};

use super::{ApiFailure, SlackApi, Trouble};
use crate::domain::ids::UserId;
use crate::slack::node::Node;
use crate::slack::payload::{TriggerId, View, ViewId};

/// Which view to update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewTarget {
    /// By the id Slack gave it.
    Id(ViewId),
    /// By the id the bot gave it; the way to a view pushed in an acknowledgement.
    ExternalId(String),
}

impl SlackApi {
    /// `views.open`: a modal, within three seconds of the trigger. See [`ApiFailure::is_trigger_gone`].
    pub async fn views_open(&self, trigger: &TriggerId, view: &impl Serialize) -> Result<View, ApiFailure> {
        self.shown("views.open", json!({ "trigger_id": trigger.as_str() }), view).await
    }

    /// `views.push`: a modal on top of the one the trigger came from; three at most.
    pub async fn views_push(&self, trigger: &TriggerId, view: &impl Serialize) -> Result<View, ApiFailure> {
        self.shown("views.push", json!({ "trigger_id": trigger.as_str() }), view).await
    }

    /// `views.update`; with `hash` only if the view still is the one with that hash, else `hash_conflict`.
    pub async fn views_update(
        &self,
        target: &ViewTarget,
        hash: Option<&str>,
        view: &impl Serialize,
    ) -> Result<View, ApiFailure> {
        let (id, external) = match target {
            ViewTarget::Id(id) => (Some(id.as_str()), None),
            ViewTarget::ExternalId(external) => (None, Some(external.as_str())),
        };
        self.shown("views.update", json!({ "view_id": id, "external_id": external, "hash": hash }), view).await
    }

    /// `views.publish`: somebody's App Home.
    pub async fn views_publish(
        &self,
        user: &UserId,
        hash: Option<&str>,
        view: &impl Serialize,
    ) -> Result<View, ApiFailure> {
        self.shown("views.publish", json!({ "user_id": user.as_str(), "hash": hash }), view).await
    }

    async fn shown(&self, method: &str, mut body: Value, view: &impl Serialize) -> Result<View, ApiFailure> {
        let view = serde_json::to_value(view).map_err(|_| ApiFailure::refused("request_not_serialisable"))?;
        if let Some(fields) = body.as_object_mut() {
            fields.insert("view".to_owned(), view);
        }
        let answer = self.call(method, body).await?;
        View::of(Node::of(&answer).at("view")).map_err(|_| ApiFailure::after_sending(method, Trouble::Undecodable))
    }
}
