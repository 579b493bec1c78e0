//! Turns `prompts/` (data: words, lexicon) into checked types, with file and line of every fault.

pub mod fault;
