mod words;

mod coach_evaluation;
