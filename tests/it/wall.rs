//! The machine's own clock, for tests that talk to a program which knows no other.

#![cfg(feature = "simulator")]

use std::time::Duration;

use jiff::Timestamp;
use scopebot::simulator::Time;
use scopebot::simulator::time::{Wait, later};

pub struct WallTime;

impl Time for WallTime {
    #[expect(clippy::disallowed_methods, reason = "the program beside this test reads the machine's clock too")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    #[expect(clippy::disallowed_methods, reason = "the program beside this test reads the machine's clock too")]
    fn sleep_until(&self, at: Timestamp) -> Wait {
        let wait = Duration::try_from(at.duration_since(self.now())).unwrap_or_default();
        Box::pin(tokio::time::sleep(wait))
    }
}

/// A moment, between two looks at a program beside this test.
pub async fn soon() {
    WallTime.sleep_until(later(WallTime.now(), Duration::from_millis(200))).await;
}
