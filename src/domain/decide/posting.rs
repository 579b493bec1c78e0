//! Posting: exactly the candidate that was reviewed, once; an edit becomes the next revision.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::answers::Text;
use crate::domain::approval::{Approval, Weight};
use crate::domain::audit::Deed;
use crate::domain::draft::{Acknowledged, Candidate, Draft, Warning};
use crate::domain::effect::{Dm, Effect, Note, Revised};
use crate::domain::ids::{ChannelId, Revision, UserId};
use crate::domain::life::Life;
use crate::domain::person::Presence;
use crate::domain::posting::{Piece, Posting, Slot};
use crate::domain::rights::may_edit;
use crate::domain::scope::{Axis, DueKind, Posted, Shown, Stage};

use super::{Answer, Decision, Desk, Refusal};

/// Warnings posted against that are remembered per scope; the oldest is forgotten first.
const ACKNOWLEDGED_KEPT: usize = 10;

pub(super) fn post(desk: Desk<'_>, by: &UserId, number: u32, on_purpose: Option<Text>, channel: ChannelId) -> Decision {
    if let Err(refusal) = may_edit(by, &desk.scope) {
        return desk.refuse(by, refusal);
    }
    let draft = match &desk.scope.stage {
        Stage::Draft(draft) => draft,
        // Posting what is posted is success, also when the next edit has begun meanwhile.
        Stage::Posted(posted) if posted.shown.candidate == number => {
            return desk.answer(Answer::Posted(BTreeSet::new()));
        }
        Stage::Posted(posted) if posted.life.is_over() => return desk.refuse(by, Refusal::SearchOver),
        Stage::Posted(posted) => match &posted.edit {
            Some(edit) => edit,
            None => return desk.refuse(by, Refusal::NoDraft),
        },
        Stage::Ended(ending) => {
            let ending = *ending;
            return desk.refuse(by, Refusal::Over(ending));
        }
    };
    let missing = draft.answers.missing();
    if !missing.is_empty() {
        return desk.answer(Answer::Missing(missing));
    }
    let Some(candidate) = reviewed(draft, number).cloned() else { return desk.answer(Answer::Moved) };
    let acknowledged = match acknowledge(draft, &candidate, on_purpose) {
        Ok(acknowledged) => acknowledged,
        Err(open) => return desk.answer(Answer::NeedsReason(open)),
    };
    match desk.scope.stage {
        // A summary stays where it is, also when the operator has named other channels since.
        Stage::Posted(_) => revise(desk, by, candidate, acknowledged),
        Stage::Draft(_) | Stage::Ended(_) if !desk.given.policy.hiring_channels.contains(&channel) => {
            desk.refuse(by, Refusal::NotAHiringChannel)
        }
        Stage::Draft(_) | Stage::Ended(_) => first(desk, by, candidate, acknowledged, channel),
    }
}

pub(super) fn again(mut desk: Desk<'_>, by: &UserId) -> Decision {
    if let Err(refusal) = may_edit(by, &desk.scope) {
        return desk.refuse(by, refusal);
    }
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(by, Refusal::NotPosted) };
    if !matches!(posted.posting.summary, Slot::Failed { .. }) {
        return desk.answer(Answer::Same);
    }
    posted.posting.summary = Slot::Waiting;
    desk.effect(Effect::Refresh(Piece::Summary));
    desk.ask_for_thread();
    desk.answer(Answer::Done)
}

/// The candidate on their screen, if it is the newest and made from the answers as they stand.
fn reviewed(draft: &Draft, number: u32) -> Option<&Candidate> {
    let candidate = draft.candidate.as_ref()?;
    (candidate.number == number && candidate.answers == draft.fingerprint()).then_some(candidate)
}

/// The warnings posted against, or those still open.
fn acknowledge(
    draft: &Draft,
    candidate: &Candidate,
    on_purpose: Option<Text>,
) -> Result<Vec<Acknowledged>, Vec<Warning>> {
    let mut acknowledged = Vec::new();
    let mut open = Vec::new();
    for warning in &candidate.warnings {
        let known = draft.acknowledged.iter().find(|one| one.rule == warning.rule && one.words == warning.words);
        match (&on_purpose, known) {
            (Some(reason), _) => acknowledged.push(Acknowledged {
                rule: warning.rule.clone(),
                words: warning.words,
                reason: reason.clone(),
            }),
            (None, Some(known)) => acknowledged.push(known.clone()),
            (None, None) => open.push(warning.clone()),
        }
    }
    if open.is_empty() { Ok(acknowledged) } else { Err(open) }
}

/// What was once posted on purpose is not asked about again, also when a revision between did without it.
fn remember(known: &mut Vec<Acknowledged>, new: &[Acknowledged]) {
    known.retain(|old| !new.iter().any(|one| one.rule == old.rule && one.words == old.words));
    known.extend(new.iter().cloned());
    known.drain(..known.len().saturating_sub(ACKNOWLEDGED_KEPT));
}

