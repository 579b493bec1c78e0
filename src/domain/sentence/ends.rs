//! Typed words as the inside of one sentence: ends within become semicolons, the end itself is left to the sentence.
//!
//! A full stop, question or exclamation mark (in any of the common scripts) ends a sentence before white space; those
//! of Chinese and Japanese do so anywhere, since no white space follows them. Dots inside a token (`Node.js`, `1.5`,
//! `.NET`) are no ends.

/// Ends before white space.
fn is_soft_end(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '．'
            | '։'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '။'
            | '።'
            | '፧'
            | '។'
            | '᠃'
            | '܀'
            | '܁'
            | '܂'
            | '꘎'
            | '꘏'
            | '︒'
            | '﹒'
            | '﹖'
            | '﹗'
    )
}

/// Ends anywhere.
fn is_hard_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

fn is_end(c: char) -> bool {
    is_soft_end(c) || is_hard_end(c)
}

/// May stand between an end and the white space after it: quotes, brackets, marks of emphasis, characters without a
/// shape of their own.
fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '）' | '】' | '〉' | '》' | '」' | '』' | '*' | '_'
        | '`' | '~' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{00AD}')
}

fn is_pause(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '，' | '；' | '：' | '、' | '،' | '؛')
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}')
}

/// Shortened words whose dot is no end: before anything, and before a small letter or a digit only.
const ABBREVIATIONS: [&str; 8] = ["e.g", "i.e", "eg", "ie", "vs", "approx", "ca", "incl"];
const ABBREVIATIONS_BEFORE_SMALL: [&str; 9] = ["etc", "max", "min", "no", "nr", "avg", "est", "resp", "excl"];

/// The words as they stand inside a sentence: no line break, no end before white space, none at the end. May be empty
/// (for a text of ends alone). `inner(inner(text)) == inner(text)`.
pub fn inner(text: &str) -> String {
    let mut lines: Vec<&str> = text.split(is_break).map(str::trim).filter(|line| !line.is_empty()).collect();
    let several = lines.len() > 1;
    for line in &mut lines {
        *line = without_marker(line, several);
    }
    let mut tokens: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        end_of_line(&mut tokens);
        let parts: Vec<String> = line.split_whitespace().map(hard_ends_replaced).collect();
        let parts: Vec<&str> = parts.iter().flat_map(|part| part.split_whitespace()).collect();
        for (at, part) in parts.iter().enumerate() {
            push(&mut tokens, part, parts.get(at + 1).copied());
        }
    }
    bare_end(&mut tokens);
    // A marker may have come to the front when marks before it went.
    let markers = tokens.iter().take_while(|token| is_marker(token)).count();
    tokens.split_off(markers).join(" ")
}

/// Dashes and bullets that make an item of a list.
const MARKERS: [char; 7] = ['-', '–', '—', '*', '•', '·', '◦'];

fn is_marker(token: &str) -> bool {
    let mut chars = token.chars();
    chars.next().is_some_and(|c| MARKERS.contains(&c)) && chars.next().is_none()
}

/// A line without the dash, bullet or number that made it an item of a list.
fn without_marker(line: &str, several: bool) -> &str {
    let mut rest = line;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = rest.get(digits..).unwrap_or_default();
        let marker = match after.chars().next() {
            Some(c) if digits == 0 && MARKERS.contains(&c) => c.len_utf8(),
            Some('.' | ')') if several && (1..=2).contains(&digits) => digits + 1,
            _ => return rest,
        };
        match rest.get(marker..) {
            Some(item) if item.is_empty() || item.starts_with(char::is_whitespace) => rest = item.trim_start(),
            _ => return rest,
        }
    }
}

/// A token with the ends of Chinese and Japanese inside it turned into their semicolon.
fn hard_ends_replaced(token: &str) -> String {
    let chars: Vec<char> = token.chars().collect();
    let mut out = String::with_capacity(token.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let run = chars.iter().skip(at).take_while(|c| is_end(**c)).count();
        let rest_is_tail = chars.iter().skip(at).all(|c| is_end(*c) || is_closer(*c) || is_pause(*c));
        if run > 0 && !rest_is_tail && chars.iter().skip(at).take(run).any(|c| is_hard_end(*c)) {
            // Closing quotes belong to what ends here.
            let closers = chars.iter().skip(at + run).take_while(|c| is_closer(**c)).count();
            out.extend(chars.iter().skip(at + run).take(closers));
            if !out.ends_with(is_pause) && !out.is_empty() {
                out.push('；');
            }
            at += run + closers;
        } else {
            out.push(c);
            at += 1;
        }
    }
    out
}

