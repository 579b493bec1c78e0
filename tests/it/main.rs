//! What crosses rooms, in one binary. Each module says `cfg(test)` so that clippy knows its functions for tests.

#[cfg(test)]
mod blockkit;
#[cfg(test)]
mod bolt;
#[cfg(test)]
mod check;
#[cfg(test)]
mod coach_baseline;
#[cfg(test)]
mod coach_command;
#[cfg(test)]
mod coach_evaluation;
#[cfg(test)]
mod coach_properties;
#[cfg(test)]
mod coach_review;
#[cfg(test)]
mod coach_silence;
#[cfg(test)]
mod faulty;
#[cfg(test)]
mod house;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod process;
#[cfg(test)]
mod simulated;
#[cfg(test)]
mod store_full;
#[cfg(test)]
mod store_kill;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod wall;
#[cfg(test)]
mod words;
