//! The review: what is mended there, what is left, what disagrees.

use super::{chooses, fills, journey, presses, reviews, says, says_not, submits, types};

const SYSTEM: &str = "What does it do, and what flows through it?";

journey!(
    back_from_the_review_everything_is_still_there => |world| {
        reviews(world, "mara", "streaming ledger that books card payments").await;
        fills(world, "mara", "Language and framework", "Go").await;
        chooses(world, "mara", "Time to learn it, for a strong engineer", "Two to four weeks").await;
        world.persona("mara").closes().await.unwrap();
        world.settle().await;
        assert_eq!(world.persona("mara").stack_depth(), 1);
        let form = world.fields("mara");
        for held in ["streaming ledger that books card payments", "\"under_100_ms\"", "\"one_or_two\""] {
            says(&form, held);
        }
        submits(world, "mara").await;
        let review = world.fields("mara");
        says(&review, "Go");
        says(&review, "\"weeks\"");
        submits(world, "mara").await;
        says(&world.summary().says(), "Go; two to four weeks to learn it are fine");
    }
);

journey!(
    more_for_recruiters_lies_above_the_review_and_its_words_are_posted => |world| {
        reviews(world, "mara", "streaming ledger that books card payments").await;
        presses(world, "mara", "More for recruiters").await;
        assert_eq!(world.persona("mara").stack_depth(), 3);
        fills(world, "mara", "Pay band", "85,000 to 105,000 euros a year").await;
        submits(world, "mara").await;
        assert_eq!(world.persona("mara").stack_depth(), 2);
        let review = world.window("mara");
        let asked = review.split("Recruiters will ask for").nth(1).and_then(|rest| rest.split("optional questions").next());
        says(asked.unwrap(), "start date");
        says_not(asked.unwrap(), "pay band");
        submits(world, "mara").await;
        assert_eq!(world.persona("mara").stack_depth(), 0, "what was added on top is not taken for another text");
        let summary = world.summary().says();
        says(&summary, "85,000 to 105,000 euros a year");
        says_not(summary.split("Not given").nth(1).unwrap_or_default(), "pay band");
    }
);

journey!(
    what_is_chosen_on_the_review_outlives_more_for_recruiters => |world| {
        reviews(world, "mara", "streaming ledger that books card payments").await;
        chooses(world, "mara", "How long do you need them?", "Permanent: one person owns it").await;
        fills(world, "mara", "Language and framework", "Go").await;
        presses(world, "mara", "More for recruiters").await;
        submits(world, "mara").await;
        says(&world.window("mara"), "An employee: one person owns this");
        let held = world.fields("mara");
        says(&held, "Go");
        says(&held, "\"permanent\"");
        fills(world, "mara", "Language and framework", "Kotlin").await;
        submits(world, "mara").await;
        let summary = world.summary().says();
        says(&summary, "Kotlin");
        says(&summary, "Permanent, one person owns it");
    }
);

journey!(
    the_hiring_model_is_said_where_the_length_is_chosen_and_with_the_costs => |world| {
        reviews(world, "mara", "streaming ledger that books card payments").await;
        says(&world.window("mara"), "Look for a contractor");
        chooses(world, "mara", "How long do you need them?", "One defined piece of work").await;
        presses(world, "mara", "Costs and time to hire").await;
        says(&world.window("mara"), "A contractor: the work has an end date");
    }
);

journey!(
    a_review_shown_again_says_once_that_and_what_changed => |world| {
        reviews(world, "mara", "Senior Java developer for our team").await;
        fills(world, "mara", "Your answer, to change here", "order intake for 40 shops").await;
        submits(world, "mara").await;
        let again = world.window("mara");
        assert_eq!(again.matches("Your answers changed after this page was shown").count(), 1, "{again}");
        says(&again, "Changed: the system");
        submits(world, "mara").await;
        says(&world.summary().says(), "order intake for 40 shops");
    }
);

