//! A page as the body of a message: blocks, and the text that notifications and screen readers use.

use serde_json::{Map, Value, json};
use slack_morphism::prelude::SlackBlock;

use super::rich::{date_fallback, pattern};
use super::text::{CUT, cut_escaped, escaped};
use super::{Surface, blocks_of};
use crate::domain::document::{DateForm, Document, Voice};
use crate::domain::ids::{ChannelId, GroupId, Timestamp, UserId};
use crate::slack::limits;

/// What a message says, ready for Slack.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// The blocks, 50 at most.
    pub blocks: Vec<SlackBlock>,
    /// The fallback text, escaped, 4,000 characters at most.
    pub text: String,
}

/// The page as a message.
pub fn said(document: &Document) -> Said {
    let text = document.to_plain(&Fallback);
    let text = if text.trim().is_empty() { CUT.to_owned() } else { cut_escaped(text.trim(), limits::FALLBACK_TEXT) };
    Said { blocks: blocks_of(document, Surface::Message), text }
}

impl Said {
    /// The fields of the message: no link is unfurled, and the text is not searched for names or links.
    pub fn into_fields(self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("text".to_owned(), self.text.into());
        // The types of blocks have a JSON form; should one not, the text still says it.
        if let Ok(blocks) = serde_json::to_value(self.blocks) {
            fields.insert("blocks".to_owned(), blocks);
        }
        fields.insert("unfurl_links".to_owned(), json!(false));
        fields.insert("unfurl_media".to_owned(), json!(false));
        fields.insert("parse".to_owned(), json!("none"));
        fields.insert("link_names".to_owned(), json!(false));
        fields
    }
}

/// Escapes all words; names people and moments in Slack's own way.
struct Fallback;

impl Voice for Fallback {
    fn ours(&self, text: &str) -> String {
        escaped(text)
    }
    fn typed(&self, text: &str) -> String {
        escaped(text)
    }
    fn person(&self, user: &UserId) -> String {
        format!("<@{user}>")
    }
    fn group(&self, group: &GroupId) -> String {
        format!("<!subteam^{group}>")
    }
    fn channel(&self, channel: &ChannelId) -> String {
        format!("<#{channel}>")
    }
    fn date(&self, at: Timestamp, form: DateForm) -> String {
        format!("<!date^{}^{}|{}>", at.as_second(), pattern(form), date_fallback(at, form))
    }
    fn link(&self, _url: &str, label: &str) -> String {
        // The blocks carry the link; here it would only be read out.
        escaped(label)
    }
}
