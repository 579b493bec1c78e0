//! All answers read together: what to say at the review, and where words and a choice disagree.

use super::Coach;
use super::bands::{load_of, speed_of};
use super::evidence::Evidence;
use super::findings::{among_back_end_colleagues, findings_in};
use super::fold::folded_phrase;
use super::reading::Reading;
use super::rules::{Case, Filling, Finding, Hole, Overrides, Rule};
use super::scale::Measure;
use super::tongue::Tongue;
use crate::domain::answers::{Answer, Answers, Code, Detail, Load, Question, Speed, SystemType, Team};

/// Findings in all, and findings a sentence.
const AT_MOST: usize = 3;
const A_SENTENCE: usize = 1;

/// The words and the band chosen disagree: both are shown as a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// On load.
    Load {
        /// The band chosen.
        chosen: Load,
        /// The band the words mean.
        words_say: Load,
        /// The words.
        quote: String,
    },
    /// On speed.
    Speed {
        /// The band chosen.
        chosen: Speed,
        /// The band the words mean.
        words_say: Speed,
        /// The words.
        quote: String,
    },
}

impl Conflict {
    /// The question it concerns.
    pub fn question(&self) -> Question {
        match self {
            Conflict::Load { .. } => Question::Load,
            Conflict::Speed { .. } => Question::Speed,
        }
    }
}

/// The answers in words that are read, in order.
const READ: [Question; 5] = [
    Question::System,
    Question::Numbers,
    Question::Title,
    Question::Detail(Detail::MustHave),
    Question::Detail(Detail::NiceToHave),
];

struct Chosen {
    system_type: Option<SystemType>,
    speed: Option<Speed>,
    load: Option<Load>,
    team: Option<Team>,
    code: Option<Code>,
}

impl Chosen {
    fn of(answers: &Answers) -> Self {
        let mut chosen = Chosen { system_type: None, speed: None, load: None, team: None, code: None };
        for answer in answers.given() {
            match answer {
                Answer::SystemType(value) => chosen.system_type = Some(*value),
                Answer::Speed(value) => chosen.speed = Some(*value),
                Answer::Load(value) => chosen.load = Some(*value),
                Answer::Team(value) => chosen.team = Some(*value),
                Answer::Code(value) => chosen.code = Some(*value),
                _ => {}
            }
        }
        chosen
    }
    /// A band is an order of magnitude: "fast" is no fault beside it.
    fn gives_scale(&self) -> bool {
        self.speed.is_some_and(|speed| speed != Speed::NotKnown) || self.load.is_some_and(|load| load != Load::NotKnown)
    }
}

/// Answers read once, for all that is asked of them.
#[derive(Debug)]
pub struct Sheet<'a> {
    coach: &'a Coach,
    answers: &'a Answers,
    readings: Vec<(Question, Reading)>,
}

impl Coach {
    /// Reads the answers; most of what the coach costs is here.
    pub fn sheet<'a>(&'a self, answers: &'a Answers) -> Sheet<'a> {
        let read = |question| Some((question, self.read(answers.words(question)?)));
        Sheet { coach: self, answers, readings: READ.into_iter().filter_map(read).collect() }
    }

    /// [`Sheet::review`], when nothing else is asked.
    pub fn review(&self, answers: &Answers, overrides: &Overrides) -> Vec<Finding> {
        self.sheet(answers).review(overrides)
    }
}

