//! Typing, choosing, ticking, pressing.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::answers::Consequence;
use super::find::{Place, Spot, find, option_of};
use super::{Deed, Errand, Plan, Refused, Typing};
use crate::simulator::delivery::payloads::{Pressed, block_actions};
use crate::simulator::engine::World;
use crate::simulator::state::values::{Holds, chosen, empty, kind_of, slot, text_at};
use crate::simulator::state::{Origin, Window};
use crate::simulator::transcript::EntryKind;

pub(super) fn perform(
    world: &mut World,
    now: Timestamp,
    who: &str,
    window: &Window,
    deed: &Deed,
) -> Result<Plan, Refused> {
    let touch = match deed {
        Deed::Set { field, value, by } => {
            let spot = find(world, who, window, None, field, is_text)?;
            let held = if value.is_empty() { Value::Null } else { text_value(&spot.element, value) };
            Touch {
                spot,
                held: Some(held),
                dispatch: if *by == Typing::Enter { Dispatch::OnEnter } else { Dispatch::OnCharacter },
            }
        }
        Deed::Choose { field, option, place } => {
            let spot = find(world, who, window, place.as_ref(), field, is_choice)?;
            let held = chosen_value(world, &spot.element, option)?;
            Touch { spot, held: Some(held), dispatch: Dispatch::Always }
        }
        Deed::Tick { field, option, place } | Deed::Untick { field, option, place } => {
            let spot = find(world, who, window, place.as_ref(), field, is_checkboxes)?;
            let option = chosen(&option_of(&spot.element, option)?);
            let mut ticked = current(world, who, &spot).as_array().cloned().unwrap_or_default();
            ticked.retain(|each| each.get("value") != option.get("value"));
            if matches!(deed, Deed::Tick { .. }) {
                ticked.push(option);
            }
            Touch { spot, held: Some(Value::Array(ticked)), dispatch: Dispatch::Always }
        }
        Deed::Press { button, place } => press(world, who, window, button, place.as_ref())?,
        _ => return Err(Refused::because("unreadable", "not a deed with fields")),
    };
    Ok(Plan::of(touch.carry(world, now, who, window)?))
}

