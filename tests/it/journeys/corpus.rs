//! Every line of the corpus, posted over the whole path: what is posted shows the words as typed and does nothing else.

use scopebot::domain::sentence::inner;
use scopebot::run::args::DemoTransport;
use scopebot::simulator::look::words_of;
use serde_json::Value;

use super::world::Keeps;
use super::{Kind, World, answers, types};

/// Lines of people who try: broadcasts, mentions, links, markup, zero-width and bidirectional characters, scripts, ends
/// of sentences, and answers at their limit.
const CORPUS: &str = include_str!("corpus.json");

/// Elements of rich text that do something by themselves, or stand for something that is not text.
const LIVE: [&str; 6] = ["broadcast", "user", "usergroup", "channel", "link", "emoji"];

/// What in a message would do more than be read, the mention of the author apart.
fn live(value: &Value, author: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            let kind = fields.get("type").and_then(Value::as_str).unwrap_or_default();
            // The bot's own: who asks, and with which reaction to approve.
            let own = fields.get("user_id").and_then(Value::as_str) == Some(author)
                || (kind == "emoji" && fields.get("name").and_then(Value::as_str) == Some("white_check_mark"));
            if LIVE.contains(&kind) && !own {
                found.push(value.to_string());
            }
            if let ("mrkdwn", Some(text)) = (kind, fields.get("text").and_then(Value::as_str)) {
                marked(text, author, found);
            }
            // A button's own address would open a page.
            found.extend(fields.get("url").map(ToString::to_string));
            fields.values().for_each(|inner| live(inner, author, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| live(inner, author, found)),
        _ => {}
    }
}

/// Slack's own marks in a text that Slack reads.
fn marked(text: &str, author: &str, found: &mut Vec<String>) {
    let rest = text.replace(&format!("<@{author}>"), "");
    if rest.contains('<') {
        found.push(text.to_owned());
    }
}

/// With single spaces: how many stand between words is no word.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_line_of_the_corpus_is_shown_as_typed_and_does_nothing() {
    let lines: Vec<String> = serde_json::from_str(CORPUS).unwrap();
    assert!(lines.len() >= 150);
    let world = World::start(Kind { transport: DemoTransport::Http, keeps: Keeps::Memory }).await;
    let mara = world.persona("mara");
    let mut posted = 0;
    for line in &lines {
        types(&world, "mara", "").await;
        answers(&world, "mara", line).await;
        mara.submits().await.unwrap();
        world.settle().await;
        if mara.stack_depth() != 2 {
            let said = mara.modal().map(|view| view.0["errors"].to_string()).unwrap_or_default();
            assert!(said.len() > 4, "{line:?} is refused without a word");
            mara.dismisses().await.unwrap();
            world.settle().await;
            continue;
        }
        let before = world.summaries().len();
        mara.submits().await.unwrap();
        world.passes(3).await;
        if mara.stack_depth() > 0 {
            // It asks for a reason first.
            assert!(world.window("mara").contains("reason"), "{line:?}: {}", world.window("mara"));
            mara.dismisses().await.unwrap();
            world.settle().await;
            continue;
        }
        let summaries = world.summaries();
        assert_eq!(summaries.len(), before + 1, "{line:?}");
        posted += 1;
        let summary = summaries.last().unwrap();
        let author = world.workspace.look(|world| world.state.person("mara").unwrap().id.clone());
        let mut found = Vec::new();
        summary.blocks().iter().for_each(|block| live(block, &author, &mut found));
        marked(summary.text(), &author, &mut found);
        assert!(found.is_empty(), "{line:?} does something: {found:?}");
        let shown = plain(&words_of(summary.blocks()).replace('\n', ""));
        let typed = plain(&inner(&line.replace(['\u{b}', '\u{c}', '\t'], " ")));
        assert!(shown.contains(&typed), "{line:?} is not shown as typed {typed:?}:\n{shown}");
        let dm = world.persona("mara").reads("dm").pop().unwrap();
        // The direct message names the channel, by itself.
        marked(&dm.text().replace("<#C0DEMOHIRE>", ""), &author, &mut found);
        assert!(found.is_empty(), "{line:?} does something in the direct message: {found:?}");
    }
    println!("{posted} of {} lines posted", lines.len());
    assert!(posted >= 150, "{posted} of {} lines could be posted", lines.len());
    world.end().await;
}
