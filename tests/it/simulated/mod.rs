//! The simulated workspace by itself: what it delivers, refuses, spoils and shows. The clock is moved by hand throughout.

#![cfg(feature = "simulator")]

mod api;
mod control;
mod coverage;
mod deliveries;
mod fake_app;
mod faults;
mod modals;
mod sockets;
