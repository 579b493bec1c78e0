//! The map of the house: see ARCHITECTURE.md.

pub mod ambient;
pub mod domain;
pub mod prompts;
<<<<<<< HEAD
pub mod store;
=======
#[cfg(feature = "simulator")]
pub mod simulator;
>>>>>>> sim
