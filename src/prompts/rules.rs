//! Reads `prompts/rules.toml` (what the coach says) and `prompts/coach.toml` (what a workspace turns off or allows).

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Fault;
use super::lexicon::Source;
use crate::domain::answers::{Load, Speed, SystemType, Team};
use crate::domain::coach::{Blank, Case, Filling, Finding, Hole, Rewrite, RewritePart, Rule, RuleBook};

/// The longest sentence of the coach, in characters, holes not filled.
const LONGEST: usize = 200;

/// A text with holes, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sentence(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Hole(Hole),
}

/// The words of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CaseWords {
    title: Sentence,
    why: Sentence,
    suggestion: Sentence,
}

/// The words of the coach, complete: one that exists has words for every case, choice and blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleWords {
    cases: BTreeMap<Case, CaseWords>,
    choices: BTreeMap<&'static str, BTreeMap<&'static str, String>>,
    rewrite: BTreeMap<&'static str, String>,
}

const REWRITE: [&str; 7] =
    ["instead", "takes_in", "that_takes_in", "for", "blank_system", "blank_flow", "blank_consumer"];

impl RuleWords {
    /// The heading of a finding.
    pub fn title(&self, finding: &Finding) -> String {
        self.cases.get(&finding.case).map(|words| self.filled(&words.title, finding)).unwrap_or_default()
    }
    /// The reason, one sentence.
    pub fn why(&self, finding: &Finding) -> String {
        self.cases.get(&finding.case).map(|words| self.filled(&words.why, finding)).unwrap_or_default()
    }
    /// What to do, one sentence.
    pub fn suggestion(&self, finding: &Finding) -> String {
        self.cases.get(&finding.case).map(|words| self.filled(&words.suggestion, finding)).unwrap_or_default()
    }
    /// The line of a report that offers a rewrite.
    pub fn instead(&self, sentence: &str) -> String {
        format!("{}{sentence}", self.rewrite.get("instead").map_or("", String::as_str))
    }
    /// A rewrite as text, its blanks shown.
    pub fn rewrite(&self, rewrite: &Rewrite) -> String {
        let word = |key: &str| self.rewrite.get(key).cloned().unwrap_or_default();
        let mut text = String::new();
        for part in &rewrite.parts {
            match part {
                RewritePart::Said(words) => text.push_str(words),
                RewritePart::Type(system_type) => text.push_str(self.choice("type", system_type.key())),
                RewritePart::TakesIn => text.push_str(&word("takes_in")),
                RewritePart::ThatTakesIn => text.push_str(&word("that_takes_in")),
                RewritePart::For => text.push_str(&word("for")),
                RewritePart::Blank(blank) => text.push_str(&self.blank(*blank)),
            }
        }
        let mut letters = text.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => text,
        }
    }
    /// How a blank is shown.
    pub fn blank(&self, blank: Blank) -> String {
        let key = match blank {
            Blank::System => "blank_system",
            Blank::Flow => "blank_flow",
            Blank::Consumer => "blank_consumer",
        };
        self.rewrite.get(key).cloned().unwrap_or_default()
    }
    /// Whether a text still has a blank in it.
    pub fn has_blank(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        [Blank::System, Blank::Flow, Blank::Consumer]
            .into_iter()
            .any(|blank| text.contains(&self.blank(blank).to_lowercase()))
    }

    fn choice(&self, table: &str, key: &str) -> &str {
        self.choices.get(table).and_then(|names| names.get(key)).map_or("", String::as_str)
    }

    fn filled(&self, sentence: &Sentence, finding: &Finding) -> String {
        let mut text = String::new();
        for part in &sentence.0 {
            match part {
                Part::Text(words) => text.push_str(words),
                Part::Hole(hole) => {
                    match finding.holes.iter().find(|(known, _)| known == hole).map(|(_, filling)| filling) {
                        Some(Filling::Words(words)) => text.push_str(&shortened(words)),
                        Some(Filling::Type(v)) => text.push_str(self.choice("type", v.key())),
                        Some(Filling::Team(v)) => text.push_str(self.choice("team", v.key())),
                        Some(Filling::Load(v)) => text.push_str(self.choice("load", v.key())),
                        Some(Filling::Speed(v)) => text.push_str(self.choice("speed", v.key())),
                        None => {}
                    }
                }
            }
        }
        text
    }
}

