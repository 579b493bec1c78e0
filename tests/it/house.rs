//! The rules of the house, read off the sources: which way arrows run, who may make a proof, how long a file may be,
//! and that the map names no place that is not there, and that no file lies about unread. Each rule is a pure function over files, and each is shown a
//! small house that breaks it.

mod map;
mod paths;
mod rooms;
mod samples;
mod tokens;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A file of the repository: its path from the top, with `/`, and its text.
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }
}

/// The most lines that a source file may have.
const LINES: usize = 400;

/// Endings of files that people write as source.
const SOURCE: [&str; 6] = ["rs", "js", "css", "html", "py", "sh"];

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The source files under a folder of the repository, sorted.
fn files_under(folder: &str) -> Vec<File> {
    let mut files = Vec::new();
    let mut open = vec![top().join(folder)];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if path.is_dir() {
                open.push(path);
            } else if SOURCE.contains(&ending) {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(top()).unwrap().to_str().unwrap().replace('\\', "/");
                files.push(File { path, text });
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn rust(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.path.ends_with(".rs"))
}

/// Files with too many lines.
pub fn long_files(files: &[File]) -> Vec<String> {
    let long = files.iter().map(|file| (file, file.text.lines().count())).filter(|(_, lines)| *lines > LINES);
    long.map(|(file, lines)| format!("{}: {lines} lines; split it by its ideas", file.path)).collect()
}

/// Calls that make the proof of entitlement out of nothing, outside the two places that may.
pub fn forged_proofs(files: &[File]) -> Vec<String> {
    let may = |path: &str| path.starts_with("src/store/") || path.starts_with("src/domain/approval");
    let mut faults = Vec::new();
    for file in rust(files).filter(|file| !may(&file.path)) {
        let tokens = tokens::tokens_of(&file.text);
        for window in tokens.windows(3) {
            let words = [window[0].text, window[1].text, window[2].text];
            if words == ["Entitled", "::", "from_record"] {
                faults.push(format!("{}:{}: makes an `Entitled` by itself", file.path, window[0].line));
            }
            if words[..2] == ["Entitled", "as"] {
                faults.push(format!("{}:{}: `Entitled` under another name", file.path, window[0].line));
            }
        }
    }
    faults
}

/// Files that no module declares, so that the compiler never reads them and their tests never run.
pub fn strays(files: &[File]) -> Vec<String> {
    let declared: BTreeSet<Vec<String>> = rust(files).flat_map(|file| paths::reading_of(file).modules).collect();
    let stray = |file: &&File| {
        let module = paths::module_of(&file.path);
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let placed = format!("#[path = \"{name}\"]");
        let by_path = || files.iter().any(|other| other.path.starts_with(folder) && other.text.contains(&placed));
        !module.is_empty() && !declared.contains(&module) && !by_path()
    };
    rust(files).filter(stray).map(|file| format!("{}: no module declares it", file.path)).collect()
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn arrows_run_downwards_only() {
    let files = files_under("src");
    assert!(files.len() > 100, "the sources were found");
    none(rooms::arrows_upwards(&files));
}

#[test]
fn every_file_is_declared_by_a_module() {
    none(strays(&files_under("src")));
    none(strays(&files_under("tests/it")));
}

#[test]
fn the_domain_names_no_crate_but_its_few() {
    let manifest = fs::read_to_string(top().join("Cargo.toml")).unwrap();
    none(rooms::strange_crates(&files_under("src"), &rooms::crates_of(&manifest)));
}

#[test]
fn proofs_of_entitlement_are_made_in_two_places() {
    let files: Vec<File> = ["src", "tests", "benches"].into_iter().flat_map(files_under).collect();
    none(forged_proofs(&files));
}

#[test]
fn no_source_file_is_long() {
    let files: Vec<File> = ["src", "tests", "benches"].into_iter().flat_map(files_under).collect();
    none(long_files(&files));
}

#[test]
fn every_place_that_the_map_names_is_there() {
    let places = map::places_under(top());
    for map in
        ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/LOGGING.md", "docs/rights.md", "docs/runbook.md"]
    {
        none(map::missing_places(&fs::read_to_string(top().join(map)).unwrap(), &places));
    }
}
