//! What people may type, and screens made from it, for the tests of this room.

use std::sync::LazyLock;

use crate::domain::answers::{Answer, Answers, Question, Text};
use crate::domain::brief::Brief;
use crate::domain::choices::{Breadth, Code, Detail, Length, Load, Ramp, Speed, SystemType, Team};
use crate::domain::ids::{ChannelId, ScopeId, SlackTime, Timestamp, UserId, WindowId};
use crate::domain::wording::Words;

static WORDS: LazyLock<Words> = LazyLock::new(|| crate::prompts::load(None).unwrap().words);

pub(in crate::slack) fn words() -> &'static Words {
    &WORDS
}
pub(in crate::slack) fn scope() -> ScopeId {
    ScopeId::parse("01JD8Q7Z9N3E0V5T2R4M6K8H1C").unwrap()
}
pub(in crate::slack) fn window() -> WindowId {
    WindowId::parse("w0123456789abcdef").unwrap()
}
pub(in crate::slack) fn user() -> UserId {
    UserId::parse("U0MARA").unwrap()
}
pub(in crate::slack) fn channel() -> ChannelId {
    ChannelId::parse("C0HIRING").unwrap()
}
pub(in crate::slack) fn moment() -> Timestamp {
    Timestamp::from_second(1_795_500_000).unwrap()
}

/// Hands of many kinds: a name and what they type, repeated to whatever length a question takes.
pub(in crate::slack) const SCRIPTS: [(&str, &str); 6] = [
    ("latin", "payment ledger that keeps every card event in order; "),
    ("cjk", "決済台帳サービス。カードのイベントを順番に保存する、"),
    ("arabic", "نظام دفع يحفظ كل حدث بالترتيب "),
    ("emoji", "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪"),
    ("combining", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘ "),
    ("hostile", "<!channel> <@U0MARA> *b* _i_ `c` :tada: &lt; <https://a.example|b> > "),
];

/// The longest answer of a question in a script.
pub(in crate::slack) fn longest(pattern: &str, limit: usize) -> Text {
    let text: String = pattern.chars().cycle().take(limit).collect();
    // Space at an end would be trimmed off and make it shorter.
    let mut text = text.trim().to_owned();
    while text.chars().count() < limit {
        text.push('x');
    }
    Text::parse(&text, limit).unwrap()
}

/// Every question answered at its longest.
pub(in crate::slack) fn full_answers(pattern: &str) -> Answers {
    let mut answers = Answers::default();
    for question in Question::all() {
        let answer = match question {
            Question::SystemType => Answer::SystemType(SystemType::EventPipeline),
            Question::Speed => Answer::Speed(Speed::Under1S),
            Question::Load => Answer::Load(Load::TensOfThousands),
            Question::Team => Answer::Team(Team::Solo),
            Question::Ramp => Answer::Ramp(Ramp::Weeks),
            Question::Code => Answer::Code(Code::Coupled),
            Question::Length => Answer::Length(Length::Embedded),
            Question::Breadth => Answer::Breadth(Breadth::Backend),
            words => Answer::Words(words, longest(pattern, words.limit())),
        };
        answers.set(question, Some(answer), SlackTime(1));
    }
    answers
}

/// Plain answers, as a manager in a hurry gives them.
pub(in crate::slack) fn short_answers() -> Answers {
    let mut answers = Answers::default();
    for answer in [
        Answer::SystemType(SystemType::EventPipeline),
        Answer::Words(Question::System, Text::parse("Python ledger for card events", 300).unwrap()),
        Answer::Speed(Speed::Under1S),
        Answer::Load(Load::TensOfThousands),
        Answer::Team(Team::OneOrTwo),
    ] {
        answers.set(answer.question(), Some(answer), SlackTime(1));
    }
    answers
}

pub(in crate::slack) fn brief(answers: &Answers) -> Brief {
    Brief::of(answers).unwrap()
}

/// Details in the order of the window.
pub(in crate::slack) fn details() -> impl Iterator<Item = Question> {
    Detail::ALL.iter().copied().map(Question::Detail)
}