/// A quote of at most 60 letters as people see them, on one line.
fn shortened(words: &str) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    const LETTERS: usize = 60;
    let line: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.graphemes(true).count() <= LETTERS {
        return line;
    }
    let cut: String = line.graphemes(true).take(LETTERS).collect();
    format!("{}…", cut.trim_end())
}

/// The words of the coach, or every fault in them.
pub fn rule_words_of(file: &str, text: &str) -> Result<RuleWords, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut source = Source { file, text, faults: &mut faults };
    let Some(table) = source.table() else { return Err(faults) };
    for key in table
        .keys()
        .filter(|key| !["case", "type", "team", "load", "speed", "rewrite"].contains(&key.get_ref().as_ref()))
    {
        source.fault(key.span().start, format!("`{}` is no table of the coach's words", key.get_ref()));
    }
    let mut cases = BTreeMap::new();
    if let Some(given) = source.part(&table, "case") {
        source.unknown_keys(given, &Case::ALL.iter().map(|case| case.key()).collect::<Vec<_>>());
        for case in Case::ALL {
            let Some(words) = source.part(given, case.key()) else { continue };
            source.unknown_keys(words, &["title", "why", "suggestion"]);
            let (title, why, suggestion) = (
                source.sentence(words, "title", *case),
                source.sentence(words, "why", *case),
                source.sentence(words, "suggestion", *case),
            );
            if let (Some(title), Some(why), Some(suggestion)) = (title, why, suggestion) {
                cases.insert(*case, CaseWords { title, why, suggestion });
            }
        }
    }
    let keys = |keys: &[&'static str]| keys.to_vec();
    let tables: [(&'static str, Vec<&'static str>); 5] = [
        ("type", SystemType::ALL.iter().map(|v| v.key()).collect()),
        ("team", Team::ALL.iter().map(|v| v.key()).collect()),
        ("load", Load::ALL.iter().map(|v| v.key()).collect()),
        ("speed", Speed::ALL.iter().map(|v| v.key()).collect()),
        ("rewrite", keys(&REWRITE)),
    ];
    let mut choices = BTreeMap::new();
    for (name, wanted) in tables {
        let Some(given) = source.part(&table, name) else { continue };
        source.unknown_keys(given, &wanted);
        let mut names = BTreeMap::new();
        for key in wanted {
            match given.get(key) {
                None => source.missing(format!("`{name}.{key}` is missing")),
                Some(value) => {
                    if let Some(text) = source.text_of(value, key) {
                        names.insert(key, text.to_owned());
                    }
                }
            }
        }
        choices.insert(name, names);
    }
    let rewrite = choices.remove("rewrite").unwrap_or_default();
    if faults.is_empty() { Ok(RuleWords { cases, choices, rewrite }) } else { Err(faults) }
}

/// What a workspace turns off or allows, or every fault in it.
pub fn rule_book_of(file: &str, text: &str) -> Result<RuleBook, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut source = Source { file, text, faults: &mut faults };
    let Some(table) = source.table() else { return Err(faults) };
    source.unknown_keys(&table, &["off", "allowed"]);
    let mut off = BTreeSet::new();
    for value in source.list(&table, "off") {
        let Some(key) = source.text_of(value, "a rule") else { continue };
        match Rule::from_key(key) {
            Some(rule) => drop(off.insert(rule)),
            None => {
                let known: Vec<&str> = Rule::ALL.iter().map(|rule| rule.key()).collect();
                source.fault(value.span().start, format!("`{key}` is no rule; the rules are {}", known.join(", ")));
            }
        }
    }
    let mut allowed = Vec::new();
    for value in source.list(&table, "allowed") {
        if let Some(word) = source.text_of(value, "a word").map(str::trim) {
            if word.is_empty() {
                source.fault(value.span().start, "an allowed word is empty".to_owned());
            } else {
                allowed.push(word.to_owned());
            }
        }
    }
    if faults.is_empty() { Ok(RuleBook { off, allowed, form_texts: Vec::new() }) } else { Err(faults) }
}

