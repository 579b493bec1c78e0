//! A draft: answers with Slack's time of each, windows, and the candidate last reviewed.

use serde::{Deserialize, Serialize};

use crate::domain::answers::{Answer, Answers, Question, Text};
use crate::domain::draft::{Candidate, Conflict, Draft, Warning, Window};
use crate::domain::ids::{ChannelId, SlackTime, WindowId};

use super::brief::{AcknowledgedRecord, BriefRecord};
use super::{Nonsense, Spelt};

/// A [`Draft`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftRecord {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    answers: Vec<EntryRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parked: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    windows: Vec<WindowRecord>,
    generation: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    candidate: Option<CandidateRecord>,
    reviews: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    acknowledged: Vec<AcknowledgedRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    channel: Option<Spelt<ChannelId>>,
}

/// One answer; without `answer`, one that was cleared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryRecord {
    question: Spelt<Question>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    at: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowRecord {
    id: Spelt<WindowId>,
    last: u64,
    /// Question, fingerprint, time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    seen: Vec<(Spelt<Question>, u64, u64)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CandidateRecord {
    number: u32,
    answers: u64,
    brief: BriefRecord,
    title: String,
    sentences: [String; 3],
    /// Rule and fingerprint of the words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<(String, u64)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    conflict: Option<ConflictRecord>,
}

/// Words and band, for one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConflictRecord {
    words: u64,
    question: Spelt<Question>,
    by_words: String,
    by_choice: String,
}

impl ConflictRecord {
    fn into_record(conflict: &Conflict) -> Self {
        ConflictRecord {
            words: conflict.words,
            question: Spelt(conflict.by_words.question()),
            by_words: conflict.by_words.as_str().to_owned(),
            by_choice: conflict.by_choice.as_str().to_owned(),
        }
    }
    fn from_record(self) -> Result<Conflict, Nonsense> {
        let question = self.question.0;
        Ok(Conflict {
            words: self.words,
            by_words: answer_of(question, &self.by_words)?,
            by_choice: answer_of(question, &self.by_choice)?,
        })
    }
}

impl DraftRecord {
    /// The stored form.
    pub fn into_record(draft: &Draft) -> Self {
        DraftRecord {
            answers: draft
                .answers
                .entries()
                .map(|(question, entry)| EntryRecord {
                    question: Spelt(question),
                    answer: entry.answer.as_ref().map(|answer| answer.as_str().to_owned()),
                    at: entry.set_at.0,
                })
                .collect(),
            parked: draft.parked.clone(),
            windows: draft.windows.iter().map(WindowRecord::into_record).collect(),
            generation: draft.generation,
            candidate: draft.candidate.as_ref().map(CandidateRecord::into_record),
            reviews: draft.reviews,
            acknowledged: draft.acknowledged.iter().map(AcknowledgedRecord::into_record).collect(),
            channel: draft.channel.clone().map(Spelt),
        }
    }
    /// The draft.
    pub fn from_record(self) -> Result<Draft, Nonsense> {
        let mut answers = Answers::default();
        for entry in self.answers {
            let question = entry.question.0;
            let answer = entry.answer.map(|text| answer_of(question, &text)).transpose()?;
            answers.set(question, answer, SlackTime(entry.at));
        }
        Ok(Draft {
            answers,
            parked: self.parked,
            windows: self.windows.into_iter().map(WindowRecord::from_record).collect(),
            generation: self.generation,
            candidate: self.candidate.map(CandidateRecord::from_record).transpose()?,
            reviews: self.reviews,
            acknowledged: self.acknowledged.into_iter().map(AcknowledgedRecord::from_record).collect(),
            channel: self.channel.map(|channel| channel.0),
        })
    }
}

/// Words are read without today's limit: they were within the limit of their day.
fn answer_of(question: Question, text: &str) -> Result<Answer, Nonsense> {
    if question.limit() > 0 {
        return Text::parse(text, usize::MAX)
            .map(|text| Answer::Words(question, text))
            .map_err(|_| Nonsense("words for an answer"));
    }
    Answer::parse(question, text).ok().flatten().ok_or(Nonsense("one of the choices of a question"))
}

impl WindowRecord {
    fn into_record(window: &Window) -> Self {
        WindowRecord {
            id: Spelt(window.id.clone()),
            last: window.last.0,
            seen: window.seen.iter().map(|(question, (print, at))| (Spelt(*question), *print, at.0)).collect(),
        }
    }
    fn from_record(self) -> Window {
        Window {
            id: self.id.0,
            last: SlackTime(self.last),
            seen: self.seen.into_iter().map(|(question, print, at)| (question.0, (print, SlackTime(at)))).collect(),
        }
    }
}

impl CandidateRecord {
    fn into_record(candidate: &Candidate) -> Self {
        CandidateRecord {
            number: candidate.number,
            answers: candidate.answers,
            brief: BriefRecord::into_record(&candidate.brief),
            title: candidate.title.clone(),
            sentences: candidate.sentences.clone(),
            warnings: candidate.warnings.iter().map(|warning| (warning.rule.clone(), warning.words)).collect(),
            conflict: candidate.conflict.as_ref().map(ConflictRecord::into_record),
        }
    }
    fn from_record(self) -> Result<Candidate, Nonsense> {
        Ok(Candidate {
            number: self.number,
            answers: self.answers,
            brief: self.brief.from_record(),
            title: self.title,
            sentences: self.sentences,
            warnings: self.warnings.into_iter().map(|(rule, words)| Warning { rule, words }).collect(),
            conflict: self.conflict.map(ConflictRecord::from_record).transpose()?,
        })
    }
}
