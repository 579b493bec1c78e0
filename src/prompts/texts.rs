//! Reads the catalogue of words out of the files: all but the lexicon and the rules, which have readers of their own.
//!
//! `kit/rest_api.toml` holds the keys that start with `kit.rest_api`.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Fault;
use super::files::Files;
use crate::domain::wording::{Source, Words};

/// Reads the catalogue, and keeps every fault of its files.
pub(super) fn read(files: &Files, faults: &mut Vec<Fault>) -> Words {
    let mut texts = Texts {
        values: BTreeMap::new(),
        tables: BTreeMap::new(),
        used: BTreeSet::new(),
        broken: BTreeSet::new(),
        faults,
    };
    for (name, text) in files.iter().filter(|(name, _)| is_words(name)) {
        texts.add(name, text);
    }
    let words = Words::from_source(&mut texts);
    texts.unread();
    words
}

/// Whether a file belongs to the catalogue.
fn is_words(name: &str) -> bool {
    !["lexicon/", "vocabulary/"].iter().any(|folder| name.starts_with(folder))
        && !["rules.toml", "coach.toml", "weights.toml"].contains(&name)
}

/// Where a key stands.
#[derive(Clone)]
struct At {
    file: String,
    line: usize,
}

enum Value {
    Text(String),
    List(Vec<String>),
}

struct Texts<'a> {
    values: BTreeMap<String, (At, Value)>,
    /// Tables and files by key, so that a missing text is reported where it is missing.
    tables: BTreeMap<String, At>,
    used: BTreeSet<String>,
    /// Files that could not be parsed: whatever is missing from them is not missing.
    broken: BTreeSet<String>,
    faults: &'a mut Vec<Fault>,
}

impl Texts<'_> {
    fn add(&mut self, file: &str, text: &str) {
        let prefix = file.trim_end_matches(".toml").replace('/', ".");
        self.tables.insert(prefix.clone(), At { file: file.to_owned(), line: 0 });
        let line = |offset: usize| 1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count();
        match DeTable::parse(text) {
            Ok(table) => self.add_table(file, &prefix, table.get_ref(), &line),
            Err(error) => {
                let line = error.span().map_or(0, |span| line(span.start));
                self.faults.push(Fault { file: file.to_owned(), line, problem: error.message().to_owned() });
                self.broken.insert(file.to_owned());
            }
        }
    }

    fn add_table(&mut self, file: &str, prefix: &str, table: &DeTable<'_>, line: &dyn Fn(usize) -> usize) {
        for (name, value) in table.iter() {
            let key = format!("{prefix}.{}", name.get_ref());
            let at = At { file: file.to_owned(), line: line(name.span().start) };
            match value.get_ref() {
                DeValue::Table(inner) => {
                    self.tables.insert(key.clone(), at);
                    self.add_table(file, &key, inner, line);
                }
                DeValue::String(text) => {
                    self.values.insert(key, (at, Value::Text(text.to_string())));
                }
                DeValue::Array(items) => match items.iter().map(text_of).collect::<Option<Vec<_>>>() {
                    Some(texts) if !texts.is_empty() => {
                        self.values.insert(key, (at, Value::List(texts)));
                    }
                    _ => self.keep(&at, format!("{key} must be a list of texts, one at least")),
                },
                _ => self.keep(&at, format!("{key} must be a text in quotes")),
            }
        }
    }

    fn keep(&mut self, at: &At, problem: String) {
        self.faults.push(Fault { file: at.file.clone(), line: at.line, problem });
    }

    /// Where a key is, or should be: the nearest table or file above it.
    fn place(&self, key: &str) -> At {
        if let Some((at, _)) = self.values.get(key) {
            return at.clone();
        }
        let mut above = key;
        while let Some((parent, _)) = above.rsplit_once('.') {
            if let Some(at) = self.tables.get(parent) {
                return at.clone();
            }
            above = parent;
        }
        At { file: format!("{above}.toml"), line: 0 }
    }

    fn missing(&mut self, key: &str) {
        let at = self.place(key);
        // The value is there but of the wrong kind, which is said already.
        let said = format!("{key} must be");
        if !self.broken.contains(&at.file) && !self.faults.iter().any(|fault| fault.problem.starts_with(&said)) {
            self.keep(&at, format!("{key} is missing"));
        }
    }

    /// Keys that nothing reads.
    fn unread(&mut self) {
        let unread: Vec<(String, At)> = self
            .values
            .iter()
            .filter(|(key, _)| !self.used.contains(*key))
            .map(|(key, (at, _))| (key.clone(), at.clone()))
            .collect();
        for (key, at) in unread {
            self.keep(&at, format!("nothing reads {key}; compare with the file as it came"));
        }
    }
}

fn text_of(item: &Spanned<DeValue<'_>>) -> Option<String> {
    item.get_ref().as_str().map(str::to_owned)
}

impl Source for Texts<'_> {
    fn text(&mut self, key: &str) -> Option<String> {
        self.used.insert(key.to_owned());
        match self.values.get(key) {
            Some((_, Value::Text(text))) => Some(text.clone()),
            Some((at, Value::List(_))) => {
                let at = at.clone();
                self.keep(&at, format!("{key} must be one text, not a list"));
                None
            }
            None => {
                self.missing(key);
                None
            }
        }
    }
    fn list(&mut self, key: &str) -> Vec<String> {
        self.used.insert(key.to_owned());
        match self.values.get(key) {
            Some((_, Value::List(texts))) => texts.clone(),
            Some((at, Value::Text(_))) => {
                let at = at.clone();
                self.keep(&at, format!("{key} must be a list of texts: [\"…\", \"…\"]"));
                Vec::new()
            }
            None => {
                self.missing(key);
                Vec::new()
            }
        }
    }
    fn holds(&self, key: &str) -> bool {
        self.values.contains_key(key) || self.tables.contains_key(key)
    }
    fn fault(&mut self, key: &str, problem: String) {
        let at = self.place(key);
        self.keep(&at, format!("{key}: {problem}"));
    }
}
