//! The machine-readable mark on the bot's own messages: by it a message is recognised after a crash. Ids only, since any
//! member of the workspace can read it; texts only, since that is what every reader of metadata takes.

use serde_json::{Value, json};

use crate::domain::ids::{Revision, ScopeId};
use crate::domain::posting::Piece;
use crate::outbox::mouth::TraceMark;
use crate::slack::ids::METADATA_EVENT;
use crate::slack::payload::Metadata;
use crate::store::RowId;

/// Pieces by their names in a mark.
const PIECES: [(Piece, &str); 3] =
    [(Piece::Summary, "summary"), (Piece::Kit, "kit"), (Piece::ThirtyDays, "thirty_days")];

/// The `metadata` of a message.
pub fn metadata_of(mark: &TraceMark) -> Value {
    let mut payload = json!({
        "scope": mark.scope.as_str(),
        "row": mark.row.0.to_string(),
        "revision": mark.revision.0.to_string(),
    });
    let piece = PIECES.iter().find(|(piece, _)| Some(*piece) == mark.piece);
    if let (Some((_, name)), Some(fields)) = (piece, payload.as_object_mut()) {
        fields.insert("piece".to_owned(), json!(name));
    }
    json!({ "event_type": METADATA_EVENT, "event_payload": payload })
}

/// The mark of a message; `None` for metadata that the bot did not write.
pub fn mark_in(metadata: &Metadata) -> Option<TraceMark> {
    if metadata.event_type != METADATA_EVENT {
        return None;
    }
    let piece = match metadata.field("piece") {
        Some(name) => Some(PIECES.iter().find(|(_, known)| *known == name)?.0),
        None => None,
    };
    Some(TraceMark {
        scope: ScopeId::parse(metadata.field("scope")?).ok()?,
        row: RowId(metadata.field("row")?.parse().ok()?),
        piece,
        revision: Revision(metadata.field("revision")?.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slack::samples;

    fn read(value: &Value) -> Option<TraceMark> {
        mark_in(&Metadata {
            event_type: value["event_type"].as_str().unwrap().to_owned(),
            payload: value["event_payload"].clone(),
        })
    }

    #[test]
    fn a_mark_reads_back() {
        for piece in [None, Some(Piece::Summary), Some(Piece::Kit), Some(Piece::ThirtyDays)] {
            let mark = TraceMark { scope: samples::scope(), row: RowId(u64::MAX), piece, revision: Revision(7) };
            let value = metadata_of(&mark);
            assert!(value["event_payload"].as_object().unwrap().values().all(Value::is_string));
            assert_eq!(read(&value), Some(mark));
        }
    }

    #[test]
    fn what_the_bot_did_not_write_is_no_mark() {
        let good = metadata_of(&TraceMark {
            scope: samples::scope(),
            row: RowId(1),
            piece: Some(Piece::Kit),
            revision: Revision(1),
        });
        for (field, value) in [("scope", "x"), ("row", "-1"), ("revision", ""), ("piece", "other")] {
            let mut bad = good.clone();
            bad["event_payload"][field] = json!(value);
            assert_eq!(read(&bad), None, "{field}");
        }
        let mut other = good;
        other["event_type"] = json!("task_created");
        assert_eq!(read(&other), None);
    }
}
