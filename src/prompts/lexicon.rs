//! Reads `prompts/lexicon/*.toml`: names of languages, frameworks, runtimes, libraries, vendors, infrastructure.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Fault;
use crate::domain::coach::{Ambiguity, Entry, Kind};

/// The entries of these files, given as (name below the prompts folder, text), or every fault in them.
///
/// A file has a `kind` and tables `names`, `word`, `person`, `letter`, `rare`: a name with the list of its other spellings.
pub fn lexicon_of(files: &[(&str, &str)]) -> Result<Vec<Entry>, Vec<Fault>> {
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    for (file, text) in files {
        let mut page = Source { file, text, faults: &mut faults };
        if let Some(table) = page.table() {
            page.entries_of(&table, &mut entries);
        }
    }
    if faults.is_empty() { Ok(entries) } else { Err(faults) }
}

/// One file, and where its faults go.
pub(super) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    pub faults: &'a mut Vec<Fault>,
}

impl<'a> Source<'a> {
    pub(super) fn table(&mut self) -> Option<DeTable<'a>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let problem = format!("this is not TOML: {}", error.message());
                self.fault(at, problem);
                None
            }
        }
    }

    pub(super) fn fault(&mut self, at: usize, problem: String) {
        self.faults.push(Fault { file: self.file.to_owned(), line: line_of(self.text, at), problem });
    }

    /// A fault of the file as a whole.
    pub(super) fn missing(&mut self, problem: String) {
        self.faults.push(Fault { file: self.file.to_owned(), line: 0, problem });
    }

    /// The text of a value, or a fault that says what is wanted.
    pub(super) fn text_of<'v>(&mut self, value: &'v Spanned<DeValue<'_>>, what: &str) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.fault(value.span().start, format!("{what} must be a text in quotes"));
        }
        text
    }

    fn entries_of(&mut self, table: &DeTable<'_>, entries: &mut Vec<Entry>) {
        let kind = match table.get("kind") {
            None => {
                self.missing(
                    "the key `kind` is missing: language, framework, runtime, library, vendor or infrastructure"
                        .to_owned(),
                );
                None
            }
            Some(value) => {
                let span: Range<usize> = value.span();
                let key = self.text_of(value, "`kind`");
                let kind = key.and_then(Kind::from_key);
                if let (Some(key), None) = (key, kind) {
                    self.fault(
                        span.start,
                        format!("`{key}` is no kind: language, framework, runtime, library, vendor or infrastructure"),
                    );
                }
                kind
            }
        };
        for (section, value) in table {
            let ambiguity = match section.get_ref().as_ref() {
                "kind" => continue,
                "names" => Ambiguity::Certain,
                "word" => Ambiguity::Word,
                "person" => Ambiguity::Person,
                "letter" => Ambiguity::Letter,
                "rare" => Ambiguity::Rare,
                other => {
                    self.fault(
                        section.span().start,
                        format!("`{other}` is no table of a lexicon: names, word, person, letter or rare"),
                    );
                    continue;
                }
            };
            let Some(names) = value.get_ref().as_table() else {
                self.fault(value.span().start, "a table of names is wanted here".to_owned());
                continue;
            };
            for (name, aliases) in names {
                let Some(list) = aliases.get_ref().as_array() else {
                    self.fault(
                        aliases.span().start,
                        format!("`{}` needs the list of its other spellings, [] when it has none", name.get_ref()),
                    );
                    continue;
                };
                let spelt: Vec<String> =
                    list.iter().filter_map(|alias| self.text_of(alias, "a spelling").map(str::to_owned)).collect();
                if name.get_ref().trim().is_empty() || spelt.iter().any(|alias| alias.trim().is_empty()) {
                    self.fault(name.span().start, "a name or spelling is empty".to_owned());
                } else if let Some(kind) = kind {
                    entries.push(Entry { name: name.get_ref().to_string(), kind, ambiguity, aliases: spelt });
                }
            }
        }
    }
}

/// The line, from 1, of a byte.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_file_and_line() {
        let text = "kind = \"langage\"\n[names]\nPython = 3\n[nouns]\nx = []\n";
        let faults = lexicon_of(&[("lexicon/own.toml", text)]).unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("lexicon/own.toml:1: `langage` is no kind"));
        assert!(told[1].starts_with("lexicon/own.toml:3: `Python` needs the list"));
        assert!(told[2].starts_with("lexicon/own.toml:4: `nouns` is no table"));
    }

    #[test]
    fn broken_toml_is_a_fault_with_its_line() {
        let faults = lexicon_of(&[("lexicon/own.toml", "kind = \"language\"\n[names\n")]).unwrap_err();
        assert_eq!((faults.len(), faults[0].line), (1, 2));
    }
}
