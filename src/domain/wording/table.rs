//! One wording for each of a closed list of choices.

use std::marker::PhantomData;

use super::source::{Place, Source, Wording};
use crate::domain::approval::{ChangeAsked, NotCounted};
use crate::domain::choices::{Breadth, Code, Detail, Length, Load, Ramp, Speed, SystemType, Team};
use crate::domain::document::{Press, Spans};
use crate::domain::life::StepKind;
use crate::domain::posting::Hindrance;
use crate::domain::scope::Axis;

/// A closed list whose members have keys. [`Keyed::position`] is the place in [`Keyed::LIST`].
pub trait Keyed: Copy + 'static {
    /// Every member, in order of declaration.
    const LIST: &'static [Self];
    /// The key in `prompts/`.
    fn name(self) -> &'static str;
    /// From 0.
    fn position(self) -> usize;
}

macro_rules! keyed {
    ($($name:ident),+) => {
        $(impl Keyed for $name {
            const LIST: &'static [Self] = $name::ALL;
            fn name(self) -> &'static str {
                self.key()
            }
            fn position(self) -> usize {
                self as usize
            }
        })+
    };
}
keyed!(
    SystemType,
    Speed,
    Load,
    Team,
    Ramp,
    Code,
    Length,
    Breadth,
    Detail,
    Press,
    Axis,
    ChangeAsked,
    NotCounted,
    StepKind
);
keyed!(Hindrance);

/// Declares a closed list of keys that have wordings.
macro_rules! keys {
    ($(#[$doc:meta])* $name:ident { $($body:tt)* }) => {
        $crate::domain::choices::choice!($(#[$doc])* $name { $($body)* });
        impl $crate::domain::wording::Keyed for $name {
            const LIST: &'static [Self] = $name::ALL;
            fn name(self) -> &'static str {
                self.key()
            }
            fn position(self) -> usize {
                self as usize
            }
        }
    };
}
pub(crate) use keys;

/// One wording a member: complete by construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<K, W> {
    /// In the order of [`Keyed::LIST`].
    wordings: Vec<W>,
    keys: PhantomData<K>,
}

impl<K: Keyed, W> Table<K, W> {
    /// The wording of one member.
    pub fn of(&self, key: K) -> &W {
        // Built from the whole list, whose order is that of the positions: a test holds every list to it.
        &self.wordings[key.position()]
    }
    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = (K, &W)> {
        K::LIST.iter().copied().zip(&self.wordings)
    }
}

impl<K: Keyed, W: Wording> Wording for Table<K, W> {
    fn read(source: &mut dyn Source, key: &str, place: Place) -> Self {
        let wordings = K::LIST.iter().map(|k| W::read(source, &format!("{key}.{}", k.name()), place)).collect();
        Table { wordings, keys: PhantomData }
    }
    fn each(&self, key: &str, show: &mut dyn FnMut(&str, Spans)) {
        for (k, wording) in self.iter() {
            wording.each(&format!("{key}.{}", k.name()), show);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order<K: Keyed>() -> bool {
        K::LIST.iter().enumerate().all(|(at, key)| key.position() == at)
    }

    #[test]
    fn positions_are_places_in_the_list() {
        assert!(in_order::<SystemType>() && in_order::<Speed>() && in_order::<Load>() && in_order::<Team>());
        assert!(in_order::<Ramp>() && in_order::<Code>() && in_order::<Length>() && in_order::<Breadth>());
        assert!(in_order::<Detail>() && in_order::<Press>());
    }
}
