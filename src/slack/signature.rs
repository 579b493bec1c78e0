//! Slack's signature over the raw bytes of a request, version 0.
//!
//! `v0=` and the hex of HMAC-SHA256 over `v0:TIMESTAMP:BODY` with the signing secret
//! (<https://docs.slack.dev/authentication/verifying-requests-from-slack>). A request more than five minutes old, or that
//! far in the future, is refused whatever its signature, so that a recorded one cannot be played again for ever.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The header with the second at which Slack signed.
pub const TIMESTAMP_HEADER: &str = "x-slack-request-timestamp";
/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-slack-signature";
/// How far the signing may lie from now, either way, in seconds; this far is still accepted.
pub const WINDOW_SECONDS: u64 = 300;

/// Why a request is not Slack's. The caller tells the other side nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// A header is absent or misspelt.
    #[error("not signed")]
    Unsigned,
    /// Signed more than five minutes before or after now.
    #[error("signed too long ago or in the future")]
    Stale,
    /// Signed with another secret, or the body is not the one that was signed.
    #[error("wrong signature")]
    Wrong,
}

/// Checks signatures with one secret.
#[derive(Clone, Debug)]
pub struct Verifier(SecretString);

impl Verifier {
    /// With the signing secret of the app.
    pub fn new(signing_secret: SecretString) -> Self {
        Verifier(signing_secret)
    }

    /// Whether Slack signed this `body`, given both headers as they came, about `now`.
    pub fn verify(
        &self,
        timestamp: Option<&str>,
        signature: Option<&str>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<(), SignatureFault> {
        let (Some(timestamp), Some(signature)) = (timestamp, signature) else {
            return Err(SignatureFault::Unsigned);
        };
        if timestamp.len() > 12 || !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SignatureFault::Unsigned);
        }
        let signed_at: i64 = timestamp.parse().map_err(|_| SignatureFault::Unsigned)?;
        if now.as_second().abs_diff(signed_at) > WINDOW_SECONDS {
            return Err(SignatureFault::Stale);
        }
        let sound = self.signature(timestamp, body);
        if bool::from(sound.as_bytes().ct_eq(signature.as_bytes())) { Ok(()) } else { Err(SignatureFault::Wrong) }
    }

    /// The signature Slack would send.
    pub(super) fn signature(&self, timestamp: &str, body: &[u8]) -> String {
        // HMAC takes a key of any length, so this cannot fail; an empty signature would match nothing.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.expose_secret().as_bytes()) else {
            return String::from("v0=");
        };
        mac.update(b"v0:");
        mac.update(timestamp.as_bytes());
        mac.update(b":");
        mac.update(body);
        format!("v0={}", hex::encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The worked example of Slack's own page on signing.
    const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";
    const BODY: &str = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V\
        &channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=\
        &response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN\
        &trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const SIGNED_AT: i64 = 1_531_420_618;
    const SIGNATURE: &str = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    fn verdict(timestamp: Option<&str>, signature: Option<&str>, body: &str, now: i64) -> Result<(), SignatureFault> {
        let now = Timestamp::new(now, 999_000_000).unwrap();
        Verifier::new(SecretString::from(SECRET)).verify(timestamp, signature, body.as_bytes(), now)
    }

    #[test]
    fn the_example_of_slacks_documentation_is_accepted() {
        assert_eq!(verdict(Some("1531420618"), Some(SIGNATURE), BODY, SIGNED_AT), Ok(()));
    }

    #[test]
    fn the_window_is_five_minutes_both_ways_to_the_second() {
        let at = |offset: i64| verdict(Some("1531420618"), Some(SIGNATURE), BODY, SIGNED_AT + offset);
        for (offset, verdict) in
            [(300, Ok(())), (-300, Ok(())), (301, Err(SignatureFault::Stale)), (-301, Err(SignatureFault::Stale))]
        {
            assert_eq!(at(offset), verdict, "{offset}");
        }
    }

    #[test]
    fn any_other_body_signature_or_header_is_refused() {
        let longer = format!("{BODY}&a=b");
        let upper = SIGNATURE.to_uppercase();
        let spaced = format!(" {SIGNATURE}");
        let cases: [(Option<&str>, Option<&str>, &str, SignatureFault); 14] = [
            (None, Some(SIGNATURE), BODY, SignatureFault::Unsigned),
            (Some("1531420618"), None, BODY, SignatureFault::Unsigned),
            (Some(""), Some(SIGNATURE), BODY, SignatureFault::Unsigned),
            (Some("+1531420618"), Some(SIGNATURE), BODY, SignatureFault::Unsigned),
            (Some("-1531420618"), Some(SIGNATURE), BODY, SignatureFault::Unsigned),
            (Some("1531420618.0"), Some(SIGNATURE), BODY, SignatureFault::Unsigned),
            (Some("99999999999999999999"), Some(SIGNATURE), BODY, SignatureFault::Unsigned),
            (Some("999999999999"), Some(SIGNATURE), BODY, SignatureFault::Stale),
            (Some("01531420618"), Some(SIGNATURE), BODY, SignatureFault::Wrong),
            (Some("1531420619"), Some(SIGNATURE), BODY, SignatureFault::Wrong),
            (Some("1531420618"), Some(SIGNATURE), &longer, SignatureFault::Wrong),
            (Some("1531420618"), Some(&upper), BODY, SignatureFault::Wrong),
            (Some("1531420618"), Some(&spaced), BODY, SignatureFault::Wrong),
            (Some("1531420618"), Some("v0="), BODY, SignatureFault::Wrong),
        ];
        for (timestamp, signature, body, fault) in cases {
            assert_eq!(verdict(timestamp, signature, body, SIGNED_AT), Err(fault), "{timestamp:?} {signature:?}");
        }
    }

    #[test]
    fn each_bit_of_the_body_counts() {
        for place in [0, 7, BODY.len() - 1] {
            let mut bytes = BODY.as_bytes().to_vec();
            bytes[place] ^= 1;
            let body = String::from_utf8(bytes).unwrap();
            assert_eq!(verdict(Some("1531420618"), Some(SIGNATURE), &body, SIGNED_AT), Err(SignatureFault::Wrong));
        }
    }

    #[test]
    fn the_secret_is_not_shown() {
        assert!(!format!("{:?}", Verifier::new(SecretString::from(SECRET))).contains("8f74"));
    }
}
