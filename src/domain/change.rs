//! What changed between two forms of a scope, and what an approver may ask to have changed.

use super::brief::Brief;
use super::wording::keys;

keys!(
    /// A part of a scope that can change.
    Axis {
        /// The first sentence.
        System = "system",
        /// The second sentence.
        Scale = "scale",
        /// The third sentence.
        Team = "team",
        /// Language and ramp.
        Language = "language",
        /// State of the code.
        Code = "code",
        /// Length of the need, backend or full-stack, and what recruiters asked for.
        Details = "details",
        /// The title.
        Title = "title",
    }
);

impl Axis {
    /// Whether approvals of the earlier form no longer count: the sentences, the code or the language.
    pub fn voids(self) -> bool {
        match self {
            Axis::System | Axis::Scale | Axis::Team | Axis::Language | Axis::Code => true,
            Axis::Details | Axis::Title => false,
        }
    }
}

keys!(
    /// What is doubtful, in the eyes of an approver.
    Tick {
        /// The type of system.
        Type = "type_doubtful",
        /// The load.
        Load = "load_guessed",
        /// The team.
        Team = "team_unclear",
        /// A language used to sort people out.
        Language = "language_as_filter",
        /// Details for sourcing.
        Details = "details_missing",
    }
);

/// What changed, in the order of [`Axis::ALL`]; empty when the same is said.
pub fn changes_between(old: &Brief, new: &Brief) -> Vec<Axis> {
    let changed = |axis: &Axis| match axis {
        Axis::System => (old.system_type, &old.system) != (new.system_type, &new.system),
        Axis::Scale => (old.speed, old.load, &old.numbers) != (new.speed, new.load, &new.numbers),
        Axis::Team => old.team != new.team,
        Axis::Language => (&old.language, old.ramp) != (&new.language, new.ramp),
        Axis::Code => old.code != new.code,
        Axis::Details => (old.length, old.breadth, &old.details) != (new.length, new.breadth, &new.details),
        Axis::Title => old.title != new.title,
    };
    Axis::ALL.iter().copied().filter(|axis| changed(axis)).collect()
}
