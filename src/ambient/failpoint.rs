//! Steps at which a test ends the process as if the power had gone, or stops one thread of work as a defect would, and waits
//! that it shortens.
//!
//! Compiled in by the feature `failpoints` alone, which the tests of this package ask for and no release does: without it
//! every function here is empty, and the environment is not looked at.

/// Between any two of these something is on disk, or in Slack, that the other side does not know of yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Decided, not written.
    Decided,
    /// Written, not acknowledged.
    Committed,
    /// The acknowledgement is about to be sent.
    Acknowledging,
    /// Rows of the outbox are claimed, nothing is said.
    Claimed,
    /// Slack has been told, and its answer is here.
    Delivered,
    /// What became of a row is known, not written.
    Settling,
    /// The row is settled.
    Settled,
}

impl Step {
    /// All of them, in their order.
    pub const ALL: [Step; 7] = [
        Step::Decided,
        Step::Committed,
        Step::Acknowledging,
        Step::Claimed,
        Step::Delivered,
        Step::Settling,
        Step::Settled,
    ];

    /// The name by which a test asks for it.
    pub fn key(self) -> &'static str {
        match self {
            Step::Decided => "decided",
            Step::Committed => "committed",
            Step::Acknowledging => "acknowledging",
            Step::Claimed => "claimed",
            Step::Delivered => "delivered",
            Step::Settling => "settling",
            Step::Settled => "settled",
        }
    }
}

#[cfg(not(feature = "failpoints"))]
mod armed {
    use std::time::Duration;

    use super::Step;

    /// Nothing.
    #[inline]
    pub fn reached(_: Step) {}

    /// The wait as it is.
    #[inline]
    pub fn shortened(wait: Duration) -> Duration {
        wait
    }
}

#[cfg(feature = "failpoints")]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use super::Step;

    static REACHED: AtomicU32 = AtomicU32::new(0);

    /// What a test asks for.
    struct Asked {
        step: Step,
        /// The how manieth time.
        time: u32,
        /// Panic with these words instead of ending the process.
        panics: Option<String>,
    }

    impl Asked {
        fn read(said: &str) -> Option<Self> {
            let mut parts = said.splitn(3, ':');
            let key = parts.next()?;
            let step = Step::ALL.into_iter().find(|step| step.key() == key)?;
            Some(Asked { step, time: parts.next()?.parse().ok()?, panics: parts.next().map(str::to_owned) })
        }
    }

    /// Ends the process here when `FAILPOINT` says so: `committed:3` is the third time. `committed:3:WORDS` panics with those
    /// words instead.
    pub fn reached(step: Step) {
        static ASKED: OnceLock<Option<Asked>> = OnceLock::new();
        let asked = ASKED.get_or_init(|| Asked::read(&variable("FAILPOINT")?));
        if let Some(Asked { step: asked, time, panics }) = asked
            && *asked == step
            && REACHED.fetch_add(1, Ordering::SeqCst) + 1 == *time
        {
            match panics {
                Some(words) => std::panic::panic_any(words.clone()),
                None => std::process::abort(),
            }
        }
    }

    /// The wait, or less when `FAILPOINT_WAIT_MS` holds a greatest number of milliseconds.
    pub fn shortened(wait: Duration) -> Duration {
        static MOST: OnceLock<Option<Duration>> = OnceLock::new();
        let most = MOST.get_or_init(|| Some(Duration::from_millis(variable("FAILPOINT_WAIT_MS")?.parse().ok()?)));
        most.map_or(wait, |most| most.min(wait))
    }

    #[expect(clippy::disallowed_methods, reason = "a test tells the program where to stop by its environment")]
    fn variable(name: &str) -> Option<String> {
        std::env::var(name).ok()
    }
}

pub use armed::{reached, shortened};
