//! What only a store on a disk can do: come back, refuse, fail for good, be damaged and say so.

mod backup;
mod damage;
mod durable;
