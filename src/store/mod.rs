//! The port to what is kept, and its contract in words. Adapters: `memory`, `sled`; one contract suite runs over each.
//!
//! Writing
//! * [`Store::commit`] is one atomic write: all of a [`Change`] is there afterwards or nothing is. `Ok(Written)` means
//!   it is on disk, through a power cut.
//! * A change names the version of the scope it is based on. Losing that race, and a key seen before, are outcomes
//!   ([`Committed`]), not errors. Of several, the first of these is told: `AlreadySeen`, `NotHeld`, `Stale`.
//! * `Busy`, `TooLarge`, `Refused` and `Damaged` mean that nothing was written. After any other error of a write nobody knows; nothing more
//!   is written by that store, and it has to be opened again.
//! * A row of the directory is written unless a newer reading stands.
//!
//! The outbox
//! * Rows form lanes. [`Store::claim`] gives at most one row a lane, its oldest one, if it is due and not leased; the
//!   claim itself is on disk before it returns, so that a row whose answer was lost is known to be in doubt
//!   ([`Row::unsettled`]). After a restart nothing is leased.
//! * Only the holder of the lease may settle a row, or a trace from Slack ([`Settle::holder`]); else it is `NotHeld`.
//!   A lease that ran out is lost once somebody claims the row again, not before: what its holder knows is worth having.
//! * A try that surely failed ([`Outcome::Again`]) takes back its own doubt, not that of an earlier try.
//! * A row that is given up ([`Outcome::SetAside`]) leaves its lane and is kept for [`GIVEN_UP_KEPT`]; [`Store::revive`] puts it
//!   back, at the head of its lane, with its doubt and as if it had just been put in. It goes with a scope that ends, and a refresh
//!   with a later one of its piece.
//! * A waiting [`Effect::Refresh`] absorbs a later one of the same home, lane and piece and keeps its own time, unless
//!   it is claimed or in doubt: what may have been sent already cannot show what came after. So does [`Effect::Learn`].
//!
//! Reading
//! * What is read is on disk: a read that meets a write under way waits for it.
//! * Reads are by key and by index, never a scan; lists are bounded and have a cursor.
//! * "The driver failed" and "the stored row makes no sense" are different errors; "not there" is `Ok(None)`.
//! * A row has a schema number and a checksum, and [`ROW_LIMIT`] bytes at most; a long record lies in a few rows.

pub mod backup;
#[cfg(test)]
pub mod contract;
mod error;
pub mod export;
mod lists;
pub mod memory;
pub mod record;
pub mod sled;
pub mod wrappers;

use std::time::Duration;

use async_trait::async_trait;
use jiff::SignedDuration;

use crate::domain::approval::Mark;
use crate::domain::audit::AuditRow;
use crate::domain::effect::Effect;
use crate::domain::ids::{ChannelId, GroupId, Home, MessageTs, Revision, ScopeId, Timestamp, UserId, Version};
use crate::domain::person::{Channel, DirectoryRow, Group, Person, Preference};
use crate::domain::scope::{Scope, Shown};

pub use error::StoreError;
pub use lists::{DueRow, Listed, OutboxDepth, Shelf};

/// Keys of what came in are kept this long.
pub const SEEN_KEPT: Duration = Duration::from_secs(25 * 3600);
/// Marks on messages not known yet are kept this long.
pub const STRAY_KEPT: Duration = Duration::from_secs(3600);
/// Rows that were given up are kept this long, to be sent again.
pub const GIVEN_UP_KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// Marks read for one message; Slack shows it long before there are so many.
pub const STRAYS_READ: usize = 200;
/// The largest row, in bytes; a longer record lies in several. sled 0.34 keeps up to 20 rows in one page, and a page over
/// 128 KB goes to a file of its own that is never fsynced: 20 rows of this size stay below that.
pub const ROW_LIMIT: usize = 6 * 1024;

/// Everything that has to change together.
#[derive(Debug, Clone)]
pub struct Change {
    /// The installation.
    pub home: Home,
    /// The bot's time, for what is kept for a while.
    pub now: Timestamp,
    /// The scope as it shall be, with the version it is based on still in it; it is stored with the next one.
    pub scope: Option<Scope>,
    /// Rows for the outbox, in order.
    pub outbox: Vec<NewRow>,
    /// The outbox row that this change settles.
    pub settle: Option<Settle>,
    /// Rows for the audit of the scope of this change; without one they are refused.
    pub audit: Vec<AuditRow>,
    /// Rows of the directory; a newer reading replaces an older one.
    pub directory: Vec<DirectoryRow>,
    /// A person who is forgotten: their row of the directory, what they want of the bot, and what was given up that is for them or in their words.
    pub forgotten: Option<UserId>,
    /// A mark on a message that no scope knows yet.
    pub stray: Option<Stray>,
    /// Marks that have found their scope and are no longer kept: these, and none that came to the same message meanwhile.
    pub found: Vec<Stray>,
    /// The key of what came in.
    pub seen: Option<SeenKey>,
}

