//! How long to wait before the next try: twice as long each time, never longer than the cap, never all at once.

use std::time::Duration;

/// The first wait at most.
const BASE: Duration = Duration::from_secs(1);
/// The longest wait.
const CAP: Duration = Duration::from_secs(60);

/// Failures in a row.
#[derive(Debug, Default)]
pub(super) struct Backoff(u32);

impl Backoff {
    /// After a success.
    pub(super) fn reset(&mut self) {
        self.0 = 0;
    }

    /// Counts a failure and gives the wait that follows it, between half and the whole of its step, by `fraction` of 0 to 1.
    pub(super) fn after_failure(&mut self, fraction: f64) -> Duration {
        let step = BASE.saturating_mul(1 << self.0.min(6)).min(CAP);
        self.0 = self.0.saturating_add(1);
        step.mul_f64(0.5 + fraction.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute_and_start_over() {
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..8).map(|_| backoff.after_failure(1.0).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(backoff.after_failure(0.0), Duration::from_secs(30));
        backoff.reset();
        assert_eq!(backoff.after_failure(0.5), Duration::from_millis(750));
    }
}
