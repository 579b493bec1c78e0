//! A scope that leads with a language: warned, mended, or meant.

use super::{answers, fills, journey, presses, reviews, says, says_not, submits, types};

const LEADS: &str = "Senior Python developer with Django";
const MEND: &str = "Your answer, to change here";
const UNDECIDED: &str = "Or leave it as it is";

journey!(
    a_language_in_front_is_warned_of_with_quote_rule_and_reason_and_mended_in_place => |world| {
        reviews(world, "mara", LEADS).await;
        let review = world.window("mara");
        says(&review, "You wrote “");
        says(&review, "Python");
        says(&review, "Very different systems use Python");
        says(&review, MEND);
        submits(world, "mara").await;
        assert_eq!(world.persona("mara").stack_depth(), 2, "not posted without a decision");
        says(&world.persona("mara").modal().unwrap().0["errors"].to_string(), "Please change the answer above");
        assert!(world.summaries().is_empty());

        fills(world, "mara", MEND, "payout ledger for 40 shops; Python today").await;
        submits(world, "mara").await;
        assert!(world.summaries().is_empty(), "the mended text is read once more");
        let review = world.window("mara");
        says(&review, "Your answers changed after this page was shown");
        says(&review, "payout ledger for 40 shops; Python today");
        says_not(&review, "Very different systems use Python");
        submits(world, "mara").await;
        let summary = world.summary().says();
        says(&summary, "payout ledger for 40 shops; Python today");
        says_not(&summary, "on purpose");
    }
);

journey!(
    meant_as_it_is_takes_a_tick_and_a_reason_and_the_summary_says_so => |world| {
        reviews(world, "mara", LEADS).await;
        let mara = world.persona("mara");
        mara.ticks(UNDECIDED, "Post it this way, on purpose").await.unwrap();
        submits(world, "mara").await;
        says(&mara.modal().unwrap().0["errors"].to_string(), "Please add a short reason");
        assert!(world.summaries().is_empty());
        fills(world, "mara", "Why", "300,000 lines of Django that nobody will rewrite").await;
        submits(world, "mara").await;
        let summary = world.summary().says();
        says(&summary, "Leads with a language, on purpose");
        says(&summary, "300,000 lines of Django that nobody will rewrite");
        assert_eq!(mara.stack_depth(), 0);
    }
);

journey!(
    a_reason_without_the_tick_posts_nothing => |world| {
        reviews(world, "mara", LEADS).await;
        fills(world, "mara", "Why", "because").await;
        submits(world, "mara").await;
        assert!(world.summaries().is_empty());
        says(&world.persona("mara").modal().unwrap().0["errors"].to_string(), "tick the box");
    }
);

journey!(
    the_same_words_are_not_nagged_about_again_after_an_edit => |world| {
        reviews(world, "mara", LEADS).await;
        world.persona("mara").ticks(UNDECIDED, "Post it this way, on purpose").await.unwrap();
        fills(world, "mara", "Why", "300,000 lines of Django").await;
        submits(world, "mara").await;
        world.passes(3).await;
        types(world, "mara", "status").await;
        world.persona("mara").presses_in("hiring", "Edit the scope").await.unwrap();
        world.settle().await;
        super::chooses(world, "mara", "How fast must it be?", "Under 1 second").await;
        submits(world, "mara").await;
        says_not(&world.window("mara"), "Very different systems use Python");
        submits(world, "mara").await;
        world.passes(3).await;
        let summary = world.summary().says();
        says(&summary, "revision 2");
        says(&summary, "300,000 lines of Django");
    }
);

journey!(
    a_rewrite_is_offered_its_blanks_refused_and_the_form_beneath_shows_it => |world| {
        reviews(world, "mara", "Python developer").await;
        says(&world.window("mara"), "A way to say it with the system first");
        presses(world, "mara", "Use this wording").await;
        let fields = world.fields("mara");
        says(&fields, "[what flows through it]");
        submits(world, "mara").await;
        assert!(world.summaries().is_empty());
        says(&world.persona("mara").modal().unwrap().0["errors"].to_string(), "Please fill what stands in [brackets]");

        world.persona("mara").closes().await.unwrap();
        world.settle().await;
        assert_eq!(world.persona("mara").stack_depth(), 1);
        says(&world.fields("mara"), "[what flows through it]");
        says_not(&world.fields("mara"), "Python developer");
        fills(world, "mara", "What does it do, and what flows through it?", "event pipeline that takes in card payments for finance").await;
        submits(world, "mara").await;
        says(&world.window("mara"), "takes in card payments for finance");
        submits(world, "mara").await;
        says(&world.summary().says(), "takes in card payments for finance");
    }
);

journey!(
    blanks_are_filled_on_the_review_itself_too => |world| {
        reviews(world, "mara", "Python developer").await;
        presses(world, "mara", "Use this wording").await;
        fills(world, "mara", MEND, "event pipeline that takes in card payments for finance").await;
        submits(world, "mara").await;
        says(&world.window("mara"), "Your answers changed after this page was shown");
        submits(world, "mara").await;
        let summary = world.summary().says();
        says(&summary, "takes in card payments for finance");
        says_not(&summary, "[");
    }
);

journey!(
    a_text_in_another_language_is_left_alone => |world| {
        types(world, "mara", "").await;
        answers(world, "mara", "Buchhaltung für Kartenzahlungen von 40 Läden").await;
        submits(world, "mara").await;
        says_not(&world.window("mara"), "You wrote “");
        submits(world, "mara").await;
        says(&world.summary().says(), "Buchhaltung für Kartenzahlungen");
    }
);
