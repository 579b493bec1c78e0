//! The one set of things a person can do, used by the control surface, the Rust API and the page alike. Shapes: docs/simulator.md.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::delivery::{Outcome, Parcel};
use super::engine::Engine;
use super::state::{Nobody, PersonKind, State};

mod admin;
mod answers;
mod fields;
mod find;
mod modal;
mod order;
mod speak;

use answers::Consequence;
pub use answers::Failure;
pub use order::{AppChange, Deed, Label, Order, Screen, Typing, Where, read_order};

/// A deed that cannot be done, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}: {why}")]
pub struct Refused {
    pub error: &'static str,
    pub why: String,
}

impl Refused {
    pub fn because(error: &'static str, why: impl Into<String>) -> Refused {
        Refused { error, why: why.into() }
    }
}

impl From<Nobody> for Refused {
    fn from(nobody: Nobody) -> Refused {
        Refused::because("not_found", nobody.to_string())
    }
}

/// How one delivery of a deed ended.
#[derive(Debug, Clone, Serialize)]
pub struct Delivered {
    pub what: String,
    pub outcome: &'static str,
    pub status: Option<u16>,
    pub took_ms: i128,
}

/// What a deed led to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Done {
    /// The message it made or touched.
    pub ts: Option<String>,
    /// The view on top of the person's stack afterwards.
    pub modal: Option<String>,
    pub delivered: Vec<Delivered>,
}

/// A deed under way.
pub struct Doing {
    pub ts: Option<String>,
    ends: Option<oneshot::Receiver<Done>>,
}

impl Doing {
    /// Resolves when the app has answered what the deed sent, or Slack has given up waiting.
    pub async fn done(self) -> Done {
        let nothing = Done { ts: self.ts.clone(), ..Done::default() };
        match self.ends {
            None => nothing,
            Some(ends) => ends.await.unwrap_or(nothing),
        }
    }
}

/// Something to deliver, and what its answer leads to.
pub(crate) struct Errand {
    parcel: Parcel,
    then: Consequence,
}

/// What a deed comes to before anything is sent.
#[derive(Default)]
pub(crate) struct Plan {
    ts: Option<String>,
    /// Delivered one after the other.
    errands: Vec<Errand>,
}

impl Plan {
    fn of(errands: Vec<Errand>) -> Plan {
        Plan { ts: None, errands }
    }

    fn touching(ts: &str) -> Plan {
        Plan { ts: Some(ts.to_owned()), errands: Vec::new() }
    }
}

impl Engine {
    /// Does it; deliveries go on by themselves.
    ///
    /// # Errors
    /// [`Refused`]: nothing was changed, save words beside the fields of a form that is not complete.
    pub async fn act(self: &Arc<Engine>, order: &Order) -> Result<Doing, Refused> {
        let plan = match &order.deed {
            Deed::Advance { seconds } => admin::advance(self, *seconds)?,
            Deed::Sockets { order } => {
                self.order_sockets(*order);
                Plan::default()
            }
            Deed::App(change) => admin::change_app(self, change).await?,
            Deed::Set { field, value, by: Typing::Characters } => return self.type_characters(order, field, value),
            _ => self.plan(order)?,
        };
        Ok(self.carry_out(plan, order))
    }

    fn carry_out(self: &Arc<Engine>, plan: Plan, order: &Order) -> Doing {
        let Plan { ts, errands } = plan;
        if errands.is_empty() {
            return Doing { ts, ends: None };
        }
        let (tell, ends) = oneshot::channel();
        let (engine, order, own_ts) = (Arc::clone(self), order.clone(), ts.clone());
        let mut flight = Some(self.take_off());
        self.spawn(async move {
            let mut delivered = Vec::new();
            for errand in errands {
                let flight = flight.take().unwrap_or_else(|| engine.take_off());
                delivered.push(engine.run(errand, flight).await);
            }
            // Nobody may be waiting.
            let _ = tell.send(engine.done(own_ts, delivered, &order));
        });
        Doing { ts, ends: Some(ends) }
    }

    async fn run(self: &Arc<Engine>, errand: Errand, flight: super::engine::Flight) -> Delivered {
        let started = self.now();
        let what = errand.parcel.name.clone();
        let held = self.take_off();
        let outcome = self.deliver(errand.parcel, flight).await;
        answers::apply(self, &errand.then, &outcome);
        drop(held);
        let status = if let Outcome::Refused(status) = outcome { Some(status) } else { None };
        Delivered { what, outcome: outcome.name(), status, took_ms: self.now().duration_since(started).as_millis() }
    }

