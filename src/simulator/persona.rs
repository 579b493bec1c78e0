//! One person of the workspace, to be spoken through: tests read like dialogues.

use std::sync::Arc;

use serde_json::{Value, json};

use super::actions::{Deed, Done, Label, Order, Refused, Screen, Typing, Where};
use super::engine::Engine;
use super::look;
use super::state::Window;

/// Somebody, at one window.
#[derive(Clone)]
pub struct Persona {
    engine: Arc<Engine>,
    name: String,
    window: Window,
}

/// A message as the person sees it; fields as in docs/simulator.md, State.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenMessage(pub Value);

impl SeenMessage {
    #[must_use]
    pub fn ts(&self) -> &str {
        self.text_at("ts")
    }

    /// The fallback text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text_at("text")
    }

    /// All words of its blocks, or its text if it has none.
    #[must_use]
    pub fn says(&self) -> String {
        let blocks = self.blocks();
        if blocks.is_empty() { self.text().to_owned() } else { look::words_of(blocks) }
    }

    #[must_use]
    pub fn blocks(&self) -> &[Value] {
        self.0.get("blocks").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    #[must_use]
    pub fn is_only_for_me(&self) -> bool {
        self.0.get("only_you") == Some(&Value::Bool(true))
    }

    #[must_use]
    pub fn is_from_app(&self) -> bool {
        self.0.get("from_app") == Some(&Value::Bool(true))
    }

    #[must_use]
    pub fn replies(&self) -> u64 {
        self.0.get("replies").and_then(Value::as_u64).unwrap_or(0)
    }

    /// The words beside it when a press was not taken.
    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.0.get("failure").and_then(Value::as_str)
    }

    fn text_at(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }
}

/// A modal or Home as the person sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenView(pub Value);

impl SeenView {
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.get("id").and_then(Value::as_str).unwrap_or_default()
    }

    #[must_use]
    pub fn title(&self) -> &str {
        self.0.pointer("/title/text").and_then(Value::as_str).unwrap_or_default()
    }

    #[must_use]
    pub fn callback_id(&self) -> &str {
        self.0.get("callback_id").and_then(Value::as_str).unwrap_or_default()
    }

    #[must_use]
    pub fn blocks(&self) -> &[Value] {
        self.0.get("blocks").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// All its words.
    #[must_use]
    pub fn says(&self) -> String {
        look::words_of(self.blocks())
    }

    /// What stands in a field, in Slack's own form; ids of block and action.
    #[must_use]
    pub fn value(&self, block: &str, action: &str) -> Option<&Value> {
        self.0.get("values")?.get(block)?.get(action)
    }

    /// The words under a field, by block id.
    #[must_use]
    pub fn error(&self, block: &str) -> Option<&str> {
        self.0.get("errors")?.get(block)?.as_str()
    }

    #[must_use]
    pub fn failure(&self) -> Option<&str> {
        self.0.get("failure").and_then(Value::as_str)
    }
}

impl Persona {
    pub(super) fn new(engine: Arc<Engine>, name: &str) -> Persona {
        Persona { engine, name: name.to_owned(), window: Window::default() }
    }

    /// The same person at another window, with modals of its own.
    #[must_use]
    pub fn at(&self, window: &str) -> Persona {
        Persona { window: Window(window.to_owned()), ..self.clone() }
    }

    fn order(&self, deed: Deed) -> Order {
        Order { who: Some(self.name.clone()), window: self.window.clone(), deed }
    }

    /// Does it and waits until the app has answered what it sent, or Slack has given up.
    ///
    /// # Errors
    /// [`Refused`]: nothing of the kind can be done here.
    pub async fn does(&self, deed: Deed) -> Result<Done, Refused> {
        Ok(self.engine.act(&self.order(deed)).await?.done().await)
    }

