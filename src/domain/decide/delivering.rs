//! What the outbox reports back: where the messages stand.

use std::collections::BTreeSet;

use crate::domain::approval::{Source, Weight};
use crate::domain::audit::Deed;
use crate::domain::command::Delivered;
use crate::domain::effect::{Dm, Effect};
use crate::domain::ids::UserId;
use crate::domain::posting::{Piece, Slot};

use super::forgetting::shown_too_late;
use super::{Answer, Decision, Desk};

/// Slack's words for a message that is no more.
const IS_GONE: [&str; 2] = ["message_not_found", "channel_not_found"];

pub(super) fn delivered(mut desk: Desk<'_>, delivered: Delivered) -> Decision {
    let author = desk.scope.author.clone();
    if let Delivered::Dropped(why) = delivered {
        desk.note(None, Deed::NotDelivered(why));
        return desk.answer(Answer::Done);
    }
    let Some(posted) = desk.scope.posted_mut() else { return shown_too_late(desk, delivered) };
    let unfenced = posted.approval.fence.is_none();
    match delivered {
        Delivered::Shown { piece, channel, ts, revision } => {
            let slot = posted.posting.slot(piece);
            let first = slot.place().is_none();
            // A report that comes late does not take the message back to an older revision.
            let newer =
                matches!(slot, Slot::Shown { ts: known, revision: stands, .. } if *known == ts && *stands > revision);
            if piece == Piece::Summary && first && posted.approval.is_same_text(revision, posted.shown.revision) {
                posted.fence_at(ts.time());
            }
            if !newer {
                *posted.posting.slot_mut(piece) = Slot::Shown { channel, ts, revision };
            }
        }
        Delivered::InDoubt(piece) => {
            if posted.posting.slot(piece).place().is_none() {
                *posted.posting.slot_mut(piece) = Slot::InDoubt;
            }
        }
        Delivered::Failed { piece, why } => {
            // A message that stands and could not be changed is found still, and the next change mends it.
            let stands = posted.posting.slot(piece).place().is_some() && !IS_GONE.contains(&why.as_str());
            if !stands {
                *posted.posting.slot_mut(piece) = Slot::Failed { why: why.clone() };
            }
            desk.note(None, Deed::NotDelivered(why.clone()));
            if piece == Piece::Summary && !stands {
                desk.effect(Effect::Dm(author, Dm::NotPosted(why)));
            }
        }
        Delivered::Fence { revision, at } => {
            if posted.approval.is_same_text(revision, posted.shown.revision) {
                posted.fence_at(at);
            }
        }
        Delivered::Dropped(_) => {}
    }
    if unfenced {
        desk.decide_reactions();
    }
    desk.answer(Answer::Done)
}

impl Desk<'_> {
    /// The fence is known now: reactions that waited for it are decided, each once its person is known.
    fn decide_reactions(&mut self) {
        let Some(posted) = self.scope.posted() else { return };
        if posted.approval.fence.is_none() {
            return;
        }
        let people: BTreeSet<UserId> = posted
            .approval
            .marks
            .iter()
            .filter(|((_, source), mark)| matches!(source, Source::Reaction(_)) && mark.weight == Weight::Undecided)
            .map(|((person, _), _)| person.clone())
            .collect();
        for person in people {
            self.effect(Effect::Learn(person));
        }
    }
}
