//! Measuring, cutting and escaping: how text of any script gets through Slack's limits whole or honestly cut.

use slack_morphism::prelude::{SlackBlockPlainText, SlackBlockPlainTextOnly};
use unicode_segmentation::UnicodeSegmentation;

/// Stands where something was cut.
pub const CUT: &str = "…";

/// The length as the strictest reading of "characters" has it: UTF-16 units, never fewer than code points.
pub fn length(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(char::len_utf16).sum()
}

/// The text, or as much of it as fits with "…" at the end. Never cuts within what a reader sees as one character.
pub fn cut(text: &str, limit: usize) -> String {
    if length(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(length(CUT));
    let mut head = head_of(text, room).0.trim_end().to_owned();
    head.push_str(CUT);
    head
}

/// The text in pieces that fit; all of it.
pub fn split(text: &str, limit: usize) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (mut head, mut tail) = head_of(rest, limit);
        if head.is_empty() {
            // One character of marks without end: cut between two code points rather than loop or overflow.
            let end = scalar_end(rest, limit);
            (head, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
        }
        pieces.push(head);
        rest = tail;
    }
    pieces
}

/// The longest run of whole characters that fits, and the rest.
fn head_of(text: &str, limit: usize) -> (&str, &str) {
    // Bytes are never fewer than UTF-16 units, so most texts need no look at their characters.
    if text.len() <= limit || length(text) <= limit {
        return (text, "");
    }
    let (mut used, mut end) = (0, 0);
    for (at, cluster) in text.grapheme_indices(true) {
        used += length(cluster);
        if used > limit {
            break;
        }
        end = at + cluster.len();
    }
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Where the code points that fit end; one at least.
fn scalar_end(text: &str, limit: usize) -> usize {
    let mut used = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        used += c.len_utf16();
        if used > limit && at > 0 {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Text that Slack shows as it is: no markup, no mention, no emoji code. An empty text becomes "…", since Slack refuses
/// a window for one.
pub fn plain(text: &str, limit: usize) -> SlackBlockPlainText {
    let text = if text.trim().is_empty() { CUT.to_owned() } else { cut(text, limit) };
    SlackBlockPlainText::new(text).with_emoji(false)
}

/// The same where Slack takes nothing else.
pub fn label(text: &str, limit: usize) -> SlackBlockPlainTextOnly {
    plain(text, limit).into()
}

/// Slack's three replacements, by which no text can mention, link or broadcast.
/// Source: api.slack.com/docs/attachments ("How to escape characters").
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
    out
}

/// Undoes [`escaped`], once: what Slack sends as a message's text.
pub fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Cuts escaped text, never within an entity or a `<…>` of ours.
pub fn cut_escaped(text: &str, limit: usize) -> String {
    if length(text) <= limit {
        return text.to_owned();
    }
    let mut head = head_of(text, limit.saturating_sub(length(CUT))).0;
    for (open, close) in [('<', '>'), ('&', ';')] {
        if let Some(at) = head.rfind(open)
            && !head.get(at..).unwrap_or_default().contains(close)
        {
            // An ampersand of ours that starts no entity would have been escaped.
            head = head.get(..at).unwrap_or_default();
        }
    }
    format!("{}{CUT}", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_fits_is_not_touched_and_what_does_not_ends_in_an_ellipsis() {
        assert_eq!(cut("exactly", 7), "exactly");
        assert_eq!(cut("too long", 7), "too lo…");
        assert_eq!(cut("word and", 6), "word…");
    }

    #[test]
    fn a_character_made_of_several_is_never_cut_in_two() {
        assert_eq!(cut("a👩‍👩‍👧‍👦b", 5), "a…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 3), "e\u{301}…");
        assert_eq!(cut("日本語の文章", 4), "日本語…");
    }

    #[test]
    fn escaping_is_undone_once() {
        assert_eq!(escaped("<!channel> & co"), "&lt;!channel&gt; &amp; co");
        assert_eq!(unescaped("&lt;b&gt; R&amp;D &amp;lt;"), "<b> R&D &lt;");
    }

    #[test]
    fn escaped_text_is_never_cut_within_an_entity_or_a_mention() {
        assert_eq!(cut_escaped("ab &lt; cd", 7), "ab…");
        assert_eq!(cut_escaped("ab <@U12345> cd", 9), "ab…");
        assert_eq!(cut_escaped("ab <@U1> cdefg", 11), "ab <@U1> c…");
    }

    proptest! {
        #[test]
        fn cuts_fit_and_splits_lose_nothing(text in "\\PC{0,80}", limit in 1usize..40) {
            prop_assert!(length(&cut(&text, limit)) <= limit);
            let pieces = split(&text, limit.max(2));
            prop_assert!(pieces.iter().all(|piece| length(piece) <= limit.max(2)));
            prop_assert_eq!(pieces.concat(), text);
        }

        #[test]
        fn escaping_and_unescaping_give_the_text_back(text in "[&<>;a-z#&]{0,40}") {
            prop_assert_eq!(unescaped(&escaped(&text)), text);
        }

        #[test]
        fn no_escaped_text_opens_anything_after_a_cut(text in "[&<>a@!]{0,60}", limit in 1usize..60) {
            let cut = cut_escaped(&escaped(&text), limit);
            prop_assert!(!cut.contains('<') && length(&cut) <= limit);
            for (at, _) in cut.match_indices('&') {
                let rest = cut.get(at..).unwrap_or_default();
                prop_assert!(["&amp;", "&lt;", "&gt;"].iter().any(|entity| rest.starts_with(entity)));
            }
        }
    }
}
