//! Between this store's keys and those of a backup, which are texts.

use crate::domain::ids::Home;
use crate::store::backup::Kind;

use super::keys;

/// The kind of the rows under a letter; `None` for an index, which is derived.
pub fn kind_of(letter: u8) -> Option<Kind> {
    Some(match letter {
        keys::SCOPE => Kind::Scope,
        keys::REVISION => Kind::Revision,
        keys::PLACE => Kind::Place,
        keys::AUDIT => Kind::Audit,
        keys::OUTBOX => Kind::Outbox,
        keys::GIVEN_UP => Kind::GivenUp,
        keys::PERSON => Kind::Person,
        keys::GROUP => Kind::Group,
        keys::CHANNEL => Kind::Channel,
        keys::PREFERENCE => Kind::Preference,
        keys::SEEN => Kind::Seen,
        keys::STRAY => Kind::Stray,
        _ => return None,
    })
}

fn letter_of(kind: Kind) -> u8 {
    match kind {
        Kind::Scope => keys::SCOPE,
        Kind::Revision => keys::REVISION,
        Kind::Place => keys::PLACE,
        Kind::Audit => keys::AUDIT,
        Kind::Outbox => keys::OUTBOX,
        Kind::GivenUp => keys::GIVEN_UP,
        Kind::Person => keys::PERSON,
        Kind::Group => keys::GROUP,
        Kind::Channel => keys::CHANNEL,
        Kind::Preference => keys::PREFERENCE,
        Kind::Seen => keys::SEEN,
        Kind::Stray => keys::STRAY,
    }
}

/// What follows the letter of a key, as texts.
pub fn texts_of(kind: Kind, rest: &[u8]) -> Option<Vec<String>> {
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(str::to_owned);
    let number = |bytes: &[u8]| Some(u64::from_be_bytes(bytes.try_into().ok()?));
    Some(match kind {
        Kind::Scope | Kind::Person | Kind::Group | Kind::Channel | Kind::Preference | Kind::Seen => vec![text(rest)?],
        Kind::Place => rest.split(|byte| *byte == 0).map(text).collect::<Option<_>>()?,
        Kind::Revision => {
            let (scope, revision) = rest.split_last_chunk::<4>()?;
            vec![text(scope)?, u32::from_be_bytes(*revision).to_string()]
        }
        Kind::Outbox | Kind::GivenUp => vec![number(rest)?.to_string()],
        Kind::Audit => {
            let (scope, serial) = rest.split_last_chunk::<8>()?;
            vec![text(scope)?, (!number(serial)?).to_string()]
        }
        Kind::Stray => {
            let (place, serial) = rest.split_last_chunk::<8>()?;
            let mut texts: Vec<String> =
                place.strip_suffix(&[0])?.split(|byte| *byte == 0).map(text).collect::<Option<_>>()?;
            texts.push(number(serial)?.to_string());
            texts
        }
    })
}

/// The key that these texts make.
pub fn key_of(home: &Home, kind: Kind, texts: &[String]) -> Option<Vec<u8>> {
    let mut key = keys::kind(home, letter_of(kind));
    let number = |text: &String| text.parse::<u64>().ok();
    match (kind, texts) {
        (Kind::Scope | Kind::Person | Kind::Group | Kind::Channel | Kind::Preference | Kind::Seen, [id]) => {
            key.extend(id.as_bytes());
        }
        (Kind::Place, [channel, ts]) => {
            key.extend(channel.as_bytes());
            key.push(0);
            key.extend(ts.as_bytes());
        }
        (Kind::Outbox | Kind::GivenUp, [row]) => key.extend(number(row)?.to_be_bytes()),
        (Kind::Revision, [scope, revision]) => {
            key.extend(scope.as_bytes());
            key.extend(revision.parse::<u32>().ok()?.to_be_bytes());
        }
        (Kind::Audit, [scope, serial]) => {
            key.extend(scope.as_bytes());
            key.extend((!number(serial)?).to_be_bytes());
        }
        (Kind::Stray, [channel, ts, serial]) => {
            for part in [channel, ts] {
                key.extend(part.as_bytes());
                key.push(0);
            }
            key.extend(number(serial)?.to_be_bytes());
        }
        _ => return None,
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Revision;
    use crate::store::RowId;
    use crate::store::contract::fixture::{home, id, place, seen, user};

    #[test]
    fn a_key_comes_back_from_its_texts() {
        let all = [
            keys::scope(&home(), &id(1)),
            keys::place(&home(), &place(2)),
            keys::audit(&home(), &id(1), 7),
            keys::outbox(&home(), RowId(u64::MAX)),
            keys::given_up(&home(), RowId(0)),
            keys::person(&home(), &user(3)),
            keys::preference(&home(), &user(3)),
            keys::revision(&home(), &id(1), Revision(258)),
            keys::seen(&home(), &seen("Ev 1\u{e9}")),
            // A number may hold any byte, a zero among them.
            keys::stray(&home(), &place(2), 256),
        ];
        for key in all {
            let (of, letter, rest) = keys::split(&key).unwrap();
            let kind = kind_of(letter).unwrap();
            let texts = texts_of(kind, rest).unwrap();
            assert_eq!(key_of(&of, kind, &texts), Some(key), "{kind:?} {texts:?}");
        }
        assert_eq!(kind_of(keys::DUE), None);
    }
}
