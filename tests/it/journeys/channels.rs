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
        world.persona("mara").presses_in("dm", "Continue").await.unwrap();
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
        // Slack names a shared channel only when asked, and nobody waits for that: the form may open once.
        let mara = world.persona("mara");
        mara.types("/scope-backend", "partner-hiring", "ledger").await.unwrap();
        world.settle().await;
        if mara.modal().is_some() {
            mara.dismisses().await.unwrap();
        }
        mara.types("/scope-backend", "partner-hiring", "ledger").await.unwrap();
        world.settle().await;
        assert!(mara.modal().is_none());
        let told = mara.notes("partner-hiring").last().map(|note| note.says()).unwrap_or_default();
        says(&told, "because it is shared with another company");
    }
);
