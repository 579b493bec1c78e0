//! Reads `prompts/vocabulary/*.toml`: what words mean to the coach's readers, and which type of system they speak for.

use toml::Spanned;
use toml::de::DeValue;

use super::fault::Fault;
use super::lexicon::Source;
use crate::domain::answers::SystemType;
use crate::domain::coach::{Form, Mark, Running, STRONG, Sense, Word};

/// The words of these files, given as (name below the prompts folder, text), or every fault in them.
///
/// A table is named for a sense and holds `words`, `nouns`, `verbs`; or for a type of system (or `other`) and holds
/// `strong`, `fair`, `weak`, `verbs_fair`. Each is one text, its words apart by commas or lines.
pub fn vocabulary_of(files: &[(&str, &str)]) -> Result<Vec<Word>, Vec<Fault>> {
    let mut words = Vec::new();
    let mut faults = Vec::new();
    for (file, text) in files {
        let mut source = Source { file, text, faults: &mut faults };
        let Some(table) = source.table() else { continue };
        for (name, value) in &table {
            let running = match name.get_ref().as_ref() {
                "other" => Some(Running::Other),
                key => SystemType::from_key(key).map(Running::Typed),
            };
            let sense = Sense::from_key(name.get_ref());
            let Some(lists) = value.get_ref().as_table() else {
                source.fault(value.span().start, "a table of word lists is wanted here".to_owned());
                continue;
            };
            for (key, list) in lists {
                let read = match (running, sense, key.get_ref().as_ref()) {
                    (None, Some(sense), "words") => Some((Form::Plain, Mark::Sense(sense))),
                    (None, Some(sense), "nouns") => Some((Form::Noun, Mark::Sense(sense))),
                    (None, Some(sense), "verbs") => Some((Form::Verb, Mark::Sense(sense))),
                    (Some(running), _, "strong") => Some((Form::Noun, Mark::Vote(running, STRONG))),
                    (Some(running), _, "fair") => Some((Form::Noun, Mark::Vote(running, 2))),
                    (Some(running), _, "weak") => Some((Form::Noun, Mark::Vote(running, 1))),
                    (Some(running), _, "verbs_fair") => Some((Form::Verb, Mark::Vote(running, 2))),
                    _ => None,
                };
                match read {
                    Some((form, mark)) => push_words(&mut source, list, form, mark, &mut words),
                    None => source.fault(
                        key.span().start,
                        format!("`{}.{}` is no list of words that a reader knows", name.get_ref(), key.get_ref()),
                    ),
                }
            }
        }
    }
    if faults.is_empty() { Ok(words) } else { Err(faults) }
}

fn push_words(source: &mut Source, list: &Spanned<DeValue<'_>>, form: Form, mark: Mark, words: &mut Vec<Word>) {
    let Some(text) = source.text_of(list, "a list of words") else { return };
    let found = text.split([',', '\n']).map(str::trim).filter(|word| !word.is_empty());
    let before = words.len();
    words.extend(found.map(|word| Word { text: word.to_owned(), form, mark }));
    if words.len() == before {
        source.fault(list.span().start, "this list has no words".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_with_form_and_mark() {
        let text = "[role]\nnouns = \"engineer, dev\"\n[event_pipeline]\nstrong = \"\"\"cdc,\nclick stream\"\"\"\n";
        let words = vocabulary_of(&[("vocabulary/own.toml", text)]).unwrap();
        assert_eq!(words.len(), 4);
        assert!(words.contains(&Word { text: "dev".into(), form: Form::Noun, mark: Mark::Sense(Sense::Role) }));
    }

    #[test]
    fn an_unknown_table_is_a_fault_with_its_line() {
        let faults =
            vocabulary_of(&[("vocabulary/own.toml", "[role]\nnouns = \"x\"\n[rolle]\nnouns = \"y\"\n")]).unwrap_err();
        assert_eq!(
            faults[0].to_string(),
            "vocabulary/own.toml:4: `rolle.nouns` is no list of words that a reader knows"
        );
    }
}
