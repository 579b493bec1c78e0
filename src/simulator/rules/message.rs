//! Messages against the rules.

use serde_json::Value;

use super::across::{self, Submit};
use super::check::{Complaint, Surface, Walk};
use super::{Kind, limit};
use crate::simulator::state::values::{kind_of, text_at};

/// Why a message is refused: Slack's error, with complaints where it gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFault {
    pub error: &'static str,
    pub complaints: Vec<Complaint>,
}

impl MessageFault {
    fn plain(error: &'static str) -> MessageFault {
        MessageFault { error, complaints: Vec::new() }
    }
}

/// What is wrong with the blocks of a message, if anything.
#[must_use]
pub fn refusal_of_blocks(blocks: &Value) -> Option<MessageFault> {
    let Some(blocks) = blocks.as_array() else { return Some(MessageFault::plain("invalid_blocks_format")) };
    let mut walk = Walk::on(Surface::Message);
    let most = limit("blocks_per_message");
    if blocks.len() > most {
        walk.complain(format!("no more than {most} items allowed"), "/blocks");
    }
    for (at, block) in blocks.iter().enumerate() {
        let here = format!("/blocks/{at}");
        match block.get("type").and_then(Value::as_str) {
            Some(kind) => walk.shape(Kind::Block, kind, block, &here),
            None if block.is_object() => walk.complain("missing required field: type", &here),
            None => walk.complain("must provide an object", &here),
        }
    }
    let markdown: usize = blocks
        .iter()
        .filter(|block| kind_of(block) == "markdown")
        .map(|block| text_at(block, "text").chars().count())
        .sum();
    if markdown > limit("markdown_characters") {
        return Some(MessageFault::plain("msg_too_long"));
    }
    across::check(&mut walk, blocks, "/blocks", Surface::Message, Submit::Absent);
    (!walk.complaints.is_empty()).then_some(MessageFault { error: "invalid_blocks", complaints: walk.complaints })
}

/// What is wrong with a message as a whole. `arguments` as given to chat.postMessage and its kin.
#[must_use]
pub fn message_fault(arguments: &Value) -> Option<MessageFault> {
    let text = text_at(arguments, "text");
    let blocks = arguments.get("blocks").filter(|blocks| !blocks.is_null());
    let attachments = arguments.get("attachments").filter(|attachments| !attachments.is_null());
    if let Some(blocks) = blocks
        && let Some(fault) = refusal_of_blocks(blocks)
    {
        return Some(fault);
    }
    if let Some(attachments) = attachments {
        let Some(list) = attachments.as_array() else { return Some(MessageFault::plain("invalid_attachments")) };
        if list.len() > limit("attachments") {
            return Some(MessageFault::plain("too_many_attachments"));
        }
    }
    let markdown = text_at(arguments, "markdown_text");
    if !markdown.is_empty() && (!text.is_empty() || blocks.is_some()) {
        return Some(MessageFault::plain("markdown_text_conflict"));
    }
    if markdown.chars().count() > limit("markdown_characters") {
        return Some(MessageFault::plain("msg_too_long"));
    }
    let holds = |list: Option<&Value>| list.and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    if text.is_empty() && markdown.is_empty() && !holds(blocks) && !holds(attachments) {
        return Some(MessageFault::plain("no_text"));
    }
    arguments.get("metadata").and_then(metadata_fault).map(MessageFault::plain)
}

/// What is wrong with message metadata; an empty object takes it away and is right.
#[must_use]
pub fn metadata_fault(metadata: &Value) -> Option<&'static str> {
    let Some(object) = metadata.as_object() else {
        return (!metadata.is_null()).then_some("invalid_metadata_format");
    };
    if object.is_empty() {
        return None;
    }
    let mut walk = Walk::on(Surface::Message);
    walk.shape(Kind::Part, "metadata", metadata, "/metadata");
    if !walk.complaints.is_empty() || !metadata.get("event_payload").is_some_and(Value::is_object) {
        return Some("invalid_metadata_schema");
    }
    (metadata.to_string().len() > limit("metadata_bytes")).then_some("metadata_too_large")
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
