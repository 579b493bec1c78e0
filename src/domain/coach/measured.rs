//! What a number measures: a rate, a count of what makes load, bytes, a time.

use super::bounds::{clock, time_bounds};
use super::number::Amount;
use super::pieces::Shape;
use super::scale::Measure;
use super::senses::{Sense, any};
use super::tokens::{Page, Token};
use super::units::{bytes_of, seconds_of};

/// What an amount measures, and the token after the last one that belongs to it.
pub(super) fn measured(page: &Page, tokens: &[Token], amount: &Amount) -> Option<(Measure, usize)> {
    let timed = tokens.get(amount.to).is_some_and(|next| next.is(Sense::TimeUnit) && !next.is(Sense::LoadNoun));
    if !timed && worth_money(page, tokens, amount.from, amount.to)
        || amount.may_be_year && !unit_follows(tokens, amount.to)
        || numbered(page, tokens, amount.from)
    {
        return None;
    }
    // "an ops person", "a PM": an article counts nothing here.
    let article = matches!(page.slice(&tokens[amount.from]), "a" | "an") && !amount.magnitude;
    let abbreviated = tokens.get(amount.to).is_some_and(|next| matches!(page.slice(next), "ops" | "pm" | "am"));
    if article && abbreviated {
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
        // "2 TB nightly": the period belongs to it.
        let (seconds, to) = period_at(page, tokens, amount.to + 1).unwrap_or((1.0, amount.to + 1));
        return Some((Measure::Bytes(amount.high * bytes_of(page.slice(next)) / seconds), to));
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
    // "need a second to keep him company".
    let wanted = page.slice(next) == "second"
        && amount
            .from
            .checked_sub(1)
            .is_some_and(|before| matches!(page.slice(&tokens[before]), "need" | "needs" | "want" | "add" | "hire"));
    if ordinal || wanted && !amount.firm {
        return None;
    }
    if timed
        && !season
        && let Some(seconds) = seconds_of(page.folded.typed(next.start, next.end), true)
    {
        // "within two hours of Eastern time": a place to work from.
        let zone = tokens.get(amount.to + 1).is_some_and(|next| page.slice(next) == "of")
            && tokens.get(amount.to + 2).is_some_and(|next| page.capital(next));
        if !zone && time_bounds(page, tokens, amount, seconds) {
            // "one reading every 10 s": how often something comes, and no bound on an answer.
            let often = every(page, tokens, amount.from);
            let measure = if often { Measure::InWords } else { Measure::Within(amount.high * seconds) };
            return Some((measure, amount.to + 1));
        }
        return None;
    }
    counted(page, tokens, amount)
}

/// "every 10 s": the word before the number.
pub(super) fn every(page: &Page, tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| matches!(page.slice(before), "every" | "each"))
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
            // "pet owners", "bank clients": one that no list knows tells as well.
            let single = !page.slice(token).ends_with('s');
            // "a 12-person company building payroll software": that one is a verb.
            let last = |next: &Token| {
                next.is(Sense::LoadNoun) && page.slice(next) != "building" || single && unknown_plural(page, next)
            };
            if tokens.get(ahead + 1).is_some_and(last) {
                continue;
            }
            if noun.is_none() && unknown > 1 {
                break;
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
            if slow_count || rare {
                return None;
            }
            if unknown > 3 {
                break;
            }
            return Some((Measure::Rate { per_second: amount.high / seconds, period: seconds }, end));
        }
        if matches!(token.shape, Shape::Mark('.' | ',' | ';' | ':' | '(' | ')' | '!' | '?' | '—') | Shape::Break)
            || token.number().is_some()
        {
            break;
        }
        // "120k ev/s", "4 img/s".
        if token.is(Sense::RateUnit) && ahead == amount.to + 1 && page.slice(token).starts_with('/') {
            return Some((Measure::Rate { per_second: amount.high, period: 1.0 }, ahead + 1));
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
    // An unknown noun in the thousands is still a load, and one in the plural from a hundred; a bare number of that size
    // needs its magnitude written.
    let firm = amount.firm && !amount.may_be_year;
    let plural = tokens.iter().skip(amount.to).take(2).any(|token| unknown_plural(page, token));
    let large =
        firm && (amount.high >= 1000.0 || amount.high >= 100.0 && plural && tokens[amount.from].number().is_some());
    (large && unknown > 0).then_some((Measure::Count(amount.high), to))
}

fn unknown_plural(page: &Page, token: &Token) -> bool {
    let word = page.slice(token);
    token.is_word() && !token.known && word.len() > 4 && word.ends_with('s') && !word.ends_with("ss")
}

/// "page 140", "article 200": a place in something, no count.
fn numbered(page: &Page, tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
        matches!(
            page.slice(before),
            "page" | "article" | "section" | "chapter" | "line" | "room" | "floor" | "version" | "number" | "#"
        )
    })
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
    if !token.is(Sense::Per) && !token.is_mark('/') {
        return None;
    }
    let unit = tokens.get(at + 1)?;
    if !unit.is(Sense::TimeUnit) {
        return None;
    }
    let seconds = seconds_of(page.folded.typed(unit.start, unit.end), true)?;
    Some((seconds, at + 2))
}

/// Money before or after the number: $2B, 70-85k €, "million in revenue".
pub(super) fn worth_money(page: &Page, tokens: &[Token], from: usize, to: usize) -> bool {
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
