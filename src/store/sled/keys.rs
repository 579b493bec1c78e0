//! Keys of the one tree: the installation, a zero byte, a letter for the kind, then what the kind is looked up by.
//!
//! | letter | row | after the letter |
//! |---|---|---|
//! | `s` | scope | scope |
//! | `h` | index: shelf | whose · 0 · shelf · touched, newest first · scope, greatest first |
//! | `q` | index: waits for approval | posted, newest first · scope, greatest first |
//! | `l` | index: posted and looked after | posted, newest first · scope, greatest first |
//! | `p` | index: place | channel · 0 · ts |
//! | `t` | index: due | moment · scope · kind |
//! | `v` | revision | scope · revision |
//! | `a` | audit | scope · serial, newest first |
//! | `o` | outbox | row |
//! | `x` | given up, kept to be sent again | row |
//! | `u` `g` `c` `m` | person, group, channel, what somebody wishes | its id |
//! | `k` | seen key | key |
//! | `r` | stray mark | channel · 0 · ts · 0 · serial |
//! | `w` | index: to be forgotten | moment · letter and rest of the row that it forgets |
//!
//! Numbers are big-endian; a moment is 12 bytes of nanoseconds, shifted to be positive. A zero byte before everything
//! (no installation begins so) holds what belongs to the store itself.

use crate::domain::ids::{ChannelId, GroupId, Home, MessageTs, Revision, ScopeId, Timestamp, UserId};
use crate::domain::scope::DueKind;
use crate::store::record::scope::ScopeHead;
use crate::store::{DueRow, Listed, Place, RowId, SeenKey, Shelf};

pub const SCOPE: u8 = b's';
pub const SHELF: u8 = b'h';
pub const WAITING: u8 = b'q';
pub const STANDING: u8 = b'l';
pub const REVISION: u8 = b'v';
pub const PLACE: u8 = b'p';
pub const DUE: u8 = b't';
pub const AUDIT: u8 = b'a';
pub const OUTBOX: u8 = b'o';
pub const GIVEN_UP: u8 = b'x';
pub const PERSON: u8 = b'u';
pub const GROUP: u8 = b'g';
pub const CHANNEL: u8 = b'c';
pub const PREFERENCE: u8 = b'm';
pub const SEEN: u8 = b'k';
pub const STRAY: u8 = b'r';
pub const SWEEP: u8 = b'w';

/// The layout of keys and rows, two bytes; a program refuses a greater one.
pub const LAYOUT: &[u8] = b"\0layout";
/// The commit counter and what it implies.
pub const META: &[u8] = b"\0meta";
/// Above every key: those begin with the text of a home, or a zero byte.
pub const ABOVE: &[u8] = &[0xff];
const HOMES: &[u8] = b"\0home\0";

/// Bytes of a moment in a key.
pub const MOMENT: usize = 12;
/// Bytes of a scope id.
const ID: usize = 26;

/// The row that says that this home has rows.
pub fn home(home: &Home) -> Vec<u8> {
    [HOMES, home.as_str().as_bytes()].concat()
}
/// What all such rows begin with.
pub fn homes() -> &'static [u8] {
    HOMES
}
/// The home named by such a row.
pub fn home_of(key: &[u8]) -> Option<Home> {
    Home::parse(std::str::from_utf8(key.strip_prefix(HOMES)?).ok()?).ok()
}

/// What all rows of a kind begin with.
pub fn kind(home: &Home, kind: u8) -> Vec<u8> {
    let mut key = Vec::with_capacity(96);
    key.extend_from_slice(home.as_str().as_bytes());
    key.extend_from_slice(&[0, kind]);
    key
}

/// Home, letter and rest of a key.
pub fn split(key: &[u8]) -> Option<(Home, u8, &[u8])> {
    let at = key.iter().position(|byte| *byte == 0)?;
    let home = Home::parse(std::str::from_utf8(key.get(..at)?).ok()?).ok()?;
    let (letter, rest) = key.get(at + 1..)?.split_first()?;
    Some((home, *letter, rest))
}

fn with(home: &Home, letter: u8, rest: &[&[u8]]) -> Vec<u8> {
    let mut key = kind(home, letter);
    for part in rest {
        key.extend_from_slice(part);
    }
    key
}

