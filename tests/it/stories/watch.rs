//! What went between Slack and the bot, counted as it goes: the transcript keeps the newest alone.

use std::collections::{BTreeMap, BTreeSet};

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
    /// By row: its messages in the order of their posts.
    posts: BTreeMap<String, Vec<Post>>,
    /// Messages that the bot changed, or said something below.
    used: BTreeSet<String>,
}

/// Messages that were said more than once. Counted as they are said: a later update may give one the mark of another row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Doubles {
    /// Messages beyond the first of each row.
    pub doubles: usize,
    /// Of these, those that said that they may be repeats.
    pub marked: usize,
    /// Messages in all.
    pub messages: usize,
}

/// One message.
#[derive(Debug)]
struct Post {
    ts: String,
    /// Its answer was lost.
    lost: bool,
    /// It says that it may be a repeat.
    marked: bool,
    /// Its fallback text.
    text: String,
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

    /// What was said more than once so far.
    pub fn doubles(&self) -> Doubles {
        let again = self.posts.values().flat_map(|posts| posts.iter().skip(1));
        let marked = again.clone().filter(|post| post.marked).count();
        Doubles { doubles: again.count(), marked, messages: self.posts.values().map(Vec::len).sum() }
    }

    /// Messages whose answer was lost and that were not said again, since the bot came to know them otherwise: it used them
    /// afterwards, which it could not have done without their ts.
    pub fn adopted(&self) -> usize {
        let last = self.posts.values().filter_map(|posts| posts.last());
        last.filter(|post| post.lost && self.used.contains(&post.ts)).count()
    }

    /// Messages whose answer was lost, not said again and not used either: the bot took them for said, or for never to be said.
    pub fn forgotten(&self) -> Vec<String> {
        let last = self.posts.iter().filter_map(|(row, posts)| Some((row, posts.last()?)));
        let lost = last.filter(|(_, post)| post.lost && !self.used.contains(&post.ts));
        lost.map(|(row, post)| format!("{row}: {}", post.text)).collect()
    }

    /// Rows that were said again although an answer had come.
    pub fn needless(&self) -> usize {
        self.posts.values().filter(|posts| posts.iter().rev().skip(1).any(|post| !post.lost)).count()
    }

    fn call(&mut self, words: &str, raw: &Value, mark: &str) {
        self.calls += 1;
        let done = words.contains("(done;");
        self.struck += usize::from(done);
        if raw["answer"]["ok"] != true {
            return;
        }
        match raw["method"].as_str() {
            Some("chat.update") => self.used.extend(raw["args"]["ts"].as_str().map(str::to_owned)),
            Some("chat.postMessage") => self.used.extend(raw["args"]["thread_ts"].as_str().map(str::to_owned)),
            _ => {}
        }
        if raw["method"] != "chat.postMessage" {
            return;
        }
        let lost = words.contains("the answer is lost") || words.contains("a server error");
        self.lost_answers += usize::from(lost);
        let Some(row) = row_of(&metadata(raw)) else { return };
        let marked = raw["args"].to_string().contains(mark);
        let ts = raw["answer"]["ts"].as_str().unwrap_or_default().to_owned();
        let text = raw["args"]["text"].as_str().unwrap_or_default().chars().take(80).collect();
        self.posts.entry(row).or_default().push(Post { ts, lost, marked, text });
    }
}

/// Metadata as an object, whichever way it was sent.
fn metadata(raw: &Value) -> Value {
    match &raw["args"]["metadata"] {
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        other => other.clone(),
    }
}
