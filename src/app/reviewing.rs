//! The review: what would be posted, what the coach finds in it, where it goes and who can approve.

use std::collections::BTreeSet;

use crate::domain::answers::{Answer as Said, Answers, Question};
use crate::domain::brief::Brief;
use crate::domain::coach::{Finding, Rule};
use crate::domain::decide::Refusal;
use crate::domain::digest::digest;
use crate::domain::document::{Document, Span};
use crate::domain::draft::{Candidate, Conflict, Draft, Warning};
use crate::domain::ids::{ChannelId, Revision, SlackTime, UserId, WindowId};
use crate::domain::notes::quiet;
use crate::domain::person::ChannelState;
use crate::domain::policy::Connect;
use crate::domain::scope::{Axis, Scope};
use crate::domain::sentence::sentences_of;
use crate::domain::summary;
use crate::domain::title::title_of;
use crate::domain::wording::review::{ApproversHole, ChannelHole};

use super::screen::{ConflictShown, FindingShown, ReviewScreen};
use super::{App, Trouble};

impl App {
    /// What the answers would be posted as, and the answer to mend first where words and band disagree for the first
    /// time: the words' band is preselected. `None` while something is missing.
    pub(super) fn candidate(&self, draft: &Draft) -> Option<(Candidate, Option<Said>)> {
        let words = &self.0.prompts.words;
        let mut answers = draft.answers.clone();
        let print = words_print(&answers);
        let offered = draft.candidate.as_ref().and_then(|old| old.conflict.clone()).filter(|old| old.words == print);
        let mut mend = None;
        let conflict = offered.or_else(|| {
            let found = self.0.coach.conflict(&answers)?;
            mend = Some(found.words_say.clone());
            Some(Conflict { words: print, by_words: found.words_say, by_choice: found.chosen })
        });
        if let Some(answer) = &mend {
            answers.set(answer.question(), Some(answer.clone()), draft.stamp(SlackTime::default()));
        }
        let brief = Brief::of(&answers).ok()?;
        let title = title_of(&brief, self.0.coach.title_words(&answers).as_deref(), words).text();
        let sentences = sentences_of(&brief, words).map(|sentence| sentence.text());
        let warnings = self
            .findings(&answers, draft)
            .iter()
            .filter(|finding| finding.rule == Rule::LanguageFirst)
            .map(|finding| warning(finding, &answers))
            .collect();
        let answers = crate::domain::draft::answers_fingerprint(&answers);
        let mut candidate =
            Candidate { number: draft.reviews.saturating_add(1), answers, brief, title, sentences, warnings, conflict };
        if let Some(old) = &draft.candidate {
            let renumbered = Candidate { number: old.number, ..candidate.clone() };
            if renumbered == *old {
                candidate = renumbered;
            }
        }
        Some((candidate, mend))
    }

    fn findings(&self, answers: &Answers, draft: &Draft) -> Vec<Finding> {
        let overrides = draft.acknowledged.iter().map(|one| (one.rule.as_str(), one.words)).collect::<Vec<_>>();
        self.0.coach.review(answers, &overrides.into())
    }

    /// The review of a scope's stored candidate. `seen`: the candidate that was on the screen, when it is shown again.
    pub(super) async fn review(
        &self,
        scope: &Scope,
        window: WindowId,
        by: &UserId,
        seen: Option<u32>,
    ) -> Result<Option<ReviewScreen>, Trouble> {
        let Some(draft) = scope.draft() else { return Ok(None) };
        let Some(candidate) = draft.candidate.clone() else { return Ok(None) };
        let words = &self.0.prompts.words;
        let findings = self
            .findings(&draft.answers, draft)
            .into_iter()
            .map(|finding| self.shown(finding, &draft.answers))
            .collect();
        let conflict = candidate.conflict.as_ref().and_then(|conflict| {
            let question = conflict.by_words.question();
            let posted = draft.answers.answer(question)?.clone();
            let (by_words, by_choice) = (conflict.by_words.clone(), conflict.by_choice.clone());
            Some(ConflictShown { question, by_words, by_choice, posted })
        });
        let revision = scope.posted().map_or(Revision::FIRST, |posted| posted.shown.revision.next());
        let moved = seen.filter(|seen| *seen != candidate.number).map(|_| Document::new().para(&words.review.moved));
        let mut channels = self.0.policy.hiring_channels.clone();
        if let Some(chosen) = scope.posted().map(|posted| &posted.channel).or(draft.channel.as_ref()) {
            channels.sort_by_key(|channel| channel != chosen);
        }
        let notices = self.notices(scope, by, &channels, &candidate).await?;
        Ok(Some(ReviewScreen {
            scope: scope.id.clone(),
            window,
            generation: draft.generation,
            answers: draft.answers.clone(),
            findings,
            conflict,
            selects_for: summary::shape(&candidate.brief, words),
            asks_breadth: self.0.coach.names_front_end(&draft.answers).is_some(),
            notices,
            channels: if channels.len() > 1 && scope.posted().is_none() { channels } else { Vec::new() },
            moved,
            revision,
            candidate,
        }))
    }

