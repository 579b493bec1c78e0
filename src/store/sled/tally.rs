//! A count and a sum over every row, kept in each commit: a row that vanished, came back old or was added by nobody
//! changes it, so a scrub can tell that something is missing even where nothing is left to look at.

use serde::{Deserialize, Serialize};

use crate::store::record::Record;

/// Rows and their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// How many.
    pub rows: u64,
    /// The sum of [`weight`], modulo 2^64: the same in any order.
    pub sum: u64,
}

impl Tally {
    /// Counts a row in.
    pub fn add(&mut self, weight: u64) {
        self.rows = self.rows.wrapping_add(1);
        self.sum = self.sum.wrapping_add(weight);
    }
    /// Counts a row out.
    pub fn take(&mut self, weight: u64) {
        self.rows = self.rows.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(weight);
    }
}

/// What one row adds: its checksum, spread over 64 bits (the finaliser of SplitMix64, public domain).
pub fn weight(key: &[u8], value: &[u8]) -> u64 {
    let length = (key.len() as u64) << 48 | (value.len() as u64) << 32;
    let mut z = length ^ u64::from(crc32c::crc32c_append(crc32c::crc32c(key), value));
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What every group commit writes beside its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// Counts the group commits.
    pub commits: u64,
    /// The last number given to an outbox row, audit row or stray.
    pub serial: u64,
    /// Over every row but this one and the layout.
    pub tally: Tally,
}

impl Record for Meta {
    const KIND: &'static str = "commit counter";
    const SCHEMA: u16 = 1;
}
