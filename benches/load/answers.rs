//! The five required answers of a scope that the benches take for any.

use scopebot::domain::answers::{Answer, Answers, Load, Question, Speed, SystemType, Team, Text};
use scopebot::domain::ids::SlackTime;

/// What it says of the system.
pub const SYSTEM: &str = "keeps the ledger of card payments for forty shops and hands finance one number a day";

/// The first of each kind.
pub fn answers() -> Answers {
    let mut answers = Answers::default();
    let text = Text::parse(SYSTEM, Question::System.limit()).unwrap();
    for answer in [
        Answer::SystemType(SystemType::ALL[0]),
        Answer::Words(Question::System, text),
        Answer::Speed(Speed::ALL[0]),
        Answer::Load(Load::ALL[0]),
        Answer::Team(Team::ALL[0]),
    ] {
        answers.set(answer.question(), Some(answer), SlackTime(1));
    }
    answers
}
