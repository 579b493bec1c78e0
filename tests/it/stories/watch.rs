//! What went between Slack and the bot, counted as it goes: the transcript keeps the newest alone.

use std::collections::BTreeMap;

use scopebot::simulator::Workspace;
use scopebot::simulator::transcript::EntryKind;
use serde_json::Value;

use super::account::row_of;

/// Counts of a workspace's traffic.
#[derive(Debug, Default)]
pub struct Watch {
    last: u64,
    /// Deliveries tried, repeats included.
    pub deliveries: usize,
    /// Calls of the bot that Slack has carried out or refused.
    pub calls: usize,
    /// Faults that struck.
    pub struck: usize,
    /// Posts whose answer was lost, late beyond waiting or a server error, though they were done.
    pub lost_answers: usize,
    /// By row: how often it was posted with the words that say it may be a repeat.
    pub repeats: BTreeMap<String, usize>,
}

impl Watch {
    /// Reads on; `mark` is the sentence of a repeat.
    pub fn look(&mut self, workspace: &Workspace, mark: &str) {
        let new = workspace.look(|world| world.transcript.after(self.last, usize::MAX));
        for entry in &new {
            self.last = entry.id;
            match entry.kind {
                EntryKind::Delivery => self.deliveries += 1,
                EntryKind::Fault => self.struck += 1,
                EntryKind::Call => self.call(&entry.words, &entry.raw, mark),
                _ => {}
            }
        }
    }

    fn call(&mut self, words: &str, raw: &Value, mark: &str) {
        self.calls += 1;
        let done = words.contains("(done;");
        self.struck += usize::from(done);
        if raw["method"] != "chat.postMessage" || raw["answer"]["ok"] != true {
            return;
        }
        let lost = words.contains("the answer is lost") || words.contains("a server error");
        self.lost_answers += usize::from(lost);
        if raw["args"].to_string().contains(mark)
            && let Some(row) = row_of(&metadata(raw))
        {
            *self.repeats.entry(row).or_default() += 1;
        }
    }
}

/// Metadata as an object, whichever way it was sent.
fn metadata(raw: &Value) -> Value {
    match &raw["args"]["metadata"] {
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        other => other.clone(),
    }
}
