//! Questions as fields: the same question looks the same on every window.

use slack_morphism::prelude::{SlackBlock, SlackModalView};

use super::{Frame, part};
use crate::app::intent::ScreenKind;
use crate::app::screen::MoreScreen;
use crate::domain::answers::{Answer, Answers, Question};
use crate::domain::choices::Detail;
use crate::domain::document::Document;
use crate::domain::wording::form::{Choosing, Typing};
use crate::domain::wording::{Keyed, Line, Words};
use crate::slack::blocks::field::{self, Choice, ChoiceText, Need, Report};
use crate::slack::ids::{BlockId, Element, Generation, Metadata};

/// Where questions are drawn, and in which edition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) screen: ScreenKind,
    pub(super) generation: Generation,
    pub(super) answers: &'a Answers,
}

impl Sheet<'_> {
    /// The frame of a question whose changes are saved at once.
    pub(super) fn frame<'b>(&self, question: Question, label: &'b str, hint: Option<&'b str>) -> field::Frame<'b> {
        let required = Question::REQUIRED.contains(&question);
        field::Frame {
            block: BlockId { screen: self.screen, element: Element::Answer(question), generation: self.generation },
            label,
            hint,
            need: if required { Need::Required } else { Need::Optional },
            report: Report::AtOnce,
        }
    }

    /// A question answered by a choice.
    pub(super) fn choosing<K: Keyed>(&self, question: Question, words: &Choosing<K>) -> SlackBlock {
        let hint = words.hint.as_ref().map(Line::as_str);
        let chosen = self.answers.answer(question).map(Answer::as_str);
        field::radio(self.frame(question, words.label.as_str(), hint), &choices(words), chosen)
    }

    /// A question answered in words.
    pub(super) fn typing(&self, question: Question, words: &Typing) -> SlackBlock {
        self.typing_over(question, words, words.placeholder.as_str())
    }

    /// The same with other grey words.
    pub(super) fn typing_over(&self, question: Question, words: &Typing, placeholder: &str) -> SlackBlock {
        let frame = self.frame(question, words.label.as_str(), words.hint.as_ref().map(Line::as_str));
        self.written(frame, question, Some(placeholder))
    }

    /// A text field over the words given so far.
    pub(super) fn written(&self, frame: field::Frame<'_>, question: Question, grey: Option<&str>) -> SlackBlock {
        let initial = self.answers.words(question);
        field::typing(frame, field::Typing { placeholder: grey, initial, limit: question.limit() })
    }
}

/// The options of a question.
pub(super) fn choices<K: Keyed>(words: &Choosing<K>) -> Vec<Choice> {
    let choice = |(key, option): (K, &crate::domain::wording::form::Choice)| Choice {
        value: key.name().to_owned(),
        text: ChoiceText::Words(option.label.as_str().to_owned()),
        description: option.description.as_ref().map(String::from),
    };
    words.option.iter().map(choice).collect()
}

/// "More for recruiters".
pub(super) fn more(screen: &MoreScreen, words: &Words) -> SlackModalView {
    let more = &words.review.more;
    let generation = Generation(screen.generation);
    let sheet = Sheet { screen: ScreenKind::More, generation, answers: &screen.answers };
    let mut blocks = part(&Document::new().context(&more.intro));
    blocks.extend(Detail::ALL.iter().map(|detail| sheet.typing(Question::Detail(*detail), more.detail.of(*detail))));
    Frame {
        screen: ScreenKind::More,
        title: more.title.as_str(),
        submit: Some(more.submit.as_str()),
        close: more.close.as_str(),
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
