//! Latency and scale: numbers with what they count, as evidence and as bands.

use super::evidence::Evidence;
use super::measured::{every, measured, worth_money};
use super::number::amount_at;
use super::pieces::Shape;
use super::senses::{Sense, any};
use super::tokens::{Page, Token};

/// What a quantity measures. Ranges are (low, high).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// A time in seconds within which something is answered or done.
    Within(f64),
    /// So many a second, said for a period of so many seconds: a day's average hides its busy moment.
    Rate {
        /// A second.
        per_second: f64,
        /// The period the words speak of.
        period: f64,
    },
    /// So many things that make load: users, devices, rows.
    Count(f64),
    /// Bytes; with a period, per second.
    Bytes(f64),
    /// Done by an hour of the clock.
    ByTheClock,
    /// An order of magnitude in words without a number we can hold.
    InWords,
}

/// One quantity of load, latency or data.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// What it measures; of a range the upper end.
    pub measure: Measure,
    /// The percentile, in per mille: p99 is 990, p99.9 is 999.
    pub percentile: Option<u16>,
    /// The words.
    pub evidence: Evidence,
}

/// The quantities of load, latency and data in a text, in order.
pub(super) fn quantities_in(page: &Page, tokens: &[Token]) -> Vec<Quantity> {
    let mut quantities = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let read = quantity_at(page, tokens, at);
        at = match read {
            Some((quantity, next)) => {
                quantities.push(quantity);
                next.max(at + 1)
            }
            None => {
                amount_at(page, tokens, at).filter(|amount| amount.firm).map_or(at + 1, |amount| amount.to.max(at + 1))
            }
        };
    }
    quantities
}

fn quantity_at(page: &Page, tokens: &[Token], at: usize) -> Option<(Quantity, usize)> {
    let token = tokens.get(at)?;
    let found = |measure, from: usize, to: usize| {
        let percentile = percentile_near(page, tokens, from);
        let from = if percentile.is_some() { percentile.map_or(from, |(_, at)| at.min(from)) } else { from };
        let evidence = page.evidence(tokens[from].start, tokens[to - 1].end);
        Some((Quantity { measure, percentile: percentile.map(|(p, _)| p), evidence }, to))
    };
    if let Some((measure, to)) = amount_at(page, tokens, at).and_then(|amount| measured(page, tokens, &amount)) {
        let often = matches!(measure, Measure::InWords) && every(page, tokens, at);
        return found(measure, if often { at - 1 } else { at }, to);
    }
    if token.is(Sense::ScalePhrase) {
        let measure = phrase_measure(page.slice(token));
        let counts = matches!(measure, Measure::InWords);
        if counts && (worth_money(page, tokens, at, at + 1) || counts_no_load(tokens, at + 1)) {
            return None;
        }
        return found(measure, at, at + 1);
    }
    if token.is(Sense::DataUnit) && !token.glued && page.slice(token).len() > 4 && page.slice(token).contains("byte") {
        return found(Measure::InWords, at, at + 1);
    }
    None
}

fn counts_no_load(tokens: &[Token], from: usize) -> bool {
    for token in tokens.iter().skip(from).take(4) {
        if token.is(Sense::LoadNoun) {
            return false;
        }
        if token.is_any(any(&[Sense::NotLoad, Sense::Money])) {
            return true;
        }
        if matches!(token.shape, Shape::Mark(_) | Shape::Break) {
            return false;
        }
    }
    false
}

fn percentile_near(page: &Page, tokens: &[Token], from: usize) -> Option<(u16, usize)> {
    (0..=4).filter_map(|n| from.checked_sub(n)).find_map(|at| {
        let token = tokens.get(at).filter(|token| token.is(Sense::Percentile))?;
        let per_mille = match page.slice(token) {
            "p50" | "median" => 500,
            "p75" => 750,
            "p90" | "90th percentile" => 900,
            "p95" | "95th percentile" | "95th" => 950,
            "p98" => 980,
            "p999" | "p99.9" => 999,
            _ => 990,
        };
        Some((per_mille, at))
    })
}

fn phrase_measure(phrase: &str) -> Measure {
    if phrase.contains("sub ms")
        || phrase.contains("sub milli")
        || phrase.contains("submilli")
        || phrase.contains("micro")
        || phrase.contains("nano")
    {
        Measure::Within(0.001)
    } else if phrase.contains("single digit m") || phrase == "low milliseconds" || phrase.contains("few milliseconds") {
        Measure::Within(0.009)
    } else if phrase.contains("double digit") || phrase.contains("100ms") || phrase.contains("millisecond") {
        Measure::Within(0.099)
    } else if phrase.contains("minutes") {
        Measure::Within(1800.0)
    } else if phrase.contains("minute") || phrase.contains("seconds") {
        Measure::Within(59.0)
    } else if phrase.contains("second") || phrase.contains("blink") {
        Measure::Within(0.99)
    } else if phrase.contains("hours") {
        Measure::Within(7200.0)
    } else if phrase.contains("hour") {
        Measure::Within(3599.0)
    } else {
        Measure::InWords
    }
}
