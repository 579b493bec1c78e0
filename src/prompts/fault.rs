//! What is wrong with a file of words, said so that an operator finds the place.

use std::fmt;

/// One fault in one file of `prompts/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file's name below the prompts folder, `kit/rest_api.toml`.
    pub file: String,
    /// The line, from 1; 0 when the whole file is meant (missing, unreadable).
    pub line: usize,
    /// What is wrong and what is wanted, in one sentence.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            write!(f, "{}: {}", self.file, self.problem)
        } else {
            write!(f, "{}:{}: {}", self.file, self.line, self.problem)
        }
    }
}
