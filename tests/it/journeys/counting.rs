//! How little it takes: presses and words, counted.

use scopebot::simulator::Persona;

use super::{World, journey, says};

/// A person whose taps and words are counted. A tap is a press on a control or the focusing of a field; a select that has
/// to be opened first would cost two.
pub struct Counted {
    pub person: Persona,
    pub taps: usize,
    pub words: usize,
}

impl Counted {
    pub fn of(world: &World, who: &str) -> Counted {
        Counted { person: world.persona(who), taps: 0, words: 0 }
    }

    pub async fn chooses(&mut self, field: &str, option: &str) {
        let view = self.person.modal().unwrap();
        let block = view.blocks().iter().find(|block| block["label"]["text"] == field).unwrap();
        self.taps += if block["element"]["type"] == "radio_buttons" { 1 } else { 2 };
        self.person.chooses(field, option).await.unwrap();
    }

    pub async fn writes(&mut self, field: &str, text: &str) {
        self.taps += 1;
        self.words += text.split_whitespace().count();
        self.person.writes(field, text).await.unwrap();
    }

    pub async fn submits(&mut self) {
        self.taps += 1;
        self.person.submits().await.unwrap();
    }
}

journey!(
    a_scope_is_posted_in_at_most_9_taps_and_20_words => |world| {
        let mut mara = Counted::of(world, "mara");
        mara.person.types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        mara.chooses("What kind of system is it?", "Event pipeline, in real time").await;
        mara.writes(
            "What does it do, and what flows through it?",
            "takes card payments from 40 shops and keeps the ledger that finance reads",
        )
        .await;
        mara.chooses("How fast must it be?", "Under 1 second").await;
        mara.chooses("How much at a busy moment?", "100 to 1,000 a second").await;
        mara.chooses("Which team do they join?", "A larger backend team").await;
        mara.submits().await;
        world.settle().await;
        mara.submits().await;
        world.settle().await;
        says(&world.summary().says(), "keeps the ledger that finance reads");
        assert!(mara.taps <= 9, "{} taps", mara.taps);
        assert!(mara.words <= 20, "{} words", mara.words);
    }
);

journey!(
    with_the_need_behind_the_command_less_is_enough => |world| {
        let mut mara = Counted::of(world, "mara");
        let need = "streaming ledger for card payments, 40k events/s, under 100 ms, joins a team of 8 backend engineers";
        mara.person.types("/scope-backend", "hiring", need).await.unwrap();
        world.settle().await;
        mara.submits().await;
        world.settle().await;
        assert_eq!(mara.person.stack_depth(), 2, "{}", world.window("mara"));
        mara.submits().await;
        world.settle().await;
        says(&world.summary().says(), "streaming ledger for card payments");
        assert!(mara.taps <= 4, "{} taps", mara.taps);
    }
);
