//! Payloads broken in every way, signed and unsigned, thrown at the real program: no panic, no 5xx, nothing stored by
//! halves, and its memory stays what it was. `INPUT_CASES` asks for more than the short form has.

use scopebot::ambient::Random;
use scopebot::store::sled::{OpenOptions, SledStore};
use serde_json::{Map, Value, json};

use super::site::{FORM, JSON, Site};
use crate::kill::variable;

/// What is put in place of a value.
fn strange(chance: &Random) -> Value {
    match chance.u64() % 14 {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1e308),
        4 => json!(""),
        5 => json!("x".repeat(1 + usize::try_from(chance.u64() % 5_000).unwrap())),
        6 => json!("<!channel> <@U0DEMOMARA> \u{202e}\u{0}\u{feff}"),
        7 => json!([]),
        8 => json!({}),
        9 => (0..60).fold(json!("deep"), |inner, _| json!([inner])),
        10 => json!("01J00000000000000000000000"),
        11 => json!("U0DEMORHEA"),
        12 => json!({"type": "static_select", "selected_option": {"value": {"a": 1}}}),
        _ => json!("9999999999.999999"),
    }
}

/// Changes one place of a payload, anywhere in it.
fn mutated(value: &mut Value, chance: &Random, depth: u32) {
    let pick = |count: usize| usize::try_from(chance.u64()).unwrap_or(0) % count.max(1);
    let stop = depth > 0 && chance.u64().is_multiple_of(4);
    match value {
        Value::Object(fields) if !stop && !fields.is_empty() => {
            let key = fields.keys().nth(pick(fields.len())).unwrap().clone();
            match chance.u64() % 8 {
                0 => drop(fields.remove(&key)),
                1 => renamed(fields, &key),
                _ => mutated(fields.get_mut(&key).unwrap(), chance, depth + 1),
            }
        }
        Value::Array(items) if !stop && !items.is_empty() => {
            let at = pick(items.len());
            mutated(&mut items[at], chance, depth + 1);
        }
        other => *other = strange(chance),
    }
}

fn renamed(fields: &mut Map<String, Value>, key: &str) {
    if let Some(value) = fields.remove(key) {
        fields.insert(format!("{key}_"), value);
    }
}

/// Everything that Slack has sent so far: payloads, and whether they come as a form.
fn samples(site: &Site) -> Vec<(Value, bool)> {
    let entries = site.workspace.transcript();
    let sent = entries.into_iter().filter(|entry| !entry.raw["payload"].is_null());
    sent.map(|entry| {
        let is_event = entry.raw["payload"]["type"] == "event_callback";
        (entry.raw["payload"].clone(), !is_event)
    })
    .collect()
}

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

/// Bytes of the program's memory that are in use.
fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
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
    let samples = samples(&site);
    assert!(samples.len() > 20);
    let before = resident(serving.pid());
    let mut statuses = std::collections::BTreeMap::<u16, u64>::new();
    for case in 0..cases {
        let (mut payload, is_form) = samples[usize::try_from(chance.u64()).unwrap_or(0) % samples.len()].clone();
        for _ in 0..=chance.u64() % 3 {
            mutated(&mut payload, &chance, 0);
        }
        // As a new delivery, mostly: one seen before is answered without being looked at.
        if let Some(fields) = payload.as_object_mut().filter(|_| !chance.u64().is_multiple_of(5)) {
            for key in ["trigger_id", "event_id"] {
                if fields.get(key).is_some_and(Value::is_string) {
                    fields.insert(key.to_owned(), json!(format!("1.{case}.case")));
                }
            }
        }
        let (mut body, kind) = if is_form { (form(&payload), FORM) } else { (payload.to_string().into_bytes(), JSON) };
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
    let store = SledStore::open(&site.folder.path().join("data"), OpenOptions::default()).await.unwrap();
    let report = store.scrub().await.unwrap();
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    store.close().await.unwrap();
}
