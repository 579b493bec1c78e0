//! What `decide` does, told as stories: `story` speaks for people and for the outbox, each file asks about one part.

mod approving;
mod delivering;
mod drafting;
mod forgetting;
mod history;
mod life;
mod naive;
mod posting;
mod revising;
mod searching;
mod stages;
pub(crate) mod story;
mod twins;
mod waiting;
