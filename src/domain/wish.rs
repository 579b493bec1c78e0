//! Wishes for changes, in the words of those who asked: read beside the revisions, and gone with the scope or with whoever
//! asked.

use super::effect::ChangesAsked;
use super::ids::{Timestamp, UserId};
use super::scope::{Posted, Scope};

/// Wishes kept in words per scope; of older ones the audit still tells who asked, and the thread holds the words.
pub const WISHES_KEPT: usize = 8;

/// A wish, and when it was made: by these and by who made it, its row of the audit is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// When.
    pub at: Timestamp,
    /// What.
    pub asked: ChangesAsked,
}

impl Wish {
    /// Whether this is what that person asked at that moment.
    pub fn is_of(&self, by: Option<&UserId>, at: Timestamp) -> bool {
        self.at == at && Some(&self.asked.by) == by
    }
}

impl Posted {
    /// Keeps a wish; the oldest goes.
    pub fn keep_wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
        self.wishes.drain(..self.wishes.len().saturating_sub(WISHES_KEPT));
    }
}

/// The scope without what this person asked of it in words.
#[must_use]
pub fn unsaid(mut scope: Scope, person: &UserId) -> Scope {
    if let Some(posted) = scope.posted_mut() {
        posted.wishes.retain(|wish| wish.asked.by != *person);
    }
    scope
}
