//! What has a field of its own leaves the sentence on the system, with the few words that held it there.

use super::Coach;
use super::sort::Sorted;

/// Words between a comma and what is said of the team ("joins a", "to work with our").
const LEADING_WORDS: usize = 4;

impl Coach {
    /// The sentence of a sorted text without its team and its numbers: each has a field, and nothing is said twice. The
    /// team goes first, while the commas around it stand.
    pub fn sentence_alone(&self, sorted: &Sorted) -> Option<String> {
        let mut sentence = sorted.sentence.clone()?;
        if sorted.team.is_some()
            && let Some(team) = self.read(&sentence).team
        {
            sentence = without_clause(&sentence, &team.evidence.quote);
        }
        Some(match &sorted.numbers {
            Some(numbers) => without(&sentence, numbers),
            None => sentence,
        })
    }
}

/// People of whom the number alone was quoted.
const OTHERS: [&str; 8] = ["others", "other", "people", "engineers", "developers", "devs", "colleagues", "more"];
/// Words that lead up to another and end no sentence.
const LEADS_ON: [&str; 15] =
    ["a", "an", "the", "our", "my", "your", "for", "with", "in", "into", "to", "of", "and", "at", "joins"];

/// The sentence without the words that stand in another field, and without the punctuation that held them.
fn without(sentence: &str, words: &str) -> String {
    let Some((before, after)) = sentence.split_once(words) else { return sentence.to_owned() };
    let (before, after) = (before.trim_end(), after.trim_start());
    let before = before.trim_end_matches([',', ';', ':', '(', '-', '–', '—', '@']).trim_end();
    let between = after.starts_with([',', ';']);
    let after = after.trim_start_matches([',', ';', ')']).trim_start();
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after.to_owned(),
        (_, true) => ended(before).to_owned(),
        _ if between => format!("{}, {after}", held(before)),
        _ => format!("{} {after}", held(before)),
    }
}

/// Words that hold a number: "at 50k events/s in Go".
const HOLDS: [&str; 11] = ["at", "with", "about", "around", "roughly", "some", "over", "under", "to", "up", "maybe"];

/// Without the words at its end that led up to what was taken out.
fn ended(sentence: &str) -> &str {
    without_last(sentence, &LEADS_ON)
}

/// Without the words at its end that held a number which was taken out.
fn held(sentence: &str) -> &str {
    without_last(sentence, &HOLDS)
}

fn without_last<'a>(sentence: &'a str, words: &[&str]) -> &'a str {
    let mut sentence = sentence.trim_end();
    while let Some((before, last)) = sentence.rsplit_once(char::is_whitespace)
        && words.contains(&last.to_lowercase().as_str())
    {
        sentence = before.trim_end().trim_end_matches([',', ';', ':']).trim_end();
    }
    sentence
}

/// The sentence without words that have a field of their own, and without the few that led up to them after a comma:
/// "…, joins a" says nothing alone.
fn without_clause(sentence: &str, words: &str) -> String {
    let Some((before, after)) = sentence.split_once(words) else { return sentence.to_owned() };
    // "joins two | others".
    let more = after.trim_start().split([' ', ',', ';', '.']).next().unwrap_or_default();
    let gap = after.len() - after.trim_start().len();
    let taken = words.len() + if OTHERS.contains(&more) { gap + more.len() } else { 0 };
    let words = sentence.get(before.len()..before.len() + taken).unwrap_or(words);
    let Some(comma) = before.rfind([',', ';']) else { return without(sentence, words) };
    let led = before.get(comma..).unwrap_or_default();
    let whole = format!("{led}{words}");
    let few = led.trim_start_matches([',', ';']).split_whitespace().count() <= LEADING_WORDS;
    without(sentence, if few { &whole } else { words })
}

#[cfg(test)]
mod tests {
    use super::{without, without_clause};

    #[test]
    fn what_led_up_to_the_team_leaves_with_it() {
        let of = |sentence| without_clause(sentence, "backend team of 8");
        assert_eq!(of("ledger in order, joins a backend team of 8"), "ledger in order");
        assert_eq!(of("ledger, joins our backend team of 8, in Berlin"), "ledger, in Berlin");
        assert_eq!(of("ledger for a backend team of 8"), "ledger");
        assert_eq!(of("ledger"), "ledger");
        assert_eq!(without_clause("nightly settlement, joins two others", "joins two"), "nightly settlement");
        assert_eq!(without_clause("ledger, joins two others, in Berlin", "joins two"), "ledger, in Berlin");
    }

    #[test]
    fn numbers_with_a_field_of_their_own_leave_the_sentence() {
        assert_eq!(without("streaming ledger, 40k events/s", "40k events/s"), "streaming ledger");
        assert_eq!(without("2 TB nightly of clickstream loads", "2 TB nightly"), "of clickstream loads");
        assert_eq!(without("ledger (p99 < 50 ms) for payments", "p99 < 50 ms"), "ledger for payments");
        assert_eq!(without("Kafka pipeline at 50k events/s in Go", "50k events/s"), "Kafka pipeline in Go");
        assert_eq!(without("a ledger", "40k"), "a ledger");
    }
}
