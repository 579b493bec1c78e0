mod coach_evaluation;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod words;
