//! The page of `scopebot demo` in a real browser, as a newcomer meets it: the binary that they run, Debian's Chromium,
//! and what a person sees and presses there.
//!
//! Pictures of what is seen are left in `target/screenshots/`; those that the README shows are copied from there to
//! `docs/screenshots/` when a look has changed on purpose.

#[cfg(test)]
mod accessible;
#[cfg(test)]
mod chromium;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod language;
#[cfg(test)]
mod looks;
#[cfg(test)]
mod quiet;
#[cfg(test)]
mod scoping;
#[cfg(test)]
mod wire;
