//! A draft: answers that may be partial, the windows open on it, and the candidate last reviewed.

use std::collections::BTreeMap;

use super::answers::{Answer, Answers, Question, Text};
use super::brief::Brief;
use super::digest::digest;
use super::ids::{ChannelId, SlackTime, WindowId};

/// Windows remembered per draft; the one longest silent is forgotten first.
pub const WINDOWS_KEPT: usize = 8;

/// What one window last showed, question by question, as fingerprints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Which.
    pub id: WindowId,
    /// When it last spoke.
    pub last: SlackTime,
    /// What it was given or last reported: fingerprint and time, per question.
    pub seen: BTreeMap<Question, (u64, SlackTime)>,
}

/// A report from a window: the field acted on, and all that its state shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// Which window.
    pub window: WindowId,
    /// Slack's `action_ts`; for a submission its arrival.
    pub at: SlackTime,
    /// The field acted on; `None` as its answer clears it.
    pub acted: Option<(Question, Option<Answer>)>,
    /// Everything in `view.state.values` that holds something.
    pub shown: Vec<Answer>,
}

/// A warning that the manager posted against, on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledged {
    /// The key of the rule.
    pub rule: String,
    /// The words it was about, as a fingerprint.
    pub words: u64,
    /// Why it is meant.
    pub reason: Text,
}

/// A warning that has to be acknowledged before posting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// The key of the rule.
    pub rule: String,
    /// The words it is about, as a fingerprint.
    pub words: u64,
}

/// Words and band disagree: both are shown on the review as a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Fingerprint of the words it comes from; while they stay, the choice made stays.
    pub words: u64,
    /// What the words say.
    pub by_words: Answer,
    /// What was chosen.
    pub by_choice: Answer,
}

/// What a review showed: exactly this is posted, or the review is shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Counts the reviews of this draft, from 1.
    pub number: u32,
    /// Fingerprint of the answers it was made from.
    pub answers: u64,
    /// The brief, with the choice shown where words and band disagreed.
    pub brief: Brief,
    /// The title shown.
    pub title: String,
    /// The three sentences shown.
    pub sentences: [String; 3],
    /// Warnings that need a tick and a reason.
    pub warnings: Vec<Warning>,
    /// Words and band disagree.
    pub conflict: Option<Conflict>,
}

/// An unfinished scope, or an edit beside a posted one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The answers so far.
    pub answers: Answers,
    /// Language words taken from the command and kept for the last question.
    pub parked: Vec<String>,
    /// Windows open on it.
    pub windows: Vec<Window>,
    /// Generation of the form's blocks: a new one makes Slack show what the draft holds instead of what was typed.
    pub generation: u32,
    /// What was reviewed last.
    pub candidate: Option<Candidate>,
    /// Reviews of this scope so far, so that a candidate's number is never used twice.
    pub reviews: u32,
    /// Warnings posted against, remembered for this scope.
    pub acknowledged: Vec<Acknowledged>,
    /// The hiring channel chosen.
    pub channel: Option<ChannelId>,
}

/// What a save did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// Something changed.
    Changed,
    /// Nothing: repeated, older, or already so.
    Same,
}

impl Draft {
    /// A window is opened and shows the answers as they are.
    pub fn open(&mut self, window: WindowId, at: SlackTime) {
        // What a window was given is older than all it can report, whatever the bot's clock says of the opening.
        let given = SlackTime::default();
        let seen = self.answers.given().map(|answer| (answer.question(), (fingerprint(answer), given))).collect();
        self.windows.retain(|known| known.id != window);
        self.forget_windows(WINDOWS_KEPT - 1);
        self.windows.push(Window { id: window, last: at, seen });
    }

