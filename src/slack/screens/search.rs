//! The windows about the search: filled, closed, handed over.

use slack_morphism::prelude::SlackModalView;

use super::Frame;
use crate::app::intent::ScreenKind;
use crate::domain::ids::ScopeId;
use crate::domain::life::Hire;
use crate::domain::wording::form::Typing;
use crate::domain::wording::pages::Picking;
use crate::domain::wording::{Line, Words};
use crate::slack::blocks::field::{self, Need, Report};
use crate::slack::ids::{BlockId, Element, Generation, Metadata};
use crate::slack::reading::WHY_LIMIT;

fn framed<'a>(screen: ScreenKind, element: Element, label: &'a Line, hint: Option<&'a Line>) -> field::Frame<'a> {
    field::Frame {
        block: BlockId { screen, element, generation: Generation::FIXED },
        label: label.as_str(),
        hint: hint.map(Line::as_str),
        need: Need::Optional,
        report: Report::WithTheWindow,
    }
}

fn typed<'a>(screen: ScreenKind, element: Element, said: &'a Typing) -> field::Frame<'a> {
    framed(screen, element, &said.label, said.hint.as_ref())
}

fn picked<'a>(screen: ScreenKind, element: Element, said: &'a Picking) -> field::Frame<'a> {
    framed(screen, element, &said.label, Some(&said.hint))
}

fn about(scope: &ScopeId) -> Metadata {
    Metadata { scope: Some(scope.clone()), ..Metadata::default() }
}

/// Who starts when.
pub(super) fn filled(scope: &ScopeId, hire: &Hire, words: &Words) -> SlackModalView {
    let (said, screen) = (&words.windows.filled, ScreenKind::Filled);
    let typing = field::Typing {
        placeholder: Some(said.name.placeholder.as_str()),
        initial: hire.name.as_ref().map(|name| name.as_str()),
        limit: Hire::NAME_LIMIT,
    };
    let blocks = vec![
        field::typing(typed(screen, Element::Name, &said.name), typing),
        field::day(picked(screen, Element::Starts, &said.starts), hire.starts),
    ];
    let (title, submit, close) = (said.title.as_str(), Some(said.submit.as_str()), said.close.as_str());
    Frame { screen, title, submit, close, metadata: about(scope) }.around(blocks)
}

/// Why it ends without a hire.
pub(super) fn close(scope: &ScopeId, words: &Words) -> SlackModalView {
    let (said, screen) = (&words.windows.close, ScreenKind::Close);
    let typing = field::Typing { placeholder: Some(said.answer.placeholder.as_str()), initial: None, limit: WHY_LIMIT };
    let blocks = vec![field::typing(typed(screen, Element::Why, &said.answer), typing)];
    let (title, submit, close) = (said.title.as_str(), Some(said.submit.as_str()), said.close.as_str());
    Frame { screen, title, submit, close, metadata: about(scope) }.around(blocks)
}

/// Who goes on with it.
pub(super) fn hand_over(scope: &ScopeId, words: &Words) -> SlackModalView {
    let (said, screen) = (&words.windows.hand_over, ScreenKind::HandOver);
    let person = field::Frame { need: Need::Required, ..picked(screen, Element::Person, &said.person) };
    let (title, submit, close) = (said.title.as_str(), Some(said.submit.as_str()), said.close.as_str());
    Frame { screen, title, submit, close, metadata: about(scope) }.around(vec![field::person(person)])
}