    /// Does it and does not wait: for faults that keep the answer away.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn starts(&self, deed: Deed) -> Result<(), Refused> {
        self.engine.act(&self.order(deed)).await.map(drop)
    }

    /// `persona.types("/scope-backend", "hiring", "a ledger")`.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn types(&self, command: &str, channel: &str, text: &str) -> Result<Done, Refused> {
        self.does(Deed::Command { channel: channel.to_owned(), text: format!("{command} {text}") }).await
    }

    /// # Errors
    /// [`Refused`].
    pub async fn says(&self, channel: &str, text: &str) -> Result<Done, Refused> {
        self.does(Deed::Say { channel: channel.to_owned(), text: text.to_owned(), thread_ts: None }).await
    }

    /// Puts a text into a field at once (pasted, or typed and reported as one).
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn fills(&self, field: impl Into<Label>, value: &str) -> Result<Done, Refused> {
        self.does(Deed::Set { field: field.into(), value: value.to_owned(), by: Typing::AtOnce }).await
    }

    /// Types a text character by character.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn writes(&self, field: impl Into<Label>, value: &str) -> Result<Done, Refused> {
        self.does(Deed::Set { field: field.into(), value: value.to_owned(), by: Typing::Characters }).await
    }

    /// Picks an option of a select or radio group in the modal.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn chooses(&self, field: impl Into<Label>, option: &str) -> Result<Done, Refused> {
        self.does(Deed::Choose { field: field.into(), option: json!(option), place: None }).await
    }

    /// # Errors
    /// [`Refused`].
    pub async fn ticks(&self, field: impl Into<Label>, option: &str) -> Result<Done, Refused> {
        self.does(Deed::Tick { field: field.into(), option: option.to_owned(), place: None }).await
    }

    /// # Errors
    /// [`Refused`].
    pub async fn unticks(&self, field: impl Into<Label>, option: &str) -> Result<Done, Refused> {
        self.does(Deed::Untick { field: field.into(), option: option.to_owned(), place: None }).await
    }

    /// Presses a button in the open modal.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn presses(&self, button: impl Into<Label>) -> Result<Done, Refused> {
        self.does(Deed::Press { button: button.into(), place: Some(Where::Named(Screen::Modal)) }).await
    }

    /// Presses a button of the newest message that has it.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn presses_in(&self, channel: &str, button: impl Into<Label>) -> Result<Done, Refused> {
        let place = Some(Where::Message { channel: channel.to_owned(), ts: None });
        self.does(Deed::Press { button: button.into(), place }).await
    }

    /// Presses a button of one message.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn presses_on(&self, channel: &str, ts: &str, button: impl Into<Label>) -> Result<Done, Refused> {
        let place = Some(Where::Message { channel: channel.to_owned(), ts: Some(ts.to_owned()) });
        self.does(Deed::Press { button: button.into(), place }).await
    }

    /// Presses a button in the app's Home.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn presses_home(&self, button: impl Into<Label>) -> Result<Done, Refused> {
        self.does(Deed::Press { button: button.into(), place: Some(Where::Named(Screen::Home)) }).await
    }

    /// # Errors
    /// [`Refused`]; `incomplete` when the client itself holds it back.
    pub async fn submits(&self) -> Result<Done, Refused> {
        self.does(Deed::Submit).await
    }

    /// Closes the view on top: its Close, Cancel or Back.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn closes(&self) -> Result<Done, Refused> {
        self.does(Deed::Close).await
    }

    /// The ×.
    ///
    /// # Errors
    /// [`Refused`].
    pub async fn dismisses(&self) -> Result<Done, Refused> {
        self.does(Deed::Dismiss).await
    }

    /// # Errors
    /// [`Refused`].
    pub async fn reacts(&self, channel: &str, ts: &str, emoji: &str) -> Result<Done, Refused> {
        self.does(Deed::React { channel: channel.to_owned(), ts: Some(ts.to_owned()), emoji: emoji.to_owned() }).await
    }

    /// # Errors
    /// [`Refused`].
    pub async fn unreacts(&self, channel: &str, ts: &str, emoji: &str) -> Result<Done, Refused> {
        self.does(Deed::Unreact { channel: channel.to_owned(), ts: Some(ts.to_owned()), emoji: emoji.to_owned() }).await
    }

    /// # Errors
    /// [`Refused`].
    pub async fn opens_home(&self) -> Result<Done, Refused> {
        self.does(Deed::OpenHome).await
    }

    /// The modal on top.
    #[must_use]
    pub fn modal(&self) -> Option<SeenView> {
        self.engine.look(|world| {
            let person = world.state.person(&self.name).ok()?;
            world.state.top_view(&person.id, &self.window).map(|view| SeenView(look::view_for(view)))
        })
    }

    /// How many views lie on each other.
    #[must_use]
    pub fn stack_depth(&self) -> usize {
        self.engine.look(|world| {
            let person = world.state.person(&self.name).ok();
            person.and_then(|person| world.state.stack(&person.id, &self.window)).map_or(0, |stack| stack.views.len())
        })
    }

    /// The app's Home.
    #[must_use]
    pub fn home(&self) -> Option<SeenView> {
        self.engine.look(|world| {
            let id = world.state.homes.get(&world.state.person(&self.name).ok()?.id)?;
            world.state.views.get(id).map(|view| SeenView(look::view_for(view)))
        })
    }

    /// What stands in a channel, thread replies left out, oldest first; `dm` is the direct channel with the app.
    #[must_use]
    pub fn reads(&self, channel: &str) -> Vec<SeenMessage> {
        self.messages(channel, None)
    }

    /// A thread, the parent first.
    #[must_use]
    pub fn reads_thread(&self, channel: &str, ts: &str) -> Vec<SeenMessage> {
        self.messages(channel, Some(ts))
    }

    /// The newest message of a channel that others see too.
    #[must_use]
    pub fn newest(&self, channel: &str) -> Option<SeenMessage> {
        self.reads(channel).into_iter().rev().find(|message| !message.is_only_for_me())
    }

    /// Messages that only this person sees, oldest first.
    #[must_use]
    pub fn notes(&self, channel: &str) -> Vec<SeenMessage> {
        self.reads(channel).into_iter().filter(SeenMessage::is_only_for_me).collect()
    }

    fn messages(&self, channel: &str, thread: Option<&str>) -> Vec<SeenMessage> {
        self.engine.look(|world| {
            let Ok(person) = world.state.person(&self.name) else { return Vec::new() };
            let Some(found) = look::channel_seen(world, person, channel) else { return Vec::new() };
            let shown = match thread {
                None => look::top_messages(world, person, found),
                Some(ts) => look::thread(world, person, found, ts),
            };
            shown.into_iter().map(SeenMessage).collect()
        })
    }
}
