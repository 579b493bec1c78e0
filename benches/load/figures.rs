//! What was measured, and how it is printed.

use std::time::Duration;

/// How long each acknowledgement took, and what the bot used meanwhile.
#[derive(Debug, Clone, Default)]
pub struct Phase {
    /// What was driven.
    pub name: &'static str,
    /// How many at once.
    pub at_once: usize,
    /// From the first delivery to the last acknowledgement.
    pub took: Duration,
    /// Each acknowledgement, in microseconds, sorted.
    pub times: Vec<u64>,
    /// Deliveries that were not taken: 503, no acknowledgement, or "not saved, press again".
    pub refused: usize,
    /// Processor time of the bot, user and system, until the last acknowledgement.
    pub processor: Duration,
}

impl Phase {
    /// Acknowledgements a second; what was refused is none.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64().max(1e-9)
    }
    /// The time within which this share of them came, in milliseconds.
    pub fn within(&self, share: f64) -> f64 {
        let last = self.times.len().saturating_sub(1);
        let at = (last as f64 * share).round() as usize;
        self.times.get(at).map_or(f64::NAN, |micros| *micros as f64 / 1000.0)
    }
    /// Milliseconds of processor time for a thousand acknowledgements.
    pub fn processor_per_thousand(&self) -> f64 {
        self.processor.as_secs_f64() * 1e6 / self.times.len().max(1) as f64
    }
    /// A line of the table.
    pub fn print(&self) {
        let refused = if self.refused == 0 { String::new() } else { format!("   {} refused", self.refused) };
        println!(
            "{:>12} {:>8} {:>8} {:>10.0} {:>9.2} {:>9.2} {:>9.2} {:>10.0}{refused}",
            self.name,
            self.at_once,
            self.times.len(),
            self.rate(),
            self.within(0.5),
            self.within(0.99),
            self.within(1.0),
            self.processor_per_thousand(),
        );
    }
}

/// The head of the table.
pub fn head() {
    println!(
        "{:>12} {:>8} {:>8} {:>10} {:>9} {:>9} {:>9} {:>10}",
        "", "at once", "count", "a second", "p50 ms", "p99 ms", "max ms", "cpu ms/1k"
    );
}

/// The middle one; of an even number the mean of both.
pub fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    let half = of.len() / 2;
    match (of.get(half), half.checked_sub(1).and_then(|below| of.get(below))) {
        (Some(at), Some(below)) if of.len().is_multiple_of(2) => (at + below) / 2.0,
        (Some(at), _) => *at,
        (None, _) => f64::NAN,
    }
}
