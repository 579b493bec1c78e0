use super::*;
use crate::simulator::state::first_day;

const MARA: &str = "U0DEMOMARA";

fn modal(title: &str) -> Value {
    json!({"type": "modal", "title": {"type": "plain_text", "text": title}, "blocks": []})
}

struct Desk {
    state: State,
    chance: Chance,
    now: Timestamp,
    window: Window,
}

fn desk() -> Desk {
    let now = Timestamp::from_second(1_700_000_000).unwrap();
    Desk { state: first_day(now), chance: Chance::from_seed(1), now, window: Window::default() }
}

impl Desk {
    fn open(&mut self, view: &Value) -> Result<String, ViewFault> {
        self.state.open_view(MARA, &self.window, view, self.now, &mut self.chance)
    }

    fn push(&mut self, view: &Value) -> Result<String, ViewFault> {
        self.state.push_view(MARA, &self.window, view, self.now, &mut self.chance)
    }
}

#[test]
fn a_stack_holds_three_views_and_no_fourth() {
    let mut desk = desk();
    let root = desk.open(&modal("one")).unwrap();
    let second = desk.push(&modal("two")).unwrap();
    let third = desk.push(&modal("three")).unwrap();
    assert_eq!(desk.push(&modal("four")), Err(ViewFault::PushLimitReached));
    let view = &desk.state.views[&third];
    assert_eq!((view.root.as_str(), view.previous.as_deref()), (root.as_str(), Some(second.as_str())));
    let gone = desk.state.close_views(MARA, &desk.window, HowMany::Top);
    assert_eq!(gone[0].id, third);
    assert_eq!(desk.state.top_view(MARA, &desk.window).unwrap().id, second);
}

#[test]
fn an_old_hash_conflicts() {
    let mut desk = desk();
    let id = desk.open(&modal("one")).unwrap();
    let old = desk.state.views[&id].hash.clone();
    desk.state.update_view(&id, &modal("two"), Some(&old), desk.now, &mut desk.chance).unwrap();
    let stale = desk.state.update_view(&id, &modal("three"), Some(&old), desk.now, &mut desk.chance);
    assert_eq!(stale, Err(ViewFault::HashConflict));
    assert!(desk.state.update_view(&id, &modal("three"), None, desk.now, &mut desk.chance).is_ok());
}

#[test]
fn an_external_id_is_taken_once() {
    let mut desk = desk();
    let mut view = modal("one");
    view["external_id"] = json!("mine");
    let id = desk.open(&view).unwrap();
    assert_eq!(desk.push(&view), Err(ViewFault::DuplicateExternalId));
    assert!(desk.state.update_view(&id, &view, None, desk.now, &mut desk.chance).is_ok());
}

#[test]
fn two_windows_of_one_person_have_a_stack_each() {
    let mut desk = desk();
    let one = desk.open(&modal("desk")).unwrap();
    assert_eq!(desk.open(&modal("again")), Err(ViewFault::AlreadyOpen));
    desk.window = Window("phone".into());
    let two = desk.open(&modal("phone")).unwrap();
    assert_ne!(one, two);
    desk.state.close_views(MARA, &desk.window, HowMany::All);
    assert!(desk.state.top_view(MARA, &Window::default()).is_some());
}
