//! What the store lists, and which scopes lie in which list.

use std::collections::BTreeSet;

use super::Place;
use crate::domain::ids::{ChannelId, Home, MessageTs, ScopeId, Timestamp, UserId};
use crate::domain::scope::{DueKind, Scope, Stage};

/// Which scopes of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Drafts not posted yet.
    Drafts,
    /// Posted ones.
    Posted,
    /// Those of others of which they asked for changes, as long as their words are kept.
    Asked,
}

/// One scope in a list; newest touched first, of equal ones the greater id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which.
    pub id: ScopeId,
    /// When a person last changed it.
    pub touched: Timestamp,
}

/// Something due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    /// When.
    pub at: Timestamp,
    /// The installation.
    pub home: Home,
    /// The scope.
    pub scope: ScopeId,
    /// What.
    pub kind: DueKind,
}

/// How full the outbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxDepth {
    /// Unsettled rows.
    pub rows: usize,
    /// When the first of them was committed.
    pub oldest: Option<Timestamp>,
    /// Rows that were given up and are kept.
    pub given_up: usize,
}

/// The shelf of its author that a scope lies on.
pub fn shelf_of(scope: &Scope) -> Option<Shelf> {
    match &scope.stage {
        Stage::Draft(_) => Some(Shelf::Drafts),
        Stage::Posted(_) => Some(Shelf::Posted),
        Stage::Ended(_) => None,
    }
}

/// Whose wishes for changes a scope keeps: on their shelves it lies too.
pub fn askers_of(scope: &Scope) -> BTreeSet<&UserId> {
    scope.posted().into_iter().flat_map(|posted| &posted.wishes).map(|wish| &wish.asked.by).collect()
}

/// Whether a scope lies on a shelf of theirs.
pub fn lies_on(scope: &Scope, whose: &UserId, shelf: Shelf) -> bool {
    match shelf {
        Shelf::Drafts | Shelf::Posted => scope.author == *whose && shelf_of(scope) == Some(shelf),
        Shelf::Asked => askers_of(scope).contains(whose),
    }
}

/// Since when a scope waits for approval: it stands in the channel, its search goes on, somebody is asked, and the quorum
/// is not reached.
pub fn waits_since(scope: &Scope) -> Option<Timestamp> {
    let posted = scope.posted().filter(|posted| posted.is_shown() && posted.life.goes_on())?;
    let shown = &posted.shown;
    (posted.approval.quorum > 0 && !posted.approval.reached(shown.revision)).then_some(shown.posted_at)
}

/// Since when a scope is posted and looked after: its summary, its channel, who could approve it.
pub fn posted_since(scope: &Scope) -> Option<Timestamp> {
    let posted = scope.posted().filter(|posted| !posted.life.is_over())?;
    Some(posted.shown.posted_at)
}

/// Where its summary stands, and the twins of it: by these places a reaction finds its scope.
pub fn places_of(scope: &Scope) -> Vec<Place> {
    let twins = scope.posted().into_iter().flat_map(|posted| &posted.posting.twins);
    let twins = twins.map(|twin| (&twin.channel, &twin.ts));
    let place = |(channel, ts): (&ChannelId, &MessageTs)| Place { channel: channel.clone(), ts: ts.clone() };
    scope.summary_place().into_iter().chain(twins).map(place).collect()
}
