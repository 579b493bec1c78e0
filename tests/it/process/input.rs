//! Payloads broken in every way, signed and unsigned, thrown at the real program: no panic, no 5xx, nothing stored by
//! halves, and its memory stays what it was. `INPUT_CASES` asks for more than the short form has.

use scopebot::ambient::Random;
use serde_json::Value;

use super::broken::{broken, is_whole, resident, samples};
use super::site::{FORM, JSON, Site};
use crate::kill::variable;

fn form(payload: &Value) -> Vec<u8> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    match payload.get("command") {
        Some(_) => {
            for (name, value) in payload.as_object().into_iter().flatten() {
                form.append_pair(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            }
        }
        None => drop(form.append_pair("payload", &payload.to_string())),
    }
    form.finish().into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_input_never_breaks_the_program() {
    let cases: u64 = variable("INPUT_CASES").map_or(1_500, |cases| cases.parse().unwrap());
    let seed = variable("INPUT_SEED").map_or_else(|| Random::from_os().u64(), |seed| seed.parse().unwrap());
    println!("INPUT_SEED={seed}");
    let chance = Random::from_seed(seed);
    let site = Site::new().await;
    let serving = site.starts("warn,scopebot=info").await;
    let time = std::sync::Arc::new(crate::wall::WallTime);
    let stage = crate::stories::Stage::new(&site.workspace, time, std::time::Duration::from_secs(60), 1);
    crate::stories::play(&stage, crate::stories::Story { plot: crate::stories::Plot::Revises, number: 1 }).await;
    let samples = samples(&site.workspace);
    assert!(samples.len() > 20);
    let before = resident(serving.pid());
    let mut statuses = std::collections::BTreeMap::<u16, u64>::new();
    for case in 0..cases {
        let (payload, family) = broken(&samples, case, &chance);
        let is_event = family == "events_api";
        let (mut body, kind) = if is_event { (payload.to_string().into_bytes(), JSON) } else { (form(&payload), FORM) };
        match chance.u64() % 20 {
            0 => body.truncate(usize::try_from(chance.u64()).unwrap_or(0) % (body.len() + 1)),
            1 => body.iter_mut().step_by(97).for_each(|byte| *byte ^= 0x80),
            _ => {}
        }
        let kind = if chance.u64().is_multiple_of(25) { "text/plain" } else { kind };
        let (status, answer) = if chance.u64().is_multiple_of(10) {
            let now = scopebot::simulator::Time::now(&crate::wall::WallTime).as_second();
            site.sent(body, kind, now, "v0=1234").await
        } else {
            site.signed(body, kind).await
        };
        assert!(status < 500, "case {case}: {status} {answer}\n{payload}");
        *statuses.entry(status).or_default() += 1;
    }
    // Too large: refused by its length, so the program may hang up before all of it was sent. And too deep.
    let large = site.tried(vec![b'x'; 2 * 1024 * 1024], JSON, 0, "v0=1234").await;
    assert!(large.as_ref().map_or_else(reqwest::Error::is_request, |(status, _)| *status == 413), "{large:?}");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(site.signed(deep.into_bytes(), JSON).await.0, 400);
    let after = resident(serving.pid());
    println!("{cases} payloads, answers {statuses:?}, memory {} MB before, {} MB after", before >> 20, after >> 20);
    assert!(after < before + (96 << 20), "memory grew from {before} to {after}");
    serving.asked_to_end();
    let end = tokio::task::spawn_blocking(move || serving.ended()).await.unwrap();
    assert_eq!(end.code, Some(0));
    assert!(!end.said.contains("a defect") && !end.said.contains("a handler panicked"), "{}", end.said);
    is_whole(&site.folder.path().join("data")).await;
}
