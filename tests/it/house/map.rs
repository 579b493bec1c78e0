//! The map names places; each has to be there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Endings by which a word in the map is known as a file.
const FILES: [&str; 12] = ["rs", "toml", "md", "sh", "yml", "yaml", "json", "html", "js", "css", "py", "snap"];

/// Folders that belong to nobody's map.
const NO_PLACES: [&str; 2] = ["target", ".git"];

/// Every file and folder below the top, from there, with `/`.
pub fn places_under(top: &Path) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let mut open = vec![top.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let place = path.strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/");
            if NO_PLACES.contains(&place.as_str()) {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            }
            places.insert(place);
        }
    }
    places
}

/// The places that a text names in code spans, code blocks and links, and that are not among those given. A path may
/// be written from the top or from `src/`; a file's bare name has to be that of some file.
pub fn missing_places(text: &str, places: &BTreeSet<String>) -> Vec<String> {
    let from_src = places.iter().filter_map(|place| place.strip_prefix("src/"));
    let heads: BTreeSet<&str> =
        places.iter().map(String::as_str).chain(from_src).filter_map(|place| place.split('/').next()).collect();
    let mut missing = Vec::new();
    let mut block = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            block = !block;
            continue;
        }
        let spans: Vec<&str> = if block { vec![line] } else { spans_in(line) };
        let named = spans.into_iter().flat_map(words_in).filter_map(|word| named_by(&word, &heads));
        let absent = named.flat_map(|named| spread(&named)).filter(|place| !is_there(place, places));
        missing.extend(absent.map(|place| format!("line {}: `{place}` is not there", number + 1)));
    }
    missing
}

/// What stands in a line as code, or as the target of a link.
fn spans_in(line: &str) -> Vec<&str> {
    let code = line.split('`').skip(1).step_by(2);
    let links = line.split("](").skip(1).filter_map(|link| link.split(')').next());
    code.chain(links.filter(|link| !link.contains("://"))).collect()
}

/// The words of a span; commas within braces part none.
fn words_in(span: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut braces = 0;
    for c in span.chars() {
        braces += i32::from(c == '{') - i32::from(c == '}');
        let parts = c.is_whitespace() || c == ',' && braces == 0 || "()<>[]|;\"'".contains(c);
        match words.last_mut() {
            Some(word) if !parts => word.push(c),
            _ => words.push(String::new()),
        }
    }
    words
}

/// The path of this repository that a word is.
fn named_by(word: &str, heads: &BTreeSet<&str>) -> Option<String> {
    // "src/main.rs:12" and "docs/coach.md#rules" name the file.
    let path = word.split([':', '#']).next()?.trim_start_matches("./").trim_end_matches('.');
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    let file = ending.is_some_and(|ending| FILES.contains(&ending) || ending.contains('}'));
    let folder = path.split_once('/').is_some_and(|(head, _)| heads.contains(head));
    let other = path.starts_with(['/', '*', '.']) && !path.starts_with(".ci/") || word.contains("://");
    ((file || folder) && !other && !path.contains('$')).then(|| path.to_owned())
}

/// "src/{a,b}.rs" names two places.
fn spread(named: &str) -> Vec<String> {
    let Some((before, (list, after))) =
        named.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return vec![named.to_owned()];
    };
    list.split(',').flat_map(|one| spread(&format!("{before}{}{after}", one.trim()))).collect()
}

/// Whether a place is there; what follows a star may be anything.
fn is_there(place: &str, places: &BTreeSet<String>) -> bool {
    let fixed = match place.split_once('*') {
        Some((before, _)) => before.rsplit_once('/').map_or("", |(folder, _)| folder),
        None => place.trim_end_matches('/'),
    };
    let bare = !fixed.contains('/') && places.iter().any(|known| known.ends_with(&format!("/{fixed}")));
    fixed.is_empty() || places.contains(fixed) || places.contains(&format!("src/{fixed}")) || bare
}
