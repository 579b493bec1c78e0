//! What the bot knows if Slack did not exist: no serde, no async, no I/O, no clock.
//!
//! Read `scope` (what there is), `command` (what anybody can wish) and `decide` (what follows), in that order.

pub mod answers;
pub mod approval;
pub mod audit;
pub mod brief;
pub mod brief_text;
pub mod choices;
pub mod coach;
pub mod command;
pub mod decide;
pub mod digest;
pub mod document;
pub mod draft;
pub mod effect;
pub mod hiring;
pub mod ids;
pub mod kit;
pub mod life;
pub mod notes;
pub mod pages;
pub mod person;
pub mod policy;
pub mod posting;
pub mod reconcile;
pub mod rights;
pub mod scope;
pub mod sentence;
pub mod shape;
pub mod summary;
pub mod title;
pub mod wish;
pub mod wording;
