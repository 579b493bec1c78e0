//! Chance as a value: seeded in tests, from the operating system in service.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use ulid::Ulid;

use crate::domain::ids::{ScopeId, WindowId};

/// A source of randomness, cheap to clone; clones draw from the same stream.
#[derive(Clone)]
pub struct Random(Arc<Mutex<StdRng>>);

impl Random {
    /// The same stream for the same seed.
    pub fn from_seed(seed: u64) -> Self {
        Random(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// Seeded by the operating system.
    pub fn from_os() -> Self {
        Random(Arc::new(Mutex::new(rand::make_rng())))
    }

    /// Any number.
    pub fn u64(&self) -> u64 {
        self.stream().random()
    }

    /// From 0 up to but not including 1.
    pub fn fraction(&self) -> f64 {
        self.stream().random()
    }

    /// A new scope's id; sorts by `now` to the millisecond.
    pub fn ulid(&self, now: Timestamp) -> ScopeId {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let text = Ulid::from_parts(millis, self.stream().random()).to_string();
        ScopeId::new(text)
    }

    /// A new window's id, 16 characters.
    pub fn window_id(&self) -> WindowId {
        WindowId::new(format!("{:016x}", self.u64()))
    }

    fn stream(&self) -> MutexGuard<'_, StdRng> {
        // Nothing can panic while the lock is held; a poisoned stream would still be random.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Random")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_stream_and_sound_ids() {
        let (one, two) = (Random::from_seed(7), Random::from_seed(7));
        assert_eq!((one.u64(), one.u64()), (two.u64(), two.u64()));
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let later = Timestamp::from_second(1_700_000_001).unwrap();
        let (first, second) = (one.ulid(now), one.ulid(later));
        assert_eq!(ScopeId::parse(first.as_str()).unwrap(), first);
        assert!(first < second);
        let window = Random::from_os().window_id();
        assert_eq!(WindowId::parse(window.as_str()).unwrap(), window);
        assert!((0..1000).map(|_| one.fraction()).all(|f| (0.0..1.0).contains(&f)));
    }
}
