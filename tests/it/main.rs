//! What crosses rooms. Each module says `cfg(test)` so that clippy knows its functions for tests.

#[cfg(test)]
mod bolt;
#[cfg(test)]
mod wall;
