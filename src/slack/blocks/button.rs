//! Buttons as Slack's, a few to a row.

use std::collections::BTreeSet;

use slack_morphism::prelude::{
    SlackActionBlockElement, SlackActionId, SlackActionsBlock, SlackBlock, SlackBlockButtonElement,
    SlackBlockButtonStyle, SlackBlockConfirmItem,
};

use super::text::{label, plain};
use crate::domain::document::{Button, Confirm, Style};
use crate::slack::ids::{ButtonValue, press_id};
use crate::slack::limits;

/// Rows of buttons. Slack wants every id once in a block, so a second button of one meaning starts a new row.
pub(super) fn rows(buttons: &[Button]) -> Vec<SlackBlock> {
    let mut rows: Vec<Vec<SlackActionBlockElement>> = Vec::new();
    let mut ids = BTreeSet::new();
    for one in buttons {
        let full = rows.last().is_none_or(|row| row.len() >= limits::ACTION_ELEMENTS);
        if full || ids.contains(&one.press) {
            rows.push(Vec::new());
            ids.clear();
        }
        ids.insert(one.press);
        if let Some(row) = rows.last_mut() {
            row.push(SlackActionBlockElement::Button(button(one)));
        }
    }
    rows.into_iter().map(|row| SlackActionsBlock::new(row).into()).collect()
}

fn button(button: &Button) -> SlackBlockButtonElement {
    SlackBlockButtonElement::new(label(&button.label, limits::BUTTON_LABEL))
        .with_action_id(SlackActionId(press_id(button.press).to_owned()))
        .opt_value(ButtonValue::of(button).into_wire())
        .opt_style(match button.style {
            Style::Default => None,
            Style::Primary => Some(SlackBlockButtonStyle::Primary),
            Style::Danger => Some(SlackBlockButtonStyle::Danger),
        })
        .opt_confirm(button.confirm.as_ref().map(|asked| confirm(asked, button.style)))
}

fn confirm(confirm: &Confirm, style: Style) -> SlackBlockConfirmItem {
    let item = SlackBlockConfirmItem::new(
        label(&confirm.title, limits::CONFIRM_TITLE),
        plain(&confirm.text, limits::CONFIRM_TEXT).into(),
        label(&confirm.yes, limits::CONFIRM_BUTTON),
        label(&confirm.no, limits::CONFIRM_BUTTON),
    );
    match style {
        Style::Danger => item.with_style("danger".to_owned()),
        Style::Default | Style::Primary => item,
    }
}
