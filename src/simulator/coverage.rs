//! What is imitated and what is not: full, partial, absent. Tests compare it with the routes and with what is really sent.

use std::fmt::Write as _;

use serde::Serialize;

use super::faults::FaultKind;
use super::rules::{known_blocks, known_elements, known_limits};
use super::state::EVERY_EVENT;
use super::webapi::METHODS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Full,
    Partial,
    Absent,
}

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub name: String,
    pub level: Level,
    pub note: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Table {
    pub methods: Vec<Row>,
    pub deliveries: Vec<Row>,
    pub events: Vec<Row>,
    pub blocks: Vec<Row>,
    pub faults: Vec<Row>,
    /// Limits in force, each with its source.
    pub limits: Vec<Row>,
}

/// Methods an app of this kind might reach for and not find.
const ABSENT_METHODS: &[(&str, &str)] = &[
    ("apps.event.authorizations.list", "one installation only"),
    ("assistant.threads.setStatus", "no agent surface"),
    ("assistant.threads.setSuggestedPrompts", "no agent surface"),
    ("auth.teams.list", "one workspace only"),
    ("chat.appendStream", "no streaming"),
    ("chat.deleteScheduledMessage", ""),
    ("chat.scheduledMessages.list", ""),
    ("chat.startStream", "no streaming"),
    ("chat.unfurl", "links are never unfurled"),
    ("conversations.create", "people make channels here"),
    ("emoji.list", "no custom emoji"),
    ("files.completeUploadExternal", "no files"),
    ("files.getUploadURLExternal", "no files"),
    ("oauth.v2.access", "the app is installed from the start"),
    ("users.lookupByEmail", ""),
    ("users.profile.get", ""),
];

const DELIVERIES: &[(&str, Level, &str)] = &[
    ("slash command", Level::Full, "not in threads"),
    ("block_actions from a modal", Level::Full, ""),
    ("block_actions from a message", Level::Full, ""),
    ("block_actions from Home", Level::Full, ""),
    ("view_submission", Level::Full, "response_action errors, update, push, clear"),
    ("view_closed", Level::Full, ""),
    ("shortcut", Level::Full, ""),
    ("message_action", Level::Full, ""),
    ("block_suggestion", Level::Absent, "no external selects"),
    ("response_url", Level::Full, "five uses in 30 minutes"),
    ("HTTP push", Level::Partial, "one address for all kinds; no hourly delayed events, no app_rate_limited"),
    ("url_verification", Level::Full, "when the address is changed while running"),
    ("Socket Mode", Level::Full, "hello, envelopes, redelivery, warning, refresh, link_disabled, ten connections"),
];

const ABSENT_EVENTS: &[(&str, &str)] = &[
    ("app_rate_limited", "no event limit"),
    ("assistant_thread_started", "no agent surface"),
    ("file_shared", "no files"),
    ("link_shared", "no unfurling"),
    ("message.mpim", "no multi-person direct messages"),
    ("team_join", "user_change is sent instead"),
];

const ABSENT_BLOCKS: &[&str] = &[
    "call",
    "card",
    "carousel",
    "container",
    "context_actions",
    "data_table",
    "data_visualization",
    "external_select",
    "file",
    "file_input",
    "plan",
    "task_card",
    "video",
    "workflow_button",
];

fn row(name: &str, level: Level, note: &str) -> Row {
    Row { name: name.to_owned(), level, note: note.to_owned() }
}

fn absent(all: &[(&str, &str)]) -> Vec<Row> {
    all.iter().map(|(name, note)| row(name, Level::Absent, note)).collect()
}

/// The whole table.
#[must_use]
pub fn table() -> Table {
    let graded = |name: &str, note: &str| row(name, if note.is_empty() { Level::Full } else { Level::Partial }, note);
    let mut methods: Vec<Row> = METHODS.iter().map(|method| graded(method.name, method.note)).collect();
    methods.extend(absent(ABSENT_METHODS));
    let mut events: Vec<Row> = EVERY_EVENT.iter().map(|name| row(name, Level::Full, "")).collect();
    events.extend(absent(ABSENT_EVENTS));
    let mut blocks: Vec<Row> = known_blocks()
        .into_iter()
        .map(|known| {
            let partial = matches!(known.name.as_str(), "rich_text" | "table");
            let places =
                known.on.iter().map(|surface| format!("{surface:?}").to_lowercase()).collect::<Vec<_>>().join(", ");
            let left_out = if partial { "; inner elements are not checked one by one" } else { "" };
            let level = if partial { Level::Partial } else { Level::Full };
            row(&known.name, level, &format!("on {places}{left_out} [{}]", known.source))
        })
        .collect();
    blocks.extend(known_elements().iter().map(|known| {
        let (level, note) = match known.name.as_str() {
            "rich_text_input" => (Level::Partial, "element; typed as plain text"),
            _ => (Level::Full, "element"),
        };
        row(&known.name, level, &format!("{note} [{}]", known.source))
    }));
    blocks.extend(ABSENT_BLOCKS.iter().map(|name| row(name, Level::Absent, "refused as an unsupported type")));
    let faults = FaultKind::ALL
        .iter()
        .map(|kind| {
            row(
                serde_json::to_value(kind).ok().as_ref().and_then(|kind| kind.as_str()).unwrap_or_default(),
                Level::Full,
                "",
            )
        })
        .collect();
    let deliveries = DELIVERIES.iter().map(|(name, level, note)| row(name, *level, note)).collect();
    let limits = known_limits()
        .iter()
        .map(|(name, value, source)| row(name, Level::Full, &format!("{value} [{source}]")))
        .collect();
    Table { methods, deliveries, events, blocks, faults, limits }
}

/// The table for a terminal.
#[must_use]
pub fn as_text() -> String {
    let table = table();
    let mut out = String::new();
    for (title, rows) in [
        ("Web API methods", &table.methods),
        ("Deliveries", &table.deliveries),
        ("Events", &table.events),
        ("Blocks and elements", &table.blocks),
        ("Faults", &table.faults),
        ("Limits", &table.limits),
    ] {
        // Writing to a String does not fail.
        let _ = writeln!(out, "{title}");
        for row in rows {
            let level = format!("{:?}", row.level).to_lowercase();
            let _ = writeln!(out, "  {:8} {:40} {}", level, row.name, row.note);
        }
    }
    out
}
