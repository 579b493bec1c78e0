//! Latency and scale: numbers with what they count, as evidence and as bands.

use super::evidence::Evidence;
use super::number::{Amount, amount_at};
use super::pieces::Shape;
use super::senses::{Sense, any};
use super::tokens::{Page, Token};
use super::units::{bytes_of, seconds_of};

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
        return found(measure, at, to);
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

/// What an amount measures, and the token after the last one that belongs to it.
fn measured(page: &Page, tokens: &[Token], amount: &Amount) -> Option<(Measure, usize)> {
    let timed = tokens.get(amount.to).is_some_and(|next| next.is(Sense::TimeUnit) && !next.is(Sense::LoadNoun));
    if !timed && worth_money(page, tokens, amount.from, amount.to)
        || amount.may_be_year && !unit_follows(tokens, amount.to)
    {
        return None;
    }
    if let Some(to) = clock(page, tokens, amount) {
        return Some((Measure::ByTheClock, to));
    }
    let next = tokens.get(amount.to)?;
    if matches!(next.shape, Shape::Mark('%' | '°' | '€' | '£' | '$' | '₹'))
        || matches!(page.slice(next), "x" | "percent" | "st" | "nd" | "rd" | "th" | "am" | "pm")
    {
        return None;
    }
    if next.is(Sense::RateUnit) {
        let each = if page.slice(next) == "rpm" {
            60.0
        } else if page.slice(next) == "rpd" {
            86_400.0
        } else {
            1.0
        };
        let counted = matches!(
            page.slice(next),
            "dau" | "mau" | "wau" | "daus" | "maus" | "ccu" | "concurrent users" | "concurrents"
        );
        let measure = if counted {
            Measure::Count(amount.high)
        } else {
            Measure::Rate { per_second: amount.high / each, period: each }
        };
        return Some((measure, amount.to + 1));
    }
    if next.is(Sense::DataUnit) && (amount.firm || page.slice(next).len() > 2) {
        return Some((Measure::Bytes(amount.high * bytes_of(page.slice(next))), amount.to + 1));
    }
    let season = matches!(
        page.slice(next),
        "season" | "shift" | "quarter" | "evening" | "morning" | "sunday" | "saturday" | "weekend" | "night"
    );
    // "a second pair of hands" counts no time.
    let ordinal = !amount.firm
        && amount.high < 1.5
        && page.slice(next) == "second"
        && tokens.get(amount.to + 1).is_some_and(|after| {
            after.is_word()
                && !matches!(
                    page.slice(after),
                    "or" | "and" | "at" | "of" | "after" | "per" | "when" | "for" | "to" | "from" | "is" | "p99" | "on"
                )
        });
    if ordinal {
        return None;
    }
    if timed
        && !season
        && let Some(seconds) = seconds_of(page.folded.typed(next.start, next.end), true)
    {
        if time_bounds(page, tokens, amount, seconds) {
            return Some((Measure::Within(amount.high * seconds), amount.to + 1));
        }
        return None;
    }
    counted(page, tokens, amount)
}

fn unit_follows(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|next| next.is_any(any(&[Sense::LoadNoun, Sense::RateUnit, Sense::DataUnit])))
}

