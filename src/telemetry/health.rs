//! Whether the bot can do its work, part by part.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// A part that has to be well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The store takes writes.
    Store,
    /// The store, read through once after the start, is whole. Apart from `Store`: a store with holes takes writes.
    Scrub,
    /// Slack reaches the bot.
    Transport,
    /// The outbox is not too old.
    Outbox,
    /// Slack still takes the bot's token.
    Installed,
    /// The bot is not stopping.
    Intake,
}

impl Part {
    /// Its name in `/readyz` and metrics.
    pub fn key(self) -> &'static str {
        match self {
            Part::Store => "store",
            Part::Scrub => "scrub",
            Part::Transport => "transport",
            Part::Outbox => "outbox",
            Part::Installed => "installed",
            Part::Intake => "intake",
        }
    }
}

/// How a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Well.
    Ready,
    /// Not, and why: a sentence for operators, without secrets.
    NotReady(String),
}

/// The board that parts report to and `/readyz` reads.
#[derive(Debug, Clone, Default)]
pub struct Board(Arc<RwLock<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    parts: BTreeMap<Part, State>,
    notes: BTreeMap<Part, String>,
}

impl Board {
    /// A part says how it is.
    pub fn report(&self, part: Part, state: State) {
        let value = if state == State::Ready { 1.0 } else { 0.0 };
        metrics::gauge!("scopebot_ready", "part" => part.key()).set(value);
        self.0.write().unwrap_or_else(PoisonError::into_inner).parts.insert(part, state);
    }
    /// Something to know of a part, well or not; it stays until another is given or `None`.
    pub fn note(&self, part: Part, note: Option<String>) {
        let mut seen = self.0.write().unwrap_or_else(PoisonError::into_inner);
        match note {
            Some(note) => drop(seen.notes.insert(part, note)),
            None => drop(seen.notes.remove(&part)),
        }
    }
    /// What there is to know besides.
    pub fn notes(&self) -> Vec<(Part, String)> {
        let seen = self.0.read().unwrap_or_else(PoisonError::into_inner);
        seen.notes.iter().map(|(part, note)| (*part, note.clone())).collect()
    }
    /// A part is well again, if it had said that it was not.
    pub fn recovered(&self, part: Part) {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner).parts.get(&part).cloned();
        if matches!(state, Some(State::NotReady(_))) {
            self.report(part, State::Ready);
        }
    }
    /// Every part that has said something, in order.
    pub fn parts(&self) -> Vec<(Part, State)> {
        let seen = self.0.read().unwrap_or_else(PoisonError::into_inner);
        seen.parts.iter().map(|(part, state)| (*part, state.clone())).collect()
    }
    /// Whether every part is well.
    pub fn is_ready(&self) -> bool {
        let parts = self.parts();
        !parts.is_empty() && parts.iter().all(|(_, state)| *state == State::Ready)
    }
}
