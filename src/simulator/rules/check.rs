//! Applies a shape to a value and says what is wrong in Slack's words, with its JSON pointer.
//! Wording: error texts of Slack seen in public (`must be less than 25 characters [json-pointer:/view/title/text]`, …).

use serde::Deserialize;
use serde_json::Value;

use super::{Field, Kind, RULES, Shape};

/// Where blocks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    Message,
    Modal,
    Home,
}

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    pub what: String,
    pub pointer: String,
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.pointer.is_empty() {
            f.write_str(&self.what)
        } else {
            write!(f, "{} [json-pointer:{}]", self.what, self.pointer)
        }
    }
}

/// Collects complaints while walking a value.
pub(super) struct Walk {
    surface: Surface,
    pub(super) complaints: Vec<Complaint>,
}

impl Walk {
    pub(super) fn on(surface: Surface) -> Walk {
        Walk { surface, complaints: Vec::new() }
    }

    pub(super) fn complain(&mut self, what: impl Into<String>, pointer: &str) {
        self.complaints.push(Complaint { what: what.into(), pointer: pointer.to_owned() });
    }

    /// The value against the shape of that kind and name.
    pub(super) fn shape(&mut self, kind: Kind, name: &str, value: &Value, pointer: &str) {
        let Some(shape) = RULES.shape(kind, name) else {
            return self.complain(format!("unsupported type: {name}"), &format!("{pointer}/type"));
        };
        let Some(object) = value.as_object() else { return self.complain("must provide an object", pointer) };
        if kind == Kind::Block && !shape.on.contains(&self.surface) {
            return self.complain(format!("unsupported type: {name}"), &format!("{pointer}/type"));
        }
        for (key, given) in object {
            let inner = format!("{pointer}/{key}");
            match shape.fields.get(key) {
                Some(field) => self.field(field, given, &inner),
                None if implied(shape, key) => {
                    if key != "type" {
                        self.text(given, Some(1), Some(255), &inner);
                    }
                }
                None => self.complain(format!("invalid additional property: {key}"), pointer),
            }
        }
        for (key, field) in &shape.fields {
            if field.need && object.get(key).is_none_or(Value::is_null) {
                self.complain(format!("missing required field: {key}"), pointer);
            }
        }
        self.choices(shape, value, pointer);
    }

