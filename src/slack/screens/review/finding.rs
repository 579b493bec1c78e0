//! A finding under its sentence: the words, the reason, what to do; mended in place, or meant and given a reason.

use std::collections::BTreeSet;

use slack_morphism::prelude::SlackBlock;

use super::super::questions::Sheet;
use super::super::{button, part};
use crate::app::intent::ScreenKind;
use crate::app::screen::{FindingShown, ReviewScreen};
use crate::domain::answers::Question;
use crate::domain::document::{Document, Press, Span, Spans};
use crate::domain::wording::Words;
use crate::domain::wording::form::KeptHole;
use crate::domain::wording::review::RewriteHole;
use crate::slack::blocks::field::{self, Choice, ChoiceText, Need, Report};
use crate::slack::ids::{BlockId, Element, Generation, TICKED};
use crate::slack::reading::REASON_LIMIT;

/// What stands in the window already: Slack refuses two blocks of one id.
#[derive(Debug, Default)]
pub(super) struct Shown {
    mended: BTreeSet<Question>,
    rewrite: bool,
    reason: bool,
}

impl Shown {
    /// Whether this question has its field under a finding.
    pub(super) fn has(&self, question: Question) -> bool {
        self.mended.contains(&question)
    }
}

/// So many characters of the words tell whether a reason quotes them.
const QUOTED: usize = 20;

pub(super) fn blocks(
    finding: &FindingShown,
    screen: &ReviewScreen,
    sheet: &Sheet<'_>,
    shown: &mut Shown,
    words: &Words,
) -> Vec<SlackBlock> {
    let mut blocks = part(&Document::new().para(said(finding, words)));
    blocks.extend(mend(finding, sheet, shown, words));
    if let Some(rewrite) = finding.rewrite.as_ref().filter(|_| !shown.rewrite) {
        shown.rewrite = true;
        let line = words.review.finding.rewrite.fill(|RewriteHole::Rewrite| Span::typed(rewrite));
        let offer = button(Press::UseRewrite, words).about(&screen.scope);
        blocks.extend(part(&Document::new().para(line).actions(vec![offer])));
    }
    if finding.needs_reason && !shown.reason {
        shown.reason = true;
        blocks.extend(on_purpose(finding, screen, words));
    }
    blocks
}

/// The words, the reason, what to do.
fn said(finding: &FindingShown, words: &Words) -> Spans {
    // Many reasons quote the words themselves; then they are not said twice.
    let start: String = finding.quote.chars().take(QUOTED).collect();
    let quote = if finding.quote.is_empty() || finding.why.contains(&format!("“{start}")) {
        Spans::default()
    } else {
        words.review.finding.quote.fill(|KeptHole::Words| Span::typed(&finding.quote))
    };
    let sentences = [&finding.why, &finding.suggestion].into_iter().filter(|sentence| !sentence.is_empty());
    sentences.fold(quote, |said, sentence| {
        let gap = if said.is_empty() { "" } else { " " };
        // They hold words of the person.
        said.and(gap).and(Span::typed(sentence))
    })
}

/// The answer as a field, once a window.
fn mend(finding: &FindingShown, sheet: &Sheet<'_>, shown: &mut Shown, words: &Words) -> Option<SlackBlock> {
    let question = finding.mend.filter(|question| question.limit() > 0)?;
    if !shown.mended.insert(question) {
        return None;
    }
    let said = &words.review.finding;
    let hint = finding.blanks.then(|| said.mend_hint.as_str());
    Some(sheet.written(sheet.frame(question, said.mend.as_str(), hint), question, None))
}

/// The tick and the reason. They belong to the words that were found: while those stay, so does what was typed here.
fn on_purpose(finding: &FindingShown, screen: &ReviewScreen, words: &Words) -> [SlackBlock; 2] {
    let said = &words.review.finding;
    let warning = screen.candidate.warnings.iter().find(|warning| warning.rule == finding.rule);
    let generation = warning.map_or(Generation(screen.generation), |warning| Generation::of_words(warning.words));
    let frame = |element, label, hint| field::Frame {
        block: BlockId { screen: ScreenKind::Review, element, generation },
        label,
        hint,
        need: Need::Optional,
        report: Report::WithTheWindow,
    };
    let tick =
        Choice { value: TICKED.to_owned(), text: ChoiceText::Words(String::from(&said.on_purpose)), description: None };
    let reason =
        frame(Element::Reason, said.reason.label.as_str(), said.reason.hint.as_ref().map(|hint| hint.as_str()));
    let typing =
        field::Typing { placeholder: Some(said.reason.placeholder.as_str()), initial: None, limit: REASON_LIMIT };
    [field::ticks(frame(Element::OnPurpose, said.keep.as_str(), None), &[tick]), field::typing(reason, typing)]
}
