//! The map of the house: see ARCHITECTURE.md.

pub mod ambient;
pub mod app;
pub mod config;
pub mod domain;
pub mod outbox;
pub mod prompts;
pub mod slack;
pub mod store;
pub mod telemetry;
