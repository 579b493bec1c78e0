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

/// The sentence without the words that stand in another field, and without the punctuation that held them.
fn without(sentence: &str, words: &str) -> String {
    let Some((before, after)) = sentence.split_once(words) else { return sentence.to_owned() };
    let (before, after) = (before.trim_end(), after.trim_start());
    let before = before.trim_end_matches([',', ';', ':', '(', '-', '–', '—', '@']).trim_end();
    let between = after.starts_with([',', ';']);
    let after = after.trim_start_matches([',', ';', ')']).trim_start();
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after.to_owned(),
        (_, true) => before.to_owned(),
        _ if between => format!("{before}, {after}"),
        _ => format!("{before} {after}"),
    }
}

/// The sentence without words that have a field of their own, and without the few that led up to them after a comma:
/// "…, joins a" says nothing alone.
fn without_clause(sentence: &str, words: &str) -> String {
    let Some((before, _)) = sentence.split_once(words) else { return sentence.to_owned() };
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
        assert_eq!(of("ledger for a backend team of 8"), "ledger for a");
        assert_eq!(of("ledger"), "ledger");
    }

    #[test]
    fn numbers_with_a_field_of_their_own_leave_the_sentence() {
        assert_eq!(without("streaming ledger, 40k events/s", "40k events/s"), "streaming ledger");
        assert_eq!(without("2 TB nightly of clickstream loads", "2 TB nightly"), "of clickstream loads");
        assert_eq!(without("ledger (p99 < 50 ms) for payments", "p99 < 50 ms"), "ledger for payments");
        assert_eq!(without("a ledger", "40k"), "a ledger");
    }
}
