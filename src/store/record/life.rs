//! What becomes of the search behind a posted scope.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::answers::Text;
use crate::domain::ids::{Timestamp, UserId};
use crate::domain::life::{By, Hire, Life, Step};

use super::Spelt;

/// A [`Life`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum LifeRecord {
    /// [`Life::Open`].
    Open,
    /// [`Life::Claimed`].
    Claimed(ByRecord),
    /// [`Life::OnHold`].
    OnHold {
        /// By whom.
        by: ByRecord,
        /// Who has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claimed: Option<ByRecord>,
    },
    /// [`Life::Filled`].
    Filled {
        /// By whom.
        by: ByRecord,
        /// Who starts when.
        hire: HireRecord,
        /// Who had it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claimed: Option<ByRecord>,
    },
    /// [`Life::Closed`].
    Closed {
        /// By whom.
        by: ByRecord,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Spelt<Text>>,
        /// Who had it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claimed: Option<ByRecord>,
    },
}

/// A [`By`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ByRecord(Spelt<UserId>, Spelt<Timestamp>);

/// A [`Hire`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HireRecord {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Spelt<Text>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    starts: Option<Spelt<Date>>,
}

/// A [`Step`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepRecord {
    /// [`Step::Claim`].
    Claim,
    /// [`Step::Release`].
    Release,
    /// [`Step::Hold`].
    Hold,
    /// [`Step::Resume`].
    Resume,
    /// [`Step::Fill`].
    Fill(HireRecord),
    /// [`Step::Close`].
    Close(Option<Spelt<Text>>),
    /// [`Step::Reopen`].
    Reopen,
}

impl LifeRecord {
    /// The stored form.
    pub fn into_record(life: &Life) -> Self {
        let claimed = |claimed: &Option<By>| claimed.as_ref().map(ByRecord::into_record);
        match life {
            Life::Open => LifeRecord::Open,
            Life::Claimed(by) => LifeRecord::Claimed(ByRecord::into_record(by)),
            Life::OnHold { by, claimed: had } => {
                LifeRecord::OnHold { by: ByRecord::into_record(by), claimed: claimed(had) }
            }
            Life::Filled { by, hire, claimed: had } => LifeRecord::Filled {
                by: ByRecord::into_record(by),
                hire: HireRecord::into_record(hire),
                claimed: claimed(had),
            },
            Life::Closed { by, why, claimed: had } => {
                LifeRecord::Closed { by: ByRecord::into_record(by), why: why.clone().map(Spelt), claimed: claimed(had) }
            }
        }
    }
    /// The state.
    pub fn from_record(record: Self) -> Life {
        let claimed = |claimed: Option<ByRecord>| claimed.map(ByRecord::from_record);
        match record {
            LifeRecord::Open => Life::Open,
            LifeRecord::Claimed(by) => Life::Claimed(by.from_record()),
            LifeRecord::OnHold { by, claimed: had } => Life::OnHold { by: by.from_record(), claimed: claimed(had) },
            LifeRecord::Filled { by, hire, claimed: had } => {
                Life::Filled { by: by.from_record(), hire: hire.from_record(), claimed: claimed(had) }
            }
            LifeRecord::Closed { by, why, claimed: had } => {
                Life::Closed { by: by.from_record(), why: why.map(|why| why.0), claimed: claimed(had) }
            }
        }
    }
}

impl ByRecord {
    fn into_record((who, at): &By) -> Self {
        ByRecord(Spelt(who.clone()), Spelt(*at))
    }
    fn from_record(self) -> By {
        (self.0.0, self.1.0)
    }
}

impl HireRecord {
    fn into_record(hire: &Hire) -> Self {
        HireRecord { name: hire.name.clone().map(Spelt), starts: hire.starts.map(Spelt) }
    }
    fn from_record(self) -> Hire {
        Hire { name: self.name.map(|name| name.0), starts: self.starts.map(|starts| starts.0) }
    }
}

impl StepRecord {
    /// The stored form.
    pub fn into_record(step: &Step) -> Self {
        match step {
            Step::Claim => StepRecord::Claim,
            Step::Release => StepRecord::Release,
            Step::Hold => StepRecord::Hold,
            Step::Resume => StepRecord::Resume,
            Step::Fill(hire) => StepRecord::Fill(HireRecord::into_record(hire)),
            Step::Close(why) => StepRecord::Close(why.clone().map(Spelt)),
            Step::Reopen => StepRecord::Reopen,
        }
    }
    /// The step.
    pub fn from_record(record: Self) -> Step {
        match record {
            StepRecord::Claim => Step::Claim,
            StepRecord::Release => Step::Release,
            StepRecord::Hold => Step::Hold,
            StepRecord::Resume => Step::Resume,
            StepRecord::Fill(hire) => Step::Fill(hire.from_record()),
            StepRecord::Close(why) => Step::Close(why.map(|why| why.0)),
            StepRecord::Reopen => Step::Reopen,
        }
    }
}
