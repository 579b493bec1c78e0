mod coach_baseline;
mod coach_evaluation;
