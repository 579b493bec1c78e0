//! scopebot: a Slack bot that runs the scoping conversation for hiring a backend engineer.
//!
//! The map. Rooms are folders; arrows run down only (a test holds that); ARCHITECTURE.md walks through them.
//!
//! ```text
//! 5  main.rs                      parse arguments, call run
//! 4  run                          composition root: the only place that names concrete stores, transports, the simulator
//! 3  slack      simulator         the outer wall · a neighbour's house, which imports no room of the bot
//! 2  app        outbox            the verbs of the product · say it once, surely
//! 1  store  prompts  config  telemetry
//! 0  domain     ambient           what the bot knows if Slack did not exist · time and chance as values
//! ```
//!
//! To find a behaviour: what can happen is [`app::intent`], what follows is [`domain::decide`], what is said is
//! [`domain::notes`] and `prompts/`, how it looks in Slack is [`slack::screens`] and [`slack::blocks`].

pub mod ambient;
pub mod app;
pub mod config;
pub mod domain;
pub mod outbox;
pub mod prompts;
pub mod run;
#[cfg(feature = "simulator")]
pub mod simulator;
pub mod slack;
pub mod store;
pub mod telemetry;
