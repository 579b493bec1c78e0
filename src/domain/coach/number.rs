//! Numbers as people say them: 10k, "a few hundred", "half a million", ranges.

use super::pieces::Shape;
use super::senses::Sense;
use super::tokens::{Page, Token};

/// A number of one or more tokens, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    pub low: f64,
    pub high: f64,
    pub from: usize,
    pub to: usize,
    /// Written with digits or a word of magnitude, not only "two" or "a".
    pub firm: bool,
    /// A bare number from 1900 to 2100, which may be a year.
    pub may_be_year: bool,
    /// Has a word of magnitude: "thousands", "10 million", "5k".
    pub magnitude: bool,
}

/// "hundred thousand million": more words of magnitude in a row are no number.
const MAGNITUDES: usize = 3;

/// The number that starts at a token.
pub(super) fn amount_at(page: &Page, tokens: &[Token], from: usize) -> Option<Amount> {
    let (mut low, mut at, mut firm) = head(page, tokens, from)?;
    let mut high = low;
    let mut magnitude = false;
    let bare = at;
    // "10-20k", "10 to 15 thousand": the second number closes the range.
    if let Some(token) = tokens.get(at)
        && (matches!(token.shape, Shape::Mark('-' | '—' | '~')) || matches!(page.slice(token), "to" | "bis" | "or"))
        && tokens.get(at + 1).is_some_and(|next| next.number().is_some() || next.is(Sense::CountWord))
        && let Some((second, next, second_firm)) = head(page, tokens, at + 1)
        && (second > high || second_firm && token.is_mark('-'))
    {
        high = second.max(high);
        at = next;
        firm |= second_firm;
    }
    let mut factor = 1.0;
    for _ in 0..MAGNITUDES {
        let Some((times, next)) = times_at(page, tokens, at) else { break };
        factor *= times;
        at = next;
        magnitude = true;
    }
    // "40k-80k": the first had its own factor.
    if factor == 1.0 || low * factor <= high * factor {
        low *= factor;
        high *= factor;
    }
    if magnitude
        && tokens
            .get(at)
            .is_some_and(|token| matches!(token.shape, Shape::Mark('-' | '—')) || page.slice(token) == "to")
        && let Some((second, next, _)) = head(page, tokens, at + 1)
    {
        let (mut value, mut end) = (second, next);
        for _ in 0..MAGNITUDES {
            let Some((times, next)) = times_at(page, tokens, end) else { break };
            value *= times;
            end = next;
        }
        if value > high {
            high = value;
            at = end;
        }
    }
    if tokens.get(at).is_some_and(|token| token.is_mark('+')) {
        at += 1;
    }
    let year = at == bare
        && firm
        && low.fract() == 0.0
        && (1900.0..2101.0).contains(&low)
        && tokens[from].end - tokens[from].start == 4;
    Some(Amount { low, high, from, to: at, firm: firm || magnitude, may_be_year: year, magnitude })
}

fn head(page: &Page, tokens: &[Token], at: usize) -> Option<(f64, usize, bool)> {
    let token = tokens.get(at)?;
    if let Some(value) = token.number() {
        // 10^6
        if tokens.get(at + 1).is_some_and(|mark| mark.is_mark('^') && mark.glued)
            && let Some(power) = tokens.get(at + 2).and_then(Token::number).filter(|power| *power < 30.0)
        {
            return Some((value.powf(power), at + 3, true));
        }
        return Some((value, at + 1, true));
    }
    if token.is(Sense::Magnitude) && page.slice(token).ends_with('s') || plain_magnitude(page.slice(token)) {
        // "thousands", "tens of thousands": about three of the first.
        let own = magnitude_of(page.slice(token))?;
        return Some((own * 3.0, at + 1, true)).map(|(value, next, firm)| (value, next, firm && own >= 10.0));
    }
    if token.is(Sense::CountWord) {
        let mut value = count_of(page.slice(token))?;
        let mut next = at + 1;
        // "half a million", "twenty five".
        while let Some(token) = tokens.get(next).filter(|token| token.is(Sense::CountWord) && next < at + 3) {
            match count_of(page.slice(token)) {
                Some(more) if value >= 20.0 && more < 10.0 => value += more,
                Some(more) if value < 1.0 || (more - 1.0).abs() < f64::EPSILON => value *= more,
                _ => break,
            }
            next += 1;
        }
        return Some((value, next, false));
    }
    None
}

fn plain_magnitude(word: &str) -> bool {
    matches!(word, "hundred" | "thousand" | "million" | "billion")
}

