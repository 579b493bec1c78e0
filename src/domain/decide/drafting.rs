//! Drafts: started, opened, saved, reviewed, discarded, expired.

use crate::domain::answers::{Answer as Said, Question, Text};
use crate::domain::audit::Deed;
use crate::domain::draft::{Candidate, Draft, Merged, Save};
use crate::domain::effect::{Dm, Effect};
use crate::domain::ids::{SlackTime, Timestamp, UserId, Version, WindowId};
use crate::domain::rights::may_edit;
use crate::domain::scope::{DueKind, Ending, Scope, Stage};

use super::{Answer, Decision, Desk, Refusal};

/// When the answers were set that a draft begins with: before anybody could type, whatever the bot's clock says.
const GIVEN: SlackTime = SlackTime(0);

pub(super) fn start(
    mut desk: Desk<'_>,
    answers: Vec<Said>,
    parked: Vec<String>,
    window: WindowId,
    at: SlackTime,
) -> Decision {
    let author = desk.scope.author.clone();
    let draft = match &mut desk.scope.stage {
        Stage::Draft(draft) if desk.scope.version == Version(0) => draft,
        // Only a scope that nobody has stored yet can begin.
        Stage::Draft(_) | Stage::Posted(_) | Stage::Ended(_) => return desk.answer(Answer::Same),
    };
    for answer in answers {
        draft.answers.set(answer.question(), Some(answer), GIVEN);
    }
    if let Ok(language) = Text::parse(&parked.join(", "), Question::Language.limit()) {
        draft.answers.set(Question::Language, Some(Said::Words(Question::Language, language)), GIVEN);
    }
    draft.parked = parked;
    draft.open(window, at);
    desk.touch();
    desk.note(Some(&author), Deed::Started);
    desk.answer(Answer::Done)
}

pub(super) fn open(mut desk: Desk<'_>, by: &UserId, window: WindowId, at: SlackTime) -> Decision {
    match desk.own_draft(by) {
        Ok(draft) => draft.open(window, at),
        Err(refusal) => return desk.refuse(by, refusal),
    }
    desk.answer(Answer::Done)
}

pub(super) fn edit(mut desk: Desk<'_>, by: &UserId, window: WindowId, at: SlackTime) -> Decision {
    if let Err(refusal) = may_edit(by, &desk.scope) {
        return desk.refuse(by, refusal);
    }
    let begun = match &mut desk.scope.stage {
        Stage::Posted(posted) if posted.life.is_over() => return desk.refuse(by, Refusal::SearchOver),
        Stage::Posted(posted) => {
            let begun = posted.edit.is_none();
            let (brief, acknowledged) = (&posted.shown.brief, &posted.acknowledged);
            let (reviews, channel) = (posted.reviews, posted.channel.clone());
            let edit = posted.edit.get_or_insert_with(|| {
                let acknowledged = acknowledged.clone();
                let mut edit = Draft { acknowledged, channel: Some(channel), reviews, ..Draft::default() };
                for answer in brief.answers() {
                    edit.answers.set(answer.question(), Some(answer), GIVEN);
                }
                edit
            });
            edit.open(window, at);
            begun
        }
        Stage::Draft(_) => return desk.refuse(by, Refusal::NotPosted),
        Stage::Ended(ending) => {
            let ending = *ending;
            return desk.refuse(by, Refusal::Over(ending));
        }
    };
    if begun {
        desk.note(Some(by), Deed::EditBegun);
    }
    desk.answer(Answer::Done)
}

pub(super) fn save(mut desk: Desk<'_>, by: &UserId, save: &Save) -> Decision {
    let (merged, moved) = match desk.own_draft(by) {
        Ok(draft) => {
            let before = draft.clone();
            (draft.merge(save), *draft != before)
        }
        // A keystroke that comes after the end of a draft is ordinary, and no matter for the record.
        Err(refusal @ (Refusal::NoDraft | Refusal::Over(_))) => return desk.answer(Answer::Refused(refusal)),
        Err(refusal) => return desk.refuse(by, refusal),
    };
    if merged == Merged::Changed {
        desk.touch();
    }
    // Times alone may have moved: they too have to be kept, or an older report that comes late would count.
    desk.answer(if moved { Answer::Done } else { Answer::Same })
}

pub(super) fn mend(mut desk: Desk<'_>, by: &UserId, window: &WindowId, answer: Said, at: SlackTime) -> Decision {
    match desk.own_draft(by) {
        Ok(draft) => draft.mend(window, answer, at),
        Err(refusal) => return desk.refuse(by, refusal),
    }
    desk.touch();
    desk.answer(Answer::Done)
}

pub(super) fn renew(mut desk: Desk<'_>, by: &UserId, window: WindowId, above: u32, at: SlackTime) -> Decision {
    match desk.own_draft(by) {
        Ok(draft) => {
            draft.generation = draft.generation.max(above).saturating_add(1);
            draft.open(window, at);
        }
        Err(refusal) => return desk.refuse(by, refusal),
    }
    desk.answer(Answer::Done)
}

