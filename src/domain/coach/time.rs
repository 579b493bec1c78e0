//! Times: the period of a rate, what bounds an answer or a run, an hour of the clock.

use super::number::Amount;
use super::senses::Sense;
use super::tokens::{Page, Token};
use super::units::seconds_of;

/// "a day", "per second", "/min", "daily", "in July"? no: only periods of the clock and calendar.
pub(super) fn period_at(page: &Page, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
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
pub(super) fn time_bounds(page: &Page, tokens: &[Token], amount: &Amount, unit_seconds: f64) -> bool {
    let after = tokens.get(amount.to + 1);
    if unit_seconds <= 1.0 {
        return true;
    }
    let after_word = after.map_or("", |token| page.slice(token));
    let working_time = matches!(
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
    ) || after.is_some_and(|token| {
        token.is(Sense::Per) && tokens.get(amount.to + 2).is_some_and(|unit| unit.is(Sense::TimeUnit))
    }) || after_word == "of" && unit_seconds > 3600.0;
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
        )
    });
    if unit_seconds > 3600.0 {
        return firmly
            && !(1..=6)
                .map(near)
                .any(|word| matches!(word, "start" | "starts" | "join" | "begin" | "available" | "hire"));
    }
    let loosely = (1..=2).map(near).any(|word| word == "in" || word == "of");
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
pub(super) fn clock(page: &Page, tokens: &[Token], amount: &Amount) -> Option<usize> {
    let next = tokens.get(amount.to)?;
    let to = if matches!(page.slice(next), "am" | "pm" | "a.m" | "uhr" | "o'clock") {
        amount.to + 1
    } else if next.is_mark(':')
        && next.glued
        && tokens.get(amount.to + 1).is_some_and(|token| token.glued && token.number().is_some())
        && amount.high < 25.0
    {
        amount.to + 2
    } else {
        return None;
    };
    let bound = (1..=8).filter_map(|n| amount.from.checked_sub(n)).map(|at| page.slice(&tokens[at])).any(|word| {
        matches!(word, "by" | "before" | "done by" | "ready by" | "until" | "till" | "no later than" | "deadline")
    });
    bound.then_some(to)
}