fn push(tokens: &mut Vec<String>, token: &str, next: Option<&str>) {
    let core = token.trim_end_matches(|c| is_end(c) || is_closer(c) || is_pause(c));
    let tail = token.get(core.len()..).unwrap_or_default();
    if core.is_empty() {
        return push_marks(tokens, tail);
    }
    if !tail.contains(is_end) {
        tokens.push(token.to_owned());
        return;
    }
    let closers: String = tail.chars().filter(|c| is_closer(*c)).collect();
    let pause: String = tail.chars().filter(|c| is_pause(*c)).take(1).collect();
    if let (".", Some(next)) = (tail, next)
        && is_abbreviation(core, next)
    {
        tokens.push(core.replace('.', ""));
        return;
    }
    tokens.push(format!("{core}{closers}{}", if pause.is_empty() { ";" } else { pause.as_str() }));
}

/// A token of marks alone: what ends something ends the token before it.
fn push_marks(tokens: &mut Vec<String>, marks: &str) {
    let rest: String = marks.chars().filter(|c| !is_end(*c)).collect();
    let paused = rest.chars().all(|c| is_pause(c) || is_end(c));
    if let Some(before) = tokens.last_mut() {
        if (marks.contains(is_end) || paused) && !ends_in_pause(before) {
            before.push(';');
        }
        if !paused {
            tokens.push(rest);
        }
    } else if !paused {
        tokens.push(rest);
    }
}

fn ends_in_pause(token: &str) -> bool {
    token.trim_end_matches(is_closer).ends_with(is_pause)
}

fn is_abbreviation(core: &str, next: &str) -> bool {
    let bare = core.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let small = next.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    ABBREVIATIONS.contains(&bare.as_str()) || (small && ABBREVIATIONS_BEFORE_SMALL.contains(&bare.as_str()))
}

/// A line break is a semicolon, unless the line pauses already.
fn end_of_line(tokens: &mut [String]) {
    if let Some(last) = tokens.last_mut()
        && !ends_in_pause(last)
        && !matches!(last.as_str(), "-" | "–" | "—")
    {
        last.push(';');
    }
}

/// Takes ends and pauses off the end; closers stay.
fn bare_end(tokens: &mut Vec<String>) {
    while let Some(last) = tokens.pop() {
        let core = last.trim_end_matches(|c| is_end(c) || is_closer(c) || is_pause(c));
        let closers: String = last.chars().skip(core.chars().count()).filter(|c| is_closer(*c)).collect();
        let bare = format!("{core}{closers}");
        if !bare.is_empty() {
            tokens.push(bare);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::inner;

    #[test]
    fn inner_ends_become_semicolons_and_tokens_keep_their_dots() {
        for (typed, wanted) in [
            ("takes events. Keeps the ledger.", "takes events; Keeps the ledger"),
            ("Node.js service, v1.5, on .NET!", "Node.js service, v1.5, on .NET"),
            ("fast?! yes... no", "fast; yes; no"),
            (
                "takes events,\nkeeps the ledger:\n- for finance\n- for risk",
                "takes events, keeps the ledger: for finance; for risk",
            ),
            ("1. take\n2. keep", "take; keep"),
            ("500. Then more", "500; Then more"),
            ("says \"stop.\" Then goes", "says \"stop\"; Then goes"),
            ("(really fast!)", "(really fast)"),
            ("streams, e.g. Kafka vs. Kinesis, approx. 5k", "streams, eg Kafka vs Kinesis, approx 5k"),
            ("orders etc. and more, max. 5", "orders etc and more, max 5"),
            ("done in 5 min. Then sleeps", "done in 5 min; Then sleeps"),
            ("处理支付。每秒一千！", "处理支付；每秒一千"),
            ("他说“好。”然后走了。", "他说“好”；然后走了"),
            ("भुगतान लेता है । लेजर रखता है ।", "भुगतान लेता है; लेजर रखता है"),
            ("يستقبل الأحداث؟ يحفظ السجل.", "يستقبل الأحداث; يحفظ السجل"),
            ("  spaced   out \n\n\n lines ", "spaced out; lines"),
            ("a. \u{200B} b", "a; \u{200B} b"),
            ("...", ""),
            ("?! . ;", ""),
        ] {
            assert_eq!(inner(typed), wanted, "{typed:?}");
        }
    }
}
