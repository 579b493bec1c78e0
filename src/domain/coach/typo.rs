//! Misspelt names, found without comparing a word to every name: both are looked up with one letter left out.

use std::collections::HashMap;

/// Names below this many letters are never guessed at.
const SHORTEST: usize = 6;
/// Nor words above this many: no name is that long.
const LONGEST: usize = 16;

/// The certain names, by each of their spellings with one letter left out.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    by_gap: HashMap<String, Vec<(String, u16)>>,
}

impl Spellings {
    pub(super) fn learn(&mut self, name: &str, index: u16) {
        if name.len() < SHORTEST || name.len() > LONGEST || !name.bytes().all(|b| b.is_ascii_lowercase()) {
            return;
        }
        for gap in gaps(name) {
            self.by_gap.entry(gap).or_default().push((name.to_owned(), index));
        }
        self.by_gap.entry(name.to_owned()).or_default().push((name.to_owned(), index));
    }

    /// The one name that is a single slip away (a letter left out, added, changed, or two swapped), beginning with the
    /// same letter. Two candidates are none.
    pub(super) fn meant_by(&self, word: &str) -> Option<u16> {
        if word.len() < SHORTEST || word.len() > LONGEST || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let mut found = None;
        for gap in gaps(word).chain([word.to_owned()]) {
            for (name, index) in self.by_gap.get(&gap).into_iter().flatten() {
                let near = name.as_bytes().first() == word.as_bytes().first() && strsim::osa_distance(name, word) <= 1;
                if near && found.is_some_and(|known| known != *index) {
                    return None;
                }
                if near {
                    found = Some(*index);
                }
            }
        }
        found
    }
}

fn gaps(word: &str) -> impl Iterator<Item = String> + '_ {
    (0..word.len())
        .map(move |at| word.bytes().enumerate().filter(|(i, _)| *i != at).map(|(_, b)| char::from(b)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_understood_and_two_are_not() {
        let mut spellings = Spellings::default();
        spellings.learn("python", 1);
        spellings.learn("django", 2);
        spellings.learn("kotlin", 3);
        assert_eq!(spellings.meant_by("djnago"), Some(2));
        assert_eq!(spellings.meant_by("pyhton"), Some(1));
        assert_eq!(spellings.meant_by("kotlinn"), Some(3));
        assert_eq!(spellings.meant_by("kottlinn"), None);
        assert_eq!(spellings.meant_by("go"), None);
    }
}
