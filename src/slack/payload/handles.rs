//! Strings that Slack hands out and takes back, and words that people typed: each its own type, none shown in a log.

use std::fmt;
use std::str::FromStr;

/// Words as somebody typed them, however long. Their debug form is their length.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Typed(String);

impl Typed {
    /// Wraps words from outside.
    pub fn new(words: impl Into<String>) -> Self {
        Typed(words.into())
    }
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Typed({} chars)", self.0.chars().count())
    }
}

/// Not a handle: empty, too long, or with characters that no handle has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a handle of Slack's")]
pub struct HandleFault;

/// Slack's handles are opaque; this only keeps absurd ones out of keys and headers.
fn sound(text: &str) -> Result<String, HandleFault> {
    let fits = (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(text.to_owned()) } else { Err(HandleFault) }
}

/// Permission to open one view within three seconds.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TriggerId(String);

impl TriggerId {
    /// As Slack wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TriggerId {
    type Err = HandleFault;
    fn from_str(text: &str) -> Result<Self, HandleFault> {
        sound(text).map(TriggerId)
    }
}

impl fmt::Debug for TriggerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TriggerId")
    }
}

/// A view, for as long as it is open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ViewId(String);

impl ViewId {
    /// As Slack wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ViewId {
    type Err = HandleFault;
    fn from_str(text: &str) -> Result<Self, HandleFault> {
        sound(text).map(ViewId)
    }
}

impl fmt::Display for ViewId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a late answer goes: five uses within thirty minutes. Whoever has it can speak, so it is never shown.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ResponseUrl(url::Url);

impl ResponseUrl {
    /// The address.
    pub fn url(&self) -> &url::Url {
        &self.0
    }
}

impl FromStr for ResponseUrl {
    type Err = HandleFault;
    fn from_str(text: &str) -> Result<Self, HandleFault> {
        let url = url::Url::parse(text).map_err(|_| HandleFault)?;
        let fits = text.len() <= 2048 && matches!(url.scheme(), "https" | "http") && url.has_host();
        if fits { Ok(ResponseUrl(url)) } else { Err(HandleFault) }
    }
}

impl fmt::Debug for ResponseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseUrl")
    }
}

/// Names one thing that came in, however often it is delivered and by whichever transport: `event/…` or `trigger/…`.
///
/// Never made from a view's id and hash: a submission corrected after `errors` may carry the old hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// The key of an event, by its `event_id`.
    pub(super) fn event(id: &str) -> Result<Self, HandleFault> {
        sound(id).map(|id| Key(format!("event/{id}")))
    }
    /// The key of a command, press, submission or shortcut.
    pub(super) fn trigger(id: &TriggerId) -> Self {
        Key(format!("trigger/{}", id.0))
    }
    /// The text to store and compare, at most 263 ASCII characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_and_words_show_nothing_of_themselves() {
        let trigger: TriggerId = "13345224609.738474920.8088930838d88f008e0".parse().unwrap();
        let url: ResponseUrl = "https://hooks.slack.com/commands/T1/2/secret".parse().unwrap();
        let shown = format!("{trigger:?} {url:?} {:?}", Typed::new("We need someone"));
        assert_eq!(shown, "TriggerId ResponseUrl Typed(15 chars)");
        assert_eq!(Key::trigger(&trigger).as_str(), "trigger/13345224609.738474920.8088930838d88f008e0");
    }

    #[test]
    fn absurd_handles_are_refused() {
        for text in ["", " ", "a b", "naïve", "a\n", &"x".repeat(256)] {
            assert!(text.parse::<TriggerId>().is_err() && text.parse::<ViewId>().is_err(), "{text:?}");
            assert!(Key::event(text).is_err(), "{text:?}");
        }
        for text in ["", "ftp://example.com/x", "javascript:alert(1)", "file:///etc/passwd", "no url"] {
            assert!(text.parse::<ResponseUrl>().is_err(), "{text:?}");
        }
    }
}