    /// Merges a report. A field changes the draft only if it differs from what the same window last reported or was
    /// given, and only if nothing newer stands; null clears nothing, except in the field acted on. A report older than
    /// what the same window said of a field changes nothing of it. An unknown window (forgotten, or of an older run)
    /// speaks for the field acted on alone.
    pub fn merge(&mut self, save: &Save) -> Merged {
        let known = self.windows.iter().position(|window| window.id == save.window);
        let mut changed = false;
        for answer in &save.shown {
            let question = answer.question();
            if save.acted.as_ref().is_some_and(|(acted, _)| *acted == question) {
                continue;
            }
            let Some(window) = known.and_then(|index| self.windows.get_mut(index)) else { continue };
            let print = fingerprint(answer);
            let fresh = match window.seen.get_mut(&question) {
                Some((seen, at)) if *seen == print => {
                    // It still shows this, so an older report that comes late is out of date. A submission carries
                    // the bot's time, which says nothing about keystrokes to come.
                    if save.acted.is_some() {
                        *at = (*at).max(save.at);
                    }
                    false
                }
                Some((_, at)) => *at <= save.at,
                None => true,
            };
            if fresh {
                window.seen.insert(question, (print, save.at));
                changed |= self.put(question, Some(answer.clone()), save.at);
            }
        }
        if let Some((question, answer)) = &save.acted {
            let window = known.and_then(|index| self.windows.get_mut(index));
            let print = answer.as_ref().map_or(0, fingerprint);
            let fresh = match window {
                Some(window) if window.seen.get(question).is_none_or(|(_, at)| *at <= save.at) => {
                    window.seen.insert(*question, (print, save.at));
                    true
                }
                // Out of date, unless the window still shows just that.
                Some(window) => window.seen.get(question).is_some_and(|(seen, _)| *seen == print),
                None => true,
            };
            if fresh {
                changed |= self.put(*question, answer.clone(), save.at);
            }
        }
        if let Some(window) = known.and_then(|index| self.windows.get_mut(index)) {
            window.last = window.last.max(save.at);
        }
        if changed { Merged::Changed } else { Merged::Same }
    }

    /// Sets an answer on the manager's behalf (a rewrite accepted, a choice resolved), so that the form beneath shows
    /// it. Other windows still show what they were given, and do not speak against it by showing that again.
    pub fn mend(&mut self, window: &WindowId, answer: Answer, at: SlackTime) {
        let question = answer.question();
        let print = fingerprint(&answer);
        if self.put(question, Some(answer), at) {
            self.generation = self.generation.saturating_add(1);
            if let Some(window) = self.windows.iter_mut().find(|known| known.id == *window) {
                window.seen.insert(question, (print, at));
            }
        }
    }

    /// The time to stamp on what carries none of Slack's: arrival, but never before what stands already, so that a
    /// clock behind Slack's loses nothing.
    pub fn stamp(&self, arrival: SlackTime) -> SlackTime {
        self.answers.entries().map(|(_, entry)| entry.set_at).fold(arrival, SlackTime::max)
    }

    /// The fingerprint of the answers as they stand, to see whether they moved since a review.
    pub fn fingerprint(&self) -> u64 {
        answers_fingerprint(&self.answers)
    }

    fn put(&mut self, question: Question, answer: Option<Answer>, at: SlackTime) -> bool {
        let same = self.answers.answer(question) == answer.as_ref();
        self.answers.set(question, answer, at) && !same
    }

    fn forget_windows(&mut self, kept: usize) {
        while self.windows.len() > kept {
            let oldest = self.windows.iter().enumerate().min_by_key(|(_, window)| window.last).map(|(index, _)| index);
            match oldest {
                Some(index) => drop(self.windows.remove(index)),
                None => break,
            }
        }
    }
}

/// The fingerprint of all answers that stand.
pub fn answers_fingerprint(answers: &Answers) -> u64 {
    let mut bytes = Vec::new();
    for answer in answers.given() {
        bytes.extend_from_slice(answer.question().key().as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(answer.as_str().as_bytes());
        bytes.push(0);
    }
    digest(&bytes)
}

fn fingerprint(answer: &Answer) -> u64 {
    digest(answer.as_str().as_bytes())
}

#[cfg(test)]
mod tests;
