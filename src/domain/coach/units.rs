//! Units in seconds and bytes.

/// The seconds of a unit of time. A single letter counts only when it is glued to its number or stands after "per".
pub(super) fn seconds_of(typed: &str, glued: bool) -> Option<f64> {
    let unit = typed.to_lowercase();
    Some(match unit.as_str() {
        "ns" | "nanosecond" | "nanoseconds" => 1e-9,
        "us" | "µs" | "μs" | "usec" | "microsecond" | "microseconds" => 1e-6,
        "ms" | "msec" | "msecs" | "millis" | "milli" | "millisecond" | "milliseconds" | "millisekunden"
        | "millisecondes" | "мс" | "毫秒" | "ミリ秒" => 1e-3,
        "s" if !glued => return None,
        "s" | "sec" | "secs" | "second" | "seconds" | "sekunden" | "sekunde" | "secondes" | "segundos" | "segundo"
        | "секунд" | "секунду" | "сек" | "秒" => 1.0,
        "min" | "mins" | "minute" | "minutes" | "minuten" | "minutos" => 60.0,
        "h" if !glued => return None,
        "h" | "hr" | "hrs" | "hour" | "hours" | "stunden" | "horas" | "hora" | "heure" | "heures" => 3_600.0,
        "shift" => 28_800.0,
        "d" if !glued => return None,
        "d" | "day" | "days" | "night" | "tag" | "dia" | "dias" | "jour" | "jours" | "сутки" | "день" | "ночь"
        | "日" | "天" | "evening" | "morning" | "sunday" | "saturday" => 86_400.0,
        "week" | "weeks" | "wk" | "weekend" => 604_800.0,
        "month" | "months" | "mo" | "mois" => 2_592_000.0,
        "quarter" | "quarters" | "season" => 7_776_000.0,
        "year" | "years" | "yr" | "yrs" => 31_536_000.0,
        _ => return None,
    })
}

/// The bytes of a unit of data; frequencies and bit rates count as 1.
pub(super) fn bytes_of(unit: &str) -> f64 {
    let unit = unit.to_lowercase();
    let exponent = match unit.trim_start_matches("multi ").chars().next() {
        _ if unit.contains("hz") => 0,
        Some('k') => 1,
        Some('m') => 2,
        Some('g') => 3,
        Some('t') => 4,
        Some('p') => 5,
        Some('e') => 6,
        _ => 0,
    };
    1000f64.powi(exponent)
}
