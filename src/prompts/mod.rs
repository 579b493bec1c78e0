//! Turns `prompts/` (data: words, lexicon) into checked types, with file and line of every fault.
//!
//! A start either has all of it, whole and checked, or refuses with every fault at once. The files are embedded; a
//! folder of the operator's may replace any of them, file by file.

pub mod fault;
mod files;
mod texts;

use std::path::Path;

use crate::domain::wording::Words;
use fault::Fault;
use files::Files;

/// What `prompts/` says, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompts {
    /// Every text that people read.
    pub words: Words,
}

/// Reads the embedded files, each replaced by one of the same name below `override_dir` if there is one.
///
/// # Errors
/// Every fault of every file, in the order of files and lines.
pub fn load(override_dir: Option<&Path>) -> Result<Prompts, Vec<Fault>> {
    let mut faults = Vec::new();
    let files = Files::collect(override_dir, &mut faults);
    let prompts = read(&files, &mut faults);
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    if faults.is_empty() { Ok(prompts) } else { Err(faults) }
}

/// Each reader takes its own files and leaves the others alone.
fn read(files: &Files, faults: &mut Vec<Fault>) -> Prompts {
    Prompts { words: texts::read(files, faults) }
}

#[cfg(test)]
mod tests;