impl Change {
    /// A change that changes nothing yet.
    pub fn new(home: Home, now: Timestamp) -> Self {
        Change {
            home,
            now,
            scope: None,
            outbox: Vec::new(),
            settle: None,
            audit: Vec::new(),
            directory: Vec::new(),
            forgotten: None,
            stray: None,
            found: Vec::new(),
            seen: None,
        }
    }
}

/// What came of a commit; none of it is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    /// It is on disk; the scope, if any, has this version now.
    Written(Version),
    /// Somebody else was quicker: the scope has this version.
    Stale {
        /// The version found.
        found: Version,
    },
    /// What came in has been handled before; nothing was written.
    AlreadySeen,
    /// The lease of the row to settle is held by nobody or somebody else; nothing was written.
    NotHeld,
}

/// The key of what came in: an event id, or a trigger id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeenKey(String);

impl SeenKey {
    /// Any text of 1 to 200 bytes; longer ones are cut by the caller's parser, never here.
    pub fn parse(text: &str) -> Option<Self> {
        ((1..=200).contains(&text.len())).then(|| SeenKey(text.to_owned()))
    }
    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A message: the channel and its `ts`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The channel.
    pub channel: ChannelId,
    /// The message in it.
    pub ts: MessageTs,
}

/// A mark that came before its message was known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// The message.
    pub place: Place,
    /// The mark.
    pub mark: Mark,
}

/// The order within which messages keep their order. A head that fails for good fails its own lane only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// The hiring channel, for one scope.
    Channel(ScopeId),
    /// One person, for one scope.
    Person(ScopeId, UserId),
    /// The question who somebody is, for one scope: while Slack does not say, nothing else waits for it.
    Learning(ScopeId, UserId),
}

impl Lane {
    /// The scope it belongs to.
    pub fn scope(&self) -> &ScopeId {
        match self {
            Lane::Channel(scope) | Lane::Person(scope, _) | Lane::Learning(scope, _) => scope,
        }
    }
}

/// A row as it is put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// Its lane; names the scope too.
    pub lane: Lane,
    /// What to do.
    pub effect: Effect,
    /// Not before this.
    pub not_before: Timestamp,
}

/// The number of an outbox row; later ones are greater, and none is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u64);

/// A row as it is claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub id: RowId,
    /// The installation.
    pub home: Home,
    /// Its lane.
    pub lane: Lane,
    /// What to do.
    pub effect: Effect,
    /// When it was committed.
    pub created: Timestamp,
    /// Claims so far, this one included.
    pub attempts: u32,
    /// Set while a send may have reached Slack and nobody knows: since when. A claim that was never settled (a crash,
    /// a lost lease) sets it as well as [`Outcome::InDoubt`] does.
    pub unsettled: Option<Timestamp>,
}

impl Row {
    /// The scope it belongs to.
    pub fn scope(&self) -> &ScopeId {
        self.lane.scope()
    }
}

/// Who claims.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WorkerId(pub String);

/// How a claimed row ends, or waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settle {
    /// Which.
    pub row: RowId,
    /// Whose lease; `None` when a trace from Slack settles it, whoever holds it.
    pub holder: Option<WorkerId>,
    /// How.
    pub outcome: Outcome,
}

/// How a claimed row ends, or waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or nobody misses it: the row goes.
    Over,
    /// Given up: the row leaves its lane and is kept to be sent again.
    SetAside,
    /// Not done, surely: again from then on.
    Again(Timestamp),
    /// Perhaps done: not before then, and known to be in doubt.
    InDoubt(Timestamp),
}

/// What became of a claimed row, before it is decided how it settles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Said; where it stands, and the revision shown. A quiet word stands nowhere.
    Said(Option<(Place, Revision)>),
    /// Not said, surely: again from then on.
    Again(Timestamp),
    /// Perhaps said: its trace is waited for until then.
    InDoubt(Timestamp),
    /// Never: Slack's own word for why.
    GivenUp(String),
    /// Nothing to say any more: the scope has moved on.
    Idle,
    /// Somebody has to be asked who they are ([`Effect::Learn`]).
    ToLearn,
}

