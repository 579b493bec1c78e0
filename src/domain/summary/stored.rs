//! The message of a scope as it is stored: in the hiring channel, and in a window for whoever decides at Home.

use super::{Acknowledged, Approval, SummaryView, presses, summary_of};
use crate::domain::approval::{Approval as Marks, Weight};
use crate::domain::document::{Document, Span};
use crate::domain::ids::{Timestamp, UserId};
use crate::domain::scope::{Posted, Scope};
use crate::domain::wording::Words;

/// The message, with the buttons that its state calls for.
pub fn summary_page(scope: &Scope, posted: &Posted, words: &Words) -> Document {
    let shown = &posted.shown;
    let acknowledged = shown
        .acknowledged
        .iter()
        .map(|one| Acknowledged {
            warning: words.summary.label.language_first.as_str().to_owned(),
            reason: one.reason.clone(),
        })
        .collect();
    let approval = approval_state(posted);
    let view = SummaryView {
        buttons: presses(&approval, &posted.life, posted.author, shown.revision),
        scope: &scope.id,
        title: Span::typed(&shown.title).into(),
        sentences: &shown.sentences,
        brief: &shown.brief,
        author: &scope.author,
        revision: shown.revision,
        approval,
        acknowledged,
        life: posted.life.clone(),
        presence: posted.author,
    };
    summary_of(&view, words)
}

/// How far the approval is, from the marks that count for the shown text.
pub fn approval_state(posted: &Posted) -> Approval {
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
    let changes = changes_asked.iter().cloned().collect();
    Approval::Asked { quorum: *quorum, approvals, changes, emoji: reactions.iter().cloned().collect() }
}
