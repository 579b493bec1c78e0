//! An independent reading of who has approved: no state, only the log of all that arrived, read from its beginning
//! each time. It gives two sets: who must stand, and who may; whatever it leaves open, the bot may decide.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::approval::{Gesture, Listed, Mark, Source};
use crate::domain::ids::{Revision, SlackTime, UserId};
use crate::domain::person::PersonKind;

use super::story::{ADA, CHECK, user};

/// What is known of whoever is concerned, in three words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    May,
    MayNot,
    Unclear,
}

/// The rule in one sentence: a known member, listed, who is not the author.
pub fn verdict(who: &UserId, listed: Listed, kind: Option<PersonKind>) -> Verdict {
    if *who == user(ADA) {
        return Verdict::MayNot;
    }
    match (kind, listed) {
        (None, _) | (Some(PersonKind::Member), Listed::Unknown) => Verdict::Unclear,
        (Some(PersonKind::Member), Listed::Yes) => Verdict::May,
        (Some(_), _) => Verdict::MayNot,
    }
}

#[derive(Debug, Clone)]
pub enum Entry {
    Marked(Mark, Verdict),
    Learnt(UserId, Verdict),
    /// A revision was posted whose text differs by more than details.
    NewText(Revision),
    /// A revision was posted that differs by details.
    NewDetails(Revision),
    /// Slack told when it first showed a text of this revision.
    Fenced(Revision, SlackTime),
}

#[derive(Debug, Default)]
pub struct Log(pub Vec<Entry>);

/// When a mark came, the mark, and what was known of its person then.
type Told<'a> = (usize, &'a Mark, Verdict);

/// Who must have approved and who may have.
#[derive(Debug)]
pub struct Bounds {
    pub must: BTreeSet<UserId>,
    pub may: BTreeSet<UserId>,
}

/// What arrived since the text last changed.
struct Since<'a> {
    entries: &'a [Entry],
    first: Revision,
}

impl Since<'_> {
    /// Which revisions had this text when the entry at this index came, newest last.
    fn revisions(&self, index: usize) -> Vec<Revision> {
        let later = self.entries[..index].iter().filter_map(|entry| match entry {
            Entry::NewDetails(revision) => Some(*revision),
            _ => None,
        });
        std::iter::once(self.first).chain(later).collect()
    }
    /// The fence, if it was known when the entry at this index came.
    fn fence(&self, index: usize) -> Option<SlackTime> {
        self.entries[..index].iter().enumerate().find_map(|(place, entry)| match entry {
            Entry::Fenced(revision, at) if self.revisions(place).contains(revision) => Some(*at),
            _ => None,
        })
    }
    /// Whether this mark, which came at `came`, is for this text as far as is known at `index`; `None`: not known.
    fn for_this_text(&self, mark: &Mark, came: usize, index: usize) -> Option<bool> {
        match mark.source {
            Source::Button | Source::Twin(_) => {
                Some(mark.revision.is_some_and(|named| self.revisions(came).contains(&named)))
            }
            Source::Reaction(_) => self.fence(index).map(|fence| mark.at > fence),
        }
    }
    /// Whether this mark counted from its arrival at `came`, or once its person or the fence was known.
    fn counted(&self, mark: &Mark, at_arrival: Verdict, came: usize) -> bool {
        match (at_arrival, self.for_this_text(mark, came, came)) {
            (Verdict::May, Some(yes)) => return yes,
            (Verdict::MayNot, _) => return false,
            (Verdict::May, None) | (Verdict::Unclear, _) => {}
        }
        for (index, entry) in self.entries.iter().enumerate().skip(came) {
            let Entry::Learnt(person, verdict) = entry else { continue };
            if *person != mark.person {
                continue;
            }
            match (verdict, self.for_this_text(mark, came, index)) {
                (Verdict::May, Some(yes)) => return yes,
                (Verdict::MayNot, _) => return false,
                (Verdict::May, None) | (Verdict::Unclear, _) => {}
            }
        }
        false
    }
}

impl Log {
    pub fn bounds(&self) -> Bounds {
        let begin = self.0.iter().rposition(|entry| matches!(entry, Entry::NewText(_))).unwrap_or(0);
        let first = match self.0.get(begin) {
            Some(Entry::NewText(revision)) => *revision,
            _ => panic!("a log begins with the first text"),
        };
        let since = Since { entries: &self.0[begin..], first };
        let mut told: BTreeMap<(UserId, Source), Vec<Told<'_>>> = BTreeMap::new();
        for (came, entry) in since.entries.iter().enumerate() {
            if let Entry::Marked(mark, verdict) = entry {
                let accepted = mark.source == Source::Button || mark.source == Source::Reaction(CHECK.to_owned());
                if accepted {
                    told.entry((mark.person.clone(), mark.source.clone())).or_default().push((came, mark, *verdict));
                }
            }
        }
        let (mut must, mut may) = (BTreeSet::new(), BTreeSet::new());
        for ((person, _), marks) in told {
            // Of marks delivered twice the first is meant.
            let newest = marks.iter().rev().max_by_key(|(_, mark, _)| mark.at);
            let Some((came, mark, verdict)) = newest.filter(|(_, mark, _)| mark.gesture == Gesture::Given) else {
                continue;
            };
            if since.counted(mark, *verdict, *came) {
                must.insert(person.clone());
            }
            let given = || marks.iter().filter(|(_, mark, _)| mark.gesture == Gesture::Given);
            // One that counted at once, in its order, is ended by nothing but a later one taken back.
            let at_once = given().any(|(came, mark, verdict)| {
                let counted = *verdict == Verdict::May && since.for_this_text(mark, *came, *came) == Some(true);
                let ended = marks.iter().any(|(other_came, other, _)| {
                    other.at >= mark.at && (other.gesture == Gesture::Taken || other_came < came)
                });
                counted && !ended
            });
            if at_once {
                must.insert(person.clone());
            }
            if given().any(|(came, mark, verdict)| since.counted(mark, *verdict, *came)) {
                may.insert(person);
            }
        }
        Bounds { must, may }
    }
}
