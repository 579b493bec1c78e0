//! Windows that are only read, and one to copy from.

use slack_morphism::prelude::SlackModalView;

use super::{Frame, part};
use crate::app::intent::ScreenKind;
use crate::domain::document::Document;
use crate::domain::wording::Words;
use crate::slack::blocks::text::cut;
use crate::slack::blocks::{Surface, blocks_of, preformatted};
use crate::slack::ids::Metadata;
use crate::slack::limits;

fn frame<'a>(title: &'a str, words: &'a Words) -> Frame<'a> {
    Frame {
        screen: ScreenKind::Reading,
        title,
        submit: None,
        close: words.form.close.as_str(),
        metadata: Metadata::default(),
    }
}

pub(super) fn window(title: &str, document: &Document, words: &Words) -> SlackModalView {
    frame(title, words).around(blocks_of(document, Surface::View))
}

/// Preformatted text: Slack changes nothing in it, and copying takes it as it stands. A field would need a button that
/// sends it off.
pub(super) fn copying(title: &str, above: &Document, markdown: &str, words: &Words) -> SlackModalView {
    let mut blocks = part(above);
    blocks.extend(preformatted(&cut(markdown, limits::VIEW_TEXT)));
    frame(title, words).around(blocks)
}
