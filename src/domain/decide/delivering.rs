//! What the outbox reports back: where the messages stand.

use crate::domain::audit::Deed;
use crate::domain::command::Delivered;
use crate::domain::effect::{Dm, Effect};
use crate::domain::posting::{Piece, Slot};

use super::{Answer, Decision, Desk};

pub(super) fn delivered(mut desk: Desk<'_>, delivered: Delivered) -> Decision {
    let author = desk.scope.author.clone();
    if let Delivered::Dropped(why) = delivered {
        desk.note(None, Deed::NotDelivered(why));
        return desk.answer(Answer::Done);
    }
    let Some(posted) = desk.scope.posted_mut() else { return desk.answer(Answer::Same) };
    match delivered {
        Delivered::Shown { piece, channel, ts, revision } => {
            let first = posted.posting.slot(piece).place().is_none();
            if piece == Piece::Summary && first && revision == posted.shown.revision {
                posted.fence_at(ts.time());
            }
            *posted.posting.slot_mut(piece) = Slot::Shown { channel, ts, revision };
        }
        Delivered::InDoubt(piece) => {
            if posted.posting.slot(piece).place().is_none() {
                *posted.posting.slot_mut(piece) = Slot::InDoubt;
            }
        }
        Delivered::Failed { piece, why } => {
            *posted.posting.slot_mut(piece) = Slot::Failed { why: why.clone() };
            desk.note(None, Deed::NotDelivered(why.clone()));
            if piece == Piece::Summary {
                desk.effect(Effect::Dm(author, Dm::NotPosted(why)));
            }
        }
        Delivered::Fence { revision, at } => {
            if revision == posted.shown.revision {
                posted.fence_at(at);
            }
        }
        Delivered::Dropped(_) => {}
    }
    desk.answer(Answer::Done)
}
