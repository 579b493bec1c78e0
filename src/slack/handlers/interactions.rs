//! What a person does with the bot's surfaces, as intents. Ids of scopes and windows are taken as named, never as
//! authority: the app checks them again.

use super::{Ignored, Read};
use crate::app::intent::{
    ChangesSubmitted, CommandTyped, FieldsReported, FieldsShown, HandOverSubmitted, Pressed, ReplyTo, ReviewSubmitted,
    ScreenKind, StepSubmitted, Surface, Trigger, ViewRef, What, Who,
};
use crate::domain::answers::AnswerFault;
use crate::domain::ids::{SlackTime, Timestamp, WindowId};
use crate::domain::life::Step;
use crate::slack::blocks::text::unescaped;
use crate::slack::ids::{ButtonValue, Metadata, SHORTCUT_MESSAGE, SHORTCUT_NEW, press_of, screen_of};
use crate::slack::installation::Installation;
use crate::slack::payload::{
    Action, BlockActions, FieldValue, GlobalShortcut, MessageAction, Origin, Person, Place, ResponseUrl, SlashCommand,
    TriggerId, View, ViewClosed, ViewKind, ViewSubmission,
};
use crate::slack::reading::{Acted, acted_in, shown_in};
use crate::store;

fn who(person: &Person, origin: &Origin, here: &Installation) -> Who {
    Who { id: person.id.clone(), foreign: here.is_foreign(person, origin) }
}

fn trigger(id: &TriggerId) -> Trigger {
    Trigger(id.as_str().to_owned())
}

fn reply_to(url: Option<&ResponseUrl>) -> Option<ReplyTo> {
    url.map(|url| ReplyTo::Url(url.url().to_string()))
}

pub(super) fn command(command: &SlashCommand, here: &Installation) -> Read {
    Ok(What::CommandTyped(CommandTyped {
        who: who(&command.person, &command.origin, here),
        channel: command.channel.clone(),
        text: unescaped(command.text.as_str()),
        trigger: trigger(&command.trigger),
        reply_to: reply_to(command.response_url.as_ref()),
    }))
}

pub(super) fn shortcut(shortcut: &GlobalShortcut, here: &Installation) -> Read {
    if shortcut.callback_id != SHORTCUT_NEW {
        return Err(Ignored::NotOurs);
    }
    Ok(What::ShortcutUsed(CommandTyped {
        who: who(&shortcut.person, &shortcut.origin, here),
        channel: None,
        text: String::new(),
        trigger: trigger(&shortcut.trigger),
        reply_to: Some(ReplyTo::Window(trigger(&shortcut.trigger))),
    }))
}

pub(super) fn message_shortcut(shortcut: &MessageAction, here: &Installation) -> Read {
    if shortcut.callback_id != SHORTCUT_MESSAGE {
        return Err(Ignored::NotOurs);
    }
    Ok(What::ShortcutUsed(CommandTyped {
        who: who(&shortcut.person, &shortcut.origin, here),
        channel: Some(shortcut.message.channel.clone()),
        text: words_of(shortcut.message.text.as_str()),
        trigger: trigger(&shortcut.trigger),
        reply_to: reply_to(shortcut.response_url.as_ref()),
    }))
}

/// A message's text as a person reads it: what stands between `<` and `>` is Slack's own, of which the label stays.
fn words_of(text: &str) -> String {
    let (mut words, mut rest) = (String::new(), text);
    while let Some((before, from)) = rest.split_once('<') {
        words.push_str(before);
        let Some((inner, after)) = from.split_once('>') else {
            words.push('<');
            rest = from;
            continue;
        };
        let shown = inner.split_once('|').map(|(_, label)| label);
        words.push_str(shown.unwrap_or(if inner.starts_with(['@', '#', '!']) { "" } else { inner }));
        rest = after;
    }
    words.push_str(rest);
    unescaped(&words)
}

fn view_ref(view: &View) -> ViewRef {
    ViewRef {
        id: view.id.as_str().to_owned(),
        root: view.root.as_ref().map(|root| root.as_str().to_owned()),
        beneath: view.previous.as_ref().map(|previous| previous.as_str().to_owned()),
        hash: view.hash.clone(),
    }
}

/// What a window of ours shows. `None` when it is none of ours, or names no scope.
fn fields(person: &Person, origin: &Origin, view: &View, here: &Installation) -> Option<(FieldsReported, Metadata)> {
    let metadata = Metadata::from_wire(&view.private_metadata).ok()?;
    let shown = shown_in(view);
    let fields = FieldsReported {
        who: who(person, origin, here),
        scope: metadata.scope.clone()?,
        window: window_of(&metadata, view)?,
        view: view_ref(view),
        at: None,
        acted: None,
        shown: shown.answers,
        faults: shown.faults,
    };
    Some((fields, metadata))
}

/// The window as the bot named it; one that it did not name is known by Slack's own id of the view.
fn window_of(metadata: &Metadata, view: &View) -> Option<WindowId> {
    metadata.window.clone().or_else(|| WindowId::parse(view.id.as_str()).ok())
}

