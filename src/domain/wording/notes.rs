//! What the bot says in the thread, in direct messages and to one person alone.

use super::pages::UntilHole;
use super::review::{ChannelHole, sample_channel};
use super::section::section;
use super::summary::{WhoHole, sample_date, sample_person};
use super::{Line, Lines, Phrase, RevisionHole, Table, holes, keys};
use crate::domain::approval::ChangeAsked;
use crate::domain::document::Span;
use crate::domain::posting::Hindrance;
use crate::domain::scope::Axis;

section!(
    /// Names of parts and doubts.
    Names {
        /// Parts of a scope, in a sentence that says that they changed.
        axis: Table<Axis, Line>, in Option;
        /// Doubts, as ticks and as a list.
        tick: Table<ChangeAsked, Line>, in Option;
        /// Who starts when.
        hire: HireNames;
    }
);

section!(
    /// Who starts when, within a sentence.
    HireNames {
        /// Both are known.
        name_starts: Phrase<NameStartHole>, in Part;
        /// The first day alone.
        starts: Phrase<StartHole>, in Part;
    }
);

section!(
    /// Notes in the thread below a summary.
    Thread {
        /// One approval, more are needed.
        approved_one: Phrase<CountHole>, in Line;
        /// The approval that completes it.
        approved: Phrase<WhoHole>, in Line;
        /// One approval less.
        withdrawn: Phrase<CountHole>, in Line;
        /// Doubts follow.
        changes_asked: Phrase<WhoHole>, in Line;
        /// Doubts about an earlier text follow.
        changes_asked_earlier: Phrase<WhoRevisionHole>, in Line;
        /// A revision, and what changed.
        revision: Phrase<RevisionAxesHole>, in Line;
        /// Approvals so far do not count for it.
        voids: Line, in Line;
        /// Approvals so far stay.
        keeps: Line, in Line;
        /// A recruiter has it.
        claimed: Phrase<WhoHole>, in Line;
        /// The recruiter gave it back.
        released: Phrase<WhoHole>, in Line;
        /// It rests.
        on_hold: Phrase<WhoHole>, in Line;
        /// It goes on.
        resumed: Phrase<WhoHole>, in Line;
        /// Somebody is hired: who starts when.
        filled_with: Phrase<WhoHireHole>, in Line;
        /// Somebody is hired.
        filled: Phrase<WhoHole>, in Line;
        /// It ended without a hire; the reason, if any, follows as typed.
        closed: Phrase<WhoHole>, in Line;
        /// It had not ended after all.
        reopened: Phrase<WhoHole>, in Line;
        /// Its author has left.
        author_left: Phrase<WhoHole>, in Line;
        /// Somebody took it over from a leaver.
        taken_over: Phrase<FromHole>, in Line;
        /// Its author handed it over.
        handed_over: Phrase<FromHole>, in Line;
        /// The new author had approved it.
        own_approval: Line, in Line;
        /// Instead of a message whose scope was deleted.
        erased: Line, in Line;
        /// Slack did not say whether the first one arrived.
        repeat: Line, in Line;
        /// In a message that stands twice: it is not kept up to date.
        superseded: Phrase<TitleHole>, in Line;
    }
);

