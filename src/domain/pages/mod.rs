//! Pages for one person: App Home, lists, help, history, and the parts of the review that are not fields.

pub mod history;
pub mod home;
pub mod lists;
pub mod review;

use super::document::Document;
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
