//! Every string that Slack hands back, written once and read back here: `scoping.<screen>.<element>`.
//!
//! A field's block carries a generation, `scoping.form.system#3`: Slack keeps what a person typed for as long as block
//! and action are called the same, so a new generation is how a window is made to show what the draft holds instead.
//! Nothing outside this room makes or takes apart such a string.

mod button;
mod metadata;
#[cfg(test)]
mod tests;

pub use button::{ButtonValue, PRESSES, press_id, press_of};
pub use metadata::{Metadata, MetadataFault};

use crate::app::intent::ScreenKind;
use crate::app::reply::Field;
use crate::domain::answers::{Detail, Question};

/// The global shortcut that opens the form.
pub const SHORTCUT_NEW: &str = "scoping.shortcut.start";
/// The message shortcut that opens the form with the message's text.
pub const SHORTCUT_MESSAGE: &str = "scoping.shortcut.from_message";
/// The `event_type` of the bot's own messages: by it and its ids they are recognised after a crash.
pub const METADATA_EVENT: &str = "scopebot_message";

/// The value of the tick "on purpose".
pub const TICKED: &str = "on_purpose";

/// The bot's windows.
pub const SCREENS: [ScreenKind; 8] = [
    ScreenKind::Form,
    ScreenKind::Review,
    ScreenKind::More,
    ScreenKind::AskForChanges,
    ScreenKind::Filled,
    ScreenKind::Close,
    ScreenKind::HandOver,
    ScreenKind::Reading,
];

/// The `callback_id` of a window.
pub const fn callback_id(screen: ScreenKind) -> &'static str {
    match screen {
        ScreenKind::Form => "scoping.form.view",
        ScreenKind::Review => "scoping.review.view",
        ScreenKind::More => "scoping.more.view",
        ScreenKind::AskForChanges => "scoping.changes.view",
        ScreenKind::Filled => "scoping.filled.view",
        ScreenKind::Close => "scoping.close.view",
        ScreenKind::HandOver => "scoping.hand_over.view",
        ScreenKind::Reading => "scoping.reading.view",
    }
}

/// The window of a `callback_id`.
pub fn screen_of(callback_id: &str) -> Option<ScreenKind> {
    SCREENS.into_iter().find(|screen| self::callback_id(*screen) == callback_id)
}

/// What a field of a window stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// An answer.
    Answer(Question),
    /// The tick "on purpose".
    OnPurpose,
    /// The reason beside it.
    Reason,
    /// The hiring channel.
    Channel,
    /// The ticks of "Ask for changes".
    Ticks,
    /// The comment of "Ask for changes".
    Comment,
    /// Who starts.
    Name,
    /// Their first day.
    Starts,
    /// Why a search ends.
    Why,
    /// Who goes on with a scope.
    Person,
}

impl Element {
    /// Every element there is.
    pub fn all() -> impl Iterator<Item = Element> {
        Question::all().map(Element::Answer).chain([
            Element::OnPurpose,
            Element::Reason,
            Element::Channel,
            Element::Ticks,
            Element::Comment,
            Element::Name,
            Element::Starts,
            Element::Why,
            Element::Person,
        ])
    }
}

impl From<Field> for Element {
    fn from(field: Field) -> Self {
        match field {
            Field::Answer(question) => Element::Answer(question),
            Field::OnPurpose => Element::OnPurpose,
            Field::Reason => Element::Reason,
            Field::Channel => Element::Channel,
            Field::Comment => Element::Comment,
            Field::Person => Element::Person,
        }
    }
}

