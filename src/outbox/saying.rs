//! From an effect and the scope as it is now to the page that says it: one place for all that the bot says by itself.

use crate::domain::approval::{Approval as Marks, Weight};
use crate::domain::document::{Document, Press, Spans};
use crate::domain::effect::{ChangesAsked, Dm, Effect, Note};
use crate::domain::ids::{ChannelId, Revision, Timestamp, UserId};
use crate::domain::kit;
use crate::domain::notes::{self, About, Count, direct, quiet, thread};
use crate::domain::posting::{Piece, Slot};
use crate::domain::scope::{Axis, Posted, Scope};
use crate::domain::summary::{Acknowledged, Approval, Life, SummaryView, summary_of};
use crate::domain::title::draft_title;
use crate::domain::wording::Words;
use crate::domain::wording::notes::Failure;
use crate::store::Place;

use super::mouth::To;
use super::thread_of;

/// What to do about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Saying {
    /// Nothing any more: the scope has moved on.
    Nothing,
    /// What it hangs on does not stand in Slack.
    NoThread,
    /// A new message.
    New {
        /// Where.
        to: To,
        /// What.
        document: Document,
    },
    /// One of ours, changed.
    Update {
        /// Where.
        place: Place,
        /// What.
        document: Document,
    },
    /// For one person in a channel.
    Quiet {
        /// The channel.
        channel: ChannelId,
        /// The person.
        person: UserId,
        /// What.
        document: Document,
    },
}

/// What an effect says, given the scope as it is now. `link` leads to the summary, where there is one.
pub(super) fn saying(effect: &Effect, scope: &Scope, link: Option<&str>, words: &Words) -> Saying {
    match effect {
        Effect::Refresh(piece) => refresh(*piece, scope, words),
        Effect::Note(note) => match (scope.posted(), thread_of(scope)) {
            (Some(posted), Some(place)) => {
                Saying::New { to: To::Thread(place), document: note_page(note, posted, words) }
            }
            _ => Saying::NoThread,
        },
        Effect::Dm(person, dm) => {
            Saying::New { to: To::Person(person.clone()), document: dm_page(dm, scope, link, words) }
        }
        Effect::QuietWord(person, why) => {
            let Some(posted) = scope.posted() else { return Saying::Nothing };
            let title = Spans::from(crate::domain::document::Span::typed(&posted.shown.title));
            let about = About { scope: &scope.id, title: &title, revision: posted.shown.revision, link: None };
            match quiet::not_counted(*why, about, words) {
                Some(document) => Saying::Quiet { channel: posted.channel.clone(), person: person.clone(), document },
                None => Saying::Nothing,
            }
        }
        Effect::Learn(_) => Saying::Nothing,
    }
}

/// The same page, saying that it may be there twice.
pub(super) fn repeated(document: Document, words: &Words) -> Document {
    notes::repeated(document, words)
}

/// The revision that a message shows.
pub(super) fn revision(effect: &Effect, scope: &Scope) -> Revision {
    match effect {
        Effect::Note(Note::Revised(revised)) | Effect::Dm(_, Dm::Voided(revised)) => revised.revision,
        _ => scope.posted().map_or(Revision::FIRST, |posted| posted.shown.revision),
    }
}

/// Whether the direct message should carry a link to the summary.
pub(super) fn wants_link(effect: &Effect) -> bool {
    matches!(effect, Effect::Dm(..))
}

fn refresh(piece: Piece, scope: &Scope, words: &Words) -> Saying {
    let Some(posted) = scope.posted() else { return Saying::Nothing };
    let shown = &posted.shown;
    let document = match piece {
        Piece::Summary => summary(scope, posted, words),
        Piece::Kit => kit::kit(&shown.brief, &shown.sentences, words),
        Piece::ThirtyDays => kit::thirty_days(&shown.brief, words),
    };
    let place = match posted.posting.slot(piece) {
        Slot::Shown { channel, ts, .. } => Some(Place { channel: channel.clone(), ts: ts.clone() }),
        Slot::Empty | Slot::Waiting | Slot::InDoubt | Slot::Failed { .. } => None,
    };
    match (place, piece) {
        (Some(place), _) => Saying::Update { place, document },
        (None, Piece::Summary) => Saying::New { to: To::Channel(posted.channel.clone()), document },
        (None, Piece::Kit | Piece::ThirtyDays) => match thread_of(scope) {
            Some(thread) => Saying::New { to: To::Thread(thread), document },
            None => Saying::NoThread,
        },
    }
}

fn summary(scope: &Scope, posted: &Posted, words: &Words) -> Document {
    let shown = &posted.shown;
    let acknowledged = shown
        .acknowledged
        .iter()
        .map(|one| Acknowledged {
            warning: words.summary.label.language_first.as_str().to_owned(),
            reason: one.reason.clone(),
        })
        .collect();
    let approval = approval_of(posted);
    let view = SummaryView {
        buttons: buttons(&approval, shown.revision),
        scope: &scope.id,
        title: crate::domain::document::Span::typed(&shown.title).into(),
        sentences: &shown.sentences,
        brief: &shown.brief,
        author: &scope.author,
        revision: shown.revision,
        approval,
        acknowledged,
        life: Life::Open,
    };
    summary_of(&view, words)
}

