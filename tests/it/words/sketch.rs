//! A page as a snapshot shows it: every block named, typed words between ‹ and ›.

use scopebot::domain::document::{Block, Document, Ids, Span, Spans, Style, Voice};

/// The page, a line a block.
pub fn sketch(page: &Document) -> String {
    page.blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(level, spans) => format!("{level:?}: {}", line(spans)),
        Block::Para(spans) => format!("Para: {}", line(spans)),
        Block::Bullets(items) => items.iter().map(|item| format!("  • {}", line(item))).collect::<Vec<_>>().join("\n"),
        Block::Fact { label, value } => format!("Fact: [{label}] {}", line(value)),
        Block::Quote(spans) => format!("Quote: {}", line(spans)),
        Block::Context(spans) => format!("Context: {}", line(spans)),
        Block::Divider => "----".to_owned(),
        Block::Actions(buttons) => {
            let label = |button: &scopebot::domain::document::Button| {
                let style = match button.style {
                    Style::Default => "",
                    Style::Primary => "!",
                    Style::Danger => "-",
                };
                format!("[{style}{}]", button.label)
            };
            format!("Actions: {}", buttons.iter().map(label).collect::<Vec<_>>().join(" "))
        }
    }
}

fn line(spans: &Spans) -> String {
    spans.0.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    match span {
        Span::Plain(text) => text.clone(),
        Span::Typed(text) => format!("‹{text}›"),
        Span::Bold(text) => format!("**{text}**"),
        Span::TypedBold(text) => format!("**‹{text}›**"),
        Span::Emphasis(text) => format!("_{text}_"),
        Span::Mention(user) => Ids.person(user),
        Span::Group(group) => Ids.group(group),
        Span::Channel(channel) => Ids.channel(channel),
        Span::Date(at, form) => Ids.date(*at, *form),
        Span::Emoji(name) => Ids.emoji(name),
        Span::Link { url, label } => Ids.link(url, label),
    }
}
