//! The map of the house: see ARCHITECTURE.md.

pub mod domain;
pub mod prompts;
pub mod run;
