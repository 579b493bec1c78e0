//! Pages for one person: App Home, lists, help, history, and the parts of the review that are not fields.

pub mod home;
pub mod lists;
pub mod review;

use super::document::{Button, DateForm, Document, Press, Span, Spans};
use super::ids::Revision;
use super::person::Reminders;
use super::scope::Axis;
use super::summary::{By, listed};
use super::wording::Words;
use super::wording::pages::{ByAxesHole, ByHole, MoreHole};

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

/// A posted revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Which one.
    pub revision: Revision,
    /// Who posted it, and when.
    pub by: By,
    /// What it changed; empty for the first.
    pub changed: Vec<Axis>,
    /// Its three sentences.
    pub sentences: [String; 3],
}

/// How many revisions are shown; a window takes 100 blocks, a revision is two.
pub const SHOWN_REVISIONS: usize = 40;

/// The revisions of a scope, newest first, each with its sentences.
pub fn history(revisions: &[Posted], words: &Words) -> Document {
    let said = &words.windows.history;
    let mut page = Document::new();
    for posted in revisions.iter().rev().take(SHOWN_REVISIONS) {
        let (who, at) = &posted.by;
        let (who, date) = (Spans::from(Span::Mention(who.clone())), Spans::from(Span::Date(*at, DateForm::DayAndTime)));
        let axes: Vec<Spans> = posted.changed.iter().map(|axis| words.names.axis.of(*axis).into()).collect();
        page = page.para(if posted.revision == Revision::FIRST {
            said.first.fill(|hole| match hole {
                ByHole::Who => who.clone(),
                ByHole::Date => date.clone(),
            })
        } else {
            said.later.fill(|hole| match hole {
                ByAxesHole::Revision => Span::plain(posted.revision.0.to_string()).into(),
                ByAxesHole::Who => who.clone(),
                ByAxesHole::Date => date.clone(),
                ByAxesHole::Axes => listed(&axes, words),
            })
        });
        page = page.bullets(posted.sentences.iter().map(|sentence| Span::typed(sentence)));
    }
    match revisions.len() {
        0 | 1 => page.context(&said.unchanged),
        count if count > SHOWN_REVISIONS => {
            let more = (count - SHOWN_REVISIONS).to_string();
            page.context(words.lists.more.fill(|MoreHole::Count| Span::plain(more.as_str())))
        }
        _ => page,
    }
}
