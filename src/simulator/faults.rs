//! Faults by knob: what goes wrong, on which method or delivery, how often.

use serde::{Deserialize, Serialize};

use super::chance::Chance;

/// What a fault strikes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A Web API method, or `*`.
    Method(String),
    /// `events`, `commands`, `interactions`, `*`, or one type (`reaction_added`, `block_actions`).
    Delivery(String),
    ResponseUrl(bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    RateLimited,
    Status,
    Error,
    NoAnswer,
    AnswerLost,
    Late,
    Refused,
    Twice,
    OutOfOrder,
    Lost,
    CutSocket,
    WithholdUntilOpened,
}

impl FaultKind {
    pub const ALL: [FaultKind; 12] = [
        FaultKind::RateLimited,
        FaultKind::Status,
        FaultKind::Error,
        FaultKind::NoAnswer,
        FaultKind::AnswerLost,
        FaultKind::Late,
        FaultKind::Refused,
        FaultKind::Twice,
        FaultKind::OutOfOrder,
        FaultKind::Lost,
        FaultKind::CutSocket,
        FaultKind::WithholdUntilOpened,
    ];

    fn strikes_methods(self) -> bool {
        !self.strikes_deliveries() || self == FaultKind::Late
    }

    fn strikes_deliveries(self) -> bool {
        use FaultKind::{CutSocket, Late, Lost, OutOfOrder, Twice};
        matches!(self, Late | Twice | OutOfOrder | Lost | CutSocket)
    }
}

/// One knob, turned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    #[serde(default)]
    pub id: u64,
    pub on: Target,
    pub kind: FaultKind,
    /// How many times; none for ever.
    #[serde(default)]
    pub times: Option<u32>,
    /// With which probability; none for always.
    #[serde(default)]
    pub chance: Option<f64>,
    /// Seconds, of `rate_limited`.
    #[serde(default)]
    pub retry_after: Option<u32>,
    /// Of `status`.
    #[serde(default)]
    pub status: Option<u16>,
    /// Of `status`: whether the work was done all the same.
    #[serde(default)]
    pub done: bool,
    /// Of `error`: Slack's word.
    #[serde(default)]
    pub error: Option<String>,
    /// Of `late`.
    #[serde(default)]
    pub delay_ms: Option<u64>,
}

impl Fault {
    #[must_use]
    pub fn on(on: Target, kind: FaultKind) -> Fault {
        let (times, chance, retry_after, status, error, delay_ms) = (None, None, None, None, None, None);
        Fault { id: 0, on, kind, times, chance, retry_after, status, done: false, error, delay_ms }
    }

    /// On one method.
    #[must_use]
    pub fn of_method(method: &str, kind: FaultKind) -> Fault {
        Fault::on(Target::Method(method.to_owned()), kind)
    }

    /// On one kind of delivery.
    #[must_use]
    pub fn of_delivery(delivery: &str, kind: FaultKind) -> Fault {
        Fault::on(Target::Delivery(delivery.to_owned()), kind)
    }

    #[must_use]
    pub fn once(self) -> Fault {
        self.times(1)
    }

    #[must_use]
    pub fn times(mut self, times: u32) -> Fault {
        self.times = Some(times);
        self
    }

    #[must_use]
    pub fn with_chance(mut self, chance: f64) -> Fault {
        self.chance = Some(chance);
        self
    }

    /// Why this fault cannot be, if it cannot.
    #[must_use]
    pub fn objection(&self) -> Option<&'static str> {
        match &self.on {
            Target::Delivery(_) if !self.kind.strikes_deliveries() => Some("this kind strikes methods, not deliveries"),
            Target::Method(_) if !self.kind.strikes_methods() => Some("this kind strikes deliveries, not methods"),
            Target::ResponseUrl(_)
                if !matches!(self.kind, FaultKind::RateLimited | FaultKind::Status | FaultKind::AnswerLost) =>
            {
                Some("response addresses know rate_limited, status and answer_lost")
            }
            _ if self.chance.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) => {
                Some("chance lies between 0 and 1")
            }
            _ => None,
        }
    }
}

/// What the faults are asked about.
#[derive(Debug, Clone, Copy)]
pub enum Struck<'a> {
    Method(&'a str),
    /// Family (`events`, …) and type.
    Delivery(&'a str, &'a str),
    ResponseUrl,
}

/// The knobs turned at present.
#[derive(Debug, Default)]
pub struct Faults {
    turned: Vec<Fault>,
    last_id: u64,
    /// `views.open` has been answered since the last command, shortcut or press.
    opened: bool,
}

