//! Who may do what with a scope: the one place in the code; the table is in docs/rights.md.

use super::decide::Refusal;
use super::ids::UserId;
use super::person::PersonKind;
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

#[cfg(test)]
mod tests;
