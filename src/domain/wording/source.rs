//! How the catalogue is read: it says which keys it has, a [`Source`] has the texts.

use super::phrase::{Hole, Phrase};
use crate::domain::document::Spans;

/// Where a text is shown, and so how long it may be, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Title, submit or close label of a window.
    Window,
    /// Label of a button: Slack takes 75, about 30 are visible.
    Button,
    /// Text or description of an option.
    Option,
    /// Label of a field: Slack takes 2000, a phone shows two lines.
    Label,
    /// Small print below a field.
    Hint,
    /// Grey words in an empty field.
    Placeholder,
    /// A heading of a page.
    Heading,
    /// Title of a confirmation.
    ConfirmTitle,
    /// Text of a confirmation.
    ConfirmText,
    /// A part of a sentence, put together with others.
    Part,
    /// One line of a message.
    Line,
    /// A paragraph of a message.
    Para,
}

impl Place {
    /// Characters at most, holes at their longest.
    pub fn limit(self) -> usize {
        match self {
            Place::Window => 24,
            Place::Button => 30,
            Place::Option => 75,
            Place::Label | Place::Heading | Place::Placeholder => 150,
            Place::Hint => 250,
            Place::ConfirmTitle => 100,
            Place::ConfirmText | Place::Part => 300,
            Place::Line => 1000,
            Place::Para => 2800,
        }
    }
    /// The place in words, for a fault.
    pub fn noun(self) -> &'static str {
        match self {
            Place::Window => "a title or the submit or close label of a window",
            Place::Button => "a button",
            Place::Option => "an option",
            Place::Label => "the label of a field",
            Place::Hint => "a hint",
            Place::Placeholder => "a placeholder",
            Place::Heading => "a heading",
            Place::ConfirmTitle => "the title of a confirmation",
            Place::ConfirmText => "the text of a confirmation",
            Place::Part => "a part of a sentence",
            Place::Line => "a line",
            Place::Para => "a paragraph",
        }
    }
}

/// Has texts by dotted key (`form.system.label`) and keeps the faults found in them.
pub trait Source {
    /// The text under a key; none if it is missing or no text, which is kept as a fault.
    fn text(&mut self, key: &str) -> Option<String>;
    /// The texts of a list, one at least; an absent or wrong one is kept as a fault.
    fn list(&mut self, key: &str) -> Vec<String>;
    /// Whether anything stands under a key.
    fn holds(&self, key: &str) -> bool;
    /// Keeps a fault of the text under a key.
    fn fault(&mut self, key: &str, problem: String);
}

/// A part of the catalogue. On a fault `read` returns something harmless: the source has kept the fault, and a
/// catalogue with faults is never used.
pub trait Wording: Sized {
    /// Reads it from under a key.
    fn read(source: &mut dyn Source, key: &str, place: Place) -> Self;
    /// Shows every text with the samples of its holes, in the order of the catalogue.
    fn each(&self, key: &str, show: &mut dyn FnMut(&str, Spans));
}

/// A text without holes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(String);

impl Line {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&Line> for Spans {
    fn from(line: &Line) -> Self {
        line.as_str().into()
    }
}
impl From<&Line> for String {
    fn from(line: &Line) -> Self {
        line.0.clone()
    }
}

/// Several texts without holes, one at least.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines(Vec<Line>);

impl Lines {
    /// The texts in order.
    pub fn iter(&self) -> impl Iterator<Item = &Line> {
        self.0.iter()
    }
}

fn phrase_of<H: Hole>(source: &mut dyn Source, key: &str, place: Place, text: &str) -> Phrase<H> {
    if text.trim() != text || text.is_empty() {
        source.fault(key, "the text is empty, or starts or ends with white space".to_owned());
    }
    if text.chars().any(|c| c.is_control() && !(c == '\n' && place == Place::Para)) {
        source.fault(key, "line breaks and control characters do not belong here".to_owned());
    }
    match Phrase::<H>::parse(text) {
        Ok(phrase) => {
            let (found, limit) = (phrase.longest(), place.limit());
            if found > limit {
                let noun = place.noun();
                source.fault(key, format!("{found} characters, holes at their longest; {noun} takes {limit}"));
            }
            phrase
        }
        Err(faults) => {
            for fault in faults {
                source.fault(key, fault.to_string());
            }
            Phrase::empty()
        }
    }
}

impl<H: Hole> Wording for Phrase<H> {
    fn read(source: &mut dyn Source, key: &str, place: Place) -> Self {
        match source.text(key) {
            Some(text) => phrase_of(source, key, place, &text),
            None => Phrase::empty(),
        }
    }
    fn each(&self, key: &str, show: &mut dyn FnMut(&str, Spans)) {
        show(key, self.sample());
    }
}

impl Wording for Line {
    fn read(source: &mut dyn Source, key: &str, place: Place) -> Self {
        let phrase = Phrase::<super::NoHole>::read(source, key, place);
        Line(phrase.say(|hole| match hole {}))
    }
    fn each(&self, key: &str, show: &mut dyn FnMut(&str, Spans)) {
        show(key, self.into());
    }
}

impl Wording for Lines {
    fn read(source: &mut dyn Source, key: &str, place: Place) -> Self {
        let texts = source.list(key);
        let line = |text: &String| Line(phrase_of::<super::NoHole>(source, key, place, text).say(|hole| match hole {}));
        Lines(texts.iter().map(line).collect())
    }
    fn each(&self, key: &str, show: &mut dyn FnMut(&str, Spans)) {
        for line in &self.0 {
            show(key, line.into());
        }
    }
}

impl<W: Wording> Wording for Option<W> {
    fn read(source: &mut dyn Source, key: &str, place: Place) -> Self {
        if source.holds(key) { Some(W::read(source, key, place)) } else { None }
    }
    fn each(&self, key: &str, show: &mut dyn FnMut(&str, Spans)) {
        if let Some(inner) = self {
            inner.each(key, show);
        }
    }
}
