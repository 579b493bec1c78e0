//! A scope: one hiring need, from the first draft to the posted summary. Its stage carries what is true in it.

use std::collections::{BTreeMap, BTreeSet};

use super::approval::Approval;
use super::brief::Brief;
use super::draft::{Acknowledged, Candidate, Draft};
use super::ids::{ChannelId, Home, Revision, ScopeId, SlackTime, Timestamp, UserId, Version};
use super::life::Life;
use super::person::Presence;
use super::posting::{Piece, Posting, Slot};
use super::wish::Wish;

/// A hiring need and everything known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Its name.
    pub id: ScopeId,
    /// The installation it belongs to.
    pub home: Home,
    /// Counts its commits; 0 before the first.
    pub version: Version,
    /// Whose it is: who opened it, or whom it was handed to.
    pub author: UserId,
    /// When it was started.
    pub created: Timestamp,
    /// When a person last changed it.
    pub touched: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// What falls due, and when: at most one of a kind.
    pub due: BTreeMap<DueKind, Timestamp>,
}

/// Where a scope stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Being written.
    Draft(Box<Draft>),
    /// In the hiring channel, or on its way there.
    Posted(Box<Posted>),
    /// Over. The texts are gone.
    Ended(Ending),
}

/// How a scope ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// By its author.
    Discarded,
    /// By time.
    Expired,
    /// Deleted with all that was its author's.
    Erased,
    /// Filled or closed, and kept as long as the operator wants such scopes kept.
    Lapsed,
}

/// A posted scope. An edit is a draft beside the shown revision, which stays approvable until the edit is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// What the summary says.
    pub shown: Shown,
    /// The hiring channel.
    pub channel: ChannelId,
    /// The edit under way.
    pub edit: Option<Draft>,
    /// Reviews of this scope before the edit under way, so that a number on some screen never means two candidates.
    pub reviews: u32,
    /// Warnings posted against in any revision, so that nobody is asked twice about the same words.
    pub acknowledged: Vec<Acknowledged>,
    /// Who approved.
    pub approval: Approval,
    /// What was asked to be changed, oldest first, [`super::wish::WISHES_KEPT`] at most.
    pub wishes: Vec<Wish>,
    /// Where the messages are.
    pub posting: Posting,
    /// What became of the search.
    pub life: Life,
    /// Whether its author is still there.
    pub author: Presence,
    /// How often the approvers have been reminded of the shown revision.
    pub nudges: u32,
}

/// One revision as it was confirmed on review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Which.
    pub revision: Revision,
    /// Number of the candidate it was made from, so that posting it again is recognised.
    pub candidate: u32,
    /// The brief.
    pub brief: Brief,
    /// The title.
    pub title: String,
    /// The three sentences.
    pub sentences: [String; 3],
    /// Warnings posted against, on purpose.
    pub acknowledged: Vec<Acknowledged>,
    /// When it was posted.
    pub posted_at: Timestamp,
}

/// What can fall due. One loop asks the store; each kind fires once per period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueKind {
    /// Remind the author of a draft that expires soon.
    Reminder,
    /// The draft expires.
    Expiry,
    /// Remind the approvers of a scope that waits.
    Nudge,
    /// Remind the author a week before the start.
    BeforeStart,
    /// A filled or closed scope has been kept long enough: its texts go.
    Retention,
}

impl DueKind {
    /// Every kind.
    pub const ALL: [DueKind; 5] =
        [DueKind::Reminder, DueKind::Expiry, DueKind::Nudge, DueKind::BeforeStart, DueKind::Retention];
    /// The key in stores.
    pub fn key(self) -> &'static str {
        match self {
            DueKind::Reminder => "reminder",
            DueKind::Expiry => "expiry",
            DueKind::Nudge => "nudge",
            DueKind::BeforeStart => "before_start",
            DueKind::Retention => "retention",
        }
    }
    /// Reads what [`Self::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What can change between two revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// The first sentence.
    System,
    /// The second sentence.
    Scale,
    /// The third sentence.
    Team,
    /// Language or ramp time.
    Language,
    /// State of the code.
    Code,
    /// The title.
    Title,
    /// Length of need, backend or full-stack, or what recruiters asked for.
    Details,
    /// The reason given for posting against a warning.
    Reason,
}

