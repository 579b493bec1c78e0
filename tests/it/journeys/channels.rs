//! The hiring channel cannot take it, or nobody could approve: said on the review, and nothing is lost.

use scopebot::simulator::Deed;

use super::{World, journey, reviews, says, submits};

const BOOKS: &str = "streaming ledger that books card payments";

async fn kicked(world: &World) {
    world.workspace.act(Deed::Kick { channel: "hiring".into(), person: "app".into() }).await.unwrap();
    world.settle().await;
}

async fn invited(world: &World) {
    world.workspace.act(Deed::Invite { channel: "hiring".into(), person: "app".into() }).await.unwrap();
    world.settle().await;
}

fn archived(channel: &str, archived: bool) -> Deed {
    Deed::EditChannel {
        channel: channel.into(),
        rename: None,
        archived: Some(archived),
        deleted: None,
        private: None,
        shared: None,
        topic: None,
    }
}

journey!(
    taken_out_of_the_channel_the_review_says_so_and_posts_after_the_invitation => |world| {
        kicked(world).await;
        reviews(world, "mara", BOOKS).await;
        says(&world.window("mara"), "Please invite me there");
        submits(world, "mara").await;
        assert!(world.summaries().is_empty());
        says(&world.window("mara"), "Please invite me there");
        invited(world).await;
        submits(world, "mara").await;
        if world.summaries().is_empty() {
            submits(world, "mara").await;
        }
        says(&world.summary().says(), BOOKS);
        assert_eq!(world.summaries().len(), 1);
    }
);