pub fn scope(home: &Home, id: &ScopeId) -> Vec<u8> {
    with(home, SCOPE, &[id.as_str().as_bytes()])
}
pub fn place(home: &Home, place: &Place) -> Vec<u8> {
    with(home, PLACE, &[place.channel.as_str().as_bytes(), &[0], place.ts.as_str().as_bytes()])
}
pub fn shelf(home: &Home, author: &UserId, shelf: Shelf) -> Vec<u8> {
    let letter = match shelf {
        Shelf::Drafts => b'd',
        Shelf::Posted => b'p',
        Shelf::Asked => b'a',
    };
    with(home, SHELF, &[author.as_str().as_bytes(), &[0, letter]])
}
pub fn shelved(home: &Home, author: &UserId, on: Shelf, listed: &Listed) -> Vec<u8> {
    newest_first(shelf(home, author, on), listed)
}
pub fn waits(home: &Home, listed: &Listed) -> Vec<u8> {
    newest_first(kind(home, WAITING), listed)
}
pub fn stands(home: &Home, listed: &Listed) -> Vec<u8> {
    newest_first(kind(home, STANDING), listed)
}
fn newest_first(mut key: Vec<u8>, listed: &Listed) -> Vec<u8> {
    key.extend(moment(listed.touched).iter().chain(listed.id.as_str().as_bytes()).map(|byte| !byte));
    key
}
/// What all revisions of a scope begin with.
pub fn revisions(home: &Home, id: &ScopeId) -> Vec<u8> {
    with(home, REVISION, &[id.as_str().as_bytes()])
}
pub fn revision(home: &Home, id: &ScopeId, revision: Revision) -> Vec<u8> {
    with(home, REVISION, &[id.as_str().as_bytes(), &revision.0.to_be_bytes()])
}
/// What a row of a shelf, or of those that wait, lists.
pub fn listed(key: &[u8]) -> Option<Listed> {
    let tail = key.get(key.len().checked_sub(MOMENT + ID)?..)?;
    let tail: Vec<u8> = tail.iter().map(|byte| !byte).collect();
    let (touched, id) = tail.split_at(MOMENT);
    Some(Listed { id: scope_id(id)?, touched: moment_of(touched)? })
}
pub fn due(home: &Home, at: Timestamp, id: &ScopeId, due: DueKind) -> Vec<u8> {
    with(home, DUE, &[&moment(at), id.as_str().as_bytes(), due.key().as_bytes()])
}
/// What a due row says.
pub fn due_row(key: &[u8]) -> Option<DueRow> {
    let (home, letter, rest) = split(key)?;
    let (at, rest) = rest.split_at_checked(MOMENT)?;
    let (id, kind) = rest.split_at_checked(ID)?;
    let kind = DueKind::from_key(std::str::from_utf8(kind).ok()?)?;
    (letter == DUE).then_some(DueRow { at: moment_of(at)?, home, scope: scope_id(id)?, kind })
}
pub fn audit_of(home: &Home, id: &ScopeId) -> Vec<u8> {
    with(home, AUDIT, &[id.as_str().as_bytes()])
}
pub fn audit(home: &Home, id: &ScopeId, serial: u64) -> Vec<u8> {
    with(home, AUDIT, &[id.as_str().as_bytes(), &(!serial).to_be_bytes()])
}
pub fn outbox(home: &Home, row: RowId) -> Vec<u8> {
    with(home, OUTBOX, &[&row.0.to_be_bytes()])
}
pub fn given_up(home: &Home, row: RowId) -> Vec<u8> {
    with(home, GIVEN_UP, &[&row.0.to_be_bytes()])
}
/// The number of an outbox row, from the end of its key.
pub fn row_id(rest: &[u8]) -> Option<RowId> {
    Some(RowId(u64::from_be_bytes(rest.try_into().ok()?)))
}
pub fn person(home: &Home, id: &UserId) -> Vec<u8> {
    with(home, PERSON, &[id.as_str().as_bytes()])
}
pub fn group(home: &Home, id: &GroupId) -> Vec<u8> {
    with(home, GROUP, &[id.as_str().as_bytes()])
}
pub fn channel(home: &Home, id: &ChannelId) -> Vec<u8> {
    with(home, CHANNEL, &[id.as_str().as_bytes()])
}
pub fn preference(home: &Home, id: &UserId) -> Vec<u8> {
    with(home, PREFERENCE, &[id.as_str().as_bytes()])
}
pub fn seen(home: &Home, key: &SeenKey) -> Vec<u8> {
    with(home, SEEN, &[key.as_str().as_bytes()])
}
pub fn strays(home: &Home, place: &Place) -> Vec<u8> {
    with(home, STRAY, &[place.channel.as_str().as_bytes(), &[0], place.ts.as_str().as_bytes(), &[0]])
}
pub fn stray(home: &Home, place: &Place, serial: u64) -> Vec<u8> {
    let mut key = strays(home, place);
    key.extend_from_slice(&serial.to_be_bytes());
    key
}
/// The message that a stray mark was made on.
pub fn stray_place(key: &[u8]) -> Option<Place> {
    let (_, letter, rest) = split(key)?;
    let mut parts = rest.splitn(3, |byte| *byte == 0).map(|part| std::str::from_utf8(part).ok());
    let (channel, ts) = (ChannelId::parse(parts.next()??).ok()?, MessageTs::parse(parts.next()??).ok()?);
    (letter == STRAY).then_some(Place { channel, ts })
}
/// The row by which `key` is forgotten after `until`.
pub fn sweep(home: &Home, until: Timestamp, key: &[u8]) -> Vec<u8> {
    let rest = key.get(home.as_str().len() + 1..).unwrap_or_default();
    with(home, SWEEP, &[&moment(until), rest])
}
/// What such a row says: when, and the key that goes.
pub fn swept(key: &[u8]) -> Option<(Timestamp, Vec<u8>)> {
    let (home, letter, rest) = split(key)?;
    let (until, rest) = rest.split_at_checked(MOMENT)?;
    let target = [home.as_str().as_bytes(), &[0], rest].concat();
    (letter == SWEEP).then_some((moment_of(until)?, target))
}

