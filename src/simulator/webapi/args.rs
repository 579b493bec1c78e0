//! Arguments of a call, from a form, a query or a JSON body, as Slack reads them.

use serde_json::{Map, Value};

/// Arguments that are JSON even in a form.
const NESTED: &[&str] = &["blocks", "attachments", "metadata", "view"];

#[derive(Debug, Clone, Default)]
pub struct Args(pub Map<String, Value>);

/// What could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgsFault {
    /// `invalid_json`
    Json,
    /// `json_not_object`
    NotObject,
}

impl Args {
    /// Reads a query or a form.
    #[must_use]
    pub fn from_form(encoded: &[u8]) -> Args {
        let pairs = form_urlencoded::parse(encoded).map(|(key, value)| {
            let nested = NESTED.contains(&key.as_ref()).then(|| serde_json::from_str(&value).ok()).flatten();
            (key.into_owned(), nested.unwrap_or_else(|| Value::String(value.into_owned())))
        });
        Args(pairs.collect())
    }

    /// Reads a JSON body; an empty one holds nothing.
    ///
    /// # Errors
    /// [`ArgsFault`].
    pub fn from_json(body: &[u8]) -> Result<Args, ArgsFault> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Args::default());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Ok(Args(object).with_nested_strings_read()),
            Ok(_) => Err(ArgsFault::NotObject),
            Err(_) => Err(ArgsFault::Json),
        }
    }

    /// Slack takes nested arguments as JSON text in a JSON body too.
    fn with_nested_strings_read(mut self) -> Args {
        for key in NESTED {
            if let Some(read) =
                self.0.get(*key).and_then(Value::as_str).and_then(|text| serde_json::from_str(text).ok())
            {
                self.0.insert((*key).to_owned(), read);
            }
        }
        self
    }

    pub fn absorb(&mut self, other: Args) {
        self.0.extend(other.0);
    }

    /// A text argument; empty ones count as absent.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    /// `true`, `1`, `"true"`, `"1"`.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        match self.0.get(key) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(text.as_str(), "true" | "1" | "True"),
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    #[must_use]
    pub fn number(&self, key: &str) -> Option<i64> {
        let value = self.0.get(key)?;
        value.as_i64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
    }

    #[must_use]
    pub fn as_value(&self) -> Value {
        Value::Object(self.0.clone())
    }
}
