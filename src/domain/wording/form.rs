//! The form: three questions, five required answers.

use super::section::section;
use super::{Keyed, Line, Phrase, Place, Source, Table, Wording, holes};
use crate::domain::choices::{Load, Speed, SystemType, Team};
use crate::domain::document::{Span, Spans};

section!(
    /// The form.
    Form {
        /// Title of the window.
        title: Line, in Window;
        /// The button that goes on to the review.
        submit: Line, in Window;
        /// The button that closes the window.
        close: Line, in Window;
        /// What this is and how long it takes, above the first question.
        intro: Line, in Line;
        /// Says that nothing is lost on closing.
        saved_as_you_type: Line, in Line;
        /// The answer to a press on "Save".
        saved: Phrase<TimeHole>, in Line;
        /// Words that belong to the last question, kept for it.
        parked: Phrase<KeptHole>, in Line;
        /// The free text was sorted into the form.
        sorted: Line, in Line;
        /// This is an older draft, resumed.
        resumed: Phrase<SinceHole>, in Line;
        /// An older draft exists beside this new one.
        older: Phrase<SinceHole>, in Line;
        /// This is a change of a scope that is posted.
        editing: Phrase<super::RevisionHole>, in Line;
        /// The same, with changes that are not posted.
        editing_on: Phrase<super::RevisionHole>, in Line;
        /// Headings of the three parts.
        part: Parts;
        /// 1: the type.
        system_type: Choosing<SystemType>;
        /// 1: the sentence.
        system: Typing;
        /// 2: speed.
        speed: Choosing<Speed>;
        /// 2: load.
        load: Choosing<Load>;
        /// 2: the numbers they know.
        numbers: Typing;
        /// 3: the team.
        team: Choosing<Team>;
        /// What is wrong with an answer, shown under its field.
        wrong: Wrong;
    }
);

section!(
    /// Headings of the parts.
    Parts {
        /// Part 1.
        system: Line, in Heading;
        /// Part 2.
        scale: Line, in Heading;
        /// Part 3.
        team: Line, in Heading;
    }
);

section!(
    /// A question answered in words.
    Typing {
        /// The question.
        label: Line, in Label;
        /// Small print below.
        hint: Option<Line>, in Hint;
        /// Grey words in the empty field.
        placeholder: Line, in Placeholder;
    }
);

section!(
    /// One option.
    Choice {
        /// What it is.
        label: Line, in Option;
        /// What that means, where it does not speak for itself.
        description: Option<Line>, in Option;
    }
);

section!(
    /// Faults of answers.
    Wrong {
        /// A required choice is open.
        choose: Line, in Hint;
        /// A required text is open.
        write: Line, in Hint;
        /// A text is too long.
        too_long: Phrase<LengthHole>, in Hint;
        /// The rewrite still has blanks.
        blanks: Line, in Hint;
        /// Something that is no choice came in.
        no_such_choice: Line, in Hint;
    }
);

holes!(
    /// A time of day or a date.
    TimeHole { Time = "time", Span::plain("14:05"), 40; }
);
holes!(
    /// Words kept for a later question.
    KeptHole { Words = "words", Span::typed("Python"), 150; }
);
holes!(
    /// Since when.
    SinceHole { Since = "since", Span::plain("24 November 2026"), 40; }
);
holes!(
    /// How long a text is and may be.
    LengthHole { Found = "found", Span::plain("312"), 5; Limit = "limit", Span::plain("300"), 4; }
);

/// A question answered by a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosing<K> {
    /// The question.
    pub label: Line,
    /// Small print below.
    pub hint: Option<Line>,
    /// The options, in the order in which people see them.
    pub option: Table<K, Choice>,
}

impl<K: Keyed> Wording for Choosing<K> {
    fn read(source: &mut dyn Source, key: &str, place: Place) -> Self {
        Choosing {
            label: Line::read(source, &super::below(key, "label"), Place::Label),
            hint: Option::read(source, &super::below(key, "hint"), Place::Hint),
            option: Table::read(source, &super::below(key, "option"), place),
        }
    }
    fn each(&self, key: &str, show: &mut dyn FnMut(&str, Spans)) {
        self.label.each(&super::below(key, "label"), show);
        self.hint.each(&super::below(key, "hint"), show);
        self.option.each(&super::below(key, "option"), show);
    }
}