/// Every index row that stands for a scope with this head.
pub fn index_rows(home: &Home, id: &ScopeId, head: &ScopeHead) -> Vec<Vec<u8>> {
    let mut rows = Vec::new();
    for (whose, shelf, touched) in head.shelved() {
        rows.push(shelved(home, whose, shelf, &Listed { id: id.clone(), touched }));
    }
    if let Some(touched) = head.waits() {
        rows.push(waits(home, &Listed { id: id.clone(), touched }));
    }
    if let Some(touched) = head.stands() {
        rows.push(stands(home, &Listed { id: id.clone(), touched }));
    }
    rows.extend(head.places().map(|at| place(home, &at)));
    rows.extend(head.due().map(|(kind, at)| due(home, at, id, kind)));
    rows
}

const SHIFT: i128 = 1 << 95;

/// A moment as bytes that sort like it.
pub fn moment(at: Timestamp) -> [u8; MOMENT] {
    let bytes = (at.as_nanosecond() + SHIFT).to_be_bytes();
    let mut moment = [0; MOMENT];
    moment.copy_from_slice(&bytes[bytes.len() - MOMENT..]);
    moment
}
fn moment_of(bytes: &[u8]) -> Option<Timestamp> {
    let mut wide = [0; 16];
    wide.get_mut(16 - MOMENT..)?.copy_from_slice(bytes.get(..MOMENT)?);
    Timestamp::from_nanosecond(i128::from_be_bytes(wide) - SHIFT).ok()
}

/// A scope id as it stands in a key.
pub fn scope_id(bytes: &[u8]) -> Option<ScopeId> {
    ScopeId::parse(std::str::from_utf8(bytes).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_sort_as_time_does_and_come_back_whole() {
        let nanos = |n| Timestamp::from_nanosecond(n).unwrap();
        let times = [Timestamp::MIN, nanos(-1), nanos(0), nanos(1), nanos(1_700_000_000_123_456_789), Timestamp::MAX];
        for pair in times.windows(2) {
            assert!(moment(pair[0]) < moment(pair[1]), "{pair:?}");
        }
        for at in times {
            assert_eq!(moment_of(&moment(at)), Some(at));
        }
    }

    #[test]
    fn keys_are_read_back_as_they_were_made() {
        let home = Home::parse("T0AB").unwrap();
        let id = ScopeId::parse("01J9ZZZZZZZZZZZZZZZZZZZZZZ").unwrap();
        let at = Timestamp::from_second(1_700_000_000).unwrap();
        let listing = Listed { id: id.clone(), touched: at };
        let author = UserId::parse("U1").unwrap();
        assert_eq!(listed(&shelved(&home, &author, Shelf::Posted, &listing)), Some(listing));
        let row = DueRow { at, home: home.clone(), scope: id.clone(), kind: DueKind::Expiry };
        assert_eq!(due_row(&due(&home, at, &id, DueKind::Expiry)), Some(row));
        let key = seen(&home, &SeenKey::parse("Ev1").unwrap());
        assert_eq!(swept(&sweep(&home, at, &key)), Some((at, key)));
        assert_eq!(split(&outbox(&home, RowId(7))).and_then(|(_, _, rest)| row_id(rest)), Some(RowId(7)));
        assert_eq!(home_of(&super::home(&home)), Some(home));
    }

    #[test]
    fn later_touched_comes_first_on_a_shelf() {
        let home = Home::parse("T0AB").unwrap();
        let author = UserId::parse("U1").unwrap();
        let key = |second, id: &str| {
            let listed = Listed { id: ScopeId::parse(id).unwrap(), touched: Timestamp::from_second(second).unwrap() };
            shelved(&home, &author, Shelf::Drafts, &listed)
        };
        let (low, high) = ("01J9ZZZZZZZZZZZZZZZZZZZZZA", "01J9ZZZZZZZZZZZZZZZZZZZZZB");
        assert!(key(2, low) < key(1, low));
        assert!(key(2, high) < key(2, low));
    }
}
