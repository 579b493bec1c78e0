//! Turns `prompts/` (data: words, lexicon) into checked types, with file and line of every fault.
//!
//! A start either has all of it, whole and checked, or refuses with every fault at once. The files are embedded; a
//! folder of the operator's may replace any of them, file by file.

pub mod coach;
pub mod fault;
mod files;
pub mod lexicon;
pub mod rules;
mod texts;
pub mod vocabulary;
pub mod weights;

use std::path::Path;

use crate::domain::wording::Wording;
use crate::domain::wording::Words;
use coach::{CoachFiles, CoachTools, coach_of};
use fault::Fault;
use files::Files;

/// What `prompts/` says, checked.
#[derive(Debug)]
pub struct Prompts {
    /// Every text that people read.
    pub words: Words,
    /// The coach, and what it says.
    pub coach: CoachTools,
}

/// Reads the embedded files, each replaced by one of the same name below `override_dir` if there is one.
///
/// # Errors
/// Every fault of every file, in the order of files and lines.
pub fn load(override_dir: Option<&Path>) -> Result<Prompts, Vec<Fault>> {
    let mut faults = Vec::new();
    let files = Files::collect(override_dir, &mut faults);
    let words = texts::read(&files, &mut faults);
    let coach = coach(&files, &words, &mut faults);
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    match coach {
        Some(coach) if faults.is_empty() => Ok(Prompts { words, coach }),
        _ => Err(faults),
    }
}

/// The coach of these files. It knows the form's own texts, so that an answer which copies one is seen.
fn coach(files: &Files, words: &Words, faults: &mut Vec<Fault>) -> Option<CoachTools> {
    let of = |folder: &str| files.iter().filter(|(name, _)| name.starts_with(folder)).collect::<Vec<_>>();
    let one = |name: &str| files.iter().find(|(found, _)| *found == name);
    let mut form_texts = Vec::new();
    words.form.each("form", &mut |_, text| form_texts.push(text.text()));
    let files = CoachFiles {
        lexicon: of("lexicon/"),
        vocabulary: of("vocabulary/"),
        weights: one("weights.toml")?,
        rules: one("rules.toml")?,
        book: one("coach.toml")?,
        form_texts,
    };
    coach_of(&files).map_err(|found| faults.extend(found)).ok()
}

#[cfg(test)]
mod tests;
