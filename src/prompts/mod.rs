//! Turns `prompts/` (data: words, lexicon) into checked types, with file and line of every fault.
//!
//! A start either has all of it, whole and checked, or refuses with every fault at once. The files are embedded; a
//! folder of the operator's may replace any of them, file by file.

pub mod coach;
pub mod fault;
mod files;
pub mod lexicon;
mod texts;
pub mod vocabulary;

use std::path::Path;

use crate::domain::coach::Lexicon;
use crate::domain::wording::Words;
use fault::Fault;
use files::Files;

/// What `prompts/` says, checked.
#[derive(Debug)]
pub struct Prompts {
    /// Every text that people read.
    pub words: Words,
    /// The words that the coach knows.
    pub lexicon: Lexicon,
}

/// Reads the embedded files, each replaced by one of the same name below `override_dir` if there is one.
///
/// # Errors
/// Every fault of every file, in the order of files and lines.
pub fn load(override_dir: Option<&Path>) -> Result<Prompts, Vec<Fault>> {
    let mut faults = Vec::new();
    let files = Files::collect(override_dir, &mut faults);
    let words = texts::read(&files, &mut faults);
    let lexicon = lexicon(&files, &mut faults);
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    match lexicon {
        Some(lexicon) if faults.is_empty() => Ok(Prompts { words, lexicon }),
        _ => Err(faults),
    }
}

/// The lexicon of languages and stacks and the vocabulary of the readers, compiled.
fn lexicon(files: &Files, faults: &mut Vec<Fault>) -> Option<Lexicon> {
    let of = |folder: &str| files.iter().filter(|(name, _)| name.starts_with(folder)).collect::<Vec<_>>();
    let entries = lexicon::lexicon_of(&of("lexicon/")).map_err(|found| faults.extend(found)).ok();
    let words = vocabulary::vocabulary_of(&of("vocabulary/")).map_err(|found| faults.extend(found)).ok();
    let compiled = Lexicon::compile(entries?, &words?);
    compiled
        .map_err(|error| faults.push(Fault { file: "lexicon".to_owned(), line: 0, problem: error.to_string() }))
        .ok()
}

#[cfg(test)]
mod tests;
