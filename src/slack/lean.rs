//! Reads Slack's JSON without the blocks in it: the bot knows what it drew, and what it drew is most of what comes back
//! with every keystroke. What is left out is checked to be JSON and never stored.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The field that is left out, wherever it stands.
const BLOCKS: &str = "blocks";

/// Reads a document.
pub(super) fn value_of(json: &str) -> serde_json::Result<Value> {
    let mut document = serde_json::Deserializer::from_str(json);
    let value = Lean.deserialize(&mut document)?;
    document.end()?;
    Ok(value)
}

/// The same from bytes.
pub(super) fn value_of_bytes(json: &[u8]) -> serde_json::Result<Value> {
    let mut document = serde_json::Deserializer::from_slice(json);
    let value = Lean.deserialize(&mut document)?;
    document.end()?;
    Ok(value)
}

#[derive(Clone, Copy)]
struct Lean;

impl<'de> DeserializeSeed<'de> for Lean {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lean {
    type Value = Value;
    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }
    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Lean)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if name == BLOCKS {
                fields.next_value::<IgnoredAny>()?;
            } else {
                map.insert(name, fields.next_value_seed(Lean)?);
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn all_but_blocks_is_read_as_ever() {
        let whole =
            json!({ "a": [1, -2, 2.5, null, true, "ü\n"], "view": { "blocks": [{ "x": 1 }], "state": { "b": {} } } });
        let mut left = whole.clone();
        left["view"].as_object_mut().unwrap().remove("blocks");
        assert_eq!(value_of(&whole.to_string()).unwrap(), left);
        assert_eq!(value_of_bytes(whole.to_string().as_bytes()).unwrap(), left);
    }

    #[test]
    fn what_is_left_out_has_to_be_json_and_nothing_may_follow() {
        for wrong in [r#"{"blocks":[}"#, r#"{"blocks":[1,]}"#, r#"{"a":1} x"#, "", "{", "nul"] {
            assert!(value_of(wrong).is_err(), "{wrong}");
        }
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        assert!(value_of(&deep).is_err(), "deeper than the decoder goes");
        assert_eq!(value_of(&format!(r#"{{"blocks":{deep}}}"#)).unwrap(), json!({}));
    }
}
