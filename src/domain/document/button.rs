//! Buttons: a closed list of what a press can mean.

use crate::domain::ids::{Revision, ScopeId};

macro_rules! presses {
    ($($(#[$doc:meta])* $variant:ident = $key:literal),+ $(,)?) => {
        /// What a press means. Its key is the label's key in `prompts/buttons.toml`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Press { $($(#[$doc])* $variant),+ }

        impl Press {
            /// Every button there is.
            pub const ALL: &'static [Press] = &[$(Press::$variant),+];
            /// The key in `prompts/` and in identifiers.
            pub fn key(self) -> &'static str {
                match self { $(Press::$variant => $key),+ }
            }
            /// Reads what [`Self::key`] wrote.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Press::$variant),)+ _ => None }
            }
        }
    };
}

presses!(
    /// On the summary: approve the revision that the button names.
    Approve = "approve",
    /// Take back an approval given by button.
    WithdrawMine = "withdraw_mine",
    /// On the summary: ask the author to change something.
    AskForChanges = "ask_for_changes",
    /// Show the evaluation kit.
    Kit = "kit",
    /// Show the Markdown to paste into an applicant system.
    Brief = "brief",
    /// Costs and time to hire.
    Figures = "figures",
    /// Show what changed from revision to revision.
    History = "history",
    /// The author: change the posted scope.
    Edit = "edit",
    /// A recruiter: "I have this one".
    Claim = "claim",
    /// Give a claimed scope back.
    Release = "release",
    /// The search rests.
    Hold = "hold",
    /// The search goes on.
    Resume = "resume",
    /// Somebody is hired.
    Filled = "filled",
    /// The search ends without a hire.
    Close = "close",
    /// Put right who is hired, or when they start.
    ChangeHire = "change_hire",
    /// A search that was marked as over goes on.
    Reopen = "reopen",
    /// The author: pass the scope on to somebody.
    HandOver = "hand_over",
    /// Take over the scope of somebody who left.
    TakeOver = "take_over",
    /// Open the form (again): a fresh press brings a fresh trigger.
    Open = "open",
    /// Start a first draft.
    Start = "start",
    /// Start a new draft beside the one that exists.
    StartNew = "start_new",
    /// Go on with a draft.
    Continue = "continue",
    /// Post what could not be posted, or was deleted.
    PostAgain = "post_again",
    /// Throw a draft away.
    Discard = "discard",
    /// Keep a draft that is about to expire.
    Keep = "keep",
    /// In the form: answer for certain that all is saved.
    Save = "save",
    /// In the review: back to the form.
    Back = "back",
    /// In the review: the rest that recruiters ask for.
    More = "more",
    /// In the review: put the offered system-first rewrite into the answer.
    UseRewrite = "use_rewrite",
    /// Home: what waits for my decision.
    Review = "review",
    /// Go on with a list of drafts.
    OlderDrafts = "older_drafts",
    /// Go on with a list of scopes.
    OlderScopes = "older_scopes",
    /// Go on with the list of what waits for a decision.
    OlderWaiting = "older_waiting",
    /// Home: no more reminders.
    RemindersOff = "reminders_off",
    /// Home: reminders again.
    RemindersOn = "reminders_on",
    /// Home: delete what I typed.
    DeleteMine = "delete_mine",
    /// Help.
    Help = "help",
);

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As the others.
    Default,
    /// The one that most people want; at most one in a row.
    Primary,
    /// Ends something.
    Danger,
}

/// The question before a press that ends something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// 100 characters at most.
    pub title: String,
    /// 300 at most.
    pub text: String,
    /// 30 at most.
    pub yes: String,
    /// 30 at most.
    pub no: String,
}

/// One button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What a press means.
    pub press: Press,
    /// The scope it is about, if it is about one.
    pub scope: Option<ScopeId>,
    /// The revision that the reader sees, where that matters.
    pub revision: Option<Revision>,
    /// What it says; 30 characters are visible.
    pub label: String,
    /// How much it stands out.
    pub style: Style,
    /// Asked first.
    pub confirm: Option<Confirm>,
}

impl Button {
    /// A plain button about no scope.
    pub fn new(press: Press, label: impl Into<String>) -> Self {
        Button { press, scope: None, revision: None, label: label.into(), style: Style::Default, confirm: None }
    }
    /// About this scope.
    #[must_use]
    pub fn about(mut self, scope: &ScopeId) -> Self {
        self.scope = Some(scope.clone());
        self
    }
    /// For this revision.
    #[must_use]
    pub fn of(mut self, revision: Revision) -> Self {
        self.revision = Some(revision);
        self
    }
    /// In this style.
    #[must_use]
    pub fn styled(mut self, style: Style) -> Self {
        self.style = style;
        self
    }
    /// Asks first.
    #[must_use]
    pub fn asking(mut self, confirm: Confirm) -> Self {
        self.confirm = Some(confirm);
        self
    }
}
