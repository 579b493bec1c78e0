//! The search behind a posted scope: taken, on hold, filled, closed; whose it is; who is reminded of it.

use std::time::Duration;

use crate::domain::approval::Weight;
use crate::domain::audit::Deed;
use crate::domain::effect::{Dm, Effect, Note, Passed, Passing, Stepped};
use crate::domain::ids::{Timestamp, UserId};
use crate::domain::life::{Hire, Step, StepKind};
use crate::domain::person::{PersonKind, Presence};
use crate::domain::posting::{Piece, Slot};
use crate::domain::rights::{may_be_given, may_edit, may_step, may_take_over};
use crate::domain::scope::DueKind;

use super::drafting::later;
use super::{Answer, Decision, Desk, Refusal};

/// How long before the start its author is reminded of it.
const BEFORE_START: Duration = Duration::from_secs(7 * 24 * 3600);
/// How often approvers are reminded of one revision.
const NUDGES: u32 = 2;

pub(super) fn step(mut desk: Desk<'_>, by: &UserId, step: Step) -> Decision {
    let now = desk.given.now;
    let Some(posted) = desk.scope.posted() else { return desk.refuse(by, Refusal::NotPosted) };
    if let Err(refusal) = may_step(by, step.kind(), &desk.scope, &desk.given.policy, &desk.given.standing) {
        return desk.refuse(by, refusal);
    }
    let life = match posted.life.after(&step, &(by.clone(), now)) {
        Ok(Some(life)) => life,
        Ok(None) => return desk.answer(Answer::Same),
        Err(refusal) => return desk.refuse(by, refusal),
    };
    let mut concerned = vec![desk.scope.author.clone()];
    concerned.extend(posted.life.claimed().map(|(who, _)| who.clone()));
    concerned.retain(|person| person != by);
    concerned.dedup();
    desk.scope.touched = now;
    desk.scope.due.remove(&DueKind::BeforeStart);
    if let Step::Fill(hire) = &step {
        desk.scope.due.extend(reminder_of(hire, now).map(|at| (DueKind::BeforeStart, at)));
    }
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(by, Refusal::NotPosted) };
    posted.life = life;
    desk.keep_for_so_long();
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(by, Refusal::NotPosted) };
    let plan =
        step.kind() == StepKind::Filled && matches!(posted.posting.thirty_days, Slot::Empty | Slot::Failed { .. });
    if plan {
        posted.posting.thirty_days = Slot::Waiting;
    }
    desk.note(Some(by), Deed::Stepped(step.kind()));
    let stepped = Stepped { by: by.clone(), step };
    desk.effect(Effect::Refresh(Piece::Summary));
    desk.effect(Effect::Note(Note::Stepped(stepped.clone())));
    if plan {
        desk.effect(Effect::Refresh(Piece::ThirtyDays));
    }
    for person in concerned {
        desk.effect(Effect::Dm(person, Dm::Stepped(stepped.clone())));
    }
    desk.answer(Answer::Done)
}

/// A week before the start, or at once when it is nearer; nothing for one that is past or not known.
fn reminder_of(hire: &Hire, now: Timestamp) -> Option<Timestamp> {
    let start = hire.start().filter(|start| *start > now)?;
    Some(start.checked_sub(BEFORE_START).map_or(now, |before| before.max(now)))
}

pub(super) fn hand_over(desk: Desk<'_>, by: &UserId, to: UserId, kind: Option<PersonKind>) -> Decision {
    if desk.scope.posted().is_none() {
        return desk.refuse(by, Refusal::NotPosted);
    }
    if to == desk.scope.author {
        return desk.answer(Answer::Same);
    }
    if let Err(refusal) = may_edit(by, &desk.scope).and_then(|()| may_be_given(kind)) {
        return desk.refuse(by, refusal);
    }
    pass(desk, by, to, Passing::HandedOver)
}

pub(super) fn take_over(desk: Desk<'_>, by: UserId, kind: Option<PersonKind>, author: Option<PersonKind>) -> Decision {
    if desk.scope.posted().is_none() {
        return desk.refuse(&by, Refusal::NotPosted);
    }
    if by == desk.scope.author {
        return desk.answer(Answer::Same);
    }
    if let Err(refusal) = may_take_over(kind, author) {
        return desk.refuse(&by, refusal);
    }
    pass(desk, &by, by.clone(), Passing::TakenOver)
}

