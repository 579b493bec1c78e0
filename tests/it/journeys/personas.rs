//! Three people of docs/personas.md, each from the command to the posted scope; the page says what they need, and is held to it.

use super::counting::Counted;
use super::{World, journey, says, says_not};

/// Taps and words that the page tells of somebody.
fn told(who: &str) -> (usize, usize) {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/personas.md")).unwrap();
    let row =
        page.lines().find(|line| line.starts_with(&format!("| {who} |"))).unwrap_or_else(|| panic!("no row of {who}"));
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let number =
        |at: usize| cells.get(at).and_then(|cell| cell.parse().ok()).unwrap_or_else(|| panic!("no number: {row}"));
    (number(2), number(3))
}

#[track_caller]
fn as_told(person: &Counted, who: &str) {
    assert_eq!((person.taps, person.words), told(who), "taps and words of {who}");
    assert!(person.taps <= 9 && person.words <= 20);
}

/// From the form that is open to the channel.
async fn posts(world: &World, person: &mut Counted) {
    person.submits().await;
    world.settle().await;
    person.submits().await;
    world.settle().await;
}

journey!(
    the_hurried_manager_leads_with_a_language_and_posts_a_system => |world| {
        let mut mara = Counted::of(world, "mara");
        mara.person.types("/scope-backend", "hiring", "Senior Python dev asap").await.unwrap();
        world.settle().await;
        says(&world.window("mara"), "Python");
        mara.chooses("What kind of system is it?", "API behind a product").await;
        mara.writes("What does it do, and what flows through it?", "order history for our mobile app").await;
        mara.chooses("How fast must it be?", "Under 1 second").await;
        mara.chooses("How much at a busy moment?", "Not known yet").await;
        mara.chooses("Which team do they join?", "One or two other backend engineers").await;
        posts(world, &mut mara).await;
        let summary = world.summary().says();
        says(&summary, "API behind a product: order history for our mobile app.");
        says(&summary, "Language: Python");
        says(&summary, "still an open question");
        as_told(&mara, "hurried");
    }
);

journey!(
    the_careful_manager_says_all_of_it_behind_the_command => |world| {
        let mut milo = Counted::of(world, "milo");
        let need = "Streaming ledger that books card events in order, 40,000 events a second at peak, p99 under 100 ms, \
                    joins a backend team of 8";
        milo.person.types("/scope-backend", "hiring", need).await.unwrap();
        world.settle().await;
        posts(world, &mut milo).await;
        let summary = world.summary().says();
        for said in ["Event pipeline", "40,000 events a second", "10,000 to 100,000 events a second", "larger backend team"] {
            says(&summary, said);
        }
        as_told(&milo, "careful");
    }
);

journey!(
    the_only_engineer_of_a_small_company_is_asked_for_in_few_plain_words => |world| {
        let mut olga = Counted::of(world, "olga");
        olga.person.types("/scope-backend", "hiring", "").await.unwrap();
        world.settle().await;
        olga.chooses("What kind of system is it?", "Backend for AI models").await;
        olga.writes("What does it do, and what flows through it?", "user send photo, model say what plant it is").await;
        olga.chooses("How fast must it be?", "Under 1 second").await;
        olga.chooses("How much at a busy moment?", "1 to 10 a second").await;
        olga.chooses("Which team do they join?", "Nobody: the only backend engineer").await;
        posts(world, &mut olga).await;
        let summary = world.summary().says();
        says(&summary, "Backend that serves AI models: user send photo, model say what plant it is.");
        says(&summary, "Works alone");
        says_not(&summary, "on purpose");
        as_told(&olga, "plain");
    }
);
