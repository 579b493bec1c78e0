//! The composition root: the only place that names concrete stores, transports and the simulator.

pub mod args;
mod backup;
pub mod bot;
pub mod check;
pub mod coach;
pub mod control;
#[cfg(feature = "simulator")]
pub mod demo;
mod export;
mod forget;
mod line;
pub mod manifest;
mod restore;
mod sentences;
mod serve;
mod source;
#[cfg(feature = "simulator")]
mod workspace;

use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use args::{Args, Verb};

use crate::ambient::Clock;

/// How a command ends. Source: the contract, exit codes 0, 1 failure, 2 usage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As wished.
    Well,
    /// It failed; why has been said.
    Failed,
    /// The configuration or the call is wrong; what to do has been said.
    Usage,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        match end {
            End::Well => ExitCode::SUCCESS,
            End::Failed => ExitCode::from(1),
            End::Usage => ExitCode::from(2),
        }
    }
}

/// Carries out a command.
pub fn main(args: Args) -> ExitCode {
    // One provider of cryptography for the whole process, chosen before anybody needs one; a second call finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let end = match args.verb {
        Verb::Manifest(args) => manifest::print(&args),
        Verb::Coach(args) => coach_of(&args),
        Verb::Check(args) => on_runtime(check::run(Path::new("."), args)),
        Verb::Export(args) => on_store(|dir, clock| async move { export::export(&dir, &args, &clock).await }),
        Verb::Backup(args) => on_store(|dir, clock| async move { backup::backup(&dir, &args, &clock).await }),
        Verb::Restore(args) => on_store(|dir, _| async move { restore::restore(&dir, &args).await }),
        Verb::Forget(args) => {
            on_store(|dir, clock| async move { forget::forget_person(&dir, &args.user, &clock).await })
        }
        Verb::Retry => on_store(|dir, clock| async move { forget::retry(&dir, &clock).await }),
        Verb::Serve => on_runtime(serve::serve(Path::new("."))),
        #[cfg(feature = "simulator")]
        Verb::Demo(args) => on_runtime(demo::demo(args)),
        #[cfg(feature = "simulator")]
        Verb::Workspace(args) => on_runtime(workspace::workspace(args)),
    };
    end.into()
}

/// `scopebot coach`: exit 1 when a report found something, so that it serves in CI.
fn coach_of(args: &args::CoachArgs) -> End {
    let Some(prompts) = serve::prompts(args.prompts.as_deref()) else { return End::Usage };
    let form = if args.json { coach::Form::JsonLines } else { coach::Form::Report };
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut end = End::Well;
    let mut read = |name: &str, input: &mut dyn std::io::BufRead| match coach::coach(
        &prompts.coach,
        form,
        name,
        input,
        &mut output,
    ) {
        Ok(coach::Outcome::Fine) => true,
        Ok(coach::Outcome::Found) => {
            end = End::Failed;
            true
        }
        Err(error) => {
            eprintln!("{name} cannot be read through: {error}");
            false
        }
    };
    if args.files.is_empty() && !read("standard input", &mut std::io::stdin().lock()) {
        return End::Failed;
    }
    for file in &args.files {
        let name = file.display().to_string();
        match std::fs::File::open(file) {
            Ok(opened) => {
                if !read(&name, &mut BufReader::new(opened)) {
                    return End::Failed;
                }
            }
            Err(error) => {
                eprintln!("{name} cannot be opened: {error}");
                return End::Usage;
            }
        }
    }
    match output.flush() {
        Ok(()) => end,
        Err(error) => {
            eprintln!("the report cannot be written: {error}");
            End::Failed
        }
    }
}

/// Prints a text and ends well; a reader who has seen enough (`| head`) is no failure.
pub(crate) fn printed(text: &str) -> End {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("the text cannot be written: {error}");
            End::Failed
        }
        _ => End::Well,
    }
}

/// A command on the store of the data directory.
fn on_store<F>(what: impl FnOnce(PathBuf, Clock) -> F) -> End
where
    F: Future<Output = Result<String, source::Why>>,
{
    on_runtime(source::on_data_dir(Path::new("."), |dir| what(dir, Clock::system())))
}

/// Threads that handle requests, at most: one writer takes what they make, and each has a heap of its own that grows.
const THREADS: usize = 4;

fn on_runtime(work: impl Future<Output = End>) -> End {
    let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(THREADS));
    match tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build() {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => {
            eprintln!("scopebot cannot start its runtime: {error}");
            End::Failed
        }
    }
}

/// Cancelled by SIGTERM or Ctrl-C.
pub(crate) fn on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            if let Ok(mut term) = signal(SignalKind::terminate()) {
                tokio::select! {
                    _ = term.recv() => {}
                    _ = tokio::signal::ctrl_c() => {}
                }
                told.cancel();
                return;
            }
        }
        let _ = tokio::signal::ctrl_c().await;
        told.cancel();
    });
    stop
}