    fn done(self: &Arc<Engine>, ts: Option<String>, delivered: Vec<Delivered>, order: &Order) -> Done {
        let modal = self.look(|world| {
            let person = world.state.person(order.who.as_deref().unwrap_or_default()).ok()?;
            world.state.top_view(&person.id, &order.window).map(|view| view.id.clone())
        });
        Done { ts, modal, delivered }
    }

    fn plan(self: &Arc<Engine>, order: &Order) -> Result<Plan, Refused> {
        let now = self.now();
        let plan = self.change(|world| {
            let deed = &order.deed;
            let who = || actor(&world.state, order.who.as_deref());
            match deed {
                Deed::Command { .. }
                | Deed::Say { .. }
                | Deed::React { .. }
                | Deed::Unreact { .. }
                | Deed::Read { .. }
                | Deed::OpenHome
                | Deed::OpenMessages
                | Deed::Shortcut { .. }
                | Deed::MessageShortcut { .. }
                | Deed::DeleteMessage { .. }
                | Deed::DismissNote { .. } => {
                    let who = who()?;
                    speak::perform(world, now, &who, &order.window, deed)
                }
                Deed::Set { .. }
                | Deed::Choose { .. }
                | Deed::Tick { .. }
                | Deed::Untick { .. }
                | Deed::Press { .. } => {
                    let who = who()?;
                    fields::perform(world, now, &who, &order.window, deed)
                }
                Deed::Submit | Deed::Close | Deed::Dismiss => {
                    let who = who()?;
                    modal::perform(world, now, &who, &order.window, deed)
                }
                _ => admin::perform(world, now, deed),
            }
        });
        if matches!(order.deed, Deed::Heal { .. }) {
            self.recheck_withheld();
        }
        plan
    }

    /// Types one character after the other, each reported by itself.
    fn type_characters(self: &Arc<Engine>, order: &Order, field: &Label, value: &str) -> Result<Doing, Refused> {
        let step = |text: &str| Order {
            deed: Deed::Set { field: field.clone(), value: text.to_owned(), by: Typing::AtOnce },
            ..order.clone()
        };
        let mut typed = String::new();
        let mut steps: Vec<Order> = value
            .chars()
            .map(|each| {
                typed.push(each);
                step(&typed)
            })
            .collect();
        if steps.is_empty() {
            steps.push(step(""));
        }
        let mut steps = steps.into_iter();
        let Some(first) = steps.next() else { return Ok(Doing { ts: None, ends: None }) };
        let doing = self.carry_out(self.plan(&first)?, &first);
        let (tell, ends) = oneshot::channel();
        let (engine, order, flight) = (Arc::clone(self), order.clone(), self.take_off());
        self.spawn(async move {
            let mut delivered = doing.done().await.delivered;
            for each in steps {
                // The view may have gone or changed meanwhile: the rest is typed into nothing.
                let Ok(plan) = engine.plan(&each) else { break };
                delivered.extend(engine.carry_out(plan, &each).done().await.delivered);
            }
            drop(flight);
            let _ = tell.send(engine.done(None, delivered, &order));
        });
        Ok(Doing { ts: None, ends: Some(ends) })
    }
}

/// The person of an order, able to act; its id.
fn actor(state: &State, name: Option<&str>) -> Result<String, Refused> {
    let person = state.person(name.ok_or_else(|| Refused::because("nobody_named", "say who does it: \"as\""))?)?;
    match person.kind {
        PersonKind::Deactivated => Err(Refused::because("deactivated", format!("{} has left", person.name))),
        PersonKind::Bot if person.id == state.app.bot_user => {
            Err(Refused::because("is_the_app", "the app acts by calling methods, not here"))
        }
        _ => Ok(person.id.clone()),
    }
}

/// As the control surface answers it.
#[must_use]
pub fn shown(result: &Result<Done, Refused>) -> Value {
    match result {
        Ok(done) => json!({"ok": true, "ts": done.ts, "modal": done.modal, "delivered": done.delivered}),
        Err(refused) => json!({"ok": false, "error": refused.error, "why": refused.why}),
    }
}
