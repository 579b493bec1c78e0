//! What the coach can find: a closed list of rules, their cases, and findings.

use std::collections::{BTreeSet, HashSet};

use super::evidence::Evidence;
use super::fold::folded_phrase;
use crate::domain::answers::{Load, Question, Speed, SystemType, Team};
use crate::domain::choices::choice;

choice!(
    /// The rules, the most important first: the order in which findings stand.
    Rule {
        /// A language or stack stands where the system should.
        LanguageFirst = "language_first",
        /// The answer says nothing.
        EmptyAnswer = "empty_answer",
        /// The answer repeats another text.
        CopiedAnswer = "copied_answer",
        /// Two things said do not go together.
        Contradiction = "contradiction",
        /// A test of algorithms is planned.
        AlgorithmTest = "algorithm_test",
        /// Back end and front end in one person.
        TwoRoles = "two_roles",
        /// Code that is tightly coupled.
        Coupling = "coupling",
        /// Scale without a number.
        VagueScale = "vague_scale",
    }
);

choice!(
    /// How much a finding matters.
    Severity {
        /// Likely to end in the wrong hire.
        Warning = "warning",
        /// Worth a second look.
        Advice = "advice",
        /// Good to know, nothing to mend.
        Note = "note",
    }
);

choice!(
    /// The cases of the rules: each has its own words in `prompts/rules.toml`.
    Case {
        /// Of [`Rule::LanguageFirst`].
        LanguageFirst = "language_first",
        /// Of [`Rule::EmptyAnswer`].
        EmptyAnswer = "empty_answer",
        /// Of [`Rule::CopiedAnswer`].
        CopiedAnswer = "copied_answer",
        /// The type chosen, and words of another.
        TypeAgainstWords = "type_against_words",
        /// Two types in one text.
        TwoTypes = "two_types",
        /// The team chosen, and words of another.
        TeamAgainstWords = "team_against_words",
        /// Alone, and among others, in one text.
        AloneAmongOthers = "alone_among_others",
        /// The band of load chosen, and numbers of another.
        LoadAgainstWords = "load_against_words",
        /// The band of speed chosen, and numbers of another.
        SpeedAgainstWords = "speed_against_words",
        /// Of [`Rule::AlgorithmTest`].
        AlgorithmTest = "algorithm_test",
        /// Of [`Rule::TwoRoles`].
        TwoRoles = "two_roles",
        /// Of [`Rule::Coupling`].
        Coupling = "coupling",
        /// Of [`Rule::VagueScale`].
        VagueScale = "vague_scale",
    }
);

impl Rule {
    /// How much its findings matter.
    pub fn severity(self) -> Severity {
        match self {
            Rule::LanguageFirst | Rule::Contradiction => Severity::Warning,
            Rule::EmptyAnswer | Rule::CopiedAnswer | Rule::AlgorithmTest | Rule::TwoRoles | Rule::VagueScale => {
                Severity::Advice
            }
            Rule::Coupling => Severity::Note,
        }
    }
}

impl Case {
    /// The rule it belongs to.
    pub fn rule(self) -> Rule {
        match self {
            Case::LanguageFirst => Rule::LanguageFirst,
            Case::EmptyAnswer => Rule::EmptyAnswer,
            Case::CopiedAnswer => Rule::CopiedAnswer,
            Case::TypeAgainstWords
            | Case::TwoTypes
            | Case::TeamAgainstWords
            | Case::AloneAmongOthers
            | Case::LoadAgainstWords
            | Case::SpeedAgainstWords => Rule::Contradiction,
            Case::AlgorithmTest => Rule::AlgorithmTest,
            Case::TwoRoles => Rule::TwoRoles,
            Case::Coupling => Rule::Coupling,
            Case::VagueScale => Rule::VagueScale,
        }
    }
    /// The holes its words may have.
    pub fn holes(self) -> &'static [Hole] {
        match self {
            Case::EmptyAnswer
            | Case::CopiedAnswer
            | Case::AlgorithmTest
            | Case::TwoRoles
            | Case::Coupling
            | Case::VagueScale => &[Hole::Quote],
            Case::LanguageFirst => &[Hole::Quote, Hole::Name],
            _ => &[Hole::Quote, Hole::Chosen, Hole::Said],
        }
    }
}

choice!(
    /// A hole in the words of a finding.
    Hole {
        /// The words the finding is about.
        Quote = "quote",
        /// The language or stack, in the lexicon's spelling.
        Name = "name",
        /// What was chosen, or said first.
        Chosen = "chosen",
        /// What the words say.
        Said = "said",
    }
);

/// What fills a hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// Words as typed, or a name.
    Words(String),
    /// A type of system.
    Type(SystemType),
    /// A team.
    Team(Team),
    /// A band of load.
    Load(Load),
    /// A band of speed.
    Speed(Speed),
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The case, whose words say why.
    pub case: Case,
    /// The rule.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// The answer it concerns; none for a text outside the form.
    pub question: Option<Question>,
    /// The words it is about.
    pub quote: String,
    /// Their first byte in the answer or text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What fills the holes of its words, the quote included.
    pub holes: Vec<(Hole, Filling)>,
}

impl Finding {
    pub(super) fn new(case: Case, question: Option<Question>, evidence: &Evidence) -> Self {
        Finding {
            case,
            rule: case.rule(),
            severity: case.rule().severity(),
            question,
            quote: evidence.quote.clone(),
            start: evidence.start,
            end: evidence.end,
            holes: vec![(Hole::Quote, Filling::Words(evidence.quote.clone()))],
        }
    }
    pub(super) fn with(mut self, hole: Hole, filling: Filling) -> Self {
        self.holes.push((hole, filling));
        self
    }
    /// The digest of its words, by which an override is remembered.
    pub fn digest(&self) -> u64 {
        digest_of(&self.quote)
    }
}

/// FNV-1a of words, 64 bits; case, width, accents and runs of white space make no difference.
pub fn digest_of(words: &str) -> u64 {
    folded_phrase(words)
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Rules turned off and words allowed, by configuration; texts of the form, so that a copied one is seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleBook {
    /// Rules that find nothing.
    pub off: BTreeSet<Rule>,
    /// Words that are never quoted by a finding, and no names of languages.
    pub allowed: Vec<String>,
    /// Labels, hints and examples of the form.
    pub form_texts: Vec<String>,
}

/// What was posted on purpose: nothing is found again for the same rule and words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides(HashSet<(Rule, u64)>);

impl Overrides {
    /// Remembers one.
    pub fn insert(&mut self, rule: Rule, digest: u64) {
        self.0.insert((rule, digest));
    }
    /// Whether this finding was overridden.
    pub fn cover(&self, finding: &Finding) -> bool {
        self.0.contains(&(finding.rule, finding.digest()))
    }
}

impl FromIterator<(Rule, u64)> for Overrides {
    fn from_iter<I: IntoIterator<Item = (Rule, u64)>>(pairs: I) -> Self {
        Overrides(pairs.into_iter().collect())
    }
}
