//! Approvals: marks made, taken back and decided; changes asked for.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::domain::answers::Text;
use crate::domain::approval::{
    ChangeAsked, Entitlement, Gesture, Listed, Mark, NotCounted, Source, Standmark, Weight, entitled,
};
use crate::domain::audit::Deed;
use crate::domain::effect::{ChangesAsked, Counted, Dm, Effect, Note};
use crate::domain::ids::{Revision, SlackTime, UserId};
use crate::domain::posting::{Piece, Slot};
use crate::domain::scope::Posted;
use crate::domain::wish::Wish;

use super::{Answer, Decision, Desk, Refusal};

/// Marks of one scope that may wait for knowledge at once; approvers are few, a crowd of others must not fill the record.
const UNDECIDED_KEPT: usize = 40;
/// Marks taken back that are remembered per scope; the oldest is forgotten first.
const TAKEN_KEPT: usize = 60;
/// People remembered per scope as having asked for changes of what is shown.
const ASKED_KEPT: usize = 60;
/// People told per scope; beyond it nobody is told any more.
const TOLD_KEPT: usize = 200;

pub(super) fn mark(desk: Desk<'_>, mark: Mark) -> Decision {
    let Some(posted) = desk.scope.posted() else { return desk.refuse(&mark.person, Refusal::NotPosted) };
    let approval = &posted.approval;
    if mark.source.emoji().is_some_and(|name| !approval.reactions.contains(name)) {
        return desk.answer(Answer::Same);
    }
    let key = (mark.person.clone(), mark.source.clone());
    // The greatest time wins; one that waits from an older text does not stand against a mark of this one.
    let older = |known: &Standmark| known.at > mark.at && known.revision >= approval.since;
    if approval.marks.get(&key).is_some_and(|known| known.at == mark.at || older(known)) {
        return desk.answer(Answer::Same);
    }
    match mark.gesture {
        Gesture::Given => given(desk, mark),
        Gesture::Taken => taken(desk, mark),
    }
}

fn given(mut desk: Desk<'_>, mark: Mark) -> Decision {
    let listed = desk.given.standing.listed;
    let verdict = desk.verdict(&mark.person);
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(&mark.person, Refusal::NotPosted) };
    let current = posted.shown.revision;
    let before = posted.approval.standing(current).len();
    let revision = match mark.source {
        Source::Button | Source::Twin(_) => mark.revision.unwrap_or(Revision(0)),
        Source::Reaction(_) => current,
    };
    let seen = text_seen(posted, &mark.source, mark.at, revision);
    let over = posted.life.is_over();
    let key = (mark.person.clone(), mark.source.clone());
    let undecided = Standmark { at: mark.at, revision, weight: Weight::Undecided };
    match (verdict, seen) {
        (Entitlement::No(why), _) => desk.not_counted(&mark.person, why),
        // The search has ended: what stands stays, and nothing is added to it.
        (Entitlement::Yes(_) | Entitlement::NotKnown, _) if over && !posted.approval.counts(&key) => {
            desk.not_counted(&mark.person, NotCounted::NotOpen)
        }
        (Entitlement::Yes(entitled), Seen::Shown) => {
            let again = posted.approval.counts(&key);
            let counts = Standmark { at: mark.at, revision: current, weight: Weight::Counts(entitled) };
            posted.approval.marks.insert(key, counts);
            if !again {
                desk.note(Some(&mark.person), Deed::Approved(mark.source));
                desk.weigh(before, &mark.person);
            }
            desk.answer(Answer::Done)
        }
        // Their approval of this text stands; another mark, whatever it was made for, takes nothing away.
        (Entitlement::Yes(_) | Entitlement::NotKnown, _) if posted.approval.counts(&key) => {
            if let Some(known) = posted.approval.marks.get_mut(&key) {
                known.at = mark.at;
            }
            desk.answer(Answer::Done)
        }
        (Entitlement::Yes(_), Seen::Older) => desk.not_counted(&mark.person, NotCounted::OlderText),
        (Entitlement::Yes(_), Seen::NotYetKnown) => {
            posted.approval.marks.insert(key, undecided);
            desk.answer(Answer::Waiting)
        }
        (Entitlement::NotKnown, _) => {
            let others =
                posted.approval.marks.iter().filter(|(known, one)| **known != key && one.weight == Weight::Undecided);
            if others.count() >= UNDECIDED_KEPT && listed != Listed::Yes {
                return desk.not_counted(&mark.person, NotCounted::NotAnApprover);
            }
            posted.approval.marks.insert(key, undecided);
            desk.effect(Effect::Learn(mark.person));
            desk.answer(Answer::Waiting)
        }
    }
}