journey!(
    words_and_band_that_disagree_are_shown_as_a_choice_and_the_choice_is_posted => |world| {
        types(world, "mara", "").await;
        super::answers(world, "mara", "payout run for 40 shops").await;
        chooses(world, "mara", "How much at a busy moment?", "Less than 1 a minute").await;
        fills(world, "mara", "Numbers you know", "5,000 requests a second").await;
        submits(world, "mara").await;
        let review = world.window("mara");
        says(&review, "Your words and your choice name different loads");
        says(&review, "From your words");
        says(&review, "Your choice");
        says(&world.fields("mara"), "\"thousands\"");
        chooses(world, "mara", "Your words and your choice name different loads. Which one is right?", "Less than 1 a minute").await;
        submits(world, "mara").await;
        if world.summaries().is_empty() {
            says(&world.window("mara"), "Your answers changed after this page was shown");
            submits(world, "mara").await;
        }
        let summary = world.summary().says();
        says(&summary, "less than 1 a minute");
        says_not(&summary, "1,000 to 10,000 a second");
    }
);

journey!(
    what_the_words_say_is_preselected_and_posted_as_shown => |world| {
        types(world, "mara", "").await;
        super::answers(world, "mara", "payout run for 40 shops").await;
        chooses(world, "mara", "How much at a busy moment?", "Less than 1 a minute").await;
        fills(world, "mara", "Numbers you know", "5,000 requests a second").await;
        submits(world, "mara").await;
        says(&world.window("mara"), "1,000 to 10,000");
        submits(world, "mara").await;
        says(&world.summary().says(), "1,000 to 10,000");
    }
);

journey!(
    not_known_yet_is_posted_as_an_open_question_and_never_as_a_number => |world| {
        types(world, "mara", "").await;
        super::answers(world, "mara", "payout run for 40 shops").await;
        chooses(world, "mara", "How fast must it be?", "Not known yet").await;
        chooses(world, "mara", "How much at a busy moment?", "Not known yet").await;
        submits(world, "mara").await;
        let review = world.window("mara");
        submits(world, "mara").await;
        let summary = world.summary().says();
        says_not(&summary, "a second");
        for said in [summary, review] {
            says(&said, "How fast it must be and how much arrives at a busy moment are still open questions");
        }
    }
);

journey!(
    the_title_may_be_changed_on_the_review => |world| {
        reviews(world, "mara", "streaming ledger that books card payments").await;
        fills(world, "mara", "Title of the role", "Ledger engineer").await;
        submits(world, "mara").await;
        if world.summaries().is_empty() {
            submits(world, "mara").await;
        }
        says(&world.summary().says(), "Ledger engineer");
    }
);

journey!(
    user_text_stays_text => |world| {
        let hostile = "ledger <!channel> <@U0DEMOMARA> *bold* &amp; <https://evil.example|click> @here";
        types(world, "mara", "").await;
        super::answers(world, "mara", hostile).await;
        submits(world, "mara").await;
        says(&world.window("mara"), "<!channel> <@U0DEMOMARA> *bold*");
        submits(world, "mara").await;
        let summary = world.summary();
        for found in ["\"broadcast\"", "\"user_id\":\"U0DEMOMARA\"", "\"link\""] {
            let in_sentences: String = summary.blocks().iter().take(3).map(ToString::to_string).collect();
            says_not(&in_sentences, found);
        }
        says(&summary.says(), "<!channel>");
        assert!(!summary.text().contains("<!channel>"), "{}", summary.text());
    }
);

journey!(
    a_form_without_what_is_needed_is_answered_beside_the_field => |world| {
        types(world, "mara", "").await;
        super::answers(world, "mara", "   ").await;
        let _held_back = world.persona("mara").submits().await;
        world.settle().await;
        assert_eq!(world.persona("mara").stack_depth(), 1, "blanks are no answer");
        fills(world, "mara", SYSTEM, "ledger for card payments").await;
        submits(world, "mara").await;
        assert_eq!(world.persona("mara").stack_depth(), 2);
    }
);
