//! A view as it stands, with what its fields hold.

use crate::domain::ids::TeamId;
use crate::slack::node::Node;

use super::Unreadable;
use super::handles::ViewId;
use super::value::FieldValue;

/// Slack allows 100 blocks in a view, one element each that holds a value.
const MOST_BLOCKS: usize = 200;

/// Which surface a view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewKind {
    /// A modal.
    Modal,
    /// The App Home.
    Home,
    /// Another surface.
    Other,
}

/// One field of a view or message: where it is and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its block.
    pub block: String,
    /// Its element.
    pub action: String,
    /// What it holds.
    pub value: FieldValue,
}

/// A view, without its blocks: the bot knows what it drew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its id.
    pub id: ViewId,
    /// Changes with each update; given back to `views.update`, so that a stale write is refused.
    pub hash: Option<String>,
    /// Which surface it is.
    pub kind: ViewKind,
    /// The bot's own name for it; empty for a view that has none.
    pub callback_id: String,
    /// The bot's own id for it.
    pub external_id: Option<String>,
    /// What the bot hid in it; empty if nothing. No proof of authority.
    pub private_metadata: String,
    /// The lowest view of the stack.
    pub root: Option<ViewId>,
    /// The view beneath.
    pub previous: Option<ViewId>,
    /// The workspace it is shown in.
    pub team: Option<TeamId>,
    /// Every field with its value, by block and then by element; none in what Slack sends when a view is closed.
    pub fields: Vec<Field>,
}

impl View {
    /// Reads a `view` object.
    pub(in crate::slack) fn of(view: Node<'_>) -> Result<Self, Unreadable> {
        Ok(View {
            id: view.at("id").parsed().ok_or(Unreadable::Lacks("view.id"))?,
            hash: view.at("hash").string(),
            kind: match view.at("type").text() {
                Some("modal") => ViewKind::Modal,
                Some("home") => ViewKind::Home,
                _ => ViewKind::Other,
            },
            callback_id: view.at("callback_id").string().unwrap_or_default(),
            external_id: view.at("external_id").string(),
            private_metadata: view.at("private_metadata").string().unwrap_or_default(),
            root: view.at("root_view_id").parsed(),
            previous: view.at("previous_view_id").parsed(),
            team: view.at("team_id").or(view.at("app_installed_team_id")).parsed(),
            fields: fields_in(view.at("state")),
        })
    }

    /// What the field holds, if the view has it.
    pub fn field(&self, block: &str, action: &str) -> Option<&FieldValue> {
        self.fields.iter().find(|field| field.block == block && field.action == action).map(|field| &field.value)
    }
}

/// The fields under `values` of a `state` object.
pub(super) fn fields_in(state: Node<'_>) -> Vec<Field> {
    state
        .at("values")
        .fields(MOST_BLOCKS)
        .flat_map(|(block, elements)| {
            elements.fields(MOST_BLOCKS).map(move |(action, element)| (block, action, element))
        })
        .map(|(block, action, element)| Field {
            block: block.to_owned(),
            action: action.to_owned(),
            value: FieldValue::of(element),
        })
        .collect()
}
