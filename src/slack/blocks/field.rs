//! Fields of windows: radio buttons, ticks, and text that is saved as it is typed.

use slack_morphism::prelude::{
    SlackActionId, SlackBlock, SlackBlockCheckboxesElement, SlackBlockChoiceItem, SlackBlockConversationFilter,
    SlackBlockConversationsSelectElement, SlackBlockDatePickerElement, SlackBlockId, SlackBlockMarkDownText,
    SlackBlockPlainTextInputElement, SlackBlockRadioButtonsElement, SlackBlockText, SlackBlockUsersSelectElement,
    SlackConversationFilterInclude, SlackConversationId, SlackDispatchActionConfig, SlackDispatchActionTrigger,
    SlackInputBlock, SlackInputBlockElement,
};

use jiff::civil::Date;

use super::text::{escaped, label, length, plain};
use crate::domain::ids::ChannelId;
use crate::slack::ids::{BlockId, action_id};
use crate::slack::limits;

/// Whether a window may be sent off without this field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must be answered.
    Required,
    /// It may stay open.
    Optional,
}

/// Whether each change is reported at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// Each choice and each character.
    AtOnce,
    /// With the window only.
    WithTheWindow,
}

/// What stands around a field.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Its block.
    pub block: BlockId,
    /// The question.
    pub label: &'a str,
    /// Small print below.
    pub hint: Option<&'a str>,
    /// May it stay open?
    pub need: Need,
    /// When it is reported.
    pub report: Report,
}

/// One option. Its text is ours, or a channel's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Comes back.
    pub value: String,
    /// What it says.
    pub text: ChoiceText,
    /// What that means.
    pub description: Option<String>,
}

/// What an option says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceText {
    /// Words.
    Words(String),
    /// A channel by its name, which Slack writes.
    Channel(ChannelId),
}

fn input(frame: Frame<'_>, element: impl Into<SlackInputBlockElement>) -> SlackBlock {
    SlackInputBlock::new(label(frame.label, limits::LABEL), element.into())
        .with_block_id(SlackBlockId(frame.block.to_string()))
        .opt_hint(frame.hint.map(|hint| label(hint, limits::LABEL)))
        .with_optional(frame.need == Need::Optional)
        .with_dispatch_action(frame.report == Report::AtOnce)
        .into()
}

fn action(frame: &Frame<'_>) -> SlackActionId {
    SlackActionId(action_id(frame.block.screen, frame.block.element).to_owned())
}

fn item(choice: &Choice) -> SlackBlockChoiceItem<SlackBlockText> {
    let text: SlackBlockText = match &choice.text {
        ChoiceText::Words(words) => plain(words, limits::OPTION).into(),
        ChoiceText::Channel(channel) => SlackBlockMarkDownText::new(format!("<#{}>", escaped(channel.as_str()))).into(),
    };
    SlackBlockChoiceItem::new(text, choice.value.clone())
        .opt_description(choice.description.as_ref().map(|words| label(words, limits::OPTION)))
}

/// One of a few. Slack refuses a choice that is none of the options, so an unknown one is left out.
pub fn radio(frame: Frame<'_>, choices: &[Choice], chosen: Option<&str>) -> SlackBlock {
    let items: Vec<_> = choices.iter().take(limits::OPTIONS).map(item).collect();
    let chosen = items.iter().find(|one| Some(one.value.as_str()) == chosen).cloned();
    let element = SlackBlockRadioButtonsElement::new(items).with_action_id(action(&frame)).opt_initial_option(chosen);
    input(frame, element)
}

/// Any of a few, none ticked.
pub fn ticks(frame: Frame<'_>, choices: &[Choice]) -> SlackBlock {
    let items: Vec<_> = choices.iter().take(limits::OPTIONS).map(item).collect();
    input(frame, SlackBlockCheckboxesElement::new(items).with_action_id(action(&frame)))
}

/// Any channel of the workspace that is not another company's, for more choices than radio buttons take.
pub fn conversation(frame: Frame<'_>, chosen: &ChannelId) -> SlackBlock {
    let filter = SlackBlockConversationFilter::new()
        .with_include(vec![SlackConversationFilterInclude::Public, SlackConversationFilterInclude::Private])
        .with_exclude_bot_users(true);
    let element = SlackBlockConversationsSelectElement::new()
        .with_action_id(action(&frame))
        .with_initial_conversation(SlackConversationId(chosen.to_string()))
        .with_filter(filter);
    input(frame, element)
}

/// A day from Slack's calendar.
pub fn day(frame: Frame<'_>, chosen: Option<Date>) -> SlackBlock {
    let element = SlackBlockDatePickerElement::new()
        .with_action_id(action(&frame))
        .opt_initial_date(chosen.map(|day| day.to_string()));
    input(frame, element)
}

/// One person of the workspace.
pub fn person(frame: Frame<'_>) -> SlackBlock {
    let element = SlackBlockUsersSelectElement::new().with_action_id(action(&frame));
    input(frame, element)
}

/// How a text field looks.
#[derive(Debug, Clone, Copy)]
pub struct Typing<'a> {
    /// Grey words while it is empty.
    pub placeholder: Option<&'a str>,
    /// What is in it.
    pub initial: Option<&'a str>,
    /// Characters at most.
    pub limit: usize,
}

/// From this many characters on a field shows several lines.
const LONG: usize = 200;

/// Text in the person's own words.
pub fn typing(frame: Frame<'_>, typing: Typing<'_>) -> SlackBlock {
    let initial = typing.initial.filter(|text| !text.is_empty());
    // Should Slack count otherwise than we do, what is in the field already must still fit, or the window would not open.
    let limit = initial.map_or(0, length).max(typing.limit).clamp(1, limits::FIELD_LENGTH);
    let on_each =
        SlackDispatchActionConfig::new().with_trigger_actions_on(vec![SlackDispatchActionTrigger::OnCharacterEntered]);
    let element = SlackBlockPlainTextInputElement::new()
        .with_action_id(action(&frame))
        .opt_placeholder(typing.placeholder.map(|words| label(words, limits::PLACEHOLDER)))
        .opt_initial_value(initial.map(|text| super::text::cut(text, limit)))
        .with_multiline(typing.limit >= LONG)
        .with_max_length(u64::try_from(limit).unwrap_or(u64::MAX))
        .opt_dispatch_action_config((frame.report == Report::AtOnce).then_some(on_each));
    input(frame, element)
}
