//! The window "Ask for changes".

use super::form::Typing;
use super::section::section;
use super::{Keyed, Line, Table};
use crate::domain::approval::ChangeAsked;

section!(
    /// The window "Ask for changes".
    Changes {
        /// Title of the window.
        title: Line, in Window;
        /// The button that asks.
        submit: Line, in Window;
        /// The button that closes the window.
        close: Line, in Window;
        /// Who reads it, above the ticks.
        intro: Line, in Line;
        /// Above the ticks.
        ticks: Line, in Label;
        /// One doubt each.
        tick: Table<ChangeAsked, Line>, in Option;
        /// In words.
        comment: Typing;
    }
);

impl Keyed for ChangeAsked {
    const LIST: &'static [Self] = &ChangeAsked::ALL;
    fn name(self) -> &'static str {
        self.key()
    }
    fn position(self) -> usize {
        self as usize
    }
}
