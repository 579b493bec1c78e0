#[cfg(test)]
mod words;

mod coach_evaluation;
#[cfg(test)]
mod house;
