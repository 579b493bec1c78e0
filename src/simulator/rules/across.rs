//! Rules that look across blocks: ids that must not repeat, what an input asks of its view, what an initial value must match.

use std::collections::BTreeSet;

use serde_json::Value;

use super::check::{Surface, Walk};
use crate::simulator::state::values::{elements_of, kind_of, options_of, slot, text_at};

/// All of them, for the blocks at `pointer`.
pub(super) fn check(walk: &mut Walk, blocks: &[Value], pointer: &str, surface: Surface, submit: Submit) {
    repeated_ids(walk, blocks, pointer);
    let mut focused = 0;
    for (at, block) in blocks.iter().enumerate() {
        let here = format!("{pointer}/{at}");
        if kind_of(block) == "input" {
            // Seen: 'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/2/input]'.
            if surface == Surface::Modal && submit == Submit::Absent {
                walk.complain("must define `submit` to use an `input` block in modals", &format!("{here}/input"));
            }
        }
        for (element, place) in placed_elements(block, &here) {
            unmatched_initial(walk, element, &place);
            focused += usize::from(element.get("focus_on_load") == Some(&Value::Bool(true)));
            if focused > 1 {
                walk.complain("only one element may have `focus_on_load`", &format!("{place}/focus_on_load"));
            }
            let (min, max) = (number_at(element, "min_length"), number_at(element, "max_length"));
            if min.zip(max).is_some_and(|(min, max)| min > max) {
                walk.complain("must be less than or equal to `max_length`", &format!("{place}/min_length"));
            }
        }
    }
}

/// Whether a modal has a submit button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Submit {
    Present,
    Absent,
}

/// Source: docs reference/block-kit/blocks (`block_id` unique in a message or view, `action_id` within its block);
/// seen: '`action_id` "…" already exists [json-pointer:/blocks/1/elements/1/action_id]'.
fn repeated_ids(walk: &mut Walk, blocks: &[Value], pointer: &str) {
    let mut seen = BTreeSet::new();
    for (at, block) in blocks.iter().enumerate() {
        let id = text_at(block, "block_id");
        if !id.is_empty() && !seen.insert(id) {
            walk.complain(format!("`block_id` \"{id}\" already exists"), &format!("{pointer}/{at}/block_id"));
        }
        let mut actions = BTreeSet::new();
        for (element, place) in placed_elements(block, &format!("{pointer}/{at}")) {
            let id = text_at(element, "action_id");
            if !id.is_empty() && !actions.insert(id.to_owned()) {
                walk.complain(format!("`action_id` \"{id}\" already exists"), &format!("{place}/action_id"));
            }
        }
    }
}

fn placed_elements<'a>(block: &'a Value, here: &str) -> Vec<(&'a Value, String)> {
    let place = |at: usize| match kind_of(block) {
        "input" => format!("{here}/element"),
        "section" => format!("{here}/accessory"),
        _ => format!("{here}/elements/{at}"),
    };
    elements_of(block).into_iter().enumerate().map(|(at, element)| (element, place(at))).collect()
}

/// Source: docs reference/block-kit/block-elements: an initial option "must exactly match" one of the options.
fn unmatched_initial(walk: &mut Walk, element: &Value, place: &str) {
    let Some(slot) = slot(kind_of(element)) else { return };
    let offered = options_of(element);
    let initial: Vec<&Value> = match element.get(slot.initial) {
        Some(Value::Array(all)) if !offered.is_empty() => all.iter().collect(),
        Some(one @ Value::Object(_)) if !offered.is_empty() => vec![one],
        _ => return,
    };
    if initial.iter().any(|option| !offered.contains(option)) {
        walk.complain(
            format!("`{}` must match one of the options", slot.initial),
            &format!("{place}/{}", slot.initial),
        );
    }
}

fn number_at(element: &Value, key: &str) -> Option<u64> {
    element.get(key).and_then(Value::as_u64)
}
