//! The coach from its files: those that come with the bot, or an operator's beside and instead of them.

use super::fault::Fault;
use super::lexicon::lexicon_of;
use super::rules::{RuleWords, rule_book_of, rule_words_of};
use super::vocabulary::vocabulary_of;
use super::weights::weights_of;
use crate::domain::coach::{Coach, Lexicon, Weighing};

/// `prompts/lexicon/*.toml`, by name below the prompts folder.
pub const LEXICON: &[(&str, &str)] = &[
    ("lexicon/languages.toml", include_str!("../../prompts/lexicon/languages.toml")),
    ("lexicon/linguist.toml", include_str!("../../prompts/lexicon/linguist.toml")),
    ("lexicon/frameworks.toml", include_str!("../../prompts/lexicon/frameworks.toml")),
    ("lexicon/runtimes.toml", include_str!("../../prompts/lexicon/runtimes.toml")),
    ("lexicon/libraries.toml", include_str!("../../prompts/lexicon/libraries.toml")),
    ("lexicon/infrastructure.toml", include_str!("../../prompts/lexicon/infrastructure.toml")),
    ("lexicon/vendors.toml", include_str!("../../prompts/lexicon/vendors.toml")),
];

/// `prompts/vocabulary/*.toml`, by name below the prompts folder.
pub const VOCABULARY: &[(&str, &str)] = &[
    ("vocabulary/jobs.toml", include_str!("../../prompts/vocabulary/jobs.toml")),
    ("vocabulary/systems.toml", include_str!("../../prompts/vocabulary/systems.toml")),
    ("vocabulary/flow.toml", include_str!("../../prompts/vocabulary/flow.toml")),
    ("vocabulary/scale.toml", include_str!("../../prompts/vocabulary/scale.toml")),
    ("vocabulary/team.toml", include_str!("../../prompts/vocabulary/team.toml")),
    ("vocabulary/tongues.toml", include_str!("../../prompts/vocabulary/tongues.toml")),
];

/// `prompts/rules.toml`.
pub const RULES: (&str, &str) = ("rules.toml", include_str!("../../prompts/rules.toml"));

/// `prompts/coach.toml`.
pub const BOOK: (&str, &str) = ("coach.toml", include_str!("../../prompts/coach.toml"));

/// `prompts/weights.toml`.
pub const WEIGHTS: (&str, &str) = ("weights.toml", include_str!("../../prompts/weights.toml"));

/// The files a coach is made of, each as (name below the prompts folder, text).
#[derive(Debug, Clone)]
pub struct CoachFiles<'a> {
    /// Names of languages and stacks; an operator's files may be added.
    pub lexicon: Vec<(&'a str, &'a str)>,
    /// What words mean.
    pub vocabulary: Vec<(&'a str, &'a str)>,
    /// The second opinion; an empty text leaves all to the rules.
    pub weights: (&'a str, &'a str),
    /// What the coach says.
    pub rules: (&'a str, &'a str),
    /// What this workspace turns off or allows.
    pub book: (&'a str, &'a str),
    /// Labels, hints and examples of the form: an answer that repeats one is a copy.
    pub form_texts: Vec<String>,
}

impl CoachFiles<'static> {
    /// Those that come with the bot.
    pub fn embedded() -> Self {
        CoachFiles {
            lexicon: LEXICON.to_vec(),
            vocabulary: VOCABULARY.to_vec(),
            weights: WEIGHTS,
            rules: RULES,
            book: BOOK,
            form_texts: Vec::new(),
        }
    }
}

/// A coach and its words.
#[derive(Debug)]
pub struct CoachTools {
    /// Reads and finds.
    pub coach: Coach,
    /// Says why.
    pub words: RuleWords,
}

/// The coach of these files, or every fault in them.
pub fn coach_of(files: &CoachFiles) -> Result<CoachTools, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut take = |found: &mut Vec<Fault>| faults.append(found);
    let lexicon = lexicon_of(&files.lexicon).map_err(|mut found| take(&mut found)).ok();
    let vocabulary = vocabulary_of(&files.vocabulary).map_err(|mut found| take(&mut found)).ok();
    let weights = weights_of(files.weights.0, files.weights.1).map_err(|mut found| take(&mut found)).ok();
    let words = rule_words_of(files.rules.0, files.rules.1).map_err(|mut found| take(&mut found)).ok();
    let book = rule_book_of(files.book.0, files.book.1).map_err(|mut found| take(&mut found)).ok();
    let (Some(entries), Some(vocabulary), Some(weights), Some(words), Some(mut book)) =
        (lexicon, vocabulary, weights, words, book)
    else {
        return Err(faults);
    };
    book.form_texts.clone_from(&files.form_texts);
    match Lexicon::compile(entries, &vocabulary) {
        Ok(lexicon) => Ok(CoachTools { coach: Coach::new(lexicon, Weighing::of(weights), book), words }),
        Err(fault) => Err(vec![Fault { file: "lexicon".to_owned(), line: 0, problem: fault.to_string() }]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_that_come_with_the_bot_make_a_coach() {
        let tools = coach_of(&CoachFiles::embedded()).unwrap();
        assert!(tools.coach.read("Python developer").language_first());
    }

    #[test]
    fn faults_of_all_files_are_told_at_once() {
        let mut files = CoachFiles::embedded();
        files.lexicon.push(("lexicon/own.toml", "kind = \"langage\"\n"));
        files.book = ("coach.toml", "off = [\"x\"]\n");
        let told = coach_of(&files).unwrap_err();
        assert_eq!(told.len(), 2, "{told:?}");
    }

    #[test]
    fn an_operator_adds_a_name_and_allows_a_word() {
        let mut files = CoachFiles::embedded();
        files.lexicon.push(("lexicon/own.toml", "kind = \"framework\"\n[names]\nQuorbit = []\n"));
        files.book = ("coach.toml", "allowed = [\"Python\"]\n");
        let coach = coach_of(&files).unwrap().coach;
        assert!(coach.read("Quorbit developer, remote").language_first());
        assert!(!coach.read("Python developer, remote").language_first());
    }
}