impl Source<'_> {
    fn part<'t, 'v>(&mut self, table: &'t DeTable<'v>, key: &str) -> Option<&'t DeTable<'v>> {
        match table.get(key) {
            None => self.missing(format!("the table `{key}` is missing")),
            Some(value) => match value.get_ref().as_table() {
                Some(part) => return Some(part),
                None => self.fault(value.span().start, format!("`{key}` must be a table")),
            },
        }
        None
    }

    fn unknown_keys(&mut self, table: &DeTable<'_>, wanted: &[&str]) {
        for key in table.keys().filter(|key| !wanted.contains(&key.get_ref().as_ref())) {
            self.fault(
                key.span().start,
                format!("`{}` is unknown here; known are {}", key.get_ref(), wanted.join(", ")),
            );
        }
    }

    fn list<'t, 'v>(&mut self, table: &'t DeTable<'v>, key: &str) -> Vec<&'t Spanned<DeValue<'v>>> {
        match table.get(key) {
            None => Vec::new(),
            Some(value) => match value.get_ref().as_array() {
                Some(list) => list.iter().collect(),
                None => {
                    self.fault(value.span().start, format!("`{key}` must be a list"));
                    Vec::new()
                }
            },
        }
    }

    fn sentence(&mut self, table: &DeTable<'_>, key: &str, case: Case) -> Option<Sentence> {
        let Some(value) = table.get(key) else {
            self.missing(format!("`case.{}.{key}` is missing", case.key()));
            return None;
        };
        let at = value.span().start;
        let text = self.text_of(value, key)?;
        if text.trim().is_empty() || text.chars().count() > LONGEST {
            self.fault(at, format!("`{key}` needs 1 to {LONGEST} characters"));
            return None;
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, tail)) = after.split_once('}') else {
                self.fault(at, "a `{` has no `}`".to_owned());
                return None;
            };
            let Some(hole) = Hole::from_key(name).filter(|hole| case.holes().contains(hole)) else {
                let known: Vec<String> = case.holes().iter().map(|hole| format!("{{{}}}", hole.key())).collect();
                self.fault(at, format!("`{{{name}}}` is no hole of {}; it has {}", case.key(), known.join(", ")));
                return None;
            };
            parts.push(Part::Text(before.to_owned()));
            parts.push(Part::Hole(hole));
            rest = tail;
        }
        parts.push(Part::Text(rest.to_owned()));
        Some(Sentence(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::super::coach::RULES;
    use super::*;

    #[test]
    fn the_words_that_come_with_the_bot_are_complete() {
        let words = rule_words_of(RULES.0, RULES.1).unwrap();
        assert_eq!(words.cases.len(), Case::ALL.len());
    }

    #[test]
    fn an_unknown_hole_a_missing_case_and_an_unknown_key_are_told_with_their_lines() {
        let text = RULES
            .1
            .replace("Very different systems use {name}", "Very different systems use {nme}")
            .replace("[case.coupling]", "[case.cuopling]");
        let told: Vec<String> =
            rule_words_of("rules.toml", &text).unwrap_err().iter().map(ToString::to_string).collect();
        assert!(
            told.iter().any(|fault| fault.starts_with("rules.toml:6: `{nme}` is no hole of language_first")),
            "{told:?}"
        );
        assert!(told.iter().any(|fault| fault.contains("`cuopling` is unknown here")), "{told:?}");
        assert!(told.iter().any(|fault| fault.contains("the table `coupling` is missing")), "{told:?}");
    }

    #[test]
    fn a_workspace_turns_rules_off_and_allows_words() {
        let book = rule_book_of("coach.toml", "off = [\"vague_scale\"]\nallowed = [\"Phoenix\"]\n").unwrap();
        assert!(book.off.contains(&Rule::VagueScale));
        assert_eq!(book.allowed, ["Phoenix"]);
        let faults = rule_book_of("coach.toml", "allowed = []\noff = [\"vague\"]\n").unwrap_err();
        assert!(faults[0].to_string().starts_with("coach.toml:2: `vague` is no rule; the rules are language_first"));
    }
}