section!(
    /// Direct messages. Each names the scope, since many are not in the channel.
    Direct {
        /// Link to the summary.
        link: Line, in Option;
        /// To the author: it is posted.
        posted: Phrase<TitleChannelHole>, in Line;
        /// To the author: one approval, more are needed.
        approved_one: Phrase<TitleCountHole>, in Line;
        /// To the author: it is approved.
        approved: Phrase<TitleWhoHole>, in Line;
        /// What comes next.
        approved_next: Line, in Line;
        /// To the author: one approval less.
        withdrawn: Phrase<TitleCountHole>, in Line;
        /// To the author: doubts follow.
        changes_asked: Phrase<TitleWhoHole>, in Line;
        /// To the author: a recruiter has it.
        claimed: Phrase<TitleWhoHole>, in Line;
        /// To the author: the recruiter gave it back.
        released: Phrase<TitleWhoHole>, in Line;
        /// To the author: it rests.
        on_hold: Phrase<TitleWhoHole>, in Line;
        /// To the author: it goes on.
        resumed: Phrase<TitleWhoHole>, in Line;
        /// To the author: somebody is hired.
        filled: Phrase<TitleWhoHole>, in Line;
        /// To the author: it ended.
        closed: Phrase<TitleWhoHole>, in Line;
        /// To the author: it goes on after its end.
        reopened: Phrase<TitleWhoHole>, in Line;
        /// To whoever has it: another author took it over.
        taken_over: Phrase<TitleWhoHole>, in Line;
        /// To whoever has it: it was handed over to another author.
        handed_over: Phrase<TitleWhoHole>, in Line;
        /// To the new author: whose it was.
        yours_now: Phrase<TitleWhoHole>, in Line;
        /// A draft expires soon.
        expiring: Phrase<TitleDateHole>, in Line;
        /// A draft has expired: its title went with it.
        expired: Phrase<UntilHole>, in Line;
        /// A week before the start.
        before_start: Phrase<TitleDateHole>, in Line;
        /// In that order.
        before_start_checks: Lines, in Line;
        /// It could not be posted; why, and that it is kept, follows.
        not_posted: Phrase<TitleHole>, in Line;
        /// Its message was deleted; what to do follows.
        deleted: Phrase<TitleHole>, in Line;
        /// To the author: something stands in the way of an approval.
        hindered: Table<Hindrance, Phrase<TitleChannelHole>>, in Para;
        /// To an approver: it waits.
        nudge: Phrase<TitleWhoDateHole>, in Line;
        /// To somebody whose approval no longer counts.
        voided: Phrase<TitleRevisionAxesHole>, in Line;
        /// Why a message could not be sent.
        failure: Table<Failure, Line>, in Line;
    }
);

section!(
    /// One quiet word to a person whose attempt does not count.
    Quiet {
        /// By reason.
        reason: Table<QuietReason, Line>, in Line;
        /// The attempt was for an earlier text.
        earlier: Phrase<RevisionHole>, in Line;
    }
);

section!(
    /// Answers to what cannot be done.
    Refusals {
        /// By reason.
        reason: Table<Refusal, Line>, in Line;
        /// A word close to a command.
        meant: Phrase<MeantHole>, in Line;
        /// Somebody may not do this in that channel.
        channel: Phrase<ChannelHole>, in Line;
        /// What was typed, so that it is not lost.
        typed: Phrase<GivenHole>, in Para;
    }
);

keys!(
    /// Why an attempt to approve does not count, where somebody is told.
    QuietReason {
        /// The author's own.
        Author = "author",
        /// A guest's.
        Guest = "guest",
        /// Somebody's of another company.
        Outsider = "outsider",
        /// Not on the list of approvers.
        NotApprover = "not_approver",
        /// The search is over.
        Over = "over",
        /// No approval is asked.
        NobodyAsked = "nobody_asked",
        /// Slack did not say who they are.
        Unknown = "unknown",
    }
);

keys!(
    /// Why a message could not be sent.
    Failure {
        /// The bot is not in the channel.
        NotInChannel = "not_in_channel",
        /// The channel is archived or gone.
        ChannelGone = "channel_gone",
        /// The channel may not be posted to.
        NotAllowed = "not_allowed",
        /// The message was deleted from the channel.
        Deleted = "deleted",
        /// Slack refuses the bot's token.
        Token = "token",
        /// Anything else.
        Other = "other",
    }
);

