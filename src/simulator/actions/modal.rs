//! Submitting and closing modals.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::answers::Consequence;
use super::{Deed, Errand, Plan, Refused};
use crate::simulator::delivery::payloads::{Closed, view_closed, view_submission};
use crate::simulator::engine::World;
use crate::simulator::state::values::{is_empty, kind_of, text_at};
use crate::simulator::state::{HowMany, Origin, View, Window};
use crate::simulator::transcript::EntryKind;

pub(super) fn perform(
    world: &mut World,
    now: Timestamp,
    who: &str,
    window: &Window,
    deed: &Deed,
) -> Result<Plan, Refused> {
    let view =
        world.state.top_view(who, window).ok_or_else(|| Refused::because("no_modal", "no modal is open here"))?.clone();
    match deed {
        Deed::Submit => submit(world, now, who, window, &view),
        Deed::Close if !view.flag("clear_on_close") => Ok(close(world, now, who, window, Closed::One)),
        _ => Ok(close(world, now, who, window, Closed::All)),
    }
}

fn submit(world: &mut World, now: Timestamp, who: &str, window: &Window, view: &View) -> Result<Plan, Refused> {
    if view.sent.get("submit").is_none_or(Value::is_null) {
        return Err(Refused::because("no_submit", "this modal has no submit button"));
    }
    if view.busy {
        return Err(Refused::because("busy", "a submission is on its way already"));
    }
    let incomplete = complaints(view);
    if let Some(kept) = world.state.views.get_mut(&view.id) {
        kept.errors.clone_from(&incomplete);
        kept.failure = None;
        kept.busy = incomplete.is_empty();
    }
    if !incomplete.is_empty() {
        // The client itself says so; nothing is sent.
        let why = incomplete.iter().map(|(block, words)| format!("{block}: {words}")).collect::<Vec<_>>().join("; ");
        return Err(Refused::because("incomplete", why));
    }
    let person = world.state.people.get(who).cloned().ok_or_else(|| Refused::because("not_found", "nobody"))?;
    let trigger = world.state.new_trigger(who, window, Origin::Modal, now);
    let parcel = view_submission(world, &person, view, &trigger);
    world.faults.trigger_made();
    world.note(now, EntryKind::Person, parcel.words.clone(), Some(who), Value::Null);
    let then = Consequence::Submitted { who: who.to_owned(), window: window.clone(), view: view.id.clone() };
    Ok(Plan::of(vec![Errand { parcel, then }]))
}

/// What the client says beside a field before it sends anything.
fn complaints(view: &View) -> BTreeMap<String, String> {
    let mut complaints = BTreeMap::new();
    for block in view.blocks().iter().filter(|block| kind_of(block) == "input") {
        let Some(element) = block.get("element") else { continue };
        let block_id = text_at(block, "block_id");
        let value = view.values.get(block_id).and_then(|block| block.get(text_at(element, "action_id")));
        let Some(value) = value else { continue };
        let words = if is_empty(value) {
            let optional = block.get("optional") == Some(&Value::Bool(true));
            (!optional).then(|| "Please complete this required field.".to_owned())
        } else {
            out_of_bounds(element, text_at(value, "value"))
        };
        if let Some(words) = words {
            complaints.insert(block_id.to_owned(), words);
        }
    }
    complaints
}

fn out_of_bounds(element: &Value, text: &str) -> Option<String> {
    let length = text.chars().count();
    let bound = |key: &str| element.get(key).and_then(Value::as_u64).and_then(|bound| usize::try_from(bound).ok());
    match kind_of(element) {
        "plain_text_input" => {
            // A field without a bound of its own holds 3000 characters.
            let (min, max) = (bound("min_length").unwrap_or(0), bound("max_length").unwrap_or(3000));
            if length > max {
                Some(format!("Must be less than {} characters.", max + 1))
            } else if length < min {
                Some(format!("Must be at least {min} characters."))
            } else {
                None
            }
        }
        "email_text_input" if !text.contains('@') => Some("Must be a valid email.".to_owned()),
        "url_text_input" if !text.starts_with("http") => Some("Must be a valid URL.".to_owned()),
        "number_input" if text.parse::<f64>().is_err() => Some("Must be a number.".to_owned()),
        _ => None,
    }
}

/// `view_closed` goes only for views with `notify_on_close`: the × names the root view with `is_cleared`.
fn close(world: &mut World, now: Timestamp, who: &str, window: &Window, closed: Closed) -> Plan {
    let how_many = if closed == Closed::All { HowMany::All } else { HowMany::Top };
    let gone = world.state.close_views(who, window, how_many);
    let Some(person) = world.state.people.get(who).cloned() else { return Plan::default() };
    let told = if closed == Closed::All { gone.last() } else { gone.first() };
    let words = format!("{} closed the modal", person.name);
    world.note(now, EntryKind::Person, words, Some(who), Value::Null);
    let errands = told
        .filter(|view| view.flag("notify_on_close"))
        .map(|view| Errand { parcel: view_closed(world, &person, view, closed), then: Consequence::Nothing });
    Plan::of(errands.into_iter().collect())
}
