//! Who counts. An approval is a *mark* (a reaction or a press) of an entitled person, for the revision they saw.
//!
//! Marks are kept per person and source; the greatest time of Slack's wins; a person has approved while one of their
//! marks stands. [`Entitled`] can be made in this file only, so nothing else can let anybody in.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{Revision, SlackTime, Timestamp, UserId};
use super::person::{Person, PersonKind};
use super::policy::Policy;

/// How an approval was given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// By a reaction with this emoji, without skin tone.
    Reaction(String),
    /// By the button.
    Button,
    /// By a reaction with this emoji to a twin of the summary, which shows one revision for as long as it shows any.
    Twin(String),
}

impl Source {
    /// The emoji, for a reaction.
    pub fn emoji(&self) -> Option<&str> {
        match self {
            Source::Reaction(name) | Source::Twin(name) => Some(name),
            Source::Button => None,
        }
    }
}

/// Given or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gesture {
    /// The reaction was added, the button pressed.
    Given,
    /// The reaction was removed, "Withdraw mine" pressed.
    Taken,
}

/// A reaction or press as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Who.
    pub person: UserId,
    /// How.
    pub source: Source,
    /// Given or taken back.
    pub gesture: Gesture,
    /// Slack's time of it.
    pub at: SlackTime,
    /// For a press: the revision the button named. For a reaction to a twin: the revision it shows; `None` once it
    /// shows none.
    pub revision: Option<Revision>,
}

/// Why an attempt does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotCounted {
    /// Not among the approvers.
    NotAnApprover,
    /// The scope's own author.
    Author,
    /// A guest.
    Guest,
    /// Somebody of another company.
    Outsider,
    /// A bot; it gets no word.
    Bot,
    /// Deactivated; there is nobody to tell.
    Deactivated,
    /// For a text that has changed since: the button for the new revision is offered.
    OlderText,
    /// No approval is asked for.
    NobodyAsked,
    /// The search is filled or closed.
    NotOpen,
    /// Slack did not say who they are, for a day.
    Unknown,
}

impl NotCounted {
    /// The key in audit rows and `prompts/`.
    pub fn key(self) -> &'static str {
        match self {
            NotCounted::NotAnApprover => "not_an_approver",
            NotCounted::Author => "author",
            NotCounted::Guest => "guest",
            NotCounted::Outsider => "outsider",
            NotCounted::Bot => "bot",
            NotCounted::Deactivated => "deactivated",
            NotCounted::OlderText => "older_text",
            NotCounted::NobodyAsked => "nobody_asked",
            NotCounted::NotOpen => "not_open",
            NotCounted::Unknown => "unknown",
        }
    }
    /// Every reason.
    pub const ALL: &'static [NotCounted] = &[
        NotCounted::NotAnApprover,
        NotCounted::Author,
        NotCounted::Guest,
        NotCounted::Outsider,
        NotCounted::Bot,
        NotCounted::Deactivated,
        NotCounted::OlderText,
        NotCounted::NobodyAsked,
        NotCounted::NotOpen,
        NotCounted::Unknown,
    ];
}

/// What the directory says of the person concerned, fresh enough to decide by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether they are among the approvers.
    pub listed: Listed,
    /// Who they are; `None` while Slack has not been asked.
    pub person: Option<Person>,
}

/// Whether somebody is among the approvers, by id or by user group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Yes.
    Yes,
    /// No.
    No,
    /// A user group has not been read yet, so nobody can tell.
    Unknown,
}

/// Proof that a person may approve a certain scope. Only [`entitled`] makes it (and the store reads back what was made).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitled(UserId);

impl Entitled {
    /// Who.
    pub fn person(&self) -> &UserId {
        &self.0
    }
    /// Reads back a proof from a stored record; no other room may call it (a test holds that).
    pub fn from_record(person: UserId) -> Self {
        Entitled(person)
    }
}

/// What the directory makes of somebody's wish to approve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entitlement {
    /// They may.
    Yes(Entitled),
    /// They may not.
    No(NotCounted),
    /// Not known yet; somebody has to be asked.
    NotKnown,
}

/// Whether this person may approve a scope of this author.
pub fn entitled(who: &UserId, author: &UserId, policy: &Policy, standing: &Standing) -> Entitlement {
    let person = standing.person.as_ref().filter(|person| person.id == *who);
    // First who gets no word, then why the others do not count.
    match person.map(|person| person.kind) {
        Some(PersonKind::Bot) => return Entitlement::No(NotCounted::Bot),
        Some(PersonKind::Deactivated) => return Entitlement::No(NotCounted::Deactivated),
        _ if !policy.asks_for_approval() => return Entitlement::No(NotCounted::NobodyAsked),
        Some(PersonKind::Guest) => return Entitlement::No(NotCounted::Guest),
        Some(PersonKind::Outsider) => return Entitlement::No(NotCounted::Outsider),
        Some(PersonKind::Member) | None => {}
    }
    if who == author {
        return Entitlement::No(NotCounted::Author);
    }
    match (standing.listed, person) {
        (Listed::No, Some(_)) => Entitlement::No(NotCounted::NotAnApprover),
        (Listed::Yes, Some(_)) => Entitlement::Yes(Entitled(who.clone())),
        (_, None) | (Listed::Unknown, _) => Entitlement::NotKnown,
    }
}

