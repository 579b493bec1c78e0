//! How good the readers are: `cargo test --test it coach_evaluation -- --nocapture`.

use scopebot::domain::coach::{Coach, Lexicon, RuleBook};
use scopebot::prompts::coach::{LEXICON, VOCABULARY};
use scopebot::prompts::{lexicon::lexicon_of, vocabulary::vocabulary_of};

#[test]
fn scratch() {
    let words = vocabulary_of(VOCABULARY).unwrap();
    let coach = Coach::new(Lexicon::compile(lexicon_of(LEXICON).unwrap(), &words).unwrap(), RuleBook::default());
    let text = std::fs::read_to_string(std::env::args().find(|a| a.ends_with(".jsonl")).unwrap_or("/tmp/brief/eval/build.jsonl".into())).unwrap();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let t = row["text"].as_str().unwrap();
        let r = coach.read(t);
        let mut wrong = String::new();
        if row["language_first"] != r.language_first() { wrong += &format!(" LANG want {} lead {:?}\n", row["language_first"], r.lead); }
        let ty = r.system_type().map_or("unclear", |t| t.key());
        if row["system_type"] != ty { wrong += &format!(" TYPE want {} got {ty} {:?}\n", row["system_type"], r.running.as_ref().map(|r| &r.evidence.quote)); }
        if row["scale_stated"] != r.scale_stated() { wrong += &format!(" SCALE want {} {:?}\n", row["scale_stated"], r.quantities); }
        if row["team_stated"] != r.team_stated() { wrong += &format!(" TEAM want {} {:?}\n", row["team_stated"], r.team); }
        if !wrong.is_empty() { println!("{t}\n{wrong}"); }
    }
}
