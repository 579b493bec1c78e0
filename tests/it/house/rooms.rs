//! Rooms and levels: who may know whom, and which crates the domain may name.

use super::paths::{module_of, reading_of};
use super::{File, rust};

/// Rooms and their levels. A room names its own level's others never, and upper ones never.
const LEVELS: [(&str, u8); 11] = [
    ("run", 4),
    ("slack", 3),
    ("simulator", 3),
    ("app", 2),
    ("outbox", 2),
    ("store", 1),
    ("prompts", 1),
    ("config", 1),
    ("telemetry", 1),
    ("domain", 0),
    ("ambient", 0),
];

/// What the domain may name beside the standard library.
const DOMAIN: [&str; 2] = ["jiff", "thiserror"];
/// What its coach may name too.
const COACH: [&str; 4] = ["aho_corasick", "unicode_segmentation", "unicode_normalization", "strsim"];
/// What its tests may name too.
const TESTS: [&str; 2] = ["proptest", "insta"];
/// Parts of the standard library that reach outside the program, or read its clock.
const OUTSIDE: [&str; 7] = ["fs", "net", "io", "env", "process", "thread", "os"];

fn level(room: &str) -> Option<u8> {
    LEVELS.iter().find(|(name, _)| *name == room).map(|(_, level)| *level)
}

/// Whether code of one room may name a path of another.
fn may_name(from: &str, path: &[String]) -> Result<(), String> {
    let [to, inner @ ..] = path else { return Err("names the whole house".to_owned()) };
    let (to, inner) = (to.as_str(), inner.first().map(String::as_str));
    if from == to {
        return Ok(());
    }
    if to == "*" {
        return Err("names the whole house".to_owned());
    }
    let (Some(here), Some(there)) = (level(from), level(to)) else {
        return Err(format!("`{from}` names `{to}`, and one of them is no room"));
    };
    match (from, to) {
        // Ids are drawn by chance; nothing else of the domain is known where chance is made.
        ("ambient", "domain") if inner == Some("ids") => Ok(()),
        // Time is a value that drives bot and simulator alike; it is no room of the bot.
        ("simulator", "ambient") => Ok(()),
        ("simulator", _) => Err(format!("`simulator` names `{to}`: it imports no room of the bot")),
        _ if here == there => Err(format!("`{from}` names `{to}`: rooms of one level do not know each other")),
        _ if here < there => Err(format!("`{from}` names `{to}`: the arrow runs up")),
        _ => Ok(()),
    }
}

/// Paths by which a room names one that it may not know.
pub fn arrows_upwards(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in rust(files) {
        let module = module_of(&file.path);
        // The root and `main` stand above all rooms.
        let Some(room) = module.first() else { continue };
        if level(room).is_none() {
            faults.push(format!("{}: `{room}` is no room of the house", file.path));
        }
        for named in reading_of(file).named {
            let place = format!("{}:{}", file.path, named.line);
            match named.from_root() {
                None => {}
                Some(Err(())) => faults.push(format!("{place}: climbs out of the crate")),
                Some(Ok(path)) => faults.extend(may_name(room, &path).err().map(|why| format!("{place}: {why}"))),
            }
        }
    }
    faults
}

/// The crates that a manifest names, as they are written in code.
pub fn crates_of(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = toml::from_str(manifest).unwrap();
    let names = ["dependencies", "dev-dependencies"].into_iter().filter_map(|part| manifest.get(part)?.as_table());
    names.flat_map(|part| part.keys()).map(|name| name.replace('-', "_")).collect()
}

/// Names by which the domain reaches for a crate, or a part of the standard library, that it may not know.
pub fn strange_crates(files: &[File], crates: &[String]) -> Vec<String> {
    let domain: Vec<&File> =
        rust(files).filter(|file| module_of(&file.path).first().is_some_and(|it| it == "domain")).collect();
    let readings: Vec<_> = domain.iter().map(|file| (file, reading_of(file))).collect();
    let tests: Vec<&Vec<String>> = readings.iter().flat_map(|(_, reading)| &reading.test_modules).collect();
    let mut faults = Vec::new();
    for (file, reading) in &readings {
        let module = module_of(&file.path);
        let test_file = tests.iter().any(|test| module.starts_with(test));
        let coach = module.starts_with(&["domain".to_owned(), "coach".to_owned()]);
        for named in &reading.named {
            let Some(first) = named.segments.first().map(String::as_str) else { continue };
            let second = named.segments.get(1).map(String::as_str).unwrap_or_default();
            let test = test_file || named.test;
            let allowed = DOMAIN.contains(&first) || coach && COACH.contains(&first) || test && TESTS.contains(&first);
            let outside = first == "std" && OUTSIDE.contains(&second) && !test;
            if outside || !allowed && crates.iter().any(|known| known == first) {
                let path = named.segments.join("::");
                faults.push(format!("{}:{}: the domain may not name `{path}`", file.path, named.line));
            }
        }
    }
    faults
}
