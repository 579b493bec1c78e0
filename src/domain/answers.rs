//! What a manager answers: bounded texts, one answer a question, and the answers given so far.

use std::collections::BTreeMap;
use std::fmt;

pub use super::choices::{Breadth, Code, Detail, Length, Load, Ramp, Speed, SystemType, Team};
use super::ids::SlackTime;

/// Why a text is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// Longer than the question takes.
    #[error("the text has {found} characters, {limit} at most")]
    TooLong {
        /// Characters it has.
        found: usize,
        /// Characters it may have.
        limit: usize,
    },
}

/// Typed words, exactly as typed but for white space at both ends; never empty; bounded in characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

impl Text {
    /// Accepts 1 to `limit` characters (Unicode scalar values). Control characters other than line breaks become spaces.
    pub fn parse(text: &str, limit: usize) -> Result<Self, TextFault> {
        let spaced: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
        let text = spaced.trim();
        if text.is_empty() {
            return Err(TextFault::Empty);
        }
        let found = text.chars().count();
        if found > limit {
            return Err(TextFault::TooLong { found, limit });
        }
        Ok(Text(text.to_owned()))
    }
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Typed text is never logged: its debug form is its length.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} chars)", self.0.chars().count())
    }
}

/// A place for an answer. The five required ones come first, system before scale before team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// 1: the type.
    SystemType,
    /// 1: what it does and what flows through it.
    System,
    /// 2: speed.
    Speed,
    /// 2: load.
    Load,
    /// 2, optional: the numbers they know.
    Numbers,
    /// 3: the team.
    Team,
    /// On the review: language and framework.
    Language,
    /// On the review: ramp time accepted.
    Ramp,
    /// On the review: the code.
    Code,
    /// On the review: length of need.
    Length,
    /// On the review, only when front-end work is named.
    Breadth,
    /// On the review: the title, when the made one does not suit.
    Title,
    /// "More for recruiters".
    Detail(Detail),
}

impl Question {
    /// The ones a scope cannot be posted without.
    pub const REQUIRED: [Question; 5] =
        [Question::SystemType, Question::System, Question::Speed, Question::Load, Question::Team];

    /// How many characters a typed answer may have; 0 for a choice.
    pub fn limit(self) -> usize {
        match self {
            Question::System => 300,
            Question::Numbers | Question::Language => 150,
            Question::Title => 80,
            Question::Detail(Detail::MustHave | Detail::NiceToHave) => 300,
            Question::Detail(_) => 150,
            _ => 0,
        }
    }

    /// The key in stores, forms and `prompts/`.
    pub fn key(self) -> &'static str {
        match self {
            Question::SystemType => "system_type",
            Question::System => "system",
            Question::Speed => "speed",
            Question::Load => "load",
            Question::Numbers => "numbers",
            Question::Team => "team",
            Question::Language => "language",
            Question::Ramp => "ramp",
            Question::Code => "code",
            Question::Length => "length",
            Question::Breadth => "breadth",
            Question::Title => "title",
            Question::Detail(detail) => detail.key(),
        }
    }

    /// Every question, required ones first.
    pub fn all() -> impl Iterator<Item = Question> {
        use Question as Q;
        [
            Q::SystemType,
            Q::System,
            Q::Speed,
            Q::Load,
            Q::Numbers,
            Q::Team,
            Q::Language,
            Q::Ramp,
            Q::Code,
            Q::Length,
            Q::Breadth,
            Q::Title,
        ]
        .into_iter()
        .chain(Detail::ALL.iter().copied().map(Question::Detail))
    }

    /// Reads what [`Self::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().find(|question| question.key() == key)
    }
}

/// One answer; its variant says to which question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Question::SystemType`].
    SystemType(SystemType),
    /// To [`Question::Speed`].
    Speed(Speed),
    /// To [`Question::Load`].
    Load(Load),
    /// To [`Question::Team`].
    Team(Team),
    /// To [`Question::Ramp`].
    Ramp(Ramp),
    /// To [`Question::Code`].
    Code(Code),
    /// To [`Question::Length`].
    Length(Length),
    /// To [`Question::Breadth`].
    Breadth(Breadth),
    /// To a question answered in words: System, Numbers, Language, Title or a detail.
    Words(Question, Text),
}

