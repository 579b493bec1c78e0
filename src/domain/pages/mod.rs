//! Pages for one person: App Home, lists, help, history, and the parts of the review that are not fields.

pub mod history;
pub mod home;
pub mod lists;
pub mod review;

use super::document::{Button, Document, Press};
use super::person::Reminders;
use super::wording::Words;

/// Help.
pub fn help(words: &Words) -> Document {
    let said = &words.help;
    Document::new()
        .title(&said.title)
        .para(&said.intro)
        .section(&said.steps)
        .bullets(said.step.iter())
        .section(&said.commands)
        .bullets(said.command.iter())
        .section(&said.questions)
        .bullets(said.answer.iter())
}

/// The answer to turning reminders off or on, with the button that takes it back.
pub fn reminders(reminders: Reminders, words: &Words) -> Document {
    let (said, press) = match reminders {
        Reminders::On => (&words.home.reminders_on, Press::RemindersOff),
        Reminders::Off => (&words.home.reminders_off, Press::RemindersOn),
    };
    Document::new().para(said).actions(vec![Button::new(press, words.buttons.label.of(press))])
}
