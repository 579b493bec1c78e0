//! The verbs of the product: `handle(Intent) -> Reply`.

pub mod intent;
pub mod ports;
pub mod reply;
pub mod screen;