impl Sheet<'_> {
    /// The answers that were read.
    pub fn answers(&self) -> &Answers {
        self.answers
    }

    /// The findings for a review: one a sentence, three in all, language-first first, none that was overridden.
    pub fn review(&self, overrides: &Overrides) -> Vec<Finding> {
        let (coach, answers, readings) = (self.coach, self.answers, &self.readings);
        let chosen = Chosen::of(answers);
        let mut findings = Vec::new();
        for (question, reading) in readings {
            findings.extend(findings_in(reading, Some(*question)).into_iter().filter(|finding| match finding.rule {
                // Only what leads the role is a lead: skills listed as details, and numbers, lead nothing.
                Rule::LanguageFirst => matches!(question, Question::System | Question::Title),
                Rule::VagueScale => {
                    !chosen.gives_scale() && !readings.iter().any(|(_, reading)| reading.scale_stated())
                }
                Rule::Coupling => chosen.code != Some(Code::Coupled),
                _ => true,
            }));
        }
        findings.extend(coach.empty_or_copied(answers, readings));
        findings.extend(against_the_choices(&chosen, readings));
        findings.extend(self.conflict().map(|conflict| finding_of(&conflict, readings)));
        findings.retain(|finding| coach.may_say(finding) && !overrides.cover(finding));
        findings.sort_by_key(|finding| finding.rule);
        let mut kept: Vec<Finding> = Vec::new();
        for finding in findings {
            let sentence = sentence_of(finding.question);
            let crowded = kept.iter().filter(|other| sentence_of(other.question) == sentence).count() >= A_SENTENCE;
            let said = kept.iter().any(|other| other.rule == finding.rule);
            if kept.len() < AT_MOST && !crowded && !said {
                kept.push(finding);
            }
        }
        kept
    }

    /// Where the numbers in words and the band chosen disagree; silence when any number agrees.
    pub fn conflict(&self) -> Option<Conflict> {
        let chosen = Chosen::of(self.answers);
        let quantities: Vec<_> = self
            .readings
            .iter()
            .filter(|(question, reading)| {
                matches!(question, Question::System | Question::Numbers) && reading.tongue == Tongue::English
            })
            .flat_map(|(_, reading)| &reading.quantities)
            .collect();
        if let Some(chosen) = chosen.load {
            let loads: Vec<_> = quantities.iter().filter_map(|quantity| Some((load_of(quantity)?, quantity))).collect();
            // A day's average lies up to one band below its busy moment.
            let agrees = |(load, quantity): &(Load, &&super::scale::Quantity)| {
                let average = matches!(quantity.measure, Measure::Rate { period, .. } if period > 3_600.0);
                *load == chosen || average && load_above(*load) == Some(chosen)
            };
            if let Some((words_say, quantity)) = loads.first()
                && !loads.iter().any(agrees)
            {
                return Some(Conflict::Load { chosen, words_say: *words_say, quote: quantity.evidence.quote.clone() });
            }
        }
        let chosen = chosen.speed?;
        let speeds: Vec<_> = quantities.iter().filter_map(|quantity| Some((speed_of(quantity)?, quantity))).collect();
        let (words_say, quantity) = speeds.first()?;
        if speeds.iter().any(|(speed, _)| *speed == chosen) {
            return None;
        }
        Some(Conflict::Speed { chosen, words_say: *words_say, quote: quantity.evidence.quote.clone() })
    }

    /// The system in 2 to 5 words as typed, for a title.
    pub fn title_words(&self) -> Option<String> {
        let (_, reading) = self.readings.iter().find(|(question, _)| *question == Question::System)?;
        let title = &reading.title.as_ref().filter(|_| reading.tongue == Tongue::English)?.quote;
        (2..=5).contains(&title.split_whitespace().count()).then(|| title.clone())
    }

    /// What names front-end work, when anything does.
    pub fn names_front_end(&self) -> Option<Evidence> {
        let named = |(_, reading): &(_, Reading)| reading.phrases_of(super::senses::Sense::Frontend).next().cloned();
        self.readings.iter().find_map(named)
    }
}

impl Coach {
    /// Whether rules and allowed words let a finding be said.
    pub(super) fn may_say(&self, finding: &Finding) -> bool {
        !self.book.off.contains(&finding.rule)
            && !self.allowed.iter().any(|word| *word == folded_phrase(&finding.quote))
    }

