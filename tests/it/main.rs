//! Tests that cross rooms, in one binary.

mod store_kill;
