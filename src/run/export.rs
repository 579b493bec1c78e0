//! `scopebot export`: scopes written out from the running bot, from a stopped store, or from a backup.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use crate::ambient::Clock;
use crate::domain::ids::ScopeId;
use crate::store::backup::folder::Backup;
use crate::store::backup::{Item, Items, Reading};
use crate::store::export::{Collected, Exported};

use super::args::{ExportArgs, ExportFormat};
use super::source::{Lines, Why};

/// Writes out what was asked for; what it says goes to standard output, unless that is where the scopes go.
pub(super) async fn export(dir: &Path, args: &ExportArgs, clock: &Clock) -> Result<String, Why> {
    let only = match args.scope.as_deref().map(ScopeId::parse) {
        Some(Err(_)) => return Err("The scope's id is none: it has 26 letters and digits.".into()),
        Some(Ok(id)) => Some(id),
        None => None,
    };
    let mut collected = Collected::default();
    match &args.from {
        Some(from) => {
            let (_, mut items) = Items::of(Backup::find(from)?.rows()?)?;
            while let Some(item) = items.next_item()? {
                if let Item::Row(row) = item {
                    collected.take(*row, only.as_ref())?;
                }
            }
        }
        None => {
            let (mut lines, mut reading) = (Lines::of(dir, clock).await?, Reading::default());
            while let Some(line) = lines.next().await? {
                if let Item::Row(row) = reading.take(&line)? {
                    collected.take(*row, only.as_ref())?;
                }
            }
            reading.finish()?;
        }
    }
    let all = collected.finish();
    if let (Some(only), true) = (&only, all.is_empty()) {
        return Err(format!("There is no scope {only}.").into());
    }
    if args.out.as_os_str() == "-" {
        return match print(&all, args.format) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(String::new()),
        };
    }
    write(&all, args.format, &args.out)?;
    Ok(format!("{}: {} scopes", args.out.display(), all.len()))
}

fn print(all: &[Exported], format: ExportFormat) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for one in all {
        match format {
            ExportFormat::Jsonl => writeln!(out, "{}", one.json())?,
            ExportFormat::Markdown => writeln!(out, "{}", one.markdown())?,
        }
    }
    out.flush()
}

/// Files for their owner alone; one that is there is not written over.
fn write(all: &[Exported], format: ExportFormat, out: &Path) -> Result<(), Why> {
    DirBuilder::new().recursive(true).mode(0o700).create(out)?;
    let file = |name: &str| {
        let path = out.join(name);
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        made.map_err(|error| format!("{}: {error}", path.display()))
    };
    match format {
        ExportFormat::Jsonl => {
            let mut lines = io::BufWriter::new(file("scopes.jsonl")?);
            for one in all {
                writeln!(lines, "{}", one.json())?;
            }
            lines.flush()?;
        }
        ExportFormat::Markdown => {
            for one in all {
                file(&format!("{}.md", one.scope.id))?.write_all(one.markdown().as_bytes())?;
            }
        }
    }
    Ok(())
}
