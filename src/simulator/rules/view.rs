//! Views against the rules.

use serde_json::Value;

use super::across::{self, Submit};
use super::check::{Complaint, Surface, Walk};
use super::{Kind, limit};

/// Why a view is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewRefusal {
    /// `invalid_arguments`, with the complaints in `response_metadata.messages`.
    Complaints(Vec<Complaint>),
    /// `view_too_large`.
    TooLarge,
}

/// What is wrong with a view for that surface, if anything.
#[must_use]
pub fn refusal_of_view(view: &Value, surface: Surface) -> Option<ViewRefusal> {
    let mut walk = Walk::on(surface);
    let kind = match surface {
        Surface::Home => "home",
        Surface::Modal | Surface::Message => "modal",
    };
    let given = view.get("type").and_then(Value::as_str);
    if view.is_object() && given.is_some_and(|given| given != kind) {
        walk.complain(format!("must be of type `{kind}`"), "/view/type");
        return Some(ViewRefusal::Complaints(walk.complaints));
    }
    if view.to_string().len() > limit("view_bytes") {
        return Some(ViewRefusal::TooLarge);
    }
    walk.shape(Kind::View, kind, view, "/view");
    if let Some(blocks) = view.get("blocks").and_then(Value::as_array) {
        let submit = if view.get("submit").is_some() { Submit::Present } else { Submit::Absent };
        across::check(&mut walk, blocks, "/view/blocks", surface, submit);
    }
    (!walk.complaints.is_empty()).then_some(ViewRefusal::Complaints(walk.complaints))
}

#[cfg(test)]
#[path = "view_tests.rs"]
mod tests;