pub(super) fn review(mut desk: Desk<'_>, by: &UserId, candidate: Candidate) -> Decision {
    match desk.own_draft(by) {
        Ok(draft) => {
            let missing = draft.answers.missing();
            if !missing.is_empty() {
                return desk.answer(Answer::Missing(missing));
            }
            if draft.candidate.as_ref() == Some(&candidate) {
                return desk.answer(Answer::Same);
            }
            // A number shown on some screen never comes to mean another text, or that screen would post it unseen.
            if candidate.number <= draft.reviews || candidate.answers != draft.fingerprint() {
                return desk.answer(Answer::Moved);
            }
            draft.reviews = candidate.number;
            draft.candidate = Some(candidate);
        }
        Err(refusal) => return desk.refuse(by, refusal),
    }
    desk.answer(Answer::Done)
}

pub(super) fn keep(mut desk: Desk<'_>, by: &UserId) -> Decision {
    if let Err(refusal) = desk.own_draft(by) {
        return desk.refuse(by, refusal);
    }
    desk.touch();
    desk.answer(Answer::Done)
}

pub(super) fn discard(mut desk: Desk<'_>, by: &UserId) -> Decision {
    if let Err(refusal) = may_edit(by, &desk.scope) {
        return desk.refuse(by, refusal);
    }
    match &mut desk.scope.stage {
        Stage::Draft(_) => desk.scope.end(Ending::Discarded),
        Stage::Posted(posted) => match posted.edit.take() {
            Some(edit) => posted.reviews = posted.reviews.max(edit.reviews),
            // Discarded already, perhaps by this very press, which Slack may bring twice.
            None => return desk.answer(Answer::Same),
        },
        Stage::Ended(_) => return desk.answer(Answer::Same),
    }
    desk.note(Some(by), Deed::Discarded);
    desk.answer(Answer::Done)
}

pub(super) fn due(mut desk: Desk<'_>, kind: DueKind) -> Decision {
    if kind == DueKind::Nudge {
        return super::searching::nudge(desk, Vec::new());
    }
    if !desk.is_ripe(kind) {
        return desk.answer(Answer::Same);
    }
    desk.scope.due.remove(&kind);
    let author = desk.scope.author.clone();
    match (&desk.scope.stage, kind) {
        (Stage::Draft(_), DueKind::Reminder) => desk.remind(author),
        // Both fell due while nobody looked: the reminder comes first.
        (Stage::Draft(_), DueKind::Expiry) if desk.scope.due.remove(&DueKind::Reminder).is_some() => {
            desk.remind(author);
        }
        (Stage::Draft(_), DueKind::Expiry) => {
            desk.scope.end(Ending::Expired);
            desk.note(None, Deed::Expired);
            desk.effect(Effect::Dm(author, Dm::Expired));
        }
        (Stage::Posted(posted), DueKind::BeforeStart) => {
            let mut concerned = vec![author];
            concerned.extend(posted.life.claimed().map(|(who, _)| who.clone()));
            concerned.dedup();
            for person in concerned {
                desk.effect(Effect::Dm(person, Dm::BeforeStart));
            }
        }
        (Stage::Posted(posted), DueKind::Retention) => {
            // The operator may want them kept by now.
            if posted.life.is_over() && desk.given.policy.closed_kept.is_some() {
                desk.note(None, Deed::Lapsed);
                desk.scope.end(Ending::Lapsed);
            }
        }
        (Stage::Posted(_) | Stage::Ended(_), DueKind::Reminder | DueKind::Expiry)
        | (Stage::Draft(_) | Stage::Ended(_), DueKind::BeforeStart | DueKind::Retention)
        | (_, DueKind::Nudge) => {}
    }
    desk.answer(Answer::Done)
}

impl Desk<'_> {
    /// The draft, for its author.
    fn own_draft(&mut self, by: &UserId) -> Result<&mut Draft, Refusal> {
        may_edit(by, &self.scope)?;
        match &mut self.scope.stage {
            Stage::Draft(draft) => Ok(draft),
            Stage::Posted(posted) => posted.edit.as_mut().ok_or(Refusal::NoDraft),
            Stage::Ended(ending) => Err(Refusal::Over(*ending)),
        }
    }

    /// The author hears of the end in time to prevent it, however late the reminder is.
    fn remind(&mut self, author: UserId) {
        let earliest = later(self.given.now, self.given.policy.reminder_before);
        let expiry = self.scope.due.get(&DueKind::Expiry).map_or(earliest, |at| earliest.max(*at));
        self.scope.due.insert(DueKind::Expiry, expiry);
        self.effect(Effect::Dm(author, Dm::Expiring));
    }

    /// A person changed something: the draft lives on from now.
    fn touch(&mut self) {
        self.scope.touched = self.given.now;
        if let Stage::Draft(_) = self.scope.stage {
            let policy = &self.given.policy;
            let expiry = later(self.given.now, policy.draft_life);
            let reminder = later(self.given.now, policy.draft_life.saturating_sub(policy.reminder_before));
            self.scope.due.insert(DueKind::Expiry, expiry);
            if !policy.reminder_before.is_zero() {
                self.scope.due.insert(DueKind::Reminder, reminder);
            }
        }
    }
}

impl Scope {
    /// Over: the texts go, who and when stay.
    pub(super) fn end(&mut self, ending: Ending) {
        self.stage = Stage::Ended(ending);
        self.due.clear();
    }
}

pub(super) fn later(now: Timestamp, by: std::time::Duration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}
