//! Finding what a person means: an element by its label, an option by its words, a message by its place.

use serde_json::Value;

use super::{Label, Refused, Screen, Where};
use crate::simulator::engine::World;
use crate::simulator::state::values::{elements_of, kind_of, options_of, text_at};
use crate::simulator::state::{Channel, ChannelKind, Message, PersonKind, Window};

/// Where an element stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    View(String),
    Message { channel: String, ts: String },
}

/// An element found.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub place: Place,
    pub block: Value,
    pub element: Value,
}

impl Spot {
    /// What a person calls it: the question of its block, or its action where it has none.
    pub(super) fn asked(&self) -> String {
        match self.block.get("label").map(|label| text_at(label, "text")).filter(|label| !label.is_empty()) {
            Some(label) => format!("\"{label}\""),
            None => text_at(&self.element, "action_id").to_owned(),
        }
    }
}

/// Whether an element is of the kind looked for.
pub(super) type Accepts = fn(&Value) -> bool;

pub(super) fn find(
    world: &World,
    who: &str,
    window: &Window,
    place: Option<&Where>,
    label: &Label,
    accepts: Accepts,
) -> Result<Spot, Refused> {
    let state = &world.state;
    let screen = match place {
        None => Screen::Modal,
        Some(Where::Named(screen)) => *screen,
        Some(Where::Message { channel, ts }) => return in_messages(world, who, channel, ts.as_deref(), label, accepts),
    };
    let view = match screen {
        Screen::Modal => {
            state.top_view(who, window).ok_or_else(|| Refused::because("no_modal", "no modal is open here"))?
        }
        Screen::Home => state
            .homes
            .get(who)
            .and_then(|id| state.views.get(id))
            .ok_or_else(|| Refused::because("no_home", "the app has published no Home for this person"))?,
    };
    let (block, element) = pick(view.blocks(), label, accepts)?;
    Ok(Spot { place: Place::View(view.id.clone()), block: block.clone(), element: element.clone() })
}

fn in_messages(
    world: &World,
    who: &str,
    channel: &str,
    ts: Option<&str>,
    label: &Label,
    accepts: Accepts,
) -> Result<Spot, Refused> {
    let channel = member_channel(world, who, channel)?;
    let seen =
        channel.messages.iter().rev().filter(|message| message.is_seen_by(who) && ts.is_none_or(|ts| message.ts == ts));
    let mut failure = Refused::because("no_message", "no message with buttons is to be seen here");
    for message in seen {
        match pick(&message.blocks, label, accepts) {
            Ok((block, element)) => {
                let place = Place::Message { channel: channel.id.clone(), ts: message.ts.clone() };
                return Ok(Spot { place, block: block.clone(), element: element.clone() });
            }
            Err(refused) if !message.blocks.is_empty() && failure.error == "no_message" => failure = refused,
            Err(_) => {}
        }
    }
    Err(failure)
}

/// A channel the person is in; `dm` is the direct channel with the app.
pub(super) fn member_channel<'a>(world: &'a World, who: &str, name: &str) -> Result<&'a Channel, Refused> {
    let channel = channel_for(world, who, name)?;
    if channel.has(who) {
        return Ok(channel);
    }
    Err(Refused::because("not_a_member", format!("not in #{}: invite them first", channel.name)))
}

/// A channel the person can at least read: their own, or a public one for members of this workspace.
pub(super) fn channel_for<'a>(world: &'a World, who: &str, name: &str) -> Result<&'a Channel, Refused> {
    let state = &world.state;
    if matches!(name, "dm" | "app") {
        let found = state.channels.values().find(|channel| channel.with.as_deref() == Some(who));
        return found.ok_or_else(|| Refused::because("no_dm", "there is no direct message with the app yet"));
    }
    let channel = state.channel(name)?;
    let member = state.people.get(who).is_some_and(|person| person.kind == PersonKind::Member);
    if channel.has(who) || (channel.kind == ChannelKind::Public && member) {
        return Ok(channel);
    }
    Err(Refused::because("not_found", format!("no channel is called {name:?}")))
}

