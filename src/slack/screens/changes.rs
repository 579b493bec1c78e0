//! "Ask for changes": ticks and a comment, neither of them required alone.

use slack_morphism::prelude::SlackModalView;

use super::Frame;
use crate::app::intent::ScreenKind;
use crate::domain::approval::ChangeAsked;
use crate::domain::ids::{Revision, ScopeId};
use crate::domain::wording::{Line, Words};
use crate::slack::blocks::field::{self, Choice, ChoiceText, Need, Report};
use crate::slack::ids::{BlockId, Element, Generation, Metadata};
use crate::slack::reading::COMMENT_LIMIT;

pub(super) fn window(scope: &ScopeId, revision: Option<Revision>, words: &Words) -> SlackModalView {
    let said = &words.windows.ask_for_changes;
    let frame = |element, label, hint| field::Frame {
        block: BlockId { screen: ScreenKind::AskForChanges, element, generation: Generation::FIXED },
        label,
        hint,
        need: Need::Optional,
        report: Report::WithTheWindow,
    };
    let tick = |asked: &ChangeAsked| Choice {
        value: asked.key().to_owned(),
        text: ChoiceText::Words(String::from(words.names.tick.of(*asked))),
        description: None,
    };
    let ticks: Vec<Choice> = ChangeAsked::ALL.iter().map(tick).collect();
    let comment = frame(Element::Comment, said.comment.label.as_str(), said.comment.hint.as_ref().map(Line::as_str));
    let typing =
        field::Typing { placeholder: Some(said.comment.placeholder.as_str()), initial: None, limit: COMMENT_LIMIT };
    let blocks =
        vec![field::ticks(frame(Element::Ticks, said.ticks.as_str(), None), &ticks), field::typing(comment, typing)];
    Frame {
        screen: ScreenKind::AskForChanges,
        title: said.title.as_str(),
        submit: Some(said.submit.as_str()),
        close: said.close.as_str(),
        metadata: Metadata { scope: Some(scope.clone()), revision, ..Metadata::default() },
    }
    .around(blocks)
}