    fn choices(&mut self, shape: &Shape, value: &Value, pointer: &str) {
        let given = |keys: &[String]| keys.iter().filter(|key| value.get(key.as_str()).is_some()).count();
        let spelled = |keys: &[String]| keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" or ");
        if !shape.either.is_empty() && given(&shape.either) == 0 {
            self.complain(format!("must define either {}", spelled(&shape.either)), pointer);
        }
        if !shape.exactly.is_empty() && given(&shape.exactly) != 1 {
            self.complain(format!("must define either {}", spelled(&shape.exactly)), pointer);
        }
    }

    fn field(&mut self, field: &Field, value: &Value, pointer: &str) {
        match field.is.as_str() {
            "text" => {
                self.text(value, field.min, field.max, pointer);
                self.allowed(field, value, pointer);
            }
            "flag" => {
                if !value.is_boolean() {
                    self.complain("must provide a boolean", pointer);
                }
            }
            "number" => self.number(field, value, pointer),
            "list" => self.list(field, value, pointer),
            "any" => {}
            "plain" | "words" => self.words(field, value, pointer),
            "block" => self.block(value, pointer),
            "element" => self.element(field, value, pointer),
            other => match other.strip_prefix("shape:") {
                Some(part) => self.shape(Kind::Part, part, value, pointer),
                None => self.complain(format!("no rule {other}"), pointer),
            },
        }
    }

    fn list(&mut self, field: &Field, value: &Value, pointer: &str) {
        let Some(items) = value.as_array() else { return self.complain("must provide an array", pointer) };
        if let Some(most) = field.most
            && items.len() > most
        {
            self.complain(format!("no more than {most} items allowed"), pointer);
        }
        if let Some(least) = field.least
            && items.len() < least
        {
            self.complain(format!("must provide at least {least} items"), pointer);
        }
        let each = Field {
            is: field.each.clone().unwrap_or_else(|| "any".to_owned()),
            least: None,
            most: None,
            each: None,
            ..field.clone()
        };
        for (at, item) in items.iter().enumerate() {
            self.field(&each, item, &format!("{pointer}/{at}"));
        }
    }

    fn block(&mut self, value: &Value, pointer: &str) {
        match value.get("type").and_then(Value::as_str) {
            Some(name) => self.shape(Kind::Block, name, value, pointer),
            None if value.is_object() => self.complain("missing required field: type", pointer),
            None => self.complain("must provide an object", pointer),
        }
    }

    fn element(&mut self, field: &Field, value: &Value, pointer: &str) {
        let Some(name) = value.get("type").and_then(Value::as_str) else {
            let what = if value.is_object() { "missing required field: type" } else { "must provide an object" };
            return self.complain(what, pointer);
        };
        if !field.among.iter().any(|allowed| allowed == name) {
            return self.complain(format!("unsupported type: {name}"), &format!("{pointer}/type"));
        }
        if RULES.shape(Kind::Words, name).is_some() {
            return self.words(&Field { is: "words".into(), ..field.clone() }, value, pointer);
        }
        self.shape(Kind::Element, name, value, pointer);
    }

    /// A text object, plain or either kind, with the bounds of its place.
    fn words(&mut self, field: &Field, value: &Value, pointer: &str) {
        if !value.is_object() {
            return self.complain("must provide an object", pointer);
        }
        let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
        if field.is == "plain" && kind == "mrkdwn" {
            return self.complain("must be of type `plain_text`", &format!("{pointer}/type"));
        }
        let before = self.complaints.len();
        self.shape(Kind::Words, if kind.is_empty() { "plain_text" } else { kind }, value, pointer);
        if let Some(text) = value.get("text")
            && self.complaints.len() == before
        {
            self.text(text, field.min, field.max, &format!("{pointer}/text"));
        }
        if field.is == "words" && self.complaints.len() > before {
            let first = Complaint { what: "failed to match all allowed schemas".into(), pointer: pointer.to_owned() };
            self.complaints.insert(before, first);
        }
    }

    fn text(&mut self, value: &Value, min: Option<usize>, max: Option<usize>, pointer: &str) {
        let Some(text) = value.as_str() else { return self.complain("must provide a string", pointer) };
        let length = text.chars().count();
        if let Some(max) = max
            && length > max
        {
            self.complain(format!("must be less than {} characters", max + 1), pointer);
        }
        if let Some(min) = min
            && length < min
        {
            self.complain(format!("must be more than {} characters", min.saturating_sub(1)), pointer);
        }
    }

    fn allowed(&mut self, field: &Field, value: &Value, pointer: &str) {
        if let Some(text) = value.as_str()
            && !field.one_of.is_empty()
            && !field.one_of.iter().any(|allowed| allowed == text)
        {
            self.complain(format!("must be one of the allowed values: {}", field.one_of.join(", ")), pointer);
        }
    }

    fn number(&mut self, field: &Field, value: &Value, pointer: &str) {
        let Some(number) = value.as_u64().and_then(|number| usize::try_from(number).ok()) else {
            return self.complain("must provide a number", pointer);
        };
        if field.max.is_some_and(|max| number > max) || field.min.is_some_and(|min| number < min) {
            let (min, max) = (field.min.unwrap_or(0), field.max.unwrap_or(usize::MAX));
            self.complain(format!("must be between {min} and {max}"), pointer);
        }
    }
}

/// `type` always, `block_id` on blocks, `action_id` on interactive elements.
fn implied(shape: &Shape, key: &str) -> bool {
    match key {
        "type" => true,
        "block_id" => shape.kind == Kind::Block,
        "action_id" => shape.kind == Kind::Element && shape.name != "image" && !shape.name.starts_with("rich_text_s"),
        _ => false,
    }
}
