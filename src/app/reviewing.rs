//! The review: what would be posted, what the coach finds in it, where it goes and who can approve.

use std::collections::BTreeSet;

use crate::domain::answers::{Answer as Said, Answers, Question};
use crate::domain::brief::Brief;
use crate::domain::decide::Refusal;
use crate::domain::digest::digest;
use crate::domain::document::Document;
use crate::domain::draft::{Candidate, Draft};
use crate::domain::ids::{ChannelId, Revision, SlackTime, UserId, WindowId};
use crate::domain::notes::quiet;
use crate::domain::pages::review::{self, Approvers};
use crate::domain::person::ChannelState;
use crate::domain::policy::Connect;
use crate::domain::scope::{Axis, Scope};
use crate::domain::sentence::sentences_of;
use crate::domain::title::title_of;

use super::intent::Stale;
use super::screen::{ConflictShown, ReviewScreen};
use super::{App, Trouble};

/// A question to Slack that somebody waits for takes this long at most.
const ASK_WITHIN: std::time::Duration = std::time::Duration::from_millis(1200);

impl App {
    /// What the answers would be posted as, and the answer to mend first where words and band disagree for the first
    /// time: the words' band is preselected. `None` while something is missing.
    pub(super) fn candidate(&self, draft: &Draft) -> Option<(Candidate, Option<Said>)> {
        let words = &self.0.words;
        let mut answers = draft.answers.clone();
        let mut sheet = self.sheet(&draft.answers);
        let print = words_print(&answers);
        let offered = draft.candidate.as_ref().and_then(|old| old.conflict.clone()).filter(|old| old.words == print);
        let mut mend = None;
        let conflict = offered.or_else(|| {
            let found = self.conflict(&sheet, print)?;
            mend = Some(found.by_words.clone());
            Some(found)
        });
        if let Some(answer) = &mend {
            answers.set(answer.question(), Some(answer.clone()), draft.stamp(SlackTime::default()));
            sheet = self.sheet(&answers);
        }
        let brief = Brief::of(&answers).ok()?;
        let title = title_of(&brief, sheet.title_words().as_deref(), words).text();
        let sentences = sentences_of(&brief, words).map(|sentence| sentence.text());
        let warnings = self.warnings(&sheet);
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

    /// What is said above a review that is shown again: that its text moved since `seen` was on the screen, and, where
    /// that candidate is known, what of it.
    pub(super) fn moved(&self, seen: u32, shown: Option<&Candidate>, now: &Candidate) -> Option<Document> {
        if seen == now.number {
            return None;
        }
        let changed = shown.filter(|shown| shown.number == seen).map(|shown| shown.face().changes_to(&now.face()));
        let axes: Vec<Axis> = changed.into_iter().flatten().collect();
        Some(review::moved(&axes, &self.0.words))
    }

    /// The review of the answers as they are, under the number of the candidate on the screen: what moved since is
    /// noticed when it is posted.
    pub(super) async fn review_as_it_is(
        &self,
        scope: &Scope,
        window: WindowId,
        by: &UserId,
    ) -> Result<Option<ReviewScreen>, Trouble> {
        let mut scope = scope.clone();
        let Some(draft) = scope.draft_mut() else { return Ok(None) };
        let Some((fresh, _)) = self.candidate(draft) else { return Ok(None) };
        draft.candidate = draft.candidate.take().map(|old| Candidate { number: old.number, ..fresh });
        self.review(&scope, window, by).await
    }

    /// The review of a scope's stored candidate.
    pub(super) async fn review(
        &self,
        scope: &Scope,
        window: WindowId,
        by: &UserId,
    ) -> Result<Option<ReviewScreen>, Trouble> {
        let Some(draft) = scope.draft() else { return Ok(None) };
        let Some(candidate) = draft.candidate.clone() else { return Ok(None) };
        let words = &self.0.words;
        let blanks = self.blanks(&draft.answers);
        let sheet = self.sheet(&draft.answers);
        let found = self.findings(&sheet, draft).into_iter().map(|found| found.shown);
        let findings =
            blanks.clone().into_iter().chain(found.filter(|found| blanks.is_none() || found.sentence != 0)).collect();
        let conflict = candidate.conflict.as_ref().and_then(|conflict| {
            let question = conflict.by_words.question();
            let posted = draft.answers.answer(question)?.clone();
            let (by_words, by_choice) = (conflict.by_words.clone(), conflict.by_choice.clone());
            Some(ConflictShown { question, by_words, by_choice, posted })
        });
        let revision = scope.posted().map_or(Revision::FIRST, |posted| posted.shown.revision.next());
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
            selects_for: review::selects_for(&candidate.brief, words),
            asks_breadth: sheet.names_front_end().is_some(),
            notices,
            channels: if channels.len() > 1 && scope.posted().is_none() { channels } else { Vec::new() },
            moved: None,
            revision,
            candidate,
        }))
    }

    /// Where it appears, who can approve, and what stands in the way; each with its remedy.
    async fn notices(
        &self,
        scope: &Scope,
        by: &UserId,
        channels: &[ChannelId],
        candidate: &Candidate,
    ) -> Result<Vec<Document>, Trouble> {
        let words = &self.0.words;
        let approvers = if self.0.policy.asks_for_approval() {
            self.approvers_for(by).await?.map(|able| Approvers::Count { able, quorum: self.0.policy.quorum })
        } else {
            Some(Approvers::Nobody)
        };
        let mut notices = Vec::new();
        for id in channels {
            let channel = self.channel(id).await?;
            let state = match channel.state {
                _ if channel.shared && self.0.policy.connect == Connect::Refused => review::ChannelState::Shared,
                ChannelState::Ready => review::ChannelState::Ready,
                ChannelState::NotIn => review::ChannelState::NotIn,
                ChannelState::Archived | ChannelState::Gone => review::ChannelState::Gone,
            };
            if channels.len() == 1 || state != review::ChannelState::Ready {
                notices.push(review::where_line(id, state, words));
            }
        }
        notices.extend(approvers.map(|approvers| review::approvers_line(approvers, words)));
        if let Some(posted) = scope.posted()
            && !posted.approval.standing(posted.shown.revision).is_empty()
        {
            let axes: BTreeSet<Axis> = posted.shown.face().changes_to(&candidate.face());
            let axes: Vec<Axis> = axes.into_iter().collect();
            notices.push(review::effect_on_approvals(&axes, words));
        }
        Ok(notices.into_iter().map(|line| Document::new().para(line)).collect())
    }

    /// Whether a summary can be posted there now, as far as is known.
    pub(super) async fn can_post_in(&self, id: &ChannelId) -> Result<bool, Trouble> {
        if self.0.store.channel(&self.0.home, id).await?.is_none() {
            // Nobody has heard of it: Slack is asked now, within the time that a person waits.
            self.0.clock.within(ASK_WITHIN, self.read_row(&Stale::Channel(id.clone()))).await;
        }
        let channel = self.channel(id).await?;
        let open = !channel.shared || self.0.policy.connect == Connect::Allowed;
        Ok(channel.state == ChannelState::Ready && open)
    }
}

