//! A brief: the three questions answered. One that exists is complete; the rest is optional.

use super::answers::{
    Answer, Answers, Breadth, Code, Detail, Length, Load, Question, Ramp, Speed, SystemType, Team, Text,
};

/// Everything a summary is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// 1: the type.
    pub system_type: SystemType,
    /// 1: what it does and what flows through it, as typed.
    pub system: Text,
    /// 2: speed.
    pub speed: Speed,
    /// 2: load.
    pub load: Load,
    /// 2: the numbers they know, as typed.
    pub numbers: Option<Text>,
    /// 3: the team.
    pub team: Team,
    /// Language and framework, as typed.
    pub language: Option<Text>,
    /// Ramp time accepted.
    pub ramp: Option<Ramp>,
    /// State of the code.
    pub code: Option<Code>,
    /// Length of the need.
    pub length: Option<Length>,
    /// Backend or full-stack, when asked.
    pub breadth: Option<Breadth>,
    /// A title of the manager's own; else one is made.
    pub title: Option<Text>,
    /// What recruiters asked for, in the order of [`Detail::ALL`].
    pub details: Vec<(Detail, Text)>,
}

impl Brief {
    /// The brief of these answers, or the required questions still open.
    pub fn of(answers: &Answers) -> Result<Brief, Vec<Question>> {
        let words = |question| match answers.answer(question) {
            Some(Answer::Words(_, text)) => Some(text.clone()),
            _ => None,
        };
        macro_rules! chosen {
            ($kind:ident) => {
                match answers.answer(Question::$kind) {
                    Some(Answer::$kind(value)) => Some(*value),
                    _ => None,
                }
            };
        }
        let (Some(system_type), Some(system), Some(speed), Some(load), Some(team)) =
            (chosen!(SystemType), words(Question::System), chosen!(Speed), chosen!(Load), chosen!(Team))
        else {
            return Err(answers.missing());
        };
        Ok(Brief {
            system_type,
            system,
            speed,
            load,
            numbers: words(Question::Numbers),
            team,
            language: words(Question::Language),
            ramp: chosen!(Ramp),
            code: chosen!(Code),
            length: chosen!(Length),
            breadth: chosen!(Breadth),
            title: words(Question::Title),
            details: Detail::ALL
                .iter()
                .filter_map(|detail| words(Question::Detail(*detail)).map(|text| (*detail, text)))
                .collect(),
        })
    }

    /// The answers that make it up.
    pub fn answers(&self) -> Vec<Answer> {
        let words = |question, text: &Option<Text>| text.clone().map(|text| Answer::Words(question, text));
        let mut answers = vec![
            Answer::SystemType(self.system_type),
            Answer::Words(Question::System, self.system.clone()),
            Answer::Speed(self.speed),
            Answer::Load(self.load),
            Answer::Team(self.team),
        ];
        answers.extend(words(Question::Numbers, &self.numbers));
        answers.extend(words(Question::Language, &self.language));
        answers.extend(self.ramp.map(Answer::Ramp));
        answers.extend(self.code.map(Answer::Code));
        answers.extend(self.length.map(Answer::Length));
        answers.extend(self.breadth.map(Answer::Breadth));
        answers.extend(words(Question::Title, &self.title));
        answers
            .extend(self.details.iter().map(|(detail, text)| Answer::Words(Question::Detail(*detail), text.clone())));
        answers
    }
}
