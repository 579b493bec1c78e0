//! What the outbox reports back: where the messages stand.

use std::collections::BTreeSet;

use crate::domain::approval::{Source, Weight};
use crate::domain::audit::Deed;
use crate::domain::command::Delivered;
use crate::domain::effect::{Dm, Effect};
use crate::domain::ids::{ChannelId, MessageTs, Revision, UserId};
use crate::domain::posting::{Hindrance, Piece, Slot, TWINS_KEPT, Twin, TwinText};

use super::forgetting::shown_too_late;
use super::{Answer, Decision, Desk};

/// Slack's words for a message that is no more.
const IS_GONE: [&str; 2] = [DELETED, "channel_not_found"];
const DELETED: &str = "message_not_found";
/// Why a message of the thread has no place.
const NO_SUMMARY: &str = "no_summary";

pub(super) fn delivered(mut desk: Desk<'_>, delivered: Delivered) -> Decision {
    if let Delivered::Dropped(why) = delivered {
        desk.note(None, Deed::NotDelivered(why));
        return desk.answer(Answer::Done);
    }
    let Some(posted) = desk.scope.posted_mut() else { return shown_too_late(desk, delivered) };
    let unfenced = posted.approval.fence.is_none();
    match delivered {
        Delivered::Shown { piece, channel, ts, revision } => desk.now_shown(piece, channel, ts, revision),
        Delivered::InDoubt(piece) => {
            if posted.posting.slot(piece).place().is_none() {
                *posted.posting.slot_mut(piece) = Slot::InDoubt;
            }
        }
        Delivered::Failed { piece, why } => {
            // A message that stands and could not be changed is found still, and the next change mends it.
            let stands = posted.posting.slot(piece).place().is_some() && !IS_GONE.contains(&why.as_str());
            desk.note(None, Deed::NotDelivered(why.clone()));
            if !stands {
                desk.gone(piece, why);
            }
        }
        Delivered::Deleted { channel, ts } => return desk.deleted(&channel, &ts),
        Delivered::Superseded(ts) => {
            if let Some(twin) = posted.posting.twins.iter_mut().find(|twin| twin.ts == ts) {
                twin.text = TwinText::Superseded;
            }
        }
        Delivered::TwinGone(ts) => posted.posting.twins.retain(|twin| twin.ts != ts),
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

/// What stands in the way changed: the author is told of what is new. Once the channel is there again, the summary says
/// what it could not say meanwhile.
pub(super) fn hindered(mut desk: Desk<'_>, found: BTreeSet<Hindrance>) -> Decision {
    let author = desk.scope.author.clone();
    let Some(posted) = desk.scope.posted_mut() else { return desk.answer(Answer::Same) };
    let known = &mut posted.posting.hindered;
    if *known == found {
        return desk.answer(Answer::Same);
    }
    let of_channel = |all: &BTreeSet<Hindrance>| all.iter().any(|one| *one != Hindrance::TooFew);
    let back = of_channel(known) && !of_channel(&found);
    let new: Vec<Hindrance> = found.difference(known).copied().collect();
    *known = found;
    for hindrance in new {
        desk.effect(Effect::Dm(author.clone(), Dm::Hindered(hindrance)));
    }
    if back {
        desk.effect(Effect::Refresh(Piece::Summary));
    }
    desk.answer(Answer::Done)
}

impl Desk<'_> {
    /// A kept message stands in Slack. Of a summary that stands already this is a twin: the first that became known stays
    /// the summary, since its thread and its link are in use.
    fn now_shown(&mut self, piece: Piece, channel: ChannelId, ts: MessageTs, revision: Revision) {
        let author = self.scope.author.clone();
        let Some(posted) = self.scope.posted_mut() else { return };
        let slot = posted.posting.slot(piece);
        let first = match slot.place() {
            None => true,
            Some((stands, at)) if *stands == channel && *at == ts => false,
            Some(_) if piece == Piece::Summary => return self.twin(channel, ts, revision),
            Some(_) => return,
        };
        // A report that comes late does not take the message back to an older revision.
        let newer = matches!(slot, Slot::Shown { revision: stands, .. } if *stands > revision);
        if piece == Piece::Summary && first && posted.approval.is_same_text(revision, posted.shown.revision) {
            posted.fence_at(ts.time());
        }
        if !newer {
            posted.posting.twins.retain(|twin| twin.ts != ts);
            *posted.posting.slot_mut(piece) = Slot::Shown { channel, ts, revision };
        }
        if piece == Piece::Summary && first {
            self.effect(Effect::Dm(author, Dm::Posted));
        }
    }

    fn twin(&mut self, channel: ChannelId, ts: MessageTs, revision: Revision) {
        let Some(posted) = self.scope.posted_mut() else { return };
        let twins = &mut posted.posting.twins;
        if twins.len() < TWINS_KEPT && !twins.iter().any(|twin| twin.ts == ts) {
            twins.push(Twin { channel, ts: ts.clone(), revision, text: TwinText::Shown });
            self.effect(Effect::Supersede(ts));
        }
    }

    /// A kept message is no more. A twin takes the place of the summary; without one its author is told, and what hangs in
    /// its thread has to be said again with it.
    fn gone(&mut self, piece: Piece, why: String) {
        let author = self.scope.author.clone();
        let Some(posted) = self.scope.posted_mut() else { return };
        if piece != Piece::Summary {
            *posted.posting.slot_mut(piece) = Slot::Failed { why };
            return;
        }
        for piece in [Piece::Kit, Piece::ThirtyDays] {
            if posted.posting.slot(piece).place().is_some() {
                *posted.posting.slot_mut(piece) = Slot::Failed { why: NO_SUMMARY.to_owned() };
            }
        }
        if posted.posting.summary.place().is_some() && !posted.posting.twins.is_empty() {
            let Twin { channel, ts, revision, .. } = posted.posting.twins.remove(0);
            posted.posting.summary = Slot::Shown { channel, ts, revision };
            posted.approval.trade_places();
            self.effect(Effect::Refresh(Piece::Summary));
            return self.ask_for_thread();
        }
        posted.posting.summary = Slot::Failed { why: why.clone() };
        self.effect(Effect::Dm(author, Dm::NotPosted(why)));
    }

    fn deleted(mut self, channel: &ChannelId, ts: &MessageTs) -> Decision {
        let Some(posted) = self.scope.posted_mut() else { return self.answer(Answer::Same) };
        if posted.posting.twin_at(channel, ts).is_some() {
            posted.posting.twins.retain(|twin| twin.ts != *ts);
            return self.answer(Answer::Done);
        }
        let pieces = [Piece::Summary, Piece::Kit, Piece::ThirtyDays];
        let stands = |piece: &&Piece| posted.posting.slot(**piece).place() == Some((channel, ts));
        let Some(piece) = pieces.iter().find(stands).copied() else { return self.answer(Answer::Same) };
        self.note(None, Deed::NotDelivered(DELETED.to_owned()));
        self.gone(piece, DELETED.to_owned());
        self.answer(Answer::Done)
    }

    /// What has no place any more is said again in the thread of the summary.
    pub(super) fn ask_for_thread(&mut self) {
        for piece in [Piece::Kit, Piece::ThirtyDays] {
            let Some(posted) = self.scope.posted_mut() else { return };
            if let Slot::Failed { .. } = posted.posting.slot(piece) {
                *posted.posting.slot_mut(piece) = Slot::Waiting;
                self.effect(Effect::Refresh(piece));
            }
        }
    }

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
