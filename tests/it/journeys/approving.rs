//! Who counts.

use super::{journey, posts};

journey!(
    the_author_outsiders_guests_and_bots_do_not_count_and_people_get_one_quiet_word => |world| {
        posts(world, "mara", "streaming ledger that books card payments").await;
        let ts = world.summary().ts().to_owned();
        for who in ["mara", "olga", "gus", "robo"] {
            world.persona(who).reacts("hiring", &ts, "white_check_mark").await.unwrap();
            world.persona(who).unreacts("hiring", &ts, "white_check_mark").await.unwrap();
            world.persona(who).reacts("hiring", &ts, "white_check_mark").await.unwrap();
        }
        world.passes(5).await;
        assert!(!world.summary().says().contains("Approved by"), "{}", world.summary().says());
        for who in ["mara", "olga", "gus"] {
            assert_eq!(world.persona(who).notes("hiring").len(), 1, "{who} has one quiet word");
        }
        assert!(world.persona("robo").notes("hiring").is_empty(), "a bot gets none");
    }
);

journey!(
    any_skin_tone_counts_and_other_emoji_do_not => |world| {
        posts(world, "mara", "streaming ledger that books card payments").await;
        let ts = world.summary().ts().to_owned();
        world.persona("rhea").reacts("hiring", &ts, "eyes").await.unwrap();
        world.passes(3).await;
        assert!(!world.summary().says().contains("Approved by"));
        world.persona("rhea").reacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        assert!(world.summary().says().contains("Approved by"));
        world.persona("rhea").unreacts("hiring", &ts, "white_check_mark").await.unwrap();
        world.passes(3).await;
        assert!(!world.summary().says().contains("Approved by"), "{}", world.summary().says());
    }
);

journey!(
    a_button_counts_like_a_reaction_and_is_taken_back_by_its_own_button => |world| {
        posts(world, "mara", "streaming ledger that books card payments").await;
        world.persona("ravi").presses_in("hiring", "Approve").await.unwrap();
        world.passes(3).await;
        assert!(world.summary().says().contains("Approved by"));
        world.persona("ravi").presses_in("hiring", "Withdraw my approval").await.unwrap();
        world.passes(3).await;
        assert!(!world.summary().says().contains("Approved by"));
    }
);
