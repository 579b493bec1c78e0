//! Frames broken in every way, said to the real program on its sockets: no panic, the connection is kept or made anew, nothing
//! is stored by halves, and its memory stays what it was. `INPUT_CASES` asks for more than the short form has.

use std::collections::BTreeMap;

use scopebot::ambient::Random;
use scopebot::simulator::Workspace;
use scopebot::simulator::delivery::{Answer, Utterance};
use serde_json::{Value, json};

use super::broken::{broken, is_whole, mutated, resident, samples};
use super::sockets::{serving, workspace};
use crate::kill::variable;
use crate::stories::{Plot, Stage, Story, play};
use crate::wall::{WallTime, soon};

/// So many cases go between two questions that have to be answered.
const ASKED_EVERY: u64 = 100;
/// So many between two that break a connection: it is made anew after a pause.
const CUT_EVERY: u64 = 700;
/// Larger than any message that is read (`src/slack/socket/keeper.rs`).
const TOO_LARGE: usize = 4 * 1024 * 1024 + 1;

/// An envelope with a broken payload, or a broken envelope.
fn envelope(samples: &[(Value, &'static str)], case: u64, chance: &Random) -> Utterance {
    let (payload, family) = broken(samples, case, chance);
    let mut frame = json!({
        "envelope_id": format!("broken-{case}"), "type": family, "payload": payload,
        "accepts_response_payload": family == "slash_commands", "retry_attempt": 0, "retry_reason": "",
    });
    let fields = frame.as_object_mut().unwrap();
    match chance.u64() % 16 {
        0 => drop(fields.remove("envelope_id")),
        1 => drop(fields.remove("type")),
        2 => drop(fields.remove("payload")),
        3 => drop(fields.insert("envelope_id".to_owned(), json!({ "a": 1 }))),
        4 => drop(fields.insert("payload".to_owned(), json!(payload.to_string()))),
        5 => drop(fields.insert("type".to_owned(), json!("hello"))),
        6 => drop(fields.insert("retry_attempt".to_owned(), json!("many"))),
        7 => mutated(&mut frame, chance, 0),
        8 => return Utterance::Text(json!([frame]).to_string()),
        9 => return Utterance::Bytes(frame.to_string().into_bytes()),
        10 => return Utterance::Bytes((0..200).map(|_| chance.u64().to_le_bytes()[0]).collect()),
        11 => {
            let text = frame.to_string();
            let half = text.chars().take(text.chars().count() / 2).collect();
            return Utterance::Text(half);
        }
        _ => {}
    }
    // Socket Mode switched off ends the program, on purpose and in good order.
    Utterance::Text(frame.to_string().replace("link_disabled", "link"))
}

/// A command that has to be answered by the connection that is there, or by the one that comes.
async fn is_answered(workspace: &Workspace, command: &Value, case: u64) {
    for attempt in 0..300 {
        let mut payload = command.clone();
        payload["text"] = json!("help");
        payload["trigger_id"] = json!(format!("2.{case}.{attempt}"));
        let envelope = format!("help-{case}-{attempt}");
        let frame = json!({ "envelope_id": envelope, "type": "slash_commands", "payload": payload, "accepts_response_payload": true });
        let answer = workspace.utters(&envelope, Utterance::Text(frame.to_string()));
        if let Some(answer) = answer
            && let Ok(answer) = answer.await
        {
            let Answer::Json(said) = answer else { panic!("case {case}: {answer:?}") };
            return assert!(said.to_string().contains("/scope-backend"), "case {case}: {said}");
        }
        // The line is broken, or has just ended: it is made anew after a pause.
        soon().await;
    }
    panic!("case {case}: nobody answers");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_frames_never_break_the_program() {
    let cases: u64 = variable("INPUT_CASES").map_or(1_500, |cases| cases.parse().unwrap());
    let seed = variable("INPUT_SEED").map_or_else(|| Random::from_os().u64(), |seed| seed.parse().unwrap());
    println!("INPUT_SEED={seed}");
    let chance = Random::from_seed(seed);
    let (workspace, folder) = (workspace().await, tempfile::tempdir().unwrap());
    let running = serving(&workspace, folder.path(), ("SCOPEBOT_DATA_DIR", "data")).await;
    let stage = Stage::new(&workspace, std::sync::Arc::new(WallTime), std::time::Duration::from_secs(60), 1);
    play(&stage, Story { plot: Plot::Revises, number: 1 }).await;
    let samples = samples(&workspace);
    assert!(samples.len() > 20);
    let command = samples.iter().find(|(_, family)| *family == "slash_commands").unwrap().0.clone();
    let before = resident(running.pid());
    let mut said = BTreeMap::<&str, u64>::new();
    for case in 1..=cases {
        let (kind, utterance) = match envelope(&samples, case, &chance) {
            Utterance::Text(text) if case.is_multiple_of(CUT_EVERY) => ("half a frame", Utterance::Half(text)),
            Utterance::Text(_) if case == cases / 2 => ("too large", Utterance::Text("x".repeat(TOO_LARGE))),
            Utterance::Bytes(bytes) => ("binary", Utterance::Bytes(bytes)),
            other => ("text", other),
        };
        *said.entry(kind).or_default() += 1;
        // Most are acknowledged, some cannot be, and none has to be.
        drop(workspace.utters(&format!("broken-{case}"), utterance));
        if case.is_multiple_of(ASKED_EVERY) || kind != "text" && kind != "binary" {
            is_answered(&workspace, &command, case).await;
        }
    }
    is_answered(&workspace, &command, 0).await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    drop(workspace.utters("deep", Utterance::Text(deep)));
    is_answered(&workspace, &command, cases + 1).await;
    let after = resident(running.pid());
    println!("{cases} frames, {said:?}, memory {} MB before, {} MB after", before >> 20, after >> 20);
    assert!(after < before + (96 << 20), "memory grew from {before} to {after}");
    running.asked_to_end();
    let end = tokio::task::spawn_blocking(move || running.ended()).await.unwrap();
    assert_eq!(end.code, Some(0), "{}", end.said);
    assert!(!end.said.contains("a defect") && !end.said.contains("a handler panicked"), "{}", end.said);
    is_whole(&folder.path().join("data")).await;
    workspace.stop().await.unwrap();
}
