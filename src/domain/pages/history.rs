//! What happened to a scope: each revision with what it changed, in the old words and the new, and what people did to it.

use super::super::approval::NotCounted;
use super::super::audit::{AuditRow, Deed};
use super::super::document::{DateForm, Document, Span, Spans, Voice};
use super::super::ids::{Revision, Timestamp, UserId};
use super::super::person::Presence;
use super::super::scope::{Axis, Shown};
use super::super::summary::facts;
use super::super::wish::Wish;
use super::super::wording::history::{
    AskedForHole, Came, Done, DoneHole, NotCountedHole, OlderHole, PassedHole, WhenHole,
};
use super::super::wording::{Phrase, RevisionHole, Words};
use crate::domain::document::Block;

/// How many revisions are shown, the newest of all.
pub const SHOWN_REVISIONS: usize = 20;

/// What is known of a scope's past.
#[derive(Debug, Clone, Copy)]
pub struct Trail<'a> {
    /// Its revisions, newest first and without a gap.
    pub revisions: &'a [Shown],
    /// Its audit, oldest first.
    pub audit: &'a [AuditRow],
    /// What was asked to be changed, in words.
    pub wishes: &'a [Wish],
    /// Whether attempts that did not count and wishes that were refused are told.
    pub attempts: Attempts,
}

/// Are attempts that came to nothing told?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempts {
    /// To the author and to approvers.
    Told,
    /// Everybody else is spared them.
    Spared,
}

/// The page.
pub fn history(trail: &Trail<'_>, words: &Words) -> Document {
    let said = &words.history;
    let mut page = Document::new();
    for (at, shown) in trail.revisions.iter().enumerate() {
        page = page.then(revision(shown, trail.revisions.get(at + 1), trail, words));
    }
    match trail.revisions.last().map(|oldest| oldest.revision) {
        Some(Revision::FIRST) if trail.revisions.len() == 1 => page.context(&said.unchanged),
        Some(Revision(oldest)) if oldest > 1 => {
            page.context(said.older.fill(|OlderHole::Count| Span::plain((oldest - 1).to_string())))
        }
        _ => page,
    }
}

/// The same as Markdown, below a title, for an export.
pub fn history_markdown(title: &Spans, trail: &Trail<'_>, words: &Words, voice: &dyn Voice) -> String {
    Document::new().title(title.clone()).then(history(trail, words)).to_markdown(voice)
}

fn revision(shown: &Shown, before: Option<&Shown>, trail: &Trail<'_>, words: &Words) -> Document {
    let said = &words.history;
    let number = shown.revision.0.to_string();
    let rows: Vec<&AuditRow> =
        trail.audit.iter().filter(|row| row.revision.unwrap_or(Revision::FIRST) == shown.revision).collect();
    let poster = rows.iter().find(|row| row.deed == Deed::Posted).and_then(|row| row.by.as_ref());
    let page = Document::new().section(said.revision.fill(|RevisionHole::Revision| Span::plain(number.as_str())));
    let page = page.para(match poster {
        Some(who) => done(&said.posted, who, shown.posted_at),
        None => said.posted_on.fill(|WhenHole::Date| date(shown.posted_at)),
    });
    let page = match before {
        Some(before) => changed(before, shown, words).into_iter().fold(page, Document::then),
        None if shown.revision == Revision::FIRST => {
            page.bullets(shown.sentences.iter().map(|sentence| Span::typed(sentence)))
        }
        None => page,
    };
    page.bullets(rows.into_iter().filter_map(|row| deed(row, trail, words)))
}

/// What differs, axis by axis, in the words of both.
fn changed(before: &Shown, after: &Shown, words: &Words) -> Vec<Document> {
    let said = &words.history;
    let mut axes = before.face().changes_to(&after.face());
    if reasons(before) != reasons(after) {
        axes.insert(Axis::Reason);
    }
    let or_nothing = |spans: Spans| if spans.is_empty() { (&said.nothing).into() } else { spans };
    let one = |axis: Axis| {
        let (old, new) = match axis {
            Axis::Details => details(before, after, words),
            _ => (said_of(axis, before, words), said_of(axis, after, words)),
        };
        Document::new()
            .with(Block::Heading(crate::domain::document::Level::Detail, words.names.axis.of(axis).into()))
            .fact(&said.before, or_nothing(old))
            .fact(&said.now, or_nothing(new))
    };
    axes.into_iter().map(one).collect()
}

fn said_of(axis: Axis, shown: &Shown, words: &Words) -> Spans {
    let [system, scale, team] = &shown.sentences;
    let typed = |text: &str| Spans::from(Span::typed(text));
    let label = &words.summary.label;
    match axis {
        Axis::System => typed(system),
        Axis::Scale => typed(scale),
        Axis::Team => typed(team),
        Axis::Title => typed(&shown.title),
        Axis::Language => fact(shown, label.language.as_str(), words),
        Axis::Code => fact(shown, label.code.as_str(), words),
        Axis::Reason => joined(shown.acknowledged.iter().map(|one| typed(one.reason.as_str()))),
        Axis::Details => Spans::default(),
    }
}

/// The fact under this label, as the summary words it.
fn fact(shown: &Shown, wanted: &str, words: &Words) -> Spans {
    let found = facts(&shown.brief, words).blocks.into_iter().find_map(|block| match block {
        Block::Fact { label, value } if label == wanted => Some(value),
        _ => None,
    });
    found.unwrap_or_default()
}

