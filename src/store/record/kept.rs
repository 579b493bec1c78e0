//! What is kept for a while only: keys of what came in, and marks on messages not known yet.

use serde::{Deserialize, Serialize};

use crate::domain::approval::Mark;
use crate::domain::ids::Timestamp;

use super::approval::MarkRecord;
use super::{Record, Spelt};

/// That a key came in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenRecord {
    /// May be forgotten after this.
    pub until: Spelt<Timestamp>,
}

impl Record for SeenRecord {
    const KIND: &'static str = "seen key";
    const SCHEMA: u16 = 1;
}

/// A mark on a message not known yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrayRecord {
    mark: MarkRecord,
    /// May be forgotten after this.
    pub until: Spelt<Timestamp>,
}

impl Record for StrayRecord {
    const KIND: &'static str = "stray mark";
    const SCHEMA: u16 = 1;
}

impl StrayRecord {
    /// The stored form.
    pub fn into_record(mark: &Mark, until: Timestamp) -> Self {
        StrayRecord { mark: MarkRecord::into_record(mark), until: Spelt(until) }
    }
    /// The mark.
    pub fn from_record(self) -> Mark {
        self.mark.from_record()
    }
}
