use std::collections::BTreeSet;

use scopebot::simulator::Deed;
use scopebot::simulator::coverage::{Level, as_text, table};
use scopebot::simulator::transcript::EntryKind;
use serde_json::{Value, json};

use super::fake_app::desk;

#[tokio::test]
async fn every_method_of_the_table_answers_and_every_absent_one_is_unknown() {
    let desk = desk().await;
    for row in table().methods {
        let answer = desk.call(&row.name, json!({})).await;
        let unknown = answer["error"] == "unknown_method";
        assert_eq!(unknown, row.level == Level::Absent, "{}: {answer}", row.name);
    }
}

#[tokio::test]
async fn every_event_of_the_table_is_really_sent() {
    let desk = desk().await;
    let ws = &desk.ws;
    let act = async |deed: Value| ws.act(serde_json::from_value::<Deed>(deed).unwrap()).await.unwrap();
    let (mara, rhea) = (ws.persona("mara"), ws.persona("rhea"));
    let data = |id: &str| json!({"event_type": "scope", "event_payload": {"id": id}});
    let posted =
        desk.call("chat.postMessage", json!({"channel": "C0DEMOHIRE", "text": "x", "metadata": data("1")})).await;
    let ts = posted["ts"].as_str().unwrap().to_owned();
    desk.call("chat.update", json!({"channel": "C0DEMOHIRE", "ts": ts, "text": "y", "metadata": data("2")})).await;
    rhea.reacts("hiring", &ts, "eyes").await.unwrap();
    rhea.unreacts("hiring", &ts, "eyes").await.unwrap();
    desk.call("chat.delete", json!({"channel": "C0DEMOHIRE", "ts": ts})).await;
    mara.says("hiring", "hello @app").await.unwrap();
    mara.says("dm", "hello").await.unwrap();
    mara.opens_home().await.unwrap();
    act(json!({"do": "edit_person", "person": "olga", "title": "Lead"})).await;
    act(json!({"do": "edit_group", "group": "managers", "members": ["mara"]})).await;
    act(json!({"do": "edit_group", "group": "managers", "members": ["milo"]})).await;
    act(json!({"do": "invite", "channel": "leads", "person": "app"})).await;
    mara.says("leads", "in private").await.unwrap();
    act(json!({"do": "kick", "channel": "hiring", "person": "gus"})).await;
    for channel in ["random", "leads"] {
        for change in [json!({"archived": true}), json!({"archived": false}), json!({"rename": format!("{channel}-2")})]
        {
            let mut deed =
                json!({"do": "edit_channel", "channel": if channel == "random" { "C0DEMORAND" } else { "C0DEMOLEAD" }});
            deed.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            act(deed).await;
        }
    }
    act(json!({"do": "edit_channel", "channel": "C0DEMORAND", "deleted": true})).await;
    act(json!({"do": "kick", "channel": "C0DEMOLEAD", "person": "app"})).await;
    act(json!({"do": "invite", "channel": "C0DEMOLEAD", "person": "app"})).await;
    act(json!({"do": "edit_channel", "channel": "C0DEMOLEAD", "deleted": true})).await;
    act(json!({"do": "kick", "channel": "hiring", "person": "app"})).await;
    act(json!({"do": "app", "installed": false})).await;
    ws.quiet().await;

    let sent: BTreeSet<String> = ws
        .transcript()
        .iter()
        .filter(|entry| entry.kind == EntryKind::Delivery)
        .filter_map(|entry| {
            let event = entry.raw.pointer("/payload/event")?;
            let kind = event.get("type")?.as_str()?;
            let family = match event.get("channel_type").and_then(Value::as_str) {
                Some("channel") => "message.channels",
                Some("group") => "message.groups",
                Some("im") => "message.im",
                _ => kind,
            };
            Some(if kind == "message" { family.to_owned() } else { kind.to_owned() })
        })
        .collect();
    let promised: BTreeSet<String> =
        table().events.into_iter().filter(|row| row.level == Level::Full).map(|row| row.name).collect();
    assert_eq!(sent, promised);
}

#[test]
fn the_table_prints_every_row() {
    let text = as_text();
    for row in table().methods.iter().chain(&table().blocks) {
        assert!(text.contains(&row.name), "{}", row.name);
    }
}
