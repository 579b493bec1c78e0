//! The outer wall: the only room that knows Slack's wire.
//!
//! Both transports, [`http`] and [`socket`], only convert: bytes become one closed [`payload::Inbound`], which goes to
//! one [`intake::Intake`], whose [`intake::Ack`] goes back. What the bot says leaves by [`api`]. Nothing here decides
//! anything about a scope; typed text, tokens, tickets and response URLs never reach a log.

pub mod api;
pub mod blocks;
#[cfg(test)]
mod checking;
#[cfg(test)]
mod fake_intake;
pub mod handlers;
pub mod http;
pub mod ids;
pub mod installation;
pub mod intake;
mod lean;
pub mod limits;
pub mod mark;
mod node;
pub mod payload;
pub mod ports;
pub mod reading;
#[cfg(test)]
mod samples;
pub mod screens;
pub mod signature;
pub mod socket;