/// What became of a standing mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weight {
    /// Waits until the directory holds the person.
    Undecided,
    /// Counts.
    Counts(Entitled),
    /// Taken back; kept so that an older "given" that arrives late changes nothing.
    Taken,
}

/// A mark as the scope keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standmark {
    /// Slack's time of the newest gesture.
    pub at: SlackTime,
    /// The revision it is for.
    pub revision: Revision,
    /// What became of it.
    pub weight: Weight,
}

/// Ticks under "Ask for changes".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeAsked {
    /// The type is doubtful.
    Type,
    /// The load looks guessed.
    Load,
    /// The team is unclear.
    Team,
    /// A language is used as a filter.
    Language,
    /// Details are missing.
    Details,
}

impl ChangeAsked {
    /// In the order in which people see them.
    pub const ALL: &'static [ChangeAsked] =
        &[ChangeAsked::Type, ChangeAsked::Load, ChangeAsked::Team, ChangeAsked::Language, ChangeAsked::Details];
    /// The key in stores, forms and `prompts/`.
    pub fn key(self) -> &'static str {
        match self {
            ChangeAsked::Type => "type",
            ChangeAsked::Load => "load",
            ChangeAsked::Team => "team",
            ChangeAsked::Language => "language",
            ChangeAsked::Details => "details",
        }
    }
    /// Reads what [`Self::key`] wrote.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|tick| tick.key() == key)
    }
}

/// The approval of a posted scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Approvals needed, fixed at posting; 0 when nobody is asked.
    pub quorum: u32,
    /// Emoji that approve, fixed at posting.
    pub reactions: BTreeSet<String>,
    /// The first revision with the sentences, code state and language now shown: what was approved of it and of those
    /// after it is the text that stands.
    pub since: Revision,
    /// A reaction made at or before this time was made for an older text. `None` while Slack has not yet told when it
    /// showed this one; reactions wait for that.
    pub fence: Option<SlackTime>,
    /// The marks, by person and source.
    pub marks: BTreeMap<(UserId, Source), Standmark>,
    /// Who has had the quiet word that their attempt does not count.
    pub told: BTreeSet<UserId>,
    /// Who asked for changes of the shown revision.
    pub changes_asked: BTreeSet<UserId>,
    /// When the quorum was first reached for the shown revision.
    pub approved_at: Option<Timestamp>,
}

impl Approval {
    /// Whether this revision says what `shown` says, but for details.
    pub fn is_same_text(&self, revision: Revision, shown: Revision) -> bool {
        (self.since..=shown).contains(&revision)
    }
    /// Whether this mark counts for what is shown.
    pub fn counts(&self, key: &(UserId, Source)) -> bool {
        matches!(self.marks.get(key), Some(Standmark { weight: Weight::Counts(_), .. }))
    }
    /// A twin has become the summary: what was a reaction to the one is a reaction to the other. What is not decided stays what
    /// it was, since it is decided by when the text was shown.
    pub fn trade_places(&mut self) {
        let (waiting, decided): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.marks).into_iter().partition(|(_, mark)| mark.weight == Weight::Undecided);
        let traded = decided.into_iter().map(|((person, source), mark)| {
            let source = match source {
                Source::Reaction(emoji) => Source::Twin(emoji),
                Source::Twin(emoji) => Source::Reaction(emoji),
                Source::Button => Source::Button,
            };
            ((person, source), mark)
        });
        self.marks = traded.collect();
        for (key, mark) in waiting {
            self.marks.entry(key).or_insert(mark);
        }
    }
    /// Forgets what was taken back longest ago, beyond so many.
    pub fn forget_taken(&mut self, kept: usize) {
        let mut taken: Vec<(SlackTime, (UserId, Source))> = self
            .marks
            .iter()
            .filter(|(_, mark)| mark.weight == Weight::Taken)
            .map(|(key, mark)| (mark.at, key.clone()))
            .collect();
        taken.sort();
        for (_, key) in taken.iter().take(taken.len().saturating_sub(kept)) {
            self.marks.remove(key);
        }
    }
    /// Whose approval of this revision stands.
    pub fn standing(&self, revision: Revision) -> BTreeSet<&UserId> {
        self.marks
            .iter()
            .filter(|(_, mark)| mark.revision == revision)
            .filter_map(|(_, mark)| match &mark.weight {
                Weight::Counts(entitled) => Some(entitled.person()),
                _ => None,
            })
            .collect()
    }
    /// Whether this revision has its quorum.
    pub fn reached(&self, revision: Revision) -> bool {
        self.quorum > 0 && self.standing(revision).len() >= self.quorum as usize
    }
}

#[cfg(test)]
mod tests;