/// The details that only one of the two has, each with its label.
fn details(before: &Shown, after: &Shown, words: &Words) -> (Spans, Spans) {
    let label = &words.summary.label;
    let apart = [label.language.as_str(), label.code.as_str()];
    let all = |shown: &Shown| -> Vec<(String, Spans)> {
        let details = facts(&shown.brief, words).blocks.into_iter().filter_map(|block| match block {
            Block::Fact { label, value } if !apart.contains(&label.as_str()) => Some((label, value)),
            _ => None,
        });
        details.collect()
    };
    let (old, new) = (all(before), all(after));
    let only = |these: &[(String, Spans)], those: &[(String, Spans)]| {
        let own = these.iter().filter(|one| !those.contains(one));
        joined(own.map(|(label, value)| Spans::from(label.as_str()).and(": ").and(value.clone())))
    };
    (only(&old, &new), only(&new, &old))
}

fn joined(parts: impl Iterator<Item = Spans>) -> Spans {
    parts.fold(Spans::default(), |all, part| if all.is_empty() { part } else { all.and("; ").and(part) })
}

fn reasons(shown: &Shown) -> Vec<&str> {
    shown.acknowledged.iter().map(|one| one.reason.as_str()).collect()
}

/// A deed in words; none for what stands elsewhere on the page, or is not told.
fn deed(row: &AuditRow, trail: &Trail<'_>, words: &Words) -> Option<Spans> {
    let said = &words.history;
    let who = |what| row.by.as_ref().map(|who| done(said.done.of(what), who, row.at));
    let came = |what| Some(said.came.of(what).fill(|WhenHole::Date| date(row.at)));
    let told = trail.attempts == Attempts::Told;
    match &row.deed {
        // Of a deleted scope there is no page.
        Deed::Posted | Deed::Erased | Deed::Lapsed => None,
        Deed::Started => who(Done::Started),
        Deed::Overrode(_) => who(Done::Overrode),
        Deed::Approved(_) => who(Done::Approved),
        Deed::Withdrew(_) => who(Done::Withdrew),
        Deed::AskedForChanges => match trail.wishes.iter().find(|wish| wish.is_of(row.by.as_ref(), row.at)) {
            Some(wish) => Some(asked(wish, words)),
            None => who(Done::AskedForChanges),
        },
        Deed::EditBegun => who(Done::EditBegun),
        Deed::Discarded => who(Done::Discarded),
        Deed::Stepped(kind) => row.by.as_ref().map(|who| done(said.stepped.of(*kind), who, row.at)),
        Deed::HandedOver(to) => passed(&said.handed_over, to, row),
        Deed::TookOver(from) => passed(&said.took_over, from, row),
        Deed::AuthorSeen(Presence::Left) => came(Came::AuthorLeft),
        Deed::AuthorSeen(Presence::Here) => came(Came::AuthorBack),
        Deed::Nudged => came(Came::Nudged),
        Deed::Refused(_) => who(Done::Refused).filter(|_| told),
        Deed::NotCounted(why) => not_counted(*why, row, words).filter(|_| told),
        Deed::QuorumReached => came(Came::QuorumReached),
        Deed::QuorumLost => came(Came::QuorumLost),
        Deed::Expired => came(Came::Expired),
        Deed::NotDelivered(_) => came(Came::NotDelivered),
    }
}

/// Who asked when, and for what: ticks and comment, on one line.
fn asked(wish: &Wish, words: &Words) -> Spans {
    let ticks = wish.asked.ticks.iter().map(|tick| Spans::from(words.names.tick.of(*tick)));
    let comment = wish.asked.comment.iter().map(|comment| {
        let line = comment.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        Spans::from("“").and(Span::typed(&line)).and("”")
    });
    let what = joined(ticks.chain(comment));
    words.history.asked_for.fill(|hole| -> Spans {
        match hole {
            AskedForHole::Who => Span::Mention(wish.asked.by.clone()).into(),
            AskedForHole::Date => date(wish.at).into(),
            AskedForHole::What => what.clone(),
        }
    })
}

fn not_counted(why: NotCounted, row: &AuditRow, words: &Words) -> Option<Spans> {
    let who = row.by.as_ref()?;
    Some(words.history.not_counted.fill(|hole| match hole {
        NotCountedHole::Who => Span::Mention(who.clone()),
        NotCountedHole::Why => Span::plain(words.history.why.of(why).as_str()),
        NotCountedHole::Date => date(row.at),
    }))
}

fn passed(phrase: &Phrase<PassedHole>, other: &UserId, row: &AuditRow) -> Option<Spans> {
    let who = row.by.as_ref()?;
    Some(phrase.fill(|hole| match hole {
        PassedHole::Who => Span::Mention(who.clone()),
        PassedHole::Other => Span::Mention(other.clone()),
        PassedHole::Date => date(row.at),
    }))
}

fn done(phrase: &Phrase<DoneHole>, who: &UserId, at: Timestamp) -> Spans {
    phrase.fill(|hole| match hole {
        DoneHole::Who => Span::Mention(who.clone()),
        DoneHole::Date => date(at),
    })
}

fn date(at: Timestamp) -> Span {
    Span::Date(at, DateForm::DayAndTime)
}