/// The ids of one window's elements.
macro_rules! elements_of {
    ($screen:literal, $element:expr) => {
        match $element {
            Element::Answer(Question::SystemType) => concat!("scoping.", $screen, ".system_type"),
            Element::Answer(Question::System) => concat!("scoping.", $screen, ".system"),
            Element::Answer(Question::Speed) => concat!("scoping.", $screen, ".speed"),
            Element::Answer(Question::Load) => concat!("scoping.", $screen, ".load"),
            Element::Answer(Question::Numbers) => concat!("scoping.", $screen, ".numbers"),
            Element::Answer(Question::Team) => concat!("scoping.", $screen, ".team"),
            Element::Answer(Question::Language) => concat!("scoping.", $screen, ".language"),
            Element::Answer(Question::Ramp) => concat!("scoping.", $screen, ".ramp"),
            Element::Answer(Question::Code) => concat!("scoping.", $screen, ".code"),
            Element::Answer(Question::Length) => concat!("scoping.", $screen, ".length"),
            Element::Answer(Question::Breadth) => concat!("scoping.", $screen, ".breadth"),
            Element::Answer(Question::Title) => concat!("scoping.", $screen, ".title"),
            Element::Answer(Question::Detail(Detail::MustHave)) => concat!("scoping.", $screen, ".must_have"),
            Element::Answer(Question::Detail(Detail::NiceToHave)) => concat!("scoping.", $screen, ".nice_to_have"),
            Element::Answer(Question::Detail(Detail::Place)) => concat!("scoping.", $screen, ".place"),
            Element::Answer(Question::Detail(Detail::Seniority)) => concat!("scoping.", $screen, ".seniority"),
            Element::Answer(Question::Detail(Detail::Start)) => concat!("scoping.", $screen, ".start"),
            Element::Answer(Question::Detail(Detail::Hires)) => concat!("scoping.", $screen, ".hires"),
            Element::Answer(Question::Detail(Detail::Pay)) => concat!("scoping.", $screen, ".pay"),
            Element::Answer(Question::Detail(Detail::Replacement)) => concat!("scoping.", $screen, ".replacement"),
            Element::OnPurpose => concat!("scoping.", $screen, ".on_purpose"),
            Element::Reason => concat!("scoping.", $screen, ".reason"),
            Element::Channel => concat!("scoping.", $screen, ".channel"),
            Element::Ticks => concat!("scoping.", $screen, ".ticks"),
            Element::Comment => concat!("scoping.", $screen, ".comment"),
            Element::Name => concat!("scoping.", $screen, ".name"),
            Element::Starts => concat!("scoping.", $screen, ".starts"),
            Element::Why => concat!("scoping.", $screen, ".why"),
            Element::Person => concat!("scoping.", $screen, ".person"),
        }
    };
}

/// The `action_id` of a field, and its block's id without the generation.
pub const fn action_id(screen: ScreenKind, element: Element) -> &'static str {
    match screen {
        ScreenKind::Form => elements_of!("form", element),
        ScreenKind::Review => elements_of!("review", element),
        ScreenKind::More => elements_of!("more", element),
        ScreenKind::AskForChanges => elements_of!("changes", element),
        ScreenKind::Filled => elements_of!("filled", element),
        ScreenKind::Close => elements_of!("close", element),
        ScreenKind::HandOver => elements_of!("hand_over", element),
        ScreenKind::Reading => elements_of!("reading", element),
    }
}

/// Which edition of its blocks a window shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Generation(pub u32);

impl Generation {
    /// Of what is never replaced under somebody's hands.
    pub const FIXED: Generation = Generation(0);

    /// Of what belongs to certain words: other words, other blocks.
    pub fn of_words(digest: u64) -> Self {
        // Half of the digest tells the texts of one person apart well enough.
        Generation((digest & u64::from(u32::MAX)) as u32)
    }
}

/// The block of a field: `scoping.form.system#3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId {
    /// The window.
    pub screen: ScreenKind,
    /// The field.
    pub element: Element,
    /// The edition.
    pub generation: Generation,
}

impl BlockId {
    /// Reads what `Display` wrote; `None` for any other block.
    pub fn parse(text: &str) -> Option<Self> {
        let (name, generation) = text.split_once('#')?;
        let sound =
            generation.bytes().all(|b| b.is_ascii_digit()) && (generation == "0" || !generation.starts_with('0'));
        let generation = generation.parse().ok().filter(|_| sound).map(Generation)?;
        let (screen, element) = Self::named(name)?;
        Some(BlockId { screen, element, generation })
    }

    fn named(name: &str) -> Option<(ScreenKind, Element)> {
        SCREENS
            .into_iter()
            .flat_map(|screen| Element::all().map(move |element| (screen, element)))
            .find(|(screen, element)| action_id(*screen, *element) == name)
    }
}

impl std::fmt::Display for BlockId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}#{}", action_id(self.screen, self.element), self.generation.0)
    }
}
