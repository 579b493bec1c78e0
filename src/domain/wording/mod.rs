//! Every text that people read about scoping, as one typed catalogue.
//!
//! [`Words`] says which texts there are, which holes each has and where each is shown; `prompts/` holds the texts.
//! A catalogue that exists is whole: every key is there, every hole is known, every text fits its place.

pub mod form;
pub mod hiring;
pub mod history;
pub mod kit;
pub mod notes;
pub mod pages;
mod phrase;
pub mod review;
pub(crate) mod section;
pub mod sentences;
pub mod shape;
mod source;
pub mod summary;
mod table;

pub(crate) use phrase::holes;
pub use phrase::{Hole, NoHole, Phrase, PhraseFault};
pub use source::{Line, Lines, Place, Source, Wording};
pub(crate) use table::keys;
pub use table::{Keyed, Table};

use super::answers::Question;
use super::document::Press;
use section::section;

section!(
    /// The catalogue. Each field is a file (or folder) of `prompts/`.
    Words {
        /// The form: three questions.
        form: form::Form;
        /// The review and "More for recruiters".
        review: review::Review;
        /// Labels of buttons.
        buttons: Buttons;
        /// The fixed parts of the three sentences.
        sentences: sentences::Sentences;
        /// The title of a role.
        title: shape::Title;
        /// Whom a scope selects for.
        shape: shape::Shape;
        /// The message in the hiring channel.
        summary: summary::Summary;
        /// The evaluation kit.
        kit: kit::Kit;
        /// The first 30 days.
        days: kit::Days;
        /// Hiring models, costs and times.
        hiring: hiring::Hiring;
        /// Names of parts and doubts.
        names: notes::Names;
        /// Notes in the thread.
        thread: notes::Thread;
        /// Direct messages.
        direct: notes::Direct;
        /// To one person whose attempt does not count.
        quiet: notes::Quiet;
        /// Answers to what cannot be done.
        refusals: notes::Refusals;
        /// What happened to a scope.
        history: history::History;
        /// App Home.
        home: pages::Home;
        /// Lists of drafts and scopes.
        lists: pages::Lists;
        /// Help.
        help: pages::Help;
        /// Windows beside form and review.
        windows: pages::Windows;
    }
);

impl Words {
    /// Reads the whole catalogue.
    pub fn from_source(source: &mut dyn Source) -> Self {
        Self::read(source, "", Place::Para)
    }

    /// The field of a question answered in words; none for a choice.
    pub fn typing(&self, question: Question) -> Option<&form::Typing> {
        match question {
            Question::System => Some(&self.form.system),
            Question::Numbers => Some(&self.form.numbers),
            Question::Language => Some(&self.review.language),
            Question::Title => Some(&self.review.role_title),
            Question::Detail(detail) => Some(self.review.more.detail.of(detail)),
            Question::SystemType
            | Question::Speed
            | Question::Load
            | Question::Team
            | Question::Ramp
            | Question::Code
            | Question::Length
            | Question::Breadth => None,
        }
    }
}

section!(
    /// Labels of buttons.
    Buttons {
        /// One a button.
        label: Table<Press, Line>, in Button;
        /// Approve, once there is more than one revision.
        approve_revision: Phrase<RevisionHole>, in Button;
        /// Under every confirmation.
        confirm_no: Line, in Button;
        /// Before a draft is thrown away.
        discard: Confirming;
        /// Before a search is put on hold.
        hold: Confirming;
        /// Before everything of a person is deleted.
        delete_mine: Confirming;
    }
);

section!(
    /// The question before a press that ends something.
    Confirming {
        /// What happens.
        title: Line, in ConfirmTitle;
        /// What stays and what goes.
        text: Line, in ConfirmText;
        /// The button that does it.
        yes: Line, in Button;
    }
);

impl Confirming {
    /// The confirmation, with the button that goes back.
    pub fn confirm(&self, no: &Line) -> super::document::Confirm {
        let [title, text, yes, no] = [&self.title, &self.text, &self.yes, no].map(String::from);
        super::document::Confirm { title, text, yes, no }
    }
}

holes!(
    /// A revision's number.
    RevisionHole { Revision = "revision", crate::domain::document::Span::plain("2"), 4; }
);

/// A key below another; the catalogue itself has no name.
pub(crate) fn below(key: &str, field: &str) -> String {
    // A field named like a keyword of Rust carries an underscore.
    let field = field.trim_start_matches("r#");
    if key.is_empty() { field.to_owned() } else { format!("{key}.{field}") }
}
