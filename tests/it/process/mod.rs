//! The program as an operator meets it: bad settings, a store in use, an orderly end.

pub mod child;
mod keeping;
mod starting;
mod stopping;
