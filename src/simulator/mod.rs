//! A neighbour's house: a small Slack in one process, strict where Slack is strict. It imports no room of the bot, reads and writes
//! plain JSON, and takes time and chance as values, so that one test clock can drive an app and the workspace around it.
//!
//! | room | what |
//! |---|---|
//! | [`workspace`] | start, stop, look; [`persona`]: one person, to be spoken through |
//! | [`actions`] | the one set of things a person can do |
//! | [`control`], `page` | the same over HTTP, and in a browser (docs/simulator.md) |
//! | [`webapi`] | the methods an app calls |
//! | [`delivery`] | what the app is sent: HTTP push, Socket Mode |
//! | [`rules`] | Slack's structure and limits, as data with sources |
//! | [`state`] | the workspace as data |
//! | [`engine`] | one lock around it, what is in flight, the tasks |
//! | [`faults`], [`limits`], [`coverage`] | knobs, rates, and what is imitated at all |
//!
//! It never: reads the clock or chance of the machine, calls out save to the app's own address, touches a folder it was not given.

pub mod actions;
pub mod chance;
pub mod control;
pub mod coverage;
pub mod delivery;
pub mod engine;
pub mod faults;
pub mod limits;
pub mod look;
mod page;
pub mod persona;
pub mod rules;
pub mod state;
pub mod time;
pub mod transcript;
pub mod webapi;
mod wire;
pub mod workspace;

pub use actions::{Deed, Done, Label, Refused};
pub use faults::{Fault, FaultKind, Target};
pub use persona::{Persona, SeenMessage, SeenView};
pub use state::Transport;
pub use time::{HandClock, Time};
pub use workspace::{Config, StartFault, Workspace};

/// Runs a workspace until `stop` resolves; `ready` is told when it serves.
///
/// # Errors
/// [`StartFault`].
pub async fn serve(
    config: Config,
    time: std::sync::Arc<dyn Time>,
    ready: impl FnOnce(&Workspace),
    stop: impl Future<Output = ()>,
) -> Result<(), StartFault> {
    let workspace = Workspace::start(config, time).await?;
    ready(&workspace);
    stop.await;
    workspace.stop().await?;
    Ok(())
}
