//! Somebody's scopes are deleted at their wish: texts and messages go; who did what when stays.

use crate::domain::audit::{AuditRow, Deed};
use crate::domain::command::Delivered;
use crate::domain::effect::Effect;
use crate::domain::ids::{Timestamp, UserId};
use crate::domain::life::Life;
use crate::domain::posting::Piece;
use crate::domain::scope::{DueKind, Ending, Scope, Stage};

use super::{Answer, Decision, Desk};

/// The scope without its texts, and the messages taken back that showed them. `by`: its author, or nobody where an
/// operator did it. The same for every stage, and nothing more to do for one that is over.
pub fn forgotten(mut scope: Scope, by: Option<&UserId>, now: Timestamp) -> Decision {
    let mut effects = Vec::new();
    let mut audit = Vec::new();
    let mut answer = Answer::Same;
    if !matches!(scope.stage, Stage::Ended(_)) {
        let revision = scope.posted().map(|posted| posted.shown.revision);
        if let Some(posted) = scope.posted() {
            let slots = [Piece::Summary, Piece::Kit, Piece::ThirtyDays].map(|piece| posted.posting.slot(piece).place());
            let twins = posted.posting.twins.iter().map(|twin| (&twin.channel, &twin.ts));
            let all = slots.into_iter().flatten().chain(twins);
            effects.extend(all.map(|(channel, ts)| Effect::Retract(channel.clone(), ts.clone())));
        }
        audit.push(AuditRow { at: now, by: by.cloned(), revision, deed: Deed::Erased });
        scope.end(Ending::Erased);
        answer = Answer::Done;
    }
    Decision { scope, effects, audit, answer }
}

/// Slack tells only now where a message stands that showed what has been deleted since.
pub(super) fn shown_too_late(mut desk: Desk<'_>, delivered: Delivered) -> Decision {
    match (&desk.scope.stage, delivered) {
        (Stage::Ended(Ending::Erased), Delivered::Shown { channel, ts, .. }) => {
            desk.effect(Effect::Retract(channel, ts));
            desk.answer(Answer::Done)
        }
        _ => desk.answer(Answer::Same),
    }
}

impl Desk<'_> {
    /// A scope that is over is kept for as long as the operator says, from its end or from the first day of who was hired.
    pub(super) fn keep_for_so_long(&mut self) {
        self.scope.due.remove(&DueKind::Retention);
        let over = self.scope.posted().filter(|posted| posted.life.is_over());
        if let (Some(posted), Some(kept)) = (over, self.given.policy.closed_kept) {
            let start = match &posted.life {
                Life::Filled { hire, .. } => hire.start(),
                _ => None,
            };
            let from = start.map_or(self.given.now, |start| start.max(self.given.now));
            let until = from.checked_add(kept).unwrap_or(Timestamp::MAX);
            self.scope.due.insert(DueKind::Retention, until);
        }
    }
}
