//! Quantities as the bands of question 2.

use super::scale::{Measure, Quantity};
use crate::domain::answers::{Load, Speed};

/// The band of speed a quantity means; only times do.
pub fn speed_of(quantity: &Quantity) -> Option<Speed> {
    let Measure::Within(seconds) = quantity.measure else { return None };
    Some(match seconds {
        s if s <= 0.01 => Speed::Under10Ms,
        s if s <= 0.1 => Speed::Under100Ms,
        s if s <= 1.0 => Speed::Under1S,
        s if s <= 60.0 => Speed::Under1Min,
        s if s <= 3_600.0 => Speed::Under1H,
        _ => Speed::Hours,
    })
}

/// The band of load a quantity means; only rates do. Lower bounds are inclusive.
pub fn load_of(quantity: &Quantity) -> Option<Load> {
    let Measure::Rate { per_second: rate, .. } = quantity.measure else { return None };
    Some(match rate {
        r if r < 1.0 / 60.0 => Load::Rare,
        r if r < 1.0 => Load::UnderOne,
        r if r < 10.0 => Load::Ones,
        r if r < 100.0 => Load::Tens,
        r if r < 1_000.0 => Load::Hundreds,
        r if r < 10_000.0 => Load::Thousands,
        r if r < 100_000.0 => Load::TensOfThousands,
        _ => Load::More,
    })
}
