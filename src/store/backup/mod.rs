//! A backup: every record of a store as it stood at one moment, in a form that belongs to no store.
//!
//! ```text
//! DIR/scopebot-2026-01-31T09-00-00.000Z/
//!     rows.jsonl       head, rows, end: one line each, its CRC-32C in eight hexadecimal digits before it
//!     manifest.json    what is in it, which program wrote it, length and SHA-256 of rows.jsonl
//! ```
//!
//! * It is one cut: what a commit wrote is in it as a whole or not at all, though the store went on writing meanwhile.
//! * Rows are records with their schema number. What a store derives from them (indexes) is not in it; whoever
//!   restores derives it again, in whatever store.
//! * A stream without its end line is no backup. A folder gets its name when all of it is on disk, never before.
//! * Rows of the outbox come back in doubt: what waited when the backup was made may have been said since.

pub mod folder;
mod line;
mod read;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::ids::Timestamp;

use super::record::Spelt;
pub use line::{BadLine, line_of, text_of};
pub use read::{Item, Items, ReadFault, Reading};

/// The newest form of a stream that this program writes and reads.
pub const FORMAT: u16 = 1;

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// [`FORMAT`] of whoever wrote it.
    pub scopebot_backup: u16,
    /// The version of that program.
    pub program: String,
    /// The layout of the store it came from.
    pub layout: u16,
    /// The moment of the cut.
    pub taken_at: Spelt<Timestamp>,
    /// The number of the last commit in it.
    pub commits: u64,
    /// The last number given to an outbox row.
    pub last_row: u64,
    /// The last number given to an audit row or stray.
    pub serial: u64,
}

/// One record.
#[derive(Debug, Deserialize, Serialize)]
pub struct KeptRow {
    /// The installation.
    pub home: String,
    /// What it is.
    pub kind: Kind,
    /// What it is found by, as texts.
    pub key: Vec<String>,
    /// The schema number of the record.
    pub schema: u16,
    /// The record as it is stored.
    pub record: Box<RawValue>,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Rows of each kind.
    pub rows: BTreeMap<Kind, u64>,
}

/// What a row holds. The keys are those of [`KeptRow::key`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A scope: id.
    Scope,
    /// A revision as it was posted: scope, number.
    Revision,
    /// Where a summary stands: channel, ts.
    Place,
    /// A row of the audit: scope, serial.
    Audit,
    /// A row of the outbox: number.
    Outbox,
    /// A row that was given up: number.
    GivenUp,
    /// A person: id.
    Person,
    /// A user group: id.
    Group,
    /// A channel: id.
    Channel,
    /// What somebody wishes: id.
    Preference,
    /// A key of what came in: key.
    Seen,
    /// A mark on a message not known yet: channel, ts, serial.
    Stray,
}
