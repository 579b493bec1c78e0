//! The stored form of every row, apart from the domain types: what is on disk changes only when somebody means it.
//!
//! A record is a serde struct; `into_record` and `from_record` cross between it and the domain. Every enum is stored
//! by its stable key, every identifier as its text ([`Spelt`]). The installation and the id are in the key of a row,
//! not in its record. A record is written inside an [`envelope`] with its schema number and checksums.
//!
//! Changing a record: add fields with `#[serde(default)]`, raise its [`Record::SCHEMA`], and add a golden file; the
//! old ones stay, and have to stay readable. Unknown fields are refused, so that an older program never drops what a
//! newer one wrote.

pub mod approval;
pub mod audit;
pub mod brief;
pub mod directory;
pub mod draft;
pub mod effect;
pub mod envelope;
#[cfg(test)]
pub mod golden;
pub mod kept;
pub mod life;
pub mod outbox;
pub mod scope;
pub mod spelt;
#[cfg(test)]
pub mod strategies;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use spelt::Spelt;

/// The stored form of one kind of row.
pub trait Record: Serialize + DeserializeOwned {
    /// What it is, for errors and golden files.
    const KIND: &'static str;
    /// The newest schema number; every one from 1 on can be read.
    const SCHEMA: u16;
    /// Over how many envelopes a long one may be laid.
    const PARTS: usize = 1;
}

/// Why a record that is whole and of a known schema still says nothing the domain can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it does not hold {0}")]
pub struct Nonsense(pub &'static str);