/// The scope is somebody else's from now on: nobody approves or takes their own, so both go if they stood.
fn pass(mut desk: Desk<'_>, by: &UserId, to: UserId, how: Passing) -> Decision {
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(by, Refusal::NotPosted) };
    let current = posted.shown.revision;
    let before = posted.approval.standing(current).len();
    posted.approval.marks.retain(|(person, _), _| *person != to);
    let after = posted.approval.standing(current).len();
    posted.author = Presence::Here;
    let claimer = posted.life.claimed().map(|(who, _)| who.clone());
    if claimer.as_ref() == Some(&to) {
        posted.life = std::mem::take(&mut posted.life).unclaimed();
    }
    let from = std::mem::replace(&mut desk.scope.author, to.clone());
    desk.scope.touched = desk.given.now;
    desk.note(
        Some(by),
        match how {
            Passing::HandedOver => Deed::HandedOver(to.clone()),
            Passing::TakenOver => Deed::TookOver(from.clone()),
        },
    );
    desk.recount(before, after);
    let voided = u32::try_from(before.saturating_sub(after)).unwrap_or(u32::MAX);
    let passed = Passed { from, to: to.clone(), voided, how };
    desk.effect(Effect::Refresh(Piece::Summary));
    desk.effect(Effect::Note(Note::Passed(passed.clone())));
    let mut told: Vec<UserId> = [Some(to), claimer].into_iter().flatten().filter(|person| person != by).collect();
    told.dedup();
    for person in told {
        desk.effect(Effect::Dm(person, Dm::Passed(passed.clone())));
    }
    desk.answer(Answer::Done)
}

pub(super) fn author_seen(mut desk: Desk<'_>, presence: Presence) -> Decision {
    let author = desk.scope.author.clone();
    let Some(posted) = desk.scope.posted_mut() else { return desk.answer(Answer::Same) };
    if posted.author == presence {
        return desk.answer(Answer::Same);
    }
    posted.author = presence;
    let said = presence == Presence::Left && !posted.life.is_over();
    desk.note(None, Deed::AuthorSeen(presence));
    desk.effect(Effect::Refresh(Piece::Summary));
    if said {
        desk.effect(Effect::Note(Note::AuthorLeft(author)));
    }
    desk.answer(Answer::Done)
}

pub(super) fn nudge(mut desk: Desk<'_>, approvers: Vec<UserId>) -> Decision {
    if !desk.is_ripe(DueKind::Nudge) {
        return desk.answer(Answer::Same);
    }
    desk.scope.due.remove(&DueKind::Nudge);
    let author = desk.scope.author.clone();
    let Some(posted) = desk.scope.posted_mut() else { return desk.answer(Answer::Done) };
    posted.nudges = posted.nudges.saturating_add(1);
    let decided = |person: &UserId| {
        posted.approval.marks.iter().any(|((who, _), mark)| who == person && mark.weight != Weight::Taken)
    };
    let waited_for: Vec<UserId> =
        approvers.into_iter().filter(|person| *person != author && !decided(person)).collect();
    if posted.waits_for_approval() && !waited_for.is_empty() {
        desk.note(None, Deed::Nudged);
        for person in waited_for {
            desk.effect(Effect::Dm(person, Dm::Nudge));
        }
    }
    desk.answer(Answer::Done)
}

impl Desk<'_> {
    /// Whether something of this kind is due by now.
    pub(super) fn is_ripe(&self, kind: DueKind) -> bool {
        self.scope.due.get(&kind).is_some_and(|at| *at <= self.given.now)
    }

    /// The next reminder of the approvers is due for as long as the scope waits for them, and only then.
    pub(super) fn keep_nudge(&mut self) {
        let Some(posted) = self.scope.posted() else { return };
        match self.given.policy.nudge_after {
            Some(after) if posted.nudges < NUDGES && posted.waits_for_approval() => {
                let at = later(self.given.now, after);
                self.scope.due.entry(DueKind::Nudge).or_insert(at);
            }
            _ => drop(self.scope.due.remove(&DueKind::Nudge)),
        }
    }
}
