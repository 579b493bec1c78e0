//! The program as an operator meets it: bad settings, a store in use, an orderly end.

mod broken;
pub mod child;
mod frames;
mod full;
mod given_up;
mod input;
mod keeping;
mod secrets;
mod site;
mod sockets;
mod starting;
mod stopping;
