#[cfg(test)]
mod words;

mod coach_evaluation;
