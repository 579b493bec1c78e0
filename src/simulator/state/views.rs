//! Views: modals in stacks of at most three, one stack a person and window, and Home views.
//! Source: docs.slack.dev/surfaces/modals, reference/methods/views.open, .push, .update, .publish.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::State;
use super::values::{Values, values_of, with_ids};
use crate::simulator::chance::Chance;

const STACK_LIMIT: usize = 3;

/// One place where a person has the workspace open: the desk, the phone. Each has a stack of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Window(pub String);

impl Default for Window {
    fn default() -> Window {
        Window("desk".to_owned())
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stack {
    pub person: String,
    pub window: Window,
    /// View ids, the root first; the last one shows.
    pub views: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct View {
    pub id: String,
    pub root: String,
    pub previous: Option<String>,
    pub owner: String,
    /// None for Home.
    pub window: Option<Window>,
    /// As the app sent it, ids filled in.
    pub sent: Map<String, Value>,
    pub hash: String,
    pub values: Values,
    /// Words under a field, by block id.
    pub errors: BTreeMap<String, String>,
    pub failure: Option<String>,
    /// A submission is on its way.
    pub busy: bool,
}

/// Why a view was not taken, in Slack's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewFault {
    NotFound,
    HashConflict,
    PushLimitReached,
    DuplicateExternalId,
    /// The client shows nothing: a modal is open there already.
    AlreadyOpen,
}

impl View {
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.sent.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.sent.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    #[must_use]
    pub fn blocks(&self) -> &[Value] {
        self.sent.get("blocks").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// The `view` object. Source: docs.slack.dev/reference/interaction-payloads/view-interactions-payload.
    #[must_use]
    pub fn to_slack(&self, state: &State, shown: ViewState) -> Value {
        let values = match shown {
            ViewState::Whole => json!(self.values),
            ViewState::WithoutInputs => json!({}),
        };
        let or_null = |key: &str| self.sent.get(key).cloned().unwrap_or(Value::Null);
        json!({
            "id": self.id, "team_id": state.team.id, "type": self.text("type"), "blocks": self.blocks(),
            "private_metadata": self.text("private_metadata"), "callback_id": self.text("callback_id"),
            "state": {"values": values}, "hash": self.hash, "title": or_null("title"), "clear_on_close": self.flag("clear_on_close"),
            "notify_on_close": self.flag("notify_on_close"), "close": or_null("close"), "submit": or_null("submit"),
            "previous_view_id": self.previous, "root_view_id": self.root, "app_id": state.app.id,
            "external_id": self.text("external_id"), "app_installed_team_id": state.team.id, "bot_id": state.app.bot_id,
        })
    }
}

/// `view_closed` carries no values of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewState {
    Whole,
    WithoutInputs,
}

impl State {
    #[must_use]
    pub fn stack(&self, person: &str, window: &Window) -> Option<&Stack> {
        self.stacks.iter().find(|stack| stack.person == person && stack.window == *window)
    }

    /// The view on top of a person's stack.
    #[must_use]
    pub fn top_view(&self, person: &str, window: &Window) -> Option<&View> {
        self.views.get(self.stack(person, window)?.views.last()?)
    }

    #[must_use]
    pub fn view_by(&self, id: Option<&str>, external_id: Option<&str>) -> Option<&View> {
        match (id, external_id) {
            (Some(id), _) => self.views.get(id),
            (None, Some(external)) => self.views.values().find(|view| view.text("external_id") == external),
            (None, None) => None,
        }
    }

    /// Opens the first view of a stack; its id.
    ///
    /// # Errors
    /// `DuplicateExternalId`, `AlreadyOpen`.
    pub fn open_view(
        &mut self,
        person: &str,
        window: &Window,
        sent: &Value,
        now: Timestamp,
        chance: &mut Chance,
    ) -> Result<String, ViewFault> {
        if self.stack(person, window).is_some() {
            return Err(ViewFault::AlreadyOpen);
        }
        let id = self.new_view(person, Some(window.clone()), sent, now, chance, None)?;
        self.stacks.push(Stack { person: person.to_owned(), window: window.clone(), views: vec![id.clone()] });
        Ok(id)
    }

    /// Puts a view on top of the stack; its id.
    ///
    /// # Errors
    /// `NotFound` without a stack, `PushLimitReached`, `DuplicateExternalId`.
    pub fn push_view(
        &mut self,
        person: &str,
        window: &Window,
        sent: &Value,
        now: Timestamp,
        chance: &mut Chance,
    ) -> Result<String, ViewFault> {
        let stack = self.stack(person, window).ok_or(ViewFault::NotFound)?;
        if stack.views.len() >= STACK_LIMIT {
            return Err(ViewFault::PushLimitReached);
        }
        let below = stack.views.last().cloned();
        let root = stack.views.first().cloned();
        let id = self.new_view(person, Some(window.clone()), sent, now, chance, below.zip(root))?;
        if let Some(stack) = self.stacks.iter_mut().find(|stack| stack.person == person && stack.window == *window) {
            stack.views.push(id.clone());
        }
        Ok(id)
    }

    /// Replaces what a view shows.
    ///
    /// # Errors
    /// `NotFound`, `HashConflict`, `DuplicateExternalId`.
    pub fn update_view(
        &mut self,
        id: &str,
        sent: &Value,
        hash: Option<&str>,
        now: Timestamp,
        chance: &mut Chance,
    ) -> Result<(), ViewFault> {
        let view = self.views.get(id).ok_or(ViewFault::NotFound)?;
        if hash.is_some_and(|hash| hash != view.hash) {
            return Err(ViewFault::HashConflict);
        }
        self.refuse_taken_external_id(sent, Some(id))?;
        let fresh_hash = new_hash(now, chance);
        let sent = with_ids_filled(sent, chance);
        let Some(view) = self.views.get_mut(id) else { return Err(ViewFault::NotFound) };
        view.sent = sent;
        view.hash = fresh_hash;
        view.values = values_of(view.blocks(), &view.values);
        view.errors.clear();
        view.failure = None;
        Ok(())
    }

    /// Publishes a person's Home; the id of the view.
    ///
    /// # Errors
    /// `HashConflict`, `DuplicateExternalId`.
    pub fn publish_home(
        &mut self,
        person: &str,
        sent: &Value,
        hash: Option<&str>,
        now: Timestamp,
        chance: &mut Chance,
    ) -> Result<String, ViewFault> {
        if let Some(id) = self.homes.get(person).cloned() {
            self.update_view(&id, sent, hash, now, chance)?;
            return Ok(id);
        }
        let id = self.new_view(person, None, sent, now, chance, None)?;
        self.homes.insert(person.to_owned(), id.clone());
        Ok(id)
    }

    /// Takes the view on top away, or the whole stack; the views that went, top first.
    pub fn close_views(&mut self, person: &str, window: &Window, how_many: HowMany) -> Vec<View> {
        let Some(stack) = self.stacks.iter_mut().find(|stack| stack.person == person && stack.window == *window) else {
            return Vec::new();
        };
        let left = match how_many {
            HowMany::Top => stack.views.len().saturating_sub(1),
            HowMany::All => 0,
        };
        let gone: Vec<String> = stack.views.drain(left..).rev().collect();
        self.stacks.retain(|stack| !stack.views.is_empty());
        gone.iter().filter_map(|id| self.views.remove(id)).collect()
    }

    fn new_view(
        &mut self,
        person: &str,
        window: Option<Window>,
        sent: &Value,
        now: Timestamp,
        chance: &mut Chance,
        below: Option<(String, String)>,
    ) -> Result<String, ViewFault> {
        self.refuse_taken_external_id(sent, None)?;
        let id = self.new_id("V");
        let sent = with_ids_filled(sent, chance);
        let (previous, root) = below.map_or((None, id.clone()), |(previous, root)| (Some(previous), root));
        let mut view = View {
            id: id.clone(),
            root,
            previous,
            owner: person.to_owned(),
            window,
            sent,
            hash: new_hash(now, chance),
            values: Values::new(),
            errors: BTreeMap::new(),
            failure: None,
            busy: false,
        };
        view.values = values_of(view.blocks(), &Values::new());
        self.views.insert(id.clone(), view);
        Ok(id)
    }

    fn refuse_taken_external_id(&self, sent: &Value, own: Option<&str>) -> Result<(), ViewFault> {
        let wanted = sent.get("external_id").and_then(Value::as_str).unwrap_or_default();
        let taken = self.views.values().any(|view| Some(view.id.as_str()) != own && view.text("external_id") == wanted);
        if !wanted.is_empty() && taken { Err(ViewFault::DuplicateExternalId) } else { Ok(()) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowMany {
    Top,
    All,
}

fn new_hash(now: Timestamp, chance: &mut Chance) -> String {
    format!("{}.{}", now.as_second(), chance.letters(8))
}

fn with_ids_filled(sent: &Value, chance: &mut Chance) -> Map<String, Value> {
    let mut sent = sent.as_object().cloned().unwrap_or_default();
    let blocks =
        sent.get("blocks").and_then(Value::as_array).map(|blocks| with_ids(blocks, chance)).unwrap_or_default();
    sent.insert("blocks".into(), Value::Array(blocks));
    sent
}

#[cfg(test)]
#[path = "views_tests.rs"]
mod tests;