/// What is kept. See the module for the contract.
#[async_trait]
pub trait Store: Send + Sync {
    /// One scope.
    async fn scope(&self, home: &Home, id: &ScopeId) -> Result<Option<Scope>, StoreError>;
    /// The scope whose summary, or a twin of it, stands at this place.
    async fn scope_at(&self, home: &Home, place: &Place) -> Result<Option<ScopeId>, StoreError>;
    /// A person's scopes, newest touched first, `limit` at most, after `cursor`.
    async fn shelf(
        &self,
        home: &Home,
        author: &UserId,
        shelf: Shelf,
        cursor: Option<&Listed>,
        limit: usize,
    ) -> Result<Vec<Listed>, StoreError>;
    /// The scopes of a home that wait for approval ([`lists::waits_since`]), newest posted first, `limit` at most, after
    /// `cursor`; [`Listed::touched`] is when the shown revision was posted.
    async fn waiting(&self, home: &Home, cursor: Option<&Listed>, limit: usize) -> Result<Vec<Listed>, StoreError>;
    /// The posted scopes of a home that are looked after ([`lists::posted_since`]), newest posted first, `limit` at most,
    /// after `cursor`; [`Listed::touched`] is when the shown revision was posted.
    async fn standing(&self, home: &Home, cursor: Option<&Listed>, limit: usize) -> Result<Vec<Listed>, StoreError>;
    /// A revision as it was posted: of a posted scope every one is kept beside it, in the write that posts it.
    async fn revision(&self, home: &Home, id: &ScopeId, revision: Revision) -> Result<Option<Shown>, StoreError>;
    /// A person of the directory.
    async fn person(&self, home: &Home, id: &UserId) -> Result<Option<Person>, StoreError>;
    /// A user group of the directory.
    async fn group(&self, home: &Home, id: &GroupId) -> Result<Option<Group>, StoreError>;
    /// A channel of the directory.
    async fn channel(&self, home: &Home, id: &ChannelId) -> Result<Option<Channel>, StoreError>;
    /// What somebody wishes of the bot; `None` while they have never said.
    async fn preference(&self, home: &Home, id: &UserId) -> Result<Option<Preference>, StoreError>;
    /// The marks kept for a message not known yet, in the order of commits, [`STRAYS_READ`] at most.
    async fn strays(&self, home: &Home, place: &Place) -> Result<Vec<Mark>, StoreError>;
    /// The messages that such marks were made on, each once, by channel and then `ts`: those of the first `limit` marks.
    async fn stray_places(&self, home: &Home, limit: usize) -> Result<Vec<Place>, StoreError>;
    /// Whether this key came in before.
    async fn seen(&self, home: &Home, key: &SeenKey) -> Result<bool, StoreError>;
    /// The audit of a scope, oldest first, `limit` newest at most.
    async fn audit(&self, home: &Home, id: &ScopeId, limit: usize) -> Result<Vec<AuditRow>, StoreError>;
    /// What is due in this home at `now`, oldest first, then by scope and kind.
    async fn due(&self, home: &Home, now: Timestamp, limit: usize) -> Result<Vec<DueRow>, StoreError>;
    /// When the next thing falls due in this home.
    async fn next_due(&self, home: &Home) -> Result<Option<Timestamp>, StoreError>;
    /// The atomic write.
    async fn commit(&self, change: Change) -> Result<Committed, StoreError>;
    /// Claims rows that are due, at most one a lane and `limit` in all, for `lease`; longest due first.
    async fn claim(
        &self,
        worker: &WorkerId,
        now: Timestamp,
        lease: Duration,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError>;
    /// When the next row may be claimed; `None` when nothing waits. A claimed row counts with the end of its lease.
    async fn next_claim(&self) -> Result<Option<Timestamp>, StoreError>;
    /// How full the outbox is.
    async fn depth(&self) -> Result<OutboxDepth, StoreError>;
    /// Puts rows that were given up back into their lanes, oldest first, at most `limit`; says how many.
    async fn revive(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError>;
    /// Forgets keys, strays and rows given up that are older than they are kept; at most `limit` rows a call; says how many went.
    async fn sweep(&self, now: Timestamp, limit: usize) -> Result<usize, StoreError>;
}

/// A scope is written under its own home, and audit rows come with their scope.
fn check(change: &Change) -> Result<(), StoreError> {
    match &change.scope {
        Some(scope) if scope.home != change.home => {
            Err(StoreError::Refused { why: "the scope belongs to another home" })
        }
        None if !change.audit.is_empty() => Err(StoreError::Refused { why: "audit rows come with their scope" }),
        _ => Ok(()),
    }
}

/// The moment `kept` after `now`, or the end of time.
fn until(now: Timestamp, kept: Duration) -> Timestamp {
    SignedDuration::try_from(kept).ok().and_then(|kept| now.checked_add(kept).ok()).unwrap_or(Timestamp::MAX)
}