/// Buttons of equal rank with the reactions; none to approve where nobody is asked, none to withdraw while nothing
/// stands.
fn buttons(approval: &Approval, revision: Revision) -> Vec<Press> {
    let mut buttons = Vec::new();
    if matches!(approval, Approval::Asked { .. }) {
        buttons.extend([Press::Approve, Press::AskForChanges]);
    }
    buttons.extend([Press::Kit, Press::Brief]);
    if revision != Revision::FIRST {
        buttons.push(Press::History);
    }
    if matches!(approval, Approval::Asked { approvals, .. } if !approvals.is_empty()) {
        buttons.push(Press::WithdrawMine);
    }
    buttons
}

/// How far the approval is, from the marks that count for the shown text.
fn approval_of(posted: &Posted) -> Approval {
    let Marks { quorum, reactions, marks, changes_asked, .. } = &posted.approval;
    if *quorum == 0 {
        return Approval::NobodyAsked;
    }
    let revision = posted.shown.revision;
    let mut approvals: Vec<(UserId, Timestamp)> = Vec::new();
    let mut counted: Vec<_> = marks
        .iter()
        .filter(|(_, mark)| {
            matches!(mark.weight, Weight::Counts(_)) && posted.approval.is_same_text(mark.revision, revision)
        })
        .collect();
    counted.sort_by_key(|(_, mark)| mark.at);
    for ((person, _), mark) in counted {
        if !approvals.iter().any(|(known, _)| known == person) {
            approvals.push((person.clone(), mark.at.timestamp()));
        }
    }
    let changes = changes_asked.iter().map(|person| (person.clone(), posted.shown.posted_at)).collect();
    Approval::Asked { quorum: *quorum, approvals, changes, emoji: reactions.iter().cloned().collect() }
}

fn note_page(note: &Note, posted: &Posted, words: &Words) -> Document {
    match note {
        Note::Approved(counted) => thread::approved(&counted.by, count(counted.given, counted.quorum), words),
        Note::Withdrawn(counted) => thread::withdrawn(&counted.by, count(counted.given, counted.quorum), words),
        Note::ChangesAsked(ChangesAsked { by, ticks, comment, .. }) => {
            let ticks: Vec<_> = ticks.iter().copied().collect();
            thread::changes_asked(by, &ticks, comment.as_ref().map(|text| text.as_str()), words)
        }
        Note::Revised(revised) => {
            let axes: Vec<Axis> = revised.axes.iter().copied().collect();
            let approvals = match (revised.approvals, posted.approval.quorum) {
                (0, _) | (_, 0) => thread::Approvals::None,
                _ => thread::Approvals::Some,
            };
            thread::revision(revised.revision, &axes, approvals, words)
        }
    }
}

fn count(given: u32, quorum: u32) -> Count {
    Count { given: given as usize, quorum }
}

fn dm_page(dm: &Dm, scope: &Scope, link: Option<&str>, words: &Words) -> Document {
    let title = match (scope.posted(), scope.draft()) {
        (Some(posted), _) => crate::domain::document::Span::typed(&posted.shown.title).into(),
        (None, Some(draft)) => draft_title(&draft.answers, words),
        (None, None) => (&words.lists.untitled).into(),
    };
    let revision = scope.posted().map_or(Revision::FIRST, |posted| posted.shown.revision);
    let about = About { scope: &scope.id, title: &title, revision, link };
    match (dm, scope.posted()) {
        (Dm::Posted, Some(posted)) => {
            direct::posted(about, &posted.channel, &posted.shown.sentences, &approval_of(posted), words)
        }
        (Dm::Approved(counted), _) => direct::approved(about, &counted.by, count(counted.given, counted.quorum), words),
        (Dm::Withdrawn(counted), _) => {
            direct::withdrawn(about, &counted.by, count(counted.given, counted.quorum), words)
        }
        (Dm::ChangesAsked(ChangesAsked { by, ticks, comment, .. }), _) => {
            let ticks: Vec<_> = ticks.iter().copied().collect();
            direct::changes_asked(about, by, &ticks, comment.as_ref().map(|text| text.as_str()), words)
        }
        (Dm::NotPosted(why), _) => direct::not_posted(about, failure_of(why), words),
        (Dm::Voided(revised), Some(posted)) => {
            let axes: Vec<Axis> = revised.axes.iter().copied().collect();
            direct::voided(about, &axes, &posted.shown.sentences, words)
        }
        (Dm::Expiring, _) => {
            let at = scope.due.get(&crate::domain::scope::DueKind::Expiry).copied().unwrap_or(scope.touched);
            direct::expiring(about, at, words)
        }
        (Dm::Expired, _) | (Dm::Posted | Dm::Voided(_), None) => quiet::refused(quiet::Refusal::DraftGone, words),
    }
}

/// Slack's own word for a refusal, as people are told. Source: slack-platform, "Permanent errors".
fn failure_of(why: &str) -> Failure {
    match why {
        "not_in_channel" => Failure::NotInChannel,
        "channel_not_found" | "is_archived" => Failure::ChannelGone,
        "account_inactive" | "token_revoked" | "invalid_auth" | "not_authed" | "missing_scope" => Failure::Token,
        why if why.starts_with("restricted_action") => Failure::NotAllowed,
        _ => Failure::Other,
    }
}
