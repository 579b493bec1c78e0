
mod coach_evaluation;
