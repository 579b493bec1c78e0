use scopebot::prompts::coach::{CoachFiles, coach_of};
fn main() {
    let tools = coach_of(&CoachFiles::embedded()).unwrap();
    let coach = &tools.coach;
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let t = row["text"].as_str().unwrap();
        let r = coach.read(t);
        let mut wrong = String::new();
        if row["language_first"] != r.language_first() {
            wrong += &format!(" LANG want {} lead {:?}\n", row["language_first"], r.lead);
        }
        let ty = r.system_type().map_or("unclear", |t| t.key());
        if row["system_type"] != ty {
            wrong += &format!(
                " TYPE want {} got {ty} {:?}\n",
                row["system_type"],
                r.running.as_ref().map(|r| &r.evidence.quote)
            );
        }
        if row["scale_stated"] != r.scale_stated() {
            wrong += &format!(" SCALE want {} {:?}\n", row["scale_stated"], r.quantities);
        }
        if row["team_stated"] != r.team_stated() {
            wrong += &format!(" TEAM want {} {:?}\n", row["team_stated"], r.team);
        }
        if !wrong.is_empty() {
            println!("{t}\n{wrong}");
        }
    }
}
