//! Generated histories of people, groups, reactions, presses, edits, forged and replayed payloads: the scope is approved
//! exactly when somebody entitled stands behind the text that is shown, by an account of the rules of its own.
//!
//! 120 deeds in the short form; `APPROVAL_DEEDS` asks for more. The seed is printed; `APPROVAL_SEED` repeats it.

use std::collections::{BTreeMap, BTreeSet};

use scopebot::ambient::Random;
use scopebot::run::args::DemoTransport;
use scopebot::simulator::Deed;
use scopebot::simulator::state::PersonKind;
use serde_json::{Value, json};

use super::hostile::{FORM, form, newest, signed};
use super::world::Keeps;
use super::{Kind, World, chooses, posts, says, says_not, submits, types};
use crate::kill::variable;

const PEOPLE: [&str; 6] = ["mara", "rhea", "ravi", "olga", "milo", "gus"];
const TICK: &str = "white_check_mark";
const SPEEDS: [&str; 2] = ["Under 100 milliseconds", "Under 1 second"];

/// By what somebody approves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    Reaction,
    Button,
}

/// The rules in the fewest words: who may, and who stands behind the text shown.
#[derive(Debug)]
struct Account {
    listed: BTreeSet<&'static str>,
    members: BTreeSet<&'static str>,
    standing: BTreeMap<&'static str, BTreeSet<By>>,
    revision: u64,
}

impl Account {
    fn gives(&mut self, who: &'static str, by: By) {
        if who != "mara" && self.listed.contains(who) && self.members.contains(who) {
            self.standing.entry(who).or_default().insert(by);
        }
    }

    fn takes(&mut self, who: &'static str, by: By) {
        if let Some(ways) = self.standing.get_mut(who) {
            ways.remove(&by);
        }
        self.standing.retain(|_, ways| !ways.is_empty());
    }
}

struct History<'a> {
    world: &'a World,
    chance: Random,
    account: Account,
    told: Vec<String>,
}

impl History<'_> {
    fn draw(&self, below: usize) -> usize {
        usize::try_from(self.chance.u64() % u64::try_from(below).unwrap()).unwrap()
    }

    async fn one_more(&mut self) {
        let who = PEOPLE[self.draw(PEOPLE.len())];
        let ts = self.world.summary().ts().to_owned();
        let person = self.world.persona(who);
        let kind = self.draw(14);
        self.told.push(format!("{who} {kind}"));
        match kind {
            0..=2 => {
                if person.reacts("hiring", &ts, TICK).await.is_ok() {
                    self.account.gives(who, By::Reaction);
                }
            }
            3 | 4 => {
                if person.unreacts("hiring", &ts, TICK).await.is_ok() {
                    self.account.takes(who, By::Reaction);
                }
            }
            5 | 6 => {
                if person.presses_on("hiring", &ts, "Approve").await.is_ok() {
                    self.account.gives(who, By::Button);
                }
            }
            7 => {
                if person.presses_on("hiring", &ts, "Withdraw my approval").await.is_ok() {
                    self.account.takes(who, By::Button);
                }
            }
            8 => drop(person.reacts("hiring", &ts, "eyes").await),
            9 => self.group_changes(who).await,
            10 => self.role_changes(who).await,
            11 => self.edits().await,
            _ => self.forges().await,
        }
        // A reaction counts when it is later than the text, by Slack's clock.
        self.world.passes(2).await;
    }

    async fn group_changes(&mut self, who: &'static str) {
        if !self.account.listed.remove(who) {
            self.account.listed.insert(who);
        }
        let members = Some(self.account.listed.iter().map(|name| (*name).to_owned()).collect());
        let change = Deed::EditGroup { group: "recruiters".into(), name: None, members, disabled: None };
        self.world.workspace.act(change).await.unwrap();
    }

    async fn role_changes(&mut self, who: &'static str) {
        // The author stays one, and the guest too.
        if matches!(who, "mara" | "gus") {
            return;
        }
        let kind = if self.account.members.remove(who) {
            PersonKind::Guest
        } else {
            self.account.members.insert(who);
            PersonKind::Member
        };
        let change = Deed::EditPerson { person: who.into(), name: None, title: None, kind: Some(kind), tz: None };
        self.world.workspace.act(change).await.unwrap();
    }

    async fn edits(&mut self) {
        types(self.world, "mara", "status").await;
        self.world.persona("mara").presses_in("hiring", "Edit the scope").await.unwrap();
        self.world.settle().await;
        let speed = SPEEDS[usize::try_from(self.account.revision).unwrap() % SPEEDS.len()];
        chooses(self.world, "mara", "How fast must it be?", speed).await;
        submits(self.world, "mara").await;
        submits(self.world, "mara").await;
        self.account.revision += 1;
        self.account.standing.clear();
    }

    /// A press that was made once, with something of it changed, or just once more: nothing of it counts.
    async fn forges(&mut self) {
        let all = self.world.workspace.transcript();
        let has = all.iter().any(|entry| entry.raw["payload"].to_string().contains("scoping.press.approve"));
        if !has {
            return;
        }
        let pressed = newest(self.world, "block_actions");
        if !pressed["actions"].to_string().contains("scoping.press.approve") {
            return;
        }
        let mut forged = pressed.clone();
        let kind = self.draw(6);
        if kind > 0 {
            let now = self.world.clock.now();
            forged["trigger_id"] = json!(format!("7.7.{}", self.chance.u64()));
            forged["actions"][0]["action_ts"] = json!(format!("{}.000001", now.as_second()));
            forged["user"]["id"] = json!("U0DEMORHEA");
        }
        let value = forged["actions"][0]["value"].as_str().unwrap_or_default().to_owned();
        match kind {
            1 => {
                forged["team"]["id"] = json!("T0OTHER");
                forged["user"]["team_id"] = json!("T0OTHER");
            }
            2 => forged["actions"][0]["value"] = other_revision(&value, self.account.revision + 1),
            3 => forged["actions"][0]["value"] = other_revision(&value, self.account.revision.saturating_sub(1)),
            4 => forged["actions"][0]["value"] = json!("01J00000000000000000000000.1"),
            5 => forged["user"]["id"] = json!("U0DEMOMARA"),
            _ => {}
        }
        let (status, _) = signed(self.world, form(&forged), FORM).await;
        assert_eq!(status, 200, "{forged}");
    }

    fn agrees(&self) {
        let said = self.world.summary().says();
        let approved = said.contains("Approved by");
        let wanted = !self.account.standing.is_empty();
        assert_eq!(approved, wanted, "{:?}\n{said}\n{:?}\n{}", self.account, self.told, self.world.traffic());
    }
}

