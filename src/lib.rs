//! The map of the house: see ARCHITECTURE.md.

pub mod ambient;
pub mod domain;
pub mod prompts;
#[cfg(feature = "simulator")]
pub mod simulator;
pub mod store;
