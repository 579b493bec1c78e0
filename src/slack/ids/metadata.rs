//! `private_metadata`: which scope and window a view belongs to. Ids only; the data stays with the bot.

use serde::{Deserialize, Serialize};

use super::Generation;
use crate::domain::ids::{Revision, ScopeId, WindowId};

/// What a window carries along.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// The scope; a window that is only read has none.
    pub scope: Option<ScopeId>,
    /// The window, for those whose fields are saved.
    pub window: Option<WindowId>,
    /// On the review: the candidate on the screen.
    pub candidate: Option<u32>,
    /// On "Ask for changes": the revision that was read.
    pub revision: Option<Revision>,
    /// The edition of its blocks: errors go beside the fields of this one.
    pub generation: Generation,
}

/// Why a text is not ours. It never says what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MetadataFault {
    /// Not the JSON that the bot writes.
    #[error("not the metadata of a window")]
    Malformed,
    /// Written by a release that this one does not know.
    #[error("metadata of another schema")]
    OtherSchema,
}

/// Grows when the fields change their meaning.
const SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Wire {
    schema: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    window: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    candidate: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revision: Option<u32>,
    #[serde(default)]
    generation: u32,
}

impl Metadata {
    /// The text for Slack, about 120 characters.
    pub fn into_wire(self) -> String {
        let wire = Wire {
            schema: SCHEMA,
            scope: self.scope.map(|id| id.as_str().to_owned()),
            window: self.window.map(|id| id.as_str().to_owned()),
            candidate: self.candidate,
            revision: self.revision.map(|revision| revision.0),
            generation: self.generation.0,
        };
        // A struct of numbers and texts has a JSON form.
        serde_json::to_string(&wire).unwrap_or_default()
    }

    /// Reads what [`Self::into_wire`] wrote.
    pub fn from_wire(text: &str) -> Result<Self, MetadataFault> {
        let wire: Wire = serde_json::from_str(text).map_err(|_| MetadataFault::Malformed)?;
        if wire.schema != SCHEMA {
            return Err(MetadataFault::OtherSchema);
        }
        let scope = wire.scope.map(|id| ScopeId::parse(&id)).transpose().map_err(|_| MetadataFault::Malformed)?;
        let window = wire.window.map(|id| WindowId::parse(&id)).transpose().map_err(|_| MetadataFault::Malformed)?;
        let (revision, generation) = (wire.revision.map(Revision), Generation(wire.generation));
        Ok(Metadata { scope, window, candidate: wire.candidate, revision, generation })
    }
}
