//! Payloads as Slack sends them, broken in every way; and how a program fares on them.

use std::path::Path;

use scopebot::ambient::Random;
use scopebot::simulator::Workspace;
use scopebot::store::sled::{OpenOptions, SledStore};
use serde_json::{Map, Value, json};

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
pub fn mutated(value: &mut Value, chance: &Random, depth: u32) {
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

/// Everything that Slack has sent so far: payloads, and of which family (`events_api`, `slash_commands`, `interactive`).
pub fn samples(workspace: &Workspace) -> Vec<(Value, &'static str)> {
    let entries = workspace.transcript();
    let sent = entries.into_iter().filter(|entry| !entry.raw["payload"].is_null());
    sent.map(|entry| {
        let payload = entry.raw["payload"].clone();
        let family = match (payload["type"] == "event_callback", payload.get("command")) {
            (true, _) => "events_api",
            (_, Some(_)) => "slash_commands",
            _ => "interactive",
        };
        (payload, family)
    })
    .collect()
}

/// One of them, broken, and as a new delivery, mostly: one seen before is answered without being looked at.
pub fn broken(samples: &[(Value, &'static str)], case: u64, chance: &Random) -> (Value, &'static str) {
    let (mut payload, family) = samples[usize::try_from(chance.u64()).unwrap_or(0) % samples.len()].clone();
    for _ in 0..=chance.u64() % 3 {
        mutated(&mut payload, chance, 0);
    }
    if let Some(fields) = payload.as_object_mut().filter(|_| !chance.u64().is_multiple_of(5)) {
        for key in ["trigger_id", "event_id"] {
            if fields.get(key).is_some_and(Value::is_string) {
                fields.insert(key.to_owned(), json!(format!("1.{case}.case")));
            }
        }
    }
    (payload, family)
}

/// Bytes of the program's memory that are in use.
pub fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// Holds that nothing in the store is there by halves.
pub async fn is_whole(data: &Path) {
    let store = SledStore::open(data, OpenOptions::default()).await.unwrap();
    let report = store.scrub().await.unwrap();
    assert!(report.is_sound(), "{report} {:?}", report.faults);
    store.close().await.unwrap();
}
