//! App Home, lists, help, and the windows beside form and review.

use super::form::Typing;
use super::section::section;
use super::summary::{sample_date, sample_person};
use super::{Line, Lines, Phrase, Table, holes, keys};
use crate::domain::document::Span;

section!(
    /// App Home.
    Home {
        /// Title.
        title: Line, in Heading;
        /// For somebody who has nothing yet: what this is.
        first_run: Lines, in Line;
        /// Above the drafts.
        drafts: Line, in Heading;
        /// Above the scopes.
        scopes: Line, in Heading;
        /// Above what waits for a decision.
        waiting: Line, in Heading;
        /// No drafts.
        no_drafts: Line, in Line;
        /// No scopes.
        no_scopes: Line, in Line;
        /// Nothing waits.
        nothing_waits: Line, in Line;
        /// Above what is kept.
        kept: Line, in Heading;
        /// What is kept and where.
        kept_where: Line, in Line;
        /// How long a draft is kept.
        kept_drafts: Phrase<DaysHole>, in Line;
        /// How long a scope is kept after its end.
        kept_scopes: Phrase<DaysHole>, in Line;
        /// A scope is kept until somebody deletes it.
        kept_scopes_always: Line, in Line;
        /// What deleting does.
        delete: Line, in Line;
        /// Reminders are on.
        reminders_on: Line, in Line;
        /// Reminders are off.
        reminders_off: Line, in Line;
    }
);

section!(
    /// Lists of drafts and scopes.
    Lists {
        /// Above the drafts.
        drafts: Line, in Heading;
        /// No drafts.
        no_drafts: Line, in Line;
        /// Above the scopes of a person.
        scopes: Line, in Heading;
        /// No scopes.
        no_scopes: Line, in Line;
        /// Above what waits for a decision of theirs.
        waiting: Line, in Heading;
        /// One draft.
        draft: Phrase<DraftHole>, in Line;
        /// One scope.
        scope: Phrase<ScopeHole>, in Line;
        /// One scope that waits.
        waits: Phrase<WaitsHole>, in Line;
        /// A draft without a system or a type.
        untitled: Line, in Option;
        /// There are more than fit.
        more: Phrase<MoreHole>, in Line;
        /// None of those looked at is to be shown; there are older ones.
        none_of_newest: Line, in Line;
        /// There are none after those shown before.
        no_more: Line, in Line;
        /// A draft that went.
        discarded: Line, in Line;
        /// A draft that stays.
        kept: Phrase<UntilHole>, in Line;
        /// States of a scope.
        state: Table<State, Line>, in Option;
    }
);

section!(
    /// Help.
    Help {
        /// Title.
        title: Line, in Heading;
        /// What this does.
        intro: Line, in Line;
        /// Above the steps.
        steps: Line, in Heading;
        /// What happens, in order.
        step: Lines, in Line;
        /// Above the commands.
        commands: Line, in Heading;
        /// Commands.
        command: Lines, in Line;
        /// Above what people ask.
        questions: Line, in Heading;
        /// Answers to what people ask.
        answer: Lines, in Line;
    }
);

section!(
    /// Windows beside form and review.
    Windows {
        /// Ask for changes.
        ask_for_changes: AskWindow;
        /// Evaluation kit.
        kit: ReadWindow;
        /// First 30 days.
        days: ReadWindow;
        /// Costs and time to hire.
        figures: ReadWindow;
        /// Markdown to copy.
        brief: BriefWindow;
        /// Revisions.
        history: ReadWindow;
        /// Filled.
        filled: FilledWindow;
        /// Closed without a hire.
        close: AnswerWindow;
        /// Handed over to another author.
        hand_over: HandOverWindow;
        /// Takes a moment to fill.
        loading: Line, in Line;
    }
);

section!(
    /// A window to read.
    ReadWindow {
        /// Title.
        title: Line, in Window;
        /// The button that closes it.
        close: Line, in Window;
    }
);

