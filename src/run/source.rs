//! Where the commands on a store find it: with the bot that runs on it, or in its directory while no bot does.

use std::path::Path;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::UnixStream;
use tokio::sync::mpsc;

use crate::ambient::Clock;
use crate::config::{Problem, Vars, data_dir};
use crate::store::StoreError;
use crate::store::sled::{OpenOptions, SledStore};

use super::{End, control, sentences, serve};

/// Why a command was not carried out; a sentence.
pub(super) type Why = Box<dyn std::error::Error + Send + Sync>;

/// A store that a command works upon.
pub(super) enum Source {
    /// With a running bot, which was asked and answers.
    Running(BufReader<UnixStream>),
    /// In its directory; nobody else has it.
    Stopped(SledStore),
}

/// Asks the bot that runs on the data directory, or opens the store there.
pub(super) async fn source(dir: &Path, wish: &str) -> Result<Source, Why> {
    if !dir.join("sled").is_dir() {
        return Err(sentences::no_store(dir).into());
    }
    match control::ask(dir, wish).await? {
        Some(answer) => Ok(Source::Running(answer)),
        None => Ok(Source::Stopped(SledStore::open(dir, OpenOptions::default()).await?)),
    }
}

/// One answer of a running bot.
pub(super) async fn answered(mut answer: BufReader<UnixStream>) -> Result<String, Why> {
    let mut line = String::new();
    answer.read_line(&mut line).await?;
    match line.strip_prefix(control::NOT_DONE) {
        Some(why) => Err(why.trim_end().to_owned().into()),
        None if line.is_empty() => Err("the bot ended before it answered".into()),
        None => Ok(line.trim_end().to_owned()),
    }
}

/// The lines of a backup as they come, each with its end.
pub(super) enum Lines {
    Running(BufReader<UnixStream>),
    Stopped { store: SledStore, some: mpsc::Receiver<Result<String, StoreError>>, left: std::vec::IntoIter<String> },
}

impl Lines {
    /// Of a store as it stands now.
    pub async fn of(dir: &Path, clock: &Clock) -> Result<Self, Why> {
        Ok(match source(dir, "backup").await? {
            Source::Running(answer) => Lines::Running(answer),
            Source::Stopped(store) => {
                let some = store.snapshot(clock.now());
                Lines::Stopped { store, some, left: Vec::new().into_iter() }
            }
        })
    }

    /// The next line; `None` when no more come.
    pub async fn next(&mut self) -> Result<Option<String>, Why> {
        match self {
            Lines::Running(answer) => {
                let mut line = String::new();
                if answer.read_line(&mut line).await? == 0 {
                    return Ok(None);
                }
                match line.strip_prefix(control::NOT_DONE) {
                    Some(why) => Err(why.trim_end().to_owned().into()),
                    None => Ok(Some(line)),
                }
            }
            Lines::Stopped { store, some, left } => loop {
                if let Some(line) = left.next() {
                    return Ok(Some(line));
                }
                match some.recv().await {
                    Some(lines) => {
                        *left = lines?.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>().into_iter();
                    }
                    None => {
                        store.close().await?;
                        return Ok(None);
                    }
                }
            },
        }
    }
}

/// Carries out a command on the data directory that the environment and `.env` name.
pub(super) async fn on_data_dir<F>(folder: &Path, what: impl FnOnce(std::path::PathBuf) -> F) -> End
where
    F: Future<Output = Result<String, Why>>,
{
    let read = Vars::of_process(folder).map_err(|problem| vec![problem]).and_then(|vars| data_dir(&vars));
    let dir = match read {
        Ok(dir) => dir,
        Err(problems) => return usage(&problems),
    };
    match what(dir).await {
        Ok(said) if said.is_empty() => End::Well,
        Ok(said) => super::printed(&said),
        Err(why) => {
            eprintln!("{why}");
            End::Failed
        }
    }
}

fn usage(problems: &[Problem]) -> End {
    serve::said(problems)
}