/// The value of a button, naming another revision.
fn other_revision(value: &str, revision: u64) -> Value {
    let scope = value.split('.').next().unwrap_or_default();
    json!(format!("{scope}.{revision}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_press_that_did_not_count_counts_no_more_when_it_is_replayed_after_its_author_became_an_approver() {
    let world = World::start(Kind { transport: DemoTransport::Http, keeps: Keeps::Memory }).await;
    posts(&world, "mara", "streaming ledger that books card payments").await;
    world.passes(2).await;
    let ts = world.summary().ts().to_owned();
    // The first is told so; what becomes of the second is written nowhere but in its key.
    for _ in 0..2 {
        world.persona("milo").presses_on("hiring", &ts, "Approve").await.unwrap();
        world.passes(2).await;
    }
    let members = Some(["rhea", "ravi", "milo"].map(str::to_owned).into());
    let change = Deed::EditGroup { group: "recruiters".into(), name: None, members, disabled: None };
    world.workspace.act(change).await.unwrap();
    world.passes(2).await;
    let (status, _) = signed(&world, form(&newest(&world, "block_actions")), FORM).await;
    assert_eq!(status, 200);
    world.passes(2).await;
    says_not(&world.summary().says(), "Approved by");
    world.persona("milo").presses_on("hiring", &ts, "Approve").await.unwrap();
    world.passes(2).await;
    says(&world.summary().says(), "Approved by");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_no_history_is_a_scope_approved_but_by_somebody_entitled_on_the_text_shown() {
    let deeds: usize = variable("APPROVAL_DEEDS").map_or(120, |deeds| deeds.parse().unwrap());
    let seed = variable("APPROVAL_SEED").map_or_else(|| Random::from_os().u64(), |seed| seed.parse().unwrap());
    println!("APPROVAL_SEED={seed}");
    let chance = Random::from_seed(seed);
    let (mut done, mut approved) = (0, 0);
    while done < deeds {
        let world = World::start(Kind { transport: DemoTransport::Http, keeps: Keeps::Memory }).await;
        posts(&world, "mara", "streaming ledger that books card payments").await;
        world.passes(2).await;
        let account = Account {
            listed: ["rhea", "ravi"].into(),
            members: ["mara", "rhea", "ravi", "olga", "milo"].into(),
            standing: BTreeMap::new(),
            revision: 1,
        };
        let mut history = History { world: &world, chance: chance.clone(), account, told: Vec::new() };
        for _ in 0..40 {
            history.one_more().await;
            history.agrees();
            approved += usize::from(!history.account.standing.is_empty());
            done += 1;
        }
        world.end().await;
    }
    println!("{done} decisions, {approved} of them on an approved scope");
    assert!(approved > 0 && approved < done);
}
