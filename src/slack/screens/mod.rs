//! Screens as Slack's views: pure, in the words of `prompts/`, always within Slack's limits.
//!
//! Each file draws one window. What a window hands back is read by [`crate::slack::reading`].

mod changes;
mod form;
mod questions;
mod reading;
mod review;
mod search;
#[cfg(test)]
mod tests;

use slack_morphism::prelude::{SlackBlock, SlackCallbackId, SlackHomeView, SlackModalView, SlackView};

use super::blocks::text::label;
use super::blocks::{Surface, blocks_of};
use super::ids::{Metadata, callback_id};
use super::limits;
use crate::app::intent::ScreenKind;
use crate::app::screen::Screen;
use crate::domain::document::{Button, Document, Press};
use crate::domain::wording::Words;

/// The view of a screen.
pub fn view_of(screen: &Screen, words: &Words) -> SlackView {
    SlackView::Modal(match screen {
        Screen::Form(form) => form::window(form, words),
        Screen::Review(review) => review::window(review, words),
        Screen::More(more) => questions::more(more, words),
        Screen::AskForChanges(scope, revision) => changes::window(scope, *revision, words),
        Screen::Filled(scope, hire) => search::filled(scope, hire, words),
        Screen::Close(scope) => search::close(scope, words),
        Screen::HandOver(scope) => search::hand_over(scope, words),
        Screen::Reading { title, document } => reading::window(title, document, words),
        Screen::Copying { title, above, markdown } => reading::copying(title, above, markdown, words),
    })
}

/// Somebody's Home.
pub fn home_of(document: &Document) -> SlackView {
    SlackView::Home(SlackHomeView::new(shown(blocks_of(document, Surface::View))))
}

/// The parts of a window that every one has. `submit` is left out where there is nothing to send off.
struct Frame<'a> {
    screen: ScreenKind,
    title: &'a str,
    submit: Option<&'a str>,
    close: &'a str,
    metadata: Metadata,
}

impl Frame<'_> {
    fn around(self, blocks: Vec<SlackBlock>) -> SlackModalView {
        SlackModalView::new(label(self.title, limits::WINDOW_LABEL), shown(blocks))
            .opt_submit(self.submit.map(|words| label(words, limits::WINDOW_LABEL)))
            .with_close(label(self.close, limits::WINDOW_LABEL))
            .with_callback_id(SlackCallbackId(callback_id(self.screen).to_owned()))
            .with_private_metadata(self.metadata.into_wire())
    }
}

/// Slack refuses a view without blocks.
fn shown(blocks: Vec<SlackBlock>) -> Vec<SlackBlock> {
    if blocks.is_empty() { vec![super::blocks::divider()] } else { blocks }
}

/// A page within a window, in a share of its blocks, so that the fields below always have theirs.
fn part(document: &Document) -> Vec<SlackBlock> {
    super::blocks::blocks_within(document, 15, limits::VIEW_TEXT / 4)
}

/// A button with its label from the catalogue.
fn button(press: Press, words: &Words) -> Button {
    Button::new(press, words.buttons.label.of(press).as_str())
}
