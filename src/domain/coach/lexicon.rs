//! The lexicon: names of languages and stacks, and the words around them, compiled into one automaton.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::fold::folded_phrase;
use super::inflect::forms_of;
use super::senses::{Layer, Sense, Senses};
use super::typo::Spellings;
use crate::domain::answers::SystemType;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A programming language.
    Language,
    /// A framework.
    Framework,
    /// A runtime.
    Runtime,
    /// A library.
    Library,
    /// A vendor's stack or office platform.
    Vendor,
    /// A broker, a store, an orchestrator.
    Infrastructure,
}

impl Kind {
    /// The key in `prompts/lexicon/`.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Language => "language",
            Kind::Framework => "framework",
            Kind::Runtime => "runtime",
            Kind::Library => "library",
            Kind::Vendor => "vendor",
            Kind::Infrastructure => "infrastructure",
        }
    }
    /// Reads what [`Self::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        use Kind as K;
        [K::Language, K::Framework, K::Runtime, K::Library, K::Vendor, K::Infrastructure]
            .into_iter()
            .find(|kind| kind.key() == key)
    }
}

/// What a name may mean besides: decides how much support it needs from the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ambiguity {
    /// Nothing else.
    Certain,
    /// An everyday word: go, rust, spring.
    Word,
    /// A person, a place, a season: Julia, Phoenix, Spring.
    Person,
    /// A single letter: C, R.
    Letter,
    /// A rare language, more often something else.
    Rare,
}

/// One checked entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name as people spell it.
    pub name: String,
    /// What it names.
    pub kind: Kind,
    /// What the name may mean besides. The aliases are certain.
    pub ambiguity: Ambiguity,
    /// Other spellings: short forms, misspellings, other scripts.
    pub aliases: Vec<String>,
}

/// What a statement says is run: one of the five types, or something of no such type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Running {
    /// One of the five.
    Typed(SystemType),
    /// A concrete system that is none of them.
    Other,
}

/// What a word of the vocabulary brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A sense.
    Sense(Sense),
    /// A vote for a type: 1 weak, 2 fair, 3 strong.
    Vote(Running, u8),
}

/// How a word bends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As written.
    Plain,
    /// Plural too.
    Noun,
    /// -s, -ed, -ing too.
    Verb,
}

/// One word or phrase of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written in the data.
    pub text: String,
    /// How it bends.
    pub form: Form,
    /// What it brings.
    pub mark: Mark,
}

/// The weight of a vote that decides.
pub const STRONG: u8 = 3;

/// Votes by type: rest, events, batch, AI, integration, other.
pub(super) type Votes = [u8; 6];

pub(super) fn slot(running: Running) -> usize {
    match running {
        Running::Typed(SystemType::RestApi) => 0,
        Running::Typed(SystemType::EventPipeline) => 1,
        Running::Typed(SystemType::BatchProcessing) => 2,
        Running::Typed(SystemType::AiInference) => 3,
        Running::Typed(SystemType::ServiceIntegration) => 4,
        Running::Other => 5,
    }
}

/// All that one spelling brings.
#[derive(Debug, Clone, Default)]
pub(super) struct Term {
    pub senses: Senses,
    pub votes: Votes,
    pub name: Option<(u16, Ambiguity)>,
}

impl Term {
    pub(super) fn visible_in(&self, layer: Layer) -> bool {
        self.senses & layer.mask() != 0
            || match layer {
                Layer::Lead => self.name.is_some(),
                Layer::Kind => self.votes != [0; 6] || self.name.is_some(),
                _ => false,
            }
    }
}

/// The automaton could not be built: too many words.
#[derive(Debug, thiserror::Error)]
#[error("the lexicon is too large to compile: {0}")]
pub struct LexiconFault(#[from] aho_corasick::BuildError);

/// Entries and vocabulary, compiled. Cheap to search, made once.
#[derive(Debug)]
pub struct Lexicon {
    pub(super) automaton: AhoCorasick,
    pub(super) terms: Vec<Term>,
    pub(super) entries: Vec<Entry>,
    pub(super) spellings: Spellings,
}

impl Lexicon {
    /// Compiles entries and words. Spellings are folded: case, width and accents do not matter.
    pub fn compile(entries: Vec<Entry>, words: &[Word]) -> Result<Lexicon, LexiconFault> {
        let mut terms: HashMap<String, Term> = HashMap::new();
        for word in words {
            for form in forms_of(&word.text, word.form) {
                let key = folded_phrase(&form);
                if key.is_empty() {
                    continue;
                }
                let term = terms.entry(key).or_default();
                match word.mark {
                    Mark::Sense(sense) => term.senses |= sense.bit(),
                    Mark::Vote(running, weight) => {
                        let vote = &mut term.votes[slot(running)];
                        *vote = (*vote).max(weight);
                        // A word that decides a type names a system; but an API alone is no system.
                        if weight == STRONG && !matches!(running, Running::Typed(SystemType::RestApi)) {
                            term.senses |= Sense::System.bit();
                        }
                    }
                }
            }
        }
        let mut spellings = Spellings::default();
        for (index, entry) in entries.iter().enumerate() {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            let mut name = |text: &str, ambiguity| {
                let key = folded_phrase(text);
                if key.is_empty() {
                    return;
                }
                let term = terms.entry(key).or_default();
                if term.name.is_none_or(|(_, known)| ambiguity < known) {
                    term.name = Some((index, ambiguity));
                }
            };
            name(&entry.name, entry.ambiguity);
            for alias in &entry.aliases {
                name(alias, Ambiguity::Certain);
            }
            if entry.ambiguity == Ambiguity::Certain {
                spellings.learn(&folded_phrase(&entry.name), index);
            }
        }
        let mut spelt: Vec<(String, Term)> = terms.into_iter().collect();
        spelt.sort_by(|a, b| a.0.cmp(&b.0));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(spelt.iter().map(|(text, _)| text))?;
        Ok(Lexicon { automaton, terms: spelt.into_iter().map(|(_, term)| term).collect(), entries, spellings })
    }

    pub(super) fn entry(&self, index: u16) -> Option<&Entry> {
        self.entries.get(usize::from(index))
    }

    /// How many names are known.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no name is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
