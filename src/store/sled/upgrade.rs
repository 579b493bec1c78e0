//! From an older layout of keys and rows to this program's, step by step, after a copy of the directory.
//!
//! Records are no matter of this: every schema from the first on can be read. A layout changes when keys do, or when rows have
//! to be made that nobody would make otherwise.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use sled::{Batch, Db};

use crate::store::record::envelope::{seal, unseal};

use super::keys;
use super::tally::{Meta, Tally, weight};

/// One step: from the layout before `to` to that. It may be broken off anywhere and is then run again, upon what it left.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The layout it brings about.
    pub to: u16,
    /// Rewrites rows; the count and sum of rows are made anew afterwards.
    pub run: fn(&Db) -> Result<(), String>,
}

/// The layouts that a program knows.
#[derive(Debug, Clone, Copy)]
pub struct Layouts {
    /// What it writes.
    pub newest: u16,
    /// How older ones are brought there, in order.
    pub steps: &'static [Step],
}

/// Those of this program.
pub const LAYOUTS: Layouts = Layouts { newest: super::open::LAYOUT, steps: &[] };

/// Brings a store of layout `found` to the newest, after a copy of its files; says where the copy lies.
pub fn upgrade(dir: &Path, db: &Db, found: u16, layouts: &Layouts) -> Result<PathBuf, String> {
    let told = |error: sled::Error| error.to_string();
    db.flush().map_err(told)?;
    let meta = db.get(keys::META).map_err(told)?.ok_or("its commit counter is gone")?;
    let meta: Meta = unseal(keys::META, &meta).map_err(|error| error.to_string())?;
    let copy = copied(dir, found, meta.commits).map_err(|error| format!("it could not be copied: {error}"))?;
    tracing::warn!(from = found, to = layouts.newest, copy = %copy.display(), "the store is brought to a newer layout");
    for step in layouts.steps.iter().filter(|step| step.to > found && step.to <= layouts.newest) {
        (step.run)(db)?;
    }
    let mut last = Batch::default();
    last.insert(keys::LAYOUT, &layouts.newest.to_be_bytes());
    let meta = Meta { tally: counted(db).map_err(told)?, ..meta };
    for (key, row) in seal(keys::META, &meta).map_err(|error| error.to_string())? {
        last.insert(key, row);
    }
    // What the steps wrote is on disk before the number says so.
    let sync = || File::open(dir.join("sled").join("db")).and_then(|file| file.sync_all());
    db.flush().map_err(told)?;
    sync().map_err(|error| error.to_string())?;
    db.apply_batch(last).and_then(|()| db.flush()).map_err(told)?;
    sync().map_err(|error| error.to_string())?;
    Ok(copy)
}

fn counted(db: &Db) -> sled::Result<Tally> {
    let mut tally = Tally::default();
    for row in db.iter() {
        let (key, row) = row?;
        if key != keys::META && key != keys::LAYOUT {
            tally.add(weight(&key, &row));
        }
    }
    Ok(tally)
}

/// A copy of the files as they are, once for each state of the store; it gets its name when all of it is on disk.
fn copied(dir: &Path, layout: u16, commits: u64) -> io::Result<PathBuf> {
    let copy = dir.join(format!("before-layout-{}-{commits}", layout + 1));
    if copy.exists() {
        return Ok(copy);
    }
    let unfinished = dir.join("before-layout.unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    fs::create_dir_all(unfinished.join("sled"))?;
    let mut names = vec![PathBuf::from("last-commit")];
    for entry in fs::read_dir(dir.join("sled"))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.push(Path::new("sled").join(entry.file_name()));
        }
    }
    for name in names {
        fs::copy(dir.join(&name), unfinished.join(&name))?;
        File::open(unfinished.join(&name))?.sync_all()?;
    }
    File::open(unfinished.join("sled"))?.sync_all()?;
    fs::rename(&unfinished, &copy)?;
    File::open(dir)?.sync_all()?;
    Ok(copy)
}
