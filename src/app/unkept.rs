//! A form whose draft is not in the store: the disk failed or the process ended while the form opened, or the draft was
//! deleted since. Nothing typed there can be kept, so it says what to do and leaves the words where they are.

use crate::domain::answers::{Answers, Question};
use crate::domain::notes::quiet;

use super::App;
use super::intent::FieldsReported;
use super::reply::{Field, Reply};
use super::screen::{FormLine, FormScreen, Screen};

impl App {
    /// Says so above what was typed, once a window. Only a form opens before its draft is kept.
    pub(super) fn say_unkept(&self, fields: &FieldsReported) {
        let at_the_bottom = fields.view.root.as_ref().is_none_or(|root| *root == fields.view.id);
        if !at_the_bottom || !self.0.unkept.is_first(&fields.view.id) {
            return;
        }
        let mut answers = Answers::default();
        for answer in &fields.shown {
            answers.set(answer.question(), Some(answer.clone()), fields.at.unwrap_or_default());
        }
        // The same blocks, those of a draft that has just begun: what is typed meanwhile stays.
        let form = FormScreen {
            scope: fields.scope.clone(),
            window: fields.window.clone(),
            generation: 0,
            answers,
            lines: vec![FormLine::Unkept],
        };
        self.update_behind(fields.view.id.clone(), fields.view.hash.clone(), Screen::Form(form));
    }

    /// The answer to a submission: the window stays, and with it what was typed.
    pub(super) fn unkept(&self) -> Reply {
        let said = self.0.words.refusals.reason.of(quiet::Refusal::Unkept);
        // At the first field there is, in windows that have not this one.
        Reply::Errors(vec![(Field::Answer(Question::SystemType), String::from(said))])
    }
}