/// The fingerprint of the words that a conflict between words and band comes from.
fn words_print(answers: &Answers) -> u64 {
    let system = answers.words(Question::System).unwrap_or_default();
    let numbers = answers.words(Question::Numbers).unwrap_or_default();
    digest(format!("{system}\u{0}{numbers}").as_bytes())
}

/// How a refusal is said.
pub(super) fn refusal_of(refusal: Refusal) -> quiet::Refusal {
    match refusal {
        Refusal::NotYours => quiet::Refusal::NotAuthor,
        Refusal::Over(_) | Refusal::NotPosted => quiet::Refusal::DraftGone,
        Refusal::NoDraft => quiet::Refusal::DraftGone,
        Refusal::NotAHiringChannel => quiet::Refusal::NoChannel,
        Refusal::NothingAsked => quiet::Refusal::Failed,
        Refusal::NotARecruiter => quiet::Refusal::NotApprover,
        Refusal::OwnScope => quiet::Refusal::OwnScope,
        Refusal::NotKnownYet => quiet::Refusal::NotKnownYet,
        Refusal::ClaimedByOther => quiet::Refusal::ClaimedByOther,
        Refusal::OnHold => quiet::Refusal::OnHold,
        Refusal::SearchOver => quiet::Refusal::ScopeOver,
        Refusal::AuthorStays => quiet::Refusal::AuthorStays,
        Refusal::NotAMember => quiet::Refusal::NotAMember,
    }
}
