//! From an effect and the scope as it is now to the page that says it: one place for all that the bot says by itself.

use crate::domain::document::{Document, Spans};
use crate::domain::effect::{ChangesAsked, Dm, Effect, Note};
use crate::domain::ids::{ChannelId, MessageTs, Revision, Timestamp, UserId};
use crate::domain::kit;
use crate::domain::life::Life;
use crate::domain::notes::{self, About, Count, direct, quiet, thread};
use crate::domain::posting::{Piece, Slot};
use crate::domain::scope::{Axis, Ending, Posted, Scope, Stage};
use crate::domain::summary::stored::{approval_state, summary_page};
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
        Effect::Retract(channel, ts) => {
            Saying::Update { place: Place { channel: channel.clone(), ts: ts.clone() }, document: notes::erased(words) }
        }
        // What was said of it went with it.
        _ if matches!(scope.stage, Stage::Ended(Ending::Erased | Ending::Lapsed)) => Saying::Nothing,
        Effect::Refresh(piece) => refresh(*piece, scope, words),
        Effect::Note(note) => match (scope.posted(), thread_of(scope)) {
            (Some(posted), Some(place)) => {
                Saying::New { to: To::Thread(place), document: note_page(note, posted, words) }
            }
            _ => Saying::NoThread,
        },
        Effect::Dm(person, dm) if is_past(dm, person, scope) => {
            tracing::debug!(scope.id = %scope.id, user.id = %person, "a reminder is not needed any more");
            Saying::Nothing
        }
        Effect::Dm(person, dm) => {
            Saying::New { to: To::Person(person.clone()), document: dm_page(dm, person, scope, link, words) }
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
        Effect::Supersede(ts) => supersede(ts, scope, link, words),
        Effect::Learn(_) => Saying::Nothing,
    }
}

/// A twin that is not the summary itself by now.
fn supersede(ts: &MessageTs, scope: &Scope, link: Option<&str>, words: &Words) -> Saying {
    let Some(posted) = scope.posted() else { return Saying::Nothing };
    let Some(twin) = posted.posting.twins.iter().find(|twin| twin.ts == *ts) else { return Saying::Nothing };
    let title = Spans::from(crate::domain::document::Span::typed(&posted.shown.title));
    let place = Place { channel: twin.channel.clone(), ts: twin.ts.clone() };
    Saying::Update { place, document: thread::superseded(&title, link, words) }
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

/// Whether the message should carry a link to the summary.
pub(super) fn wants_link(effect: &Effect) -> bool {
    matches!(effect, Effect::Dm(..) | Effect::Supersede(_))
}

fn refresh(piece: Piece, scope: &Scope, words: &Words) -> Saying {
    let Some(posted) = scope.posted() else { return Saying::Nothing };
    let shown = &posted.shown;
    let document = match piece {
        Piece::Summary => summary_page(scope, posted, words),
        Piece::Kit => kit::kit(&shown.brief, &shown.sentences, words).context(&words.kit.days_later),
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

fn note_page(note: &Note, posted: &Posted, words: &Words) -> Document {
    match note {
        Note::Approved(counted) => thread::approved(&counted.by, count(counted.given, counted.quorum), words),
        Note::Withdrawn(counted) => thread::withdrawn(&counted.by, count(counted.given, counted.quorum), words),
        Note::ChangesAsked(ChangesAsked { by, ticks, comment, revision }) => {
            let ticks: Vec<_> = ticks.iter().copied().collect();
            let comment = comment.as_ref().map(|text| text.as_str());
            if posted.approval.is_same_text(*revision, posted.shown.revision) {
                thread::changes_asked(by, &ticks, comment, words)
            } else {
                thread::changes_asked_earlier(by, *revision, &ticks, comment, words)
            }
        }
        Note::Revised(revised) => {
            let axes: Vec<Axis> = revised.axes.iter().copied().collect();
            let approvals = match (revised.approvals, posted.approval.quorum) {
                (0, _) | (_, 0) => thread::Approvals::None,
                _ => thread::Approvals::Some,
            };
            thread::revision(revised.revision, &axes, approvals, words)
        }
        Note::Stepped(stepped) => thread::stepped(&stepped.by, &stepped.step, words),
        Note::Passed(passed) => thread::passed(passed, words),
        Note::AuthorLeft(who) => thread::author_left(who, words),
    }
}

fn count(given: u32, quorum: u32) -> Count {
    Count { given: given as usize, quorum }
}

/// Whether a reminder has come to nothing by the time it would be said.
fn is_past(dm: &Dm, person: &UserId, scope: &Scope) -> bool {
    let Some(posted) = scope.posted() else {
        // Of a draft that is over nothing is left that could be kept.
        let expiring = matches!(dm, Dm::Expiring) && scope.draft().is_none();
        return expiring || matches!(dm, Dm::Nudge | Dm::BeforeStart);
    };
    match dm {
        Dm::Expiring => true,
        Dm::Nudge => {
            let standing = posted.approval.standing(posted.shown.revision);
            !posted.waits_for_approval() || standing.contains(person)
        }
        Dm::BeforeStart => start_of(&posted.life).is_none(),
        _ => false,
    }
}

fn start_of(life: &Life) -> Option<Timestamp> {
    match life {
        Life::Filled { hire, .. } => hire.start(),
        _ => None,
    }
}

fn dm_page(dm: &Dm, person: &UserId, scope: &Scope, link: Option<&str>, words: &Words) -> Document {
    let title = match (scope.posted(), scope.draft()) {
        (Some(posted), _) => crate::domain::document::Span::typed(&posted.shown.title).into(),
        (None, Some(draft)) => draft_title(&draft.answers, words),
        (None, None) => (&words.lists.untitled).into(),
    };
    let revision = scope.posted().map_or(Revision::FIRST, |posted| posted.shown.revision);
    let about = About { scope: &scope.id, title: &title, revision, link };
    match (dm, scope.posted()) {
        (Dm::Posted, Some(posted)) => {
            direct::posted(about, &posted.channel, &posted.shown.sentences, &approval_state(posted), words)
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
        (Dm::Hindered(hindrance), Some(posted)) => direct::hindered(about, &posted.channel, *hindrance, words),
        (Dm::Stepped(stepped), _) => direct::stepped(about, &stepped.by, &stepped.step, words),
        (Dm::Passed(passed), _) => direct::passed(about, person, passed, words),
        (Dm::Nudge, Some(posted)) => {
            direct::nudge(about, &scope.author, posted.shown.posted_at, &posted.shown.sentences, words)
        }
        (Dm::BeforeStart, Some(posted)) => {
            direct::before_start(about, start_of(&posted.life).unwrap_or(scope.touched), words)
        }
        (Dm::Expired, _) => direct::expired(scope.touched, words),
        (Dm::Posted | Dm::Voided(_) | Dm::Nudge | Dm::BeforeStart | Dm::Hindered(_), None) => {
            quiet::refused(quiet::Refusal::DraftGone, words)
        }
    }
}

/// Slack's own word for a refusal, as people are told. Source: slack-platform, "Permanent errors".
fn failure_of(why: &str) -> Failure {
    match why {
        "not_in_channel" => Failure::NotInChannel,
        "channel_not_found" | "is_archived" => Failure::ChannelGone,
        "message_not_found" => Failure::Deleted,
        "account_inactive" | "token_revoked" | "invalid_auth" | "not_authed" | "missing_scope" => Failure::Token,
        why if why.starts_with("restricted_action") => Failure::NotAllowed,
        _ => Failure::Other,
    }
}
