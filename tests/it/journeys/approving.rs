//! Who counts.

use super::{journey, posts, says, says_not};

const BOOKS: &str = "streaming ledger that books card payments";

journey!(
    the_author_outsiders_guests_and_bots_do_not_count_and_people_get_one_quiet_word => |world| {
        posts(world, "mara", BOOKS).await;
        let ts = world.summary().ts().to_owned();
        for who in ["mara", "olga", "gus", "robo"] {
            world.persona(who).reacts("hiring", &ts, "white_check_mark").await.unwrap();
            world.persona(who).unreacts("hiring", &ts, "white_check_mark").await.unwrap();
            world.persona(who).reacts("hiring", &ts, "white_check_mark").await.unwrap();
        }
        world.passes(5).await;
        says_not(&world.summary().says(), "Approved by");
        for who in ["mara", "olga", "gus"] {
            assert_eq!(world.persona(who).notes("hiring").len(), 1, "{who} has one quiet word");
        }
        says(&world.note("mara"), "You asked for this scope");
        says(&world.note("olga"), "You are not on the list of approvers");
        says(&world.note("gus"), "Guests cannot approve");
        assert!(world.persona("robo").notes("hiring").is_empty(), "a bot gets none");
    }
);

journey!(
    pressing_counts_for_nobody_more_than_reacting => |world| {
        posts(world, "mara", BOOKS).await;
        for who in ["mara", "olga", "gus"] {
            world.persona(who).presses_in("hiring", "Approve").await.unwrap();
            world.passes(2).await;
        }
        says_not(&world.summary().says(), "Approved by");
        for who in ["mara", "olga", "gus"] {
            assert_eq!(world.persona(who).notes("hiring").len(), 1, "{who} has one quiet word");
        }
    }
);

journey!(
    somebody_of_another_company_does_not_count => |world| {
        posts(world, "mara", BOOKS).await;
        let channel = scopebot::simulator::Deed::Invite { channel: "hiring".into(), person: "pia".into() };
        world.workspace.act(channel).await.unwrap();
        let ts = world.summary().ts().to_owned();
        world.persona("pia").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(5).await;
        says_not(&world.summary().says(), "Approved by");
        says(&world.note("pia"), "People of other companies cannot approve");
    }
);

journey!(
    any_skin_tone_counts_and_other_emoji_do_not with [("SCOPEBOT_APPROVE_REACTIONS", "white_check_mark,+1")] => |world| {
        posts(world, "mara", BOOKS).await;
        let ts = world.summary().ts().to_owned();
        let rhea = world.persona("rhea");
        rhea.reacts("hiring", &ts, "eyes").await.unwrap();
        world.passes(3).await;
        says_not(&world.summary().says(), "Approved by");
        rhea.reacts("hiring", &ts, "+1::skin-tone-3").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
        rhea.unreacts("hiring", &ts, "+1::skin-tone-3").await.unwrap();
        world.passes(3).await;
        says_not(&world.summary().says(), "Approved by");
    }
);

journey!(
    a_reaction_taken_off_takes_the_approval_back_and_everybody_hears_of_it => |world| {
        posts(world, "mara", BOOKS).await;
        let ts = world.summary().ts().to_owned();
        let rhea = world.persona("rhea");
        rhea.reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.thread().join("\n"), "approved. The scope is approved");
        says(&world.dms("mara").join("\n"), "is approved");
        rhea.unreacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Waiting for one approval");
        says(&world.thread().join("\n"), "took the approval back");
        says(&world.dms("mara").join("\n"), "took back the approval");
        rhea.reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
        let kits = world.thread().iter().filter(|said| said.contains("Evaluation kit")).count();
        assert_eq!(kits, 1, "one kit, however often it is approved");
    }
);

journey!(
    a_button_counts_like_a_reaction_and_is_taken_back_by_its_own_button => |world| {
        posts(world, "mara", BOOKS).await;
        world.persona("ravi").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
        world.persona("ravi").presses_in("hiring", "Withdraw my approval").await.unwrap();
        world.passes(3).await;
        says_not(&world.summary().says(), "Approved by");
    }
);

journey!(
    with_reaction_and_button_both_standing_one_taken_back_is_not_enough => |world| {
        posts(world, "mara", BOOKS).await;
        let ts = world.summary().ts().to_owned();
        let rhea = world.persona("rhea");
        // The button first: it goes with the approval, while a reaction can always be added.
        rhea.presses_in("hiring", "Approve").await.unwrap();
        rhea.reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        assert_eq!(world.thread().iter().filter(|said| said.contains("approved")).count(), 1, "{:?}", world.thread());
        rhea.presses_in("hiring", "Withdraw my approval").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
        rhea.unreacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says_not(&world.summary().says(), "Approved by");
    }
);

journey!(
    a_quorum_of_two_takes_two_people with [("SCOPEBOT_QUORUM", "2")] => |world| {
        posts(world, "mara", BOOKS).await;
        let ts = world.summary().ts().to_owned();
        says(&world.summary().says(), "Waiting for 2 approvals");
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "1 of 2");
        says_not(&world.thread().join("\n"), "Evaluation kit");
        world.persona("ravi").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        let summary = world.summary().says();
        says(&summary, "Approved by");
        says_not(&summary, "1 of 2");
        says(&world.thread().join("\n"), "Evaluation kit");
        world.persona("rhea").unreacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "Approved by");
        world.persona("rhea").presses_in("hiring", "Withdraw my approval").await.unwrap();
        world.passes(3).await;
        says(&world.summary().says(), "1 of 2");
        says(&world.dms("mara").join("\n"), "1 of 2 now");
    }
);

journey!(
    an_approver_who_has_left_counts_no_more_for_new_scopes => |world| {
        let kind = Some(scopebot::simulator::state::PersonKind::Guest);
        let edit = scopebot::simulator::Deed::EditPerson { person: "ravi".into(), name: None, title: None, kind, tz: None };
        world.workspace.act(edit).await.unwrap();
        world.settle().await;
        posts(world, "mara", BOOKS).await;
        world.persona("ravi").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        says_not(&world.summary().says(), "Approved by");
        says(&world.note("ravi"), "Guests cannot approve");
    }
);

journey!(
    kit_and_brief_open_for_whoever_wants_to_read => |world| {
        posts(world, "mara", BOOKS).await;
        world.persona("olga").presses_in("hiring", "Evaluation kit").await.unwrap();
        world.settle().await;
        says(&world.window("olga"), "branch");
        world.persona("olga").dismisses().await.unwrap();
        world.persona("olga").presses_in("hiring", "Brief").await.unwrap();
        world.settle().await;
        says(&world.window("olga"), BOOKS);
    }
);
