//! The form: three questions, five required answers, saved as they are typed.

use slack_morphism::prelude::{SlackBlock, SlackModalView};

use super::questions::Sheet;
use super::{Frame, button, part};
use crate::app::intent::ScreenKind;
use crate::app::screen::{FormLine, FormScreen};
use crate::domain::answers::Question;
use crate::domain::document::{DateForm, Document, Press, Span, Spans};
use crate::domain::ids::{ScopeId, Timestamp};
use crate::domain::notes::quiet;
use crate::domain::summary;
use crate::domain::wording::form::{KeptHole, SinceHole, TimeHole};
use crate::domain::wording::{RevisionHole, Words};
use crate::slack::blocks::header;
use crate::slack::ids::{Generation, Metadata};

pub(super) fn window(screen: &FormScreen, words: &Words) -> SlackModalView {
    let form = &words.form;
    let generation = Generation(screen.generation);
    let sheet = Sheet { screen: ScreenKind::Form, generation, answers: &screen.answers };
    let mut blocks = beginning(screen, words);
    blocks.extend([
        header(form.part.system.as_str()),
        sheet.choosing(Question::SystemType, &form.system_type),
        sheet.typing(Question::System, &form.system),
        header(form.part.scale.as_str()),
        sheet.choosing(Question::Speed, &form.speed),
        sheet.choosing(Question::Load, &form.load),
        sheet.typing(Question::Numbers, &form.numbers),
        header(form.part.team.as_str()),
        sheet.choosing(Question::Team, &form.team),
    ]);
    blocks.extend(ending(screen, words));
    Frame {
        screen: ScreenKind::Form,
        title: form.title.as_str(),
        submit: Some(form.submit.as_str()),
        close: form.close.as_str(),
        metadata: Metadata {
            scope: Some(screen.scope.clone()),
            window: Some(screen.window.clone()),
            candidate: None,
            generation,
            revision: None,
        },
    }
    .around(blocks)
}

/// How the draft began, then what this is.
fn beginning(screen: &FormScreen, words: &Words) -> Vec<SlackBlock> {
    let page = screen.lines.iter().map(|line| said(line, &screen.scope, words)).fold(Document::new(), Document::then);
    part(&page.context(&words.form.intro))
}

fn said(line: &FormLine, scope: &ScopeId, words: &Words) -> Document {
    let form = &words.form;
    let since = |at: &Timestamp| Span::Date(*at, DateForm::DayAndTime);
    match line {
        FormLine::Parked(kept) => Document::new().para(form.parked.fill(|KeptHole::Words| Span::typed(kept))),
        FormLine::Sorted => Document::new().para(&form.sorted),
        FormLine::Resumed(at) => Document::new()
            .para(form.resumed.fill(|SinceHole::Since| since(at)))
            .actions(vec![button(Press::StartNew, words)]),
        FormLine::Older(scope, at) => Document::new()
            .para(form.older.fill(|SinceHole::Since| since(at)))
            .actions(vec![button(Press::Continue, words).about(scope)]),
        FormLine::Editing(revision) => {
            Document::new().para(form.editing.fill(|RevisionHole::Revision| Span::plain(revision.0.to_string())))
        }
        FormLine::Unkept => quiet::refused(quiet::Refusal::Unkept, words),
        FormLine::EditingOn(revision) => Document::new()
            .para(form.editing_on.fill(|RevisionHole::Revision| Span::plain(revision.0.to_string())))
            .actions(vec![summary::button(Press::Discard, scope, *revision, words)]),
        // Beside the button that was pressed.
        FormLine::Saved(_) => Document::new(),
    }
}

/// "Save", and that nothing is lost.
fn ending(screen: &FormScreen, words: &Words) -> Vec<SlackBlock> {
    let saved = screen.lines.iter().find_map(|line| match line {
        FormLine::Saved(at) => Some(Span::Date(*at, DateForm::Time)),
        _ => None,
    });
    let line: Spans = match saved {
        Some(at) => words.form.saved.fill(|TimeHole::Time| at.clone()),
        None => (&words.form.saved_as_you_type).into(),
    };
    part(&Document::new().actions(vec![button(Press::Save, words).about(&screen.scope)]).context(line))
}
