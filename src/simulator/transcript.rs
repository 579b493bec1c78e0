//! What just happened, in words and raw: the traffic in both directions and what people did.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// Older entries go; the numbers go on.
const KEPT: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A person did something.
    Person,
    /// Slack sent something to the app.
    Delivery,
    /// What the app answered to a delivery.
    Answer,
    /// The app called a method.
    Call,
    /// The life of Socket Mode connections: the only kind that depends on the transport.
    Socket,
    Fault,
    Clock,
}

#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    pub id: u64,
    pub at: String,
    pub kind: EntryKind,
    pub words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub raw: Value,
}

#[derive(Debug, Default)]
pub struct Transcript {
    entries: VecDeque<Entry>,
    last: u64,
}

impl Transcript {
    pub fn note(&mut self, at: Timestamp, kind: EntryKind, words: impl Into<String>, who: Option<&str>, raw: Value) {
        self.last += 1;
        let entry =
            Entry { id: self.last, at: at.to_string(), kind, words: words.into(), who: who.map(str::to_owned), raw };
        self.entries.push_back(entry);
        while self.entries.len() > KEPT {
            self.entries.pop_front();
        }
    }

    /// Entries after that number, oldest first, at most `limit`.
    #[must_use]
    pub fn after(&self, id: u64, limit: usize) -> Vec<Entry> {
        self.entries.iter().filter(|entry| entry.id > id).take(limit).cloned().collect()
    }

    /// Whether an entry holds these words.
    #[must_use]
    pub fn has(&self, words: &str) -> bool {
        self.entries.iter().rev().any(|entry| entry.words.contains(words))
    }

    /// Whether an entry that begins so holds this text in what was sent, the newest first.
    #[must_use]
    pub fn has_sent(&self, words: &str, held: &str) -> bool {
        let mut entries = self.entries.iter().rev();
        entries.any(|entry| entry.words.starts_with(words) && entry.raw.to_string().contains(held))
    }

    /// The newest entries, oldest first.
    #[must_use]
    pub fn newest(&self, limit: usize) -> Vec<Entry> {
        self.entries.iter().skip(self.entries.len().saturating_sub(limit)).cloned().collect()
    }
}
