//! A neighbour's house: a small Slack in one process, strict where Slack is strict.

pub mod actions;
pub mod chance;
pub mod delivery;
pub mod engine;
pub mod faults;
pub mod limits;
pub mod rules;
pub mod state;
pub mod time;
pub mod transcript;
pub mod webapi;
pub mod wire;
