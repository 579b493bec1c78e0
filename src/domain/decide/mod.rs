//! The one pure verb: a scope, a wish and what is given make the next scope, and what is to be said about it.
//!
//! A refusal is an answer with its own effects and audit, committed like any other. Nothing here waits, reads a
//! clock or knows Slack; the unhandled pair (stage, command) is designed in each branch.

mod approving;
mod delivering;
mod drafting;
mod forgetting;
mod posting;
mod searching;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeSet;

pub use forgetting::forgotten;

use super::answers::Question;
use super::approval::{NotCounted, Standing};
use super::audit::{AuditRow, Deed};
use super::command::Command;
use super::draft::Warning;
use super::effect::Effect;
use super::ids::{Timestamp, UserId};
use super::policy::Policy;
use super::scope::{Axis, Ending, Scope};

/// What `decide` may know beyond the scope.
#[derive(Debug, Clone)]
pub struct Given {
    /// The bot's time.
    pub now: Timestamp,
    /// The operator's decisions.
    pub policy: Policy,
    /// What the directory says of the person concerned.
    pub standing: Standing,
}

/// The next scope and all that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The scope as it is to be stored.
    pub scope: Scope,
    /// What the outbox has to do, in order.
    pub effects: Vec<Effect>,
    /// What is to be remembered of it.
    pub audit: Vec<AuditRow>,
    /// What to tell the person.
    pub answer: Answer,
}

/// What to tell the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Done as wished.
    Done,
    /// It was so already; nothing changed, nothing follows and nothing is remembered of it.
    Same,
    /// Posting needs these first.
    Missing(Vec<Question>),
    /// The answers moved since the review, or another review was quicker: it has to be made and shown again.
    Moved,
    /// These warnings need a tick and a reason.
    NeedsReason(Vec<Warning>),
    /// It is on its way, or was before; a new revision names what changed.
    Posted(BTreeSet<Axis>),
    /// The mark waits until Slack has said who the person is.
    Waiting,
    /// The mark does not count.
    NotCounted(NotCounted),
    /// Refused.
    Refused(Refusal),
}

/// Why a wish is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// Only its author may.
    NotYours,
    /// The draft is over.
    Over(Ending),
    /// There is no draft to change: it has been posted.
    NoDraft,
    /// It is not posted.
    NotPosted,
    /// Not one of the configured hiring channels.
    NotAHiringChannel,
    /// Asking for changes needs a tick or a comment.
    NothingAsked,
    /// Only approvers may; where nobody is named, any member.
    NotARecruiter,
    /// Nobody takes their own scope.
    OwnScope,
    /// Slack has not told yet who the person is.
    NotKnownYet,
    /// Somebody else has it.
    ClaimedByOther,
    /// The search rests.
    OnHold,
    /// It is filled or closed.
    SearchOver,
    /// Its author has not left.
    AuthorStays,
    /// Only members of the workspace can have a scope.
    NotAMember,
}

impl Refusal {
    /// The key in audit rows and `prompts/`.
    pub fn key(self) -> &'static str {
        match self {
            Refusal::NotYours => "not_yours",
            Refusal::Over(Ending::Discarded) => "discarded",
            Refusal::Over(Ending::Expired) => "expired",
            Refusal::Over(Ending::Erased) => "erased",
            Refusal::Over(Ending::Lapsed) => "lapsed",
            Refusal::NoDraft => "no_draft",
            Refusal::NotPosted => "not_posted",
            Refusal::NotAHiringChannel => "not_a_hiring_channel",
            Refusal::NothingAsked => "nothing_asked",
            Refusal::NotARecruiter => "not_a_recruiter",
            Refusal::OwnScope => "own_scope",
            Refusal::NotKnownYet => "not_known_yet",
            Refusal::ClaimedByOther => "claimed_by_other",
            Refusal::OnHold => "on_hold",
            Refusal::SearchOver => "search_over",
            Refusal::AuthorStays => "author_stays",
            Refusal::NotAMember => "not_a_member",
        }
    }
}

/// Decides.
pub fn decide(scope: Scope, command: Command, given: &Given) -> Decision {
    let desk = Desk { scope, effects: Vec::new(), audit: Vec::new(), given };
    match command {
        Command::Start { given: answers, parked, window, at } => drafting::start(desk, answers, parked, window, at),
        Command::Open { by, window, at } => drafting::open(desk, &by, window, at),
        Command::Edit { by, window, at } => drafting::edit(desk, &by, window, at),
        Command::Save { by, save } => drafting::save(desk, &by, &save),
        Command::Mend { by, window, answer, at } => drafting::mend(desk, &by, &window, answer, at),
        Command::Renew { by, window, above, at } => drafting::renew(desk, &by, window, above, at),
        Command::Review { by, candidate } => drafting::review(desk, &by, *candidate),
        Command::Keep { by } => drafting::keep(desk, &by),
        Command::Discard { by } => drafting::discard(desk, &by),
        Command::Due(kind) => drafting::due(desk, kind),
        Command::Post { by, candidate, on_purpose, channel } => {
            posting::post(desk, &by, candidate, on_purpose, channel)
        }
        Command::PostAgain { by } => posting::again(desk, &by),
        Command::Mark(mark) => approving::mark(desk, mark),
        Command::Learnt(person) => approving::learnt(desk, &person),
        Command::AskForChanges { by, ticks, comment, revision } => {
            approving::ask_for_changes(desk, by, ticks, comment, revision)
        }
        Command::Unknowable(person) => approving::unknowable(desk, &person),
        Command::Hindered(found) => delivering::hindered(desk, found),
        Command::Step { by, step } => searching::step(desk, &by, step),
        Command::HandOver { by, to, kind } => searching::hand_over(desk, &by, to, kind),
        Command::TakeOver { by, kind, author } => searching::take_over(desk, by, kind, author),
        Command::AuthorSeen(presence) => searching::author_seen(desk, presence),
        Command::Nudge(approvers) => searching::nudge(desk, approvers),
        Command::Delivered(delivered) => delivering::delivered(desk, delivered),
    }
}

/// The scope on the desk while it is decided upon.
struct Desk<'a> {
    scope: Scope,
    effects: Vec<Effect>,
    audit: Vec<AuditRow>,
    given: &'a Given,
}

impl Desk<'_> {
    fn note(&mut self, by: Option<&UserId>, deed: Deed) {
        let revision = self.scope.posted().map(|posted| posted.shown.revision);
        self.audit.push(AuditRow { at: self.given.now, by: by.cloned(), revision, deed });
    }
    fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }
    fn answer(mut self, answer: Answer) -> Decision {
        if answer != Answer::Same {
            self.keep_nudge();
        }
        Decision { scope: self.scope, effects: self.effects, audit: self.audit, answer }
    }
    fn refuse(mut self, by: &UserId, refusal: Refusal) -> Decision {
        self.note(Some(by), Deed::Refused(refusal.key().into()));
        self.answer(Answer::Refused(refusal))
    }
}
