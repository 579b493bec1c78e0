//! Tests that cross rooms, in one binary.

#[cfg(test)]
mod blockkit;
mod coach_evaluation;
#[cfg(test)]
mod house;
#[cfg(test)]
mod journeys;
mod store_kill;
#[cfg(test)]
mod words;