    fn empty_or_copied(&self, answers: &Answers, readings: &[(Question, Reading)]) -> Option<Finding> {
        let text = answers.words(Question::System)?;
        let (_, reading) = readings.iter().find(|(question, _)| *question == Question::System)?;
        let whole = Evidence { quote: text.to_owned(), start: 0, end: text.len() };
        let folded = folded_phrase(text);
        let elsewhere = [Question::Numbers, Question::Title]
            .into_iter()
            .filter_map(|question| answers.words(question))
            .any(|other| folded_phrase(other) == folded);
        if elsewhere || self.form_texts.contains(&folded) {
            return Some(Finding::new(Case::CopiedAnswer, Some(Question::System), &whole));
        }
        let says_nothing = reading.tongue == Tongue::English
            && reading.specific_words == 0
            && reading.names.is_empty()
            && reading.systems.is_empty()
            && reading.quantities.is_empty()
            && reading.running.is_none();
        says_nothing.then(|| Finding::new(Case::EmptyAnswer, Some(Question::System), &whole))
    }
}

/// 1 system, 2 latency and scale, 3 team, 4 all else.
fn sentence_of(question: Option<Question>) -> u8 {
    match question {
        Some(Question::SystemType | Question::System) => 1,
        Some(Question::Speed | Question::Load | Question::Numbers) => 2,
        Some(Question::Team) => 3,
        _ => 4,
    }
}

fn load_above(load: Load) -> Option<Load> {
    let at = Load::ALL.iter().position(|other| *other == load)?;
    Load::ALL.get(at + 1).copied().filter(|next| *next != Load::NotKnown)
}

fn against_the_choices(chosen: &Chosen, readings: &[(Question, Reading)]) -> Vec<Finding> {
    let english = || readings.iter().filter(|(_, reading)| reading.tongue == Tongue::English);
    let mut findings = Vec::new();
    if let Some(chosen) = chosen.system_type
        && let Some((_, reading)) = english().find(|(question, _)| *question == Question::System)
        && let Some(running) = reading.running.as_ref().filter(|running| running.clear)
        && let Some(said) = running.system_type().filter(|said| *said != chosen)
    {
        findings.push(
            Finding::new(Case::TypeAgainstWords, Some(Question::System), &running.evidence)
                .with(Hole::Chosen, Filling::Type(chosen))
                .with(Hole::Said, Filling::Type(said)),
        );
    }
    if let Some(team) = chosen.team {
        let teams = english().flat_map(|(_, reading)| &reading.teams);
        let against = teams.into_iter().find(|read| match (team, read.team, read.size) {
            (Team::Solo, _, size) => {
                size.is_some_and(|size| size >= 1) && among_back_end_colleagues(size.map(|s| s.max(2)), &read.evidence)
            }
            (Team::OneOrTwo | Team::Larger, Some(Team::Solo), _) => true,
            (Team::OneOrTwo, _, Some(size)) => size >= 5,
            _ => false,
        });
        if let Some(read) = against {
            let said = read.team.unwrap_or(Team::Larger);
            findings.push(
                Finding::new(Case::TeamAgainstWords, Some(Question::Team), &read.evidence)
                    .with(Hole::Chosen, Filling::Team(team))
                    .with(Hole::Said, Filling::Team(said)),
            );
        }
    }
    findings
}

fn finding_of(conflict: &Conflict, readings: &[(Question, Reading)]) -> Finding {
    let (case, chosen, said, quote) = match conflict {
        Conflict::Load { chosen, words_say, quote } => {
            (Case::LoadAgainstWords, Filling::Load(*chosen), Filling::Load(*words_say), quote)
        }
        Conflict::Speed { chosen, words_say, quote } => {
            (Case::SpeedAgainstWords, Filling::Speed(*chosen), Filling::Speed(*words_say), quote)
        }
    };
    let evidence = readings
        .iter()
        .flat_map(|(_, reading)| &reading.quantities)
        .map(|quantity| &quantity.evidence)
        .find(|evidence| evidence.quote == *quote)
        .cloned()
        .unwrap_or(Evidence { quote: quote.clone(), start: 0, end: quote.len() });
    Finding::new(case, Some(conflict.question()), &evidence).with(Hole::Chosen, chosen).with(Hole::Said, said)
}
