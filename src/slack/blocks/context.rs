//! Small print. A context block takes plain text and mrkdwn, but no rich text: words go as plain text, which is inert;
//! only what Slack itself has to write (people, channels, dates, links) goes as mrkdwn, and holds nothing typed.

use slack_morphism::prelude::{SlackBlock, SlackBlockMarkDownText, SlackContextBlock, SlackContextBlockElement};

use super::rich::{date_fallback, inlines, pattern};
use super::text::{CUT, cut, escaped, length, plain};
use crate::domain::document::{Span, Spans};
use crate::slack::limits;

/// Small print as a block; as rich text where it would take too many elements; `None` when there is nothing in it.
pub(super) fn context(spans: &Spans) -> Option<SlackBlock> {
    if let Some(line) = one_line(spans) {
        return Some(SlackContextBlock::new(vec![SlackBlockMarkDownText::new(line).with_verbatim(true).into()]).into());
    }
    let mut elements: Vec<SlackContextBlockElement> = Vec::new();
    let mut words = String::new();
    for span in &spans.0 {
        match span {
            Span::Plain(text) | Span::Typed(text) => words.push_str(text),
            other => {
                flush(&mut words, &mut elements);
                elements.push(SlackBlockMarkDownText::new(mrkdwn(other)).with_verbatim(true).into());
            }
        }
    }
    flush(&mut words, &mut elements);
    if elements.is_empty() {
        None
    } else if elements.len() > limits::CONTEXT_ELEMENTS {
        super::rich::block(vec![slack_morphism::prelude::SlackRichTextSection::new(inlines(spans)).into()])
            .map(Into::into)
    } else {
        Some(SlackContextBlock::new(elements).into())
    }
}

/// Small print with a mention, date or link but nothing typed, as one run that reads well; `None` for all other.
fn one_line(spans: &Spans) -> Option<String> {
    let words_only = spans.0.iter().all(|span| matches!(span, Span::Plain(_) | Span::Typed(_)));
    let is_ours = |span: &Span| match span {
        Span::Plain(text) => is_calm(text),
        Span::Typed(_) => false,
        _ => true,
    };
    if words_only || !spans.0.iter().all(is_ours) {
        return None;
    }
    let line: String = spans.0.iter().map(mrkdwn).collect();
    (length(&line) <= limits::TEXT).then_some(line)
}

/// Words of ours in which mrkdwn finds nothing to interpret.
fn is_calm(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| chars.get(index)).copied();
    chars.iter().enumerate().all(|(index, c)| match c {
        '*' | '~' | '`' | '>' => false,
        '_' => [at(index.checked_sub(1)), at(Some(index + 1))].iter().all(|c| c.is_some_and(char::is_alphanumeric)),
        ':' => at(Some(index + 1)).is_none_or(char::is_whitespace),
        _ => true,
    })
}

/// Ends a run of words. Space around it is Slack's own gap between two elements.
fn flush(words: &mut String, elements: &mut Vec<SlackContextBlockElement>) {
    let text = std::mem::take(words);
    if !text.trim().is_empty() {
        elements.push(plain(text.trim(), limits::TEXT).into());
    }
}

/// What Slack has to write itself.
fn mrkdwn(span: &Span) -> String {
    match span {
        Span::Plain(text) | Span::Typed(text) => escaped(text),
        Span::Bold(text) | Span::TypedBold(text) => format!("*{}*", escaped(&bare(text))),
        Span::Emphasis(text) => format!("_{}_", escaped(&bare(text))),
        Span::Mention(user) => format!("<@{user}>"),
        Span::Group(group) => format!("<!subteam^{group}>"),
        Span::Channel(channel) => format!("<#{channel}>"),
        Span::Date(at, form) => {
            format!("<!date^{}^{}|{}>", at.as_second(), pattern(*form), date_fallback(*at, *form))
        }
        Span::Emoji(name) => format!(":{}:", emoji_name(name)),
        Span::Link { url, label } => format!("<{}|{}>", address(url), escaped(&bare(label))),
    }
}

/// Words of ours within markup: without the characters that would end it.
fn bare(text: &str) -> String {
    let text: String = text.chars().filter(|c| !"*_~`|".contains(*c)).collect();
    if text.trim().is_empty() { CUT.to_owned() } else { cut(text.trim(), limits::CONFIRM_TEXT) }
}

/// A name from the configuration, without what no emoji's name has.
fn emoji_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || "_-+'".contains(*c)).collect()
}

/// An address of ours within `<…|…>`.
fn address(url: &str) -> String {
    url.replace('|', "%7C").replace('<', "%3C").replace('>', "%3E")
}