impl Answer {
    /// The question it answers.
    pub fn question(&self) -> Question {
        match self {
            Answer::SystemType(_) => Question::SystemType,
            Answer::Speed(_) => Question::Speed,
            Answer::Load(_) => Question::Load,
            Answer::Team(_) => Question::Team,
            Answer::Ramp(_) => Question::Ramp,
            Answer::Code(_) => Question::Code,
            Answer::Length(_) => Question::Length,
            Answer::Breadth(_) => Question::Breadth,
            Answer::Words(question, _) => *question,
        }
    }

    /// The text form: a choice's key, or the words.
    pub fn as_str(&self) -> &str {
        match self {
            Answer::SystemType(v) => v.key(),
            Answer::Speed(v) => v.key(),
            Answer::Load(v) => v.key(),
            Answer::Team(v) => v.key(),
            Answer::Ramp(v) => v.key(),
            Answer::Code(v) => v.key(),
            Answer::Length(v) => v.key(),
            Answer::Breadth(v) => v.key(),
            Answer::Words(_, text) => text.as_str(),
        }
    }

    /// Reads the text form for a question. `Ok(None)`: empty words; a fault: too long, or no such choice.
    pub fn parse(question: Question, text: &str) -> Result<Option<Self>, AnswerFault> {
        let unknown = AnswerFault::NoSuchChoice(question);
        Ok(Some(match question {
            Question::SystemType => Answer::SystemType(SystemType::from_key(text).ok_or(unknown)?),
            Question::Speed => Answer::Speed(Speed::from_key(text).ok_or(unknown)?),
            Question::Load => Answer::Load(Load::from_key(text).ok_or(unknown)?),
            Question::Team => Answer::Team(Team::from_key(text).ok_or(unknown)?),
            Question::Ramp => Answer::Ramp(Ramp::from_key(text).ok_or(unknown)?),
            Question::Code => Answer::Code(Code::from_key(text).ok_or(unknown)?),
            Question::Length => Answer::Length(Length::from_key(text).ok_or(unknown)?),
            Question::Breadth => Answer::Breadth(Breadth::from_key(text).ok_or(unknown)?),
            words => match Text::parse(text, words.limit()) {
                Ok(text) => Answer::Words(words, text),
                Err(TextFault::Empty) => return Ok(None),
                Err(fault) => return Err(AnswerFault::Text(words, fault)),
            },
        }))
    }
}

/// Why something from outside is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    /// The key names none of the choices.
    #[error("no such choice")]
    NoSuchChoice(Question),
    /// The words do not fit.
    #[error("{1}")]
    Text(Question, TextFault),
}

/// What one question holds, and Slack's time of the action that set it. A cleared answer keeps its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The answer; `None` once cleared.
    pub answer: Option<Answer>,
    /// When it was set, by Slack's clock.
    pub set_at: SlackTime,
}

/// The answers so far; at most one a question, none of them required yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers(BTreeMap<Question, Entry>);

impl Answers {
    /// Sets or clears, unless something newer or equally old stands there. Says whether it did.
    pub fn set(&mut self, question: Question, answer: Option<Answer>, at: SlackTime) -> bool {
        debug_assert!(answer.as_ref().is_none_or(|a| a.question() == question));
        if self.0.get(&question).is_some_and(|entry| entry.set_at > at) {
            return false;
        }
        self.0.insert(question, Entry { answer, set_at: at });
        true
    }
    /// The answer to one question.
    pub fn answer(&self, question: Question) -> Option<&Answer> {
        self.0.get(&question).and_then(|entry| entry.answer.as_ref())
    }
    /// The entries in the order of the questions, cleared ones included.
    pub fn entries(&self) -> impl Iterator<Item = (Question, &Entry)> {
        self.0.iter().map(|(question, entry)| (*question, entry))
    }
    /// The answers that stand, in the order of the questions.
    pub fn given(&self) -> impl Iterator<Item = &Answer> {
        self.0.values().filter_map(|entry| entry.answer.as_ref())
    }
    /// The typed words for a question.
    pub fn words(&self, question: Question) -> Option<&str> {
        match self.answer(question) {
            Some(Answer::Words(_, text)) => Some(text.as_str()),
            _ => None,
        }
    }
    /// The required questions still open, in order.
    pub fn missing(&self) -> Vec<Question> {
        Question::REQUIRED.into_iter().filter(|question| self.answer(*question).is_none()).collect()
    }
    /// Whether the same answers stand, whenever they were set.
    pub fn say_the_same(&self, other: &Answers) -> bool {
        self.given().eq(other.given())
    }
}
