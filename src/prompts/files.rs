//! The files of `prompts/`: embedded ones, and those of the operator's folder that replace them.

use std::collections::BTreeMap;
use std::path::Path;

use rust_embed::RustEmbed;

use super::fault::Fault;

#[derive(RustEmbed)]
#[folder = "prompts/"]
struct Embedded;

/// The folder in which files of any name are read.
const ADDED: &str = "lexicon/";

/// File names below the folder, with `/` between parts, and their texts.
pub(super) struct Files(BTreeMap<String, String>);

impl Files {
    /// Gathers them. A file of the folder must have the name of an embedded one: another name is a slip of the pen
    /// that would silently change nothing. In `lexicon/` any name is read: those are names of languages and stacks that
    /// are added.
    pub(super) fn collect(override_dir: Option<&Path>, faults: &mut Vec<Fault>) -> Self {
        let mut files = BTreeMap::new();
        for name in Embedded::iter().filter(|name| name.ends_with(".toml")) {
            let bytes = Embedded::get(&name).map(|file| file.data.into_owned()).unwrap_or_default();
            keep(&mut files, &name, bytes, faults);
        }
        if let Some(dir) = override_dir {
            let mut found = Vec::new();
            walk(dir, "", &mut found, faults);
            for (name, bytes) in found {
                if files.contains_key(&name) || name.starts_with(ADDED) {
                    keep(&mut files, &name, bytes, faults);
                } else {
                    let known = files.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                    faults.push(whole(&name, format!("no file of this name is read; there are {known}")));
                }
            }
        }
        Files(files)
    }

    /// Names and texts, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Files made of texts, for tests.
    #[cfg(test)]
    pub(super) fn of(files: BTreeMap<String, String>) -> Self {
        Files(files)
    }
}

fn keep(files: &mut BTreeMap<String, String>, name: &str, bytes: Vec<u8>, faults: &mut Vec<Fault>) {
    match String::from_utf8(bytes) {
        Ok(text) => {
            files.insert(name.to_owned(), text);
        }
        Err(_) => faults.push(whole(name, "the file is not UTF-8 text".to_owned())),
    }
}

/// Every `.toml` below a folder; other files and hidden ones are none of ours.
fn walk(dir: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>, faults: &mut Vec<Fault>) {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            let name = if prefix.is_empty() { dir.display().to_string() } else { prefix.to_owned() };
            faults.push(whole(&name, format!("the folder cannot be read: {error}")));
            return;
        }
    };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let (path, name) = (entry.path(), format!("{prefix}{name}"));
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            walk(&path, &format!("{name}/"), found, faults);
        } else if name.ends_with(".toml") {
            match std::fs::read(&path) {
                Ok(bytes) => found.push((name, bytes)),
                Err(error) => faults.push(whole(&name, format!("the file cannot be read: {error}"))),
            }
        }
    }
}

fn whole(file: &str, problem: String) -> Fault {
    Fault { file: file.to_owned(), line: 0, problem }
}
