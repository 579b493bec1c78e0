mod coach_baseline;
mod coach_evaluation;
mod coach_properties;
mod coach_review;
