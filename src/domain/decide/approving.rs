//! Approvals: marks made, taken back and decided; changes asked for.

use std::collections::BTreeSet;

use crate::domain::answers::Text;
use crate::domain::approval::{
    ChangeAsked, Entitlement, Gesture, Listed, Mark, NotCounted, Source, Standmark, Weight, entitled,
};
use crate::domain::audit::Deed;
use crate::domain::effect::{ChangesAsked, Dm, Effect, Note};
use crate::domain::ids::{Revision, UserId};
use crate::domain::posting::{Piece, Slot};
use crate::domain::scope::Posted;

use super::{Answer, Decision, Desk, Refusal};

/// Marks of one scope that may wait for knowledge at once; approvers are few, a crowd of others must not fill the record.
const UNDECIDED_KEPT: usize = 40;
/// People told per scope; beyond it nobody is told any more.
const TOLD_KEPT: usize = 200;

pub(super) fn mark(mut desk: Desk<'_>, mark: Mark) -> Decision {
    let listed = desk.given.standing.listed;
    let author = desk.scope.author.clone();
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(&mark.person, Refusal::NotPosted) };
    if let Source::Reaction(name) = &mark.source
        && !posted.approval.reactions.contains(name)
    {
        return desk.answer(Answer::Same);
    }
    let key = (mark.person.clone(), mark.source.clone());
    if posted.approval.marks.get(&key).is_some_and(|known| known.at >= mark.at) {
        return desk.answer(Answer::Same);
    }
    let current = posted.shown.revision;
    let before = posted.approval.reached(current);
    match mark.gesture {
        Gesture::Taken => {
            let known = posted.approval.marks.remove(&key);
            let counted =
                matches!(&known, Some(known) if matches!(known.weight, Weight::Counts(_)) && known.revision == current);
            if known.is_some() || listed != Listed::No {
                // Kept, so that an older "given" that arrives late finds it.
                let taken = Standmark { at: mark.at, revision: current, weight: Weight::Taken };
                posted.approval.marks.insert(key, taken);
            }
            if !counted {
                return desk.answer(Answer::Same);
            }
            desk.note(Some(&mark.person), Deed::Withdrew(mark.source));
            desk.weigh(before, &mark.person);
            desk.answer(Answer::Done)
        }
        Gesture::Given => {
            let Some(revision) = revision_seen(posted, &mark) else {
                return desk.not_counted(&mark.person, NotCounted::OlderText);
            };
            match entitled(&mark.person, &author, &desk.given.policy, &desk.given.standing) {
                Entitlement::No(why) => desk.not_counted(&mark.person, why),
                Entitlement::NotKnown => {
                    let waiting = posted.approval.marks.values().filter(|one| one.weight == Weight::Undecided).count();
                    if waiting >= UNDECIDED_KEPT && listed != Listed::Yes {
                        return desk.not_counted(&mark.person, NotCounted::NotAnApprover);
                    }
                    let undecided = Standmark { at: mark.at, revision, weight: Weight::Undecided };
                    posted.approval.marks.insert(key, undecided);
                    desk.effect(Effect::Learn(mark.person));
                    desk.answer(Answer::Waiting)
                }
                Entitlement::Yes(entitled) => {
                    let counts = Standmark { at: mark.at, revision, weight: Weight::Counts(entitled) };
                    posted.approval.marks.insert(key, counts);
                    desk.note(Some(&mark.person), Deed::Approved(mark.source));
                    desk.weigh(before, &mark.person);
                    desk.answer(Answer::Done)
                }
            }
        }
    }
}

/// The revision a mark is for: a press names it, a reaction must be later than the moment Slack showed it.
fn revision_seen(posted: &Posted, mark: &Mark) -> Option<Revision> {
    let current = posted.shown.revision;
    match mark.source {
        Source::Button => mark.revision.filter(|revision| *revision == current),
        Source::Reaction(_) => posted.approval.fence.filter(|fence| mark.at > *fence).map(|_| current),
    }
}

