//! What the bot knows if Slack did not exist: no serde, no async, no I/O, no clock.

pub mod answers;
pub mod brief;
pub mod brief_text;
pub mod change;
pub mod choices;
pub mod document;
pub mod hiring;
pub mod ids;
pub mod kit;
pub mod notes;
pub mod pages;
pub mod sentence;
pub mod shape;
pub mod summary;
pub mod title;
pub mod wording;