section!(
    /// The window that asks for changes.
    AskWindow {
        /// Title.
        title: Line, in Window;
        /// The button that sends it.
        submit: Line, in Window;
        /// The button that closes it.
        close: Line, in Window;
        /// Who reads it.
        intro: Line, in Line;
        /// Above the ticks.
        ticks: Line, in Label;
        /// A comment.
        comment: Typing;
        /// Neither tick nor comment.
        empty: Line, in Hint;
        /// After sending.
        sent: Phrase<super::summary::WhoHole>, in Line;
    }
);

section!(
    /// A window with one question.
    AnswerWindow {
        /// Title.
        title: Line, in Window;
        /// The button that sends it.
        submit: Line, in Window;
        /// The button that closes it.
        close: Line, in Window;
        /// The question.
        answer: Typing;
    }
);

section!(
    /// Who starts when.
    FilledWindow {
        /// Title.
        title: Line, in Window;
        /// The button that sends it.
        submit: Line, in Window;
        /// The button that closes it.
        close: Line, in Window;
        /// Who.
        name: Typing;
        /// The first day.
        starts: Picking;
    }
);

section!(
    /// The window that hands a scope over.
    HandOverWindow {
        /// Title.
        title: Line, in Window;
        /// The button that sends it.
        submit: Line, in Window;
        /// The button that closes it.
        close: Line, in Window;
        /// To whom.
        person: Picking;
        /// Slack has not told yet who that is.
        unknown: Line, in Hint;
        /// A guest, a bot or somebody of another company.
        not_a_member: Line, in Hint;
    }
);

section!(
    /// A field that Slack itself fills: a day, a person.
    Picking {
        /// The question.
        label: Line, in Label;
        /// Small print below.
        hint: Line, in Hint;
    }
);

section!(
    /// Markdown to copy.
    BriefWindow {
        /// Title.
        title: Line, in Window;
        /// The button that closes it.
        close: Line, in Window;
        /// Label of the field that holds it.
        label: Line, in Label;
        /// How to copy it.
        hint: Line, in Hint;
        /// It continues in another field.
        part: Phrase<PartHole>, in Label;
    }
);

keys!(
    /// The state of a scope in one word or two.
    State {
        /// On its way to the channel.
        Posting = "posting",
        /// It could not be posted.
        NotPosted = "not_posted",
        /// Nobody is asked to approve.
        Posted = "posted",
        /// Waits for approval.
        Waiting = "waiting",
        /// An approver asked for changes.
        ChangesAsked = "changes_asked",
        /// Approved.
        Approved = "approved",
        /// A recruiter has it.
        Claimed = "claimed",
        /// It rests.
        OnHold = "on_hold",
        /// Somebody is hired.
        Filled = "filled",
        /// It ended without a hire.
        Closed = "closed",
    }
);

holes!(
    /// A number of days.
    DaysHole { Days = "days", Span::plain("30"), 5; }
);
holes!(
    /// A draft: what it is, when it was last changed, how many of the five answers it has.
    DraftHole {
        Title = "title", Span::typed("streaming ledger"), 110;
        Date = "date", sample_date(), 40;
        Count = "count", Span::plain("3"), 1;
    }
);
holes!(
    /// A scope: what it is, its state, since when.
    ScopeHole {
        Title = "title", Span::typed("Backend engineer, streaming ledger"), 110;
        State = "state", Span::plain("approved"), 75;
        Date = "date", sample_date(), 20;
    }
);
holes!(
    /// A scope that waits: what it is, who asked, since when.
    WaitsHole {
        Title = "title", Span::typed("Backend engineer, streaming ledger"), 110;
        Who = "who", sample_person(), 81;
        Date = "date", sample_date(), 20;
    }
);
holes!(
    /// How many more there are.
    MoreHole { Count = "count", Span::plain("12"), 6; }
);
holes!(
    /// Until when.
    UntilHole { Date = "date", sample_date(), 20; }
);
holes!(
    /// Which part of how many.
    PartHole { Part = "part", Span::plain("1"), 2; Parts = "parts", Span::plain("3"), 2; }
);