/// "10k page views a minute", "a few hundred a day", "40M rows", "12,000 parcels".
fn counted(page: &Page, tokens: &[Token], amount: &Amount) -> Option<(Measure, usize)> {
    let mut noun = None;
    let mut to = amount.to;
    let mut unknown = 0;
    for (ahead, token) in tokens.iter().enumerate().skip(amount.to).take(7) {
        if token.is(Sense::NotLoad) && !token.is(Sense::LoadNoun) {
            // "customer teams", "events engineers": the last noun tells what is counted.
            // "API calls": the last noun tells.
            if tokens.get(ahead + 1).is_some_and(|next| next.is(Sense::LoadNoun)) {
                continue;
            }
            if noun.is_none() || noun == ahead.checked_sub(1) {
                return None;
            }
            break;
        }
        if let Some(period) = period_at(page, tokens, ahead) {
            let (seconds, end) = period;
            let slow_count = !amount.firm && amount.high < 3.0 && noun.is_none();
            let rare = seconds > 604_800.0 && amount.high < 100.0;
            if slow_count || rare || unknown > 3 {
                return None;
            }
            return Some((Measure::Rate { per_second: amount.high / seconds, period: seconds }, end));
        }
        if matches!(token.shape, Shape::Mark('.' | ',' | ';' | ':' | '(' | ')' | '!' | '?' | '—') | Shape::Break)
            || token.number().is_some()
        {
            break;
        }
        if token.is(Sense::Per) && unknown > 1 && noun.is_none() {
            break;
        }
        if token.is(Sense::LoadNoun) {
            noun = Some(ahead);
            to = ahead + 1;
        } else if token.is(Sense::Money) {
            return None;
        } else if token.is_word() && !token.known && page.slice(token).len() > 2 && noun.is_none() {
            unknown += 1;
            if unknown == 1 {
                to = ahead + 1;
            }
        } else if noun.is_some() && !token.is(Sense::Per) {
            break;
        }
    }
    if let Some(noun) = noun {
        let people = matches!(
            page.slice(&tokens[noun]),
            "people" | "person" | "persons" | "kids" | "units" | "unit" | "positions" | "seats"
        );
        let few = !amount.firm || amount.high < 10.0;
        let crowd = tokens.get(noun + 1).is_some_and(|next| next.is(Sense::Per));
        let enough = if people { amount.high >= 1000.0 || crowd && amount.firm } else { !few || amount.magnitude };
        return enough.then_some((Measure::Count(amount.high), to));
    }
    // An unknown noun in the thousands is still a load; a bare number of that size needs its magnitude written.
    let large = amount.high >= 1000.0 && amount.firm && !amount.may_be_year;
    (large && unknown > 0).then_some((Measure::Count(amount.high), to))
}

/// "a day", "per second", "/min", "daily", "in July"? no: only periods of the clock and calendar.
fn period_at(page: &Page, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let token = tokens.get(at)?;
    let alone = match page.slice(token) {
        "daily" | "nightly" => Some(86_400.0),
        "hourly" => Some(3_600.0),
        "weekly" => Some(604_800.0),
        "monthly" => Some(2_592_000.0),
        "yearly" => Some(31_536_000.0),
        _ => None,
    };
    if let Some(seconds) = alone {
        return Some((seconds, at + 1));
    }
    if !token.is(Sense::Per) {
        return None;
    }
    let unit = tokens.get(at + 1)?;
    if !unit.is(Sense::TimeUnit) {
        return None;
    }
    let seconds = seconds_of(page.folded.typed(unit.start, unit.end), true)?;
    Some((seconds, at + 2))
}

/// Whether a number of hours or minutes bounds an answer or a run, rather than a working week or an interview.
fn time_bounds(page: &Page, tokens: &[Token], amount: &Amount, unit_seconds: f64) -> bool {
    let after = tokens.get(amount.to + 1);
    if unit_seconds <= 1.0 {
        return true;
    }
    let after_word = after.map_or("", |token| page.slice(token));
    let hiring = (1..=6).filter_map(|n| amount.from.checked_sub(n)).map(|at| page.slice(&tokens[at])).any(|word| {
        matches!(
            word,
            "interview"
                | "interviews"
                | "assignment"
                | "take home"
                | "call"
                | "test"
                | "screen"
                | "onsite"
                | "commute"
                | "reply"
                | "meeting"
                | "lunch"
        )
    });
    let working_time = hiring && unit_seconds > 1.0
        || matches!(
            after_word,
            "week"
                | "weeks"
                | "interview"
                | "interviews"
                | "call"
                | "contract"
                | "notice"
                | "shift"
                | "shifts"
                | "walk"
                | "away"
                | "drive"
                | "commute"
                | "overlap"
                | "project"
                | "gig"
                | "onsite"
                | "screen"
                | "session"
                | "chat"
                | "trial"
                | "of experience"
                | "experience"
                | "ago"
                | "later"
        )
        || after.is_some_and(|token| {
            token.is(Sense::Per) && tokens.get(amount.to + 2).is_some_and(|unit| unit.is(Sense::TimeUnit))
        })
        || after_word == "of" && unit_seconds > 3600.0;
    if working_time || unit_seconds > 86_400.0 {
        return false;
    }
    let near =
        |n: usize| amount.from.checked_sub(n).and_then(|at| tokens.get(at)).map_or("", |token| page.slice(token));
    let firmly = (1..=4).map(near).any(|word| {
        matches!(
            word,
            "within"
                | "under"
                | "below"
                | "less than"
                | "lower than"
                | "at most"
                | "max"
                | "maximum"
                | "up to"
                | "no more than"
                | "not more than"
                | "in less than"
                | "<"
                | "≤"
                | "<="
                | "finish"
                | "finishes"
                | "finished"
                | "done"
                | "done in"
                | "complete in"
                | "completes in"
                | "ready in"
                | "takes"
                | "take"
                | "must take"
                | "sla"
                | "slo"
                | "budget of"
                | "latency"
                | "turnaround"
                | "answer in"
                | "respond in"
                | "reply in"
                | "respond within"
                | "innerhalb"
                | "unter"
                | "moins de"
                | "menos de"
                | "inside"
                | "over"
                | "sub"
                | "after"
                | "must be"
                | "than"
                | "exceed"
                | "exceeds"
                | "window"
                | "runs"
                | "run for"
                | "runs for"
                | "lasts"
                | "took"
                | "needs"
        )
    });
    if unit_seconds > 3600.0 {
        return firmly
            && !(1..=6)
                .map(near)
                .any(|word| matches!(word, "start" | "starts" | "join" | "begin" | "available" | "hire"));
    }
    let loosely = (1..=2).map(near).any(|word| word == "in");
    let late = (1..=3).filter_map(|n| tokens.get(amount.to + n)).map(|token| page.slice(token)).take(3).any(|word| {
        matches!(
            word,
            "max"
                | "maximum"
                | "at most"
                | "sla"
                | "window"
                | "budget"
                | "deadline"
                | "latency"
                | "turnaround"
                | "tops"
                | "late"
                | "old"
                | "fresh"
                | "stale"
        )
    });
    let from_to = matches!(near(1), "to" | "from") && amount.firm;
    firmly || loosely || late || from_to
}