keys!(
    /// Why something cannot be done.
    Refusal {
        /// The commit is not known to be done yet.
        NotSaved = "not_saved",
        /// The draft of a window is not kept and cannot be any more.
        Unkept = "unkept",
        /// Slack's time for opening a window was over.
        Expired = "expired",
        /// Guests may not open a scope.
        Guests = "guests",
        /// Only the author may.
        NotAuthor = "not_author",
        /// Only approvers may.
        NotApprover = "not_approver",
        /// It is the bot of another workspace.
        Elsewhere = "elsewhere",
        /// Only members of the workspace may read it.
        MembersOnly = "members_only",
        /// The draft is posted, discarded or expired.
        DraftGone = "draft_gone",
        /// There is no such scope.
        ScopeGone = "scope_gone",
        /// The search is over.
        ScopeOver = "scope_over",
        /// The answers changed after the review was shown.
        Moved = "moved",
        /// Nobody takes their own scope.
        OwnScope = "own_scope",
        /// Slack has not told yet who the person is.
        NotKnownYet = "not_known_yet",
        /// Somebody else has it.
        ClaimedByOther = "claimed_by_other",
        /// The search rests.
        OnHold = "on_hold",
        /// The author has not left.
        AuthorStays = "author_stays",
        /// Only members of the workspace can have a scope.
        NotAMember = "not_a_member",
        /// Several changes at once.
        Conflict = "conflict",
        /// A button of an earlier version.
        OldButton = "old_button",
        /// No hiring channel is configured that can be used.
        NoChannel = "no_channel",
        /// Something failed on our side.
        Failed = "failed",
    }
);

holes!(
    /// A person, and how many of how many.
    CountHole { Who = "who", sample_person(), 81; Count = "count", Span::plain("1"), 4; Quorum = "quorum", Span::plain("2"), 4; }
);
holes!(
    /// A person and a revision.
    WhoRevisionHole { Who = "who", sample_person(), 81; Revision = "revision", Span::plain("2"), 4; }
);
holes!(
    /// A revision and what changed.
    RevisionAxesHole { Revision = "revision", Span::plain("2"), 4; Axes = "axes", Span::plain("the system"), 120; }
);
holes!(
    /// A person, and who starts when.
    WhoHireHole { Who = "who", sample_person(), 81; Hire = "hire", Span::typed("Grace"), 150; }
);
holes!(
    /// A name and the first day.
    NameStartHole { Name = "name", Span::typed("Grace"), 80; Start = "start", sample_date(), 20; }
);
holes!(
    /// The first day.
    StartHole { Start = "start", sample_date(), 20; }
);
holes!(
    /// Who took it, from whom.
    FromHole { Who = "who", sample_person(), 81; From = "from", sample_person(), 81; }
);
holes!(
    /// A title.
    TitleHole { Title = "title", Span::typed("Backend engineer, streaming ledger"), 110; }
);
holes!(
    /// A title and a channel.
    TitleChannelHole { Title = "title", Span::typed("Backend engineer, streaming ledger"), 110; Channel = "channel", sample_channel(), 81; }
);
holes!(
    /// A title and a person.
    TitleWhoHole { Title = "title", Span::typed("Backend engineer, streaming ledger"), 110; Who = "who", sample_person(), 81; }
);
holes!(
    /// A title, a person and a count.
    TitleCountHole {
        Title = "title", Span::typed("Backend engineer, streaming ledger"), 110;
        Who = "who", sample_person(), 81;
        Count = "count", Span::plain("1"), 4;
        Quorum = "quorum", Span::plain("2"), 4;
    }
);
holes!(
    /// A title and a day.
    TitleDateHole { Title = "title", Span::typed("Backend engineer, streaming ledger"), 110; Date = "date", sample_date(), 20; }
);
holes!(
    /// A title, a person and a day.
    TitleWhoDateHole {
        Title = "title", Span::typed("Backend engineer, streaming ledger"), 110;
        Who = "who", sample_person(), 81;
        Date = "date", sample_date(), 20;
    }
);
holes!(
    /// A title, a revision and what changed.
    TitleRevisionAxesHole {
        Title = "title", Span::typed("Backend engineer, streaming ledger"), 110;
        Revision = "revision", Span::plain("2"), 4;
        Axes = "axes", Span::plain("the system"), 120;
    }
);
holes!(
    /// What was typed after the command.
    GivenHole { Words = "words", Span::typed("ledger service, 5,000 payments a minute"), 2500; }
);
holes!(
    /// A command that was perhaps meant.
    MeantHole { Typed = "typed", Span::typed("hlep"), 40; Command = "command", Span::plain("help"), 10; }
);
