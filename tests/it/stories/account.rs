//! What came of a story in Slack, in words without ids and times.

use std::sync::OnceLock;

use scopebot::simulator::Workspace;
use scopebot::simulator::look::words_of;
use scopebot::simulator::state::{Channel, Message};
use serde_json::Value;

use super::Story;

/// All that people see of one scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// In the channel: ts, and what it says.
    pub summaries: Vec<(String, String)>,
    /// Below it, in order.
    pub thread: Vec<String>,
    /// To the manager alone, in order.
    pub told: Vec<String>,
    /// To others alone, sorted by what is said: each hears of many scopes.
    pub others: Vec<String>,
}

impl Account {
    /// Without ids.
    pub fn in_words(&self, story: Story, channels: usize) -> Vec<String> {
        let summaries = self.summaries.iter().map(|(_, said)| format!("summary: {said}"));
        let thread = self.thread.iter().map(|said| format!("thread: {said}"));
        let told = self.told.iter().map(|said| format!("told: {said}"));
        let others = self.others.iter().map(|said| format!("others: {said}"));
        let plain = |line: String| {
            let line = line.replace(&format!(" / {}", repeat_words()), "");
            let line = line.replace(&story.word(), "WORD").replace(&story.channel(channels), "CHANNEL");
            without_people(&until_now(line))
        };
        summaries.chain(thread).chain(told).chain(others).map(plain).collect()
    }
}

/// The word that it is posted tells how it stands when it is sent, which may be later than it was meant.
fn until_now(line: String) -> String {
    match line.split_once("This is what people read:") {
        Some((head, _)) => head.to_owned(),
        None => line,
    }
}

/// Each `<@U…>` as `<@>`.
fn without_people(line: &str) -> String {
    let mut pieces = line.split("<@");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |said, piece| said + "<@" + piece.find('>').map_or("", |end| &piece[end..]))
}

/// What says that a message may be there twice.
pub fn repeat_words() -> &'static str {
    static WORDS: OnceLock<String> = OnceLock::new();
    WORDS.get_or_init(|| String::from(&scopebot::prompts::load(None).unwrap().words.thread.repeat))
}

/// What came of this story so far.
pub fn account(workspace: &Workspace, story: Story) -> Account {
    let word = story.word();
    workspace.look(|world| {
        let mut account = Account::default();
        let manager = world.state.person(&story.manager()).map(|person| person.id.clone()).unwrap_or_default();
        for channel in world.state.channels.values() {
            match &channel.with {
                Some(with) if *with == manager => account.told.extend(from_app(channel).map(said)),
                Some(_) => account.others.extend(from_app(channel).filter(|one| about(one, &word)).map(said)),
                None => {
                    for top in from_app(channel).filter(|one| one.is_top() && about(one, &word)) {
                        account.summaries.push((top.ts.clone(), reacted(top)));
                        account.thread.extend(from_app(channel).filter(|one| one.is_reply_to(&top.ts)).map(said));
                    }
                }
            }
        }
        account.others.sort();
        account
    })
}

/// What the app has said for good: what one person sees in a channel is said once at most and promises nothing.
fn from_app(channel: &Channel) -> impl Iterator<Item = &Message> {
    channel.messages.iter().filter(|message| message.bot_id.is_some() && message.only_for.is_none())
}

fn about(message: &Message, word: &str) -> bool {
    message.text.contains(word) || message.blocks.iter().any(|block| holds(block, word))
}

/// Whether a text in it holds the word. Long runs ask it of every message, again and again: nothing is written out for that.
fn holds(value: &Value, word: &str) -> bool {
    match value {
        Value::String(text) => text.contains(word),
        Value::Array(values) => values.iter().any(|value| holds(value, word)),
        Value::Object(fields) => fields.values().any(|value| holds(value, word)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn said(message: &Message) -> String {
    words_of(&message.blocks).replace('\n', " / ")
}

fn reacted(message: &Message) -> String {
    let reactions: Vec<String> =
        message.reactions.iter().map(|one| format!("[{} {}]", one.name, one.users.len())).collect();
    format!("{} {}", said(message), reactions.join(""))
}

/// Scope and row of a mark.
pub fn row_of(metadata: &Value) -> Option<String> {
    let payload = metadata.get("event_payload")?;
    Some(format!("{} {}", payload.get("scope")?.as_str()?, payload.get("row")?.as_str()?))
}