/// A factor: a glued k or M, a word of magnitude, "of thousands".
fn times_at(page: &Page, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let token = tokens.get(at)?;
    let word = page.slice(token);
    if token.is(Sense::Magnitude) {
        return Some((magnitude_of(word)?, at + 1));
    }
    if word == "of"
        && tokens.get(at + 1).is_some_and(|next| next.is(Sense::Magnitude) && page.slice(next).ends_with('s'))
    {
        return Some((magnitude_of(page.slice(&tokens[at + 1]))?, at + 2));
    }
    if token.glued && at > 0 && tokens[at - 1].number().is_some() {
        let typed = page.folded.typed(token.start, token.end);
        return match (word, typed) {
            ("k", _) => Some((1e3, at + 1)),
            ("m", "M") | ("mm" | "mn" | "mio", _) => Some((1e6, at + 1)),
            // A small m is a million where a thing that is counted follows: 5m users.
            ("m", _) if tokens.get(at + 1).is_some_and(|next| next.is(Sense::LoadNoun)) => Some((1e6, at + 1)),
            ("b" | "bn", _) => Some((1e9, at + 1)),
            _ => None,
        };
    }
    None
}

fn magnitude_of(word: &str) -> Option<f64> {
    Some(match word {
        "tens" => 10.0,
        "dozen" | "dozens" => 12.0,
        "hundred" | "hundreds" | "百" => 100.0,
        "thousand" | "thousands" | "thousend" | "thousends" | "tausend" | "mil" | "mila" | "mille" | "tys"
        | "tysiecy" | "tusen" | "duizend" | "bin" | "miles" | "milhares" | "milliers" | "тысяч" | "тысячи" | "тыс"
        | "千" => 1e3,
        "万" => 1e4,
        "lakh" | "lakhs" => 1e5,
        "million" | "millions" | "millons" | "milions" | "millon" | "milion" | "mio" | "mln" | "millionen"
        | "millones" | "millionnes" | "milhoes" | "миллионов" | "миллионы" | "milionow" | "miljoner" | "miljoen"
        | "milyon" | "млн" | "百万" => 1e6,
        "crore" | "crores" => 1e7,
        "億" => 1e8,
        "billion" | "billions" | "bn" => 1e9,
        "trillion" | "trillions" => 1e12,
        _ => return None,
    })
}

/// Small numbers of English's neighbours.
fn foreign_count(word: &str) -> Option<f64> {
    Some(match word {
        "zwei" | "deux" | "dos" | "dois" | "duas" | "due" | "два" | "две" | "twee" => 2.0,
        "drei" | "trois" | "tres" | "tre" | "три" | "drie" => 3.0,
        "vier" | "quatre" | "cuatro" | "quatro" | "quattro" | "четыре" => 4.0,
        "funf" | "cinq" | "cinco" | "cinque" | "пять" | "vijf" => 5.0,
        "sechs" | "seis" | "шесть" => 6.0,
        "sieben" | "sept" | "siete" | "sete" | "семь" => 7.0,
        "acht" | "huit" | "ocho" | "oito" | "восемь" => 8.0,
        "neun" | "neuf" | "nueve" | "nove" | "девять" => 9.0,
        "dwoch" | "dwaj" | "tva" | "iki" | "doua" => 2.0,
        "trzech" | "trzej" | "uc" | "trei" => 3.0,
        "czterech" | "czterej" | "fyra" | "fire" | "dort" => 4.0,
        "pieciu" | "fem" | "bes" => 5.0,
        "szesciu" | "sex" | "seks" | "zes" | "alti" | "sei" => 6.0,
        "siedmiu" | "sju" | "syv" | "zeven" | "yedi" | "sette" => 7.0,
        "osmiu" | "atta" | "otte" | "sekiz" => 8.0,
        "dziewieciu" | "nio" | "negen" | "dokuz" => 9.0,
        "dziesieciu" | "tio" | "dieci" => 10.0,
        "zehn" | "dix" | "diez" | "dez" | "десять" | "tien" => 10.0,
        "zwolf" => 12.0,
        _ => return None,
    })
}

fn count_of(word: &str) -> Option<f64> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(at) = WORDS.iter().position(|known| *known == word) {
        return Some(at as f64 + 1.0);
    }
    Some(match word {
        "a" | "an" => 1.0,
        "a couple" => 2.0,
        "a few" | "few" | "several" => 3.0,
        "half" => 0.5,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        "low" | "single digit" => 3.0,
        "mid" => 5.0,
        "high" => 8.0,
        "double digit" => 30.0,
        "triple digit" => 300.0,
        "six figure" => 3e5,
        "seven figure" => 3e6,
        _ => return foreign_count(word),
    })
}
