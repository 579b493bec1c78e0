//! What the reactions that stand under a summary say beyond the marks that are known, after events were lost. Slack tells
//! who reacts, not since when; so each such mark takes the least time that lets it count, and whatever Slack tells later
//! of the same person comes after it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::approval::{Gesture, Mark, Source, Weight};
use super::ids::{Revision, SlackTime, UserId};
use super::posting::{Slot, Twin, TwinText};
use super::scope::Posted;

/// A mark younger than this is not taken back: Slack may not show its reaction everywhere yet.
pub const SETTLED_AFTER: Duration = Duration::from_secs(60);

/// One emoji under a message, as it stands. Skin tones are one emoji.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenReaction {
    /// The emoji, without colons and skin tone.
    pub emoji: String,
    /// Who reacts with it, as far as Slack names them.
    pub people: BTreeSet<UserId>,
    /// Whether these are all.
    pub named: Named,
}

/// Whether Slack names everybody who reacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Yes.
    All,
    /// It counts more than it names.
    Some,
}

/// The marks that bring what is known up to what stands: reactions that nobody told of, and approvals whose reaction is
/// gone. A person is added only while the scope has one revision, since nobody can say for which text a reaction was made.
pub fn missed(posted: &Posted, seen: &[SeenReaction], now: SlackTime) -> Vec<Mark> {
    let approval = &posted.approval;
    approval.reactions.iter().flat_map(|emoji| of_emoji(posted, emoji, seen, now)).collect()
}

fn of_emoji(posted: &Posted, emoji: &str, seen: &[SeenReaction], now: SlackTime) -> Vec<Mark> {
    let (approval, source) = (&posted.approval, Source::Reaction(emoji.to_owned()));
    let of_it = || seen.iter().filter(|one| one.emoji == emoji);
    let people: BTreeSet<&UserId> = of_it().flat_map(|one| &one.people).collect();
    let mark = |person: &UserId, gesture, after| Mark { gesture, ..mark(person, &source, after) };
    let mut marks = Vec::new();
    if let (Revision::FIRST, Some(fence)) = (posted.shown.revision, approval.fence) {
        for person in &people {
            match approval.marks.get(&((*person).clone(), source.clone())) {
                None => marks.push(mark(person, Gesture::Given, fence)),
                Some(known) if known.weight == Weight::Taken => marks.push(mark(person, Gesture::Given, known.at)),
                Some(_) => {}
            }
        }
    }
    let Slot::Shown { ts, .. } = &posted.posting.summary else { return marks };
    if of_it().all(|one| one.named == Named::All) {
        for ((person, of), known) in &approval.marks {
            // One made under an earlier message of this summary cannot be seen here.
            let of_this_message = known.at > ts.time();
            let stands = known.weight != Weight::Taken && !is_young(known.at, now);
            if *of == source && stands && of_this_message && !people.contains(person) {
                marks.push(mark(person, Gesture::Taken, known.at));
            }
        }
    }
    marks
}

/// The same for reactions to twins of the summary, of which each shows one revision for as long as it shows any: whoever
/// reacts to one that shows the text that stands is added, and whose reaction stands under none is taken back. `seen`: every
/// twin, and what stands under it.
pub fn missed_on_twins(posted: &Posted, seen: &[(Twin, Vec<SeenReaction>)], now: SlackTime) -> Vec<Mark> {
    let approval = &posted.approval;
    let of_emoji = |emoji: &String| {
        let source = Source::Twin(emoji.clone());
        let under =
            |reactions: &'_ [SeenReaction]| reactions.iter().filter(|one| one.emoji == *emoji).cloned().collect();
        let under: Vec<(&Twin, Vec<SeenReaction>)> = seen.iter().map(|(twin, all)| (twin, under(all))).collect();
        let people: BTreeSet<&UserId> = under.iter().flat_map(|(_, all)| all).flat_map(|one| &one.people).collect();
        let mut marks: BTreeMap<UserId, Mark> = BTreeMap::new();
        for (twin, reactions) in &under {
            let shows = twin.text == TwinText::Shown && approval.is_same_text(twin.revision, posted.shown.revision);
            for person in reactions.iter().flat_map(|one| &one.people).filter(|_| shows) {
                let after = match approval.marks.get(&(person.clone(), source.clone())) {
                    None => twin.ts.time(),
                    Some(known) if known.weight == Weight::Taken => known.at,
                    Some(_) => continue,
                };
                marks.insert(person.clone(), Mark { revision: Some(twin.revision), ..mark(person, &source, after) });
            }
        }
        let all_named = under.iter().flat_map(|(_, all)| all).all(|one| one.named == Named::All);
        for ((person, of), known) in approval.marks.iter().filter(|_| all_named && !seen.is_empty()) {
            let stands = known.weight != Weight::Taken && !is_young(known.at, now);
            if *of == source && stands && !people.contains(person) {
                marks.insert(person.clone(), Mark { gesture: Gesture::Taken, ..mark(person, &source, known.at) });
            }
        }
        marks.into_values().collect::<Vec<_>>()
    };
    approval.reactions.iter().flat_map(of_emoji).collect()
}

/// A reaction, put on right after that moment.
fn mark(person: &UserId, source: &Source, after: SlackTime) -> Mark {
    let at = SlackTime(after.0.saturating_add(1));
    Mark { person: person.clone(), source: source.clone(), gesture: Gesture::Given, at, revision: None }
}

/// Whether Slack may not show everywhere yet what was done then.
fn is_young(at: SlackTime, now: SlackTime) -> bool {
    let settled = u64::try_from(SETTLED_AFTER.as_micros()).unwrap_or(u64::MAX);
    at.0.saturating_add(settled) > now.0
}

#[cfg(test)]
mod tests;