fn taken(mut desk: Desk<'_>, mark: Mark) -> Decision {
    let listed = desk.given.standing.listed;
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(&mark.person, Refusal::NotPosted) };
    let current = posted.shown.revision;
    let before = posted.approval.standing(current).len();
    let key = (mark.person.clone(), mark.source.clone());
    let counted = posted.approval.counts(&key);
    if listed == Listed::No && !posted.approval.marks.contains_key(&key) {
        return desk.answer(Answer::Same);
    }
    // Kept, so that an older "given" that arrives late finds it.
    posted.approval.marks.insert(key, Standmark { at: mark.at, revision: current, weight: Weight::Taken });
    posted.approval.forget_taken(TAKEN_KEPT);
    if counted {
        desk.note(Some(&mark.person), Deed::Withdrew(mark.source));
        desk.weigh(before, &mark.person);
    }
    desk.answer(Answer::Done)
}

/// Which text a mark was made for.
#[derive(Clone, Copy)]
enum Seen {
    /// The one that stands.
    Shown,
    /// One that has changed since.
    Older,
    /// Slack has not told yet since when it shows the one that stands.
    NotYetKnown,
}

/// A press names its revision, and so does a twin, which is never changed; a reaction must be later than the moment Slack showed the text.
fn text_seen(posted: &Posted, source: &Source, at: SlackTime, revision: Revision) -> Seen {
    if !posted.approval.is_same_text(revision, posted.shown.revision) {
        return Seen::Older;
    }
    match (source, posted.approval.fence) {
        (Source::Button | Source::Twin(_), _) => Seen::Shown,
        (Source::Reaction(_), None) => Seen::NotYetKnown,
        (Source::Reaction(_), Some(fence)) if at > fence => Seen::Shown,
        (Source::Reaction(_), Some(_)) => Seen::Older,
    }
}

pub(super) fn learnt(mut desk: Desk<'_>, person: &UserId) -> Decision {
    let verdict = desk.verdict(person);
    let Some(posted) = desk.scope.posted_mut() else { return desk.answer(Answer::Same) };
    let current = posted.shown.revision;
    let before = posted.approval.standing(current).len();
    let waiting: Vec<(Source, Seen)> = posted
        .approval
        .marks
        .iter()
        .filter(|((who, _), mark)| who == person && mark.weight == Weight::Undecided)
        .map(|((_, source), mark)| (source.clone(), text_seen(posted, source, mark.at, mark.revision)))
        .collect();
    if waiting.is_empty() {
        return desk.answer(Answer::Same);
    }
    let mut counted = Vec::new();
    let mut refused = None;
    for (source, seen) in waiting {
        let key = (person.clone(), source.clone());
        let refusal = match (&verdict, seen) {
            (Entitlement::NotKnown, _) | (Entitlement::Yes(_), Seen::NotYetKnown) => continue,
            (Entitlement::Yes(entitled), Seen::Shown) => {
                if let Some(mark) = posted.approval.marks.get_mut(&key) {
                    mark.weight = Weight::Counts(entitled.clone());
                    mark.revision = current;
                    counted.push(source);
                }
                continue;
            }
            (Entitlement::Yes(_), Seen::Older) => NotCounted::OlderText,
            (Entitlement::No(why), _) => *why,
        };
        posted.approval.marks.remove(&key);
        refused = Some(refusal);
    }
    match (counted.is_empty(), refused) {
        (true, None) => desk.answer(Answer::Waiting),
        (true, Some(why)) => desk.not_counted(person, why),
        (false, _) => {
            for source in counted {
                desk.note(Some(person), Deed::Approved(source));
            }
            desk.weigh(before, person);
            desk.answer(Answer::Done)
        }
    }
}

/// Slack was asked for long and did not say who they are: their marks wait no longer, and they are told so.
pub(super) fn unknowable(mut desk: Desk<'_>, person: &UserId) -> Decision {
    let Some(posted) = desk.scope.posted_mut() else { return desk.answer(Answer::Same) };
    let marks = &mut posted.approval.marks;
    let before = marks.len();
    marks.retain(|(who, _), mark| who != person || mark.weight != Weight::Undecided);
    if marks.len() == before {
        return desk.answer(Answer::Same);
    }
    desk.not_counted(person, NotCounted::Unknown)
}