pub(super) fn actions(actions: &BlockActions, here: &Installation, now: Timestamp) -> Read {
    // Slack sends one action a payload; were there more, the first that is ours counts.
    let read = actions.actions.iter().find_map(|action| one_action(action, actions, here, now));
    read.ok_or(Ignored::NotOurs)
}

fn one_action(action: &Action, actions: &BlockActions, here: &Installation, now: Timestamp) -> Option<What> {
    let at = action.at.unwrap_or_else(|| SlackTime::of(now));
    match press_of(&action.action) {
        Some(press) => {
            let FieldValue::Pressed(value) = &action.value else { return None };
            let value = ButtonValue::from_wire(value.as_deref())?;
            let surface = surface(&actions.place)?;
            let at_home = (surface == Surface::Home).then(|| ReplyTo::Window(trigger(&actions.trigger)));
            Some(What::Pressed(Pressed {
                who: who(&actions.person, &actions.origin, here),
                press,
                scope: value.scope,
                revision: value.revision,
                surface,
                at,
                trigger: trigger(&actions.trigger),
                reply_to: reply_to(actions.response_url.as_ref()).or(at_home),
            }))
        }
        None => typed(action, actions, here, at),
    }
}

fn surface(place: &Place) -> Option<Surface> {
    Some(match place {
        Place::Message(message) if message.is_ephemeral => Surface::Ephemeral,
        Place::Message(message) => {
            Surface::Message(store::Place { channel: message.channel.clone(), ts: message.ts.clone() })
        }
        Place::Elsewhere => Surface::Ephemeral,
        Place::View(view) if view.kind == ViewKind::Home => Surface::Home,
        Place::View(view) => {
            let metadata = Metadata::from_wire(&view.private_metadata).ok()?;
            Surface::Window(Box::new(FieldsShown {
                window: window_of(&metadata, view)?,
                view: view_ref(view),
                screen: screen_of(&view.callback_id)?,
                generation: metadata.generation.0,
                shown: shown_in(view).answers,
            }))
        }
    })
}

/// A field of a window, typed into or chosen from.
fn typed(action: &Action, actions: &BlockActions, here: &Installation, at: SlackTime) -> Option<What> {
    let Place::View(view) = &actions.place else { return None };
    screen_of(&view.callback_id)?;
    let (mut fields, _) = fields(&actions.person, &actions.origin, view, here)?;
    match acted_in(action) {
        Acted::Answer(question, answer) => fields.acted = Some((question, answer)),
        Acted::Fault(fault) => keep(fault, &mut fields.faults),
        Acted::Other => {}
        Acted::Unknown => return None,
    }
    fields.at = Some(at);
    Some(What::FieldsReported(fields))
}

/// The state of the view may tell of the same fault.
fn keep(fault: AnswerFault, faults: &mut Vec<AnswerFault>) {
    if !faults.contains(&fault) {
        faults.push(fault);
    }
}

pub(super) fn submission(submission: &ViewSubmission, here: &Installation) -> Read {
    submitted(submission, here).ok_or(Ignored::NotOurs)
}

fn submitted(submission: &ViewSubmission, here: &Installation) -> Option<What> {
    let view = &submission.view;
    let screen = screen_of(&view.callback_id)?;
    let (fields, metadata) = fields(&submission.person, &submission.origin, view, here)?;
    let shown = shown_in(view);
    Some(match screen {
        ScreenKind::Form => What::FormSubmitted(fields),
        ScreenKind::More => What::MoreSubmitted(fields),
        ScreenKind::Review => What::ReviewSubmitted(ReviewSubmitted {
            fields,
            candidate: metadata.candidate?,
            on_purpose: shown.tick(),
            reason: shown.reason,
            channel: shown.channel,
        }),
        ScreenKind::AskForChanges => What::ChangesSubmitted(ChangesSubmitted {
            who: fields.who,
            scope: fields.scope,
            ticks: shown.ticks,
            comment: shown.comment,
            revision: metadata.revision,
            view: fields.view.id,
            beneath: fields.view.beneath,
        }),
        ScreenKind::Filled => step_of(fields, Step::Fill(shown.hire)),
        ScreenKind::Close => step_of(fields, Step::Close(shown.why)),
        ScreenKind::HandOver => {
            What::HandOverSubmitted(HandOverSubmitted { who: fields.who, scope: fields.scope, to: shown.person? })
        }
        ScreenKind::Reading => return None,
    })
}

fn step_of(fields: FieldsReported, step: Step) -> What {
    What::StepSubmitted(StepSubmitted { who: fields.who, scope: fields.scope, step })
}

/// A window closed: only the review asks to be told.
pub(super) fn closed(closed: &ViewClosed, here: &Installation) -> Read {
    if screen_of(&closed.view.callback_id) != Some(ScreenKind::Review) {
        return Err(Ignored::NoConcern);
    }
    match fields(&closed.person, &closed.origin, &closed.view, here) {
        Some((fields, _)) => Ok(What::ReviewLeft(fields)),
        None => Err(Ignored::NotOurs),
    }
}
