//! What the pure parts of a request cost: `cargo bench --bench pure`. Microseconds a call, the least of several rounds.

#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use scopebot::app::screen::{FormScreen, Screen};
use scopebot::domain::answers::Answer;
use scopebot::domain::approval::{Listed, Standing};
use scopebot::domain::brief::Brief;
use scopebot::domain::coach::Overrides;
use scopebot::domain::command::Command;
use scopebot::domain::decide::{Given, decide};
use scopebot::domain::draft::Save;
use scopebot::domain::ids::{ChannelId, Home, Revision, ScopeId, SlackTime, Timestamp, UserId, WindowId};
use scopebot::domain::life::Life;
use scopebot::domain::person::Presence;
use scopebot::domain::policy::{Connect, Guests, Policy};
use scopebot::domain::scope::Scope;
use scopebot::domain::sentence::sentences_of;
use scopebot::domain::summary::{Approval, SummaryView, summary_of};
use scopebot::slack::blocks::said;
use scopebot::slack::payload;
use scopebot::slack::screens::view_of;
use scopebot::slack::signature::Verifier;
use secrecy::SecretString;

#[path = "load/answers.rs"]
mod answers;
use answers::answers;

fn cost(name: &str, mut work: impl FnMut()) {
    let now = || SystemTime::UNIX_EPOCH.elapsed().unwrap_or(Duration::ZERO);
    let round = |work: &mut dyn FnMut()| {
        let start = now();
        (0..200).for_each(|_| work());
        (now() - start).as_secs_f64() * 1e6 / 200.0
    };
    let least = (0..20).map(|_| round(&mut work)).fold(f64::INFINITY, f64::min);
    println!("{name:<52} {least:>9.1} us");
}

fn given(now: Timestamp) -> Given {
    let policy = Policy {
        approvers: [UserId::parse("U1").unwrap()].into(),
        approver_groups: Default::default(),
        quorum: 1,
        reactions: ["white_check_mark".to_owned()].into(),
        hiring_channels: vec![ChannelId::parse("C1").unwrap()],
        guests: Guests::Refused,
        connect: Connect::Refused,
        draft_life: Duration::from_secs(86_400 * 30),
        reminder_before: Duration::from_secs(86_400 * 3),
        nudge_after: None,
        closed_kept: None,
    };
    Given { now, policy, standing: Standing { listed: Listed::No, person: None } }
}

fn main() {
    let prompts = scopebot::prompts::load(None).unwrap_or_else(|faults| panic!("{faults:?}"));
    let (words, coach) = (Arc::new(prompts.words), prompts.coach.coach);
    let (author, answers) = (UserId::parse("U2").unwrap(), answers());
    let (id, window) = (ScopeId::parse("01J9ZZZZZZZZZZZZZZZZZZZZZZ").unwrap(), WindowId::parse("w1").unwrap());
    let now = Timestamp::from_second(1_764_000_000).unwrap();

    let form = Screen::Form(FormScreen {
        scope: id.clone(),
        window: window.clone(),
        generation: 1,
        answers: answers.clone(),
        lines: Vec::new(),
    });
    let view = serde_json::to_value(view_of(&form, &words)).unwrap();
    let payload = serde_json::json!({
        "type": "view_submission", "trigger_id": "1.2", "team": { "id": "T1" }, "user": { "id": "U2", "team_id": "T1" },
        "view": { "id": "V1", "type": "modal", "callback_id": view["callback_id"], "blocks": view["blocks"],
            "private_metadata": view["private_metadata"], "state": { "values": {} } },
    });
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("payload", &payload.to_string()).finish();
    let kind = Some("application/x-www-form-urlencoded");
    let verifier = Verifier::new(SecretString::from("0123456789abcdef0123456789abcdef"));
    let (stamp, wrong) = (now.as_second().to_string(), format!("v0={}", "0".repeat(64)));
    cost(&format!("signature of a submission of {} bytes", body.len()), || {
        let _refused = black_box(verifier.verify(Some(&stamp), Some(&wrong), body.as_bytes(), now));
    });
    cost("reading that submission", || drop(black_box(payload::of_request(kind, body.as_bytes()))));

    let given = given(now);
    let fresh = Scope::fresh(id.clone(), Home::parse("T1").unwrap(), author.clone(), now);
    let at = SlackTime::of(now);
    let start = Command::Start { given: Vec::new(), parked: Vec::new(), window: window.clone(), at };
    let draft = decide(fresh, start, &given).scope;
    let shown: Vec<Answer> = answers.given().cloned().collect();
    let save = Save { window: window.clone(), at: SlackTime(at.0 + 1), acted: None, shown };
    let save = Command::Save { by: author.clone(), save };
    cost("decide: a keystroke is saved", || drop(black_box(decide(draft.clone(), save.clone(), &given))));

    cost("coach: the answers are read", || drop(black_box(coach.sheet(&answers))));
    cost("coach: read and reviewed", || drop(black_box(coach.sheet(&answers).review(&Overrides::default()))));
    let brief = Brief::of(&answers).unwrap();
    cost("the three sentences", || drop(black_box(sentences_of(&brief, &words))));
    let sentences = sentences_of(&brief, &words).map(|sentence| sentence.text());
    let summary = || {
        summary_of(
            &SummaryView {
                scope: &id,
                title: "Backend engineer, ledger of card payments".into(),
                sentences: &sentences,
                brief: &brief,
                author: &author,
                revision: Revision::FIRST,
                approval: Approval::NobodyAsked,
                acknowledged: Vec::new(),
                life: Life::Open,
                presence: Presence::Here,
                buttons: Vec::new(),
            },
            &words,
        )
    };
    cost("the summary as a page", || drop(black_box(summary())));
    let page = summary();
    cost("that page as blocks and text", || drop(black_box(said(&page))));
    cost("the form as a window", || drop(black_box(view_of(&form, &words))));
    let drawn = view_of(&form, &words);
    cost("that window as JSON", || drop(black_box(serde_json::to_string(&drawn))));
}
