//! What a request reads does not grow with the store.

use scopebot::domain::ids::{ChannelId, Timestamp};
use scopebot::run::args::DemoTransport;
use scopebot::store::sled::Reads;

use super::world::Keeps;
use super::{Kind, World, posts, types};

#[path = "../../../benches/load/fill.rs"]
mod fill;

const OURS: &str = "streaming ledger that books card payments";
/// Keys that the loops behind the requests read now and then, more often in one run than in the next.
const LOOPS: u64 = 16;

/// What each of the five requests read, with what followed behind it.
async fn reads_at(scopes: usize) -> Vec<(&'static str, Reads)> {
    let world = &World::start(Kind { transport: DemoTransport::Http, keeps: Keeps::Sled }).await;
    let channel = ChannelId::parse("C0DEMOHIRE").unwrap();
    let now: Timestamp = world.clock.now();
    let sample = fill::Sample::new(world.bot().home().clone(), channel, now);
    fill::fill(world.sled(), &sample, scopes).await;
    posts(world, "milo", OURS).await;
    let ts = world.summary().ts().to_owned();
    let mut found = Vec::new();
    for name in ["open", "resume", "drafts", "Home", "approve"] {
        let before = world.sled().reads();
        match name {
            "open" => types(world, "mara", OURS).await,
            "resume" => types(world, "mara", "").await,
            "drafts" => types(world, "mara", "drafts").await,
            "Home" => {
                world.persona("rhea").opens_home().await.unwrap();
                world.settle().await;
            }
            _ => {
                world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
                world.settle().await;
            }
        }
        let after = world.sled().reads();
        if world.persona("mara").modal().is_some() {
            world.persona("mara").closes().await.unwrap();
            world.settle().await;
        }
        found.push((name, Reads { keys: after.keys - before.keys, bytes: after.bytes - before.bytes }));
    }
    assert!(
        fill::places(scopes).len() < scopes && fill::author(0) != fill::author(scopes),
        "drafts too, of many people"
    );
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn open_resume_drafts_home_and_approve_read_as_much_among_three_thousand_scopes_as_among_sixty() {
    let (few, many) = (reads_at(60).await, reads_at(3_000).await);
    for ((name, few), (_, many)) in few.iter().zip(&many) {
        assert!(few.keys > 0, "{name} reads something");
        assert!(many.keys <= few.keys + LOOPS, "{name}: {few:?} among sixty, {many:?} among three thousand");
        assert!(many.bytes <= few.bytes + LOOPS * 1024, "{name}: {few:?} among sixty, {many:?} among three thousand");
    }
}