/// "by 6:30", "before 5 am": the clock as a deadline.
fn clock(page: &Page, tokens: &[Token], amount: &Amount) -> Option<usize> {
    let next = tokens.get(amount.to)?;
    let to = if matches!(page.slice(next), "am" | "pm" | "a.m" | "uhr" | "o'clock") {
        amount.to + 1
    } else if next.is_mark(':')
        && next.glued
        && tokens.get(amount.to + 1).is_some_and(|token| token.glued && token.number().is_some())
        && amount.high < 25.0
    {
        amount.to + 2
    } else if amount.high < 25.0
        && amount.high.fract() == 0.0
        && (next.shape == Shape::Break
            || matches!(next.shape, Shape::Mark(_))
            || matches!(page.slice(next), "or" | "and" | "because" | "so" | "when"))
        && amount
            .from
            .checked_sub(1)
            .is_some_and(|at| matches!(page.slice(&tokens[at]), "by" | "before" | "done by" | "ready by"))
        && (2..=6)
            .filter_map(|n| amount.from.checked_sub(n))
            .map(|at| page.slice(&tokens[at]))
            .chain([page.slice(&tokens[amount.from - 1])])
            .any(|word| {
                matches!(
                    word,
                    "done" | "finished" | "ready" | "done by" | "ready by" | "finish" | "loaded" | "complete"
                )
            })
    {
        amount.to
    } else {
        return None;
    };
    let bound = (1..=8).filter_map(|n| amount.from.checked_sub(n)).map(|at| page.slice(&tokens[at])).any(|word| {
        matches!(word, "by" | "before" | "done by" | "ready by" | "until" | "till" | "no later than" | "deadline")
    });
    bound.then_some(to)
}

/// Money before or after the number: $2B, 70-85k €, "million in revenue".
fn worth_money(page: &Page, tokens: &[Token], from: usize, to: usize) -> bool {
    let before = from.checked_sub(1).and_then(|at| tokens.get(at));
    let currency = |token: &Token| {
        token.is(Sense::Money) && !matches!(page.slice(token), "volume" | "worth" | "equity" | "seed" | "base")
    };
    before.is_some_and(currency)
        || from
            .checked_sub(2)
            .and_then(|at| tokens.get(at))
            .is_some_and(|token| matches!(token.shape, Shape::Mark('$' | '€' | '£')))
        || tokens
            .iter()
            .skip(to)
            .take(2)
            .take_while(|token| !matches!(token.shape, Shape::Mark('.' | ',' | ';')))
            .any(|token| token.is(Sense::Money) && !token.is(Sense::Per))
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
