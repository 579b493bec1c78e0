//! A neighbour's house: a small Slack in one process, strict where Slack is strict.

pub mod chance;
pub mod rules;
pub mod state;
pub mod time;
