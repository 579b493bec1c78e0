//! One line of a stream: a checksum, a space, one JSON object.

use serde::Serialize;

/// Hexadecimal digits of a checksum.
const DIGITS: usize = 8;

/// A line that is not as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    /// No checksum stands before it.
    #[error("it is no line of a backup")]
    Shape,
    /// The checksum is that of another text.
    #[error("its checksum does not fit")]
    Sum,
}

/// A line, with its end.
pub fn line_of(content: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string(content)?;
    Ok(format!("{} {text}\n", sum_of(&text)))
}

fn sum_of(text: &str) -> String {
    format!("{:08x}", crc32c::crc32c(text.as_bytes()))
}

/// The JSON of a line, once its checksum fits.
pub fn text_of(line: &str) -> Result<&str, BadLine> {
    let (sum, text) = line.split_at_checked(DIGITS).ok_or(BadLine::Shape)?;
    let text = text.strip_prefix(' ').and_then(|text| text.strip_suffix('\n')).ok_or(BadLine::Shape)?;
    if sum == sum_of(text) { Ok(text) } else { Err(BadLine::Sum) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_on_disk_has_these_very_bytes_and_no_other_bit_is_taken_for_it() {
        let line = line_of(&serde_json::json!({"a": 1})).unwrap();
        assert_eq!(line, "cff7d56a {\"a\":1}\n");
        assert_eq!(text_of(&line), Ok("{\"a\":1}"));
        for bit in 0..line.len() * 8 {
            let mut bytes = line.clone().into_bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            if let Ok(wrong) = String::from_utf8(bytes) {
                assert!(text_of(&wrong).is_err(), "bit {bit}");
            }
        }
        assert_eq!(text_of("cff7d56a {\"a\":1}"), Err(BadLine::Shape));
    }
}
