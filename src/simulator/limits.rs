//! Rate limits: buckets that fill at Slack's documented rate. Source: docs.slack.dev/apis/web-api/rate-limits (tiers 1 to 4: 1, 20,
//! 50, 100 and more a minute, by method, workspace and app), reference/methods/chat.postMessage (about one message a second a
//! channel, bursts allowed without a guarantee, several hundred a minute a workspace).

use std::collections::BTreeMap;

use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    One,
    Two,
    Three,
    Four,
    /// Posting: by channel and by workspace.
    Posting,
    /// Hundreds a minute.
    Special,
}

impl Tier {
    /// Calls a minute.
    #[must_use]
    pub fn per_minute(self) -> u32 {
        match self {
            // Documented as "1+", with bursts; connections are opened in pairs and reopened, so a burst of ten is let through.
            Tier::One => 1,
            Tier::Two => 20,
            Tier::Three => 50,
            Tier::Four => 100,
            Tier::Posting => 60,
            Tier::Special => 600,
        }
    }

    fn burst(self) -> f64 {
        match self {
            Tier::One => 10.0,
            Tier::Posting => 4.0,
            _ => f64::from(self.per_minute()),
        }
    }
}

/// Several hundred messages a minute in a workspace.
const WORKSPACE_MESSAGES_PER_MINUTE: f64 = 300.0;

#[derive(Debug)]
struct Bucket {
    left: f64,
    at: Timestamp,
}

#[derive(Debug, Default)]
pub struct Limits {
    buckets: BTreeMap<String, Bucket>,
}

impl Limits {
    /// Takes one call; `Err` holds the seconds to wait, at least one.
    ///
    /// # Errors
    /// See above.
    pub fn take(&mut self, method: &str, tier: Tier, channel: Option<&str>, now: Timestamp) -> Result<(), u32> {
        if tier == Tier::Posting {
            let key = format!("posting {}", channel.unwrap_or_default());
            self.draw(&key, 1.0, tier.burst(), now)?;
            return self.draw(
                "workspace messages",
                WORKSPACE_MESSAGES_PER_MINUTE / 60.0,
                WORKSPACE_MESSAGES_PER_MINUTE,
                now,
            );
        }
        self.draw(method, f64::from(tier.per_minute()) / 60.0, tier.burst(), now)
    }

    fn draw(&mut self, key: &str, per_second: f64, burst: f64, now: Timestamp) -> Result<(), u32> {
        let bucket = self.buckets.entry(key.to_owned()).or_insert(Bucket { left: burst, at: now });
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.left = (bucket.left + passed * per_second).min(burst);
        bucket.at = now;
        if bucket.left < 1.0 - 1e-9 {
            let wait = ((1.0 - bucket.left) / per_second).ceil().clamp(1.0, 600.0);
            return Err(wait as u32);
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::time::later;
    use std::time::Duration;

    #[test]
    fn a_channel_takes_one_message_a_second_after_a_short_burst_and_other_channels_are_free() {
        let mut limits = Limits::default();
        let now = Timestamp::UNIX_EPOCH;
        let mut post = |channel: &str, now| limits.take("chat.postMessage", Tier::Posting, Some(channel), now);
        for _ in 0..4 {
            assert_eq!(post("C1", now), Ok(()));
        }
        assert_eq!(post("C1", now), Err(1));
        assert_eq!(post("C2", now), Ok(()));
        let next = later(now, Duration::from_secs(1));
        assert_eq!(post("C1", next), Ok(()));
        assert_eq!(post("C1", next), Err(1));
    }

    #[test]
    fn a_tier_two_method_takes_twenty_a_minute() {
        let mut limits = Limits::default();
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..20 {
            assert_eq!(limits.take("users.list", Tier::Two, None, now), Ok(()));
        }
        assert_eq!(limits.take("users.list", Tier::Two, None, now), Err(3));
    }
}
