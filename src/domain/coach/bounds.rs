//! Times that bound an answer or a run, rather than a working week or an interview.

use super::number::Amount;
use super::pieces::Shape;
use super::senses::Sense;
use super::tokens::{Page, Token};

/// Whether a number of hours or minutes bounds an answer or a run, rather than a working week or an interview.
pub(super) fn time_bounds(page: &Page, tokens: &[Token], amount: &Amount, unit_seconds: f64) -> bool {
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
pub(super) fn clock(page: &Page, tokens: &[Token], amount: &Amount) -> Option<usize> {
    let next = tokens.get(amount.to)?;
    let day_part = page.slice(next) == "in"
        && tokens
            .get(amount.to + 2)
            .is_some_and(|token| matches!(page.slice(token), "morning" | "evening" | "afternoon"));
    let to = if day_part || matches!(page.slice(next), "am" | "pm" | "a.m" | "uhr" | "o'clock" | "sharp") {
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
