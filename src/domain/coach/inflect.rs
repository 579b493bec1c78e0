//! The forms an English word of the vocabulary takes: enough for matching, not for writing.

use super::lexicon::Form;

const VOWELS: &[char] = &['a', 'e', 'i', 'o', 'u'];

/// The word itself and its bent forms.
pub(super) fn forms_of(word: &str, form: Form) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    if !word.chars().next_back().is_some_and(|c| c.is_ascii_alphabetic()) {
        return forms;
    }
    match form {
        Form::Plain => {}
        Form::Noun => forms.push(with_s(word)),
        Form::Verb => {
            // "fan out" bends its first word.
            let (head, tail) = match word.split_once(' ') {
                Some((head, tail)) => (head, format!(" {tail}")),
                None => (word, String::new()),
            };
            for bent in [with_s(head), with_ending(head, "ed"), with_ending(head, "ing")] {
                forms.push(format!("{bent}{tail}"));
            }
        }
    }
    forms
}

fn with_s(word: &str) -> String {
    let consonant_before_y =
        word.strip_suffix('y').and_then(|stem| stem.chars().next_back()).is_some_and(|last| !VOWELS.contains(&last));
    if consonant_before_y {
        format!("{}ies", &word[..word.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

fn with_ending(word: &str, ending: &str) -> String {
    if let Some(stem) = word.strip_suffix('e').filter(|stem| !stem.ends_with('e')) {
        return format!("{stem}{ending}");
    }
    if ending == "ed"
        && let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(VOWELS))
    {
        return format!("{stem}ied");
    }
    let letters: Vec<char> = word.chars().rev().take(3).collect();
    let doubles = word.len() <= 5
        && matches!(letters.as_slice(), [last, vowel, first]
            if !VOWELS.contains(last) && !"wxy".contains(*last) && VOWELS.contains(vowel) && !VOWELS.contains(first));
    match letters.first() {
        Some(last) if doubles => format!("{word}{last}{ending}"),
        _ => format!("{word}{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_take_their_plural_and_verbs_their_endings() {
        assert_eq!(forms_of("query", Form::Noun), ["query", "queries"]);
        assert_eq!(forms_of("batch", Form::Noun), ["batch", "batches"]);
        assert_eq!(forms_of("ship", Form::Verb), ["ship", "ships", "shipped", "shipping"]);
        assert_eq!(forms_of("route", Form::Verb), ["route", "routes", "routed", "routing"]);
        assert_eq!(forms_of("fan out", Form::Verb), ["fan out", "fans out", "fanned out", "fanning out"]);
        assert_eq!(forms_of("classify", Form::Verb), ["classify", "classifies", "classified", "classifying"]);
        assert_eq!(forms_of("stream", Form::Verb), ["stream", "streams", "streamed", "streaming"]);
    }
}
