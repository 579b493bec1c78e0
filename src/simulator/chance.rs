//! Chance as a value: everything random in the workspace comes from one printed seed.

use serde::{Deserialize, Serialize};

/// SplitMix64 (Steele, Lea, Flood 2014): small, even, and the same on every machine. Not for secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    #[must_use]
    pub fn from_seed(seed: u64) -> Chance {
        Chance { seed, state: seed }
    }

    /// The seed to print: the same one gives the same run.
    #[must_use]
    pub fn seed(self) -> u64 {
        self.seed
    }

    pub fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below `bound`; zero for a bound of zero.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        if bound == 0 { 0 } else { usize::try_from(self.number() % bound).unwrap_or(0) }
    }

    /// True with the given probability (0 never, 1 always).
    pub fn happens(&mut self, probability: f64) -> bool {
        let fraction = (self.number() >> 11) as f64 / (1u64 << 53) as f64;
        fraction < probability
    }

    /// Letters and digits, as Slack uses in block ids, hashes and tickets.
    pub fn letters(&mut self, length: usize) -> String {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        (0..length).map(|_| ALPHABET.get(self.below(ALPHABET.len())).map_or('A', |byte| char::from(*byte))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_run() {
        let mut one = Chance::from_seed(7);
        let mut two = Chance::from_seed(7);
        assert_eq!(one.letters(20), two.letters(20));
        assert!(!one.happens(0.0) && two.happens(1.0));
    }
}
