//! Buttons: an id a meaning, and a small value that names scope and revision. Neither is a claim to authority.

use crate::domain::document::{Button, Press};
use crate::domain::ids::{Revision, ScopeId};

/// How the `action_id` of every button begins, in every release.
pub const PRESSES: &str = "scoping.press.";

/// The `action_id` of a button.
pub const fn press_id(press: Press) -> &'static str {
    match press {
        Press::Approve => "scoping.press.approve",
        Press::WithdrawMine => "scoping.press.withdraw_mine",
        Press::AskForChanges => "scoping.press.ask_for_changes",
        Press::Kit => "scoping.press.kit",
        Press::Brief => "scoping.press.brief",
        Press::Figures => "scoping.press.figures",
        Press::History => "scoping.press.history",
        Press::Edit => "scoping.press.edit",
        Press::Claim => "scoping.press.claim",
        Press::Release => "scoping.press.release",
        Press::Hold => "scoping.press.hold",
        Press::Resume => "scoping.press.resume",
        Press::Filled => "scoping.press.filled",
        Press::Close => "scoping.press.close",
        Press::ChangeHire => "scoping.press.change_hire",
        Press::Reopen => "scoping.press.reopen",
        Press::HandOver => "scoping.press.hand_over",
        Press::TakeOver => "scoping.press.take_over",
        Press::Open => "scoping.press.open",
        Press::Start => "scoping.press.start",
        Press::StartNew => "scoping.press.start_new",
        Press::Continue => "scoping.press.continue",
        Press::PostAgain => "scoping.press.post_again",
        Press::Discard => "scoping.press.discard",
        Press::Keep => "scoping.press.keep",
        Press::Save => "scoping.press.save",
        Press::Back => "scoping.press.back",
        Press::More => "scoping.press.more",
        Press::UseRewrite => "scoping.press.use_rewrite",
        Press::Review => "scoping.press.review",
        Press::OlderDrafts => "scoping.press.older_drafts",
        Press::OlderScopes => "scoping.press.older_scopes",
        Press::OlderWaiting => "scoping.press.older_waiting",
        Press::RemindersOff => "scoping.press.reminders_off",
        Press::RemindersOn => "scoping.press.reminders_on",
        Press::DeleteMine => "scoping.press.delete_mine",
        Press::Help => "scoping.press.help",
    }
}

/// The meaning of an `action_id`.
pub fn press_of(action_id: &str) -> Option<Press> {
    Press::ALL.iter().copied().find(|press| press_id(*press) == action_id)
}

/// What a button carries: `SCOPE`, `SCOPE.REVISION`, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ButtonValue {
    /// The scope it is about.
    pub scope: Option<ScopeId>,
    /// The revision that was shown beside it.
    pub revision: Option<Revision>,
}

impl ButtonValue {
    /// What this button has to carry.
    pub fn of(button: &Button) -> Self {
        ButtonValue { scope: button.scope.clone(), revision: button.revision }
    }

    /// The value for Slack; `None` when there is nothing to carry. A revision without a scope means nothing.
    pub fn into_wire(self) -> Option<String> {
        let scope = self.scope?;
        Some(match self.revision {
            Some(Revision(number)) => format!("{scope}.{number}"),
            None => scope.to_string(),
        })
    }

    /// Reads a value; `None` for one that the bot never wrote.
    pub fn from_wire(value: Option<&str>) -> Option<Self> {
        let Some(value) = value.filter(|value| !value.is_empty()) else { return Some(Self::default()) };
        let (scope, revision) = match value.split_once('.') {
            Some((scope, number)) => {
                let sound = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
                (scope, Some(Revision(number.parse().ok().filter(|_| sound)?)))
            }
            None => (value, None),
        };
        Some(ButtonValue { scope: Some(ScopeId::parse(scope).ok()?), revision })
    }
}
