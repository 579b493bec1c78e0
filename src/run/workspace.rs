//! `scopebot workspace`: the simulated workspace alone, for any bot.

use std::sync::Arc;

use crate::ambient::{Clock, Random, ShiftedClock};
use crate::simulator::{Config, Transport, coverage, serve};
use crate::telemetry::{LogForm, start_logging};

use super::args::WorkspaceArgs;
use super::demo::SharedTime;
use super::{End, on_signal, printed};

/// Runs until Ctrl-C.
pub(super) async fn workspace(args: WorkspaceArgs) -> End {
    if args.coverage {
        return printed(&coverage::as_text());
    }
    if let Err(error) = start_logging("warn", LogForm::Plain) {
        eprintln!("The workspace cannot start: {error}");
        return End::Failed;
    }
    let manifest = match &args.manifest {
        None => None,
        Some(file) => match read(file) {
            Ok(manifest) => Some(manifest),
            Err(why) => {
                eprintln!("The manifest {} cannot be read: {why}", file.display());
                return End::Usage;
            }
        },
    };
    let config = Config {
        listen: args.listen,
        manifest,
        transport: Some(args.request_url.map_or(Transport::Socket, Transport::RequestUrl)),
        folder: args.dir,
        seed: Random::from_os().u64(),
        rate_limits: true,
    };
    let stop = on_signal();
    let ready = |workspace: &crate::simulator::Workspace| println!("{}", workspace.announcement());
    match serve(config, Arc::new(SharedTime(ShiftedClock::over(Clock::system()))), ready, stop.cancelled()).await {
        Ok(()) => End::Well,
        Err(fault) => {
            eprintln!("The workspace stopped: {fault}");
            End::Failed
        }
    }
}

fn read(file: &std::path::Path) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
    Ok(serde_json::from_str(&std::fs::read_to_string(file)?)?)
}
