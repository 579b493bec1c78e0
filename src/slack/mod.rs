//! The outer wall: the only room that knows Slack's wire.
pub mod blocks;
pub mod ids;
pub mod limits;