    fn shown(&self, finding: Finding, answers: &Answers) -> FindingShown {
        let leads = finding.rule == Rule::LanguageFirst;
        let said = self.0.prompts.rules.said(&finding);
        FindingShown {
            rule: finding.rule.key().to_owned(),
            sentence: sentence_of(finding.question),
            quote: finding.quote.clone(),
            why: said.why,
            suggestion: said.suggestion,
            needs_reason: leads,
            mend: if leads { Some(Question::System) } else { finding.question.filter(|question| question.limit() > 0) },
            rewrite: if leads { self.0.coach.rewrite(answers).map(|rewrite| rewrite.text()) } else { None },
        }
    }

    /// Where it appears, who can approve, and what stands in the way; each with its remedy.
    async fn notices(
        &self,
        scope: &Scope,
        by: &UserId,
        channels: &[ChannelId],
        candidate: &Candidate,
    ) -> Result<Vec<Document>, Trouble> {
        let posting = &self.0.prompts.words.review.posting;
        let mut notices = Vec::new();
        for id in channels {
            let channel = self.channel(id).await?;
            let phrase = match channel.state {
                _ if channel.shared && self.0.policy.connect == Connect::Refused => &posting.channel_shared,
                ChannelState::Ready => &posting.channel,
                ChannelState::NotIn => &posting.not_in_channel,
                ChannelState::Archived | ChannelState::Gone => &posting.channel_gone,
            };
            if channels.len() == 1 || channel.state != ChannelState::Ready {
                notices.push(Document::new().para(phrase.fill(|ChannelHole::Channel| Span::Channel(id.clone()))));
            }
        }
        if !self.0.policy.asks_for_approval() {
            notices.push(Document::new().para(&posting.nobody_asked));
        } else if let Some(able) = self.approvers_for(by).await? {
            let quorum = self.0.policy.quorum;
            let phrase = if able < quorum as usize { &posting.too_few } else { &posting.approvers };
            notices.push(Document::new().para(phrase.fill(|hole| match hole {
                ApproversHole::Count => Span::plain(able.to_string()),
                ApproversHole::Quorum => Span::plain(quorum.to_string()),
            })));
        }
        if let Some(posted) = scope.posted()
            && !posted.approval.standing(posted.shown.revision).is_empty()
        {
            let axes: BTreeSet<Axis> = posted.shown.face().changes_to(&candidate.face());
            let voids = axes.iter().any(|axis| axis.is_substance());
            notices.push(Document::new().para(if voids { &posting.voids } else { &posting.keeps }));
        }
        Ok(notices)
    }

    /// Whether a summary can be posted there now, as far as is known.
    pub(super) async fn can_post_in(&self, id: &ChannelId) -> Result<bool, Trouble> {
        let channel = self.channel(id).await?;
        let open = !channel.shared || self.0.policy.connect == Connect::Allowed;
        Ok(channel.state == ChannelState::Ready && open)
    }
}

/// The warning of a finding: rule, and the words of the whole answer it is about, so that it is not raised again for
/// the same words.
fn warning(finding: &Finding, answers: &Answers) -> Warning {
    Warning { rule: finding.rule.key().to_owned(), words: finding.words(answers) }
}

/// The fingerprint of the words that a conflict between words and band comes from.
fn words_print(answers: &Answers) -> u64 {
    let system = answers.words(Question::System).unwrap_or_default();
    let numbers = answers.words(Question::Numbers).unwrap_or_default();
    digest(format!("{system}\u{0}{numbers}").as_bytes())
}

/// The sentence that a question ends up in.
fn sentence_of(question: Option<Question>) -> usize {
    match question {
        Some(Question::Speed | Question::Load | Question::Numbers) => 1,
        Some(Question::Team) => 2,
        _ => 0,
    }
}

/// How a refusal is said.
pub(super) fn refusal_of(refusal: Refusal) -> quiet::Refusal {
    match refusal {
        Refusal::NotYours => quiet::Refusal::NotYours,
        Refusal::Over(_) | Refusal::NotPosted => quiet::Refusal::DraftGone,
        Refusal::NoDraft => quiet::Refusal::PostedAlready,
        Refusal::NotAHiringChannel => quiet::Refusal::ChannelGone,
        Refusal::NothingAsked => quiet::Refusal::NothingAsked,
    }
}
