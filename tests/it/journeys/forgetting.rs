//! Everything of one person is deleted: by themselves, or by whoever runs the bot.

use scopebot::app::forgetting::{AskedBy, Forgotten};
use scopebot::domain::ids::UserId;

use super::world::{Keeps, World};
use super::{journey, posts, says, says_not, types};

const SECRET: &str = "zebra crossings of marmalade parcels";
const DRAFT: &str = "quokka ledgers, at dusk";

async fn forgets(world: &World, who: &str) -> Forgotten {
    let id = UserId::parse(&format!("U0DEMO{}", who.to_uppercase())).unwrap();
    let gone = world.bot().app().forget(&id, AskedBy::Operator).await.unwrap();
    world.settle().await;
    gone
}

journey!(
    what_was_somebodys_is_gone_from_the_channel_and_from_the_store => |world| {
        posts(world, "mara", SECRET).await;
        world.persona("rhea").reacts("hiring", world.summary().ts(), "white_check_mark").await.unwrap();
        world.passes(5).await;
        says(&world.summary().says(), SECRET);
        assert!(world.thread().iter().any(|said| said.contains("valuation kit")), "{:?}", world.thread());
        types(world, "mara", DRAFT).await;
        world.persona("mara").dismisses().await.unwrap();
        posts(world, "milo", "parking permits").await;

        assert_eq!(forgets(world, "mara").await, Forgotten { drafts: 1, posted: 1 });
        let all: Vec<String> = world.summaries().iter().map(|message| message.says()).collect();
        says(&all.join("\n"), "This scope was deleted, and its text with it.");
        says_not(&all.join("\n"), SECRET);
        says(&all.join("\n"), "parking permits");
        let first = world.summaries().into_iter().find(|message| message.says().contains("was deleted")).unwrap();
        for said in world.persona("rhea").reads_thread("hiring", first.ts()) {
            says_not(&said.says(), SECRET);
        }
        types(world, "mara", "drafts").await;
        says(&world.note("mara"), "You have no drafts");
        types(world, "mara", "status").await;
        says_not(&world.note("mara"), SECRET);

        assert_eq!(forgets(world, "mara").await, Forgotten::default(), "a second time nothing is left to do");
        // A reaction on what is gone is nothing.
        world.persona("ravi").reacts("hiring", first.ts(), "white_check_mark").await.unwrap();
        world.settle().await;
        if world.kind.keeps == Keeps::Sled {
            kept_nowhere(world).await;
        }
    }
);

/// Not in any row, and not in a byte of a store made from a backup. sled's own file keeps old pages until it needs their
/// room, which docs/store.md says.
async fn kept_nowhere(world: &World) {
    let stream = world.backup().await;
    for words in [SECRET, "quokka"] {
        assert!(!stream.contains(words), "{words:?} is still in a row");
    }
    assert!(stream.contains("parking permits") && stream.contains("\"erased\""));
    let fresh = tempfile::tempdir().unwrap();
    scopebot::store::sled::rebuild(fresh.path(), stream.as_bytes()).unwrap();
    let mut looked = 0;
    for entry in std::fs::read_dir(fresh.path().join("sled")).unwrap().flatten().filter(|entry| entry.path().is_file())
    {
        let bytes = std::fs::read(entry.path()).unwrap();
        looked += bytes.len();
        for words in [SECRET, "quokka"] {
            let found = bytes.windows(words.len()).any(|window| window == words.as_bytes());
            assert!(!found, "{words:?} is in {}", entry.path().display());
        }
    }
    assert!(looked > 10_000, "the store was looked at");
}

journey!(
    a_closed_scope_is_kept_for_as_long_as_the_operator_says_and_its_message_stays
    with [("SCOPEBOT_CLOSED_DAYS", "2")] => |world| {
        posts(world, "mara", SECRET).await;
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        world.persona("rhea").presses_in("hiring", "Close without a hire").await.unwrap();
        world.settle().await;
        super::fills(world, "rhea", "Why?", "the quokka budget moved").await;
        super::submits(world, "rhea").await;
        world.passes(3).await;
        let half_a_day = std::time::Duration::from_secs(12 * 3600);
        world.lapses(half_a_day * 3, half_a_day).await;
        types(world, "mara", "status").await;
        says(&world.note("mara"), "closed without a hire");
        world.lapses(half_a_day * 2, half_a_day).await;
        types(world, "mara", "status").await;
        says_not(&world.note("mara"), "closed without a hire");
        says(&world.summary().says(), SECRET);
        world.persona("rhea").presses_in("hiring", "Open it again").await.unwrap();
        world.settle().await;
        says(&world.note("rhea"), "no longer here");
        if world.kind.keeps == Keeps::Sled {
            let stream = world.backup().await;
            assert!(!stream.contains(SECRET) && !stream.contains("quokka"), "its texts are gone");
            assert!(stream.contains("\"lapsed\""));
        }
    }
);