/// The message of that time, else the newest of the channel itself.
pub(super) fn message_in<'a>(channel: &'a Channel, who: &str, ts: Option<&str>) -> Result<&'a Message, Refused> {
    let mut seen = channel.messages.iter().rev().filter(|message| message.is_seen_by(who));
    let found = match ts {
        Some(ts) => seen.find(|message| message.ts == ts),
        None => seen.find(|message| message.is_top() && message.only_for.is_none()),
    };
    found.ok_or_else(|| Refused::because("no_message", format!("no such message in #{}", channel.name)))
}

fn pick<'a>(blocks: &'a [Value], label: &Label, accepts: Accepts) -> Result<(&'a Value, &'a Value), Refused> {
    let all: Vec<(&Value, &Value)> = blocks
        .iter()
        .flat_map(|block| elements_of(block).into_iter().map(move |element| (block, element)))
        .filter(|(_, e)| accepts(e))
        .collect();
    let fits: Vec<&(&Value, &Value)> = match label {
        Label::Ids { block, action } => all
            .iter()
            .filter(|(owner, element)| {
                block.as_ref().is_none_or(|id| text_at(owner, "block_id") == id)
                    && action.as_ref().is_none_or(|id| text_at(element, "action_id") == id)
            })
            .collect(),
        Label::Words(words) => {
            let exact: Vec<_> =
                all.iter().filter(|(owner, e)| labels(owner, e).iter().any(|l| same(l, words))).collect();
            if exact.is_empty() {
                all.iter().filter(|(owner, e)| labels(owner, e).iter().any(|l| contains(l, words))).collect()
            } else {
                exact
            }
        }
    };
    let offered =
        || all.iter().filter_map(|(owner, e)| labels(owner, e).into_iter().next()).collect::<Vec<_>>().join(" · ");
    match fits.as_slice() {
        [one] => Ok(**one),
        [] => Err(Refused::because(
            "no_such_element",
            format!("nothing here is labelled {label:?}. There is: {}", offered()),
        )),
        _ => Err(Refused::because("ambiguous", format!("several are labelled {label:?}. There is: {}", offered()))),
    }
}

/// What a person would call an element: its own words first.
fn labels(block: &Value, element: &Value) -> Vec<String> {
    let text =
        |value: &Value, key: &str| value.get(key).map(|inner| text_at(inner, "text").to_owned()).unwrap_or_default();
    let mut all = vec![text(element, "text")];
    match kind_of(block) {
        "input" => all.push(text(block, "label")),
        "section" => all.push(text(block, "text").replace(['*', '_'], "")),
        _ => {}
    }
    all.push(text(element, "placeholder"));
    all.push(text_at(element, "accessibility_label").to_owned());
    all.retain(|label| !label.is_empty());
    if all.is_empty() {
        all.push(text_at(element, "action_id").to_owned());
    }
    all
}

fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

fn contains(label: &str, words: &str) -> bool {
    label.to_lowercase().contains(&words.to_lowercase())
}

/// The option of that label or value.
pub(super) fn option_of(element: &Value, words: &str) -> Result<Value, Refused> {
    let options = options_of(element);
    let label = |option: &Value| option.get("text").map(|text| text_at(text, "text").to_owned()).unwrap_or_default();
    let exact = options.iter().find(|option| text_at(option, "value") == words || same(&label(option), words));
    let near: Vec<_> = options.iter().filter(|option| contains(&label(option), words)).collect();
    match (exact, near.as_slice()) {
        (Some(option), _) => Ok((*option).clone()),
        (None, [one]) => Ok((**one).clone()),
        _ => {
            let offered = options.iter().map(|option| label(option)).collect::<Vec<_>>().join(" · ");
            Err(Refused::because("no_such_option", format!("no single option is {words:?}. There is: {offered}")))
        }
    }
}
