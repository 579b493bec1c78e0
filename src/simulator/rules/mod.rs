//! What Slack refuses: the structure and limits of views, blocks and messages, as data (`rules.toml`, a source in each row), the engine
//! that applies them, and the few rules that look across blocks. Independent of any app: a belief an app has of Slack is not looked up
//! in the app.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

mod across;
mod check;
mod message;
mod view;

pub use check::{Complaint, Surface};
pub use message::{MessageFault, message_fault, metadata_fault, refusal_of_blocks};
pub use view::{ViewRefusal, refusal_of_view};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    limit: Vec<Limit>,
    shape: Vec<Shape>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    name: String,
    value: usize,
    source: String,
}

/// One object and the fields it may have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    name: String,
    kind: Kind,
    source: String,
    /// Surfaces a block may stand on.
    #[serde(default)]
    on: Vec<Surface>,
    /// At least one of these.
    #[serde(default)]
    either: Vec<String>,
    /// One of these and not the others.
    #[serde(default)]
    exactly: Vec<String>,
    fields: BTreeMap<String, Field>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    View,
    Block,
    Element,
    Words,
    Part,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    is: String,
    #[serde(default)]
    need: bool,
    min: Option<usize>,
    max: Option<usize>,
    least: Option<usize>,
    most: Option<usize>,
    each: Option<String>,
    #[serde(default)]
    one_of: Vec<String>,
    #[serde(default)]
    among: Vec<String>,
}

/// The rules in force.
pub struct Rules {
    limits: BTreeMap<String, Limit>,
    shapes: BTreeMap<(Kind, String), Shape>,
}

/// Read once. A book that does not parse leaves no rules, and then nothing is accepted (a test reads every row).
static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let book: Book =
        toml::from_str(include_str!("rules.toml")).unwrap_or(Book { limit: Vec::new(), shape: Vec::new() });
    Rules {
        limits: book.limit.into_iter().map(|limit| (limit.name.clone(), limit)).collect(),
        shapes: book.shape.into_iter().map(|shape| ((shape.kind, shape.name.clone()), shape)).collect(),
    }
});

impl Rules {
    fn shape(&self, kind: Kind, name: &str) -> Option<&Shape> {
        self.shapes.get(&(kind, name.to_owned()))
    }
}

/// A named limit; zero for one that is not in the book.
#[must_use]
pub fn limit(name: &str) -> usize {
    RULES.limits.get(name).map_or(0, |limit| limit.value)
}

/// A rule as the coverage table shows it.
#[derive(Debug, Clone)]
pub struct Known {
    pub name: String,
    /// Of blocks: where they may stand.
    pub on: Vec<Surface>,
    pub source: String,
}

/// All blocks known.
#[must_use]
pub fn known_blocks() -> Vec<Known> {
    known(Kind::Block)
}

/// All elements known.
#[must_use]
pub fn known_elements() -> Vec<Known> {
    known(Kind::Element)
}

fn known(kind: Kind) -> Vec<Known> {
    let of_kind = RULES.shapes.values().filter(|shape| shape.kind == kind);
    of_kind
        .map(|shape| Known { name: shape.name.clone(), on: shape.on.clone(), source: shape.source.clone() })
        .collect()
}

/// All limits that look at a whole message or view: name, value, source.
#[must_use]
pub fn known_limits() -> Vec<(String, usize, String)> {
    RULES.limits.values().map(|limit| (limit.name.clone(), limit.value, limit.source.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_rules_parses_and_names_its_source() {
        let book: Book = toml::from_str(include_str!("rules.toml")).unwrap();
        assert!(book.limit.iter().all(|limit| limit.source.len() > 5 && limit.value > 0));
        assert!(book.shape.iter().all(|shape| shape.source.len() > 5));
        for shape in &book.shape {
            assert_eq!(shape.kind == Kind::Block, !shape.on.is_empty(), "{} names its surfaces", shape.name);
            for (name, field) in &shape.fields {
                for is in std::iter::once(&field.is).chain(&field.each) {
                    let part = is.strip_prefix("shape:");
                    let known = ["text", "flag", "number", "plain", "words", "list", "block", "element", "any"]
                        .contains(&is.as_str());
                    let found = part.is_some_and(|part| RULES.shape(Kind::Part, part).is_some());
                    assert!(known || found, "{}.{name} is {is}", shape.name);
                }
                for element in &field.among {
                    let known = RULES.shape(Kind::Element, element).or(RULES.shape(Kind::Words, element));
                    assert!(known.is_some(), "{}.{name} allows {element}", shape.name);
                }
            }
        }
    }
}
