//! Turns `prompts/` (data: words, lexicon) into checked types, with file and line of every fault.

pub mod coach;
pub mod fault;
pub mod lexicon;
pub mod rules;
pub mod vocabulary;
