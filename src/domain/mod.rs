//! What the bot knows if Slack did not exist: no serde, no async, no I/O, no clock.

pub mod answers;
pub mod brief;
pub mod choices;
pub mod coach;
pub mod ids;