pub(super) fn ask_for_changes(
    mut desk: Desk<'_>,
    by: UserId,
    ticks: BTreeSet<ChangeAsked>,
    comment: Option<Text>,
    revision: Option<Revision>,
) -> Decision {
    let author = desk.scope.author.clone();
    if ticks.is_empty() && comment.is_none() {
        // An empty window that was sent: nobody tried what is not theirs, so there is nothing for the record.
        return desk.answer(Answer::Refused(Refusal::NothingAsked));
    }
    let Some(posted) = desk.scope.posted_mut() else { return desk.refuse(&by, Refusal::NotPosted) };
    if posted.life.is_over() {
        return desk.refuse(&by, Refusal::SearchOver);
    }
    let shown = posted.shown.revision;
    let revision = revision.map_or(shown, |revision| revision.min(shown));
    // What was asked of an earlier text is passed on, but says nothing of the one that stands.
    let of_this_text = posted.approval.is_same_text(revision, shown);
    if of_this_text && posted.approval.changes_asked.len() < ASKED_KEPT {
        posted.approval.changes_asked.insert(by.clone());
    }
    let revision = if of_this_text { shown } else { revision };
    let asked = ChangesAsked { by: by.clone(), ticks, comment, revision };
    posted.keep_wish(Wish { at: desk.given.now, asked: asked.clone() });
    desk.note(Some(&by), Deed::AskedForChanges);
    if of_this_text {
        desk.effect(Effect::Refresh(Piece::Summary));
    }
    desk.effect(Effect::Note(Note::ChangesAsked(asked.clone())));
    desk.effect(Effect::Dm(author, Dm::ChangesAsked(asked)));
    desk.answer(Answer::Done)
}

impl Desk<'_> {
    /// Whether this person may approve this scope. What was posted while nobody was asked stays so.
    fn verdict(&self, person: &UserId) -> Entitlement {
        let asked = self.scope.posted().is_some_and(|posted| posted.approval.quorum > 0);
        match entitled(person, &self.scope.author, &self.given.policy, &self.given.standing) {
            Entitlement::Yes(_) | Entitlement::NotKnown if !asked => Entitlement::No(NotCounted::NobodyAsked),
            verdict => verdict,
        }
    }

    /// An attempt that does not count: an audit row and one quiet word, once a person and scope. Whoever goes on and on
    /// fills neither the record nor the channel.
    fn not_counted(mut self, person: &UserId, why: NotCounted) -> Decision {
        let silent = matches!(why, NotCounted::Bot | NotCounted::Deactivated);
        if let Some(posted) = self.scope.posted_mut()
            && posted.approval.told.len() < TOLD_KEPT
            && posted.approval.told.insert(person.clone())
        {
            self.note(Some(person), Deed::NotCounted(why));
            if !silent {
                self.effect(Effect::QuietWord(person.clone(), why));
            }
        }
        self.answer(Answer::NotCounted(why))
    }

    /// After a mark changed: the message follows, and crossing the quorum is said in words, in thread and DM. What
    /// changes after the end of the search is kept and shown, and announced to nobody.
    fn weigh(&mut self, before: usize, mover: &UserId) {
        let author = self.scope.author.clone();
        let Some(posted) = self.scope.posted() else { return };
        let (revision, quorum, over) = (posted.shown.revision, posted.approval.quorum, posted.life.is_over());
        let after = posted.approval.standing(revision).len();
        let kit = self.recount(before, after) == Crossed::Up && self.kit_is_wanted();
        self.effect(Effect::Refresh(Piece::Summary));
        let counted = Counted { by: mover.clone(), given: u32::try_from(after).unwrap_or(u32::MAX), quorum };
        match after.cmp(&before) {
            _ if over => {}
            Ordering::Greater => {
                self.effect(Effect::Note(Note::Approved(counted.clone())));
                self.effect(Effect::Dm(author, Dm::Approved(counted)));
            }
            Ordering::Less => {
                self.effect(Effect::Note(Note::Withdrawn(counted.clone())));
                self.effect(Effect::Dm(author, Dm::Withdrawn(counted)));
            }
            // The same person by another way: nobody needs to hear of it.
            Ordering::Equal => {}
        }
        if kit {
            self.effect(Effect::Refresh(Piece::Kit));
        }
    }

    /// The kit goes into the thread once; asks for it where it does not stand.
    fn kit_is_wanted(&mut self) -> bool {
        let Some(posted) = self.scope.posted_mut() else { return false };
        let wanted = matches!(posted.posting.kit, Slot::Empty | Slot::Failed { .. });
        if wanted {
            posted.posting.kit = Slot::Waiting;
        }
        wanted
    }

    /// What another number of approvals means for the record.
    pub(super) fn recount(&mut self, before: usize, after: usize) -> Crossed {
        let now = self.given.now;
        let Some(posted) = self.scope.posted_mut() else { return Crossed::No };
        let quorum = posted.approval.quorum;
        let reached = |count: usize| quorum > 0 && count >= quorum as usize;
        posted.approval.approved_at = match (reached(before), reached(after)) {
            (_, false) => None,
            (true, true) => posted.approval.approved_at,
            (false, true) => Some(now),
        };
        match (reached(before), reached(after)) {
            (false, true) => {
                self.note(None, Deed::QuorumReached);
                Crossed::Up
            }
            (true, false) => {
                self.note(None, Deed::QuorumLost);
                Crossed::Down
            }
            _ => Crossed::No,
        }
    }
}

/// Whether a change of approvals crossed the quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crossed {
    /// It is reached now.
    Up,
    /// It is lost now.
    Down,
    /// Neither.
    No,
}
