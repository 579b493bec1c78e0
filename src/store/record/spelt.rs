//! One way to write what has a text form: identifiers, closed choices, moments, typed words.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::domain::answers::{Breadth, Code, Detail, Length, Load, Question, Ramp, Speed, SystemType, Team, Text};
use crate::domain::approval::{ChangeAsked, Gesture, NotCounted, Source};
use crate::domain::effect::Passing;
use crate::domain::ids::{ChannelId, MessageTs, ScopeId, Timestamp, UserId, WindowId};
use crate::domain::person::{ChannelState, PersonKind, Presence, Reminders};
use crate::domain::posting::{Hindrance, Piece};
use crate::domain::scope::{Axis, DueKind, Ending};
use crate::store::Shelf;

/// What has a stable text form.
pub trait Spelling: Sized {
    /// What it is, for errors.
    const WHAT: &'static str;
    /// The text form; never changes once it has been on a disk.
    fn spell(&self) -> Cow<'_, str>;
    /// Reads what [`Spelling::spell`] wrote.
    fn read(text: &str) -> Option<Self>;
}

/// A value stored by its text form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelt<T>(pub T);

impl<T: Spelling> Serialize for Spelt<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.spell())
    }
}

impl<'de, T: Spelling> Deserialize<'de> for Spelt<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<T: Spelling> Visitor<'_> for Reader<T> {
            type Value = Spelt<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(T::WHAT)
            }
            // The text itself is not repeated in the error: it may be typed words.
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                T::read(text).map(Spelt).ok_or_else(|| E::custom(format_args!("not {}", T::WHAT)))
            }
        }
        deserializer.deserialize_str(Reader(PhantomData))
    }
}

macro_rules! by_parse {
    ($($name:ident: $what:literal),+ $(,)?) => { $(
        impl Spelling for $name {
            const WHAT: &'static str = $what;
            fn spell(&self) -> Cow<'_, str> {
                Cow::Borrowed(self.as_str())
            }
            fn read(text: &str) -> Option<Self> {
                $name::parse(text).ok()
            }
        }
    )+ };
}
by_parse!(
    UserId: "a user id",
    ChannelId: "a channel id",
    ScopeId: "a scope id",
    MessageTs: "a message ts",
    WindowId: "a window id",
);

macro_rules! by_key {
    ($($name:ident: $what:literal),+ $(,)?) => { $(
        impl Spelling for $name {
            const WHAT: &'static str = $what;
            fn spell(&self) -> Cow<'_, str> {
                Cow::Borrowed(self.key())
            }
            fn read(text: &str) -> Option<Self> {
                $name::from_key(text)
            }
        }
    )+ };
}
by_key!(
    SystemType: "a system type",
    Speed: "a speed",
    Load: "a load",
    Team: "a team",
    Ramp: "a ramp time",
    Code: "a state of the code",
    Length: "a length of need",
    Breadth: "a breadth",
    Detail: "a detail",
    Question: "a question",
    ChangeAsked: "a change asked for",
    DueKind: "a kind of due thing",
    Axis: "an axis",
    Hindrance: "a hindrance",
);

macro_rules! by_table {
    ($($name:ident: $what:literal { $($variant:ident = $key:literal),+ $(,)? })+) => { $(
        impl Spelling for $name {
            const WHAT: &'static str = $what;
            fn spell(&self) -> Cow<'_, str> {
                Cow::Borrowed(match self { $($name::$variant => $key),+ })
            }
            fn read(text: &str) -> Option<Self> {
                match text { $($key => Some($name::$variant),)+ _ => None }
            }
        }
    )+ };
}
by_table!(
    Ending: "an ending" { Discarded = "discarded", Expired = "expired", Erased = "erased", Lapsed = "lapsed" }
    Piece: "a piece" { Summary = "summary", Kit = "kit", ThirtyDays = "thirty_days" }
    Gesture: "a gesture" { Given = "given", Taken = "taken" }
    PersonKind: "a kind of person" {
        Member = "member", Guest = "guest", Outsider = "outsider", Bot = "bot", Deactivated = "deactivated",
    }
    ChannelState: "a state of a channel" {
        Ready = "ready", NotIn = "not_in", Archived = "archived", Gone = "gone",
    }
    Presence: "whether somebody is there" { Here = "here", Left = "left" }
    Reminders: "whether somebody is reminded" { On = "on", Off = "off" }
    Passing: "how a scope was passed on" { HandedOver = "handed_over", TakenOver = "taken_over" }
    Shelf: "a shelf" { Drafts = "drafts", Posted = "posted", Asked = "asked" }
);

impl Spelling for NotCounted {
    const WHAT: &'static str = "a reason not to count";
    fn spell(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.key())
    }
    fn read(text: &str) -> Option<Self> {
        NotCounted::ALL.iter().copied().find(|why| why.key() == text)
    }
}

impl Spelling for Source {
    const WHAT: &'static str = "a source of approval";
    fn spell(&self) -> Cow<'_, str> {
        match self {
            Source::Button => Cow::Borrowed("button"),
            Source::Reaction(name) => Cow::Owned(format!("reaction:{name}")),
            Source::Twin(name) => Cow::Owned(format!("twin:{name}")),
        }
    }
    fn read(text: &str) -> Option<Self> {
        match text {
            "button" => Some(Source::Button),
            _ => match text.split_once(':')? {
                ("reaction", name) => Some(Source::Reaction(name.to_owned())),
                ("twin", name) => Some(Source::Twin(name.to_owned())),
                _ => None,
            },
        }
    }
}

impl Spelling for Timestamp {
    const WHAT: &'static str = "a moment";
    fn spell(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Spelling for jiff::civil::Date {
    const WHAT: &'static str = "a day";
    fn spell(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// Typed words were bounded when they came in; a limit that shrinks later must not make them unreadable.
impl Spelling for Text {
    const WHAT: &'static str = "words";
    fn spell(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
    fn read(text: &str) -> Option<Self> {
        Text::parse(text, usize::MAX).ok()
    }
}

/// Spells each of them.
pub fn spelt<T: Spelling, C: FromIterator<Spelt<T>>>(values: impl IntoIterator<Item = T>) -> C {
    values.into_iter().map(Spelt).collect()
}

/// Takes each of them out of its spelling.
pub fn unspelt<T, C: FromIterator<T>>(values: impl IntoIterator<Item = Spelt<T>>) -> C {
    values.into_iter().map(|Spelt(value)| value).collect()
}
