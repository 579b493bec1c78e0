//! What stands after the command: words that are sorted, and words that are commands.

use super::{answers, journey, posts, presses, says, says_not, submits, types};

journey!(
    a_need_in_words_is_sorted_into_the_form => |world| {
        types(world, "mara", "streaming ledger, 40k events/s").await;
        says(&world.window("mara"), "I put your words where they fit");
        let fields = world.fields("mara");
        says(&fields, "streaming ledger");
        says(&fields, "\"event_pipeline\"");
        says(&fields, "\"tens_of_thousands\"");
        says(&fields, "40k events/s");
    }
);

journey!(
    a_language_is_kept_for_the_last_question_and_the_bot_says_so => |world| {
        types(world, "mara", "Senior Python dev asap").await;
        says(&world.window("mara"), "I kept “Python” for the last question");
        says_not(&world.fields("mara"), "Python");
        answers(world, "mara", "payouts to 40 shops, checked against the bank each night").await;
        submits(world, "mara").await;
        says(&world.window("mara"), "Language and framework");
        says(&world.fields("mara"), "Python");
        submits(world, "mara").await;
        says(&world.summary().says(), "Python");
    }
);

journey!(
    what_was_sorted_away_leaves_no_rest_in_the_sentence => |world| {
        let need = "streaming ledger for card payments, 40k events/s, p99 under 50 ms, joins two other backend engineers";
        types(world, "mara", need).await;
        submits(world, "mara").await;
        says(&world.window("mara"), "streaming ledger for card payments.");
        says(&world.window("mara"), "p99 under 50 ms");
    }
);

journey!(
    numbers_of_now_and_of_a_hope_are_both_kept => |world| {
        types(world, "mara", "now 300 users, in summer maybe 5000").await;
        let fields = world.fields("mara");
        says(&fields, "300 users");
        says(&fields, "5000");
    }
);

journey!(
    help_drafts_and_status_answer_and_open_nothing => |world| {
        types(world, "mara", "help").await;
        says(&world.note("mara"), "You answer three questions");
        types(world, "mara", "drafts").await;
        says(&world.note("mara"), "You have no drafts");
        types(world, "mara", "status").await;
        says(&world.note("mara"), "You have not posted a scope yet");
        assert!(world.persona("mara").modal().is_none());
        types(world, "mara", "hlep").await;
        says(&world.note("mara"), "“hlep” is close to “help”");
        assert!(world.persona("mara").modal().is_none(), "a slip starts nothing");
        types(world, "mara", "drafts").await;
        says(&world.note("mara"), "You have no drafts");
    }
);

journey!(
    drafts_are_listed_gone_on_with_and_discarded => |world| {
        types(world, "mara", "nightly payout run").await;
        world.persona("mara").dismisses().await.unwrap();
        types(world, "mara", "drafts").await;
        says(&world.note("mara"), "nightly payout run");
        world.persona("mara").presses_in("hiring", "Continue").await.unwrap();
        world.settle().await;
        says(&world.fields("mara"), "nightly payout run");
        world.persona("mara").dismisses().await.unwrap();
        world.persona("mara").presses_in("hiring", "Discard").await.unwrap();
        world.settle().await;
        says(&world.note("mara"), "You have no drafts");
        types(world, "mara", "").await;
        says_not(&world.fields("mara"), "nightly payout run");
    }
);

journey!(
    status_names_what_was_posted_and_where_it_stands => |world| {
        posts(world, "mara", "streaming ledger that books card payments").await;
        types(world, "mara", "status").await;
        says(&world.note("mara"), "waiting for approval");
        world.persona("rhea").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        types(world, "mara", "status").await;
        says(&world.note("mara"), "approved");
        types(world, "milo", "status").await;
        says(&world.note("milo"), "You have not posted a scope yet");
    }
);

journey!(
    a_new_need_leaves_the_older_draft_alone_and_offers_it => |world| {
        types(world, "mara", "nightly payout run").await;
        world.persona("mara").dismisses().await.unwrap();
        world.passes(60).await;
        types(world, "mara", "ledger for card payments").await;
        says(&world.window("mara"), "You also have a draft from");
        says(&world.fields("mara"), "ledger for card payments");
        presses(world, "mara", "Continue").await;
        says(&world.fields("mara"), "nightly payout run");
        says(&world.window("mara"), "This is your draft from");
        presses(world, "mara", "Start a new one").await;
        says_not(&world.fields("mara"), "nightly payout run");
        world.persona("mara").dismisses().await.unwrap();
        types(world, "mara", "drafts").await;
        let listed = world.note("mara");
        says(&listed, "nightly payout run");
        says(&listed, "ledger for card payments");
    }
);

journey!(
    the_shortcuts_open_the_form_too => |world| {
        let mara = world.persona("mara");
        let global = scopebot::slack::ids::SHORTCUT_NEW.to_owned();
        mara.does(scopebot::simulator::Deed::Shortcut { callback_id: global }).await.unwrap();
        world.settle().await;
        says(&world.window("mara"), "What kind of system is it?");
        mara.dismisses().await.unwrap();
        let said = mara.says("hiring", "we need a streaming ledger, 40k events/s").await.unwrap();
        let about = scopebot::slack::ids::SHORTCUT_MESSAGE.to_owned();
        let deed = scopebot::simulator::Deed::MessageShortcut { callback_id: about, channel: "hiring".into(), ts: said.ts };
        mara.does(deed).await.unwrap();
        world.settle().await;
        says(&world.fields("mara"), "streaming ledger");
    }
);
