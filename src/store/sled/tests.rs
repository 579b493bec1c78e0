//! What only a store on a disk can do: come back, refuse, fail for good, be damaged and say so.

mod backup;
mod damage;
mod durable;
mod figures;
mod noted;
mod power;
mod reclaim;
mod releases;
mod scrubbing;

/// What whoever runs the tests asks for besides: a long form, a file to be written.
#[expect(clippy::disallowed_methods, reason = "tests are asked for their long forms by the environment")]
fn asked_for(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A number that is asked for.
fn wished(name: &str) -> Option<usize> {
    asked_for(name)?.parse().ok()
}
