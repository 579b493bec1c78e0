//! What becomes of the search behind a posted scope: a closed list of states, and of the steps between them.

use jiff::civil::Date;
use jiff::tz::Offset;

use super::answers::Text;
use super::choices::choice;
use super::decide::Refusal;
use super::ids::{Timestamp, UserId};

/// A person and when they did it.
pub type By = (UserId, Timestamp);

/// What became of the search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Life {
    /// It goes on, nobody has taken it.
    #[default]
    Open,
    /// A recruiter has it.
    Claimed(By),
    /// It rests.
    OnHold {
        /// Who put it there.
        by: By,
        /// Who had it, and has it again afterwards.
        claimed: Option<By>,
    },
    /// Somebody is hired.
    Filled {
        /// Who said so.
        by: By,
        /// Who starts when.
        hire: Hire,
        /// Who had it.
        claimed: Option<By>,
    },
    /// It ended without a hire.
    Closed {
        /// Who said so.
        by: By,
        /// Why, as typed.
        why: Option<Text>,
        /// Who had it.
        claimed: Option<By>,
    },
}

/// Who starts, and when; either may be unknown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hire {
    /// Who, as typed.
    pub name: Option<Text>,
    /// The first day.
    pub starts: Option<Date>,
}

impl Hire {
    /// Characters of a name.
    pub const NAME_LIMIT: usize = 80;

    /// The first day as a moment.
    pub fn start(&self) -> Option<Timestamp> {
        self.starts.and_then(moment_of)
    }
}

/// A moment that falls on this day for nearly every reader: at 10:00 UTC it is that day from Honolulu to Auckland.
fn moment_of(day: Date) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(day.at(10, 0, 0, 0)).ok()
}

/// Something done with the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// "I have this one."
    Claim,
    /// It is given back.
    Release,
    /// It rests.
    Hold,
    /// It goes on.
    Resume,
    /// Somebody is hired; or who and when is put right.
    Fill(Hire),
    /// It ends without a hire, for this reason.
    Close(Option<Text>),
    /// It had not ended after all.
    Reopen,
}

choice!(
    /// What a step does, without what was typed with it.
    StepKind {
        /// [`Step::Claim`].
        Claimed = "claimed",
        /// [`Step::Release`].
        Released = "released",
        /// [`Step::Hold`].
        OnHold = "on_hold",
        /// [`Step::Resume`].
        Resumed = "resumed",
        /// [`Step::Fill`].
        Filled = "filled",
        /// [`Step::Close`].
        Closed = "closed",
        /// [`Step::Reopen`].
        Reopened = "reopened",
    }
);

impl Step {
    /// What it does.
    pub fn kind(&self) -> StepKind {
        match self {
            Step::Claim => StepKind::Claimed,
            Step::Release => StepKind::Released,
            Step::Hold => StepKind::OnHold,
            Step::Resume => StepKind::Resumed,
            Step::Fill(_) => StepKind::Filled,
            Step::Close(_) => StepKind::Closed,
            Step::Reopen => StepKind::Reopened,
        }
    }
}

impl Life {
    /// Who has it, or had it when it came to rest or ended.
    pub fn claimed(&self) -> Option<&By> {
        match self {
            Life::Open => None,
            Life::Claimed(by) => Some(by),
            Life::OnHold { claimed, .. } | Life::Filled { claimed, .. } | Life::Closed { claimed, .. } => {
                claimed.as_ref()
            }
        }
    }
    /// Whether it has ended, with a hire or without.
    pub fn is_over(&self) -> bool {
        matches!(self, Life::Filled { .. } | Life::Closed { .. })
    }
    /// Whether somebody looks for people now.
    pub fn goes_on(&self) -> bool {
        matches!(self, Life::Open | Life::Claimed(_))
    }
    /// Nobody has it any more; what else is true of it stays.
    #[must_use]
    pub fn unclaimed(self) -> Life {
        match self {
            Life::Open | Life::Claimed(_) => Life::Open,
            Life::OnHold { by, .. } => Life::OnHold { by, claimed: None },
            Life::Filled { by, hire, .. } => Life::Filled { by, hire, claimed: None },
            Life::Closed { by, why, .. } => Life::Closed { by, why, claimed: None },
        }
    }

    /// The state after a step; `None` when it is so already. Whether they may is decided apart.
    pub fn after(&self, step: &Step, by: &By) -> Result<Option<Life>, Refusal> {
        let claimed = self.claimed().cloned();
        let going_on = || claimed.clone().map_or(Life::Open, Life::Claimed);
        let by_now = || by.clone();
        Ok(Some(match (self, step) {
            (Life::Open, Step::Claim) => Life::Claimed(by_now()),
            (Life::Claimed((who, _)), Step::Claim) if *who == by.0 => return Ok(None),
            (Life::Claimed(_), Step::Claim) => return Err(Refusal::ClaimedByOther),
            (Life::OnHold { .. }, Step::Claim) => return Err(Refusal::OnHold),
            (Life::Claimed(_) | Life::OnHold { claimed: Some(_), .. }, Step::Release) => self.clone().unclaimed(),
            (Life::Open | Life::OnHold { claimed: None, .. }, Step::Release) => return Ok(None),
            (Life::Open | Life::Claimed(_), Step::Hold) => Life::OnHold { by: by_now(), claimed },
            (Life::OnHold { .. }, Step::Hold) | (Life::Open | Life::Claimed(_), Step::Resume) => return Ok(None),
            (Life::OnHold { .. }, Step::Resume) => going_on(),
            (Life::Filled { hire: known, .. }, Step::Fill(hire)) if known == hire => return Ok(None),
            (Life::Open | Life::Claimed(_) | Life::OnHold { .. } | Life::Filled { .. }, Step::Fill(hire)) => {
                Life::Filled { by: by_now(), hire: hire.clone(), claimed }
            }
            (Life::Open | Life::Claimed(_) | Life::OnHold { .. }, Step::Close(why)) => {
                Life::Closed { by: by_now(), why: why.clone(), claimed }
            }
            (Life::Closed { .. }, Step::Close(_)) => return Ok(None),
            (Life::Open | Life::Claimed(_) | Life::OnHold { .. }, Step::Reopen) => return Ok(None),
            (Life::Filled { .. } | Life::Closed { .. }, Step::Reopen) => going_on(),
            (
                Life::Filled { .. } | Life::Closed { .. },
                Step::Claim | Step::Release | Step::Hold | Step::Resume | Step::Fill(_) | Step::Close(_),
            ) => return Err(Refusal::SearchOver),
        }))
    }
}
