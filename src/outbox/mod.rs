//! Say it once, surely: takes rows from the store lane by lane, says them, reports what became of each.

pub mod mouth;
