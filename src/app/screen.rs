//! What the bot shows in windows, before Slack decides how it looks. The Slack room renders these; nothing else is shown.

use crate::domain::answers::{Answer, Answers, Question};
use crate::domain::document::Document;
use crate::domain::draft::Candidate;
use crate::domain::ids::{ChannelId, Revision, ScopeId, Timestamp, WindowId};
use crate::domain::life::Hire;

/// A window, or Home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// The three questions.
    Form(FormScreen),
    /// The review.
    Review(Box<ReviewScreen>),
    /// "More for recruiters": the fields of every [`crate::domain::answers::Detail`].
    More(MoreScreen),
    /// "Ask for changes" of what was read: ticks and a comment.
    AskForChanges(ScopeId, Option<Revision>),
    /// Who starts when, as far as it is known.
    Filled(ScopeId, Hire),
    /// Why a search ends without a hire.
    Close(ScopeId),
    /// Who goes on with a scope.
    HandOver(ScopeId),
    /// Something to read.
    Reading {
        /// The window's title, 24 characters at most.
        title: String,
        /// What it says.
        document: Document,
    },
    /// Markdown to be copied.
    Copying {
        /// The window's title, 24 characters at most.
        title: String,
        /// What stands above it.
        above: Document,
        /// The Markdown.
        markdown: String,
    },
}

/// The three questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormScreen {
    /// The scope, carried along in the window.
    pub scope: ScopeId,
    /// The window.
    pub window: WindowId,
    /// The generation of its blocks.
    pub generation: u32,
    /// What is filled in.
    pub answers: Answers,
    /// How it began; each is one line above the first question.
    pub lines: Vec<FormLine>,
}

/// A line above the first question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormLine {
    /// Language words were kept for the last question.
    Parked(String),
    /// The command's text was sorted into the form.
    Sorted,
    /// An older draft, resumed; since when. Beside it: "Start new".
    Resumed(Timestamp),
    /// An older draft exists beside this one; since when. Beside it: "Continue" with that scope.
    Older(ScopeId, Timestamp),
    /// A posted scope is edited; it becomes this revision.
    Editing(Revision),
    /// The draft of this form is not in the store: nothing typed here is kept.
    Unkept,
    /// Changes of a posted scope that are not posted yet; they become this revision. Beside it: "Discard".
    EditingOn(Revision),
    /// The answer to a press on "Save": all is kept, since when.
    Saved(Timestamp),
}

/// The review: one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewScreen {
    /// The scope, carried along in the window.
    pub scope: ScopeId,
    /// The window.
    pub window: WindowId,
    /// The generation of its blocks.
    pub generation: u32,
    /// What will be posted.
    pub candidate: Candidate,
    /// The answers, for the optional fields.
    pub answers: Answers,
    /// Findings, at most one a sentence and three in all, the most important first.
    pub findings: Vec<FindingShown>,
    /// Words and band disagree: both as a choice.
    pub conflict: Option<ConflictShown>,
    /// What kind of engineer this selects for: look for, looks right but is not, ask first.
    pub selects_for: Document,
    /// Whether "backend or full-stack" is asked.
    pub asks_breadth: bool,
    /// Lines above the button: where it appears, who can approve, what stands in the way.
    pub notices: Vec<Document>,
    /// The hiring channels, when there is more than one, the chosen one first.
    pub channels: Vec<ChannelId>,
    /// Set when it is shown again because the answers moved: that they did, and what changed.
    pub moved: Option<Document>,
    /// The revision that posting makes.
    pub revision: Revision,
}

/// A finding on the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingShown {
    /// The key of its rule.
    pub rule: String,
    /// The sentence it stands under, 0 to 2.
    pub sentence: usize,
    /// The words it is about; empty where it is about what is missing.
    pub quote: String,
    /// The reason, one sentence.
    pub why: String,
    /// What to do, one sentence.
    pub suggestion: String,
    /// For a language-first finding: it needs mending, or a tick and a reason.
    pub needs_reason: bool,
    /// The answer shown as a field, to be mended in place.
    pub mend: Option<Question>,
    /// A system-first rewrite of the manager's own words, with blanks.
    pub rewrite: Option<String>,
    /// Whether the answer in the field still holds blanks of a rewrite.
    pub blanks: bool,
}

/// Words and band disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictShown {
    /// [`Question::Load`] or [`Question::Speed`].
    pub question: Question,
    /// What the words say; preselected, unless the manager chose otherwise.
    pub by_words: Answer,
    /// What was chosen.
    pub by_choice: Answer,
    /// Which of the two is posted as it stands.
    pub posted: Answer,
}

/// "More for recruiters".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoreScreen {
    /// The scope, carried along in the window.
    pub scope: ScopeId,
    /// The window.
    pub window: WindowId,
    /// The generation of its blocks.
    pub generation: u32,
    /// What is filled in.
    pub answers: Answers,
}
