//! Who may do what with a scope: the one place in the code; the table is in docs/rights.md.

use super::approval::{Listed, Standing};
use super::decide::Refusal;
use super::ids::UserId;
use super::life::StepKind;
use super::person::{PersonKind, Presence};
use super::policy::{Guests, Policy};
use super::scope::Scope;

/// Whether this person may change, post or discard the scope: its author alone.
pub fn may_edit(by: &UserId, scope: &Scope) -> Result<(), Refusal> {
    if *by == scope.author { Ok(()) } else { Err(Refusal::NotYours) }
}

/// Whether somebody of this kind may ask for changes: anybody of the own workspace who reads the summary.
pub fn may_ask_for_changes(kind: Option<PersonKind>) -> bool {
    matches!(kind, None | Some(PersonKind::Member))
}

/// Whether somebody of this kind may read what changed from revision to revision and who decided what: anybody of the own
/// workspace who reads the summary.
pub fn may_read_history(kind: Option<PersonKind>) -> bool {
    matches!(kind, None | Some(PersonKind::Member))
}

/// Whether somebody may read, beside that, whose attempts did not count and what was refused: the author, and whoever is
/// named as approver.
pub fn may_read_attempts(who: &UserId, scope: &Scope, named: bool) -> bool {
    *who == scope.author || named
}

/// Whether somebody of this kind may open a scope. Somebody not known yet may: the command came signed by Slack
/// from the own workspace, and who approves is decided apart.
pub fn may_open(kind: Option<PersonKind>, policy: &Policy) -> bool {
    match kind {
        None | Some(PersonKind::Member) => true,
        Some(PersonKind::Guest) => policy.guests == Guests::Allowed,
        Some(PersonKind::Outsider | PersonKind::Bot | PersonKind::Deactivated) => false,
    }
}

/// Whether this person may do this with the search. Recruiters are the approvers, and where nobody is named every member;
/// somebody not known yet may be a guest, and waits. The author may do all but take their own, and whoever has it may give
/// it back.
pub fn may_step(
    by: &UserId,
    step: StepKind,
    scope: &Scope,
    policy: &Policy,
    standing: &Standing,
) -> Result<(), Refusal> {
    let has_it = scope.posted().and_then(|posted| posted.life.claimed()).is_some_and(|(who, _)| who == by);
    match step {
        StepKind::Claimed if *by == scope.author => Err(Refusal::OwnScope),
        StepKind::Released if has_it => Ok(()),
        _ if *by == scope.author => Ok(()),
        _ => is_recruiter(policy, standing),
    }
}

fn is_recruiter(policy: &Policy, standing: &Standing) -> Result<(), Refusal> {
    let listed = if policy.asks_for_approval() { standing.listed } else { Listed::Yes };
    let kind = standing.person.as_ref().map(|person| person.kind);
    match (listed, kind) {
        (Listed::No, _) => Err(Refusal::NotARecruiter),
        (Listed::Yes, Some(PersonKind::Member)) => Ok(()),
        (Listed::Unknown, Some(PersonKind::Member)) | (_, None) => Err(Refusal::NotKnownYet),
        (_, Some(_)) => Err(Refusal::NotARecruiter),
    }
}

/// Whether a scope may become somebody's of this kind by their author's wish: a member's alone.
pub fn may_be_given(kind: Option<PersonKind>) -> Result<(), Refusal> {
    match kind {
        Some(PersonKind::Member) => Ok(()),
        Some(_) => Err(Refusal::NotAMember),
        None => Err(Refusal::NotKnownYet),
    }
}

/// Whether somebody of this kind may take over the scope of an author of that kind: a leaver's alone.
pub fn may_take_over(kind: Option<PersonKind>, author: Option<PersonKind>) -> Result<(), Refusal> {
    match author.map(PersonKind::presence) {
        Some(Presence::Left) => may_be_given(kind),
        Some(Presence::Here) | None => Err(Refusal::AuthorStays),
    }
}

#[cfg(test)]
mod tests;
