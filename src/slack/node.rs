//! Reading Slack's JSON without trusting its shape: every step may find nothing, and nothing is not an error.

use std::str::FromStr;

use serde_json::Value;

/// A place in a JSON document, or the lack of one.
#[derive(Clone, Copy)]
pub(super) struct Node<'a>(Option<&'a Value>);

impl<'a> Node<'a> {
    /// The whole of a document.
    pub(super) fn of(value: &'a Value) -> Self {
        Node(Some(value))
    }

    /// The field of that name; nothing for what is no object.
    pub(super) fn at(self, name: &str) -> Self {
        Node(self.0.and_then(|value| value.get(name)))
    }

    /// This one unless it is absent or null, else the other.
    pub(super) fn or(self, other: Self) -> Self {
        if self.is_given() { self } else { other }
    }

    /// Neither absent nor null.
    pub(super) fn is_given(self) -> bool {
        self.0.is_some_and(|value| !value.is_null())
    }

    /// A string that is not empty.
    pub(super) fn text(self) -> Option<&'a str> {
        self.0.and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// [`Node::text`], owned.
    pub(super) fn string(self) -> Option<String> {
        self.text().map(str::to_owned)
    }

    /// An identifier or other value with a spelling, if it is spelt right.
    pub(super) fn parsed<T: FromStr>(self) -> Option<T> {
        self.text().and_then(|text| text.parse().ok())
    }

    /// True only for `true`, and for the forms' `"true"` and `"1"`.
    pub(super) fn flag(self) -> bool {
        match self.0 {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text == "true" || text == "1",
            _ => false,
        }
    }

    /// A whole number, also one that is spelt as a string.
    pub(super) fn whole(self) -> Option<i64> {
        match self.0 {
            Some(Value::Number(number)) => number.as_i64(),
            Some(Value::String(text)) => text.parse().ok(),
            _ => None,
        }
    }

    /// The elements of an array, at most `limit`; none for what is no array.
    pub(super) fn list(self, limit: usize) -> impl Iterator<Item = Node<'a>> {
        self.0.and_then(Value::as_array).into_iter().flatten().take(limit).map(Node::of)
    }

    /// The array itself, for who must tell an empty one from none.
    pub(super) fn is_list(self) -> bool {
        self.0.is_some_and(Value::is_array)
    }

    /// Those elements of an array of strings that are spelt right.
    pub(super) fn all<T: FromStr>(self, limit: usize) -> Vec<T> {
        self.list(limit).filter_map(Node::parsed).collect()
    }

    /// The fields of an object in the order of their names, at most `limit`.
    pub(super) fn fields(self, limit: usize) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        let fields = self.0.and_then(Value::as_object).into_iter().flatten();
        fields.take(limit).map(|(name, value)| (name.as_str(), Node::of(value)))
    }

    /// The raw value; null for none.
    pub(super) fn raw(self) -> Value {
        self.0.cloned().unwrap_or(Value::Null)
    }
}
