//! views.*: triggers, hashes, stacks. Source: docs.slack.dev/surfaces/modals; slack-ruby/slack-api-ref methods/views.

use serde_json::{Value, json};

use super::{Call, Refusal, Reply, fields};
use crate::simulator::rules::{Surface, refusal_of_view};
use crate::simulator::state::{Origin, Trigger, ViewFault, ViewState};
use crate::simulator::transcript::EntryKind;

/// The view argument, valid for that surface.
fn view(call: &Call<'_>, surface: Surface) -> Result<Value, Refusal> {
    let view = call.args.value("view").ok_or_else(|| Refusal::missing_field("view"))?;
    match refusal_of_view(view, surface) {
        None => Ok(view.clone()),
        Some(refusal) => Err(refusal.into()),
    }
}

fn trigger(call: &mut Call<'_>) -> Result<Trigger, Refusal> {
    let id = call.args.text("trigger_id").ok_or_else(|| Refusal::missing_field("trigger_id"))?.to_owned();
    call.world.state.take_trigger(&id, call.now).map_err(|fault| Refusal::because(fault.code()))
}

fn shown(call: &Call<'_>, id: &str) -> Reply {
    let state = &call.world.state;
    let view = state.views.get(id).ok_or_else(|| Refusal::because("not_found"))?;
    Ok(fields(json!({"view": view.to_slack(state, ViewState::Whole)})))
}

pub fn open(call: &mut Call<'_>) -> Reply {
    let sent = view(call, Surface::Modal)?;
    let trigger = trigger(call)?;
    let world = &mut *call.world;
    let opened = world.state.open_view(&trigger.person, &trigger.window, &sent, call.now, &mut world.chance);
    match opened {
        Ok(id) => shown(call, &id),
        // The answer is a success, but the client shows nothing: undocumented, and so on phones (bolt-js#1827, bolt-python#481).
        Err(ViewFault::AlreadyOpen) => {
            let words =
                "A view was opened over an open modal: the client does not show it (use views.push or views.update)";
            call.world.note(call.now, EntryKind::Fault, words, Some(&trigger.person), Value::Null);
            Ok(fields(json!({"view": sent})))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub fn push(call: &mut Call<'_>) -> Reply {
    let sent = view(call, Surface::Modal)?;
    let trigger = trigger(call)?;
    if trigger.origin != Origin::Modal {
        // Seen in public for a trigger from Home: "must match the `type` of the root view whose stack we're pushing onto".
        let messages = json!({"messages": ["[ERROR] must match the `type` of the root view whose stack we're pushing onto [json-pointer:/view/type]"]});
        return Err(Refusal::because("invalid_arguments").with("response_metadata", messages));
    }
    let world = &mut *call.world;
    let id = world.state.push_view(&trigger.person, &trigger.window, &sent, call.now, &mut world.chance)?;
    shown(call, &id)
}

pub fn update(call: &mut Call<'_>) -> Reply {
    let sent = view(call, Surface::Modal).or_else(|refusal| {
        let is_home = call.args.value("view").and_then(|view| view.get("type")) == Some(&json!("home"));
        if is_home { view(call, Surface::Home) } else { Err(refusal) }
    })?;
    let (id, external) = (call.args.text("view_id"), call.args.text("external_id"));
    if id.is_none() && external.is_none() {
        return Err(Refusal::missing_field("view_id"));
    }
    let world = &mut *call.world;
    let found = world.state.view_by(id, external).ok_or_else(|| Refusal::because("not_found"))?;
    if found.text("type") != sent.get("type").and_then(Value::as_str).unwrap_or_default() {
        let messages =
            json!({"messages": ["[ERROR] must match the `type` of the view being updated [json-pointer:/view/type]"]});
        return Err(Refusal::because("invalid_arguments").with("response_metadata", messages));
    }
    let id = found.id.clone();
    world.state.update_view(&id, &sent, call.args.text("hash"), call.now, &mut world.chance)?;
    shown(call, &id)
}

pub fn publish(call: &mut Call<'_>) -> Reply {
    let sent = view(call, Surface::Home)?;
    let user = call.need("user_id")?;
    let world = &mut *call.world;
    if !world.state.people.contains_key(&user) {
        return Err(
            Refusal::because("invalid_arguments").with("response_metadata", json!({"messages": ["invalid `user_id`"]}))
        );
    }
    if !world.state.app.home_tab {
        return Err(Refusal::because("not_enabled"));
    }
    let id = world.state.publish_home(&user, &sent, call.args.text("hash"), call.now, &mut world.chance)?;
    shown(call, &id)
}
