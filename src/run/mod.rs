//! Composition root: the only place that names concrete stores, transports, the simulator.

pub mod coach;