journey!(
    taken_out_between_review_and_post_it_is_not_lost => |world| {
        reviews(world, "mara", BOOKS).await;
        // Slack's event is lost: the bot believes that it is still there.
        world.workspace.fault(scopebot::simulator::Fault::of_delivery("events", scopebot::simulator::FaultKind::Lost).once());
        kicked(world).await;
        submits(world, "mara").await;
        world.passes(5).await;
        assert!(world.summaries().is_empty());
        let told = world.dms("mara").join("\n");
        says(&told, "could not be posted");
        says(&told, "Invite me there");
        invited(world).await;
        world.persona("mara").presses_in("dm", "Post it again").await.unwrap();
        world.passes(5).await;
        says(&world.summary().says(), BOOKS);
        assert_eq!(world.summaries().len(), 1);
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    an_archived_channel_is_said_with_its_remedy_and_later_it_is_posted => |world| {
        world.workspace.act(archived("hiring", true)).await.unwrap();
        world.settle().await;
        world.persona("mara").types("/scope-backend", "general", "").await.unwrap();
        world.settle().await;
        super::answers(world, "mara", BOOKS).await;
        submits(world, "mara").await;
        says(&world.window("mara"), "is archived or gone. Ask your admin to name another one");
        submits(world, "mara").await;
        world.persona("mara").dismisses().await.unwrap();
        world.workspace.act(archived("hiring", false)).await.unwrap();
        world.settle().await;
        super::types(world, "mara", "").await;
        submits(world, "mara").await;
        submits(world, "mara").await;
        says(&world.summary().says(), BOOKS);
    }
);

journey!(
    fewer_approvers_than_the_quorum_is_said_before_posting => |world| {
        let members = Some(vec!["mara".to_owned(), "dora".to_owned(), "gus".to_owned()]);
        let group = Deed::EditGroup { group: "recruiters".into(), name: None, members, disabled: None };
        world.workspace.act(group).await.unwrap();
        world.lapses(std::time::Duration::from_secs(1200), std::time::Duration::from_secs(5)).await;
        reviews(world, "mara", BOOKS).await;
        let review = world.window("mara");
        says(&review, "People who can give one: 0, without you, guests and people who have left");
        says(&review, "SCOPEBOT_APPROVERS");
        submits(world, "mara").await;
        says(&world.summary().says(), "Waiting for one approval");
        let ts = world.summary().ts().to_owned();
        let members = Some(vec!["rhea".to_owned()]);
        let group = Deed::EditGroup { group: "recruiters".into(), name: None, members, disabled: None };
        world.workspace.act(group).await.unwrap();
        world.passes(3).await;
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    the_author_among_the_approvers_is_not_counted => |world| {
        let members = Some(vec!["mara".to_owned(), "rhea".to_owned()]);
        let group = Deed::EditGroup { group: "recruiters".into(), name: None, members, disabled: None };
        world.workspace.act(group).await.unwrap();
        world.lapses(std::time::Duration::from_secs(1200), std::time::Duration::from_secs(5)).await;
        reviews(world, "mara", BOOKS).await;
        says(&world.window("mara"), "People who can approve it: 1. Approvals needed: 1.");
    }
);

journey!(
    with_nobody_configured_no_approval_is_asked_and_the_message_says_so
        with [("SCOPEBOT_APPROVERS", "")] => |world| {
        reviews(world, "mara", BOOKS).await;
        says(&world.window("mara"), "No approvers are set up");
        submits(world, "mara").await;
        let summary = world.summary();
        says(&summary.says(), "No approval is asked for");
        super::says_not(&summary.says(), "Ask for changes");
        world.persona("rhea").reacts("hiring", summary.ts(), "white_check_mark").await.unwrap();
        world.passes(3).await;
        super::says_not(&world.summary().says(), "Approved by");
    }
);

journey!(
    of_several_hiring_channels_one_is_chosen_on_the_review
        with [("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE,C0DEMOGEN")] => |world| {
        world.workspace.act(Deed::Invite { channel: "general".into(), person: "app".into() }).await.unwrap();
        world.settle().await;
        reviews(world, "mara", BOOKS).await;
        super::chooses(world, "mara", "Where should it appear?", "C0DEMOGEN").await;
        submits(world, "mara").await;
        assert!(world.summaries().is_empty(), "not in #hiring");
        let stands = world.persona("rhea").newest("general").unwrap();
        says(&stands.says(), BOOKS);
        world.persona("rhea").reacts("general", stands.ts(), "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.persona("rhea").newest("general").unwrap().says(), "Approved by");
    }
);

journey!(
    a_channel_shared_with_another_company_is_refused => |world| {
        // Slack names a shared channel only when asked, and nobody waits for that: the form may open once, and a word follows.
        let mara = world.persona("mara");
        let told = || mara.notes("partner-hiring").last().map(|note| note.says()).unwrap_or_default();
        mara.types("/scope-backend", "partner-hiring", "ledger").await.unwrap();
        world.settle().await;
        says(&told(), "because it is shared with another company");
        if mara.modal().is_some() {
            mara.dismisses().await.unwrap();
        }
        mara.types("/scope-backend", "partner-hiring", "ledger").await.unwrap();
        world.settle().await;
        assert!(mara.modal().is_none());
        says(&told(), "because it is shared with another company");
    }
);

journey!(
    with_several_hiring_channels_the_default_is_the_first_and_each_scope_stays_in_its_own
        with [("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE,C0DEMOGEN")] => |world| {
        world.workspace.act(Deed::Invite { channel: "general".into(), person: "app".into() }).await.unwrap();
        world.settle().await;
        super::posts(world, "mara", BOOKS).await;
        says(&world.summary().says(), BOOKS);
        reviews(world, "milo", "nightly payout run for 40 shops").await;
        super::chooses(world, "milo", "Where should it appear?", "C0DEMOGEN").await;
        submits(world, "milo").await;
        world.passes(2).await;
        let general = |world: &World| world.persona("rhea").newest("general").unwrap();
        says(&general(world).says(), "nightly payout run");
        // A revision goes where its summary stands, without a choice.
        world.persona("milo").presses_in("dm", "Edit the scope").await.unwrap();
        world.settle().await;
        super::chooses(world, "milo", "How fast must it be?", "Under 1 second").await;
        submits(world, "milo").await;
        super::says_not(&world.window("milo"), "Where should it appear?");
        submits(world, "milo").await;
        world.passes(3).await;
        says(&general(world).says(), "revision 2");
        assert_eq!(world.summaries().len(), 1);
        // What happens to one channel is told to the authors there alone.
        world.workspace.act(archived("general", true)).await.unwrap();
        world.passes(3).await;
        says(&world.dms("milo").join("\n"), "was archived, so nobody can approve");
        super::says_not(&world.dms("mara").join("\n"), "was archived");
    }
);

journey!(
    of_several_channels_the_one_that_cannot_take_it_is_named_and_the_other_can_be_chosen
        with [("SCOPEBOT_HIRING_CHANNEL", "C0DEMOHIRE,C0DEMOGEN")] => |world| {
        reviews(world, "mara", BOOKS).await;
        says(&world.window("mara"), "Please invite me there");
        super::chooses(world, "mara", "Where should it appear?", "C0DEMOGEN").await;
        submits(world, "mara").await;
        assert!(world.summaries().is_empty() && world.persona("mara").stack_depth() > 0, "it is not posted, and not lost");
        super::chooses(world, "mara", "Where should it appear?", "C0DEMOHIRE").await;
        submits(world, "mara").await;
        says(&world.summary().says(), BOOKS);
    }
);

journey!(
    where_the_bot_is_removed_the_author_hears_it_once_and_what_was_missed_follows => |world| {
        super::posts(world, "mara", BOOKS).await;
        kicked(world).await;
        world.passes(3).await;
        assert_eq!(super::times(&world.dms("mara").join("\n"), "I was removed from"), 1);
        // Slack tells nothing of a channel that the bot is not in.
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.lapses(std::time::Duration::from_secs(1200), std::time::Duration::from_secs(5)).await;
        assert_eq!(super::times(&world.dms("mara").join("\n"), "I was removed from"), 1);
        invited(world).await;
        world.lapses(std::time::Duration::from_secs(7 * 3600), std::time::Duration::from_secs(60)).await;
        says(&world.summary().says(), "Approved by");
    }
);

journey!(
    when_too_few_approvers_are_left_the_author_hears_it => |world| {
        super::posts(world, "mara", BOOKS).await;
        world.passes(3).await;
        super::says_not(&world.dms("mara").join("\n"), "Too few people are left");
        let members = Some(vec!["mara".to_owned(), "dora".to_owned()]);
        let group = Deed::EditGroup { group: "recruiters".into(), name: None, members, disabled: None };
        world.workspace.act(group).await.unwrap();
        world.lapses(std::time::Duration::from_secs(1200), std::time::Duration::from_secs(5)).await;
        assert_eq!(super::times(&world.dms("mara").join("\n"), "Too few people are left"), 1);
    }
);