impl Axis {
    /// In the order in which people see them.
    pub const ALL: &'static [Axis] =
        &[Axis::System, Axis::Scale, Axis::Team, Axis::Language, Axis::Code, Axis::Title, Axis::Details, Axis::Reason];
    /// The key in stores and `prompts/`.
    pub fn key(self) -> &'static str {
        match self {
            Axis::System => "system",
            Axis::Scale => "scale",
            Axis::Team => "team",
            Axis::Language => "language",
            Axis::Code => "code",
            Axis::Title => "title",
            Axis::Details => "details",
            Axis::Reason => "reason",
        }
    }
    /// Reads what [`Self::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|axis| axis.key() == key)
    }
    /// Whether a change of it voids approvals. Details, title and reason do not; they are named in the thread.
    pub fn is_substance(self) -> bool {
        matches!(self, Axis::System | Axis::Scale | Axis::Team | Axis::Language | Axis::Code)
    }
}

impl Scope {
    /// A scope that nobody has stored yet.
    pub fn fresh(id: ScopeId, home: Home, author: UserId, now: Timestamp) -> Self {
        Scope {
            id,
            home,
            version: Version(0),
            author,
            created: now,
            touched: now,
            stage: Stage::Draft(Box::default()),
            due: BTreeMap::new(),
        }
    }
    /// The draft being written: a new scope's, or the edit beside a posted one.
    pub fn draft(&self) -> Option<&Draft> {
        match &self.stage {
            Stage::Draft(draft) => Some(draft),
            Stage::Posted(posted) => posted.edit.as_ref(),
            Stage::Ended(_) => None,
        }
    }
    /// The draft being written, to be changed.
    pub fn draft_mut(&mut self) -> Option<&mut Draft> {
        match &mut self.stage {
            Stage::Draft(draft) => Some(draft),
            Stage::Posted(posted) => posted.edit.as_mut(),
            Stage::Ended(_) => None,
        }
    }
    /// What is posted.
    pub fn posted(&self) -> Option<&Posted> {
        match &self.stage {
            Stage::Posted(posted) => Some(posted),
            _ => None,
        }
    }
    /// What is posted, to be changed.
    pub fn posted_mut(&mut self) -> Option<&mut Posted> {
        match &mut self.stage {
            Stage::Posted(posted) => Some(posted),
            _ => None,
        }
    }
    /// Where its summary stands in Slack, once shown: by this a reaction finds its scope.
    pub fn summary_place(&self) -> Option<(&ChannelId, &super::ids::MessageTs)> {
        self.posted().and_then(|posted| posted.posting.slot(Piece::Summary).place())
    }
}

/// What a reader of a summary sees, of a posted revision or of a candidate alike.
#[derive(Debug, Clone, Copy)]
pub struct Face<'a> {
    /// The brief.
    pub brief: &'a Brief,
    /// The title.
    pub title: &'a str,
    /// The three sentences.
    pub sentences: &'a [String; 3],
}

impl Face<'_> {
    /// What differs between two faces.
    pub fn changes_to(&self, other: &Face<'_>) -> BTreeSet<Axis> {
        let (old, new) = (self.brief, other.brief);
        let [system, scale, team] = self.sentences;
        let [new_system, new_scale, new_team] = other.sentences;
        let differs = |axis: &Axis| match axis {
            Axis::System => system != new_system,
            Axis::Scale => scale != new_scale,
            Axis::Team => team != new_team,
            Axis::Language => (&old.language, old.ramp) != (&new.language, new.ramp),
            Axis::Code => old.code != new.code,
            Axis::Title => self.title != other.title,
            Axis::Details => (old.length, old.breadth, &old.details) != (new.length, new.breadth, &new.details),
            Axis::Reason => false,
        };
        Axis::ALL.iter().copied().filter(differs).collect()
    }
}

impl Shown {
    /// What a reader sees.
    pub fn face(&self) -> Face<'_> {
        Face { brief: &self.brief, title: &self.title, sentences: &self.sentences }
    }
}

impl Candidate {
    /// What a reader would see.
    pub fn face(&self) -> Face<'_> {
        Face { brief: &self.brief, title: &self.title, sentences: &self.sentences }
    }
}

impl Posted {
    /// The reaction fence once the summary of this revision is known to stand at `at`.
    pub fn fence_at(&mut self, at: SlackTime) {
        if self.approval.fence.is_none() {
            self.approval.fence = Some(at);
        }
    }
    /// Whether it is for the approvers to do something: while somebody asks for changes, it is for the author.
    pub fn waits_for_approval(&self) -> bool {
        self.life.goes_on()
            && self.approval.quorum > 0
            && !self.approval.reached(self.shown.revision)
            && self.approval.changes_asked.is_empty()
    }
    /// Whether the summary is in the channel.
    pub fn is_shown(&self) -> bool {
        matches!(self.posting.summary, Slot::Shown { .. })
    }
}