fn press(
    world: &World,
    who: &str,
    window: &Window,
    button: &super::Label,
    place: Option<&super::Where>,
) -> Result<Touch, Refused> {
    let refused = match find(world, who, window, place, button, is_button) {
        Ok(spot) => return Ok(Touch { spot, held: None, dispatch: Dispatch::Always }),
        Err(refused) => refused,
    };
    // An overflow menu hides its options behind a button without words.
    let super::Label::Words(words) = button else { return Err(refused) };
    let any = super::Label::Ids { block: None, action: None };
    let Ok(spot) = find(world, who, window, place, &any, is_overflow) else { return Err(refused) };
    let Ok(option) = option_of(&spot.element, words) else { return Err(refused) };
    Ok(Touch { spot, held: Some(chosen(&option)), dispatch: Dispatch::Always })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dispatch {
    Always,
    OnCharacter,
    OnEnter,
}

/// An element and what is put into it.
struct Touch {
    spot: Spot,
    held: Option<Value>,
    dispatch: Dispatch,
}

impl Touch {
    /// Changes the value and, where the element says so, makes the report.
    fn carry(self, world: &mut World, now: Timestamp, who: &str, window: &Window) -> Result<Vec<Errand>, Refused> {
        let Touch { spot, held, dispatch } = self;
        if let (Some(held), Some(slot)) = (&held, slot(kind_of(&spot.element))) {
            put(world, who, &spot, slot.key, held);
        }
        let person = world.state.people.get(who).cloned().ok_or_else(|| Refused::because("not_found", "nobody"))?;
        let label = spot.element.get("text").map(|text| text_at(text, "text")).filter(|text| !text.is_empty());
        let words = match label {
            Some(label) => format!("{} pressed \"{label}\"", person.name),
            None => format!("{} changed {}", person.name, spot.asked()),
        };
        if !reports(&spot, dispatch) {
            world.note(now, EntryKind::Person, format!("{words} (not reported)"), Some(who), Value::Null);
            return Ok(Vec::new());
        }
        let action = action_of(world, now, &spot, held.as_ref());
        let parcel = match &spot.place {
            Place::View(id) => {
                let view = world
                    .state
                    .views
                    .get(id)
                    .cloned()
                    .ok_or_else(|| Refused::because("no_modal", "the view is gone"))?;
                let origin = if view.window.is_some() { Origin::Modal } else { Origin::Home };
                let trigger = world.state.new_trigger(who, window, origin, now);
                block_actions(world, &person, &Pressed::View(&view), &action, &trigger, &words)
            }
            Place::Message { channel, ts } => {
                let channel = world.state.channel(channel)?.clone();
                let message = channel.messages.iter().find(|message| message.ts == *ts).cloned();
                let message = message.ok_or_else(|| Refused::because("no_message", "the message is gone"))?;
                let trigger = world.state.new_trigger(who, window, Origin::Message, now);
                let thread = message.thread_ts.clone();
                let path = world.state.new_response_url(&channel.id, who, Some(ts), thread.as_deref(), now);
                let response_url = format!("{}{path}", world.base);
                let pressed = Pressed::Message { channel: &channel, message: &message, response_url: &response_url };
                block_actions(world, &person, &pressed, &action, &trigger, &words)
            }
        };
        if dispatch == Dispatch::Always {
            world.faults.trigger_made();
        }
        world.note(now, EntryKind::Person, words, Some(who), Value::Null);
        Ok(vec![Errand { parcel, then: Consequence::Pressed { who: who.to_owned(), place: spot.place } }])
    }
}

/// Whether Slack tells the app: always outside inputs, else when the input says so.
/// Source: docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object (Enter is the default).
fn reports(spot: &Spot, dispatch: Dispatch) -> bool {
    if kind_of(&spot.block) != "input" {
        return true;
    }
    if spot.block.get("dispatch_action") != Some(&Value::Bool(true)) {
        return false;
    }
    let config = spot.element.get("dispatch_action_config").and_then(|config| config.get("trigger_actions_on"));
    let on = |event: &str| match config.and_then(Value::as_array) {
        Some(all) => all.iter().any(|each| each == event),
        None => event == "on_enter_pressed",
    };
    match dispatch {
        Dispatch::Always => true,
        Dispatch::OnCharacter => on("on_character_entered"),
        Dispatch::OnEnter => on("on_enter_pressed"),
    }
}

/// One entry of `actions[]`.
fn action_of(world: &mut World, now: Timestamp, spot: &Spot, held: Option<&Value>) -> Value {
    let kind = kind_of(&spot.element);
    let mut action = Map::new();
    action.insert("type".into(), json!(kind));
    action.insert("block_id".into(), json!(text_at(&spot.block, "block_id")));
    action.insert("action_id".into(), json!(text_at(&spot.element, "action_id")));
    action.insert("action_ts".into(), json!(world.state.next_ts(now)));
    for key in ["text", "value", "style", "placeholder"] {
        let of_button = kind == "button" || key == "placeholder";
        if let (true, Some(given)) = (of_button, spot.element.get(key)) {
            action.insert(key.into(), given.clone());
        }
    }
    if let Some(held) = held {
        let key = slot(kind).map_or("selected_option", |slot| slot.key);
        action.insert(key.into(), held.clone());
    }
    Value::Object(action)
}

fn current(world: &World, who: &str, spot: &Spot) -> Value {
    let key = slot(kind_of(&spot.element)).map_or("", |slot| slot.key);
    let (block, action) = (text_at(&spot.block, "block_id"), text_at(&spot.element, "action_id"));
    let values = match &spot.place {
        Place::View(id) => world.state.views.get(id).map(|view| &view.values),
        Place::Message { channel, ts } => {
            let message =
                world.state.channels.get(channel).and_then(|place| place.messages.iter().find(|each| each.ts == *ts));
            message.and_then(|message| message.values.get(who))
        }
    };
    values.and_then(|values| values.get(block)?.get(action)?.get(key)).cloned().unwrap_or(Value::Null)
}

fn put(world: &mut World, who: &str, spot: &Spot, key: &str, held: &Value) {
    let (block, action) = (text_at(&spot.block, "block_id").to_owned(), text_at(&spot.element, "action_id").to_owned());
    let value = json!({"type": kind_of(&spot.element), key: held});
    match &spot.place {
        Place::View(id) => {
            if let Some(view) = world.state.views.get_mut(id) {
                view.errors.remove(&block);
                view.values.entry(block).or_default().insert(action, value);
            }
        }
        Place::Message { channel, ts } => {
            let message = world.state.channels.get_mut(channel).and_then(|place| place.message_mut(ts));
            if let Some(message) = message {
                let values = message.values.entry(who.to_owned()).or_default();
                values.entry(block).or_default().insert(action, value);
            }
        }
    }
}

/// What a person picked, as the element keeps it.
fn chosen_value(world: &World, element: &Value, option: &Value) -> Result<Value, Refused> {
    let slot = slot(kind_of(element)).ok_or_else(|| Refused::because("no_such_element", "nothing to choose there"))?;
    if option.is_null() {
        return Ok(empty(slot.holds));
    }
    let words: Vec<&str> = match option {
        Value::String(one) => vec![one],
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        _ => return Err(Refused::because("unreadable", "option is a text, a list of texts or null")),
    };
    let id = |name: &&str| -> Result<Value, Refused> {
        let state = &world.state;
        let person = || state.person(name).map(|person| person.id.clone());
        let channel = || state.channel(name).map(|channel| channel.id.clone());
        Ok(json!(if kind_of(element).contains("users") { person()? } else { channel()? }))
    };
    let first = words.first().copied().unwrap_or_default();
    Ok(match slot.holds {
        Holds::Option => chosen(&option_of(element, first)?),
        Holds::Options => {
            words.iter().map(|word| option_of(element, word).map(|option| chosen(&option))).collect::<Result<_, _>>()?
        }
        Holds::Id => id(&first)?,
        Holds::Ids => words.iter().map(id).collect::<Result<_, _>>()?,
        Holds::Number => json!(first.parse::<i64>().map_err(|_| Refused::because("unreadable", "seconds since 1970"))?),
        Holds::Date | Holds::Text | Holds::Rich => json!(first),
    })
}

/// Rich text is typed as one plain section.
fn text_value(element: &Value, text: &str) -> Value {
    if kind_of(element) == "rich_text_input" {
        return json!({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]});
    }
    json!(text)
}

fn is_text(element: &Value) -> bool {
    slot(kind_of(element)).is_some_and(|slot| matches!(slot.holds, Holds::Text | Holds::Rich))
}

fn is_choice(element: &Value) -> bool {
    slot(kind_of(element)).is_some_and(|slot| !matches!(slot.holds, Holds::Text | Holds::Rich))
}

fn is_checkboxes(element: &Value) -> bool {
    kind_of(element) == "checkboxes"
}

fn is_button(element: &Value) -> bool {
    kind_of(element) == "button"
}

fn is_overflow(element: &Value) -> bool {
    kind_of(element) == "overflow"
}