impl Faults {
    /// Turns a knob; its id.
    pub fn set(&mut self, mut fault: Fault) -> u64 {
        self.last_id += 1;
        fault.id = self.last_id;
        if fault.kind == FaultKind::WithholdUntilOpened {
            self.opened = false;
        }
        self.turned.push(fault);
        self.last_id
    }

    /// Turns one back, or all.
    pub fn heal(&mut self, id: Option<u64>) {
        self.turned.retain(|fault| id.is_some_and(|id| fault.id != id));
    }

    #[must_use]
    pub fn all(&self) -> &[Fault] {
        &self.turned
    }

    /// The fault that strikes now, if one does; counted ones are used up.
    pub fn strike(&mut self, struck: Struck<'_>, chance: &mut Chance) -> Option<Fault> {
        let at = self.turned.iter().position(|fault| {
            fault.kind != FaultKind::WithholdUntilOpened
                && fault.on.covers(struck)
                && fault.chance.is_none_or(|probability| chance.happens(probability))
        })?;
        let fault = self.turned.get_mut(at)?;
        let struck = fault.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.turned.remove(at);
            }
        }
        Some(struck)
    }

    /// Whether the answer of this method waits for `views.open`.
    #[must_use]
    pub fn withholds(&self, method: &str) -> bool {
        let held =
            |fault: &Fault| fault.kind == FaultKind::WithholdUntilOpened && fault.on.covers(Struck::Method(method));
        method != "views.open" && !self.opened && self.turned.iter().any(held)
    }

    /// A person did something that can open a modal: answers wait again.
    pub fn trigger_made(&mut self) {
        self.opened = false;
    }

    /// `views.open` was answered.
    pub fn view_opened(&mut self) {
        if self.opened {
            return;
        }
        self.opened = true;
        for fault in self.turned.iter_mut().filter(|fault| fault.kind == FaultKind::WithholdUntilOpened) {
            fault.times = fault.times.map(|times| times.saturating_sub(1));
        }
        self.turned.retain(|fault| fault.kind != FaultKind::WithholdUntilOpened || fault.times != Some(0));
    }
}

impl Target {
    fn covers(&self, struck: Struck<'_>) -> bool {
        match (self, struck) {
            (Target::Method(wanted), Struck::Method(method)) => wanted == "*" || wanted == method,
            (Target::Delivery(wanted), Struck::Delivery(family, name)) => {
                wanted == "*" || wanted == family || wanted == name
            }
            (Target::ResponseUrl(_), Struck::ResponseUrl) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counted_fault_strikes_that_often_and_only_its_target() {
        let mut faults = Faults::default();
        let mut chance = Chance::from_seed(1);
        faults.set(Fault::of_method("chat.postMessage", FaultKind::NoAnswer).times(2));
        assert!(faults.strike(Struck::Method("chat.update"), &mut chance).is_none());
        assert!(faults.strike(Struck::Method("chat.postMessage"), &mut chance).is_some());
        assert!(faults.strike(Struck::Method("chat.postMessage"), &mut chance).is_some());
        assert!(faults.strike(Struck::Method("chat.postMessage"), &mut chance).is_none());
    }

    #[test]
    fn a_fault_with_probability_strikes_the_same_way_for_the_same_seed() {
        let run = || {
            let mut faults = Faults::default();
            let mut chance = Chance::from_seed(42);
            faults.set(Fault::of_delivery("events", FaultKind::Lost).with_chance(0.5));
            (0..64)
                .map(|_| faults.strike(Struck::Delivery("events", "reaction_added"), &mut chance).is_some())
                .collect::<Vec<_>>()
        };
        assert_eq!(run(), run());
        assert!(run().contains(&true) && run().contains(&false));
    }

    #[test]
    fn answers_are_withheld_until_a_view_was_opened_and_again_after_the_next_command() {
        let mut faults = Faults::default();
        faults.set(Fault::of_method("*", FaultKind::WithholdUntilOpened));
        assert!(faults.withholds("users.info") && !faults.withholds("views.open"));
        faults.view_opened();
        assert!(!faults.withholds("users.info"));
        faults.trigger_made();
        assert!(faults.withholds("users.info"));
    }

    #[test]
    fn a_fault_on_the_wrong_target_is_refused() {
        assert!(Fault::of_method("chat.update", FaultKind::Twice).objection().is_some());
        assert!(Fault::of_delivery("events", FaultKind::AnswerLost).objection().is_some());
        assert!(Fault::of_delivery("events", FaultKind::Late).objection().is_none());
    }
}
