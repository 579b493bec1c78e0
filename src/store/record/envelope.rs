//! What a record is wrapped in, so that a wrong bit, a row under a wrong key and a newer program are told apart.
//!
//! ```text
//! schema u16 · part u8 · parts u8 · whole u32 · check u32 · payload (JSON, or a part of it)
//! ```
//! Numbers are big-endian. `whole` is the CRC-32C of the whole payload: parts of one record agree in it, so a reader
//! that meets a write between two of them notices. `check` is the CRC-32C of key, header and this part.

use crate::store::{ROW_LIMIT, StoreError};

use super::Record;

/// Bytes before the payload.
const HEADER: usize = 12;
/// Bytes of the header that `check` covers.
const COVERED: usize = 8;

/// One row as it is written: its key and its bytes.
pub type Sealed = (Vec<u8>, Vec<u8>);

/// What the header of a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The schema number of the record.
    pub schema: u16,
    /// Which part this is, from 0.
    pub part: u8,
    /// How many there are.
    pub parts: u8,
    /// Checksum of the whole payload.
    pub whole: u32,
}

/// The key of a further part: the record's own key and two bytes that end no other key.
pub fn part_key(key: &[u8], part: u8) -> Vec<u8> {
    if part == 0 { key.to_vec() } else { [key, &[0xff, part]].concat() }
}

/// Wraps a record, in as many rows as it needs.
pub fn seal<R: Record>(key: &[u8], record: &R) -> Result<Vec<Sealed>, StoreError> {
    let payload = serde_json::to_vec(record)
        .map_err(|error| StoreError::Driver { doing: "write a record", why: error.to_string() })?;
    seal_payload(key, R::SCHEMA, &payload, R::PARTS)
}

/// The same for a payload that was written before, perhaps with an older schema; over `most` rows at most.
pub fn seal_payload(key: &[u8], schema: u16, payload: &[u8], most: usize) -> Result<Vec<Sealed>, StoreError> {
    let room = ROW_LIMIT - HEADER;
    let parts = payload.len().div_ceil(room).max(1);
    if parts > most {
        return Err(StoreError::TooLarge { bytes: payload.len() });
    }
    let whole = crc32c::crc32c(payload);
    let seal_part = |(part, chunk): (usize, &[u8])| {
        let part = part as u8; // a record has few
        let key = part_key(key, part);
        let mut bytes = Vec::with_capacity(HEADER + chunk.len());
        bytes.extend_from_slice(&schema.to_be_bytes());
        bytes.extend_from_slice(&[part, parts as u8]);
        bytes.extend_from_slice(&whole.to_be_bytes());
        let check = check(&key, &bytes, chunk);
        bytes.extend_from_slice(&check.to_be_bytes());
        bytes.extend_from_slice(chunk);
        (key, bytes)
    };
    Ok(payload.chunks(room).enumerate().map(seal_part).collect())
}

/// Verifies one row and takes it apart.
pub fn open_part<'a>(key: &[u8], bytes: &'a [u8]) -> Result<(Header, &'a [u8]), StoreError> {
    let (Some((covered, rest)), true) = (bytes.split_at_checked(COVERED), bytes.len() >= HEADER) else {
        return Err(damaged(key, "it is cut short"));
    };
    let (found, payload) = rest.split_at(HEADER - COVERED);
    if found != check(key, covered, payload).to_be_bytes() {
        return Err(damaged(key, "its checksum does not fit"));
    }
    let &[s0, s1, part, parts, w0, w1, w2, w3] = covered else { return Err(damaged(key, "it is cut short")) };
    let header =
        Header { schema: u16::from_be_bytes([s0, s1]), part, parts, whole: u32::from_be_bytes([w0, w1, w2, w3]) };
    Ok((header, payload))
}

/// Reads a record of one row; `bytes` is the whole row.
pub fn unseal<R: Record>(key: &[u8], bytes: &[u8]) -> Result<R, StoreError> {
    let (header, payload) = open_part(key, bytes)?;
    if header.parts != 1 {
        return Err(damaged(key, "parts of it are missing"));
    }
    read_payload(key, header.schema, payload)
}

/// Reads the payload of a record whose rows have been verified.
pub fn read_payload<R: Record>(key: &[u8], schema: u16, payload: &[u8]) -> Result<R, StoreError> {
    if schema == 0 || schema > R::SCHEMA {
        let why = format!(
            "it has schema {schema} of {}, this program knows {} at most; use the newer one",
            R::KIND,
            R::SCHEMA
        );
        return Err(StoreError::Damaged { key: spell_key(key), why });
    }
    serde_json::from_slice(payload).map_err(|error| StoreError::Damaged {
        key: spell_key(key),
        why: format!("its content is no {}: {error}", R::KIND),
    })
}

/// A damaged row.
pub fn damaged(key: &[u8], why: impl ToString) -> StoreError {
    StoreError::Damaged { key: spell_key(key), why: why.to_string() }
}

/// A key in print. Keys hold identifiers and times only.
pub fn spell_key(key: &[u8]) -> String {
    key.escape_ascii().to_string()
}

fn check(key: &[u8], covered: &[u8], payload: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c_append(crc32c::crc32c(key), covered), payload)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Word(String);
    impl Record for Word {
        const KIND: &'static str = "word";
        const SCHEMA: u16 = 2;
        const PARTS: usize = 3;
    }

    fn only(key: &[u8], word: &str) -> Vec<u8> {
        let mut rows = seal(key, &Word(word.to_owned())).unwrap();
        assert_eq!(rows.len(), 1);
        rows.remove(0).1
    }

    #[test]
    fn a_record_on_disk_has_these_very_bytes() {
        let hex = hex::encode(only(b"T1\0w", "ok"));
        assert_eq!(hex, "00020001a24ceda23b9e4e6c226f6b22");
    }

    #[test]
    fn every_wrong_bit_is_found() {
        let bytes = only(b"k", "a word");
        assert_eq!(unseal::<Word>(b"k", &bytes).unwrap(), Word("a word".into()));
        for bit in 0..bytes.len() * 8 {
            let mut wrong = bytes.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert!(matches!(unseal::<Word>(b"k", &wrong), Err(StoreError::Damaged { .. })), "bit {bit}");
        }
        for length in 0..bytes.len() {
            assert!(unseal::<Word>(b"k", &bytes[..length]).is_err(), "cut to {length}");
        }
    }

    #[test]
    fn a_row_under_a_wrong_key_is_damage() {
        assert!(unseal::<Word>(b"other", &only(b"k", "a word")).is_err());
    }

    #[test]
    fn a_newer_schema_says_so() {
        let error = read_payload::<Word>(b"k", 3, b"\"a\"").unwrap_err().to_string();
        assert!(error.contains("schema 3") && error.contains("knows 2"), "{error}");
        assert_eq!(read_payload::<Word>(b"k", 1, b"\"a\"").unwrap(), Word("a".into()));
    }

    #[test]
    fn a_long_record_is_laid_over_several_rows_and_a_longer_one_refused() {
        let rows = seal(b"k", &Word("x".repeat(15_000))).unwrap();
        assert_eq!(rows.len(), 3);
        for (part, (key, bytes)) in rows.iter().enumerate() {
            let (header, _) = open_part(key, bytes).unwrap();
            assert_eq!((usize::from(header.part), header.parts), (part, 3));
            assert!(bytes.len() <= ROW_LIMIT);
        }
        let refused = seal(b"k", &Word("x".repeat(3 * ROW_LIMIT)));
        assert!(matches!(refused, Err(StoreError::TooLarge { .. })));
    }
}
