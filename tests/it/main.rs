#[cfg(test)]
mod coach_baseline;
#[cfg(test)]
mod coach_evaluation;
#[cfg(test)]
mod coach_properties;
#[cfg(test)]
mod coach_review;