pub(super) fn learnt(mut desk: Desk<'_>, person: &UserId) -> Decision {
    let author = desk.scope.author.clone();
    let Some(posted) = desk.scope.posted_mut() else { return desk.answer(Answer::Same) };
    let current = posted.shown.revision;
    let before = posted.approval.reached(current);
    let waiting: Vec<Source> = posted
        .approval
        .marks
        .iter()
        .filter(|((who, _), mark)| who == person && mark.weight == Weight::Undecided)
        .map(|((_, source), _)| source.clone())
        .collect();
    if waiting.is_empty() {
        return desk.answer(Answer::Same);
    }
    let verdict = entitled(person, &author, &desk.given.policy, &desk.given.standing);
    let mut counted = Vec::new();
    let mut refused = None;
    for source in waiting {
        let key = (person.clone(), source.clone());
        let outdated = posted.approval.marks.get(&key).is_some_and(|mark| mark.revision != current);
        match &verdict {
            Entitlement::NotKnown => return desk.answer(Answer::Waiting),
            Entitlement::Yes(entitled) if !outdated => {
                if let Some(mark) = posted.approval.marks.get_mut(&key) {
                    mark.weight = Weight::Counts(entitled.clone());
                    counted.push(source);
                }
            }
            Entitlement::Yes(_) => {
                posted.approval.marks.remove(&key);
                refused = Some(NotCounted::OlderText);
            }
            Entitlement::No(why) => {
                posted.approval.marks.remove(&key);
                refused = Some(*why);
            }
        }
    }
    if counted.is_empty()
        && let Some(why) = refused
    {
        return desk.not_counted(person, why);
    }
    for source in counted {
        desk.note(Some(person), Deed::Approved(source));
    }
    desk.weigh(before, person);
    desk.answer(Answer::Done)
}

pub(super) fn ask_for_changes(
    mut desk: Desk<'_>,
    by: UserId,
    ticks: BTreeSet<ChangeAsked>,
    comment: Option<Text>,
) -> Decision {
    let author = desk.scope.author.clone();
    if ticks.is_empty() && comment.is_none() {
        return desk.refuse(&by, Refusal::NothingAsked);
    }
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(&by, Refusal::NotPosted) };
    posted.approval.changes_asked.insert(by.clone());
    let asked = ChangesAsked { by: by.clone(), ticks, comment, revision: posted.shown.revision };
    desk.note(Some(&by), Deed::AskedForChanges);
    desk.effect(Effect::Refresh(Piece::Summary));
    desk.effect(Effect::Note(Note::ChangesAsked(asked.clone())));
    desk.effect(Effect::Dm(author, Dm::ChangesAsked(asked)));
    desk.answer(Answer::Done)
}

impl Desk<'_> {
    /// An attempt that does not count: an audit row, and one quiet word a person and scope.
    fn not_counted(mut self, person: &UserId, why: NotCounted) -> Decision {
        self.note(Some(person), Deed::NotCounted(why));
        let silent = matches!(why, NotCounted::Bot | NotCounted::Deactivated);
        if let Some(posted) = self.scope.posted_mut()
            && !silent
            && posted.approval.told.len() < TOLD_KEPT
            && posted.approval.told.insert(person.clone())
        {
            self.effect(Effect::QuietWord(person.clone(), why));
        }
        self.answer(Answer::NotCounted(why))
    }

    /// After a mark changed: the message follows, and crossing the quorum is said in words, in thread and DM.
    fn weigh(&mut self, before: bool, mover: &UserId) {
        let now = self.given.now;
        let author = self.scope.author.clone();
        let Some(posted) = self.scope.posted_mut() else { return };
        let revision = posted.shown.revision;
        let after = posted.approval.reached(revision);
        let by: BTreeSet<UserId> = posted.approval.standing(revision).into_iter().cloned().collect();
        posted.approval.approved_at = match (before, after) {
            (_, false) => None,
            (true, true) => posted.approval.approved_at,
            (false, true) => Some(now),
        };
        let kit = !before && after && matches!(posted.posting.kit, Slot::Empty | Slot::Failed { .. });
        if kit {
            posted.posting.kit = Slot::Waiting;
        }
        self.effect(Effect::Refresh(Piece::Summary));
        match (before, after) {
            (false, true) => {
                self.note(None, Deed::QuorumReached);
                self.effect(Effect::Note(Note::Approved(by.clone())));
                self.effect(Effect::Dm(author, Dm::Approved(by)));
            }
            (true, false) => {
                self.note(None, Deed::QuorumLost);
                self.effect(Effect::Note(Note::NoLongerApproved(mover.clone())));
                self.effect(Effect::Dm(author, Dm::NoLongerApproved(mover.clone())));
            }
            (true, true) | (false, false) => {}
        }
        if kit {
            self.effect(Effect::Refresh(Piece::Kit));
        }
    }
}
