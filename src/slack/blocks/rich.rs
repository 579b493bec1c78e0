//! Spans as rich text: elements are data and never markup, so typed words need no escaping and stay as they are.

use serde_json::json;
use slack_morphism::prelude::{
    SlackChannelId, SlackEmojiName, SlackRelaxedUrl, SlackRichTextBlock, SlackRichTextChannel, SlackRichTextElement,
    SlackRichTextEmoji, SlackRichTextInlineElement, SlackRichTextLink, SlackRichTextList, SlackRichTextListElement,
    SlackRichTextListStyle, SlackRichTextPreformatted, SlackRichTextQuote, SlackRichTextSection, SlackRichTextText,
    SlackRichTextUser, SlackRichTextUserGroup, SlackUserGroupId, SlackUserId,
};

use super::text::split;
use crate::domain::document::{DateForm, Ids, Span, Spans, Voice};
use crate::domain::ids::Timestamp;
use crate::slack::limits;

/// A moment in Slack's own pattern: shown in the reader's time zone.
/// Source: docs.slack.dev, "Formatting text for app surfaces", date formatting.
pub(super) fn pattern(form: DateForm) -> &'static str {
    match form {
        DateForm::Day => "{date}",
        DateForm::DayAndTime => "{date_short_pretty} at {time}",
        DateForm::Time => "{time}",
    }
}

/// What a client shows that cannot do dates.
pub(super) fn date_fallback(at: Timestamp, form: DateForm) -> String {
    Ids.date(at, form)
}

/// One run of text, in as many elements as its length takes; empty runs are left out, since Slack refuses them.
fn runs(text: &str, style: fn(SlackRichTextText) -> SlackRichTextText) -> Vec<SlackRichTextInlineElement> {
    split(text, limits::RICH_RUN).into_iter().map(|run| style(SlackRichTextText::new(run.to_owned())).into()).collect()
}

fn inline(span: &Span) -> Vec<SlackRichTextInlineElement> {
    match span {
        Span::Plain(text) | Span::Typed(text) => runs(text, |run| run),
        Span::Bold(text) | Span::TypedBold(text) => runs(text, SlackRichTextText::bold),
        Span::Emphasis(text) => runs(text, SlackRichTextText::italic),
        Span::Mention(user) => vec![SlackRichTextUser::new(SlackUserId(user.to_string())).into()],
        Span::Group(group) => vec![SlackRichTextUserGroup::new(SlackUserGroupId(group.to_string())).into()],
        Span::Channel(channel) => vec![SlackRichTextChannel::new(SlackChannelId(channel.to_string())).into()],
        Span::Date(at, form) => {
            vec![SlackRichTextInlineElement::Unknown(json!({
                "type": "date",
                "timestamp": at.as_second(),
                "format": pattern(*form),
                "fallback": date_fallback(*at, *form),
            }))]
        }
        Span::Emoji(name) => vec![SlackRichTextEmoji::new(SlackEmojiName(name.clone())).into()],
        Span::Link { url, label } => {
            vec![SlackRichTextLink::new(SlackRelaxedUrl(url.clone())).with_text(label.clone()).into()]
        }
    }
}

/// The elements of a row of spans.
pub(super) fn inlines(spans: &Spans) -> Vec<SlackRichTextInlineElement> {
    spans.0.iter().flat_map(inline).collect()
}

/// Running text.
pub(super) fn section(spans: &Spans) -> SlackRichTextElement {
    SlackRichTextSection::new(inlines(spans)).into()
}

/// Somebody's own words, set apart.
pub(super) fn quote(spans: &Spans) -> SlackRichTextElement {
    SlackRichTextQuote::new(inlines(spans)).into()
}

/// An unordered list; an item with nothing in it is left out.
pub(super) fn list<'a>(items: impl IntoIterator<Item = &'a Spans>) -> SlackRichTextElement {
    let items = items.into_iter().map(inlines).filter(|item| !item.is_empty());
    let items = items.map(|item| SlackRichTextListElement::Section(SlackRichTextSection::new(item)));
    SlackRichTextList::new(SlackRichTextListStyle::Bullet, items.collect()).into()
}

/// A list of facts: a label in bold and what it holds.
pub(super) fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, &'a Spans)>) -> SlackRichTextElement {
    let rows: Vec<Spans> = facts
        .into_iter()
        .map(|(label, value)| Spans::from(Span::Bold(format!("{label}:"))).and(" ").and(value.clone()))
        .collect();
    list(&rows)
}

/// Text to be copied exactly as it stands.
pub(super) fn preformatted(text: &str) -> SlackRichTextElement {
    SlackRichTextPreformatted::new(runs(text, |run| run)).into()
}

/// A block of these; `None` when there is nothing to show, which Slack would refuse.
pub(super) fn block(elements: Vec<SlackRichTextElement>) -> Option<SlackRichTextBlock> {
    let elements: Vec<_> = elements.into_iter().filter(|element| !is_empty(element)).collect();
    (!elements.is_empty()).then(|| SlackRichTextBlock::new(elements))
}

fn is_empty(element: &SlackRichTextElement) -> bool {
    match element {
        SlackRichTextElement::Section(it) => it.elements.is_empty(),
        SlackRichTextElement::Quote(it) => it.elements.is_empty(),
        SlackRichTextElement::Preformatted(it) => it.elements.is_empty(),
        SlackRichTextElement::List(it) => it.elements.is_empty(),
    }
}

/// Two blocks as one, with an empty line between two runs of text.
pub(super) fn joined(mut above: SlackRichTextBlock, below: SlackRichTextBlock) -> SlackRichTextBlock {
    if let (Some(SlackRichTextElement::Section(last)), Some(SlackRichTextElement::Section(_))) =
        (above.elements.last_mut(), below.elements.first())
    {
        last.elements.push("\n\n".into());
    }
    above.elements.extend(below.elements);
    above
}