fn shown(candidate: Candidate, acknowledged: Vec<Acknowledged>, revision: Revision, desk: &Desk<'_>) -> Shown {
    Shown {
        revision,
        candidate: candidate.number,
        brief: candidate.brief,
        title: candidate.title,
        sentences: candidate.sentences,
        acknowledged,
        posted_at: desk.given.now,
    }
}

fn first(
    mut desk: Desk<'_>,
    by: &UserId,
    candidate: Candidate,
    acknowledged: Vec<Acknowledged>,
    channel: ChannelId,
) -> Decision {
    let policy = &desk.given.policy;
    let approval = Approval {
        quorum: if policy.asks_for_approval() { policy.quorum.max(1) } else { 0 },
        reactions: policy.reactions.clone(),
        since: Revision::FIRST,
        fence: None,
        marks: BTreeMap::new(),
        told: BTreeSet::new(),
        changes_asked: BTreeSet::new(),
        approved_at: None,
    };
    let reviews = candidate.number;
    let shown = shown(candidate, acknowledged, Revision::FIRST, &desk);
    let posting = Posting { summary: Slot::Waiting, ..Posting::default() };
    let acknowledged = shown.acknowledged.clone();
    desk.scope.stage = Stage::Posted(Box::new(Posted {
        shown,
        channel,
        edit: None,
        reviews,
        acknowledged,
        approval,
        wishes: Vec::new(),
        posting,
        life: Life::Open,
        author: Presence::Here,
        nudges: 0,
    }));
    desk.scope.due.clear();
    desk.posted(by);
    desk.effect(Effect::Refresh(Piece::Summary));
    desk.answer(Answer::Posted(BTreeSet::new()))
}

fn revise(mut desk: Desk<'_>, by: &UserId, candidate: Candidate, acknowledged: Vec<Acknowledged>) -> Decision {
    let Stage::Posted(old) = &desk.scope.stage else { return desk.refuse(by, Refusal::NotPosted) };
    let reasons = |list: &[Acknowledged]| list.iter().map(|one| one.reason.clone()).collect::<Vec<_>>();
    let mut axes = old.shown.face().changes_to(&candidate.face());
    if reasons(&old.shown.acknowledged) != reasons(&acknowledged) {
        axes.insert(Axis::Reason);
    }
    let (before, after) = (old.shown.revision, old.shown.revision.next());
    let was_approved = old.approval.reached(before);
    let voided: Vec<UserId> = old.approval.standing(before).into_iter().cloned().collect();
    let next = shown(candidate, acknowledged, after, &desk);
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(by, Refusal::NotPosted) };
    posted.edit = None;
    remember(&mut posted.acknowledged, &next.acknowledged);
    posted.reviews = posted.reviews.max(next.candidate);
    if axes.is_empty() {
        posted.shown.candidate = next.candidate;
        return desk.answer(Answer::Posted(axes));
    }
    posted.shown = next;
    posted.nudges = 0;
    let substance = axes.iter().any(|axis| axis.is_substance());
    if substance {
        // A reaction that stood before can never count again: its marks go, and the fence opens anew with Slack's
        // own time of the update. Marks not decided yet stay, so that whoever made them is told.
        posted.approval.marks.retain(|_, mark| mark.weight == Weight::Undecided);
        posted.approval.since = after;
        posted.approval.fence = None;
        posted.approval.approved_at = None;
    } else {
        for mark in posted.approval.marks.values_mut().filter(|mark| mark.revision == before) {
            mark.revision = after;
        }
    }
    posted.approval.changes_asked.clear();
    if !matches!(posted.posting.summary, Slot::Shown { .. } | Slot::InDoubt) {
        posted.posting.summary = Slot::Waiting;
    }
    let pieces: Vec<Piece> = [Piece::Kit, Piece::ThirtyDays]
        .into_iter()
        .filter(|piece| !matches!(posted.posting.slot(*piece), Slot::Empty))
        .collect();
    let approvals = u32::try_from(voided.len()).unwrap_or(u32::MAX);
    let revised = Revised { revision: after, axes: axes.clone(), by: by.clone(), approvals };
    // There is something new to read: whoever is waited for has their time again.
    desk.scope.due.remove(&DueKind::Nudge);
    desk.posted(by);
    if substance && was_approved {
        desk.note(None, Deed::QuorumLost);
    }
    desk.effect(Effect::Refresh(Piece::Summary));
    desk.effect(Effect::Note(Note::Revised(revised.clone())));
    for piece in pieces {
        desk.effect(Effect::Refresh(piece));
    }
    if substance {
        for person in voided {
            desk.effect(Effect::Dm(person, Dm::Voided(revised.clone())));
        }
    }
    desk.answer(Answer::Posted(axes))
}

impl Desk<'_> {
    fn posted(&mut self, by: &UserId) {
        self.scope.touched = self.given.now;
        self.note(Some(by), Deed::Posted);
        let rules: Vec<String> = self
            .scope
            .posted()
            .map(|posted| posted.shown.acknowledged.iter().map(|one| one.rule.clone()).collect())
            .unwrap_or_default();
        for rule in rules {
            self.note(Some(by), Deed::Overrode(rule));
        }
    }
}
