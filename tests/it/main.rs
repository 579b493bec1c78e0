mod coach_evaluation;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod blockkit;
#[cfg(test)]
mod words;
