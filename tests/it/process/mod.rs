//! The program as an operator meets it: bad settings, a store in use, an orderly end.

pub mod child;
mod input;
mod keeping;
mod secrets;
mod site;
mod sockets;
mod starting;
mod stopping;
