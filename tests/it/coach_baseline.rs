//! The naive baseline: a statement is what its keywords say, wherever they stand.

use crate::coach_evaluation::Labels;

const LANGUAGES: [&str; 40] = [
    "python",
    "java",
    "javascript",
    "typescript",
    "golang",
    "go",
    "rust",
    "ruby",
    "rails",
    "php",
    "laravel",
    "django",
    "flask",
    "fastapi",
    "node",
    "node.js",
    "nodejs",
    "express",
    "spring",
    "kotlin",
    "scala",
    "c#",
    ".net",
    "c++",
    "elixir",
    "phoenix",
    "react",
    "angular",
    "vue",
    "perl",
    "swift",
    "haskell",
    "clojure",
    "erlang",
    "kafka",
    "aws",
    "azure",
    "kubernetes",
    "symfony",
    "salesforce",
];

const TYPES: [(&str, &[&str]); 5] = [
    ("ai_inference", &["model", "inference", "llm", "prediction", "ml", "ai", "embedding", "gpu"]),
    ("event_pipeline", &["event", "events", "stream", "streaming", "kafka", "kinesis", "real-time", "telemetry"]),
    ("batch_processing", &["batch", "nightly", "etl", "report", "warehouse", "cron", "import", "backfill"]),
    ("service_integration", &["integration", "integrate", "sync", "webhook", "erp", "crm", "payment", "connector"]),
    ("rest_api", &["api", "rest", "graphql", "crud", "endpoint", "endpoints"]),
];

/// Labels by keywords alone.
pub fn labels_of(text: &str) -> Labels {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | '.' | '-')))
        .map(|word| word.trim_end_matches('.'))
        .collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    Labels {
        language_first: has(&LANGUAGES),
        system_type: TYPES.iter().find(|(_, list)| has(list)).map_or("unclear", |(name, _)| name),
        scale_stated: words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            || has(&["millions", "thousands", "billions", "ms", "rps", "tps", "qps", "tb", "gb"]),
        team_stated: has(&["team", "solo", "alone", "squad"]),
    }
}
